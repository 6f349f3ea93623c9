#include "scenarios/shell/json_writer.hpp"

#include <fmt/format.h>

namespace peerscape {

void JsonWriter::newLine() {
    text_ += '\n';
    text_.append(depth_ * 2, ' ');
}

void JsonWriter::beginValue() {
    if (followsKey_) {
        followsKey_ = false;
        return;
    }
    if (depth_ == 0) return;
    if (!isFirst_) text_ += ',';
    isFirst_ = false;
    newLine();
}

void JsonWriter::open(char bracket) {
    beginValue();
    text_ += bracket;
    ++depth_;
    isFirst_ = true;
}

void JsonWriter::close(char bracket) {
    --depth_;
    newLine();
    text_ += bracket;
    isFirst_ = false;
}

void JsonWriter::raw(std::string_view value) {
    beginValue();
    text_ += value;
}

void JsonWriter::key(std::string_view name) {
    text(name);
    text_ += ':';
    followsKey_ = true;
}

void JsonWriter::number(std::int64_t value) { raw(fmt::format("{}", value)); }

void JsonWriter::text(std::string_view value) {
    beginValue();
    text_ += '"';
    for (const char c : value) {
        switch (c) {
            case '"':
                text_ += "\\\"";
                break;
            case '\\':
                text_ += "\\\\";
                break;
            case '\b':
                text_ += "\\b";
                break;
            case '\f':
                text_ += "\\f";
                break;
            case '\n':
                text_ += "\\n";
                break;
            case '\r':
                text_ += "\\r";
                break;
            case '\t':
                text_ += "\\t";
                break;
            default:
                if (static_cast<unsigned char>(c) < 0x20) {
                    text_ += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
                } else {
                    text_ += c;
                }
        }
    }
    text_ += '"';
}

}  // namespace peerscape

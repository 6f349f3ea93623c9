#include "scenarios/report/markup.hpp"

#include <fmt/format.h>

#include "engine/base/text.hpp"

namespace peerscape::report {

namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

/// C1 controls (U+0080 to U+009F) and the noncharacters U+FFFE and U+FFFF, which well-formed text may hold
/// and a document may not. How many bytes long, 0: none of these.
std::size_t forbiddenAt(std::string_view text) {
    if (text.size() >= 2 && text[0] == '\xc2' && static_cast<unsigned char>(text[1]) <= 0x9f) return 2;
    if (text.starts_with("\xef\xbf\xbe") || text.starts_with("\xef\xbf\xbf")) return 3;
    return 0;
}

std::string escape(std::string_view text, bool isAttribute) {
    const std::string sound = wellFormed(text);
    std::string result;
    result.reserve(sound.size() + sound.size() / 8);
    for (std::size_t i = 0; i < sound.size(); ++i) {
        const char c = sound[i];
        if (const std::size_t length = forbiddenAt(std::string_view(sound).substr(i)); length > 0) {
            result += kReplacement;
            i += length - 1;
        } else if (c == '&') {
            result += "&amp;";
        } else if (c == '<') {
            result += "&lt;";
        } else if (c == '>') {
            result += "&gt;";
        } else if (c == '"') {
            result += "&quot;";
        } else if (c == '\'') {
            result += "&#39;";
        } else if (c == '\n' || c == '\t') {
            result += isAttribute ? fmt::format("&#{};", static_cast<int>(c)) : std::string(1, c);
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            result += kReplacement;
        } else {
            result += c;
        }
    }
    return result;
}

}  // namespace

std::string wellFormed(std::string_view text) {
    std::string result;
    while (const auto bad = findInvalidUtf8(text)) {
        result += text.substr(0, *bad);
        result += kReplacement;
        text.remove_prefix(*bad + 1);
    }
    return result.append(text);
}

std::string escaped(std::string_view text) { return escape(text, false); }
std::string escapedAttribute(std::string_view text) { return escape(text, true); }

std::string csvField(std::string_view text) {
    std::string sound = wellFormed(text);
    if (sound.find_first_of(",\"\r\n") == std::string::npos && !sound.starts_with(' ') &&
        !sound.ends_with(' '))
        return sound;
    std::string result = "\"";
    for (const char c : sound) {
        if (c == '"') result += '"';
        result += c;
    }
    return result + '"';
}

std::string protocolTitle(std::string_view protocol) {
    if (protocol == "ripng") return "RIPng";
    std::string title(protocol);
    for (char& c : title) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return title;
}

std::string grouped(std::uint64_t number) {
    const std::string digits = fmt::format("{}", number);
    std::string result;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) result += "\u202f";
        result += digits[i];
    }
    return result;
}

std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
    return fmt::format("{}\u00a0{}", grouped(number), number == 1 ? one : many);
}

}  // namespace peerscape::report

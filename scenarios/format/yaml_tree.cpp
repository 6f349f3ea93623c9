#include "scenarios/format/yaml_tree.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <istream>
#include <streambuf>
#include <utility>

#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "engine/base/text.hpp"
#include "scenarios/format/yaml_builder.hpp"

namespace peerscape::yaml {

namespace {

/// Lets yaml-cpp read the text where it lies.
class ViewBuffer final : public std::streambuf {
  public:
    explicit ViewBuffer(std::string& text) { setg(text.data(), text.data(), text.data() + text.size()); }
};

/// Line ends as '\n' only, and no byte order mark: lines and columns then count the same everywhere.
std::string normalised(std::string_view text) {
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r') {
            result += text[i];
        } else if (i + 1 == text.size() || text[i + 1] != '\n') {
            result += '\n';
        }
    }
    return result;
}

/// The first byte that no lab file may hold, if any: broken UTF-8 or a control character.
std::optional<Refusal> findForbidden(std::string_view text) {
    const LineIndex lines(text);
    if (const auto offset = findInvalidUtf8(text)) {
        const auto byte = static_cast<unsigned char>(text[*offset]);
        return Refusal{lines.at(*offset),
                       fmt::format("the text is not UTF-8: byte 0x{:02x}; save the file as UTF-8", byte)};
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f) {
            return Refusal{lines.at(i), fmt::format("control character 0x{:02x}; a lab file is text", c)};
        }
    }
    return std::nullopt;
}

/// yaml-cpp's words in ours, where a student would not understand them.
std::string explain(const std::string& message) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kExplanations{{
        {"illegal flow end", "this bracket does not fit the one that was opened"},
        {"EOF in scalar", "the file ends inside a quoted text"},
        {"illegal map value",
         "a value cannot begin here; check the indentation of this line and the one above, and put text with "
         "': ' in quotes"},
        {"end of map not found",
         "this line fits none of the lines above: its indentation is wrong, or a ':' is missing"},
        {"end of sequence not found",
         "this line fits none of the lines above: a '-' is missing, or the indentation is wrong"},
        {"illegal tab", "indentation must be made of blanks, and here is a tab"},
        {"unknown token", "this character cannot begin a word; put the text in quotes"},
        {"illegal block entry", "a '-' cannot stand here; begin the list on a line of its own"},
        {"illegal map key", "a key cannot stand here; begin the map on a line of its own"},
        {"the referenced anchor is not defined", "this alias names no anchor (&name) above it"},
        {"unknown escape character",
         "unknown escape in a quoted text; write '\\\\' for a backslash, or use single quotes"},
    }};
    for (const auto& [theirs, ours] : kExplanations) {
        if (message.find(theirs) != std::string::npos) return std::string(ours);
    }
    return "not valid YAML: " + message;
}

Refusal refusalOf(const YAML::Exception& exception, const TreeBuilder& builder, std::string_view text) {
    Refusal refusal{builder.spotOf(exception.mark), explain(exception.msg)};
    const bool isFlow = exception.msg.find("flow not found") != std::string::npos;
    if (const auto opened = builder.innermostOpen(); isFlow && opened) {
        refusal = {*opened,
                   "the bracket opened here is never closed, or what it holds is not separated by commas"};
    }
    // The most frequent cause of all is not what YAML complains about.
    const auto lines = split(text, '\n');
    const auto line = refusal.spot.line;
    if (line >= 1 && line <= lines.size()) {
        const std::string_view indentation =
            lines[line - 1].substr(0, lines[line - 1].find_first_not_of(" \t"));
        const auto tab = indentation.find('\t');
        if (tab != std::string_view::npos) {
            refusal = {{line, static_cast<std::uint32_t>(tab + 1)},
                       "indentation must be made of blanks, and here is a tab"};
        }
    }
    return refusal;
}

std::optional<Value> build(std::string& text, const std::string& file, DiagnosticList& problems) {
    TreeBuilder builder(text, file, problems);
    const auto report = [&](const Refusal& refusal) {
        problems.error({file, refusal.spot.line, refusal.spot.column}, refusal.message);
        return std::nullopt;
    };
    try {
        ViewBuffer buffer(text);
        std::istream stream(&buffer);
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const Refusal& refusal) {
        return report(refusal);
    } catch (const YAML::Exception& exception) {
        return report(refusalOf(exception, builder, text));
    } catch (const std::exception& exception) {
        return report({{1, 1}, fmt::format("not valid YAML: {}", exception.what())});
    }
    auto root = builder.take();
    if (!root) return report({{1, 1}, "the file is empty; a lab begins with 'peerscape: 1'"});
    return root;
}

}  // namespace

const Value* Value::find(std::string_view key) const {
    const auto found = std::ranges::find(entries, key, &Entry::key);
    return found == entries.end() ? nullptr : &found->value;
}

std::string_view describe(const Value& node) {
    switch (node.kind) {
        case Value::Kind::Null:
            return "nothing";
        case Value::Kind::Scalar:
            return "text";
        case Value::Kind::List:
            return "a list";
        case Value::Kind::Map:
            return "a map";
    }
    return "";
}

std::optional<Value> parse(std::string_view text, const std::string& file, DiagnosticList& problems) {
    if (text.size() > kMostBytes) {
        problems.error({file, 0, 0}, fmt::format("the file has {} bytes; at most {} MB are read", text.size(),
                                                 kMostBytes / (1024 * 1024)));
        return std::nullopt;
    }
    std::string clean = normalised(text);
    if (const auto forbidden = findForbidden(clean)) {
        problems.error({file, forbidden->spot.line, forbidden->spot.column}, forbidden->message);
        return std::nullopt;
    }
    return build(clean, file, problems);
}

}  // namespace peerscape::yaml

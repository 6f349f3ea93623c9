#include "scenarios/format/yaml_text.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "engine/base/text.hpp"
#include "scenarios/format/lab_value.hpp"

namespace peerscape {

namespace {

bool isPlainCharacter(char c) {
    const bool isLetterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    constexpr std::string_view kHarmless = "_-./ +()=;$^@~*%";
    return isLetterOrDigit || static_cast<unsigned char>(c) >= 0x80 ||
           kHarmless.find(c) != std::string_view::npos;
}

/// Whether YAML reads the bare text as this text, in block and in flow style.
bool isPlainText(std::string_view text) {
    if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
    constexpr std::string_view kNeverFirst = "-.+=@~*()$^;%";
    const bool startsOddly = kNeverFirst.find(text.front()) != std::string_view::npos;
    if (startsOddly) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        // A colon inside a word ("2001:db8::1", "R1:eth0") is text; before a blank or at the end it is
        // YAML's.
        const bool isInnerColon = text[i] == ':' && i > 0 && i + 1 < text.size() && text[i + 1] != ' ';
        if (!isInnerColon && !isPlainCharacter(text[i])) return false;
    }
    return true;
}

/// Words that some YAML reader takes for a truth value or for nothing: "no" is Norway here, but not
/// everywhere.
bool isAmbiguous(std::string_view text) {
    static constexpr std::array<std::string_view, 9> kWords{"true", "false", "yes", "no",  "on",
                                                            "off",  "y",     "n",   "null"};
    const std::string lower = toLower(text);
    return std::ranges::find(kWords, lower) != kWords.end();
}

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        switch (c) {
            case '"':
                result += "\\\"";
                break;
            case '\\':
                result += "\\\\";
                break;
            case '\n':
                result += "\\n";
                break;
            case '\t':
                result += "\\t";
                break;
            default:
                result += c;
        }
    }
    return result + "\"";
}

}  // namespace

std::string yamlWord(std::string_view text) {
    return isPlainText(text) && !isAmbiguous(text) ? std::string(text) : quoted(text);
}

std::string yamlValueWord(std::string_view text) {
    return LabValue::fromPlainWord(text).text() == nullptr ? quoted(text) : yamlWord(text);
}

bool fitsYamlBlock(std::string_view text) {
    if (text.size() < 2 || text.back() != '\n' || text[text.size() - 2] == '\n') return false;
    if (text.front() == ' ' || text.front() == '\n' || text.front() == '\t') return false;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        // A line of blanks only, or a tab where indentation is looked for, would not survive.
        if (text[i] != '\n') continue;
        const std::string_view rest = text.substr(i + 1);
        if (rest.front() == '\t') return false;
        const auto content = rest.find_first_not_of(' ');
        if (content != 0 &&
            (content == std::string_view::npos || rest[content] == '\n' || rest[content] == '\t'))
            return false;
    }
    return true;
}

std::string yamlBlock(std::string_view text, std::size_t indent) {
    PEERSCAPE_CHECK(fitsYamlBlock(text));
    text.remove_suffix(1);
    std::string result = "|\n";
    for (const std::string_view line : split(text, '\n')) {
        if (!line.empty()) result += std::string(indent, ' ') + std::string(line);
        result += '\n';
    }
    return result;
}

}  // namespace peerscape

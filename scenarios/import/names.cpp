#include "scenarios/import/names.hpp"

#include <map>
#include <set>

#include <fmt/format.h>

#include "engine/base/text.hpp"

namespace peerscape {

namespace {

bool isAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool isControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

/// At most so many bytes, and no half character at the end.
std::string_view shortened(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    text = text.substr(0, most);
    while (const auto invalid = findInvalidUtf8(text))
        text = text.substr(0, *invalid);
    return text;
}

}  // namespace

std::string printable(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const std::size_t good = findInvalidUtf8(text).value_or(text.size());
        for (const char c : text.substr(0, good)) {
            const bool isBreak = c == '\n' || c == '\r' || c == '\t';
            result += isBreak ? ' ' : isControl(c) ? '?' : c;
        }
        if (good == text.size()) break;
        result += '?';
        text.remove_prefix(good + 1);
    }
    return result;
}

std::string quotedWord(std::string_view word) {
    constexpr std::size_t kLongest = 40;
    const std::string shown = printable(word.substr(0, kLongest));
    return fmt::format("'{}{}'", shown, word.size() > kLongest ? "…" : "");
}

std::string legalName(std::string_view label) {
    constexpr std::size_t kLongest = 48;
    const std::string clean = printable(label);
    std::string name;
    for (const char c : clean) {
        const bool isLetterOrDigit =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        const bool isKept = !isAscii(c) || isLetterOrDigit || c == '_' || c == '.';
        if (isKept)
            name += c;
        else if (!name.empty() && name.back() != '-')
            name += '-';
    }
    name = shortened(name, kLongest);
    while (!name.empty() && name.back() == '-')
        name.pop_back();
    return name;
}

std::vector<std::string> uniqueNames(const std::vector<std::string>& names) {
    // Whoever has a name for itself keeps it: "Paris-2" of the file is not taken away by a second "Paris".
    std::set<std::string> taken(names.begin(), names.end());
    std::map<std::string, std::size_t> used;
    std::vector<std::string> unique;
    for (const std::string& name : names) {
        std::size_t& count = used[name];
        std::string own = name;
        if (++count > 1) {
            do
                own = fmt::format("{}-{}", name, count);
            while (!taken.insert(own).second && ++count > 0);
        }
        unique.push_back(std::move(own));
    }
    return unique;
}

}  // namespace peerscape

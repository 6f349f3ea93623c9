#include <algorithm>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "engine/command/command_table.hpp"

namespace peerscape {
namespace {

/// The word in quotes, cut between characters when it is long; bytes that do not print are shown as a dot.
std::string quoted(std::string_view word) {
    constexpr std::size_t kLongest = 60;
    std::size_t length = std::min(word.size(), kLongest);
    while (length > 0 && length < word.size() && (static_cast<unsigned char>(word[length]) & 0xc0) == 0x80)
        --length;
    std::string text(word.substr(0, length));
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '.');
    return fmt::format("'{}{}'", text, length < word.size() ? "…" : "");
}

/// "A.B.C.D, IFNAME or Null0"; long lists are cut.
std::string listed(const std::vector<std::string>& expected) {
    constexpr std::size_t kMost = 8;
    std::vector<std::string> shown;
    for (const auto& text : expected) {
        if (shown.size() == kMost) break;
        shown.push_back(text == "<cr>" ? "the end of the line" : text);
    }
    if (expected.size() > kMost) return join(shown, ", ") + " …";
    if (shown.size() == 1) return shown.front();
    const std::string last = shown.back();
    shown.pop_back();
    return join(shown, ", ") + " or " + last;
}

std::string describeUnknown(const CommandMismatch& mismatch, std::string_view word) {
    if (mismatch.expected.empty()) return fmt::format("unknown command {}", quoted(word));
    if (mismatch.expected.size() == 1 && mismatch.expected.front() == "<cr>") {
        return fmt::format("{} is too much: the line should end before it", quoted(word));
    }
    // Keywords are what can be mistyped; "A.B.C.D" and "(1-255)" are no words.
    std::vector<std::string> keywords = mismatch.expected;
    std::erase_if(keywords, [](const std::string& text) {
        return text == "<cr>" || text.front() == '(' ||
               (text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && toLower(text) != text &&
                std::ranges::none_of(text, [](char c) { return c >= 'a' && c <= 'z'; }));
    });
    if (const auto near = nearestWord(word, keywords)) {
        return fmt::format("unknown word {}; did you mean '{}'?", quoted(word), *near);
    }
    // At the start of a line nearly everything is possible; a list of all commands helps nobody.
    if (mismatch.word == 0) return fmt::format("unknown command {}", quoted(word));
    return fmt::format("{} does not fit here: expected {}", quoted(word), listed(mismatch.expected));
}

}  // namespace

std::string describe(const CommandMismatch& mismatch, std::span<const std::string_view> words) {
    switch (mismatch.kind) {
        case CommandMismatch::Kind::Incomplete:
            if (mismatch.expected.empty()) return "the line ends too early";
            return fmt::format("the line ends too early: expected {}", listed(mismatch.expected));
        case CommandMismatch::Kind::Ambiguous:
            return fmt::format("{} is ambiguous: it may mean {}", quoted(words[mismatch.word]),
                               listed(mismatch.expected));
        case CommandMismatch::Kind::Unknown:
            break;
    }
    return describeUnknown(mismatch, words[mismatch.word]);
}

}  // namespace peerscape

#include "scenarios/config/config_lines.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/text.hpp"

namespace peerscape {
namespace {

std::optional<ConfigLine::Damage> damageOf(std::string_view text) {
    if (text.size() > ConfigLines::kLongestLine) {
        return ConfigLine::Damage{0, fmt::format("the line has {} bytes; at most {} are read", text.size(),
                                                 ConfigLines::kLongestLine)};
    }
    if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
        return ConfigLine::Damage{nul, "a NUL byte: this is not a text"};
    }
    if (const auto invalid = findInvalidUtf8(text))
        return ConfigLine::Damage{*invalid, "not valid UTF-8 from here on"};
    return std::nullopt;
}

bool isContinuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

}  // namespace

std::size_t ConfigLine::offsetOf(std::size_t word) const {
    if (word < words.size()) return static_cast<std::size_t>(words[word].data() - text.data());
    return words.empty() ? 0
                         : static_cast<std::size_t>(words.back().data() + words.back().size() - text.data());
}

std::uint32_t ConfigLine::columnOf(std::size_t offset) const {
    const auto before = text.substr(0, offset);
    return static_cast<std::uint32_t>(
        1 + before.size() - static_cast<std::size_t>(std::ranges::count_if(before, isContinuation)));
}

ConfigLines::ConfigLines(std::string_view text, std::uint32_t firstLine)
    : rest_(text), number_(std::max(firstLine, 1U)) {
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    if (rest_.starts_with(kByteOrderMark)) rest_.remove_prefix(kByteOrderMark.size());
}

std::optional<ConfigLine> ConfigLines::next() {
    if (rest_.empty()) return std::nullopt;
    ConfigLine line;
    line.number = number_++;
    const auto end = std::min(rest_.find('\n'), rest_.size());
    line.text = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    if (line.text.ends_with('\r')) line.text.remove_suffix(1);
    line.damage = damageOf(line.text);
    if (line.damage) return line;
    line.words = splitWords(line.text);
    if (!line.words.empty() && (line.words.front().front() == '!' || line.words.front().front() == '#'))
        line.words.clear();
    return line;
}

}  // namespace peerscape

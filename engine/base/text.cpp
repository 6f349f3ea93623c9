#include "engine/base/text.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>

#include "engine/base/wide.hpp"

namespace peerscape {

namespace {

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Edit distance with transpositions counting one (optimal string alignment).
std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> previous(b.size() + 1);
    std::vector<std::size_t> current(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        previous[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        current[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1;
            current[j] = std::min({previous[j] + 1, current[j - 1] + 1, previous[j - 1] + change});
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1])) {
                current[j] = std::min(current[j], before[j - 2] + 1);
            }
        }
        before.swap(previous);
        previous.swap(current);
    }
    return previous[b.size()];
}

}  // namespace

std::vector<std::string_view> splitWords(std::string_view line) {
    std::vector<std::string_view> words;
    std::size_t i = 0;
    while (i < line.size()) {
        while (i < line.size() && isBlank(line[i]))
            ++i;
        const std::size_t begin = i;
        while (i < line.size() && !isBlank(line[i]))
            ++i;
        if (i > begin) words.push_back(line.substr(begin, i - begin));
    }
    return words;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> pieces;
    while (true) {
        const auto end = text.find(separator);
        pieces.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return pieces;
        text.remove_prefix(end + 1);
    }
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string join(std::span<const std::string> pieces, std::string_view separator) {
    std::string text;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (i != 0) text += separator;
        text += pieces[i];
    }
    return text;
}

std::string toLower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

std::optional<std::uint64_t> readNumber(std::string_view text, std::uint64_t most) {
    std::uint64_t number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || code != std::errc() || end != text.data() + text.size() || number > most)
        return std::nullopt;
    return number;
}

std::optional<std::int64_t> Quantity::times(std::int64_t factor) const {
    auto product = static_cast<Wide>(digits) * static_cast<std::uint64_t>(factor);
    for (std::uint32_t i = 0; i < decimals; ++i) {
        if (product % 10 != 0) return std::nullopt;
        product /= 10;
    }
    if (product > static_cast<Wide>(INT64_MAX)) return std::nullopt;
    return static_cast<std::int64_t>(product);
}

std::optional<Quantity> readQuantity(std::string_view text) {
    // As many as the largest Duration has in nanoseconds; 64 bits hold any number of them.
    constexpr std::size_t kMostDigits = 19;
    text = trim(text);
    Quantity quantity;
    std::size_t i = 0;
    std::size_t digitCount = 0;
    bool behindPoint = false;
    for (; i < text.size() && (isDigit(text[i]) || (text[i] == '.' && !behindPoint)); ++i) {
        if (text[i] == '.') {
            behindPoint = true;
            continue;
        }
        if (++digitCount > kMostDigits) return std::nullopt;
        quantity.digits = quantity.digits * 10 + static_cast<std::uint64_t>(text[i] - '0');
        if (behindPoint) ++quantity.decimals;
    }
    if (digitCount == 0) return std::nullopt;
    quantity.unit = trim(text.substr(i));
    return quantity;
}

std::optional<std::string> nearestWord(std::string_view word, std::span<const std::string> candidates) {
    // A word of n letters may have about a third of them wrong; very long words are not worth the quadratic
    // time.
    constexpr std::size_t kLongestWord = 64;
    if (word.empty() || word.size() > kLongestWord) return std::nullopt;
    const std::size_t allowed = std::max<std::size_t>(1, word.size() / 3);
    std::optional<std::string> best;
    std::size_t bestDistance = allowed + 1;
    for (const std::string& candidate : candidates) {
        if (candidate.size() > kLongestWord) continue;
        const std::size_t distance = editDistance(word, candidate);
        if (distance < bestDistance) {
            bestDistance = distance;
            best = candidate;
        }
    }
    return best;
}

std::optional<std::size_t> findInvalidUtf8(std::string_view text) {
    std::size_t i = 0;
    while (i < text.size()) {
        const auto lead = static_cast<unsigned char>(text[i]);
        std::size_t more = 0;
        std::uint32_t least = 0;
        std::uint32_t point = 0;
        if (lead < 0x80) {
            ++i;
            continue;
        } else if ((lead & 0xe0) == 0xc0) {
            more = 1, least = 0x80, point = lead & 0x1f;
        } else if ((lead & 0xf0) == 0xe0) {
            more = 2, least = 0x800, point = lead & 0x0f;
        } else if ((lead & 0xf8) == 0xf0) {
            more = 3, least = 0x10000, point = lead & 0x07;
        } else {
            return i;
        }
        if (i + more >= text.size()) return i;  // cut off in the middle
        for (std::size_t k = 1; k <= more; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xc0) != 0x80) return i;
            point = (point << 6) | (next & 0x3f);
        }
        if (point < least || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return i;
        i += more + 1;
    }
    return std::nullopt;
}

}  // namespace peerscape

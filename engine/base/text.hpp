#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace peerscape {

/// The words of a line, split at blanks and tabs.
std::vector<std::string_view> splitWords(std::string_view line);
/// The pieces between separators; an empty text gives one empty piece.
std::vector<std::string_view> split(std::string_view text, char separator);
std::string_view trim(std::string_view text);
std::string join(std::span<const std::string> pieces, std::string_view separator);
/// ASCII only, whatever the locale.
std::string toLower(std::string_view text);

/// A whole number in decimal digits, nothing before or after; nothing when it is not one or exceeds `most`.
std::optional<std::uint64_t> readNumber(std::string_view text, std::uint64_t most = UINT64_MAX);

/// A decimal number with an optional unit ("1.5s", "10 Mbit", "3%"), kept exactly.
struct Quantity {
    std::uint64_t digits = 0;    ///< all digits, without the point
    std::uint32_t decimals = 0;  ///< how many of them stand behind the point
    std::string_view unit;       ///< what follows, without blanks around

    bool isZero() const { return digits == 0; }
    /// The number times `factor`, when that is whole and fits; otherwise nothing.
    std::optional<std::int64_t> times(std::int64_t factor) const;
};
std::optional<Quantity> readQuantity(std::string_view text);

/// The candidate that a mistyped word most likely means, when one is near enough; ties go to the first.
std::optional<std::string> nearestWord(std::string_view word, std::span<const std::string> candidates);

/// Position (in bytes) of the first byte that is not well-formed UTF-8, if any.
std::optional<std::size_t> findInvalidUtf8(std::string_view text);

}  // namespace peerscape

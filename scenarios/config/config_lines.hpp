#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace peerscape {

/// One line of a configuration, as far as its bytes are concerned.
struct ConfigLine {
    std::string_view text;  ///< without its end
    std::uint32_t number = 1;
    std::vector<std::string_view> words;  ///< pieces of `text`; none for a blank line or a comment
    /// Why the line cannot be read at all, and at which byte of `text`.
    struct Damage {
        std::size_t offset = 0;
        std::string what;
    };
    std::optional<Damage> damage;

    std::size_t indent() const { return words.empty() ? 0 : offsetOf(0); }
    /// Where the word begins in `text`; for one past the last, where the text ends.
    std::size_t offsetOf(std::size_t word) const;
    /// The column of the byte, counted from 1 in characters (not bytes).
    std::uint32_t columnOf(std::size_t offset) const;
};

/// Cuts a text into lines: LF or CRLF, with or without a byte order mark, the last with or without an end.
class ConfigLines {
  public:
    ConfigLines(std::string_view text, std::uint32_t firstLine);

    /// The next line; nothing at the end.
    std::optional<ConfigLine> next();

    /// FRR reads lines of a few thousand bytes; what is much longer is no configuration.
    static constexpr std::size_t kLongestLine = 65'536;

  private:
    std::string_view rest_;
    std::uint32_t number_;
};

}  // namespace peerscape

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/command/pattern.hpp"

namespace peerscape {

/// Why a command line was not understood.
struct CommandMismatch {
    enum class Kind : std::uint8_t { Unknown, Incomplete, Ambiguous };
    Kind kind = Kind::Unknown;
    std::size_t word = 0;               ///< index of the word at fault; one past the last for Incomplete
    std::vector<std::string> expected;  ///< what could stand there, as the patterns show it
};

/// One command line that fits: which of the patterns, and its arguments.
struct CommandMatch {
    std::size_t index = 0;
    Arguments arguments;
};

/// A possible next word: for `?` and Tab.
struct Completion {
    std::string text;        ///< "neighbor", "A.B.C.D", "(1-255)", or "<cr>" where the line may end
    bool isVariable = false;
    std::string help;
};

/// Finds which of many patterns a line means. Keywords may be abbreviated as long as only one meaning is possible:
/// an exact keyword beats an abbreviation, and a keyword beats a variable at the same position.
class CommandMatcher {
  public:
    /// The new pattern's index.
    std::size_t add(std::string_view pattern, std::string help);

    std::expected<CommandMatch, CommandMismatch> match(std::span<const std::string_view> words) const;
    /// What may follow `words`; when `lastIsPartial`, what the last word may become.
    std::vector<Completion> complete(std::span<const std::string_view> words, bool lastIsPartial) const;

    const Pattern& pattern(std::size_t index) const { return entries_[index].pattern; }
    const std::string& help(std::size_t index) const { return entries_[index].help; }
    std::size_t size() const { return entries_.size(); }

  private:
    struct Entry {
        Pattern pattern;
        std::string help;
    };
    std::vector<Entry> entries_;
};

/// "unknown word 'netwrok'; did you mean 'network'?", "the line ends too early: expected A.B.C.D or …".
std::string describe(const CommandMismatch& mismatch, std::span<const std::string_view> words);

}  // namespace peerscape

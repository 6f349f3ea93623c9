#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/command/pattern.hpp"

namespace peerscape {

/// Why a command line was not understood.
struct CommandMismatch {
    enum class Kind : std::uint8_t { Unknown, Incomplete, Ambiguous };
    Kind kind = Kind::Unknown;
    std::size_t word = 0;  ///< index of the word at fault; one past the last for Incomplete
    std::vector<std::string>
        expected;  ///< what could stand there, as the patterns show it; "<cr>" for the line's end
};

/// One command line that fits: which of the patterns, and its arguments.
struct CommandMatch {
    std::size_t index = 0;
    Arguments arguments;
};

/// A possible next word: for `?` and Tab.
struct Completion {
    std::string text;  ///< "neighbor", "A.B.C.D", "(1-255)", or "<cr>" where the line may end
    bool isVariable = false;
    std::string help;
};

/// Finds which of many patterns a line means. Keywords may be abbreviated as long as only one meaning is
/// possible: an exact keyword beats an abbreviation, a keyword beats a variable at the same position, and a
/// prefix, address or number beats a WORD. When two patterns read the words in the same way, the one added
/// first is meant.
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
    /// Those that could begin with a word that is the keyword, exactly or abbreviated; in the order of
    /// `entries_`.
    std::vector<std::size_t> startingWith(std::string_view word, bool exactly) const;

    /// Why no pattern fits the words.
    CommandMismatch mismatchOf(std::span<const std::string_view> words) const;

    std::vector<Entry> entries_;
    std::map<std::string, std::vector<std::size_t>, std::less<>>
        byKeyword_;                        ///< the keywords a line may begin with
    std::set<std::string> firstTokens_;    ///< what a line may begin with, as the patterns show it
    std::vector<std::size_t> byVariable_;  ///< those that may begin with a variable
};

/// "unknown word 'netwrok'; did you mean 'network'?", "the line ends too early: expected A.B.C.D or …".
std::string describe(const CommandMismatch& mismatch, std::span<const std::string_view> words);

}  // namespace peerscape

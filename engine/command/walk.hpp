#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/command/pattern.hpp"

namespace peerscape {

/// How a word fits a token, best first. The order decides between several readings of one line.
enum class Fit : std::uint8_t {
    ExactKeyword,
    AbbreviatedKeyword,
    Value,  ///< an address, a prefix or a number
    Word,
    Line,
    None,
};

Fit fitOf(const Token& token, std::string_view word);

/// One step of reading a line: the token that a word was taken for.
struct WalkStep {
    const Token* token = nullptr;
    Fit fit = Fit::None;
};

/// Tries all ways to read words as a pattern. Costs what the pattern branches, not what the line is long.
class PatternWalk {
  public:
    /// The whole line was read: one step for each word, except that the last may stand for all the rest.
    using OnMatch = std::function<void(std::span<const WalkStep>)>;
    /// `token` could stand behind the words read so far; null: the line may end there.
    using OnExpected = std::function<void(std::span<const WalkStep>, const Token* token)>;

    PatternWalk(std::span<const std::string_view> words, OnMatch onMatch, OnExpected onExpected = nullptr)
        : words_(words), onMatch_(std::move(onMatch)), onExpected_(std::move(onExpected)) {}

    void walk(const Pattern& pattern);

  private:
    /// What remains to be read: the rest of a sequence or of a set, then what surrounds it.
    struct Rest {
        const std::vector<Pattern::Node>* sequence = nullptr;  ///< null: `set`
        std::size_t next = 0;
        const Pattern::Node* set = nullptr;
        std::uint32_t used = 0;  ///< of the set's branches, a bit each
        const Rest* then = nullptr;
    };

    void read(const Rest* rest);
    void readNode(const Pattern::Node& node, const Rest& rest);
    void readToken(const Token& token, const Rest& rest);
    void readSet(const Pattern::Node& set, std::uint32_t used, const Rest* then);

    std::span<const std::string_view> words_;
    OnMatch onMatch_;
    OnExpected onExpected_;
    std::vector<WalkStep> steps_;
    bool lineTaken_ = false;  ///< the last step stands for all remaining words
};

}  // namespace peerscape

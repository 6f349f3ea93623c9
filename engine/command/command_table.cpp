#include "engine/command/command_table.hpp"

#include <algorithm>
#include <compare>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "engine/command/walk.hpp"

namespace peerscape {
namespace {

constexpr std::string_view kLineEnd = "<cr>";

/// Collects the tokens that a sequence may begin with. Returns whether it may be empty.
bool collectFirst(const std::vector<Pattern::Node>& sequence, std::vector<const Token*>& first) {
    for (const auto& node : sequence) {
        if (node.kind == Pattern::Node::Kind::Token) {
            first.push_back(&node.token);
            return false;
        }
        bool mayBeEmpty = node.kind == Pattern::Node::Kind::Optional;
        for (const auto& branch : node.branches)
            mayBeEmpty = collectFirst(branch, first) || mayBeEmpty;
        if (!mayBeEmpty) return false;
    }
    return true;
}

/// One reading of a whole line.
struct Reading {
    std::size_t index = 0;
    std::vector<WalkStep> steps;
};

/// Word by word: the better fit decides, the first word first.
std::strong_ordering compareFits(const Reading& a, const Reading& b) {
    return std::lexicographical_compare_three_way(
        a.steps.begin(), a.steps.end(), b.steps.begin(), b.steps.end(),
        [](const WalkStep& x, const WalkStep& y) { return x.fit <=> y.fit; });
}

/// The first word that two equally good readings take for different keywords.
std::optional<std::size_t> firstDifference(const Reading& a, const Reading& b) {
    for (std::size_t i = 0; i < std::min(a.steps.size(), b.steps.size()); ++i) {
        if (a.steps[i].fit == Fit::AbbreviatedKeyword && a.steps[i].token->text != b.steps[i].token->text)
            return i;
    }
    return std::nullopt;
}

/// The best readings of a line: the first one counts, the others differ from it in what a word abbreviates.
class BestReadings {
  public:
    void offer(std::size_t index, std::span<const WalkStep> steps) {
        Reading reading{index, {steps.begin(), steps.end()}};
        if (!best_.empty()) {
            const auto order = compareFits(reading, best_.front());
            if (order > 0) return;
            if (order < 0) best_.clear();
        }
        if (best_.empty() || firstDifference(reading, best_.front())) best_.push_back(std::move(reading));
    }
    const std::vector<Reading>& best() const { return best_; }

  private:
    std::vector<Reading> best_;
};

Arguments argumentsOf(const Reading& reading, std::span<const std::string_view> words) {
    Arguments arguments;
    for (std::size_t i = 0; i < reading.steps.size(); ++i) {
        const Token& token = *reading.steps[i].token;
        if (token.name.empty()) continue;
        if (token.kind == Token::Kind::Keyword) {
            arguments.add(token.name, token.text);
        } else if (token.kind == Token::Kind::Line) {
            arguments.add(token.name, fmt::format("{}", fmt::join(words.subspan(i), " ")));
        } else {
            arguments.add(token.name, std::string(words[i]));
        }
    }
    return arguments;
}

CommandMismatch ambiguity(const std::vector<Reading>& readings) {
    CommandMismatch mismatch{.kind = CommandMismatch::Kind::Ambiguous, .word = SIZE_MAX, .expected = {}};
    for (std::size_t i = 1; i < readings.size(); ++i) {
        mismatch.word = std::min(mismatch.word, *firstDifference(readings[i], readings.front()));
    }
    std::set<std::string> meanings;
    for (const auto& reading : readings)
        meanings.insert(reading.steps[mismatch.word].token->text);
    mismatch.expected.assign(meanings.begin(), meanings.end());
    return mismatch;
}

/// A token that could stand behind some of the words, and how those were read.
struct Expectation {
    std::vector<Fit> fits;
    const Token* token = nullptr;  ///< null: the line may end
    std::size_t index = 0;
};

/// What could stand behind the words that each pattern reads, for one pattern after the other.
class Expectations {
  public:
    explicit Expectations(std::span<const std::string_view> words) : words_(words) {}

    void collect(const Pattern& pattern, std::size_t index) {
        const auto note = [&](std::span<const WalkStep> steps, const Token* token) {
            Expectation expectation{.fits = {}, .token = token, .index = index};
            for (const auto& step : steps)
                expectation.fits.push_back(step.fit);
            all_.push_back(std::move(expectation));
        };
        PatternWalk(words_, nullptr, note).walk(pattern);
    }

    /// Those that stand furthest behind. Where a word is exactly a keyword, readings that take it for
    /// something else do not count.
    std::vector<Expectation> furthest() && {
        std::size_t most = 0;
        for (std::size_t word = 0;; ++word) {
            const auto isBehind = [&](const Expectation& e) { return e.fits.size() > word; };
            const auto isExact = [&](const Expectation& e) {
                return isBehind(e) && e.fits[word] == Fit::ExactKeyword;
            };
            if (std::ranges::none_of(all_, isBehind)) break;
            most = word + 1;
            if (std::ranges::none_of(all_, isExact)) continue;
            std::erase_if(all_, [&](const Expectation& e) { return isBehind(e) && !isExact(e); });
        }
        std::erase_if(all_, [&](const Expectation& e) { return e.fits.size() != most; });
        return std::move(all_);
    }

  private:
    std::span<const std::string_view> words_;
    std::vector<Expectation> all_;
};

/// Whether more letters could make the word fit. Of values only the first letter is looked at.
bool mayBecome(const Token& token, std::string_view partial) {
    if (fitOf(token, partial) != Fit::None) return true;
    const char first = partial.front();
    const bool isDigit = first >= '0' && first <= '9';
    switch (token.kind) {
        case Token::Kind::Number:
        case Token::Kind::Address4:
        case Token::Kind::Prefix4:
            return isDigit;
        case Token::Kind::Address6:
        case Token::Kind::Prefix6:
            return isDigit || first == ':' || std::string_view("abcdefABCDEF").contains(first);
        default:
            return false;
    }
}

}  // namespace

std::size_t CommandMatcher::add(std::string_view pattern, std::string help) {
    const std::size_t index = entries_.size();
    entries_.push_back({Pattern(pattern), std::move(help)});
    std::vector<const Token*> first;
    collectFirst(entries_.back().pattern.nodes(), first);
    for (const Token* token : first) {
        firstTokens_.insert(token->text);
        auto& list = token->kind == Token::Kind::Keyword ? byKeyword_[token->text] : byVariable_;
        if (list.empty() || list.back() != index) list.push_back(index);
    }
    return index;
}

std::vector<std::size_t> CommandMatcher::startingWith(std::string_view word, bool exactly) const {
    if (exactly) {
        const auto found = byKeyword_.find(word);
        return found == byKeyword_.end() ? std::vector<std::size_t>() : found->second;
    }
    std::vector<std::size_t> indices = byVariable_;
    for (auto at = byKeyword_.lower_bound(word); at != byKeyword_.end() && at->first.starts_with(word);
         ++at) {
        indices.insert(indices.end(), at->second.begin(), at->second.end());
    }
    std::ranges::sort(indices);
    const auto repeated = std::ranges::unique(indices);
    indices.erase(repeated.begin(), repeated.end());
    return indices;
}

std::expected<CommandMatch, CommandMismatch> CommandMatcher::match(
    std::span<const std::string_view> words) const {
    if (!words.empty()) {
        // Nearly every line begins with a whole keyword, and such a reading beats all others.
        for (const bool exactly : {true, false}) {
            BestReadings readings;
            for (const std::size_t index : startingWith(words.front(), exactly)) {
                PatternWalk(words, [&](std::span<const WalkStep> steps) {
                    readings.offer(index, steps);
                }).walk(entries_[index].pattern);
            }
            const auto& best = readings.best();
            if (best.size() == 1) return CommandMatch{best.front().index, argumentsOf(best.front(), words)};
            if (best.size() > 1) return std::unexpected(ambiguity(best));
        }
    }
    return std::unexpected(mismatchOf(words));
}

CommandMismatch CommandMatcher::mismatchOf(std::span<const std::string_view> words) const {
    const bool isKeyword = !words.empty() && byKeyword_.contains(words.front());
    Expectations expectations(words);
    if (!words.empty()) {
        for (const std::size_t index : startingWith(words.front(), isKeyword)) {
            expectations.collect(entries_[index].pattern, index);
        }
    }
    CommandMismatch mismatch;
    std::set<std::string> expected;
    for (const auto& expectation : std::move(expectations).furthest()) {
        mismatch.word = expectation.fits.size();
        expected.insert(expectation.token == nullptr ? std::string(kLineEnd) : expectation.token->text);
    }
    if (mismatch.word == 0) expected = firstTokens_;
    const bool mayEnd = expected.erase(std::string(kLineEnd)) > 0;
    mismatch.expected.assign(expected.begin(), expected.end());
    if (mayEnd) mismatch.expected.emplace_back(kLineEnd);
    mismatch.kind =
        mismatch.word == words.size() ? CommandMismatch::Kind::Incomplete : CommandMismatch::Kind::Unknown;
    return mismatch;
}

std::vector<Completion> CommandMatcher::complete(std::span<const std::string_view> words,
                                                 bool lastIsPartial) const {
    const bool hasPartial = lastIsPartial && !words.empty();
    const std::string_view partial = hasPartial ? words.back() : std::string_view();
    const auto before = hasPartial ? words.first(words.size() - 1) : words;
    Expectations expectations(before);
    for (std::size_t index = 0; index < entries_.size(); ++index) {
        expectations.collect(entries_[index].pattern, index);
    }

    const auto rank = [](const Token* token) {
        return token == nullptr ? 2 : token->kind == Token::Kind::Keyword ? 0 : 1;
    };
    std::map<std::pair<int, std::string>, Completion> completions;  // keywords, then variables, then the end
    for (const auto& expectation : std::move(expectations).furthest()) {
        const Token* token = expectation.token;
        if (expectation.fits.size() != before.size()) break;  // the words before are wrong already
        if (!partial.empty() && (token == nullptr || !mayBecome(*token, partial))) continue;
        const std::string text = token == nullptr ? std::string(kLineEnd) : token->text;
        completions.try_emplace({rank(token), text},
                                Completion{text, rank(token) == 1, entries_[expectation.index].help});
    }
    std::vector<Completion> list;
    for (auto& [key, completion] : completions)
        list.push_back(std::move(completion));
    return list;
}

}  // namespace peerscape

#include "engine/command/walk.hpp"

#include <algorithm>

#include "engine/base/text.hpp"

namespace peerscape {
namespace {

/// No interface is called like that, but mistyped addresses look so; taking one for a name would hide the
/// mistake.
bool looksLikeAddress(std::string_view word) {
    if (word.find('/') != std::string_view::npos || std::ranges::count(word, ':') > 1) return true;
    return std::ranges::count(word, '.') == 3 &&
           word.find_first_not_of("0123456789.") == std::string_view::npos;
}

template <typename Parsed>
Fit valueFit(const Parsed& parsed, Family family) {
    return parsed && parsed->family() == family ? Fit::Value : Fit::None;
}

/// Longer than any address or prefix; words beyond it need not be looked at.
constexpr std::size_t kLongestAddressText = 64;

Fit addressFit(const Token& token, std::string_view word) {
    if (word.size() > kLongestAddressText) return Fit::None;
    switch (token.kind) {
        case Token::Kind::Address4:
            return valueFit(IpAddress::parse(word), Family::IPv4);
        case Token::Kind::Address6:
            return valueFit(IpAddress::parse(word), Family::IPv6);
        case Token::Kind::Prefix4:
            return valueFit(Prefix::parseAnyHost(word), Family::IPv4);
        default:
            return valueFit(Prefix::parseAnyHost(word), Family::IPv6);
    }
}

}  // namespace

Fit fitOf(const Token& token, std::string_view word) {
    switch (token.kind) {
        case Token::Kind::Keyword:
            if (!std::string_view(token.text).starts_with(word)) return Fit::None;
            return token.text.size() == word.size() ? Fit::ExactKeyword : Fit::AbbreviatedKeyword;
        case Token::Kind::Number: {
            const auto number = readNumber(word, token.most);
            return number && *number >= token.least ? Fit::Value : Fit::None;
        }
        case Token::Kind::Word:
            return (token.text == "IFNAME" || token.text == "INTERFACE") && looksLikeAddress(word)
                       ? Fit::None
                       : Fit::Word;
        case Token::Kind::Line:
            return Fit::Line;
        default:
            return addressFit(token, word);
    }
}

void PatternWalk::walk(const Pattern& pattern) {
    steps_.clear();
    lineTaken_ = false;
    const Rest whole{.sequence = &pattern.nodes()};
    read(&whole);
}

void PatternWalk::read(const Rest* rest) {
    if (rest == nullptr) {
        if (!lineTaken_ && onExpected_) onExpected_(steps_, nullptr);
        if (onMatch_ && (lineTaken_ || steps_.size() == words_.size())) onMatch_(steps_);
    } else if (rest->sequence == nullptr) {
        readSet(*rest->set, rest->used, rest->then);
    } else if (rest->next == rest->sequence->size()) {
        read(rest->then);
    } else {
        const Rest after{.sequence = rest->sequence, .next = rest->next + 1, .then = rest->then};
        readNode((*rest->sequence)[rest->next], after);
    }
}

void PatternWalk::readNode(const Pattern::Node& node, const Rest& rest) {
    switch (node.kind) {
        case Pattern::Node::Kind::Token:
            readToken(node.token, rest);
            return;
        case Pattern::Node::Kind::Set:
            readSet(node, 0, &rest);
            return;
        case Pattern::Node::Kind::Choice:
        case Pattern::Node::Kind::Optional:
            break;
    }
    for (const auto& branch : node.branches) {
        const Rest inner{.sequence = &branch, .then = &rest};
        read(&inner);
    }
    if (node.kind == Pattern::Node::Kind::Optional) read(&rest);
}

void PatternWalk::readSet(const Pattern::Node& set, std::uint32_t used, const Rest* then) {
    for (std::size_t i = 0; i < set.branches.size(); ++i) {
        const std::uint32_t bit = std::uint32_t{1} << i;
        if ((used & bit) != 0) continue;
        const Rest again{.set = &set, .used = used | bit, .then = then};
        const Rest branch{.sequence = &set.branches[i], .then = &again};
        read(&branch);
    }
    if (used != 0) read(then);
}

void PatternWalk::readToken(const Token& token, const Rest& rest) {
    if (lineTaken_) return;
    if (onExpected_) onExpected_(steps_, &token);
    if (steps_.size() == words_.size()) return;
    const Fit fit = fitOf(token, words_[steps_.size()]);
    if (fit == Fit::None) return;
    steps_.push_back({&token, fit});
    lineTaken_ = fit == Fit::Line;
    read(&rest);
    lineTaken_ = false;
    steps_.pop_back();
}

}  // namespace peerscape

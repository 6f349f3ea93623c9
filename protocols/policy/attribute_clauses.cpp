#include "protocols/policy/attribute_clauses.hpp"

#include <fmt/format.h>

namespace peerscape::policy {
namespace {

std::string_view word(OriginName origin) {
    switch (origin) {
        case OriginName::Igp:
            return "igp";
        case OriginName::Egp:
            return "egp";
        case OriginName::Incomplete:
            return "incomplete";
    }
    return "incomplete";
}

std::string_view exactly(bool isExact) { return isExact ? " exact-match" : ""; }

std::string numbersOf(const std::vector<std::uint32_t>& numbers) {
    std::string text;
    for (const auto number : numbers)
        text += fmt::format(" {}", number);
    return text;
}

// One overload for each clause: its line without `match` or `set`.
std::string line(const MatchAsPath& c) { return "as-path " + c.list; }
std::string line(const MatchCommunity& c) {
    return fmt::format("community {}{}", c.list, exactly(c.isExact));
}
std::string line(const MatchLargeCommunity& c) {
    return fmt::format("large-community {}{}", c.list, exactly(c.isExact));
}
std::string line(const MatchExtendedCommunity& c) { return "extcommunity " + c.list; }
std::string line(const MatchLocalPreference& c) { return fmt::format("local-preference {}", c.preference); }
std::string line(const MatchOrigin& c) { return fmt::format("origin {}", word(c.origin)); }
std::string line(const MatchPeer& c) {
    return "peer " + (c.isLocal ? "local" : c.address ? toString(*c.address) : c.name);
}
std::string line(const MatchRouteSource& c) {
    return std::string("ip route-source ") + (c.isPrefixList ? "prefix-list " : "") + c.list;
}
std::string line(const MatchRpki& c) {
    return std::string("rpki ") + (c.state == RpkiState::Valid     ? "valid"
                                   : c.state == RpkiState::Invalid ? "invalid"
                                                                   : "notfound");
}

std::string line(const SetAsPathPrepend& c) {
    if (c.lastAsCount != 0) return fmt::format("as-path prepend last-as {}", c.lastAsCount);
    return "as-path prepend" + numbersOf(c.numbers);
}
std::string line(const SetAsPathExclude& c) { return "as-path exclude" + numbersOf(c.numbers); }
std::string line(const SetAsPathReplace& c) {
    return "as-path replace " + (c.number ? fmt::format("{}", *c.number) : "any");
}
template <typename Values>
std::string communities(std::string_view keyword, const Values& values, bool isAdditive) {
    using Value = typename Values::value_type;
    return fmt::format("{} {}{}", keyword, values.empty() ? "none" : textOf(std::span<const Value>(values)),
                       isAdditive ? " additive" : "");
}
std::string line(const SetCommunity& c) { return communities("community", *c.values, c.isAdditive); }
std::string line(const SetLargeCommunity& c) {
    return communities("large-community", c.values, c.isAdditive);
}
std::string line(const SetCommunityDeletion& c) {
    return fmt::format("{}comm-list {} delete", c.isLarge ? "large-" : "", c.list);
}
std::string line(const SetExtendedCommunity& c) {
    // Each value says its kind in front; the line says it once.
    std::string text = c.kind == ExtendedKind::RouteTarget ? "extcommunity rt" : "extcommunity soo";
    for (const auto value : c.values) {
        const std::string whole = configTextOf(value);
        text += whole.substr(whole.find(' '));
    }
    return text;
}
std::string line(const SetNoExtendedCommunity&) { return "extcommunity none"; }
std::string line(const SetLinkBandwidth& c) {
    using Source = SetLinkBandwidth::Source;
    return fmt::format("extcommunity bandwidth {}{}",
                       c.source == Source::Cumulative   ? "cumulative"
                       : c.source == Source::Multipaths ? "num-multipaths"
                                                        : fmt::format("{}", c.megabitsPerSecond),
                       c.isTransitive ? "" : " non-transitive");
}
std::string line(const SetLocalPreference& c) {
    using Change = SetLocalPreference::Change;
    const std::string_view sign = c.change == Change::Add ? "+" : c.change == Change::Subtract ? "-" : "";
    return fmt::format("local-preference {}{}", sign, c.amount);
}
std::string line(const SetWeight& c) { return fmt::format("weight {}", c.weight); }
std::string line(const SetOrigin& c) { return fmt::format("origin {}", word(c.origin)); }
std::string line(const SetAtomicAggregate&) { return "atomic-aggregate"; }
std::string line(const SetAggregator& c) {
    return fmt::format("aggregator as {} {}", c.number, toString(c.address));
}
std::string line(const SetOriginatorId& c) { return "originator-id " + toString(c.address); }
std::string line(const SetAigp& c) {
    return "aigp-metric " + (c.metric ? fmt::format("{}", *c.metric) : "igp-metric");
}
std::string line(const SetNextHopRule& c) {
    using Rule = SetNextHopRule::Rule;
    return fmt::format("{} next-hop {}", c.family == Family::IPv4 ? "ip" : "ipv6",
                       c.rule == Rule::PeerAddress ? "peer-address"
                       : c.rule == Rule::Unchanged ? "unchanged"
                                                   : "prefer-global");
}

}  // namespace

std::string textOf(const AttributeMatch& clause) {
    return std::visit([](const auto& c) { return line(c); }, clause);
}
std::string textOf(const AttributeSet& clause) {
    return std::visit([](const auto& c) { return line(c); }, clause);
}

bool isSameKind(const AttributeMatch& a, const AttributeMatch& b) {
    if (a.index() != b.index()) return false;
    if (const auto* source = std::get_if<MatchRouteSource>(&a))
        return source->isPrefixList == std::get<MatchRouteSource>(b).isPrefixList;
    return true;
}

bool isSameKind(const AttributeSet& a, const AttributeSet& b) {
    if (a.index() != b.index()) return false;
    if (const auto* extended = std::get_if<SetExtendedCommunity>(&a))
        return extended->kind == std::get<SetExtendedCommunity>(b).kind;
    if (const auto* deletion = std::get_if<SetCommunityDeletion>(&a))
        return deletion->isLarge == std::get<SetCommunityDeletion>(b).isLarge;
    if (const auto* hop = std::get_if<SetNextHopRule>(&a)) {
        const auto& other = std::get<SetNextHopRule>(b);
        return hop->family == other.family && (hop->family == Family::IPv4 || hop->rule == other.rule);
    }
    return true;
}

}  // namespace peerscape::policy

#include "protocols/policy/clauses.hpp"

#include <string_view>

#include <fmt/format.h>

#include "engine/base/overloaded.hpp"

namespace peerscape::policy {
namespace {

std::string_view word(Family family) { return family == Family::IPv4 ? "ip" : "ipv6"; }
std::string_view word(Subject subject) { return subject == Subject::Address ? "address" : "next-hop"; }

/// `set ip next-hop …` in any form: one of them replaces another.
bool isIpv4NextHop(const SetClause& clause) {
    if (const auto* hop = std::get_if<SetNextHop>(&clause)) return hop->address.isV4();
    const auto* attribute = std::get_if<AttributeSet>(&clause);
    const auto* rule = attribute == nullptr ? nullptr : std::get_if<SetNextHopRule>(attribute);
    return rule != nullptr && rule->family == Family::IPv4;
}

}  // namespace

std::string textOf(const MatchClause& clause) {
    return std::visit(
        Overloaded{
            [](const MatchList& c) {
                return fmt::format("{} {}{} {}", word(c.family), word(c.subject),
                                   c.isPrefixList ? " prefix-list" : "", c.list);
            },
            [](const MatchPrefixLength& c) {
                return fmt::format("{} {} prefix-len {}", word(c.family), word(c.subject), c.length);
            },
            [](const MatchNextHopAddress& c) {
                return fmt::format("{} next-hop address {}", word(c.address.family()), toString(c.address));
            },
            [](const MatchBlackhole& c) { return fmt::format("{} next-hop type blackhole", word(c.family)); },
            [](const MatchInterface& c) { return "interface " + c.name; },
            [](const MatchMetric& c) { return fmt::format("metric {}", c.metric); },
            [](const MatchTag& c) { return fmt::format("tag {}", c.tag); },
            [](const MatchProtocol& c) { return "source-protocol " + c.name; },
            [](const AttributeMatch& c) { return textOf(c); },
            [](const MatchOther& c) { return c.keyword + (c.value.empty() ? "" : " ") + c.value; },
        },
        clause);
}

std::string textOf(const SetClause& clause) {
    return std::visit(
        Overloaded{
            [](const SetMetric& c) {
                const std::string_view sign = c.change == SetMetric::Change::Add        ? "+"
                                              : c.change == SetMetric::Change::Subtract ? "-"
                                                                                        : "";
                return fmt::format("metric {}{}", sign, c.amount);
            },
            [](const SetTag& c) { return fmt::format("tag {}", c.tag); },
            [](const SetNextHop& c) {
                const std::string_view scope = c.address.isV4() ? "" : c.isLinkLocal ? "local " : "global ";
                return fmt::format("{} next-hop {}{}", word(c.address.family()), scope, toString(c.address));
            },
            [](const SetDistance& c) { return fmt::format("distance {}", c.distance); },
            [](const AttributeSet& c) { return textOf(c); },
            [](const SetOther& c) { return c.keyword + (c.value.empty() ? "" : " ") + c.value; },
        },
        clause);
}

bool isSameKind(const MatchClause& a, const MatchClause& b) {
    if (a.index() != b.index()) return false;
    return std::visit(
        Overloaded{
            [&](const MatchList& c) {
                const auto& other = std::get<MatchList>(b);
                return c.subject == other.subject && c.family == other.family &&
                       c.isPrefixList == other.isPrefixList;
            },
            [&](const MatchPrefixLength& c) {
                const auto& other = std::get<MatchPrefixLength>(b);
                return c.subject == other.subject && c.family == other.family;
            },
            [&](const MatchNextHopAddress& c) {
                return c.address.family() == std::get<MatchNextHopAddress>(b).address.family();
            },
            [&](const MatchBlackhole& c) { return c.family == std::get<MatchBlackhole>(b).family; },
            [&](const AttributeMatch& c) { return isSameKind(c, std::get<AttributeMatch>(b)); },
            [&](const MatchOther& c) { return c.keyword == std::get<MatchOther>(b).keyword; },
            [](const auto&) { return true; },
        },
        a);
}

bool isSameKind(const SetClause& a, const SetClause& b) {
    if (isIpv4NextHop(a) && isIpv4NextHop(b)) return true;
    if (a.index() != b.index()) return false;
    if (const auto* hop = std::get_if<SetNextHop>(&a)) {
        const auto& other = std::get<SetNextHop>(b);
        return hop->address.family() == other.address.family() && hop->isLinkLocal == other.isLinkLocal;
    }
    if (const auto* attribute = std::get_if<AttributeSet>(&a))
        return isSameKind(*attribute, std::get<AttributeSet>(b));
    if (const auto* other = std::get_if<SetOther>(&a)) return other->keyword == std::get<SetOther>(b).keyword;
    return true;
}

}  // namespace peerscape::policy

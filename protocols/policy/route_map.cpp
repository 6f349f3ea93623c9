#include "protocols/policy/route_map.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "engine/base/overloaded.hpp"
#include "protocols/policy/policy_set.hpp"

namespace peerscape::policy {
namespace {

bool isPermittedBy(const PolicySet& policy, const MatchList& clause, const Prefix& network) {
    if (clause.isPrefixList) {
        const PrefixList* list = policy.prefixList(clause.family, clause.list);
        return list != nullptr && list->apply(network) == Action::Permit;
    }
    const AccessList* list = policy.accessList(clause.family, clause.list);
    return list != nullptr && list->apply(network) == Action::Permit;
}

/// The network that a clause is about, when the route has one of that family.
std::optional<Prefix> networkOf(const RouteFacts& facts, Subject subject, Family family) {
    if (subject == Subject::Address)
        return facts.prefix.family() == family ? std::optional(facts.prefix) : std::nullopt;
    if (!facts.nextHop || facts.nextHop->family() != family) return std::nullopt;
    return Prefix::host(*facts.nextHop);
}

/// Asks one clause. Nothing when it is about attributes that this route's protocol does not have at all.
std::optional<MatchResult> ask(const MatchClause& clause, const RouteFacts& facts, const PolicySet& policy) {
    const auto yesIf = [](bool matches) {
        return std::optional(matches ? MatchResult::Match : MatchResult::NoMatch);
    };
    return std::visit(
        Overloaded{
            [&](const MatchList& c) {
                const auto network = networkOf(facts, c.subject, c.family);
                return yesIf(network && isPermittedBy(policy, c, *network));
            },
            [&](const MatchPrefixLength& c) {
                const auto network = networkOf(facts, c.subject, c.family);
                return yesIf(network && network->length() == c.length);
            },
            [&](const MatchNextHopAddress& c) { return yesIf(facts.nextHop == c.address); },
            [&](const MatchBlackhole& c) {
                return yesIf(facts.isBlackhole && facts.prefix.family() == c.family);
            },
            [&](const MatchInterface& c) {
                const auto isIt = [&](const std::string* name) { return name != nullptr && *name == c.name; };
                return yesIf(isIt(facts.interface) || isIt(facts.messageInterface));
            },
            [&](const MatchMetric& c) { return yesIf(facts.metric == c.metric); },
            [&](const MatchTag& c) { return yesIf(facts.tag == c.tag); },
            [&](const MatchProtocol& c) {
                return yesIf(c.protocol.isSome() && facts.protocol == c.protocol);
            },
            [&](const AttributeMatch& c) {
                return facts.attributes == nullptr ? std::nullopt
                                                   : std::optional(facts.attributes->matches(c, policy));
            },
            [](const MatchOther&) { return std::optional<MatchResult>(); },
        },
        clause);
}

/// All clauses must match; one that does not ends it. Only when nothing could be asked is the entry a
/// no-operation.
MatchResult askAll(const RouteMapEntry& entry, const RouteFacts& facts, const PolicySet& policy) {
    bool wasAsked = false;
    bool hasMatched = false;
    for (const MatchClause& clause : entry.matches) {
        const auto result = ask(clause, facts, policy);
        if (!result) continue;
        wasAsked = true;
        if (*result == MatchResult::NoMatch) return MatchResult::NoMatch;
        hasMatched = hasMatched || *result == MatchResult::Match;
    }
    return !wasAsked || hasMatched ? MatchResult::Match : MatchResult::NoOperation;
}

void applySet(const SetMetric& set, RouteSettings& settings) {
    std::int64_t metric = set.amount;
    if (set.change == SetMetric::Change::Add) metric = std::int64_t{settings.metric} + set.amount;
    if (set.change == SetMetric::Change::Subtract) metric = std::int64_t{settings.metric} - set.amount;
    metric = std::clamp<std::int64_t>(metric, settings.leastMetric, settings.mostMetric);
    settings.metric = static_cast<std::uint32_t>(metric);
    settings.isMetricSet = true;
}
void applySet(const SetTag& set, RouteSettings& settings) { settings.tag = set.tag; }
void applySet(const SetNextHop& set, RouteSettings& settings) {
    (set.isLinkLocal ? settings.linkLocalNextHop : settings.nextHop) = set.address;
}
void applySet(const SetDistance& set, RouteSettings& settings) { settings.distance = set.distance; }
void applySet(const SetOther&, RouteSettings&) {}

/// One evaluation: the settings grow as entries match, across all route-maps called.
class Evaluation {
    using Reason = RouteMapVerdict::Reason;

  public:
    Evaluation(const PolicySet& policy, const RouteFacts& facts, RouteSettings settings)
        : policy_(policy), facts_(facts), settings_(std::move(settings)) {}

    RouteMapVerdict run(std::string_view name) {
        const Outcome outcome = run(name, 0);
        return {outcome.isPermitted, outcome.reason, std::string(outcome.map), outcome.sequence,
                std::move(settings_)};
    }

  private:
    static constexpr int kDeepest = 10;

    /// As RouteMapVerdict, without what would be copied for each entry.
    struct Outcome {
        bool isPermitted = false;
        Reason reason = Reason::NoEntry;
        std::string_view map;
        std::uint32_t sequence = 0;
    };

    Outcome run(std::string_view name, int depth) {
        const RouteMap* map = policy_.routeMap(name);
        if (map == nullptr) return {false, Reason::NoSuchMap, name};
        if (depth > kDeepest) return {false, Reason::TooDeep, name};
        // Entries that could not be asked leave the verdict as it is, and without any other the route passes.
        Outcome outcome{!map->empty(), Reason::NoEntry, name};
        for (auto at = map->begin(); at != map->end();) {
            const auto& [sequence, entry] = *at;
            const MatchResult result = askAll(entry, facts_, policy_);
            if (result != MatchResult::Match) {
                // As FRR 8.4 has it, an entry that does not match also takes back what an earlier one with
                // `on-match next` has permitted.
                if (result == MatchResult::NoMatch) outcome = {false, Reason::NoEntry, name};
                ++at;
                continue;
            }
            outcome = {entry.action == Action::Permit, Reason::Entry, name, sequence};
            if (entry.action == Action::Deny) return outcome;
            for (const SetClause& set : entry.sets)
                apply(set);
            if (!entry.call.empty() && policy_.routeMap(entry.call) != nullptr) {
                const Outcome called = run(entry.call, depth + 1);
                if (!called.isPermitted) return called;
            }
            if (entry.exitPolicy == ExitPolicy::Exit) return outcome;
            at = entry.exitPolicy == ExitPolicy::Next
                     ? std::next(at)
                     : map->lower_bound(std::max(entry.gotoSequence, sequence + 1));
        }
        return outcome;
    }

    void apply(const SetClause& clause) {
        if (const auto* attribute = std::get_if<AttributeSet>(&clause)) {
            if (facts_.attributes != nullptr) facts_.attributes->set(*attribute, policy_);
            return;
        }
        std::visit(
            [&](const auto& set) {
                if constexpr (!std::is_same_v<std::remove_cvref_t<decltype(set)>, AttributeSet>)
                    applySet(set, settings_);
            },
            clause);
    }

    const PolicySet& policy_;
    const RouteFacts& facts_;
    RouteSettings settings_;
};

/// The clause asks nothing but attributes, which are the same for everybody who receives them.
bool isAboutAttributes(const MatchClause& clause) {
    if (std::holds_alternative<MatchMetric>(clause)) return true;
    const auto* match = std::get_if<AttributeMatch>(&clause);
    if (match == nullptr) return false;
    return !std::holds_alternative<MatchPeer>(*match) && !std::holds_alternative<MatchRouteSource>(*match) &&
           !std::holds_alternative<MatchRpki>(*match);
}

/// It changes nothing but attributes, and in a way that hangs on nothing else.
bool isAboutAttributes(const SetClause& clause) {
    if (std::holds_alternative<SetMetric>(clause)) return true;
    const auto* set = std::get_if<AttributeSet>(&clause);
    if (set == nullptr) return false;
    return std::visit(Overloaded{
                          [](const SetAsPathReplace&) { return false; },  // by the router's own number
                          [](const SetLinkBandwidth&) { return false; },  // the same
                          [](const SetWeight&) { return false; },
                          [](const SetAigp& aigp) { return aigp.metric.has_value(); },
                          [](const SetNextHopRule&) { return false; },
                          [](const auto&) { return true; },
                      },
                      *set);
}

}  // namespace

std::string RouteMapVerdict::text() const {
    switch (reason) {
        case Reason::Entry:
            return fmt::format("route-map {} {} {}", map, isPermitted ? "permit" : "deny", sequence);
        case Reason::NoEntry:
            return fmt::format("route-map {}: {}", map,
                               isPermitted ? "no entry is about such a route" : "no entry matches");
        case Reason::NoSuchMap:
            return fmt::format("route-map {} does not exist", map);
        case Reason::TooDeep:
            return fmt::format("route-map {}: the calls go in a circle", map);
    }
    return {};
}

RouteMapVerdict evaluate(const PolicySet& policy, std::string_view routeMap, const RouteFacts& facts,
                         RouteSettings settings) {
    return Evaluation(policy, facts, std::move(settings)).run(routeMap);
}

bool hangsOnAttributesOnly(const RouteMap& map) {
    const auto isAbout = [](const auto& clause) { return isAboutAttributes(clause); };
    return std::ranges::all_of(map, [&](const auto& numbered) {
        const RouteMapEntry& entry = numbered.second;
        return entry.call.empty() && std::ranges::all_of(entry.matches, isAbout) &&
               std::ranges::all_of(entry.sets, isAbout);
    });
}

}  // namespace peerscape::policy

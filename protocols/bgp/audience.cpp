#include "protocols/bgp/audience.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>

#include "protocols/policy/policy_set.hpp"

namespace peerscape::bgp {
namespace {

bool isAboutPrefix(policy::Subject subject) { return subject == policy::Subject::Address; }

bool isNeutral(const policy::MatchClause& clause) {
    return std::visit(
        [](const auto& match) {
            using T = std::decay_t<decltype(match)>;
            if constexpr (std::is_same_v<T, policy::MatchList> ||
                          std::is_same_v<T, policy::MatchPrefixLength>) {
                return isAboutPrefix(match.subject);
            } else if constexpr (std::is_same_v<T, policy::AttributeMatch>) {
                return !std::holds_alternative<policy::MatchPeer>(match);
            } else {
                return std::is_same_v<T, policy::MatchMetric> || std::is_same_v<T, policy::MatchTag> ||
                       std::is_same_v<T, policy::MatchProtocol> || std::is_same_v<T, policy::MatchOther>;
            }
        },
        clause);
}

bool isNeutral(const policy::SetClause& clause) {
    if (const auto* set = std::get_if<policy::AttributeSet>(&clause))
        return !std::holds_alternative<policy::SetNextHopRule>(*set);
    return !std::holds_alternative<policy::SetNextHop>(clause);
}

bool isNeutral(const policy::RouteMapEntry& entry) {
    return entry.call.empty() &&
           std::ranges::all_of(entry.matches, [](const auto& match) { return isNeutral(match); }) &&
           std::ranges::all_of(entry.sets, [](const auto& set) { return isNeutral(set); });
}

}  // namespace

bool dependsOnNeighbor(const policy::PolicySet* policy, const std::string& routeMap) {
    const policy::RouteMap* map = policy == nullptr ? nullptr : policy->routeMap(routeMap);
    // One that does not exist refuses all alike.
    return map != nullptr &&
           !std::ranges::all_of(*map, [](const auto& entry) { return isNeutral(entry.second); });
}

AudienceId Audiences::of(const Peer& peer, Family family, const policy::PolicySet* policy) {
    const NeighborFamilySettings& settings = peer.settings(family);
    const bool isSpecial = !peer.isExternal() || settings.removePrivateAs || settings.overridesAs ||
                           settings.conditionalAdvertisement || settings.unsuppressMap ||
                           settings.defaultOriginate || peer.wire.sendsPathIds[family];
    if (isSpecial) return std::nullopt;
    if (settings.routeMap.out && dependsOnNeighbor(policy, *settings.routeMap.out)) return std::nullopt;
    const Traits traits{peer.config.families[family], peer.facts.sort, peer.localAs,
                        peer.config.settings.localAs, peer.config.settings.localRole};
    const auto place = std::ranges::find(known_, traits) - known_.begin();
    if (place == std::ssize(known_)) known_.push_back(traits);
    return static_cast<std::uint32_t>(place);
}

}  // namespace peerscape::bgp

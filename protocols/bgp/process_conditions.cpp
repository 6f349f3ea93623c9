// Conditional advertisement: what an advertise-map names is told while routes of a second map are in the
// table, or while none is.
#include <algorithm>

#include "protocols/bgp/policy_door.hpp"
#include "protocols/bgp/process.hpp"

namespace peerscape::bgp {

/// Something has changed that a condition may hang on: it is looked at with the next beat of the timer, as
/// FRR does. Without changes the timer rests.
void BgpProcess::noteConditions(SimTime now) {
    if (!hasConditions_ || !conditionsAt_.isNever()) return;
    const Duration period = Duration::seconds(config().conditionalPeriod);
    conditionsAt_ = SimTime::start() + period * (now.sinceStart() / period + 1);
}

void BgpProcess::judgeConditions(Step& step) {
    conditionsAt_ = SimTime::never();
    for (auto [id, peer] : peers_) {
        for (const Family family : {Family::IPv4, Family::IPv6}) {
            if (!peer.settings(family).conditionalAdvertisement || !peer.families[family].isUp) continue;
            bool& isMet = conditions_[{id, family}];
            if (isMet == isConditionMet(step.env, peer, family)) continue;
            isMet = !isMet;
            enqueueTable(peer, family, step.env.cause);
        }
    }
}

bool BgpProcess::isConditionMet(const Env& env, const Peer& to, Family family) const {
    const ConditionalAdvertisement& wanted = *to.settings(family).conditionalAdvertisement;
    const PolicyDoor door(policy_, env);
    const bool isPresent = std::ranges::any_of(tables_[family], [&](const auto& entry) {
        const auto& [prefix, destination] = entry;
        const Path* best = destination.bestPath();
        if (best == nullptr) return false;
        PolicyRoute route{prefix, best->attributes, nextHops_[best->nextHop].value, best->weight};
        route.isLocal = best->isLocal();
        if (!best->isLocal()) route.source = route.peer = factsOf(*best).address;
        route.protocol = best->protocol;
        route.defaultLocalPreference = config().defaultLocalPreference;
        route.rpki = validate(prefix, *best);
        return door.apply(wanted.conditionMap, route).isPermitted;
    });
    return isPresent == wanted.whenPresent;
}

/// What the advertise-map does not name is told whatever the condition says.
bool BgpProcess::isHeldByCondition(const Env& env, const Peer& to, Family family, PolicyRoute route) const {
    const auto& wanted = to.settings(family).conditionalAdvertisement;
    if (!wanted) return false;
    const auto judged = conditions_.find({to.id, family});
    if (judged != conditions_.end() && judged->second) return false;
    return PolicyDoor(policy_, env).apply(wanted->advertiseMap, route).isPermitted;
}

}  // namespace peerscape::bgp

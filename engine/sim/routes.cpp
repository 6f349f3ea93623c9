// Between the RIB and the processes: recording what changed, and telling those who asked to be told.
#include <algorithm>
#include <utility>

#include "engine/base/block_pool.hpp"
#include "engine/sim/simulation.hpp"

namespace peerscape {

namespace {

RouteChange asChange(const Prefix& prefix, const SelectedRoute& route, bool withdrawn) {
    return {prefix,         route.protocol, withdrawn, route.slot,
            route.distance, route.metric,   route.tag, route.hops};
}

bool isSubscribed(const ProcessSlot& slot, const std::pair<ProtocolId, Family>& to) {
    return std::ranges::find(slot.subscriptions, to) != slot.subscriptions.end();
}

}  // namespace

void Simulation::settleRib(NodeId node, RecordLog& log) {
    NodeState& state = nodes_[node.value()];
    if (!state.rib.isDirty()) return;
    for (RibChange& change : state.rib.settle(state.interfaces)) {
        staleUntil_ = latestArrival_;
        state.streams.forgetLanesTo(change.prefix);
        const auto shared = makePooled<RibChange>(std::move(change));
        const RecordId changed = log.append(now_, node, shared->cause, record::RouteChanged{shared});
        tellSubscribers(state, *shared, changed);
        tellTrackers(state, shared->prefix, changed);
    }
    announceNews(node);
}

void Simulation::announceNews(NodeId node) {
    const NodeState& state = nodes_[node.value()];
    const bool hasNews = std::any_of(state.processes.begin(), state.processes.end(),
                                     [](const ProcessSlot& s) { return s.hasNews() && !s.isFrozen; });
    if (hasNews) scheduleNotify(node);
}

void Simulation::tellSubscribers(NodeState& state, const RibChange& change, RecordId cause) {
    const Family family = change.prefix.family();
    for (ProcessSlot& slot : state.processes) {
        const auto wants = [&](const SelectedRoute& route) {
            return route.exists() && isSubscribed(slot, {route.protocol, family});
        };
        const bool sameProtocol = change.before.protocol == change.after.protocol;
        if (wants(change.before) && !sameProtocol)
            slot.routeNews.push_back(asChange(change.prefix, change.before, true));
        if (wants(change.after)) slot.routeNews.push_back(asChange(change.prefix, change.after, false));
        if (wants(change.after) || (wants(change.before) && !sameProtocol)) slot.newsCause = cause;
        if (slot.trackedPrefixes.contains(change.prefix)) {
            slot.prefixNews.push_back(asChange(change.prefix, change.after, !change.after.exists()));
            slot.newsCause = cause;
        }
    }
}

void Simulation::tellTrackers(NodeState& state, const Prefix& changed, RecordId cause) {
    const IpAddress last = changed.lastAddress();
    for (ProcessSlot& slot : state.processes) {
        if (!slot.trackedSpan.mayMeet(changed)) continue;
        for (auto at = slot.tracked.lower_bound(changed.address());
             at != slot.tracked.end() && at->first <= last; ++at) {
            NextHopState present = state.rib.resolve(at->first);
            if (present == at->second) continue;
            at->second = present;
            const auto known =
                std::find_if(slot.nextHopNews.begin(), slot.nextHopNews.end(),
                             [&](const NextHopState& n) { return n.address == present.address; });
            if (known != slot.nextHopNews.end()) {
                *known = std::move(present);
            } else {
                slot.nextHopNews.push_back(std::move(present));
            }
            slot.newsCause = cause;
        }
    }
}

void Simulation::subscribe(NodeId node, ProcessSlot& slot, const SubscribeRoutes& wish, RecordId cause) {
    const std::pair key{wish.protocol, wish.family};
    const bool isKnown = isSubscribed(slot, key);
    if (!wish.wanted && isKnown) slot.subscriptions.erase(std::ranges::find(slot.subscriptions, key));
    if (!wish.wanted || isKnown) return;
    slot.subscriptions.push_back(key);
    const Rib& rib = nodes_[node.value()].rib;
    for (const Prefix& prefix : rib.prefixes(wish.family)) {
        const SelectedRoute route = rib.selected(prefix);
        if (route.protocol == wish.protocol) slot.routeNews.push_back(asChange(prefix, route, false));
    }
    slot.newsCause = cause;
    if (!slot.routeNews.empty()) scheduleNotify(node);
}

void Simulation::track(NodeId node, ProcessSlot& slot, const TrackNextHop& wish, RecordId cause) {
    if (!wish.wanted) {
        slot.tracked.erase(wish.address);
        return;
    }
    NextHopState present = nodes_[node.value()].rib.resolve(wish.address);
    slot.tracked[wish.address] = present;
    slot.trackedSpan.include(wish.address);
    slot.nextHopNews.push_back(std::move(present));
    slot.newsCause = cause;
    scheduleNotify(node);
}

void Simulation::track(NodeId node, ProcessSlot& slot, const TrackPrefix& wish, RecordId cause) {
    if (!wish.wanted) {
        slot.trackedPrefixes.erase(wish.prefix);
        return;
    }
    slot.trackedPrefixes.insert(wish.prefix);
    const SelectedRoute route = nodes_[node.value()].rib.selected(wish.prefix);
    slot.prefixNews.push_back(asChange(wish.prefix, route, !route.exists()));
    slot.newsCause = cause;
    scheduleNotify(node);
}

void Simulation::scheduleNotify(NodeId node) {
    NodeState& state = nodes_[node.value()];
    if (std::exchange(state.notifyIsScheduled, true)) return;
    Event event;
    event.kind = Event::Kind::Notify;
    event.node = node;
    agenda_.schedule(now_, std::move(event));
}

void Simulation::notify(NodeId node, RecordLog& log) {
    nodes_[node.value()].notifyIsScheduled = false;
    std::vector<ProtocolId> protocols;
    for (const ProcessSlot& slot : nodes_[node.value()].processes)
        protocols.push_back(slot.protocol);
    for (const ProtocolId protocol : protocols) {
        ProcessSlot* slot = nodes_[node.value()].slotOf(protocol);
        if (slot->isFrozen) continue;
        auto routes = std::exchange(slot->routeNews, {});
        auto nextHops = std::exchange(slot->nextHopNews, {});
        auto prefixes = std::exchange(slot->prefixNews, {});
        if (routes.empty() && nextHops.empty() && prefixes.empty()) continue;
        const RecordId told = log.append(now_, node, slot->newsCause, record::ProcessNotified{protocol});
        if (!nextHops.empty()) dispatch(node, protocol, NextHopsChanged{std::move(nextHops)}, told, log);
        if (!prefixes.empty()) dispatch(node, protocol, PrefixesChanged{std::move(prefixes)}, told, log);
        if (!routes.empty()) dispatch(node, protocol, RoutesChanged{std::move(routes)}, told, log);
    }
}

}  // namespace peerscape

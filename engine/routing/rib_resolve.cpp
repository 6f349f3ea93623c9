// How next hops are found to work, and where packets really go. The rules are those of zebra 8.4's nexthop
// resolution; docs/protocols/static.md tells them with examples.
#include <algorithm>

#include "engine/routing/rib.hpp"

namespace peerscape {

namespace {

void addOnce(NextHops& hops, const NextHop& hop) {
    if (std::none_of(hops.begin(), hops.end(), [&](const NextHop& h) { return h.isSameWayAs(hop); }))
        hops.push_back(hop);
}

/// Hops of weight 0 stand by: packets take them when there are no others.
void leaveOutIdle(NextHops& hops) {
    const auto isIdle = [](const NextHop& hop) { return hop.weight == 0; };
    if (std::all_of(hops.begin(), hops.end(), isIdle)) return;
    hops.erase(std::remove_if(hops.begin(), hops.end(), isIdle), hops.end());
}

/// A gateway on a named interface: the interface works, and the gateway is on its network (or declared to
/// be).
bool isReachedThrough(const InterfaceState& interface, const NextHop& hop) {
    if (!interface.isUp()) return false;
    return hop.onLink || (hop.gateway.isV6() && hop.gateway.isLinkLocal()) ||
           interface.addressFacing(hop.gateway) != nullptr;
}

}  // namespace

NextHops Rib::resolveGateway(const Prefix& top, const RibRoute& route, const NextHop& hop) const {
    // A host route never resolves through itself; nor may a network's gateway be found by the network's own
    // route.
    if (top.isHost() && top.address() == hop.gateway) return {};
    bool stop = false;
    const auto entry = table_.longestMatch(hop.gateway, [&](const auto& candidate) {
        const auto& [prefix, state] = candidate;
        if (prefix == top && !prefix.isHost()) return stop = true;
        if (prefix.isDefault() && !viaDefault_[static_cast<std::size_t>(prefix.family())]) return stop = true;
        return state.selected != kNone;
    });
    if (!entry || stop) return {};
    const RibRoute& match = cells_[entry->second.selected].route;
    const auto resolvers = groups_.hops(match.active);
    NextHops hops;
    if (match.protocol == kConnected) {
        if (!resolvers.empty()) {
            hops.push_back(NextHop::via(hop.gateway, resolvers.front().interface));
            hops.back().weight = hop.weight;
        }
        return hops;
    }
    if (!route.allowRecursion) return {};
    for (const NextHop& resolver : resolvers) {
        // Through an interface route the gateway itself is the neighbour to ask for.
        if (resolver.kind == NextHop::Kind::Interface) {
            addOnce(hops, NextHop::via(hop.gateway, resolver.interface));
        } else {
            addOnce(hops, resolver);
        }
    }
    return hops;
}

NextHops Rib::resolveHop(const Prefix& prefix, const RibRoute& route, const NextHop& hop,
                         std::span<const InterfaceState> interfaces) const {
    switch (hop.kind) {
        case NextHop::Kind::Blackhole:
        case NextHop::Kind::Reject:
            return {hop};
        case NextHop::Kind::Interface:
            return interfaces[hop.interface.value()].isUp() ? NextHops{hop} : NextHops{};
        case NextHop::Kind::Gateway:
            if (hop.interface.isSome())
                return isReachedThrough(interfaces[hop.interface.value()], hop) ? NextHops{hop} : NextHops{};
            return resolveGateway(prefix, route, hop);
    }
    return {};
}

NextHops Rib::activeHops(const Prefix& prefix, const RibRoute& route,
                         std::span<const InterfaceState> interfaces) const {
    NextHops active;
    for (const NextHop& hop : groups_.hops(route.offered)) {
        for (const NextHop& resolved : resolveHop(prefix, route, hop, interfaces))
            addOnce(active, resolved);
    }
    leaveOutIdle(active);
    return active;
}

std::span<const NextHop> Rib::lookUp(const IpAddress& address) const {
    const auto entry = table_.longestMatch(
        address, [](const auto& candidate) { return candidate.second.selected != kNone; });
    if (!entry) return {};
    return groups_.hops(cells_[entry->second.selected].route.active);
}

std::optional<Prefix> Rib::match(const IpAddress& address) const {
    const auto entry = table_.longestMatch(
        address, [](const auto& candidate) { return candidate.second.selected != kNone; });
    if (!entry) return std::nullopt;
    return entry->first;
}

NextHopState Rib::resolve(const IpAddress& address) const {
    NextHopState state;
    state.address = address;
    const auto entry = table_.longestMatch(
        address, [&](const auto& candidate) { return candidate.second.selected != kNone; });
    if (!entry) return state;
    if (entry->first.isDefault() && !viaDefault_[static_cast<std::size_t>(address.family())]) return state;
    const RibRoute& route = cells_[entry->second.selected].route;
    state.isReachable = true;
    state.protocol = route.protocol;
    state.metric = route.metric;
    state.distance = route.distance;
    for (const NextHop& hop : groups_.hops(route.active)) {
        state.nextHops.push_back(hop.kind == NextHop::Kind::Interface ? NextHop::via(address, hop.interface)
                                                                      : hop);
    }
    return state;
}

ProtocolId Rib::selectedProtocol(const Prefix& prefix) const {
    const Entry* entry = table_.find(prefix);
    return entry == nullptr || entry->selected == kNone ? ProtocolId::none()
                                                        : cells_[entry->selected].route.protocol;
}

}  // namespace peerscape

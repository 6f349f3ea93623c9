// What this router brings into BGP by itself: `network` statements and redistribution (RFC 4271 section 9.4).
#include <algorithm>
#include <utility>

#include "protocols/bgp/policy_door.hpp"
#include "protocols/bgp/process.hpp"

namespace peerscape::bgp {
namespace {

/// Where a route of the router points to, as a next hop for neighbours inside the AS.
BgpNextHop nextHopOf(const RouteChange& route) {
    const Family family = route.prefix.family();
    for (const NextHop& hop : route.nextHops) {
        if (hop.kind == NextHop::Kind::Gateway && hop.gateway.family() == family &&
            !hop.gateway.isLinkLocal())
            return {hop.gateway, std::nullopt};
    }
    return {IpAddress::any(family), std::nullopt};
}

}  // namespace

void BgpProcess::refreshOrigination(Step& step) {
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        refreshNetworks(step, family);
        std::vector<RouteChange> routes;
        for (const auto& [key, route] : redistributed_) {
            if (key.first.family() == family) routes.push_back(route);
        }
        for (const RouteChange& route : routes)
            originateRedistributed(step, route);
    }
}

void BgpProcess::refreshNetworks(Step& step, Family family) {
    const auto& networks = config().families[family].networks;
    std::vector<Prefix> gone;
    for (const auto& [prefix, route] : igpRoutes_) {
        if (prefix.family() == family && !networks.contains(prefix)) gone.push_back(prefix);
    }
    for (const Prefix& prefix : gone) {
        igpRoutes_.erase(prefix);
        if (!defaultRoutes_.contains(prefix)) step.out.add(TrackPrefix{prefix, false});
        removeLocal(step, prefix, PathSource::Network, ProtocolId::none());
    }
    for (const auto& [prefix, statement] : networks) {
        if (!igpRoutes_.contains(prefix)) {
            RouteChange unknown;
            unknown.prefix = prefix;
            unknown.withdrawn = true;
            igpRoutes_.emplace(prefix, unknown);
            step.out.add(TrackPrefix{prefix, true});
        }
        originateNetwork(step, prefix);
    }
}

void BgpProcess::changePrefixes(Step& step, const PrefixesChanged& changed) {
    for (const RouteChange& route : changed.changes) {
        if (defaultRoutes_.contains(route.prefix)) {
            for (auto [id, peer] : peers_) {
                if (!peer.isDirect && peer.address().family() == route.prefix.family())
                    refreshReachability(step, peer);
            }
        }
        const auto known = igpRoutes_.find(route.prefix);
        if (known == igpRoutes_.end()) continue;
        known->second = route;
        originateNetwork(step, route.prefix);
    }
}

void BgpProcess::originateNetwork(Step& step, const Prefix& prefix) {
    const Family family = prefix.family();
    const NetworkStatement& statement = config().families[family].networks.at(prefix);
    if (statement.isBackdoor) return removeLocal(step, prefix, PathSource::Network, ProtocolId::none());
    PathAttributes attributes;
    attributes.origin = Origin::Igp;
    attributes.med = 0;
    PolicyRoute route{prefix, attributes, {IpAddress::any(family), std::nullopt}, kOwnWeight};
    route.isLocal = true;
    route.defaultLocalPreference = config().defaultLocalPreference;
    if (!statement.routeMap.empty() &&
        !PolicyDoor(policy_, step.env).apply(statement.routeMap, route).isPermitted)
        return removeLocal(step, prefix, PathSource::Network, ProtocolId::none());
    // A route of BGP itself is no reason to originate it.
    const RouteChange& present = igpRoutes_.at(prefix);
    const bool isThere = !present.withdrawn && present.protocol != kBgp;
    Path path;
    path.source = PathSource::Network;
    path.isUsable = isThere || !config().checksImport;
    putLocal(step, route, std::move(path));
}

void BgpProcess::changeRoutes(Step& step, const RoutesChanged& changed) {
    for (const RouteChange& route : changed.changes) {
        const std::pair key{route.prefix, route.protocol};
        if (route.withdrawn) redistributed_.erase(key);
        if (!route.withdrawn) redistributed_[key] = route;
        originateRedistributed(step, route);
    }
}

void BgpProcess::originateRedistributed(Step& step, const RouteChange& change) {
    const Family family = change.prefix.family();
    const auto& sources = config().families[family].redistributions;
    const auto source = std::ranges::find(sources, change.protocol, &Redistribution::protocol);
    if (source == sources.end() || change.withdrawn)
        return removeLocal(step, change.prefix, PathSource::Redistributed, change.protocol);
    PathAttributes attributes;
    attributes.origin = Origin::Incomplete;
    attributes.med = source->metric.value_or(change.metric);
    PolicyRoute route{change.prefix, attributes, nextHopOf(change), kOwnWeight};
    route.isLocal = true;
    route.defaultLocalPreference = config().defaultLocalPreference;
    route.tag = change.tag;
    route.protocol = change.protocol;
    if (!change.nextHops.empty()) route.interface = change.nextHops.front().interface;
    if (!source->routeMap.empty() &&
        !PolicyDoor(policy_, step.env).apply(source->routeMap, route).isPermitted)
        return removeLocal(step, change.prefix, PathSource::Redistributed, change.protocol);
    Path path;
    path.source = PathSource::Redistributed;
    path.protocol = change.protocol;
    putLocal(step, route, std::move(path));
}

void BgpProcess::putLocal(Step& step, const PolicyRoute& route, Path path) {
    path.attributes = route.attributes;
    path.weight = route.weight;
    path.since = step.env.now;
    path.cause = step.env.cause;
    putPath(step, route.prefix, std::move(path), route.nextHop);
}

void BgpProcess::removeLocal(Step& step, const Prefix& prefix, PathSource source, ProtocolId protocol) {
    const Destination* destination = tables_[prefix.family()].find(prefix);
    if (destination == nullptr) return;
    const auto found = std::ranges::find_if(destination->paths, [&](const Path& path) {
        return path.source == source && path.protocol == protocol;
    });
    if (found != destination->paths.end())
        removePath(step, prefix, static_cast<std::size_t>(found - destination->paths.begin()));
}

/// Routes of protocols that are no longer redistributed go with the subscription.
void BgpProcess::subscribe(Step& step) {
    std::set<std::pair<ProtocolId, Family>> wanted;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        for (const Redistribution& source : config().families[family].redistributions)
            wanted.emplace(source.protocol, family);
    }
    for (const auto& key : subscriptions_) {
        if (wanted.contains(key)) continue;
        step.out.add(SubscribeRoutes{key.first, key.second, false});
        std::vector<Prefix> gone;
        for (const auto& [route, change] : redistributed_) {
            if (route.second == key.first && route.first.family() == key.second) gone.push_back(route.first);
        }
        for (const Prefix& prefix : gone) {
            redistributed_.erase({prefix, key.first});
            removeLocal(step, prefix, PathSource::Redistributed, key.first);
        }
    }
    for (const auto& [protocol, family] : wanted) {
        if (!subscriptions_.contains({protocol, family}))
            step.out.add(SubscribeRoutes{protocol, family, true});
    }
    subscriptions_ = std::move(wanted);
}

}  // namespace peerscape::bgp

#include "protocols/static_routes/process.hpp"

#include <algorithm>

#include "engine/base/check.hpp"
#include "engine/base/hash.hpp"

namespace peerscape::static_routes {
namespace {

/// Only a gateway without an interface has to be found by a look-up.
bool isTracked(const StaticHop& hop) { return hop.gateway.has_value() && hop.interface.empty(); }

bool isOwnAddress(const Env& env, const IpAddress& address) {
    return std::ranges::any_of(env.interfaces,
                               [&](const InterfaceState& i) { return i.hasAddress(address); });
}

bool isOnNetworkOf(const InterfaceState& interface, const StaticHop& hop) {
    const bool isLinkLocal = hop.gateway->isV6() && hop.gateway->isLinkLocal();
    return hop.onLink || isLinkLocal || interface.addressFacing(*hop.gateway) != nullptr;
}

}  // namespace

void StaticProcess::handle(const Env& env, const Input& input, Outbox& out) {
    if (std::holds_alternative<Started>(input)) {
        trackGateways(out);
        refreshAll(env, out);
    } else if (const auto* configured = std::get_if<Configured>(&input)) {
        configure(env, std::dynamic_pointer_cast<const StaticConfig>(configured->config), out);
    } else if (std::holds_alternative<InterfaceChanged>(input)) {
        refreshAll(env, out);
    } else if (const auto* news = std::get_if<NextHopsChanged>(&input)) {
        learn(env, *news, out);
    }
}

void StaticProcess::configure(const Env& env, std::shared_ptr<const StaticConfig> config, Outbox& out) {
    PEERSCAPE_CHECK(config != nullptr);
    config_ = std::move(config);
    trackGateways(out);
    for (auto at = offered_.begin(); at != offered_.end();) {
        const auto& [prefix, distance] = at->first;
        if (config_->find(prefix, distance) != nullptr) {
            ++at;
            continue;
        }
        out.withdraw(prefix, distance);
        at = offered_.erase(at);
    }
    refreshAll(env, out);
}

void StaticProcess::learn(const Env& env, const NextHopsChanged& news, Outbox& out) {
    std::set<IpAddress> changed;
    for (const NextHopState& state : news.changes) {
        const auto known = gateways_.find(state.address);
        // An answer may still arrive after the last route by the gateway has been removed.
        if (known == gateways_.end()) continue;
        const auto present = state.isReachable ? Reachability::Reachable : Reachability::Unreachable;
        if (std::exchange(known->second, present) != present) changed.insert(state.address);
    }
    for (const auto& [key, route] : config_->routes()) {
        const bool isAffected = std::ranges::any_of(route.hops, [&](const StaticHop& hop) {
            return isTracked(hop) && changed.contains(*hop.gateway);
        });
        if (isAffected) refresh(env, route, out);
    }
}

void StaticProcess::trackGateways(Outbox& out) {
    std::set<IpAddress> wanted;
    for (const auto& [key, route] : config_->routes()) {
        for (const StaticHop& hop : route.hops) {
            if (isTracked(hop)) wanted.insert(*hop.gateway);
        }
    }
    std::erase_if(gateways_, [&](const auto& entry) {
        if (wanted.contains(entry.first)) return false;
        out.add(TrackNextHop{entry.first, false});
        return true;
    });
    for (const IpAddress& gateway : wanted) {
        if (gateways_.try_emplace(gateway, Reachability::Unanswered).second) {
            out.add(TrackNextHop{gateway, true});
        }
    }
}

void StaticProcess::refreshAll(const Env& env, Outbox& out) {
    for (const auto& [key, route] : config_->routes())
        refresh(env, route, out);
}

void StaticProcess::refresh(const Env& env, const StaticRoute& route, Outbox& out) {
    RouteOffer offer{.prefix = route.prefix,
                     .distance = route.distance,
                     .slot = route.distance,
                     .tag = route.tag,
                     .allowRecursion = true,
                     .nextHops = {}};
    for (const StaticHop& hop : route.hops) {
        if (const auto working = workingHop(env, hop)) offer.nextHops.push_back(*working);
    }
    const auto known = offered_.find({route.prefix, route.distance});
    if (offer.nextHops.empty()) {
        if (known == offered_.end()) return;
        out.withdraw(route.prefix, route.distance);
        offered_.erase(known);
        return;
    }
    if (known != offered_.end() && known->second == offer) return;
    offered_.insert_or_assign(Key(route.prefix, route.distance), offer);
    out.announce(std::move(offer));
}

std::optional<NextHop> StaticProcess::workingHop(const Env& env, const StaticHop& hop) const {
    if (hop.discard == Discard::Reject) return NextHop::reject();
    if (hop.discard != Discard::None) return NextHop::blackhole();
    if (isTracked(hop)) {
        const auto known = gateways_.find(*hop.gateway);
        const bool isReachable = known != gateways_.end() && known->second == Reachability::Reachable;
        // A router is not its own gateway, although its connected network contains the address.
        if (!isReachable || isOwnAddress(env, *hop.gateway)) return std::nullopt;
        return NextHop::via(*hop.gateway);
    }
    const InterfaceState* interface = env.interfaceNamed(hop.interface);
    if (interface == nullptr || !interface->isUp()) return std::nullopt;
    if (!hop.gateway) return NextHop::through(interface->id);
    if (!isOnNetworkOf(*interface, hop)) return std::nullopt;
    NextHop next = NextHop::via(*hop.gateway, interface->id);
    next.onLink = hop.onLink;
    return next;
}

bool StaticProcess::settled(SimTime, SimTime) const {
    return std::ranges::none_of(gateways_,
                                [](const auto& g) { return g.second == Reachability::Unanswered; });
}

std::uint64_t StaticProcess::stateHash() const {
    StableHash hash;
    for (const auto& [key, route] : config_->routes()) {
        hash.add(route.prefix.hash()).add(route.distance).add(route.tag).add(route.hops.size());
        for (const StaticHop& hop : route.hops) {
            hash.add(static_cast<std::uint64_t>(hop.discard)).add(hop.gateway ? hop.gateway->hash() : 0);
            hash.add(hop.interface).add(hop.onLink ? 1 : 0);
        }
    }
    for (const auto& [gateway, reachability] : gateways_) {
        hash.add(gateway.hash()).add(static_cast<std::uint64_t>(reachability));
    }
    for (const auto& [key, offer] : offered_) {
        hash.add(key.first.hash()).add(key.second).add(offer.tag).add(offer.nextHops.size());
        for (const NextHop& hop : offer.nextHops) {
            hash.add(static_cast<std::uint64_t>(hop.kind)).add(hop.onLink ? 1 : 0);
            hash.add(hop.interface.value()).add(hop.gateway.hash());
        }
    }
    return hash.value();
}

}  // namespace peerscape::static_routes

#include "protocols/static_routes/process.hpp"

#include <algorithm>

#include "engine/base/check.hpp"
#include "engine/base/hash.hpp"

namespace peerscape::static_routes {

std::unique_ptr<Process> StaticConfig::start(std::shared_ptr<const ProcessConfig> self, RandomStream) const {
    return std::make_unique<StaticProcess>(std::dynamic_pointer_cast<const StaticConfig>(std::move(self)));
}

void StaticProcess::handle(const Env& env, const Input& input, Outbox& out) {
    if (std::holds_alternative<Started>(input)) {
        trackGateways(out);
        refreshAll(env, out);
    } else if (const auto* configured = std::get_if<Configured>(&input)) {
        configure(env, std::dynamic_pointer_cast<const StaticConfig>(configured->config), out);
    } else if (std::holds_alternative<InterfaceChanged>(input)) {
        refreshAll(env, out);
    } else if (const auto* news = std::get_if<NextHopsChanged>(&input)) {
        for (const NextHopState& state : news->changes) {
            const auto known = gateways_.find(state.address);
            if (known == gateways_.end()) continue;
            known->second = state.isReachable;
            awaited_.erase(state.address);
        }
        refreshAll(env, out);
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

void StaticProcess::trackGateways(Outbox& out) {
    std::set<IpAddress> wanted;
    for (const StaticRoute& route : config_->routes()) {
        for (const StaticHop& hop : route.hops) {
            if (hop.gateway && hop.interface.empty()) wanted.insert(*hop.gateway);
        }
    }
    for (auto at = gateways_.begin(); at != gateways_.end();) {
        if (wanted.contains(at->first)) {
            ++at;
            continue;
        }
        out.add(TrackNextHop{at->first, false});
        awaited_.erase(at->first);
        at = gateways_.erase(at);
    }
    for (const IpAddress& gateway : wanted) {
        if (!gateways_.try_emplace(gateway, false).second) continue;
        awaited_.insert(gateway);
        out.add(TrackNextHop{gateway, true});
    }
}

void StaticProcess::refreshAll(const Env& env, Outbox& out) {
    for (const StaticRoute& route : config_->routes()) refresh(env, route, out);
}

void StaticProcess::refresh(const Env& env, const StaticRoute& route, Outbox& out) {
    RouteOffer offer;
    offer.prefix = route.prefix;
    offer.distance = route.distance;
    offer.slot = route.distance;
    offer.tag = route.tag;
    offer.allowRecursion = true;
    for (const StaticHop& hop : route.hops) {
        if (const auto working = workingHop(env, hop)) offer.nextHops.push_back(*working);
    }
    const Key key{route.prefix, route.distance};
    const auto known = offered_.find(key);
    if (offer.nextHops.empty()) {
        if (known == offered_.end()) return;
        out.withdraw(route.prefix, route.distance);
        offered_.erase(known);
        return;
    }
    if (known != offered_.end() && known->second == offer) return;
    offered_[key] = offer;
    out.announce(std::move(offer));
}

std::optional<NextHop> StaticProcess::workingHop(const Env& env, const StaticHop& hop) const {
    if (hop.discard == Discard::Blackhole) return NextHop::blackhole();
    if (hop.discard == Discard::Reject) return NextHop::reject();
    if (hop.interface.empty()) {
        const auto known = gateways_.find(*hop.gateway);
        if (known == gateways_.end() || !known->second) return std::nullopt;
        return NextHop::via(*hop.gateway);
    }
    const InterfaceState* interface = env.interfaceNamed(hop.interface);
    if (interface == nullptr || !interface->isUp()) return std::nullopt;
    if (!hop.gateway) return NextHop::through(interface->id);
    const bool isLinkLocal = hop.gateway->isV6() && hop.gateway->isLinkLocal();
    if (!hop.onLink && !isLinkLocal && interface->addressFacing(*hop.gateway) == nullptr) return std::nullopt;
    NextHop result = NextHop::via(*hop.gateway, interface->id);
    result.onLink = hop.onLink;
    return result;
}

std::uint64_t StaticProcess::stateHash() const {
    StableHash hash;
    for (const auto& [gateway, isReached] : gateways_) hash.add(gateway.hash()).add(isReached ? 1 : 0);
    for (const IpAddress& gateway : awaited_) hash.add(gateway.hash());
    for (const auto& [key, offer] : offered_) {
        hash.add(key.first.hash()).add(key.second).add(offer.tag);
        for (const NextHop& hop : offer.nextHops) hash.add(static_cast<std::uint64_t>(hop.kind)).add(hop.interface.value()).add(hop.gateway.hash());
    }
    return hash.value();
}

}  // namespace peerscape::static_routes

/// New configuration, routes that RIP has from elsewhere than its neighbours, and operators' commands.
#include <algorithm>
#include <utility>

#include "protocols/rip/process.hpp"

namespace peerscape::rip {
namespace {

/// Networks that RIP never carries: not of class A to C, net 0 and net 127; link-local and loopback in IPv6.
bool canBeSent(const Prefix& prefix) {
    const IpAddress& address = prefix.address();
    if (prefix.family() == Family::IPv6) return !address.isLinkLocal() && !address.isLoopback();
    const std::uint32_t net = address.v4Number() >> 24;
    return prefix.isDefault() || (net != 0 && net != 127 && net < 224);
}

bool isIn(const std::vector<Prefix>& prefixes, const Prefix& prefix) {
    return std::ranges::find(prefixes, prefix) != prefixes.end();
}

}  // namespace

void RipProcess::configure(Step& step, std::shared_ptr<const RipConfig> config) {
    const auto before = std::exchange(config_, std::move(config));
    rememberNames();
    if (before->timers != config_->timers) {
        const auto known = std::ranges::find(timeouts_, config_->timers.timeout);
        era_ = static_cast<std::uint8_t>(known - timeouts_.begin());
        if (known == timeouts_.end()) {
            // A byte numbers the timeouts: after 256 different ones the last place is used again.
            if (timeouts_.size() > UINT8_MAX) timeouts_.pop_back();
            timeouts_.push_back(config_->timers.timeout);
            era_ = static_cast<std::uint8_t>(timeouts_.size() - 1);
        }
        scheduleUpdate(step.env.now);
    }
    if (before->allowsEcmp && !config_->allowsEcmp) disableEcmp(step);
    applyLocalRoutes(step, before.get());
    const bool hasOtherNetworks =
        before->networks != config_->networks || before->networkInterfaces != config_->networkInterfaces;
    if (hasOtherNetworks) matchAllInterfaces(step);
    applyRedistribution(step, *before);
}

void RipProcess::applyLocalRoutes(Step& step, const RipConfig* before) {
    const Prefix defaultRoute = Prefix::defaultRoute(family());
    const bool hadDefault = before != nullptr && before->originatesDefault;
    const RouteOrigin nowhere{
        .protocol = ownProtocol(), .from = IpAddress::any(family()), .gateway = IpAddress::any(family())};
    RouteOrigin origin = nowhere;
    if (config_->originatesDefault && !hadDefault) {
        origin.kind = RouteKind::Default;
        addLocalRoute(step, defaultRoute, origin, 0);
    } else if (!config_->originatesDefault && hadDefault) {
        removeLocalRoute(step, defaultRoute, ownProtocol(), RouteKind::Default);
    }
    origin.kind = RouteKind::Static;
    for (const Prefix& prefix : config_->staticRoutes) {
        if (before == nullptr || !isIn(before->staticRoutes, prefix)) addLocalRoute(step, prefix, origin, 0);
    }
    if (before == nullptr) return;
    for (const Prefix& prefix : before->staticRoutes) {
        if (!isIn(config_->staticRoutes, prefix))
            removeLocalRoute(step, prefix, ownProtocol(), RouteKind::Static);
    }
}

void RipProcess::applyRedistribution(Step& step, const RipConfig& before) {
    const auto poisonAll = [&](ProtocolId protocol) {
        const auto sorted = table_.routes().sorted();
        for (const auto position : std::vector<std::uint32_t>(sorted.begin(), sorted.end())) {
            const auto& [prefix, route] = table_.routes().at(position);
            const RouteOrigin& origin = table_.origin(route);
            if (origin.protocol == protocol && origin.kind == RouteKind::Redistributed)
                poisonRoute(step, prefix, 0);
        }
    };
    for (const auto& old : before.redistributions) {
        if (!old.protocol.isSome() || config_->redistribution(old.protocol) != nullptr) continue;
        step.out.add(SubscribeRoutes{old.protocol, family(), false});
        poisonAll(old.protocol);
    }
    for (const auto& redistribution : config_->redistributions) {
        if (!redistribution.protocol.isSome()) continue;
        const Redistribution* old = before.redistribution(redistribution.protocol);
        if (old == nullptr) {
            step.out.add(SubscribeRoutes{redistribution.protocol, family(), true});
        } else if (*old != redistribution) {
            // Another metric or map: neighbours are told of all of them again.
            for (const auto& [prefix, route] : table_.routes()) {
                const RouteOrigin& origin = table_.origin(route);
                const bool isConcerned =
                    origin.protocol == redistribution.protocol && !route.metric.isInfinite();
                if (isConcerned) markChanged(step, table_.edit(prefix));
            }
        }
    }
}

void RipProcess::rememberNames() {
    for (const auto& redistribution : config_->redistributions) {
        if (redistribution.protocol.isSome()) names_[redistribution.protocol] = redistribution.name;
    }
}

std::string_view RipProcess::nameOf(ProtocolId protocol) const {
    if (protocol == kConnected) return "connected";
    if (protocol == ownProtocol()) return family() == Family::IPv4 ? "rip" : "ripng";
    const auto known = names_.find(protocol);
    return known == names_.end() ? "?" : std::string_view(known->second);
}

void RipProcess::disableEcmp(Step& step) {
    const auto sorted = table_.routes().sorted();
    for (const auto position : std::vector<std::uint32_t>(sorted.begin(), sorted.end())) {
        const auto& [prefix, route] = table_.routes().at(position);
        if (table_.alternatives(prefix).empty()) continue;
        while (!table_.alternatives(prefix).empty())
            table_.remove(prefix, table_.alternatives(prefix).size());
        announce(step, prefix);
        markChanged(step, table_.edit(prefix));
    }
}

void RipProcess::changeRoutes(Step& step, const RoutesChanged& changed) {
    for (const RouteChange& change : changed.changes) {
        if (change.prefix.family() != family() || change.protocol == ownProtocol()) continue;
        if (change.withdrawn) {
            removeLocalRoute(step, change.prefix, change.protocol, RouteKind::Redistributed);
            continue;
        }
        RouteOrigin origin{.protocol = change.protocol,
                           .kind = RouteKind::Redistributed,
                           .distance = change.distance,
                           .from = IpAddress::any(family()),
                           .gateway = IpAddress::any(family())};
        if (family() == Family::IPv4) origin.externalMetric = change.metric;
        if (!change.nextHops.empty()) {
            const NextHop& hop = change.nextHops.front();
            origin.isDiscard = hop.isDiscard();
            origin.interface = hop.interface;
            // RIPng can only name link-local next hops.
            const bool isUseful = family() == Family::IPv4 || hop.gateway.isLinkLocal();
            if (hop.kind == NextHop::Kind::Gateway && isUseful) origin.gateway = hop.gateway;
        }
        addLocalRoute(step, change.prefix, origin, change.tag);
    }
}

void RipProcess::addLocalRoute(Step& step, const Prefix& prefix, const RouteOrigin& origin,
                               std::uint32_t tag) {
    if (!canBeSent(prefix)) return;
    if (const Route* existing = table_.find(prefix)) {
        const RouteOrigin& present = table_.origin(*existing);
        // The network of an interface stays; and so does what `route` and `default-information` made.
        if (present.kind == RouteKind::Interface && !existing->metric.isInfinite()) return;
        const bool isOwnRoute = origin.kind == RouteKind::Static || origin.kind == RouteKind::Default;
        const bool isConfigured = present.kind == RouteKind::Static || present.kind == RouteKind::Default;
        if (isConfigured && !isOwnRoute) return;
    }
    Route route;
    route.origin = table_.intern(origin);
    if (!route.origin.isSome()) {
        step.out.note("a route is left out: there are more than 65,535 different next hops",
                      Note::Level::Problem);
        return;
    }
    route.metric = RipMetric::hops(1);
    // Tags of RIP have 16 bits.
    if (tag <= UINT16_MAX) route.tag = static_cast<std::uint16_t>(tag);
    replaceRoute(step, prefix, route);
}

void RipProcess::removeLocalRoute(Step& step, const Prefix& prefix, ProtocolId protocol, RouteKind kind) {
    const Route* existing = table_.find(prefix);
    if (existing == nullptr) return;
    const RouteOrigin& origin = table_.origin(*existing);
    if (origin.protocol == protocol && origin.kind == kind) poisonRoute(step, prefix, 0);
}

void RipProcess::clearLearnedRoutes(Step& step) {
    std::vector<Prefix> learned;
    for (const auto position : table_.routes().sorted()) {
        const auto& [prefix, route] = table_.routes().at(position);
        if (isLearned(route)) learned.push_back(prefix);
    }
    for (const Prefix& prefix : learned) {
        if (!table_.find(prefix)->metric.isInfinite()) step.out.withdraw(prefix);
        while (table_.find(prefix) != nullptr)
            table_.remove(prefix, 0);
    }
}

}  // namespace peerscape::rip

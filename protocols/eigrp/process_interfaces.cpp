/// Where EIGRP runs, and the networks that begin at this router.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "protocols/eigrp/process.hpp"
#include "protocols/policy/policy_set.hpp"
#include "protocols/policy/route_map.hpp"

namespace peerscape::eigrp {
namespace {

/// The number with which reliable packets begin: later for whoever begins later, so that what is still under
/// way from before a restart is not taken for new.
std::uint32_t sequenceAt(SimTime now) {
    return 1 + static_cast<std::uint32_t>(now.sinceStart() / Duration::milliseconds(1));
}

/// The numbers of external protocols (RFC 7868, 6.2).
ExternalProtocol externalProtocol(std::string_view name) {
    if (name == "connected") return ExternalProtocol::Connected;
    if (name == "static") return ExternalProtocol::Static;
    if (name == "rip" || name == "ripng") return ExternalProtocol::Rip;
    if (name == "bgp") return ExternalProtocol::Bgp;
    if (name == "ospf" || name == "ospf6") return ExternalProtocol::Ospf;
    if (name == "isis") return ExternalProtocol::Isis;
    return ExternalProtocol{};
}

}  // namespace

bool EigrpProcess::runsOn(const InterfaceState& interface) const {
    if (!interface.isUp()) return false;
    if (family() == Family::IPv6) return speakingAddress(interface) && config().enables(interface.name);
    return std::ranges::any_of(interface.addresses, [&](const InterfaceAddress& a) {
        return a.address.isV4() && config().enables(a.address);
    });
}

std::optional<IpAddress> EigrpProcess::speakingAddress(const InterfaceState& interface) const {
    if (family() == Family::IPv6 && interface.isLoopback) {
        const InterfaceAddress* first = interface.firstAddress(Family::IPv6);
        return first == nullptr ? std::nullopt : std::optional(first->address);
    }
    if (family() == Family::IPv6) return interface.linkLocal;
    for (const InterfaceAddress& a : interface.addresses) {
        if (a.address.isV4() && config().enables(a.address)) return a.address;
    }
    return std::nullopt;
}

std::vector<IpAddress> EigrpProcess::staticNeighborsOn(const InterfaceState& interface) const {
    std::vector<IpAddress> addresses;
    for (const StaticNeighbor& neighbor : config().neighbors) {
        const bool isHere = neighbor.interface.empty() ? interface.addressFacing(neighbor.address) != nullptr
                                                       : neighbor.interface == interface.name;
        if (isHere) addresses.push_back(neighbor.address);
    }
    return addresses;
}

TransportSettings EigrpProcess::settingsOf(const InterfaceState& interface, const IpAddress& address) const {
    TransportSettings settings;
    settings.address = address;
    settings.autonomousSystem = *config().autonomousSystem;
    settings.kValues = config().k;
    settings.helloInterval = config().helloInterval(interface.name);
    settings.holdTime = config().holdTime(interface.name);
    settings.softwareVersion.tlvMajor = config().hasWideMetrics ? 2 : 1;
    settings.softwareVersion.tlvMinor = config().hasWideMetrics ? 0 : 2;
    if (config().stub) settings.stub = PeerInformation{config().stub->flags()};
    return settings;
}

void EigrpProcess::refreshInterface(Step& step, InterfaceId id) {
    mayChangeSummaries_ = true;
    const InterfaceState& interface = step.env.interface(id);
    const bool shallRun = runsOn(interface);
    const auto known = links_.find(id);
    if (known != links_.end()) {
        const bool speaksAsBefore =
            shallRun && known->second.transport.settings().address == speakingAddress(interface);
        if (!speaksAsBefore) stopLink(step, id, interface.isUp());
    }
    if (shallRun && !links_.contains(id)) {
        const TransportSettings settings = settingsOf(interface, *speakingAddress(interface));
        Link link{.transport = Transport(settings, sequenceAt(step.env.now)),
                  .metric = config().interface(interface.name).link(interface.mtu),
                  .since = step.env.now,
                  .delay = interface.delay,
                  .isPassive = config().isPassive(interface.name) || interface.isLoopback,
                  .staticNeighbors = staticNeighborsOn(interface)};
        Link& added = links_.emplace(id, std::move(link)).first->second;
        if (!added.isPassive) {
            TransportEffects effects;
            added.transport.start(step.env.now, effects);
            act(step, id, effects);
        }
    }
    refreshNetworks(step);
}

void EigrpProcess::stopLink(Step& step, InterfaceId id, bool isUp) {
    Link& link = links_.at(id);
    TransportEffects effects;
    if (isUp && !link.isPassive) {
        link.transport.stop(effects);
    } else {
        link.transport.interfaceDown(effects);
    }
    act(step, id, effects);
    links_.erase(id);
    refreshNetworks(step);
}

/// The networks of the interfaces that EIGRP runs on, as paths of this router.
void EigrpProcess::refreshNetworks(Step& step) {
    std::map<Prefix, InterfaceId> present;
    for (const auto& [id, link] : links_) {
        for (const InterfaceAddress& a : step.env.interface(id).addresses) {
            const bool isOurs =
                a.address.family() == family() && (family() == Family::IPv6 || config().enables(a.address));
            if (isOurs) present.emplace(a.network(), id);
        }
    }
    const auto before = std::exchange(connected_, present);
    dual::Effects effects;
    for (const auto& [prefix, id] : before) {
        if (!present.contains(prefix)) topology_.setLocal(prefix, dual::kConnected, {}, {}, effects);
    }
    for (const auto& [prefix, id] : present) {
        const auto old = before.find(prefix);
        if (old != before.end() && old->second == id) continue;
        const VectorMetric metric = presentMetric(step, id);
        topology_.setLocal(prefix, dual::kConnected, distanceOf(metric, false), attributesOf(id, metric),
                           effects);
    }
    act(step, effects);
}

/// Load and reliability as they are at this moment, where they are measured. Whoever computes a path asks;
/// that they change is no reason to compute anything, as in real routers, which would never come to rest.
VectorMetric EigrpProcess::presentMetric(const Step& step, InterfaceId id) const {
    VectorMetric metric = links_.at(id).metric;
    const auto traffic = step.env.traffic != nullptr ? step.env.traffic->trafficOf(id) : std::nullopt;
    if (!traffic) return metric;
    constexpr std::uint64_t kKilobit = 1000;
    const InterfaceState& interface = step.env.interface(id);
    const bool isConfigured = config().interface(interface.name).bandwidth.has_value();
    const bool isOfLink = !isConfigured && !interface.bandwidth.isUnlimited();
    metric.load = traffic->load(isOfLink ? interface.bandwidth.count() : metric.bandwidth.count() * kKilobit);
    metric.reliability = traffic->reliability;
    return metric;
}

/// Of the networks of an interface.
dual::AttributesId EigrpProcess::attributesOf(InterfaceId connected, const VectorMetric& metric) {
    return attributes_.add({.reported = metric,
                            .total = metric,
                            .gateway = IpAddress::any(family()),
                            .interface = connected,
                            .exterior = std::nullopt});
}

void EigrpProcess::refreshLinkMetrics(Step& step) {
    for (const auto& [id, link] : links_) {
        const InterfaceState& interface = step.env.interface(id);
        const VectorMetric metric = config().interface(interface.name).link(interface.mtu);
        if (metric != link.metric) changeLinkMetric(step, id, metric);
    }
}

void EigrpProcess::changeLinkMetric(Step& step, InterfaceId id, const VectorMetric& configured) {
    links_.at(id).metric = configured;
    const VectorMetric metric = presentMetric(step, id);
    for (const auto& [prefix, interface] : connected_) {
        if (interface != id) continue;
        dual::Effects effects;
        topology_.setLocal(prefix, dual::kConnected, distanceOf(metric, false), attributesOf(id, metric),
                           effects);
        act(step, effects);
    }
    std::vector<dual::NeighborId> neighbors;
    for (const auto& [neighbor, peer] : peers_) {
        if (peer.interface == id) neighbors.push_back(neighbor);
    }
    for (const dual::NeighborId neighbor : neighbors) {
        for (const Prefix& prefix : topology_.prefixesThrough(neighbor)) {
            const dual::Entry* entry = topology_.find(prefix);
            const dual::Path* path = entry == nullptr ? nullptr : entry->paths.find(neighbor);
            if (path == nullptr) continue;
            PathAttributes attributes = attributes_[path->attributes];
            attributes.total = attributes.reported.through(metric);
            attributes.total.delay =
                attributes.total.delay.plus(offsetFor(Direction::In, step.env.interface(id), prefix));
            const auto distance = distanceOf(attributes.total, path->distance.isExternal());
            dual::Effects effects;
            topology_.changeLinkCost(prefix, neighbor, distance, attributes_.add(std::move(attributes)),
                                     effects);
            act(step, effects);
        }
    }
}

/// `redistribute … route-map`: whether the route may come in, and with what tag.
bool EigrpProcess::passesMap(const Step& step, const Redistribution& source, const RouteChange& change,
                             std::uint32_t& tag) const {
    if (source.routeMap.empty()) return true;
    const NextHop hop = change.nextHops.empty() ? NextHop() : change.nextHops.front();
    const bool hasInterface = hop.interface.isSome();
    const policy::RouteFacts facts{
        .prefix = change.prefix,
        .protocol = change.protocol,
        .metric = change.metric,
        .tag = change.tag,
        .interface = hasInterface ? &step.env.interface(hop.interface).name : nullptr,
        .messageInterface = nullptr,
        .nextHop = hop.gateway,
        .isBlackhole = hop.isDiscard(),
        .attributes = nullptr};
    const auto verdict = evaluate(policy::policyOf(config_->policy.get()), source.routeMap, facts, {});
    if (verdict.settings.tag) tag = *verdict.settings.tag;
    return verdict.isPermitted;
}

void EigrpProcess::changeRoutes(Step& step, const RoutesChanged& changed) {
    dual::Effects effects;
    for (const RouteChange& change : changed.changes) {
        const Redistribution* source = config().redistribution(change.protocol);
        const auto& seed = source != nullptr && source->metric ? source->metric : config().defaultMetric;
        // Without a metric there is nothing to compare the route by; connected and static ones have one.
        const bool hasOwnMetric =
            change.protocol == peerscape::kConnected || source == nullptr || source->name == "static";
        std::uint32_t tag = change.tag;
        const bool isTold = !change.withdrawn && source != nullptr && (seed || hasOwnMetric) &&
                            passesMap(step, *source, change, tag);
        if (!isTold) {
            topology_.setLocal(change.prefix, dual::kRedistributed, {}, {}, effects);
            continue;
        }
        const VectorMetric metric = seed ? seed->vector() : InterfaceSettings().link(1500);
        Exterior exterior{.routerId = routerId(step.env.interfaces),
                          .autonomousSystem = 0,
                          .administrativeTag = tag,
                          .metric = change.metric,
                          .protocol = externalProtocol(source->name)};
        topology_.setLocal(change.prefix, dual::kRedistributed, distanceOf(metric, true),
                           attributes_.add({.reported = metric,
                                            .total = metric,
                                            .gateway = IpAddress::any(family()),
                                            .interface = {},
                                            .exterior = exterior}),
                           effects);
    }
    act(step, effects);
}

dual::NeighborId EigrpProcess::freshNeighborId() const {
    std::uint16_t number = 0;
    for (const auto& [id, peer] : peers_) {
        if (id.value() != number) break;
        ++number;
    }
    return dual::NeighborId(number);
}

std::uint32_t EigrpProcess::routerId(std::span<const InterfaceState> interfaces) const {
    if (config().routerId) return config().routerId->v4Number();
    std::uint32_t best = 0;
    bool isLoopback = false;
    for (const InterfaceState& interface : interfaces) {
        for (const InterfaceAddress& a : interface.addresses) {
            if (!a.address.isV4()) continue;
            const bool isBetter =
                interface.isLoopback == isLoopback ? a.address.v4Number() > best : interface.isLoopback;
            if (!isBetter) continue;
            best = a.address.v4Number();
            isLoopback = interface.isLoopback;
        }
    }
    return best;
}

}  // namespace peerscape::eigrp

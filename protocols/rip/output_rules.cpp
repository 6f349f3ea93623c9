/// What is said of a route on an interface: filters, split horizon, metrics. In the order in which FRR
/// applies them.
#include "protocols/rip/output_rules.hpp"

#include <algorithm>

namespace peerscape::rip {
namespace {

/// Whether a neighbour that guesses masks understands the network right (RFC 1058, 3.2): subnets of the
/// network that the message travels on with the same mask (or hosts), elsewhere whole classful networks and
/// the default route.
bool fitsRipv1(const Prefix& prefix, const InterfaceAddress& source) {
    const Prefix sourceClass(source.address, classfulLength(source.address));
    if (source.length > sourceClass.length() && sourceClass.contains(prefix)) {
        return prefix.length() == source.length || prefix.isHost();
    }
    return prefix.isDefault() || prefix.length() == classfulLength(prefix.address());
}

}  // namespace

RipProcess::OutputRules RipProcess::outputRules(const InterfaceState& interface, std::uint8_t version) const {
    OutputRules rules{.interface = interface, .version = version};
    rules.splitHorizon = config_->interface(interface.name).splitHorizon;
    rules.offset = config_->offsetList(Direction::Out, interface.name);
    rules.routeMap = config_->routeMap(Direction::Out, interface.name);
    if (rules.routeMap != nullptr && !filters().hasRouteMap(rules.routeMap->routeMap))
        rules.routeMap = nullptr;
    rules.hasDistributeLists = std::ranges::any_of(config_->distributeLists, [&](const DistributeList& list) {
        return list.direction == Direction::Out &&
               (list.interface.empty() || list.interface == interface.name);
    });
    return rules;
}

bool RipProcess::isHiddenBySplitHorizon(const OutputRules& rules, const Prefix& prefix,
                                        const Route& route) const {
    const auto id = rules.interface.id;
    const RouteOrigin& origin = table_.origin(route);
    if (origin.protocol == ownProtocol()) {
        const auto pointsThere = [&](const Route& r) { return table_.origin(r).interface == id; };
        return pointsThere(route) ||
               (config_->allowsEcmp && std::ranges::any_of(table_.alternatives(prefix), pointsThere));
    }
    // ripd also hides connected networks from those who are on them; ripngd does not.
    if (family() == Family::IPv6 || origin.protocol != kConnected) return false;
    return std::ranges::any_of(rules.interface.addresses, [&](const InterfaceAddress& a) {
        return a.address.isV4() && prefix.length() <= a.length && prefix.contains(a.address);
    });
}

bool RipProcess::applyOutputMaps(const Step& step, const OutputRules& rules, const Route& route,
                                 MappedRoute& mapped) const {
    if (rules.routeMap != nullptr && !filters().permits(rules.routeMap->routeMap, mapped, step.env))
        return false;
    const RouteOrigin& origin = table_.origin(route);
    const Redistribution* source =
        origin.protocol == ownProtocol() ? nullptr : config_->redistribution(origin.protocol);
    const bool isMapped = source != nullptr && !source->routeMap.empty();
    // The networks of RIP's own interfaces do not pass the map of `redistribute connected`; those of RIPng's
    // do.
    const bool isExempt = family() == Family::IPv4 && origin.kind == RouteKind::Interface;
    if (isMapped && !isExempt && !filters().permits(source->routeMap, mapped, step.env)) return false;
    if (mapped.isMetricSet || route.metric.isInfinite()) return true;
    if (source != nullptr && source->metric) {
        mapped.metricOut = *source->metric;
    } else if (origin.protocol != ownProtocol() && origin.protocol != kConnected) {
        mapped.metricOut = config_->defaultMetric;
    }
    return true;
}

MappedRoute RipProcess::mappedRoute(const OutputRules& rules, const Prefix& prefix,
                                    const Route& route) const {
    const RouteOrigin& origin = table_.origin(route);
    return {.prefix = prefix,
            .protocol = origin.protocol,
            .metric = origin.externalMetric != 0 ? origin.externalMetric : route.metric.value(),
            .tag = route.tag,
            .nextHop = origin.gateway.isUnspecified() ? origin.from : origin.gateway,
            .routeInterface = origin.interface,
            .messageInterface = rules.interface.id,
            .isDiscard = origin.isDiscard,
            .metricOut = route.metric.value(),
            .tagOut = route.tag};
}

bool RipProcess::makeEntry(const Step& step, const OutputRules& rules, const Prefix& prefix,
                           const Route& route, RipEntry& entry) const {
    const bool isClassful = rules.source != nullptr;
    if (isClassful && !fitsRipv1(prefix, *rules.source)) return false;
    if (rules.hasDistributeLists && !passesDistributeLists(Direction::Out, rules.interface.name, prefix))
        return false;
    const bool isHidden =
        rules.splitHorizon != SplitHorizon::Off && isHiddenBySplitHorizon(rules, prefix, route);
    if (isHidden && rules.splitHorizon == SplitHorizon::Simple) return false;

    const RouteOrigin& origin = table_.origin(route);
    RipMetric metric = route.metric;
    entry = RipEntry{.prefix = prefix, .tag = route.tag, .nextHop = IpAddress::any(family())};
    // On a network with third parties the gateway is named, so that they need not come by us (RFC 2453, 4.4).
    // On a link with two ends the only listener is the gateway itself.
    const bool isUsefulHop = family() == Family::IPv4 || origin.gateway.isLinkLocal();
    if (origin.interface == rules.interface.id && !rules.interface.isPointToPoint && isUsefulHop) {
        entry.nextHop = origin.gateway;
    }
    if (rules.routeMap != nullptr || origin.protocol != ownProtocol()) {
        MappedRoute mapped = mappedRoute(rules, prefix, route);
        mapped.nextHopOut = entry.nextHop;
        if (!applyOutputMaps(step, rules, route, mapped)) return false;
        // No route-map may make a withdrawn route reachable again (RFC 2453, 3.9.2: infinity is
        // "unreachable").
        metric = route.metric.isInfinite() ? RipMetric::infinity() : RipMetric::hops(mapped.metricOut);
        entry.tag = mapped.tagOut;
        entry.nextHop = mapped.nextHopOut;
    }
    if (rules.offset != nullptr && !metric.isInfinite() &&
        filters().accessList(rules.offset->accessList, prefix).value_or(false)) {
        metric = metric.plus(rules.offset->offset);
    }
    if (isHidden) metric = RipMetric::infinity();
    entry.metric = metric.value();
    if (isClassful) {
        // Neither mask nor tag nor next hop are told.
        entry.lacksMask = !prefix.isDefault();
        if (entry.lacksMask) entry.prefix = Prefix::host(prefix.address());
        entry.tag = 0;
        entry.nextHop = IpAddress::any(Family::IPv4);
    }
    return true;
}

}  // namespace peerscape::rip

/// What a received route does to the database (RFC 2453, 3.9.2; RFC 2080, 2.4.2).
#include <algorithm>

#include <fmt/format.h>

#include "protocols/rip/reception.hpp"

namespace peerscape::rip {

RipProcess::Reception RipProcess::receptionOf(const InterfaceState& interface, const IpAddress& from) {
    Reception reception{.interface = interface, .from = from};
    const auto appliesHere = [&](const DistributeList& list) {
        return list.direction == Direction::In &&
               (list.interface.empty() || list.interface == interface.name);
    };
    reception.isFiltered = std::ranges::any_of(config_->distributeLists, appliesHere) ||
                           config_->offsetList(Direction::In, interface.name) != nullptr ||
                           config_->routeMap(Direction::In, interface.name) != nullptr;
    const SourceDistance* special = sourceDistance(from);
    reception.hasVaryingDistance = special != nullptr && !special->accessList.empty();
    const Distance distance =
        special != nullptr ? special->distance : config_->distance.value_or(Distance{0});
    reception.origin = table_.intern({.protocol = ownProtocol(),
                                      .distance = distance,
                                      .interface = interface.id,
                                      .from = from,
                                      .gateway = from});
    return reception;
}

void RipProcess::learn(Step& step, Reception& reception, const RipEntry& entry) {
    // The cost of the network it came in by is 1.
    Heard heard{.metric = RipMetric::hops(entry.metric + 1U), .tag = entry.tag, .nextHop = entry.nextHop};
    if (reception.isFiltered && !passesInbound(step, reception, entry, heard)) return;
    // Nearly always the sender is the next hop.
    const bool isPlain = !reception.isFiltered && !reception.hasVaryingDistance;
    const OriginId origin = isPlain && entry.nextHop.isUnspecified()
                                ? reception.origin
                                : originOf(step, reception, entry.prefix, heard);
    if (!origin.isSome()) return;
    // Neighbours name networks in the order in which our table has them.
    const auto& routes = table_.routes();
    const std::uint32_t position = routes.positionNear(entry.prefix, reception.nextPosition);
    const Route* existing = position == routes.kNone ? nullptr : &routes.at(position).second;
    reception.isInOrder = existing != nullptr && position == reception.nextPosition;
    if (existing != nullptr) reception.nextPosition = position + 1;
    const bool isConfirmation = existing != nullptr && existing->origin == origin &&
                                existing->metric == heard.metric && existing->tag == heard.tag;
    if (isConfirmation) {
        // Nearly every route of nearly every update ends here. A route of metric 16 keeps running out.
        if (existing->timer == RouteTimer::Timeout) startTimeout(table_.editAt(position), step.env.now);
        return;
    }
    Route route;
    route.origin = origin;
    route.metric = heard.metric;
    route.tag = heard.tag;
    if (existing == nullptr) {
        // There is no point in adding a route that is unusable.
        if (!route.metric.isInfinite()) addRoute(step, entry.prefix, route);
    } else if (!isLearned(*existing)) {
        compareWithLocal(step, entry.prefix, *existing, route);
    } else {
        compareWithOthers(step, entry.prefix, *existing, route);
    }
}

bool RipProcess::passesDistributeLists(Direction direction, std::string_view interfaceName,
                                       const Prefix& prefix) const {
    const Filters lists = filters();
    return std::ranges::all_of(config_->distributeLists, [&](const DistributeList& list) {
        if (list.direction != direction || (!list.interface.empty() && list.interface != interfaceName))
            return true;
        // A list that does not exist filters nothing.
        return (list.isPrefixList ? lists.prefixList(list.list, prefix) : lists.accessList(list.list, prefix))
            .value_or(true);
    });
}

bool RipProcess::passesInbound(const Step& step, const Reception& reception, const RipEntry& entry,
                               Heard& heard) const {
    const std::string& name = reception.interface.name;
    if (!passesDistributeLists(Direction::In, name, entry.prefix)) return false;
    std::uint32_t metric = entry.metric;
    const auto* map = config_->routeMap(Direction::In, name);
    if (map != nullptr && filters().hasRouteMap(map->routeMap)) {
        MappedRoute mapped{.prefix = entry.prefix,
                           .protocol = ownProtocol(),
                           .metric = metric,
                           .tag = entry.tag,
                           .nextHop = entry.nextHop.isUnspecified() ? reception.from : entry.nextHop,
                           .routeInterface = reception.interface.id,
                           .messageInterface = reception.interface.id,
                           .metricOut = metric,
                           .tagOut = entry.tag,
                           .nextHopOut = entry.nextHop};
        if (!filters().permits(map->routeMap, mapped, step.env)) return false;
        metric = mapped.metricOut;
        heard.tag = mapped.tagOut;
        heard.nextHop = mapped.nextHopOut;
    }
    // A matching offset-list takes the place of the interface's cost of 1, as FRR has it.
    std::uint32_t cost = 1;
    if (const auto* list = config_->offsetList(Direction::In, name)) {
        if (filters().accessList(list->accessList, entry.prefix).value_or(false)) cost = list->offset;
    }
    heard.metric = RipMetric::hops(metric + cost);
    return true;
}

OriginId RipProcess::originOf(const Step& step, const Reception& reception, const Prefix& prefix,
                              const Heard& heard) {
    IpAddress gateway = reception.from;
    if (!heard.nextHop.isUnspecified() && heard.nextHop != reception.from) {
        const auto isOwn = [&](const InterfaceState& i) { return i.hasAddress(heard.nextHop); };
        if (std::ranges::any_of(step.env.interfaces, isOwn)) return OriginId::none();
        // RFC 2453, 4.4: a next hop that is not directly reachable is taken as 0.0.0.0. That of RIPng is
        // link-local.
        const bool isReachable = family() == Family::IPv4
                                     ? reception.interface.addressFacing(heard.nextHop) != nullptr
                                     : heard.nextHop.isLinkLocal();
        if (isReachable) gateway = heard.nextHop;
    }
    if (gateway == reception.from && !reception.hasVaryingDistance) return reception.origin;
    return table_.intern({.protocol = ownProtocol(),
                          .distance = distanceOf(reception.from, prefix),
                          .interface = reception.interface.id,
                          .from = reception.from,
                          .gateway = gateway});
}

const SourceDistance* RipProcess::sourceDistance(const IpAddress& from) const {
    const SourceDistance* best = nullptr;
    for (const auto& candidate : config_->sourceDistances) {
        const bool isLonger = best == nullptr || candidate.source.length() > best->source.length();
        if (candidate.source.contains(from) && isLonger) best = &candidate;
    }
    return best;
}

Distance RipProcess::distanceOf(const IpAddress& from, const Prefix& prefix) const {
    const SourceDistance* special = sourceDistance(from);
    if (special == nullptr) return config_->distance.value_or(Distance{0});
    const bool applies =
        special->accessList.empty() || filters().accessList(special->accessList, prefix).value_or(false);
    return applies ? special->distance : Distance{0};
}

Distance RipProcess::comparableDistance(const Route& route) const {
    const auto distance = table_.origin(route).distance;
    return distance == 0 ? kDefaultDistance : distance;
}

void RipProcess::compareWithLocal(Step& step, const Prefix& prefix, const Route& existing,
                                  const Route& heard) {
    if (heard.metric.isInfinite()) return;
    if (!existing.metric.isInfinite()) {
        const RouteOrigin& origin = table_.origin(existing);
        if (origin.protocol == ownProtocol() || family() == Family::IPv6) return;
        // A redistributed route stays when its distance is strictly lower; the network of an interface always
        // does.
        const bool isOfInterface = origin.gateway.isUnspecified() && !origin.isDiscard;
        const Distance distance = isOfInterface ? origin.distance : comparableDistance(existing);
        if (comparableDistance(heard) > distance) return;
    }
    replaceRoute(step, prefix, heard);
}

void RipProcess::compareWithOthers(Step& step, const Prefix& prefix, const Route& first, const Route& heard) {
    const RouteOrigin& origin = table_.origin(heard);
    const auto isSameNeighbor = [&](const Route& route) {
        const RouteOrigin& other = table_.origin(route);
        return other.from == origin.from && other.interface == origin.interface &&
               (!config_->allowsEcmp || other.gateway == origin.gateway);
    };
    if (isSameNeighbor(first)) return updateFromSameNeighbor(step, prefix, 0, heard);
    const auto others = table_.alternatives(prefix);
    for (std::size_t i = 0; i < others.size(); ++i) {
        if (isSameNeighbor(others[i])) return updateFromSameNeighbor(step, prefix, i + 1, heard);
    }
    // Another neighbour. Without ECMP the one heard first is kept as long as it is not beaten.
    if (heard.metric > first.metric || heard.metric.isInfinite()) return;
    const auto distance = comparableDistance(heard);
    const auto oldDistance = comparableDistance(first);
    if (heard.metric < first.metric || distance < oldDistance) return replaceRoute(step, prefix, heard);
    if (distance > oldDistance) return;
    if (config_->allowsEcmp) return addRoute(step, prefix, heard);
    // RFC 2080, 2.4.2: a route that is halfway to its timeout gives way to an equal one. ripngd does so, ripd
    // does not.
    const bool isHalfway = first.deadline - step.env.now < timeouts_[first.era] / 2;
    if (family() == Family::IPv6 && isHalfway) replaceRoute(step, prefix, heard);
}

void RipProcess::updateFromSameNeighbor(Step& step, const Prefix& prefix, std::size_t index,
                                        const Route& heard) {
    Route& route = table_.edit(prefix, index);
    if (heard.metric.isInfinite()) return poisonRoute(step, prefix, index);
    const bool isUnchanged =
        route.origin == heard.origin && route.metric == heard.metric && route.tag == heard.tag;
    if (isUnchanged) return startTimeout(route, step.env.now);
    const bool isOnly = table_.alternatives(prefix).empty();
    const auto rank = [this](const Route& r) { return std::pair(r.metric, comparableDistance(r)); };
    if (isOnly || rank(heard) < rank(route)) return replaceRoute(step, prefix, heard);
    if (rank(heard) > rank(route)) return poisonRoute(step, prefix, index);
    route = heard;
    startTimeout(route, step.env.now);
    announce(step, prefix);
    markChanged(step, table_.edit(prefix));
}

}  // namespace peerscape::rip

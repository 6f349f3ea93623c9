/// Why a route is not said to a neighbour, or not believed: the rules of output_rules.cpp, receive.cpp and
/// learn.cpp once more, each with its name.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "protocols/rip/output_rules.hpp"
#include "protocols/rip/reception.hpp"

namespace peerscape::rip {
namespace {

using Reasons = std::vector<std::string>;

std::string_view nameOf(Direction direction) { return direction == Direction::In ? "in" : "out"; }

/// The distribute-lists that deny the network, with the entries that do.
void addDenyingLists(Reasons& reasons, const RipConfig& config, const Filters& filters, Direction direction,
                     std::string_view interfaceName, const Prefix& prefix) {
    for (const DistributeList& list : config.distributeLists) {
        if (list.direction != direction || (!list.interface.empty() && list.interface != interfaceName))
            continue;
        const auto verdict =
            list.isPrefixList ? filters.prefixList(list.list, prefix) : filters.accessList(list.list, prefix);
        if (verdict.value_or(true)) continue;
        reasons.push_back(fmt::format("distribute-list {}{} {} denies it: {}",
                                      list.isPrefixList ? "prefix " : "", list.list, nameOf(direction),
                                      filters.denial(list.list, list.isPrefixList, prefix)));
    }
}

}  // namespace

void RipProcess::addReasonsOfInterface(Reasons& reasons, const InterfaceState& interface) const {
    const std::string& name = interface.name;
    if (!interface.isUp()) reasons.push_back(fmt::format("its interface {} is down", name));
    const auto id = interface.id.value();
    const InterfaceActivity activity =
        id < interfaces_.size() ? interfaces_[id].activity : InterfaceActivity::Off;
    if (interface.isUp() && activity == InterfaceActivity::Off)
        reasons.push_back(fmt::format("no network statement covers its interface {}", name));
    if (activity == InterfaceActivity::Starting)
        reasons.push_back(fmt::format("it has only just begun to run on {}", name));
}

Reasons RipProcess::reasonsAgainstSending(const Env& env, InterfaceId id, const Prefix& prefix) const {
    Reasons reasons;
    const InterfaceState& interface = env.interface(id);
    const InterfaceSettings& settings = config_->interface(interface.name);
    const bool hasNeighbor = std::ranges::any_of(config_->neighbors, [&](const IpAddress& neighbor) {
        return interface.addressFacing(neighbor) != nullptr;
    });
    if (!hasNeighbor) {
        addReasonsOfInterface(reasons, interface);
        if (config_->isPassive(interface.name))
            reasons.push_back(fmt::format("its interface {} is passive (passive-interface)", interface.name));
        const Versions versions = config_->sendVersions(interface.name);
        if (family() == Family::IPv4 && !versions.v1 && !versions.v2)
            reasons.push_back(fmt::format("it sends no version of RIP on {}", interface.name));
    }
    if (family() == Family::IPv4 && settings.authentication != AuthenticationMode::None) {
        const auto& keys = filters().keys(settings.keyChain);
        if (!keys.empty() ? keys.begin()->second.empty() : settings.authenticationString.empty())
            reasons.push_back(
                fmt::format("it has no key for the authentication that {} asks for", interface.name));
    }
    const Route* route = table_.find(prefix);
    if (route == nullptr) {
        reasons.emplace_back("its own table does not hold it");
        return reasons;
    }
    if (route->metric.isInfinite()) {
        reasons.emplace_back("it holds it with metric 16, which means out of reach, until it forgets it");
        return reasons;
    }
    if (isSuppressed(prefix, *route)) reasons.emplace_back("an aggregate-address stands for it");
    addReasonsOfRules(reasons, env, interface, prefix, *route);
    return reasons;
}

void RipProcess::addReasonsOfRules(Reasons& reasons, const Env& env, const InterfaceState& interface,
                                   const Prefix& prefix, const Route& route) const {
    const Versions versions = config_->sendVersions(interface.name);
    const bool isOnlyOld = family() == Family::IPv4 && versions.v1 && !versions.v2;
    OutputRules rules = outputRules(interface, isOnlyOld ? 1 : 2);
    if (isOnlyOld) rules.source = interface.firstAddress(Family::IPv4);
    Outbox nothing;
    const Step step{env, nothing};
    RipEntry entry;
    if (makeEntry(step, rules, prefix, route, entry) && entry.metric < RipMetric::kInfinity) return;

    const std::size_t before = reasons.size();
    addDenyingLists(reasons, *config_, filters(), Direction::Out, interface.name, prefix);
    if (rules.splitHorizon != SplitHorizon::Off && isHiddenBySplitHorizon(rules, prefix, route)) {
        const bool isPoisoned = rules.splitHorizon == SplitHorizon::PoisonedReverse;
        reasons.push_back(fmt::format("split horizon{}: its own way there leads out of {}{}",
                                      isPoisoned ? " with poisoned reverse" : "", interface.name,
                                      isPoisoned ? ", so it says metric 16 there" : ""));
    }
    const RouteOrigin& origin = table_.origin(route);
    if (rules.routeMap != nullptr) {
        MappedRoute mapped = mappedRoute(rules, prefix, route);
        if (!filters().permits(rules.routeMap->routeMap, mapped, env))
            reasons.push_back(
                filters().verdict(rules.routeMap->routeMap, mappedRoute(rules, prefix, route), env));
    }
    const Redistribution* source =
        origin.protocol == ownProtocol() ? nullptr : config_->redistribution(origin.protocol);
    const bool isExempt = family() == Family::IPv4 && origin.kind == RouteKind::Interface;
    if (source != nullptr && !source->routeMap.empty() && !isExempt) {
        MappedRoute mapped = mappedRoute(rules, prefix, route);
        if (!filters().permits(source->routeMap, mapped, env))
            reasons.push_back(
                fmt::format("redistribute {}: {}", source->name,
                            filters().verdict(source->routeMap, mappedRoute(rules, prefix, route), env)));
    }
    if (reasons.size() > before) return;
    if (isOnlyOld && entry.metric < RipMetric::kInfinity) {
        reasons.push_back(
            fmt::format("RIP version 1, which it sends on {}, cannot say this mask there", interface.name));
    } else {
        reasons.emplace_back("with what an offset-list or route-map adds its metric is 16");
    }
}

std::optional<std::string> RipProcess::reasonToRefuse(const Env& env,
                                                      const DatagramReceived& datagram) const {
    if (std::ranges::any_of(env.interfaces,
                            [&](const InterfaceState& i) { return i.hasAddress(datagram.source); }))
        return "it comes from an address of its own";
    const InterfaceState& interface = env.interface(datagram.interface);
    if (family() == Family::IPv4 && interface.addressFacing(datagram.source) == nullptr)
        return fmt::format("{} is not on a network of {}", toString(datagram.source), interface.name);
    const auto content = decode(family(), datagram.payload.bytes());
    if (!content) return content.error().message;
    Outbox nothing;
    return refusal(Step{env, nothing}, datagram, *content);
}

Reasons RipProcess::reasonsAgainstLearning(const Env& env, InterfaceId id, const IpAddress& from,
                                           const RipEntry& entry) const {
    Reasons reasons;
    const InterfaceState& interface = env.interface(id);
    if (entry.metric >= RipMetric::kInfinity) return {"metric 16 means out of reach"};
    addDenyingLists(reasons, *config_, filters(), Direction::In, interface.name, entry.prefix);
    const auto* map = config_->routeMap(Direction::In, interface.name);
    MappedRoute mapped{.prefix = entry.prefix,
                       .protocol = ownProtocol(),
                       .metric = entry.metric,
                       .tag = entry.tag,
                       .nextHop = entry.nextHop.isUnspecified() ? from : entry.nextHop,
                       .routeInterface = id,
                       .messageInterface = id,
                       .metricOut = entry.metric,
                       .tagOut = entry.tag,
                       .nextHopOut = entry.nextHop};
    if (map != nullptr && filters().hasRouteMap(map->routeMap)) {
        const std::string verdict = filters().verdict(map->routeMap, mapped, env);
        if (!filters().permits(map->routeMap, mapped, env)) reasons.push_back(verdict);
    }
    std::uint32_t cost = 1;
    if (const auto* list = config_->offsetList(Direction::In, interface.name)) {
        if (filters().accessList(list->accessList, entry.prefix).value_or(false)) cost = list->offset;
    }
    const RipMetric metric = RipMetric::hops(mapped.metricOut + cost);
    if (metric.isInfinite()) {
        reasons.push_back(
            fmt::format("metric {} and the cost {} make 16, out of reach", mapped.metricOut, cost));
    }
    if (std::ranges::any_of(env.interfaces, [&](const InterfaceState& i) {
            return !mapped.nextHopOut.isUnspecified() && i.hasAddress(mapped.nextHopOut);
        }))
        reasons.emplace_back("its next hop is this router itself");
    if (distanceOf(from, entry.prefix) == kUnreachableDistance)
        reasons.emplace_back("its distance is 255, which is never believed");
    addReasonsOfHeld(reasons, entry.prefix, from, id, metric);
    return reasons;
}

void RipProcess::addReasonsOfHeld(Reasons& reasons, const Prefix& prefix, const IpAddress& from,
                                  InterfaceId id, RipMetric metric) const {
    const Route* held = table_.find(prefix);
    if (held == nullptr || held->metric.isInfinite()) return;
    const RouteOrigin& origin = table_.origin(*held);
    if (origin.from == from && origin.interface == id) return;
    if (!isLearned(*held)) {
        reasons.emplace_back("a route of its own stands in the table of RIP");
    } else if (metric > held->metric) {
        reasons.push_back(fmt::format("with its cost that is metric {}, more than {}", metric.value(),
                                      held->metric.value()));
    } else if (metric == held->metric) {
        reasons.push_back(
            fmt::format("metric {} is no better than that of the route heard first", metric.value()));
    }
}

}  // namespace peerscape::rip

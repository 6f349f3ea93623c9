#include "scenarios/shell/route_view.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace peerscape {

namespace {

constexpr std::string_view kLoopbackName = "lo";
/// Numbers of next-hop groups that the RIB does not know begin here, far above those that it has.
constexpr std::uint32_t kFirstSyntheticGroup = 1'000'000;

Prefix linkLocalNetwork() { return Prefix(IpAddress::v6(0xfe80ULL << 48, 0), 64); }

void nameProtocol(const ShellContext& context, ProtocolId id, RouteView& view) {
    view.isConnected = id == kConnected;
    if (id == kConnected) {
        view.protocol = "connected";
        view.letter = 'C';
        return;
    }
    const auto found = std::ranges::find(context.protocols, id, &Protocol::id);
    if (found == context.protocols.end()) return;
    view.protocol = found->name;
    view.letter = found->letter;
}

/// zebra keeps the next hops of a route sorted: by kind, then by gateway and interface.
auto printingOrder(const NextHop& hop) {
    const auto kind = hop.isDiscard()                        ? 4
                      : hop.kind == NextHop::Kind::Interface ? 1
                      : hop.interface.isSome()               ? 3
                                                             : 2;
    return std::tuple(kind, hop.gateway, hop.interface, hop.kind);
}

/// A gateway without an interface is looked up; unless a connected network holds it, that makes the hop
/// recursive.
bool isFoundRecursively(const Rib& rib, const NextHop& hop) {
    if (hop.kind != NextHop::Kind::Gateway || hop.interface.isSome()) return false;
    const auto match = rib.match(hop.gateway);
    return match && rib.selectedProtocol(*match) != kConnected;
}

HopView viewHop(const NodeState& node, const NextHop& hop) {
    HopView view;
    view.hop = hop;
    if (hop.interface.isSome()) {
        view.interfaceName = node.interfaces[hop.interface.value()].name;
        view.interfaceIndex = kernelIndex(node, hop.interface);
    }
    return view;
}

void addHop(const NodeState& node, const Prefix& prefix, const RibRoute& route, const NextHop& offered,
            std::vector<HopView>& hops) {
    const auto resolved = node.rib.resolveHop(prefix, route, offered, node.interfaces);
    if (resolved.empty()) {
        hops.push_back(viewHop(node, offered));
        return;
    }
    if (!isFoundRecursively(node.rib, offered)) {
        HopView view = viewHop(node, resolved.front());
        view.hop.onLink = offered.onLink;
        view.isActive = true;
        hops.push_back(std::move(view));
        return;
    }
    HopView recursive = viewHop(node, offered);
    recursive.isActive = true;
    recursive.isRecursive = true;
    hops.push_back(std::move(recursive));
    for (const NextHop& hop : resolved) {
        HopView view = viewHop(node, hop);
        view.isActive = true;
        view.isResolver = true;
        hops.push_back(std::move(view));
    }
}

bool isSameWayOut(const HopView& a, const HopView& b) {
    return !a.isRecursive && !b.isRecursive && a.hop.kind == b.hop.kind &&
           a.hop.interface == b.hop.interface && a.hop.gateway == b.hop.gateway;
}

void markDuplicatesAndFib(RouteView& view) {
    const bool hasWeights = std::ranges::any_of(
        view.hops, [](const HopView& hop) { return hop.isActive && !hop.isRecursive && hop.hop.weight > 0; });
    for (std::size_t i = 0; i < view.hops.size(); ++i) {
        HopView& hop = view.hops[i];
        const auto end = view.hops.begin() + static_cast<std::ptrdiff_t>(i);
        hop.isDuplicate = std::any_of(view.hops.begin(), end,
                                      [&](const HopView& other) { return isSameWayOut(hop, other); });
        hop.isIdle = hop.hop.weight == 0 && hasWeights;
        hop.isInFib = view.isInstalled && hop.isActive && !hop.isRecursive && !hop.isIdle;
    }
}

RouteView viewRoute(const ShellContext& context, const Prefix& prefix, const RibRoute& route) {
    const NodeState& node = context.state();
    RouteView view;
    view.prefix = prefix;
    nameProtocol(context, route.protocol, view);
    view.distance = route.distance;
    view.metric = route.metric;
    view.tag = route.tag;
    view.isSelected = node.rib.isSelected(prefix, route);
    // The kernel has every connected network by itself, whichever of two equal ones zebra has selected.
    view.isInstalled = view.isSelected || (view.isConnected && route.active.isSome());
    view.allowsRecursion = route.allowRecursion;
    view.since = route.since;

    const auto offered = node.rib.hops(route.offered);
    NextHops sorted(offered.begin(), offered.end());
    std::ranges::stable_sort(sorted, {}, printingOrder);
    for (const NextHop& hop : sorted)
        addHop(node, prefix, route, hop, view.hops);
    markDuplicatesAndFib(view);

    const bool isRecursive = std::ranges::any_of(view.hops, &HopView::isRecursive);
    const HopGroupId group = isRecursive || !route.active.isSome() ? route.offered : route.active;
    view.group = group.value() + 1;
    view.installedGroup = route.active.isSome() ? route.active.value() + 1 : 0;
    return view;
}

/// What is known of an interface from the connected routes through it: since when it is up, and their group
/// of hops.
struct ConnectedFacts {
    SimTime since;
    std::uint32_t group = 0;
};

ConnectedFacts connectedFacts(const NodeState& node, const InterfaceState& interface) {
    ConnectedFacts facts{SimTime::start(), kFirstSyntheticGroup + interface.id.value()};
    for (const InterfaceAddress& address : interface.addresses) {
        for (const RibRoute* route : node.rib.routes(address.network())) {
            const auto hops = node.rib.hops(route->offered);
            if (route->protocol != kConnected || hops.empty() || hops.front().interface != interface.id)
                continue;
            facts.since = std::max(facts.since, route->since);
            facts.group = route->offered.value() + 1;
        }
    }
    return facts;
}

/// The lowest interface's is the selected one, and stands last.
std::vector<RouteView> viewLinkLocalRoutes(const ShellContext& context) {
    const NodeState& node = context.state();
    std::vector<RouteView> routes;
    for (const InterfaceState& interface : node.interfaces) {
        if (!interface.isUp() || interface.isLoopback || !interface.linkLocal) continue;
        const ConnectedFacts facts = connectedFacts(node, interface);
        RouteView view;
        view.prefix = linkLocalNetwork();
        nameProtocol(context, kConnected, view);
        view.isSelected = routes.empty();
        view.isInstalled = true;
        view.since = facts.since;
        view.group = view.installedGroup = facts.group;
        HopView hop = viewHop(node, NextHop::through(interface.id));
        hop.isActive = hop.isInFib = true;
        view.hops.push_back(std::move(hop));
        routes.push_back(std::move(view));
    }
    std::ranges::reverse(routes);
    return routes;
}

bool isClassfulOrLonger(const Prefix& prefix) {
    const std::uint32_t number = prefix.address().v4Number();
    if (number >> 31 == 0) return prefix.length() >= 8;
    if (number >> 30 == 2) return prefix.length() >= 16;
    return number >> 29 == 6 && prefix.length() >= 24;
}

bool isWanted(const Prefix& prefix, const RouteFilter& filter) {
    if (filter.within && !filter.within->contains(prefix)) return false;
    return !filter.onlySupernets || !isClassfulOrLonger(prefix);
}

bool isWanted(const RouteView& route, const RouteFilter& filter) {
    if (!filter.protocol.empty() && route.protocol != filter.protocol) return false;
    return filter.tag == 0 || route.tag == filter.tag;
}

std::vector<Prefix> prefixesOf(const ShellContext& context, Family family) {
    std::vector<Prefix> prefixes = context.state().rib.prefixes(family);
    if (family == Family::IPv6) {
        const auto place = std::ranges::lower_bound(prefixes, linkLocalNetwork());
        if (place == prefixes.end() || *place != linkLocalNetwork())
            prefixes.insert(place, linkLocalNetwork());
    }
    return prefixes;
}

}  // namespace

PrefixView viewPrefix(const ShellContext& context, const Prefix& prefix) {
    PrefixView view{prefix, {}};
    if (prefix == linkLocalNetwork()) view.routes = viewLinkLocalRoutes(context);
    const auto routes = context.state().rib.routes(prefix);
    // zebra puts a route that is new or changed in front of the others.
    for (auto at = routes.rbegin(); at != routes.rend(); ++at)
        view.routes.push_back(viewRoute(context, prefix, **at));
    std::ranges::stable_sort(view.routes, std::greater{}, &RouteView::since);
    return view;
}

std::vector<PrefixView> viewRoutes(const ShellContext& context, const RouteFilter& filter) {
    std::vector<PrefixView> views;
    for (const Prefix& prefix : prefixesOf(context, filter.family)) {
        if (!isWanted(prefix, filter)) continue;
        PrefixView view = viewPrefix(context, prefix);
        std::erase_if(view.routes, [&](const RouteView& route) { return !isWanted(route, filter); });
        if (!view.routes.empty()) views.push_back(std::move(view));
    }
    return views;
}

std::optional<Prefix> longestPrefixAround(const ShellContext& context, const IpAddress& address) {
    std::optional<Prefix> longest;
    for (const Prefix& prefix : prefixesOf(context, address.family())) {
        if (prefix.contains(address) && !viewPrefix(context, prefix).routes.empty()) longest = prefix;
    }
    return longest;
}

std::uint32_t kernelIndex(const NodeState& node, InterfaceId interface) {
    if (node.interfaces[interface.value()].name == kLoopbackName) return 1;
    std::uint32_t index = 2;
    for (std::size_t i = 0; i < interface.value(); ++i) {
        if (node.interfaces[i].name != kLoopbackName) ++index;
    }
    return index;
}

std::string uptimeText(Duration duration) {
    const std::int64_t seconds = duration / Duration::seconds(1);
    const std::int64_t hours = seconds / 3600;
    const std::int64_t days = hours / 24;
    if (days == 0) return fmt::format("{:02}:{:02}:{:02}", hours, seconds / 60 % 60, seconds % 60);
    if (days < 7) return fmt::format("{}d{:02}h{:02}m", days, hours % 24, seconds / 60 % 60);
    return fmt::format("{:02}w{}d{:02}h", days / 7, days % 7, hours % 24);
}

}  // namespace peerscape

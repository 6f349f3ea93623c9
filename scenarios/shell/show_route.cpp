#include "scenarios/shell/show_route.hpp"

#include <optional>
#include <string_view>

#include <fmt/format.h>

namespace peerscape {

namespace {

constexpr std::string_view kLegend4 =
    "Codes: K - kernel route, C - connected, S - static, R - RIP,\n"
    "       O - OSPF, I - IS-IS, B - BGP, E - EIGRP, N - NHRP,\n"
    "       T - Table, v - VNC, V - VNC-Direct, A - Babel, F - PBR,\n"
    "       f - OpenFabric,\n";
constexpr std::string_view kLegend6 =
    "Codes: K - kernel route, C - connected, S - static, R - RIPng,\n"
    "       O - OSPFv3, I - IS-IS, B - BGP, N - NHRP, T - Table,\n"
    "       v - VNC, V - VNC-Direct, A - Babel, F - PBR,\n"
    "       f - OpenFabric,\n";
constexpr std::string_view kLegendOfMarks =
    "       > - selected route, * - FIB route, q - queued, r - rejected, b - backup\n"
    "       t - trapped, o - offload failure\n\n";

/// The star stands at every line that packets may take.
char markOf(const RouteView& route, const HopView& hop) {
    return route.isInstalled && !hop.isDuplicate && !hop.isRecursive && !hop.isIdle ? '*' : ' ';
}

std::string discardText(NextHop::Kind kind) {
    return kind == NextHop::Kind::Reject ? " unreachable (ICMP unreachable)" : " unreachable (blackhole)";
}

/// What follows the hop itself; connected routes have no weights.
std::string trailerOf(const RouteView& route, const HopView& hop) {
    std::string text;
    if (!hop.isActive) text += " inactive";
    if (hop.hop.onLink) text += " onlink";
    if (hop.isRecursive) text += " (recursive)";
    if (!route.isConnected) text += fmt::format(", weight {}", hop.hop.weight);
    return text;
}

std::string hopText(const HopView& hop) {
    if (hop.hop.isDiscard()) return discardText(hop.hop.kind);
    if (hop.hop.kind == NextHop::Kind::Interface) return " is directly connected, " + hop.interfaceName;
    std::string text = " via " + toString(hop.hop.gateway);
    if (!hop.interfaceName.empty()) text += ", " + hop.interfaceName;
    return text;
}

std::string detailedHopText(const HopView& hop) {
    if (hop.hop.isDiscard()) return discardText(hop.hop.kind);
    if (hop.hop.kind == NextHop::Kind::Interface) return " directly connected, " + hop.interfaceName;
    std::string text = " " + toString(hop.hop.gateway);
    if (!hop.interfaceName.empty()) text += ", via " + hop.interfaceName;
    return text;
}

std::string printRoute(const RouteView& route, SimTime now, bool withGroups) {
    if (route.hops.empty()) return "";
    const std::string age = uptimeText(now - route.since);
    std::string head = fmt::format("{}{}{} {}", route.letter, route.isSelected ? '>' : ' ',
                                   markOf(route, route.hops.front()), toString(route.prefix));
    if (!route.isConnected || route.distance != 0 || route.metric != 0) {
        head += fmt::format(" [{}/{}]", route.distance, route.metric);
    }
    if (withGroups) head += fmt::format(" ({})", route.group);

    std::string text;
    for (const HopView& hop : route.hops) {
        if (text.empty()) {
            text = head;
        } else {
            const std::size_t indent = head.size() - 3 + (hop.isResolver ? 2 : 0);
            text += fmt::format("  {}{}", markOf(route, hop), std::string(indent, ' '));
        }
        text += fmt::format("{}{}, {}\n", hopText(hop), trailerOf(route, hop), age);
    }
    return text;
}

Result<ShellAnswer> showTable(const ShellContext& context, Family family, const Arguments& arguments) {
    RouteFilter filter;
    filter.family = family;
    filter.protocol = arguments.text("protocol");
    filter.tag = static_cast<std::uint32_t>(arguments.number("tag"));
    filter.onlySupernets = arguments.has("supernets-only");
    if (arguments.has("within")) filter.within = arguments.prefix("within");
    const auto views = viewRoutes(context, filter);
    const SimTime now = context.world.now();
    if (arguments.has("json")) return ShellAnswer::of(printRoutesJson(views, now));
    return ShellAnswer::of(printRoutes(family, views, now, arguments.has("nexthop-group")));
}

Result<ShellAnswer> showOne(const ShellContext& context, const Arguments& arguments) {
    const auto prefix = arguments.has("address") ? longestPrefixAround(context, arguments.address("address"))
                                                 : std::optional(arguments.prefix("prefix"));
    const PrefixView view = prefix ? viewPrefix(context, *prefix) : PrefixView{};
    const bool asJson = arguments.has("json");
    if (view.routes.empty()) return ShellAnswer::of(asJson ? "{}\n" : "% Network not in table\n");
    const SimTime now = context.world.now();
    if (asJson) return ShellAnswer::of(printRoutesJson({&view, 1}, now));
    return ShellAnswer::of(printRouteDetail(view, now, arguments.has("nexthop-group")));
}

Result<ShellAnswer> showSummary(const ShellContext& context, Family family, const Arguments& arguments) {
    RouteFilter filter;
    filter.family = family;
    const auto views = viewRoutes(context, filter);
    return ShellAnswer::of(arguments.has("json") ? printRouteSummaryJson(views) : printRouteSummary(views));
}

/// The protocols that FRR lets one ask for; those that no router here runs have no routes.
constexpr std::string_view kProtocols4 =
    "kernel|connected|static|rip|ospf|isis|bgp|eigrp|nhrp|table|vnc|babel|openfabric";
constexpr std::string_view kProtocols6 =
    "kernel|connected|static|ripng|ospf6|isis|bgp|nhrp|table|vnc|babel|openfabric";

}  // namespace

std::string printRoutes(Family family, std::span<const PrefixView> views, SimTime now, bool withGroups) {
    if (views.empty()) return "";
    std::string text(family == Family::IPv4 ? kLegend4 : kLegend6);
    text += kLegendOfMarks;
    for (const PrefixView& view : views) {
        for (const RouteView& route : view.routes)
            text += printRoute(route, now, withGroups);
    }
    return text;
}

std::string printRouteDetail(const PrefixView& view, SimTime now, bool withGroups) {
    std::string text;
    for (const RouteView& route : view.routes) {
        text += fmt::format("Routing entry for {}\n", toString(route.prefix));
        text += fmt::format("  Known via \"{}\", distance {}, metric {}", route.protocol, route.distance,
                            route.metric);
        if (route.tag != 0) text += fmt::format(", tag {}", route.tag);
        text += route.isSelected ? ", best\n" : "\n";
        text += fmt::format("  Last update {} ago\n", uptimeText(now - route.since));
        if (withGroups) text += fmt::format("  Nexthop Group ID: {}\n", route.group);
        if (withGroups && route.isInstalled && route.installedGroup != route.group) {
            text += fmt::format("  Installed Nexthop Group ID: {}\n", route.installedGroup);
        }
        for (const HopView& hop : route.hops) {
            text += fmt::format("  {}{}{}{}{}\n", markOf(route, hop), hop.isResolver ? "  " : "",
                                detailedHopText(hop), hop.isDuplicate ? " (duplicate nexthop removed)" : "",
                                trailerOf(route, hop));
        }
        text += "\n";
    }
    return text;
}

std::vector<ShellCommand> routeCommands(Family family) {
    const bool isV4 = family == Family::IPv4;
    const std::string start = isV4 ? "show ip route" : "show ipv6 route";
    const std::string prefix = isV4 ? "A.B.C.D/M" : "X:X::X:X/M";
    const std::string address = isV4 ? "A.B.C.D" : "X:X::X:X";
    const std::string narrowed = fmt::format("[{{tag (1-4294967295)$tag|{}$within longer-prefixes{}}}]",
                                             prefix, isV4 ? "|supernets-only" : "");
    return {
        {fmt::format("{} {} [<{}>$protocol] [<json|nexthop-group>]", start, narrowed,
                     isV4 ? kProtocols4 : kProtocols6),
         "The routing table.",
         [family](const ShellContext& context, const Arguments& arguments) {
             return showTable(context, family, arguments);
         }},
        {fmt::format("{} {}$address [json] [nexthop-group]", start, address),
         "The routes of the longest prefix around an address.", showOne},
        {fmt::format("{} {}$prefix [json] [nexthop-group]", start, prefix), "The routes of one prefix.",
         showOne},
        {start + " summary [json]", "How many routes each protocol has.",
         [family](const ShellContext& context, const Arguments& arguments) {
             return showSummary(context, family, arguments);
         }},
    };
}

}  // namespace peerscape

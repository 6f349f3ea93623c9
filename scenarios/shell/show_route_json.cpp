// `show ip route json` and `show ipv6 route json`: keys and their order are those of FRR 8.4.4.
#include <cstdint>

#include "scenarios/shell/json_writer.hpp"
#include "scenarios/shell/show_route.hpp"

namespace peerscape {

namespace {

// The bits that FRR shows as numbers, for tools that read them.
constexpr std::uint32_t kHopActive = 1;
constexpr std::uint32_t kHopInFib = 2;
constexpr std::uint32_t kHopRecursive = 4;
constexpr std::uint32_t kHopOnLink = 8;
constexpr std::uint32_t kHopDuplicate = 16;
constexpr std::uint32_t kRouteAllowsRecursion = 0x01;
constexpr std::uint32_t kRouteSelected = 0x08;
constexpr std::uint32_t kRouteReplaceUsesDistance = 0x40;
constexpr std::uint32_t kStatusInstalled = 0x10;
constexpr std::uint32_t kMainTable = 254;

std::uint32_t flagsOf(const HopView& hop) {
    return (hop.isActive ? kHopActive : 0) | (hop.isInFib ? kHopInFib : 0) |
           (hop.isRecursive ? kHopRecursive : 0) | (hop.hop.onLink ? kHopOnLink : 0) |
           (hop.isDuplicate ? kHopDuplicate : 0);
}

std::uint32_t flagsOf(const RouteView& route) {
    // Only staticd tells its routes apart by their distance.
    return (route.allowsRecursion ? kRouteAllowsRecursion : 0) | (route.isSelected ? kRouteSelected : 0) |
           (route.protocol == "static" ? kRouteReplaceUsesDistance : 0);
}

void writeWayOut(JsonWriter& json, const HopView& hop) {
    switch (hop.hop.kind) {
        case NextHop::Kind::Gateway:
            json.member("ip", toString(hop.hop.gateway));
            json.member("afi", hop.hop.gateway.isV4() ? "ipv4" : "ipv6");
            break;
        case NextHop::Kind::Interface:
            json.member("directlyConnected", true);
            break;
        case NextHop::Kind::Blackhole:
        case NextHop::Kind::Reject:
            json.member("unreachable", true);
            json.member(hop.hop.kind == NextHop::Kind::Reject ? "reject" : "blackhole", true);
            return;
    }
    if (hop.interfaceName.empty()) return;
    json.member("interfaceIndex", hop.interfaceIndex);
    json.member("interfaceName", hop.interfaceName);
}

void writeHop(JsonWriter& json, const RouteView& route, const HopView& hop) {
    json.openObject();
    json.member("flags", flagsOf(hop));
    json.memberIf(hop.isDuplicate, "duplicate");
    json.memberIf(hop.isInFib, "fib");
    writeWayOut(json, hop);
    json.memberIf(hop.isResolver, "resolver");
    json.memberIf(hop.isActive, "active");
    json.memberIf(hop.hop.onLink, "onLink");
    json.memberIf(hop.isRecursive, "recursive");
    if (!route.isConnected) json.member("weight", hop.hop.weight);
    json.closeObject();
}

void writeRoute(JsonWriter& json, const RouteView& route, SimTime now) {
    json.openObject();
    json.member("prefix", toString(route.prefix));
    json.member("prefixLen", route.prefix.length());
    json.member("protocol", route.protocol);
    json.member("vrfId", 0);
    json.member("vrfName", "default");
    json.memberIf(route.isSelected, "selected");
    json.memberIf(route.isSelected, "destSelected");
    json.member("distance", route.distance);
    json.member("metric", route.metric);
    json.memberIf(route.isInstalled, "installed");
    if (route.tag != 0) json.member("tag", route.tag);
    json.member("table", kMainTable);
    json.member("internalStatus", route.isInstalled ? kStatusInstalled : 0);
    json.member("internalFlags", flagsOf(route));
    std::size_t active = 0;
    for (const HopView& hop : route.hops)
        active += hop.isActive ? 1 : 0;
    json.member("internalNextHopNum", route.hops.size());
    json.member("internalNextHopActiveNum", active);
    json.member("nexthopGroupId", route.group);
    if (route.isSelected) json.member("installedNexthopGroupId", route.installedGroup);
    json.member("uptime", uptimeText(now - route.since));
    json.key("nexthops");
    json.openArray();
    for (const HopView& hop : route.hops)
        writeHop(json, route, hop);
    json.closeArray();
    json.closeObject();
}

}  // namespace

std::string printRoutesJson(std::span<const PrefixView> views, SimTime now) {
    JsonWriter json;
    json.openObject();
    for (const PrefixView& view : views) {
        json.key(toString(view.prefix));
        json.openArray();
        for (const RouteView& route : view.routes)
            writeRoute(json, route, now);
        json.closeArray();
    }
    json.closeObject();
    return json.finish();
}

std::string printRouteSummaryJson(std::span<const PrefixView> views) {
    JsonWriter json;
    std::uint64_t routes = 0;
    std::uint64_t installed = 0;
    json.openObject();
    json.key("routes");
    json.openArray();
    for (const ProtocolCount& count : countRoutes(views)) {
        routes += count.routes;
        installed += count.installed;
        json.openObject();
        json.member("fib", count.installed);
        json.member("rib", count.routes);
        json.member("fibOffLoaded", 0);
        json.member("fibTrapped", 0);
        json.member("type", count.protocol);
        json.closeObject();
    }
    json.closeArray();
    json.member("routesTotal", routes);
    json.member("routesTotalFib", installed);
    json.closeObject();
    return json.finish();
}

}  // namespace peerscape

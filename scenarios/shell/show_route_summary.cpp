#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "scenarios/shell/show_route.hpp"

namespace peerscape {

namespace {

/// In the order of FRR's numbers for them.
constexpr std::array<std::string_view, 8> kOrder{"kernel", "connected", "static", "rip",
                                                 "ripng",  "ospf",      "bgp",    "eigrp"};

std::size_t rankOf(const ProtocolCount& count) {
    return static_cast<std::size_t>(std::ranges::find(kOrder, count.protocol) - kOrder.begin());
}

}  // namespace

std::vector<ProtocolCount> countRoutes(std::span<const PrefixView> views) {
    std::vector<ProtocolCount> counts;
    for (const PrefixView& view : views) {
        for (const RouteView& route : view.routes) {
            auto count = std::ranges::find(counts, route.protocol, &ProtocolCount::protocol);
            if (count == counts.end())
                count = counts.insert(counts.end(), ProtocolCount{route.protocol, 0, 0});
            ++count->routes;
            if (route.isInstalled) ++count->installed;
        }
    }
    std::ranges::stable_sort(counts, {}, rankOf);
    return counts;
}

std::string printRouteSummary(std::span<const PrefixView> views) {
    std::uint64_t routes = 0;
    std::uint64_t installed = 0;
    std::string text = fmt::format("{:<20} {:<20} FIB  (vrf default)\n", "Route Source", "Routes");
    for (const ProtocolCount& count : countRoutes(views)) {
        routes += count.routes;
        installed += count.installed;
        text += fmt::format("{:<20} {:<20} {:<20} \n", count.protocol, count.routes, count.installed);
    }
    text += "------\n";
    // FRR ends this answer with an empty line.
    text += fmt::format("{:<20} {:<20} {:<20} \n\n", "Totals", routes, installed);
    return text;
}

}  // namespace peerscape

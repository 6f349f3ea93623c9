#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/ip_address.hpp"
#include "engine/base/time.hpp"
#include "scenarios/shell/route_view.hpp"
#include "scenarios/shell/shell_command.hpp"

namespace peerscape {

/// `show ip route …` or `show ipv6 route …`: the table, one prefix, the summary.
std::vector<ShellCommand> routeCommands(Family family);

/// The table with its legend; nothing at all when there are no routes, as FRR has it.
std::string printRoutes(Family family, std::span<const PrefixView> views, SimTime now, bool withGroups);
/// The long form: one paragraph for each route of a prefix.
std::string printRouteDetail(const PrefixView& view, SimTime now, bool withGroups);
/// How many routes each protocol has, and how many of them are in use.
std::string printRouteSummary(std::span<const PrefixView> views);

/// The same as JSON, with FRR's keys in FRR's order.
std::string printRoutesJson(std::span<const PrefixView> views, SimTime now);
std::string printRouteSummaryJson(std::span<const PrefixView> views);

/// Routes counted by protocol, in the order in which FRR numbers protocols.
struct ProtocolCount {
    std::string protocol;
    std::uint64_t routes = 0;
    std::uint64_t installed = 0;
};
std::vector<ProtocolCount> countRoutes(std::span<const PrefixView> views);

}  // namespace peerscape

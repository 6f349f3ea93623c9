#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/time.hpp"
#include "engine/routing/route.hpp"
#include "engine/sim/node_state.hpp"
#include "scenarios/shell/shell_command.hpp"

namespace peerscape {

/// One line of a route's next hops as FRR lists them: a hop, or one that a recursive hop was resolved to.
struct HopView {
    NextHop hop;
    std::string interfaceName;  ///< empty: not known
    std::uint32_t interfaceIndex = 0;
    bool isActive = false;
    bool isRecursive = false;  ///< found by another route; what it came to follows
    bool isResolver = false;   ///< belongs to the recursive hop before it
    bool isDuplicate = false;  ///< the same way out stands above
    bool isIdle = false;       ///< its weight is 0, and others work that have one
    bool isInFib = false;
};

/// One route of the RIB, told in the words of `show ip route`.
struct RouteView {
    Prefix prefix;
    std::string protocol;  ///< "static"
    char letter = '?';
    Distance distance = 0;
    std::uint32_t metric = 0;
    std::uint32_t tag = 0;
    bool isConnected = false;
    bool isSelected = false;
    bool isInstalled = false;
    bool allowsRecursion = false;
    SimTime since;
    std::uint32_t group = 0;           ///< number of its set of next hops, within the router
    std::uint32_t installedGroup = 0;  ///< of what it came to; meaningful when installed
    std::vector<HopView> hops;
};

/// The routes of one prefix, the newest first.
struct PrefixView {
    Prefix prefix;
    std::vector<RouteView> routes;
};

/// Which routes are asked for. What is not named does not matter.
struct RouteFilter {
    Family family = Family::IPv4;
    std::string_view protocol;
    std::uint32_t tag = 0;
    std::optional<Prefix> within;  ///< this prefix and longer ones
    bool onlySupernets = false;    ///< shorter than the class of the address (IPv4)
};

/// Prefixes with at least one such route, in the order of the table. IPv6 has one fe80::/64 for every
/// interface that is up, which the RIB does not hold.
std::vector<PrefixView> viewRoutes(const ShellContext& context, const RouteFilter& filter);
/// All routes of exactly this prefix.
PrefixView viewPrefix(const ShellContext& context, const Prefix& prefix);
/// The longest prefix around the address that has any route, selected or not.
std::optional<Prefix> longestPrefixAround(const ShellContext& context, const IpAddress& address);

/// The interface's number in the kernel of a real router: lo is 1, the others count from 2.
std::uint32_t kernelIndex(const NodeState& node, InterfaceId interface);
/// How long ago, as FRR prints it: "01:02:03", "1d02h03m", "01w2d03h".
std::string uptimeText(Duration duration);

}  // namespace peerscape

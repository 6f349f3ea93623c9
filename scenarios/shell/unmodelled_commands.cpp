#include "scenarios/shell/unmodelled_commands.hpp"

#include <array>

#include "engine/base/text.hpp"

namespace peerscape {

namespace {

/// What people type at a real router out of habit.
constexpr std::array<std::string_view, 46> kUnmodelled{
    "show bfd",
    "show babel",
    "show bgp evpn",
    "show bgp l2vpn",
    "show bgp vpnv4",
    "show bgp vrf",
    "show clock",
    "show daemons",
    "show debugging",
    "show eigrp",
    "show evpn",
    "show history",
    "show ip eigrp",
    "show ip fib",
    "show ip igmp",
    "show ip mroute",
    "show ip multicast",
    "show ip nht",
    "show ip nhrp",
    "show ip ospf",
    "show ip pim",
    "show ip rpf",
    "show ipv6 bgp",
    "show ipv6 fib",
    "show ipv6 nd",
    "show ipv6 nht",
    "show ipv6 ospf6",
    "show isis",
    "show ldp",
    "show logging",
    "show memory",
    "show modules",
    "show mpls",
    "show nexthop-group",
    "show openfabric",
    "show pbr",
    "show pim",
    "show pseudowire",
    "show startup-config",
    "show thread",
    "show vrf",
    "show vrrp",
    "show watchfrr",
    "show zebra",
    "debug",
    "write",
};

bool beginsWith(std::span<const std::string_view> words, std::string_view command) {
    const auto expected = splitWords(command);
    if (words.size() < expected.size()) return false;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (words[i] != expected[i]) return false;
    }
    return true;
}

}  // namespace

std::optional<std::string> findUnmodelledCommand(std::span<const std::string_view> words) {
    for (const std::string_view command : kUnmodelled) {
        if (beginsWith(words, command)) return std::string(command);
    }
    return std::nullopt;
}

}  // namespace peerscape

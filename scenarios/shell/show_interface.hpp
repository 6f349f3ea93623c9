#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/routing/interface_state.hpp"
#include "engine/routing/traffic.hpp"
#include "scenarios/shell/shell_command.hpp"

namespace peerscape {

/// `show interface …`.
std::vector<ShellCommand> interfaceCommands();

/// Whether the first name stands before the second one: "eth2" before "eth10".
bool interfaceNameLess(std::string_view a, std::string_view b);

/// An interface with the facts that its router, its cable and its configuration add to it.
struct InterfaceView {
    const InterfaceState* state = nullptr;
    std::uint32_t index = 0;
    std::uint32_t mtu = 0;
    std::uint64_t speed = 0;                  ///< of the cable in Mbit/s
    std::uint64_t bandwidth = 0;              ///< as configured, in Mbit/s; 0: not configured
    std::optional<InterfaceTraffic> traffic;  ///< where it is measured
    std::string flags;                        ///< "<UP,BROADCAST,RUNNING,MULTICAST>"
    std::string macAddress;                   ///< empty: none

    /// One address, in the order FRR prints them: IPv4 by network, then IPv6 with the link-local one in
    /// front.
    struct Address {
        InterfaceAddress address;
        bool isSecondary = false;    ///< not the first of its network (IPv4)
        bool sharesNetwork = false;  ///< there are others of its network
    };
    std::vector<Address> addresses;
};

/// All interfaces of the node, by name; or the one of that name.
std::vector<InterfaceView> viewInterfaces(const ShellContext& context, std::string_view name = {});

std::string printInterfaceJson(const std::vector<InterfaceView>& views);
std::string printInterfaceBriefJson(const std::vector<InterfaceView>& views);

}  // namespace peerscape

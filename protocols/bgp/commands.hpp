#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/routing/config_session.hpp"

namespace peerscape::bgp {

/// The mode of the lines in `router bgp`, and those of the blocks `address-family … unicast` in it.
inline constexpr std::string_view kRouterMode = "router bgp";
inline constexpr std::string_view kIpv4Mode = "address-family ipv4 unicast";
inline constexpr std::string_view kIpv6Mode = "address-family ipv6 unicast";

/// The configuration commands of BGP: `router bgp` and what stands in it, and the few lines at the top.
std::vector<ConfigCommand> configCommands();

/// The section `router bgp`, in FRR 8.4's order, what is said by default left out.
void printRouter(const ProcessConfig& config, ConfigPrinter& printer);
/// BGP has no lines inside `interface NAME`.
void printInterface(const ProcessConfig& config, std::string_view interfaceName, ConfigPrinter& printer);
std::vector<std::string> interfacesNamed(const ProcessConfig& config);

}  // namespace peerscape::bgp

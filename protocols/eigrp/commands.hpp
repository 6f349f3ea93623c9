#pragma once

#include <string_view>
#include <vector>

#include "engine/base/ip_address.hpp"
#include "engine/routing/config_session.hpp"

namespace peerscape::eigrp {

/// The configuration commands of EIGRP for one address family: in `router eigrp` / `ipv6 router eigrp` and in
/// `interface`. Those of interfaces that both families share (`delay`, `eigrp bandwidth` …) are among IPv4's.
std::vector<ConfigCommand> configCommands(Family family);

/// The section `router eigrp` / `ipv6 router eigrp`, in FRR's order, defaults left out.
void printRouter(const ProcessConfig& config, ConfigPrinter& printer);
/// The lines inside `interface NAME`.
void printInterface(const ProcessConfig& config, std::string_view interfaceName, ConfigPrinter& printer);
/// Interfaces with settings that differ from the defaults.
std::vector<std::string> interfacesNamed(const ProcessConfig& config);

}  // namespace peerscape::eigrp

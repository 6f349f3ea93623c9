#pragma once

#include <string_view>
#include <vector>

#include "engine/base/ip_address.hpp"
#include "engine/routing/config_session.hpp"

namespace peerscape::rip {

/// The configuration commands of RIP or RIPng: in `router rip` / `router ripng` and in `interface`.
std::vector<ConfigCommand> configCommands(Family family);

/// The section `router rip` / `router ripng`, in FRR's order, defaults left out.
void printRouter(const ProcessConfig& config, ConfigPrinter& printer);
/// The lines inside `interface NAME`.
void printInterface(const ProcessConfig& config, std::string_view interfaceName, ConfigPrinter& printer);
/// Interfaces with settings that differ from the defaults.
std::vector<std::string> interfacesNamed(const ProcessConfig& config);

}  // namespace peerscape::rip

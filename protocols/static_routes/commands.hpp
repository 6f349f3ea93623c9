#pragma once

#include <vector>

#include "engine/routing/config_session.hpp"

namespace peerscape::static_routes {

/// `ip route` and `ipv6 route` in all shapes of FRR 8.4. Lines that need what is not modelled (VRFs, labels,
/// other tables, source networks) are read, reported and left out.
std::vector<ConfigCommand> configCommands();

/// The lines of `show running-config`, IPv4 first.
void printRouter(const ProcessConfig& config, ConfigPrinter& printer);

}  // namespace peerscape::static_routes

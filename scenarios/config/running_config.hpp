#pragma once

#include <string>

#include "engine/routing/router_config.hpp"

namespace peerscape {

/// What `show running-config` prints, in the layout of FRR 8.4. Reading it gives the same configuration
/// again.
std::string showRunningConfig(const RouterConfig& config);

}  // namespace peerscape

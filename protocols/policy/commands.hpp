#pragma once

#include <vector>

#include "engine/routing/config_session.hpp"
#include "engine/routing/protocol.hpp"

namespace peerscape::policy {

/// `ip prefix-list`, `access-list`, `route-map` and what stands inside `route-map` (mode "route-map").
std::vector<ConfigCommand> policyCommands();

/// `show route-map`, `show ip prefix-list`, `show ip access-list` and their IPv6 forms.
std::vector<OperatorCommand> policyShowCommands();

}  // namespace peerscape::policy

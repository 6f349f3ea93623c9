#pragma once

#include <vector>

#include "engine/routing/config_session.hpp"
#include "engine/routing/protocol.hpp"
#include "engine/routing/router_config.hpp"

namespace peerscape::policy {

/// `ip prefix-list`, `access-list`, `route-map` and `key chain`, with what stands inside the last two (modes
/// "route-map", "key chain" and "key chain key").
std::vector<ConfigCommand> policyCommands();

/// `show route-map`, `show ip prefix-list`, `show ip access-list` and their IPv6 forms.
std::vector<OperatorCommand> policyOperatorCommands();

/// The blocks `key chain`, which stand in front of the interfaces. The policy must be a PolicySet.
void printKeyChains(const SharedPolicy& policy, ConfigPrinter& printer);

/// The sections of `show running-config` behind all others: access-lists, prefix-lists, route-maps, in FRR's
/// order and words. The policy must be a PolicySet.
void printPolicy(const SharedPolicy& policy, ConfigPrinter& printer);

}  // namespace peerscape::policy

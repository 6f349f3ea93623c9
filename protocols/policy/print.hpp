#pragma once

#include "engine/routing/config_session.hpp"
#include "protocols/policy/policy_set.hpp"

namespace peerscape::policy {

/// The sections of `show running-config`: access-lists, prefix-lists, route-maps, in FRR's order and words.
void printPolicy(const PolicySet& policy, ConfigPrinter& printer);

}  // namespace peerscape::policy

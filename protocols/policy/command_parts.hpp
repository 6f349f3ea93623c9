#pragma once

#include <string_view>
#include <vector>

#include "engine/routing/config_session.hpp"
#include "engine/routing/protocol.hpp"
#include "protocols/policy/policy_set.hpp"

// Pieces of policyCommands(); used inside this folder only.
namespace peerscape::policy {

std::vector<ConfigCommand> prefixListCommands(Family family);
std::vector<ConfigCommand> accessListCommands(Family family);
/// `bgp as-path access-list` and the community-lists.
std::vector<ConfigCommand> pathListCommands();
/// `show bgp as-path-access-list`, `show bgp community-list` …
std::vector<OperatorCommand> pathListOperatorCommands();
std::vector<ConfigCommand> keyChainCommands();
std::vector<ConfigCommand> routeMapCommands();
/// What stands in a `route-map` block.
std::vector<ConfigCommand> matchCommands();
std::vector<ConfigCommand> setCommands();
std::vector<ConfigCommand> exitCommands();

inline PolicySet& policyIn(ConfigSession& session) { return session.policy<PolicySet>(); }
inline const PolicySet& policyIn(const ShowContext& context) {
    return policyOf(context.config == nullptr ? nullptr : context.config->policy.get());
}
/// The entry whose block is being read: the mode's argument is "NAME SEQUENCE".
RouteMapEntry& entryIn(ConfigSession& session);

inline Action actionIn(const Arguments& arguments) {
    return arguments.text("action") == "permit" ? Action::Permit : Action::Deny;
}

}  // namespace peerscape::policy

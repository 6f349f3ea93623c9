#pragma once

#include <vector>

#include "engine/routing/protocol.hpp"

namespace peerscape::bgp {

/// `show bgp …`, `show ip bgp …`: docs/protocols/bgp-show.md lists them.
std::vector<OperatorCommand> showCommands();
/// `clear bgp …`, `clear ip bgp …`.
std::vector<OperatorCommand> clearCommands();

}  // namespace peerscape::bgp

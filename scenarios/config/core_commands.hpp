#pragma once

#include <vector>

#include "engine/routing/config_session.hpp"

namespace peerscape {

/// The commands about the router itself and its interfaces, which belong to no protocol.
std::vector<ConfigCommand> coreCommands();

}  // namespace peerscape

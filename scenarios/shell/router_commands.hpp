#pragma once

#include <vector>

#include "scenarios/shell/shell_command.hpp"

namespace peerscape {

/// The commands about the router itself: its configuration and version.
std::vector<ShellCommand> routerCommands();

}  // namespace peerscape

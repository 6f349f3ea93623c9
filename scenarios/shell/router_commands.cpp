#include "scenarios/shell/router_commands.hpp"

#include <fmt/format.h>

#include "scenarios/config/running_config.hpp"

namespace peerscape {

namespace {

Result<ShellAnswer> showConfiguration(const ShellContext& context, const Arguments&) {
    RouterConfig config = *context.state().config;
    // A router that is given no name has that of the lab.
    if (config.hostname.empty()) config.hostname = context.state().name;
    return ShellAnswer::of(showRunningConfig(config));
}

Result<ShellAnswer> showVersion(const ShellContext& context, const Arguments&) {
    const RouterConfig& config = *context.state().config;
    const std::string& name = config.hostname.empty() ? context.state().name : config.hostname;
    return ShellAnswer::of(fmt::format("FRRouting {} ({}), simulated by Peerscape.\n", config.version, name));
}

}  // namespace

std::vector<ShellCommand> routerCommands() {
    return {
        {"show running-config", "The router's configuration.", showConfiguration},
        {"write terminal", "The router's configuration.", showConfiguration},
        {"show version", "Which router this stands for.", showVersion},
    };
}

}  // namespace peerscape

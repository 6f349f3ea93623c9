#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/time.hpp"
#include "engine/command/pattern.hpp"
#include "engine/routing/config_session.hpp"
#include "engine/routing/interface_state.hpp"
#include "engine/routing/process.hpp"
#include "engine/routing/router_config.hpp"

namespace peerscape {

/// What a `show` command may read.
struct ShowContext {
    std::string_view hostname;
    SimTime now;
    std::span<const InterfaceState> interfaces;
    const RouterConfig* config = nullptr;
    const Process* process = nullptr;  ///< the protocol's own process; null when it does not run
};

/// One command that a router's operator types. Either `show` answers it from what is there, or it goes to the
/// process.
struct OperatorCommand {
    std::string pattern;
    std::string help;
    std::function<std::string(const ShowContext&, const Arguments&)> show;
    /// For commands that act: the words the process gets as Commanded, followed by the arguments in the
    /// pattern's order. Empty for show commands.
    std::vector<std::string> commanded;
};

/// Everything the rest of the house needs to know of one protocol. The catalogue holds one for each.
struct Protocol {
    ProtocolId id;
    std::string name;                          ///< "rip": as FRR's `redistribute` and tables name it
    char letter = '?';                         ///< the code of `show ip route`
    std::vector<std::string> showRouteLegend;  ///< its line in the legend of `show ip route`
    std::vector<ConfigCommand> configCommands;
    std::vector<OperatorCommand> operatorCommands;
    /// The lines it has inside `interface NAME`.
    std::function<void(const ProcessConfig&, std::string_view interfaceName, ConfigPrinter&)> printInterface;
    /// Its own sections of `show running-config`.
    std::function<void(const ProcessConfig&, ConfigPrinter&)> printRouter;
    /// The protocol's own table as JSON text, for `run --state` (docs/state-files.md); empty: it has none.
    std::function<std::string(const ShowContext&)> stateJson;
    /// Names of interfaces it has settings for, so that they are printed even without other settings.
    std::function<std::vector<std::string>(const ProcessConfig&)> interfacesNamed;
};

}  // namespace peerscape

#include "protocols/static_routes/protocol.hpp"

#include "protocols/static_routes/commands.hpp"
#include "protocols/static_routes/config.hpp"

namespace peerscape::static_routes {

Protocol staticProtocol() {
    Protocol protocol;
    protocol.id = kStatic;
    protocol.name = "static";
    protocol.letter = 'S';
    protocol.showRouteLegend = {"S - static"};
    protocol.configCommands = configCommands();
    protocol.printRouter = printRouter;
    // Static routes stand at the top of the configuration: interfaces have nothing of them.
    protocol.printInterface = [](const ProcessConfig&, std::string_view, ConfigPrinter&) {};
    protocol.interfacesNamed = [](const ProcessConfig&) { return std::vector<std::string>(); };
    return protocol;
}

}  // namespace peerscape::static_routes

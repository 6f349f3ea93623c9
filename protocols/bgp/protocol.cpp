#include "protocols/bgp/protocol.hpp"

#include <utility>

#include "protocols/bgp/commands.hpp"
#include "protocols/bgp/config.hpp"
#include "protocols/bgp/show.hpp"
#include "protocols/bgp/show_commands.hpp"

namespace peerscape::bgp {

Protocol bgpProtocol() {
    Protocol protocol;
    protocol.id = kBgp;
    protocol.name = "bgp";
    protocol.letter = 'B';
    protocol.showRouteLegend = {"B - BGP"};
    protocol.configCommands = configCommands();
    protocol.operatorCommands = showCommands();
    for (OperatorCommand& command : clearCommands())
        protocol.operatorCommands.push_back(std::move(command));
    protocol.stateJson = stateJson;
    protocol.printInterface = printInterface;
    protocol.printRouter = printRouter;
    protocol.interfacesNamed = interfacesNamed;
    return protocol;
}

}  // namespace peerscape::bgp

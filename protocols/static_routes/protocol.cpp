#include "protocols/static_routes/protocol.hpp"

#include "protocols/static_routes/config.hpp"

namespace peerscape::static_routes {

Protocol staticProtocol() {
    Protocol protocol;
    protocol.id = kStatic;
    protocol.name = "static";
    protocol.letter = 'S';
    protocol.showRouteLegend = {"S - static"};
    protocol.configCommands = configCommands();
    protocol.printRouter = printRoutes;
    return protocol;
}

}  // namespace peerscape::static_routes

#include "protocols/eigrp/protocol.hpp"

#include "protocols/eigrp/commands.hpp"
#include "protocols/eigrp/config.hpp"

namespace peerscape::eigrp {
namespace {

Protocol protocolOfFamily(Family family) {
    Protocol protocol;
    protocol.id = protocolOf(family);
    protocol.name = family == Family::IPv4 ? "eigrp" : "eigrp6";
    protocol.letter = 'E';
    protocol.showRouteLegend = {"E - EIGRP"};
    protocol.configCommands = configCommands(family);
    protocol.printInterface = printInterface;
    protocol.printRouter = printRouter;
    protocol.interfacesNamed = interfacesNamed;
    return protocol;
}

}  // namespace

Protocol eigrpProtocol() { return protocolOfFamily(Family::IPv4); }
Protocol eigrp6Protocol() { return protocolOfFamily(Family::IPv6); }

}  // namespace peerscape::eigrp

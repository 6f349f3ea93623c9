#include "protocols/eigrp/protocol.hpp"

#include "protocols/eigrp/commands.hpp"
#include "protocols/eigrp/config.hpp"
#include "protocols/eigrp/show.hpp"

namespace peerscape::eigrp {
namespace {

Protocol protocolOfFamily(Family family) {
    Protocol protocol;
    protocol.id = protocolOf(family);
    protocol.name = family == Family::IPv4 ? "eigrp" : "eigrp6";
    protocol.letter = 'E';
    protocol.showRouteLegend = {"E - EIGRP"};
    protocol.configCommands = configCommands(family);
    const std::string words = family == Family::IPv4 ? "show ip eigrp" : "show ipv6 eigrp";
    const auto command = [](std::string pattern, std::string help, auto show) {
        return OperatorCommand{std::move(pattern), std::move(help), std::move(show), {}};
    };
    protocol.operatorCommands = {
        command(words + " topology", "The topology table: successors and feasible successors.",
                [family](const ShowContext& context, const Arguments&) {
                    return showTopology(context, family, false);
                }),
        command(words + " topology all-links", "The topology table with all paths.",
                [family](const ShowContext& context, const Arguments&) {
                    return showTopology(context, family, true);
                }),
        command(words + " neighbors", "The neighbours that are up.",
                [family](const ShowContext& context, const Arguments&) {
                    return showNeighbors(context, family);
                }),
        command(words + " interfaces", "Where EIGRP runs.",
                [family](const ShowContext& context, const Arguments&) {
                    return showInterfaces(context, family);
                }),
    };
    protocol.stateJson = stateJson;
    protocol.printInterface = printInterface;
    protocol.printRouter = printRouter;
    protocol.interfacesNamed = interfacesNamed;
    return protocol;
}

}  // namespace

Protocol eigrpProtocol() { return protocolOfFamily(Family::IPv4); }
Protocol eigrp6Protocol() { return protocolOfFamily(Family::IPv6); }

}  // namespace peerscape::eigrp

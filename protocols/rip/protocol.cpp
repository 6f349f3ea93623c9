#include "protocols/rip/protocol.hpp"

#include "protocols/rip/commands.hpp"
#include "protocols/rip/config.hpp"
#include "protocols/rip/show.hpp"

namespace peerscape::rip {
namespace {

Protocol protocolOfFamily(Family family) {
    const bool isV4 = family == Family::IPv4;
    const std::string words = isV4 ? "ip rip" : "ipv6 ripng";
    Protocol protocol;
    protocol.id = protocolOf(family);
    protocol.name = isV4 ? "rip" : "ripng";
    protocol.letter = 'R';
    protocol.showRouteLegend = {isV4 ? "R - RIP" : "R - RIPng"};
    protocol.configCommands = configCommands(family);
    protocol.operatorCommands = {
        {.pattern = "show " + words,
         .help = "The routes of the protocol's own table.",
         .show = [family](const ShowContext& context,
                          const Arguments&) { return showRoutes(context, family); },
         .commanded = {}},
        {.pattern = "show " + words + " status",
         .help = "Timers, interfaces, filters and neighbours.",
         .show = [family](const ShowContext& context,
                          const Arguments&) { return showStatus(context, family); },
         .commanded = {}},
        {.pattern = "clear " + words,
         .help = "Forgets all learned routes.",
         .show = nullptr,
         .commanded = {"clear"}},
    };
    protocol.printInterface = printInterface;
    protocol.printRouter = printRouter;
    protocol.interfacesNamed = interfacesNamed;
    protocol.stateJson = tableJson;
    return protocol;
}

}  // namespace

Protocol ripProtocol() { return protocolOfFamily(Family::IPv4); }
Protocol ripngProtocol() { return protocolOfFamily(Family::IPv6); }

}  // namespace peerscape::rip

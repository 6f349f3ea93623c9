#include "protocols/bgp/protocol.hpp"

#include "protocols/bgp/commands.hpp"
#include "protocols/bgp/config.hpp"
#include "protocols/bgp/show.hpp"
#include "protocols/bgp/show_commands.hpp"

namespace peerscape::bgp {
namespace {

/// `clear bgp WHO …`, with all the ways to say how softly.
void addClears(std::vector<OperatorCommand>& commands) {
    for (const std::string words : {"clear bgp", "clear ip bgp"}) {
        for (const std::string family : {"", "<ipv4|ipv6>$family [unicast]"}) {
            const std::string start = words + " " + family + (family.empty() ? "" : " ");
            for (const std::string who : {"*$who", "external$who", "WORD$who"}) {
                commands.push_back({start + "<" + who.substr(0, who.find('$')) + ">$who",
                                    "Ends sessions, which begin anew.",
                                    nullptr,
                                    {"clear"}});
                commands.push_back({start + "<" + who.substr(0, who.find('$')) + ">$who <soft|in|out>$how",
                                    "Judges routes again without ending sessions.",
                                    nullptr,
                                    {"clear"}});
                commands.push_back(
                    {start + "<" + who.substr(0, who.find('$')) + ">$who <soft>$how <in|out>$direction",
                     "Judges routes of one direction again.",
                     nullptr,
                     {"clear"}});
            }
        }
    }
}

}  // namespace

Protocol bgpProtocol() {
    Protocol protocol;
    protocol.id = kBgp;
    protocol.name = "bgp";
    protocol.letter = 'B';
    protocol.showRouteLegend = {"B - BGP"};
    protocol.configCommands = configCommands();
    protocol.operatorCommands = showCommands();
    addClears(protocol.operatorCommands);
    protocol.stateJson = stateJson;
    protocol.printInterface = printInterface;
    protocol.printRouter = printRouter;
    protocol.interfacesNamed = interfacesNamed;
    return protocol;
}

}  // namespace peerscape::bgp

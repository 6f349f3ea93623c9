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
    const std::string prefix = family == Family::IPv4 ? " A.B.C.D/M$prefix" : " X:X::X:X/M$prefix";
    const std::string address = family == Family::IPv4 ? " A.B.C.D$address" : " X:X::X:X$address";
    const auto show = [&](const std::string& what, std::string help, auto print) {
        protocol.operatorCommands.push_back(
            {words + what,
             std::move(help),
             [family, print](const ShowContext& context, const Arguments&) { return print(context, family); },
             {}});
    };
    const auto showRows = [&](const std::string& what, std::string help, TopologyRows rows) {
        show(" topology" + what, std::move(help),
             [rows](const ShowContext& context, Family f) { return showTopology(context, f, rows); });
    };
    showRows("", "The topology table: successors and feasible successors.", TopologyRows::Feasible);
    showRows(" all-links", "The topology table with all paths.", TopologyRows::AllLinks);
    showRows(" active", "Destinations whose neighbours are asked, and who has not replied.",
             TopologyRows::Active);
    showRows(" zero-successors", "Destinations without a successor.", TopologyRows::ZeroSuccessors);
    show(" topology summary", "How many destinations and neighbours there are.", showTopologySummary);
    protocol.operatorCommands.push_back({words + " topology" + prefix,
                                         "One destination with the vector metric of each path.",
                                         [family](const ShowContext& context, const Arguments& arguments) {
                                             return showEntry(context, family, arguments.prefix("prefix"));
                                         },
                                         {}});
    show(" neighbors", "The neighbours that are up.", showNeighbors);
    show(" interfaces", "Where EIGRP runs.", showInterfaces);
    show(" traffic", "How many packets were sent and received.", showTraffic);
    const std::string clear =
        family == Family::IPv4 ? "clear ip eigrp neighbors" : "clear ipv6 eigrp neighbors";
    const auto clearing = [&](const std::string& which, std::string help) {
        protocol.operatorCommands.push_back({clear + which, std::move(help), nullptr, {"clear"}});
    };
    clearing("", "Drops all neighbours, which are told, and finds them again.");
    clearing(address, "Drops one neighbour, which is told, and finds it again.");
    clearing(" IFNAME$interface", "Drops the neighbours on an interface and finds them again.");
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

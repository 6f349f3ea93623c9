// What operators type to have a neighbour's routes judged again, or its session begin anew. The process
// carries them out in process_refresh.cpp.
#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "protocols/bgp/show_commands.hpp"
#include "protocols/bgp/show_parts.hpp"

namespace peerscape::bgp {
namespace {

/// What FRR answers when nobody is meant; empty when somebody is.
std::string complaint(const ShowContext& context, const Arguments& arguments) {
    const BgpProcess* process = processOf(context);
    if (process == nullptr) return noInstanceForNeighbors(Format::AsText);
    if (arguments.has("group") && !process->config().groups.contains(std::string(arguments.text("group"))))
        return fmt::format("% BGP: No such peer-group {}\n", arguments.text("group"));
    if (arguments.has("number")) {
        const auto isMeant = [&](const auto& entry) {
            return remoteAsOf(*process, entry.second).value() == arguments.number("number");
        };
        if (std::ranges::none_of(process->peers(), isMeant))
            return fmt::format("% BGP: No Unknown peer is configured with AS {}\n", arguments.text("number"));
    }
    if (!arguments.has("neighbor")) return "";
    const auto address = IpAddress::parse(arguments.text("neighbor"));
    const std::string name = address ? toString(*address) : std::string(arguments.text("neighbor"));
    if (process->peerNamed(name) != nullptr) return "";
    return address ? fmt::format("% BGP: Unknown neighbor - \"{}\"\n", name)
                   : fmt::format("Malformed address or name: {}\n", name);
}

}  // namespace

std::vector<OperatorCommand> clearCommands() {
    const std::string who =
        " [<ipv4|ipv6>$family [unicast]] <*|external|peer-group WORD$group|(1-4294967295)$number|"
        "A.B.C.D$neighbor|X:X::X:X$neighbor|IFNAME$neighbor> [<soft [<in|out>]|in|out>]";
    const std::string help = "Ends sessions, which begin anew; softly: judges routes again.";
    return {{"clear bgp" + who, help, complaint, {"clear"}},
            {"clear ip bgp" + who, help, complaint, {"clear", "ipv4"}}};
}

}  // namespace peerscape::bgp

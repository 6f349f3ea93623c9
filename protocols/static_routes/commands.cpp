// The `ip route` and `ipv6 route` lines.
#include <bit>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "protocols/static_routes/config.hpp"

namespace peerscape::static_routes {
namespace {

/// A mask as people wrote it before there were prefix lengths; nothing when its ones are not all in front.
std::optional<std::uint8_t> lengthOfMask(const IpAddress& mask) {
    const std::uint32_t bits = mask.v4Number();
    const int ones = std::countl_one(bits);
    if (ones + std::countr_zero(bits) < 32) return std::nullopt;
    return static_cast<std::uint8_t>(ones);
}

struct Line {
    Prefix prefix;
    Distance distance = kDefaultDistance;
    std::uint32_t tag = 0;
    StaticHop hop;
};

Result<Line> readLine(const Arguments& arguments) {
    Line line;
    if (arguments.has("mask")) {
        const auto length = lengthOfMask(arguments.address("mask"));
        if (!length) return failure(fmt::format("'{}' is not a network mask: its ones must all stand in front", arguments.text("mask")));
        line.prefix = Prefix(arguments.address("network"), *length);
    } else {
        line.prefix = arguments.prefix("prefix");
    }
    line.distance = static_cast<Distance>(arguments.number("distance", kDefaultDistance));
    line.tag = static_cast<std::uint32_t>(arguments.number("tag"));
    line.hop.onLink = arguments.has("onlink");
    if (arguments.has("gateway")) line.hop.gateway = arguments.address("gateway");
    const std::string interface(arguments.text("interface"));
    // The names of the two discarding interfaces, in the spellings that FRR takes.
    if (arguments.has("blackhole") || interface == "Null0" || interface == "null0") {
        line.hop.discard = Discard::Blackhole;
    } else if (arguments.has("reject")) {
        line.hop.discard = Discard::Reject;
    } else {
        line.hop.interface = interface;
    }
    const bool needsInterface = line.hop.gateway && line.hop.gateway->isV6() && line.hop.gateway->isLinkLocal() && line.hop.interface.empty();
    if (needsInterface) return failure(fmt::format("the gateway {} is link-local: name the interface it is on", toString(*line.hop.gateway)));
    if (line.hop.onLink && line.hop.interface.empty()) return failure("onlink needs an interface");
    return line;
}

ConfigCommand command(std::string pattern, std::string undoPattern, std::string help) {
    ConfigCommand result;
    result.pattern = std::move(pattern);
    result.undoPattern = std::move(undoPattern);
    result.help = std::move(help);
    result.apply = [](ConfigSession& session, const Arguments& arguments) -> Result<void> {
        auto line = readLine(arguments);
        if (!line) return std::unexpected(line.error());
        session.process<StaticConfig>().add(line->prefix, line->distance, line->tag, std::move(line->hop));
        return {};
    };
    result.undo = [](ConfigSession& session, const Arguments& arguments) -> Result<void> {
        const auto line = readLine(arguments);
        if (!line) return std::unexpected(line.error());
        if (!session.process<StaticConfig>().remove(line->prefix, line->distance, line->hop)) {
            return failure(fmt::format("there is no such static route to {}", toString(line->prefix)));
        }
        return {};
    };
    return result;
}

}  // namespace

std::vector<ConfigCommand> configCommands() {
    const std::string tail = " [{(1-255)$distance|tag (1-4294967295)$tag}]";
    const std::string target4[] = {"A.B.C.D/M$prefix", "A.B.C.D$network A.B.C.D$mask"};
    std::vector<ConfigCommand> commands;
    for (const std::string& target : target4) {
        const std::string begin = "ip route " + target;
        commands.push_back(command(begin + " <A.B.C.D$gateway|INTERFACE$interface>" + tail, "", "A static route by a neighbour or out of an interface."));
        commands.push_back(command(begin + " A.B.C.D$gateway INTERFACE$interface [{(1-255)$distance|tag (1-4294967295)$tag|onlink}]", "",
                                   "A static route by a neighbour on an interface."));
        commands.push_back(command(begin + " <reject|blackhole>" + tail, "", "Packets to the network are dropped; with reject the sender is told."));
    }
    commands.push_back(command("ipv6 route X:X::X:X/M$prefix <X:X::X:X$gateway|INTERFACE$interface>" + tail, "", "A static IPv6 route by a neighbour or out of an interface."));
    commands.push_back(command("ipv6 route X:X::X:X/M$prefix X:X::X:X$gateway INTERFACE$interface [{(1-255)$distance|tag (1-4294967295)$tag|onlink}]", "",
                               "A static IPv6 route by a neighbour on an interface."));
    commands.push_back(command("ipv6 route X:X::X:X/M$prefix <reject|blackhole>" + tail, "", "IPv6 packets to the network are dropped; with reject the sender is told."));
    return commands;
}

}  // namespace peerscape::static_routes

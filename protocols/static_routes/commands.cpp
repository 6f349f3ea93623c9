// The `ip route` and `ipv6 route` lines: read and printed.
#include "protocols/static_routes/commands.hpp"

#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "engine/base/text.hpp"
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

/// `Null0` in any case; FRR looks at the first five letters only.
bool isNull0(std::string_view interfaceName) { return toLower(interfaceName.substr(0, 5)) == "null0"; }

struct Line {
    Prefix prefix;
    Distance distance = kDefaultDistance;
    std::uint32_t tag = 0;
    StaticHop hop;
};

Result<Prefix> readPrefix(const Arguments& arguments) {
    if (!arguments.has("mask")) return arguments.prefix("prefix");
    const auto length = lengthOfMask(arguments.address("mask"));
    if (length) return Prefix(arguments.address("network"), *length);
    return failure(
        fmt::format("{} is not a network mask: its ones must all stand in front", arguments.text("mask")));
}

StaticHop readHop(const Arguments& arguments) {
    StaticHop hop;
    if (arguments.has("gateway")) hop.gateway = arguments.address("gateway");
    const std::string_view interface = arguments.text("interface");
    if (arguments.has("reject")) {
        hop.discard = Discard::Reject;
    } else if (arguments.has("blackhole")) {
        hop.discard = Discard::Blackhole;
    } else if (!isNull0(interface)) {
        hop.interface = std::string(interface);
        hop.onLink = arguments.has("onlink");
    } else if (!hop.gateway) {
        hop.discard = Discard::Null0;
    }
    // A gateway "on Null0" is the gateway without an interface, as FRR has it.
    return hop;
}

Result<Line> readLine(const Arguments& arguments) {
    const auto prefix = readPrefix(arguments);
    if (!prefix) return std::unexpected(prefix.error());
    return Line{*prefix, static_cast<Distance>(arguments.number("distance", kDefaultDistance)),
                static_cast<std::uint32_t>(arguments.number("tag")), readHop(arguments)};
}

/// What keeps the line from being a route of this router's one table; empty: nothing.
std::string_view unmodelledPart(const Arguments& arguments) {
    for (const std::string_view vrf : {"vrf", "nexthop-vrf"}) {
        if (arguments.has(vrf) && arguments.text(vrf) != "default") return vrf;
    }
    for (const std::string_view part : {"label", "table", "from"}) {
        if (arguments.has(part)) return part;
    }
    return {};
}

/// Tells of hops that are read as FRR reads them, and most likely are not what was meant.
void warnOfOddHop(ConfigSession& session, const StaticHop& hop) {
    if (hop.gateway && hop.gateway->isV6() && hop.gateway->isLinkLocal() && hop.interface.empty()) {
        session.warn(fmt::format("the gateway {} is link-local: without an interface it is never found",
                                 toString(*hop.gateway)));
    }
    if (readNumber(hop.interface)) {
        session.warn(fmt::format("'{}' is read as the name of an interface: a distance is 1 to 255",
                                 hop.interface.substr(0, 40)));
    }
}

Result<void> apply(ConfigSession& session, const Arguments& arguments) {
    auto line = readLine(arguments);
    if (!line) return std::unexpected(line.error());
    if (const auto part = unmodelledPart(arguments); !part.empty()) {
        session.warn(fmt::format("'{}' is not modelled: the static route is left out", part));
        return {};
    }
    if (arguments.has("color")) session.warn("'color' is not modelled: the static route is kept without it");
    warnOfOddHop(session, line->hop);
    return session.process<StaticConfig>().add(line->prefix, line->distance, line->tag, std::move(line->hop));
}

Result<void> undo(ConfigSession& session, const Arguments& arguments) {
    const auto line = readLine(arguments);
    if (!line) return std::unexpected(line.error());
    // Such a line was never taken in, and without the part it would mean another route.
    if (!unmodelledPart(arguments).empty()) return {};
    if (!session.process<StaticConfig>().remove(line->prefix, line->hop)) {
        session.warn(fmt::format("there is no such static route to {}", toString(line->prefix)));
    }
    return {};
}

ConfigCommand command(std::string pattern, std::string help) {
    ConfigCommand result;
    result.pattern = std::move(pattern);
    result.help = std::move(help);
    result.apply = apply;
    result.undo = undo;
    return result;
}

std::string lineOf(const StaticRoute& route, const StaticHop& hop) {
    std::string line = fmt::format("{} route {}", route.prefix.family() == Family::IPv4 ? "ip" : "ipv6",
                                   toString(route.prefix));
    if (hop.gateway) line += " " + toString(*hop.gateway);
    if (!hop.interface.empty()) line += " " + hop.interface;
    switch (hop.discard) {
        case Discard::None:
            break;
        case Discard::Blackhole:
            line += " blackhole";
            break;
        case Discard::Null0:
            line += " Null0";
            break;
        case Discard::Reject:
            line += " reject";
            break;
    }
    if (route.tag != 0) line += fmt::format(" tag {}", route.tag);
    if (route.distance != kDefaultDistance) line += fmt::format(" {}", route.distance);
    if (hop.onLink) line += " onlink";
    return line;
}

}  // namespace

std::vector<ConfigCommand> configCommands() {
    const std::string common =
        "tag (1-4294967295)$tag|(1-255)$distance|vrf NAME$vrf|label WORD$label|table (1-4294967295)$table";
    const std::string more = common + "|nexthop-vrf NAME$nexthop-vrf|color (1-4294967295)$color";
    const std::pair<std::string, std::string> shapes[] = {
        {"ip route <A.B.C.D/M$prefix|A.B.C.D$network A.B.C.D$mask>", "A.B.C.D$gateway"},
        {"ipv6 route X:X::X:X/M$prefix [from X:X::X:X/M$from]", "X:X::X:X$gateway"},
    };
    std::vector<ConfigCommand> commands;
    for (const auto& [begin, gateway] : shapes) {
        commands.push_back(command(fmt::format("{} <reject|blackhole> [{{{}}}]", begin, common),
                                   "Packets to the network are dropped; with reject the sender is told."));
        commands.push_back(
            command(fmt::format("{} {} INTERFACE$interface [{{{}|onlink}}]", begin, gateway, more),
                    "A static route by a neighbour on an interface."));
        commands.push_back(command(fmt::format("{} <{}|INTERFACE$interface> [{{{}}}]", begin, gateway, more),
                                   "A static route by a neighbour or out of an interface."));
    }
    return commands;
}

void printRouter(const ProcessConfig& config, ConfigPrinter& printer) {
    for (const auto& [key, route] : dynamic_cast<const StaticConfig&>(config).routes()) {
        for (const StaticHop& hop : route.hops)
            printer.line(lineOf(route, hop));
    }
}

}  // namespace peerscape::static_routes

#include "scenarios/shell/probe_commands.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace peerscape {

namespace {

/// The address that a name stands for: of the first loopback that has one, or else of the first interface.
std::optional<IpAddress> addressOfNode(const NodeState& node, Family family) {
    std::optional<IpAddress> result;
    for (const InterfaceState& interface : node.interfaces) {
        const auto* first = interface.firstAddress(family);
        if (first == nullptr) continue;
        if (interface.isLoopback) return first->address;
        if (!result) result = first->address;
    }
    return result;
}

Result<IpAddress> resolveName(const ShellContext& context, const ProbeOptions& options) {
    if (const auto address = IpAddress::parse(options.target)) {
        if (options.family && address->family() != *options.family) {
            return failure(fmt::format("{}: Address family for hostname not supported", options.target));
        }
        return *address;
    }
    const auto named = context.world.topology().nodeNamed(options.target);
    if (!named) return failure(fmt::format("{}: Name or service not known", options.target));
    const NodeState& node = context.world.node(*named);
    auto address = addressOfNode(node, options.family.value_or(Family::IPv4));
    if (!address && !options.family) address = addressOfNode(node, Family::IPv6);
    if (!address) return failure(fmt::format("{}: No address associated with hostname", options.target));
    return *address;
}

ProbeOptions optionsFrom(const Arguments& arguments) {
    ProbeOptions options;
    options.target = arguments.text("target");
    options.source = arguments.text("source");
    if (arguments.has("family"))
        options.family = arguments.text("family") == "ip" ? Family::IPv4 : Family::IPv6;
    if (arguments.has("count")) options.count = static_cast<std::uint32_t>(arguments.number("count"));
    if (arguments.has("size")) options.size = static_cast<std::uint16_t>(arguments.number("size"));
    if (arguments.has("ttl")) options.ttl = static_cast<std::uint8_t>(arguments.number("ttl"));
    if (arguments.has("interval"))
        options.interval = Duration::seconds(static_cast<std::int64_t>(arguments.number("interval")));
    if (arguments.has("timeout"))
        options.timeout = Duration::seconds(static_cast<std::int64_t>(arguments.number("timeout")));
    return options;
}

}  // namespace

Result<ProbeTarget> findTarget(const ShellContext& context, const ProbeOptions& options) {
    ProbeTarget target;
    const auto address = resolveName(context, options);
    if (!address) return std::unexpected(address.error());
    target.address = *address;
    if (options.source.empty()) return target;
    if (const auto source = IpAddress::parse(options.source)) {
        if (source->family() != target.address.family())
            return failure("bind: Address family not supported by protocol");
        target.source = *source;
        return target;
    }
    const auto& interfaces = context.state().interfaces;
    const auto named = std::ranges::find(interfaces, options.source, &InterfaceState::name);
    if (named == interfaces.end())
        return failure(fmt::format("SO_BINDTODEVICE {}: No such device", options.source));
    const auto* first = named->firstAddress(target.address.family());
    if (first == nullptr) return failure("bind: Cannot assign requested address");
    target.source = first->address;
    target.sourceInterface = options.source;
    return target;
}

std::string localFailureText(const ShellContext& context, LocalFailure failure, const ProbeTarget& target) {
    switch (failure) {
        case LocalFailure::None:
            return "";
        case LocalFailure::Discarded:
            return "connect: Invalid argument";
        case LocalFailure::NoSource:
            return target.source ? "bind: Cannot assign requested address"
                                 : "connect: Cannot assign requested address";
        case LocalFailure::NoRoute:
            break;
    }
    const auto hops = context.state().rib.lookUp(target.address);
    const bool isRejected = !hops.empty() && hops.front().kind == NextHop::Kind::Reject;
    return isRejected ? "connect: No route to host" : "connect: Network is unreachable";
}

std::vector<ShellCommand> probeCommands() {
    return {
        {"ping [<ip|ipv6>$family] HOST$target [{count (1-100000)$count|source ADDRESS$source|size "
         "(0-65507)$size|"
         "ttl (1-255)$ttl|interval (1-3600)$interval|timeout (1-3600)$timeout}]",
         "Sends echo requests and prints what comes back.",
         [](const ShellContext& context, const Arguments& arguments) {
             return runPing(context, optionsFrom(arguments));
         }},
        {"traceroute [<ip|ipv6>$family] HOST$target [{source ADDRESS$source|count (1-10)$count|ttl "
         "(1-255)$ttl|"
         "timeout (1-3600)$timeout}]",
         "Prints the routers on the way.",
         [](const ShellContext& context, const Arguments& arguments) {
             return runTraceroute(context, optionsFrom(arguments));
         }},
    };
}

std::optional<Result<ShellAnswer>> runProbeWithOptions(const ShellContext& context,
                                                       const std::vector<std::string_view>& words) {
    const auto isOption = [](std::string_view word) { return word.size() > 1 && word.front() == '-'; };
    if (words.empty() || std::ranges::none_of(words, isOption)) return std::nullopt;
    const bool isPing = words.front() == "ping";
    if (!isPing && words.front() != "traceroute") return std::nullopt;
    // `ping ip -c 1 X` is how vtysh passes it on.
    std::vector<std::string_view> rest = words;
    std::optional<Family> family;
    if (rest[1] == "ip") family = Family::IPv4;
    if (rest[1] == "ipv6") family = Family::IPv6;
    if (family) rest.erase(rest.begin() + 1);
    auto options = isPing ? readPingOptions(rest) : readTracerouteOptions(rest);
    if (!options) return std::unexpected(options.error());
    if (family) options->family = family;
    return isPing ? runPing(context, *options) : runTraceroute(context, *options);
}

}  // namespace peerscape

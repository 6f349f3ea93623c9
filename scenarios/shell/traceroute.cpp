// What traceroute of Linux prints with -n, from probes in a copy of the world.
#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "engine/lab/prober.hpp"
#include "scenarios/shell/probe_commands.hpp"

namespace peerscape {

namespace {

constexpr std::uint32_t kProbesPerHop = 3;
constexpr std::size_t kPacketBytes4 = 60;
constexpr std::size_t kPacketBytes6 = 80;

std::string_view markOf(IcmpKind kind) {
    switch (kind) {
        case IcmpKind::NetworkUnreachable:
            return " !N";
        case IcmpKind::HostUnreachable:
            return " !H";
        case IcmpKind::TooBig:
            return " !F";
        case IcmpKind::EchoRequest:
        case IcmpKind::EchoReply:
        case IcmpKind::TimeExceeded:
        case IcmpKind::ReassemblyTimeExceeded:
        case IcmpKind::PortUnreachable:
            break;
    }
    return "";
}

/// How many hops are printed: up to the first that ended a probe's way.
std::size_t hopsToPrint(const std::vector<TracerouteResult>& probes) {
    std::size_t least = SIZE_MAX;
    for (const TracerouteResult& probe : probes)
        least = std::min(least, probe.hops.size());
    return least;
}

std::string hopLine(const std::vector<TracerouteResult>& probes, std::size_t index) {
    std::string line = fmt::format("{:2} ", index + 1);
    std::optional<IpAddress> printed;
    for (const TracerouteResult& probe : probes) {
        const TracerouteHop& hop = probe.hops[index];
        if (!hop.from) {
            line += " *";
            continue;
        }
        if (printed != hop.from) {
            if (printed) line += " ";
            line += fmt::format(" {}", toString(*hop.from));
            printed = hop.from;
        }
        const std::int64_t micro = hop.roundTrip / Duration::microseconds(1);
        line += fmt::format("  {}.{:03} ms{}", micro / 1000, micro % 1000, markOf(hop.kind));
    }
    return line + "\n";
}

}  // namespace

Result<ShellAnswer> runTraceroute(const ShellContext& context, const ProbeOptions& options) {
    const auto target = findTarget(context, options);
    if (!target) return ShellAnswer::of(fmt::format("traceroute: {}\n", target.error().message));
    TracerouteRequest request;
    request.from = context.node;
    request.to = target->address;
    request.source = target->source;
    request.mostHops = options.ttl.value_or(request.mostHops);
    request.timeout = options.timeout.value_or(request.timeout);
    // Every probe is a flow of its own, so that ways of equal cost show.
    const std::vector<TracerouteRequest> requests(options.count.value_or(kProbesPerHop), request);
    const auto probes = traceroute(context.world, requests);

    std::string text = fmt::format("traceroute to {} ({}), {} hops max, {} byte packets\n", options.target,
                                   toString(request.to), request.mostHops,
                                   request.to.isV4() ? kPacketBytes4 : kPacketBytes6);
    const LocalFailure failure = probes.front().localFailure;
    if (failure != LocalFailure::None)
        return ShellAnswer::of(text + localFailureText(context, failure, *target) + "\n");
    for (std::size_t i = 0; i < hopsToPrint(probes); ++i)
        text += hopLine(probes, i);
    return ShellAnswer::of(std::move(text));
}

}  // namespace peerscape

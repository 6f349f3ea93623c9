#include "scenarios/runner/path_match.hpp"

namespace peerscape {

bool matchesPath(std::span<const std::string> pattern, std::span<const std::string> way) {
    if (pattern.empty()) return way.empty();
    if (pattern.front() == "*") {
        for (std::size_t skipped = 0; skipped <= way.size(); ++skipped) {
            if (matchesPath(pattern.subspan(1), way.subspan(skipped))) return true;
        }
        return false;
    }
    return !way.empty() && (pattern.front() == "?" || pattern.front() == way.front()) &&
           matchesPath(pattern.subspan(1), way.subspan(1));
}

std::vector<std::string> wayOf(const Simulation& world, NodeId from, const TracerouteResult& trace) {
    std::vector<std::string> way{world.topology().node(from).name};
    for (const TracerouteHop& hop : trace.hops) {
        way.push_back(hop.node   ? world.topology().node(*hop.node).name
                      : hop.from ? toString(*hop.from)
                                 : "*");
    }
    while (way.size() > 1 && way.back() == "*")
        way.pop_back();
    // Within one node nothing is passed on: a trace to an own address stays where it began.
    if (way.size() == 2 && way[0] == way[1]) way.pop_back();
    return way;
}

Disposition dispositionOf(const PingResult& answer, const TracerouteResult& trace) {
    switch (answer.localFailure) {
        case LocalFailure::NoRoute:
        case LocalFailure::NoSource:
            return Disposition::NoRoute;
        case LocalFailure::Discarded:
            return Disposition::DiscardedLocally;
        case LocalFailure::None:
            break;
    }
    for (const PingAnswer& a : answer.answers) {
        if (a.kind == IcmpKind::TimeExceeded)
            return trace.isLoop ? Disposition::Loop : Disposition::TtlExceeded;
        if (a.kind != IcmpKind::EchoReply) return Disposition::Unreachable;
    }
    return trace.isLoop ? Disposition::Loop : Disposition::NoReply;
}

}  // namespace peerscape

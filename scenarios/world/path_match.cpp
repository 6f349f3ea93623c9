#include "scenarios/world/path_match.hpp"

#include <optional>

namespace peerscape {

bool matchesPath(std::span<const std::string> pattern, std::span<const std::string> way) {
    std::size_t p = 0;
    std::size_t w = 0;
    // The latest `*`, and how far it reaches at present. Only that one ever has to reach further: what stood
    // before it has matched already, and the more of the way is left for what follows, the better.
    std::optional<std::size_t> star;
    std::size_t starEnd = 0;
    while (w < way.size()) {
        if (p < pattern.size() && pattern[p] == "*") {
            star = p++;
            starEnd = w;
        } else if (p < pattern.size() && (pattern[p] == "?" || pattern[p] == way[w])) {
            ++p;
            ++w;
        } else if (star) {
            p = *star + 1;
            w = ++starEnd;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == "*")
        ++p;
    return p == pattern.size();
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

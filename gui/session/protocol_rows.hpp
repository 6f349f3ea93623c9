#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/time.hpp"

/// The tables of the protocols on one router, row by row.
namespace peerscape::gui {

/// Where packets really go: a way out of the forwarding table.
struct FibRow {
    std::string prefix;
    std::string gateway;    ///< empty: the destination is on the link itself, or packets are discarded
    std::string interface;  ///< "blackhole", "reject" where packets are discarded
    std::string protocol;   ///< of the route that is forwarded by

    friend bool operator==(const FibRow&, const FibRow&) = default;
};

/// A route of RIP's or RIPng's own table.
struct RipRow {
    enum class Timer : std::uint8_t { None, Timeout, GarbageCollection };

    std::string protocol;  ///< "rip", "ripng"
    std::string prefix;
    std::uint32_t metric = 0;  ///< 16: unreachable
    std::string gateway;       ///< empty: a network of its own
    std::string from;          ///< the neighbour's name, its address where nobody has it; empty: itself
    Timer timer = Timer::None;
    Duration left;   ///< until the timer runs out
    Duration whole;  ///< how long it runs when it is started

    friend bool operator==(const RipRow&, const RipRow&) = default;
};

/// A path of EIGRP's topology table, with what the feasibility condition compares (RFC 7868, 3.3).
struct EigrpRow {
    enum class Role : std::uint8_t { Successor, FeasibleSuccessor, NotFeasible };

    std::string prefix;
    std::string state;      ///< "Passive", "Active 1"
    bool isActive = false;  ///< it asks its neighbours
    bool isOwn = false;     ///< connected, a summary, redistributed: there is no neighbour to test
    std::string via;  ///< the neighbour's name, or what kind of path of its own it is; empty: none is left
    std::string interface;  ///< empty: none
    std::uint64_t distance = 0;
    std::uint64_t reportedDistance = 0;
    std::optional<std::uint64_t> feasibleDistance;  ///< nothing: infinite
    Role role = Role::NotFeasible;
    std::string awaited;  ///< whose replies are missing: "B, C"

    friend bool operator==(const EigrpRow&, const EigrpRow&) = default;
};

/// One step of the decision process (RFC 4271, 9.1.2.2) as it concerns one path.
struct LadderRung {
    enum class Verdict : std::uint8_t {
        Passed,  ///< as good as the best path, or the best path itself
        Lost,    ///< here it is dropped
        Out,     ///< it was dropped before
    };
    std::string value;       ///< what the step compares; empty: nothing
    bool isCompared = true;  ///< false: the step does not hold between this path and the best one
    Verdict verdict = Verdict::Passed;

    friend bool operator==(const LadderRung&, const LadderRung&) = default;
};

/// A path of BGP's table.
struct BgpRow {
    std::string prefix;
    std::string from;  ///< the neighbour's name, or how the path is the router's own
    std::string nextHop;
    std::string asPath;
    std::string localPreference;
    std::string med;
    std::string origin;
    std::uint32_t weight = 0;
    SimTime since;
    bool isBest = false;
    bool isMultipath = false;  ///< used beside the best one
    bool isValid = true;
    std::string verdict;             ///< why it is not the best one; of the best one empty
    std::vector<LadderRung> ladder;  ///< of ladderSteps(); empty: it cannot be used, or nothing was decided

    friend bool operator==(const BgpRow&, const BgpRow&) = default;
};

/// A step of the decision process, and by what rule it decides.
struct LadderStep {
    std::string name;  ///< "AS path"
    std::string rule;  ///< "shortest"
};

/// A neighbour of a routing protocol, as this router sees it.
struct NeighborRow {
    std::string protocol;  ///< "bgp", "eigrp", "rip"
    std::string name;      ///< of the node; its address where nobody has it
    std::string address;
    std::string interface;  ///< empty: not known, or none
    std::string state;      ///< "Established", "Pending"; empty: the protocol has no states
    std::string reason;     ///< why it is in that state, or what is known of it
    SimTime since;          ///< when it came into that state; without states: when it was last heard
    bool isWell = true;     ///< the state is the last one

    friend bool operator==(const NeighborRow&, const NeighborRow&) = default;
};

}  // namespace peerscape::gui

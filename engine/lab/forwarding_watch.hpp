#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/time.hpp"
#include "engine/record/record.hpp"
#include "engine/record/record_log.hpp"
#include "engine/sim/simulation.hpp"

namespace peerscape {

/// A forwarding loop from its first instant to its last.
struct LoopEpisode {
    Prefix destination;           ///< packets for any address of it that no longer prefix takes
    std::vector<NodeId> routers;  ///< in the order packets go, the smallest first
    SimTime begin;
    SimTime end = SimTime::never();  ///< never: still there
    RecordId cause;                  ///< the record that closed the circle; none: there from the beginning
    RecordId endCause;               ///< the record that opened it
    /// Packets to the destination whose TTL ran out on these routers meanwhile.
    std::uint64_t packetsLost = 0;

    const std::vector<NodeId>& place() const { return routers; }
};

/// A router that is sent packets for a network that exists, and cannot get rid of them.
struct BlackHoleEpisode {
    Prefix destination;
    NodeId at;
    DropReason reason = DropReason::NoRoute;
    SimTime begin;
    SimTime end = SimTime::never();
    RecordId cause;
    RecordId endCause;
    std::uint64_t packetsLost = 0;  ///< packets to the destination dropped there for that reason meanwhile

    std::pair<NodeId, DropReason> place() const { return {at, reason}; }
};

/// How many ordered pairs of (node, network with a working interface somewhere else) there are, and in how
/// many of them a packet from the node would arrive whichever of the equal ways it took.
struct ReachablePairs {
    SimTime time;  ///< from then on
    std::uint64_t reachable = 0;
    std::uint64_t all = 0;
};

/// Follows the forwarding graph of every destination through a run and knows all loops and black holes
/// exactly, from the FIBs and not from probes. Only destinations that a change concerns are looked at again.
///
/// Destinations are classes: a prefix that some router has a selected route for stands for those of its
/// addresses that no longer such prefix takes. Packets step as in findLoops() and findBlackHoles(): hosts and
/// routers that do not forward are walked like all others.
///
/// What begins and ends within one instant has lasted no time and is not reported. Time goes forward only:
/// after a Lab::seek() back, watch anew.
class ForwardingWatch {
  public:
    explicit ForwardingWatch(const Simulation& world);
    ~ForwardingWatch();
    ForwardingWatch(ForwardingWatch&&) noexcept;
    ForwardingWatch& operator=(ForwardingWatch&&) noexcept;

    /// To be called when everything of an instant has happened (or part of it, then again), with all records
    /// of kinds() since the last call.
    void instantOver(const Simulation& world, std::span<const Record> records);

    /// What a log must keep for the watch.
    static RecordLog::Kinds kinds();

    /// All that there were and are, by begin, then destination.
    const std::vector<LoopEpisode>& loops() const;
    const std::vector<BlackHoleEpisode>& blackHoles() const;
    /// One point for the beginning and one for every change.
    const std::vector<ReachablePairs>& reachablePairs() const;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace peerscape

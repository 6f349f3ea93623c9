#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/lab/forwarding_walk.hpp"
#include "engine/topology/topology.hpp"

namespace peerscape {

/// Ways on, each kept once: a thousand routers with thousands of destinations have few different ones.
class OnwardSets {
  public:
    const Onward* keep(Onward onward) { return &*kept_.insert(std::move(onward)).first; }

  private:
    std::set<Onward> kept_;
};

/// The graph of one class of destinations, and from which nodes packets arrive. Kept up to date node by node:
/// a change costs as much as what it changes upstream.
class ForwardingPaths {
  public:
    ForwardingPaths(std::size_t nodes, const Onward* nowhere)
        : graph_(nodes, nowhere), reaches_(nodes, false) {}

    const ForwardingGraph& graph() const { return graph_; }
    const Onward& onward(NodeId node) const { return *graph_[node.value()]; }
    void set(NodeId node, const Onward* onward) { graph_[node.value()] = onward; }

    /// Whether some other node sends the node the packets.
    bool isFed(NodeId node, const Topology& topology) const;

    /// Whether a packet from the node arrives, whichever of the equal ways it takes.
    bool reaches(NodeId node) const { return reaches_[node.value()]; }
    std::uint64_t reachingCount() const { return reachingCount_; }
    /// To be called after set(), with the nodes that were set and all circles that one of them may be on.
    void settle(std::span<const NodeId> changed, const CircleFinder::Circles& circles,
                const Topology& topology);

  private:
    bool shouldReach(NodeId node) const;
    void setReaches(NodeId node, bool reaches);
    /// Carries what has changed at the nodes of the list to those that send to them.
    void spread(std::vector<NodeId> list, bool reaches, const Topology& topology);

    ForwardingGraph graph_;
    std::vector<bool> reaches_;
    std::uint64_t reachingCount_ = 0;
};

}  // namespace peerscape

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/topology/topology.hpp"

namespace peerscape {

/// Questions of graph theory about a topology, answered by Boost.Graph (which stays inside the .cpp file).
/// Nodes are vertices; a link is an edge, a LAN an edge between each two of its ends.

/// Which segments and interfaces count as usable; empty: all.
using SegmentFilter = std::function<bool(SegmentId)>;

/// Hops from `from` to every node (0 for itself); nothing where it cannot be reached.
std::vector<std::optional<std::uint32_t>> hopDistances(const Topology& topology, NodeId from,
                                                       const SegmentFilter& usable = {});

/// For every node the number of its connected part, counted from 0 in the order of the first node of each
/// part.
std::vector<std::uint32_t> connectedParts(const Topology& topology, const SegmentFilter& usable = {});

/// Nodes whose failure would separate others.
std::vector<NodeId> articulationNodes(const Topology& topology, const SegmentFilter& usable = {});

/// Groups that lie inside themselves, in the order of the circle; empty when nesting is sound.
std::vector<GroupId> groupCycle(const Topology& topology);

}  // namespace peerscape

#include "engine/lab/forwarding_paths.hpp"

#include <algorithm>
#include <utility>

namespace peerscape {

namespace {

/// Calls `visit` for every node on a segment with this one, perhaps more than once; only such nodes can send
/// to it. Stops when `visit` says true, and says so.
template <typename Visit>
bool anyNeighbor(NodeId node, const Topology& topology, Visit visit) {
    for (const Interface& interface : topology.node(node).interfaces) {
        if (!interface.segment.isSome()) continue;
        for (const InterfaceRef end : topology.segment(interface.segment).ends) {
            if (end.node != node && visit(end.node)) return true;
        }
    }
    return false;
}

bool sendsTo(const Onward& onward, NodeId node) {
    return std::binary_search(onward.next.begin(), onward.next.end(), node);
}

}  // namespace

bool ForwardingPaths::isFed(NodeId node, const Topology& topology) const {
    return anyNeighbor(node, topology, [&](NodeId other) { return sendsTo(onward(other), node); });
}

bool ForwardingPaths::shouldReach(NodeId node) const {
    const Onward& way = onward(node);
    return way.lost.empty() && (way.arrives || !way.next.empty()) &&
           std::all_of(way.next.begin(), way.next.end(), [&](NodeId to) { return reaches(to); });
}

void ForwardingPaths::setReaches(NodeId node, bool reaches) {
    reaches_[node.value()] = reaches;
    reachingCount_ = reaches ? reachingCount_ + 1 : reachingCount_ - 1;
}

void ForwardingPaths::spread(std::vector<NodeId> list, bool reaches, const Topology& topology) {
    while (!list.empty()) {
        const NodeId node = list.back();
        list.pop_back();
        anyNeighbor(node, topology, [&](NodeId other) {
            const bool concerns = this->reaches(other) != reaches && sendsTo(onward(other), node);
            if (concerns && shouldReach(other) == reaches) {
                setReaches(other, reaches);
                list.push_back(other);
            }
            return false;
        });
    }
}

void ForwardingPaths::settle(std::span<const NodeId> changed, const CircleFinder::Circles& circles,
                             const Topology& topology) {
    // First what arrives no more, beginning with circles: their nodes would vouch for each other.
    std::vector<NodeId> list;
    const auto lose = [&](NodeId node) {
        if (!reaches(node)) return;
        setReaches(node, false);
        list.push_back(node);
    };
    for (const auto& circle : circles)
        std::for_each(circle.begin(), circle.end(), lose);
    for (const NodeId node : changed) {
        if (!shouldReach(node)) lose(node);
    }
    spread(std::exchange(list, {}), false, topology);
    // Then what arrives again: whoever sends only to nodes from which packets arrive.
    for (const NodeId node : changed) {
        if (reaches(node) || !shouldReach(node)) continue;
        setReaches(node, true);
        list.push_back(node);
    }
    spread(std::move(list), true, topology);
}

}  // namespace peerscape

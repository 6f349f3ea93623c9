#include "engine/lab/forwarding_check.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace peerscape {

namespace {

/// Where one node sends packets for an address: other nodes, or to their end.
struct Onward {
    std::vector<NodeId> next;
    std::vector<DropReason> lost;
    bool arrives = false;
};

class Walker {
  public:
    explicit Walker(const Simulation& world) : world_(world) {}

    Onward onward(NodeId node, const IpAddress& address) const {
        Onward result;
        const NodeState& state = world_.node(node);
        if (state.isLocal(address)) {
            result.arrives = true;
            return result;
        }
        const auto hops = state.rib.lookUp(address);
        if (hops.empty()) result.lost.push_back(DropReason::NoRoute);
        for (const NextHop& hop : hops) {
            if (hop.kind == NextHop::Kind::Blackhole || hop.kind == NextHop::Kind::Reject) {
                result.lost.push_back(hop.kind == NextHop::Kind::Blackhole ? DropReason::Blackhole
                                                                           : DropReason::Reject);
                continue;
            }
            addNeighbor(node, hop, address, result);
        }
        std::sort(result.next.begin(), result.next.end());
        return result;
    }

  private:
    void addNeighbor(NodeId node, const NextHop& hop, const IpAddress& address, Onward& result) const {
        const IpAddress& wanted = hop.kind == NextHop::Kind::Gateway ? hop.gateway : address;
        const SegmentId segment = world_.topology().interface({node, hop.interface}).segment;
        if (segment.isSome()) {
            for (const InterfaceRef end : world_.topology().segment(segment).ends) {
                const InterfaceState& interface = world_.node(end.node).interfaces[end.interface.value()];
                if (end.node == node || !interface.hasAddress(wanted)) continue;
                if (interface.isUp()) result.next.push_back(end.node);
                if (!interface.isUp()) result.lost.push_back(DropReason::InterfaceDown);
                return;
            }
        }
        // On its own network the destination may be a machine that the lab does not draw.
        if (hop.kind == NextHop::Kind::Interface) {
            result.arrives = true;
        } else {
            result.lost.push_back(DropReason::NeighborUnknown);
        }
    }

    const Simulation& world_;
};

std::set<Prefix> allDestinations(const Simulation& world) {
    std::set<Prefix> destinations;
    for (std::uint32_t n = 0; n < world.topology().nodes().size(); ++n) {
        for (const Family family : {Family::IPv4, Family::IPv6}) {
            for (const Prefix& prefix : world.node(NodeId(n)).rib.prefixes(family))
                destinations.insert(prefix);
        }
    }
    return destinations;
}

/// An address of the network that a working interface has, if any; otherwise its first one.
IpAddress representative(const Simulation& world, const Prefix& network, bool& isAttached) {
    isAttached = false;
    for (std::uint32_t n = 0; n < world.topology().nodes().size(); ++n) {
        for (const InterfaceState& interface : world.node(NodeId(n)).interfaces) {
            for (const InterfaceAddress& address : interface.addresses) {
                if (!interface.isUp() || address.network() != network) continue;
                isAttached = true;
                return address.address;
            }
        }
    }
    if (network.isHost()) return network.address();
    // An interface that is down still answers for its own address, so a neighbour's place in the network is
    // taken.
    constexpr std::uint64_t kMostTried = 256;
    for (std::uint64_t step = 1; step < kMostTried; ++step) {
        const IpAddress candidate = network.address().plus(step);
        if (!network.contains(candidate)) break;
        bool isTaken = false;
        for (std::uint32_t n = 0; n < world.topology().nodes().size() && !isTaken; ++n)
            isTaken = world.node(NodeId(n)).isLocal(candidate);
        if (!isTaken) return candidate;
    }
    return network.address();
}

/// Circles that can be reached by following `next`, found by depth-first search with the way walked so far.
void findCircles(const std::vector<Onward>& graph, std::set<std::vector<NodeId>>& circles) {
    enum class Mark : std::uint8_t { New, OnWay, Done };
    std::vector<Mark> marks(graph.size(), Mark::New);
    struct Frame {
        NodeId node;
        std::size_t nextIndex = 0;
    };
    for (std::uint32_t start = 0; start < graph.size(); ++start) {
        if (marks[start] != Mark::New) continue;
        std::vector<Frame> way{{NodeId(start), 0}};
        marks[start] = Mark::OnWay;
        while (!way.empty()) {
            Frame& frame = way.back();
            const auto& next = graph[frame.node.value()].next;
            if (frame.nextIndex == next.size()) {
                marks[frame.node.value()] = Mark::Done;
                way.pop_back();
                continue;
            }
            const NodeId to = next[frame.nextIndex++];
            if (marks[to.value()] == Mark::New) {
                marks[to.value()] = Mark::OnWay;
                way.push_back({to, 0});
            } else if (marks[to.value()] == Mark::OnWay) {
                const auto first =
                    std::find_if(way.begin(), way.end(), [&](const Frame& f) { return f.node == to; });
                std::vector<NodeId> circle;
                for (auto at = first; at != way.end(); ++at)
                    circle.push_back(at->node);
                std::rotate(circle.begin(), std::min_element(circle.begin(), circle.end()), circle.end());
                circles.insert(std::move(circle));
            }
        }
    }
}

}  // namespace

std::vector<ForwardingLoop> findLoops(const Simulation& world) {
    const Walker walker(world);
    std::vector<ForwardingLoop> loops;
    for (const Prefix& destination : allDestinations(world)) {
        bool isAttached = false;
        const IpAddress address = representative(world, destination, isAttached);
        std::vector<Onward> graph;
        for (std::uint32_t n = 0; n < world.topology().nodes().size(); ++n)
            graph.push_back(walker.onward(NodeId(n), address));
        std::set<std::vector<NodeId>> circles;
        findCircles(graph, circles);
        for (const auto& circle : circles)
            loops.push_back({destination, circle});
    }
    return loops;
}

std::vector<BlackHole> findBlackHoles(const Simulation& world) {
    const Walker walker(world);
    std::vector<BlackHole> holes;
    for (const Prefix& destination : allDestinations(world)) {
        bool isAttached = false;
        const IpAddress address = representative(world, destination, isAttached);
        if (!isAttached) continue;
        std::set<NodeId> fed;  // nodes that some other node sends the packets to
        for (std::uint32_t n = 0; n < world.topology().nodes().size(); ++n) {
            for (const NodeId to : walker.onward(NodeId(n), address).next)
                fed.insert(to);
        }
        std::map<NodeId, DropReason> found;
        for (std::uint32_t n = 0; n < world.topology().nodes().size(); ++n) {
            for (const DropReason reason : walker.onward(NodeId(n), address).lost) {
                const bool onPurpose = reason == DropReason::Blackhole || reason == DropReason::Reject;
                // A router that nobody sends to and that has no route is merely unconnected.
                const bool concerns = fed.contains(NodeId(n)) || reason != DropReason::NoRoute;
                if (!onPurpose && concerns) found.try_emplace(NodeId(n), reason);
            }
        }
        for (const auto& [node, reason] : found)
            holes.push_back({destination, node, reason});
    }
    return holes;
}

}  // namespace peerscape

#include "engine/lab/forwarding_check.hpp"

#include <functional>
#include <utility>

#include "engine/lab/forwarding_walk.hpp"

namespace peerscape {

namespace {

/// The whole graph of one class, looked up afresh.
struct WalkedClass {
    WalkedClass(const Simulation& world, const IpAddress& address) {
        for (std::uint32_t n = 0; n < world.topology().nodes().size(); ++n) {
            nodes.push_back(NodeId(n));
            ways.push_back(onwardFrom(world, NodeId(n), address));
        }
        for (const Onward& way : ways)
            graph.push_back(&way);
    }

    std::vector<NodeId> nodes;
    std::vector<Onward> ways;
    ForwardingGraph graph;
};

void forEachClass(
    const Simulation& world,
    const std::function<void(const Prefix&, const Representative&, const WalkedClass&)>& visit) {
    const ForwardingClasses classes = forwardingClasses(world);
    const AddressBook book(world);
    for (const std::uint32_t position : classes.sorted()) {
        const Prefix& destination = classes.at(position).first;
        const auto chosen = representative(destination, classes, book);
        if (chosen) visit(destination, *chosen, WalkedClass(world, chosen->address));
    }
}

}  // namespace

std::vector<ForwardingLoop> findLoops(const Simulation& world) {
    std::vector<ForwardingLoop> loops;
    CircleFinder finder;
    forEachClass(world, [&](const Prefix& destination, const Representative&, const WalkedClass& walked) {
        for (const auto& circle : finder.find(walked.graph, walked.nodes))
            loops.push_back({destination, circle});
    });
    return loops;
}

std::vector<BlackHole> findBlackHoles(const Simulation& world) {
    std::vector<BlackHole> holes;
    forEachClass(world,
                 [&](const Prefix& destination, const Representative& chosen, const WalkedClass& walked) {
                     if (!chosen.isAttached) return;
                     std::vector<bool> isFed(walked.nodes.size());
                     for (const Onward& way : walked.ways) {
                         for (const NodeId to : way.next)
                             isFed[to.value()] = true;
                     }
                     for (const NodeId node : walked.nodes) {
                         if (const auto reason = holeIn(walked.ways[node.value()], isFed[node.value()]))
                             holes.push_back({destination, node, *reason});
                     }
                 });
    return holes;
}

}  // namespace peerscape

#pragma once

#include <string>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/sim/simulation.hpp"

namespace peerscape {

/// What the FIBs of all routers together do to a destination at one moment, found by walking them and not by
/// probing.

/// Packets for `destination` that reach one of `routers` go round and round: each sends them to the next, the
/// last to the first.
struct ForwardingLoop {
    Prefix destination;
    std::vector<NodeId> routers;
};

/// `at` is sent packets for `destination`, which exists, and cannot get rid of them.
struct BlackHole {
    Prefix destination;
    NodeId at;
    DropReason reason = DropReason::NoRoute;
};

/// Every loop, for every prefix that any router has a selected route for; one per (destination, circle),
/// smallest node first.
std::vector<ForwardingLoop> findLoops(const Simulation& world);

/// Every black hole on the way to a network that some working interface is attached to. Routes that drop on
/// purpose (Null0, blackhole, reject) are no black holes.
std::vector<BlackHole> findBlackHoles(const Simulation& world);

}  // namespace peerscape

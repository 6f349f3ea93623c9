#pragma once

#include "engine/sim/simulation.hpp"
#include "protocols/bgp/process.hpp"

namespace peerscape::mrt {

/// The BGP of a router; null when it does not run.
inline const bgp::BgpProcess* processOf(const Simulation& world, NodeId node) {
    const ProcessSlot* slot = world.node(node).slotOf(bgp::kBgp);
    return slot == nullptr ? nullptr : dynamic_cast<const bgp::BgpProcess*>(slot->process.get());
}

}  // namespace peerscape::mrt

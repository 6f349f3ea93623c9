#pragma once

#include <string>
#include <vector>

#include "gui/session/protocol_rows.hpp"
#include "scenarios/world/lab_world.hpp"

/// The tables of the protocols of one node, in their order. Empty where the protocol does not run.
namespace peerscape::gui {

std::vector<FibRow> fibOf(const LabWorld& world, NodeId node);
/// Of RIP, then of RIPng.
std::vector<RipRow> ripOf(const LabWorld& world, NodeId node);
/// Every path, also those that are not feasible; the best of a destination first.
std::vector<EigrpRow> eigrpOf(const LabWorld& world, NodeId node);
/// Every path; the best of a destination first.
std::vector<BgpRow> bgpOf(const LabWorld& world, NodeId node);
/// Of BGP, EIGRP, RIP and RIPng.
std::vector<NeighborRow> neighborsOf(const LabWorld& world, NodeId node);

/// The node's name, or the address where no node has it.
std::string nameOrAddress(const LabWorld& world, const IpAddress& address);

}  // namespace peerscape::gui

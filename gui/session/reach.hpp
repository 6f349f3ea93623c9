#pragma once

#include "gui/session/reach_matrix.hpp"
#include "scenarios/world/lab_world.hpp"

namespace peerscape::gui {

/// Read off the FIBs: no packet is sent. A node is tried at its first address that works, of a loopback where
/// it has one, IPv4 before IPv6.
ReachMatrixPtr reachMatrixOf(const LabWorld& world);
/// By which link the first node reaches the second, as its FIB says; empty: by none.
std::string linkBetween(const LabWorld& world, NodeId from, NodeId to, const IpAddress& address);

}  // namespace peerscape::gui

#pragma once

#include <vector>

#include "scenarios/config/diagnostic.hpp"
#include "scenarios/world/lab_world.hpp"

namespace peerscape {

/// What looks like a slip of the pen in the AS numbers of the routers' configurations, as warnings with a
/// remedy: numbers that nobody can have; private, reserved and documentation numbers that come to a neighbour
/// with a public one; one number for routers that have nothing to do with each other; an AS that is called
/// multihomed and has one upstream. What the lab file itself says wrong, checkAsNumbers() has reported.
std::vector<Diagnostic> asNumberWarnings(const LabWorld& world);

}  // namespace peerscape

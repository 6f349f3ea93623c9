#pragma once

#include "scenarios/world/expectations.hpp"

namespace peerscape {

/// Whether a session of the router with this neighbour is in the claimed state, and for the claimed reason.
/// What is not established says why.
Finding judgeSession(const LabWorld& world, const lab_expect::Session& claim);

/// Whether the best path of the prefix is as claimed, and other paths lost where it is claimed.
Finding judgeBest(const LabWorld& world, const lab_expect::Best& claim);

}  // namespace peerscape

#pragma once

#include "engine/sim/simulation.hpp"
#include "gui/session/comparison.hpp"

namespace peerscape::gui {

/// What differs in the routing tables of all nodes; how old routes are does not count. `timeline` and `time`
/// of the result are left to the caller.
Comparison compareTables(const Simulation& other, const Simulation& now);

}  // namespace peerscape::gui

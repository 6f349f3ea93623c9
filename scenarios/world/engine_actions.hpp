#pragma once

#include <vector>

#include "engine/base/result.hpp"
#include "engine/sim/action.hpp"
#include "engine/sim/simulation.hpp"
#include "scenarios/format/lab_actions.hpp"

namespace peerscape {

/// An engine action and when it happens, counted from now.
struct TimedAction {
    Duration after;
    Action action;
};

/// What a lab file's action means to the engine: usually one action, more for lists, flapping, and faults
/// that heal. Not for `wait`, `configure` and `command`, which need more than the engine. Names that do not
/// exist are failures.
Result<std::vector<TimedAction>> engineActions(const Simulation& world, const LabAction& action);

}  // namespace peerscape

#pragma once

#include <string>

#include "scenarios/world/lab_world.hpp"
#include "scenarios/world/step_runner.hpp"

namespace peerscape {

/// What a person at a terminal reads of one step, and of the whole run.
std::string summarize(const LabWorld& world, const StepResult& step);
std::string summarize(const LabWorld& world, const RunResult& run);

}  // namespace peerscape

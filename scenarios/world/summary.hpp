#pragma once

#include <string>
#include <utility>

#include "scenarios/world/lab_world.hpp"
#include "scenarios/world/step_runner.hpp"

namespace peerscape {

/// What a person at a terminal reads of one step, and of the whole run.
std::string summarize(const LabWorld& world, const StepResult& step);
std::string summarize(const LabWorld& world, const RunResult& run);

/// What a route of a round became, in words: before and after. Where the words would be the same, with the
/// next hops.
std::pair<std::string, std::string> describeTurn(const LabWorld& world, const RibChange& change);

}  // namespace peerscape

#pragma once

#include <filesystem>

#include "engine/base/result.hpp"
#include "scenarios/world/lab_world.hpp"
#include "scenarios/world/step_runner.hpp"

namespace peerscape {

/// Writes every router's tables as they are now, and the probes of the step, to DIR/<number>-<step>/: one
/// <router>.json each and probes.json (docs/state-files.md describes the schema).
Result<void> writeState(const LabWorld& world, const StepResult& step,
                        const std::filesystem::path& directory);

}  // namespace peerscape

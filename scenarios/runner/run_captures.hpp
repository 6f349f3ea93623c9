#pragma once

#include <filesystem>
#include <memory>

#include "engine/base/result.hpp"
#include "scenarios/capture/captures.hpp"
#include "scenarios/world/lab_world.hpp"
#include "scenarios/world/step_runner.hpp"

namespace peerscape {

/// Reads along with a run and writes a capture of each of its links and LANs.
class RunCaptures {
  public:
    /// Makes the folder and begins the files. The world must not have moved since it was loaded.
    static Result<std::unique_ptr<RunCaptures>> open(const LabWorld& world,
                                                     const std::filesystem::path& folder);

    /// To be called before the first step: has the runner hand its records to these captures.
    void follow(StepRunner& runner);
    Result<void> finish();

  private:
    RunCaptures(const LabWorld& world, const std::filesystem::path& folder);

    capture::Captures captures_;
};

}  // namespace peerscape

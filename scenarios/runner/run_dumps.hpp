#pragma once

#include <filesystem>
#include <memory>

#include "engine/base/result.hpp"
#include "scenarios/mrt/update_dumps.hpp"
#include "scenarios/world/lab_world.hpp"
#include "scenarios/world/step_runner.hpp"

namespace peerscape {

/// The MRT files of a run: what each BGP router heard, and its table after every step.
class RunDumps {
  public:
    /// Makes the folder.
    static Result<std::unique_ptr<RunDumps>> open(const LabWorld& world, const std::filesystem::path& folder);

    /// To be called before the first step.
    void follow(StepRunner& runner);
    Result<void> stepEnded(const StepResult& step);
    Result<void> finish() { return updates_.finish(); }

  private:
    RunDumps(const LabWorld& world, std::filesystem::path folder);

    const LabWorld& world_;
    std::filesystem::path folder_;
    mrt::UpdateDumps updates_;
};

}  // namespace peerscape

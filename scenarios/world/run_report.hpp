#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <span>

#include "engine/base/result.hpp"
#include "engine/lab/forwarding_watch.hpp"
#include "scenarios/report/collector.hpp"
#include "scenarios/report/events_csv.hpp"
#include "scenarios/report/report_data.hpp"
#include "scenarios/world/lab_world.hpp"
#include "scenarios/world/step_runner.hpp"

namespace peerscape {

/// Reads along with a run and writes its report: events.csv while it goes on, report.html, report.json and
/// junit.xml at its end.
class RunReport {
  public:
    /// Makes the folder and begins events.csv. The world must not have moved since it was loaded.
    static Result<std::unique_ptr<RunReport>> open(const LabWorld& world,
                                                   const std::filesystem::path& folder);

    /// To be called before the first step: has the runner hand its records to this report.
    void follow(StepRunner& runner);
    void stepEnded(const StepResult& step);
    Result<void> finish(const RunResult& run);

  private:
    RunReport(const LabWorld& world, std::filesystem::path folder);

    const LabWorld& world_;
    std::filesystem::path folder_;
    std::ofstream events_;
    std::optional<report::EventsCsv> csv_;
    report::ReportCollector collector_;
    ForwardingWatch watch_;
};

/// As events.csv tells it.
report::Conclusion conclusionOf(const AlarmNews& news);

/// A step's result in the words of a report, without what only the records say.
report::Step reportOf(const LabWorld& world, const StepResult& step);

}  // namespace peerscape

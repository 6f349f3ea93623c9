#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/time.hpp"
#include "engine/lab/oscillation_watch.hpp"
#include "engine/record/tally.hpp"
#include "scenarios/format/lab_expectations.hpp"
#include "scenarios/world/lab_world.hpp"

namespace peerscape {

/// What was found when one claim was looked at.
struct Finding {
    bool holds = false;
    std::string expected;  ///< "A reaches 10.4.0.1 by A, C, D"
    std::string actual;    ///< "no reply"
};

/// What became of one expectation of a step.
struct ExpectationResult {
    const Expectation* expectation = nullptr;
    Verdict verdict = Verdict::Skipped;
    std::string expected;
    std::string actual;                   ///< at the instant that decided
    std::optional<SimTime> firstWrongAt;  ///< for a failure: the instant it first went wrong
};

/// What the evaluation of a step may refer to besides the present state.
struct StepSoFar {
    SimTime begin;
    RecordId firstRecord;
    std::vector<FlowCounters> flowsAtBegin;
    std::optional<Convergence> convergence;    ///< known once the wait is over
    const Oscillation* oscillation = nullptr;  ///< known once the wait is over; null: none was found
    const Tally* discarded = nullptr;          ///< counts of the step's records that the log no longer has
};

/// Looks at one claim now.
Finding judge(const LabWorld& world, const Expectation& expectation, const StepSoFar& step);

/// Follows the expectations of one step while it runs, and gives their verdicts at its end.
class ExpectationWatch {
  public:
    ExpectationWatch(const LabWorld& world, const StepEntry& step, StepSoFar soFar);

    /// Whether some expectation speaks of every instant, so that look() must be called at each one.
    bool watchesEveryInstant() const;
    /// Instants at which look() must be called whatever happens (`at: 5s`, `at: eventually, within: 5s`), in
    /// order.
    std::vector<SimTime> instants() const;
    /// Looks at what speaks of the present instant.
    void look();
    /// The end of the step.
    std::vector<ExpectationResult> conclude(const Convergence& convergence, const Oscillation* oscillation);

  private:
    struct Watched {
        const Expectation* expectation = nullptr;
        std::optional<Finding> decided;
        std::optional<SimTime> decidedAt;
        std::optional<Finding> latest;
    };
    ExpectationResult conclude(Watched& watched, const Convergence& convergence);

    const LabWorld& world_;
    StepSoFar soFar_;
    std::vector<Watched> watched_;
};

}  // namespace peerscape

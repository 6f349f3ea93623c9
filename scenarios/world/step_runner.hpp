#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/lab/lab.hpp"
#include "engine/lab/oscillation_watch.hpp"
#include "engine/lab/prober.hpp"
#include "engine/record/table_cycle.hpp"
#include "engine/record/tally.hpp"
#include "scenarios/world/expectations.hpp"
#include "scenarios/world/lab_world.hpp"
#include "scenarios/world/origins.hpp"

namespace peerscape {

/// A probe of the lab file and what came of it after a step.
struct ProbeResult {
    const ProbeEntry* probe = nullptr;
    PingResult ping;
    TracerouteResult trace;
};

/// A route that changed although the processes had said that they were settled: a bug of a process, or of the
/// rules by which convergence is told.
struct BrokenQuiet {
    SimTime time;
    NodeId node;
    Prefix prefix;
};

/// What happened in one step.
struct StepResult {
    std::size_t number = 0;
    std::string name;
    SimTime begin;
    SimTime end;
    Convergence convergence;
    bool isLate = false;                     ///< it converged, but not as soon as the step's `within` demands
    std::optional<TableCycle> cycle;         ///< that kept it from converging, if the tables repeat
    std::optional<Oscillation> oscillation;  ///< why it was not waited for any longer
    std::optional<BrokenQuiet> brokenQuiet;
    Tally tally;
    std::vector<FlowCounters> flows;  ///< of this step alone, by flow
    std::vector<ProbeResult> probes;
    std::vector<ExpectationResult> expectations;
    std::vector<OriginAlarm> alarms;     ///< that began in this step or still lasted in it
    std::optional<Error> actionFailure;  ///< an action that could not be carried out; the run ends there
    bool isGivenUp = false;  ///< `onProgress` wanted no more of it: it was not waited for convergence

    /// A failed or inconclusive expectation, or the step did not converge in time, or not for good.
    bool hasFailed() const;
};

struct RunLimits {
    /// Lab time at which the whole run ends, wherever it is.
    std::optional<SimTime> until;
    /// How long a step may take to converge when it does not say so itself.
    Duration perStep = Duration::hours(1);
    /// How long the tables must stay as they are after each convergence. A copy of the lab is run for that
    /// long; the lab itself does not move.
    std::optional<Duration> quietWindow;
    /// How many records the log keeps at least; older ones are let go, so that memory does not grow with the
    /// run.
    std::size_t mostKept = 100;
};

/// Who reads along while a run goes on.
struct RunReader {
    std::function<void(SimTime)> onStep;  ///< a step begins; may be empty
    /// All records in their order, those of one instant at a time.
    std::function<void(std::span<const Record>)> onRecords;
    /// What the lab file's watches have seen, between the records of its instant and those of the next; may
    /// be empty.
    std::function<void(const AlarmNews&)> onAlarm{};
};

/// Runs the steps of a lab, one after the other.
///
/// Step 0 is the start: a first step without actions, or, where there is none, one named `start`. Each
/// further step begins when the lab has converged after the one before, or at its `at:`.
class StepRunner {
  public:
    StepRunner(LabWorld& world, RunLimits limits);

    /// From now on this reader, too, reads all records along.
    void readAlong(RunReader reader) { readers_.push_back(std::move(reader)); }

    std::size_t stepCount() const { return steps_.size(); }
    bool isDone() const { return next_ >= steps_.size(); }
    const std::string& nextName() const { return steps_[next_].name; }
    /// Runs the next step. `onProgress` hears the lab's time now and then; returning false gives the step up.
    StepResult runNext(const std::function<bool(SimTime)>& onProgress = {});
    /// Carries out the next step's actions only, without waiting for convergence.
    Result<void> beginNext();
    /// As beginNext(), but only up to the step's first `wait`: what is done in one moment.
    Result<void> beginNextUpToWait();

  private:
    Result<void> act(const StepEntry& step, ExpectationWatch* watch, const RunHooks& hooks);
    /// Lets time pass, and lets the watch look at the instants it wants to see.
    void runUntil(SimTime end, ExpectationWatch& watch, const RunHooks& hooks);
    Convergence wait(const StepEntry& step, SimTime begin, ExpectationWatch& watch, const RunHooks& hooks);
    std::optional<BrokenQuiet> breakOfQuiet() const;
    void runProbes(StepResult& result) const;
    std::vector<OriginAlarm> alarmsSince(SimTime begin) const;
    void handRecords();
    void handAlarmsBefore(SimTime instant);
    void letGoOfRecords();
    void discard(const Record& record);
    Tally tallyOfStep() const;
    std::vector<Record> routeChangesOfStep() const;

    LabWorld& world_;
    RunLimits limits_;
    std::vector<StepEntry> steps_;
    std::size_t next_ = 0;
    RecordId firstRecord_{0};  ///< of the present step

    std::vector<RunReader> readers_;
    std::optional<OriginWatch> origins_;  ///< where the lab file watches any
    std::vector<Record> portion_;
    std::uint64_t handed_ = 0;  ///< records that the readers have had
    // Of the present step's records that the log no longer has: their counts, and the last route changes.
    Tally discarded_;
    std::vector<Record> discardedChanges_;
};

/// Everything one run of a lab came to.
struct RunResult {
    std::vector<StepResult> steps;
    std::uint64_t fingerprint = 0;
    SimTime end;

    bool hasFailures() const;  ///< of any step
};

}  // namespace peerscape

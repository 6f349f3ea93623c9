#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/base/time.hpp"
#include "engine/record/record_log.hpp"
#include "engine/sim/simulation.hpp"

namespace peerscape {

struct LabOptions {
    SimulationOptions simulation;
    /// Checkpoints are taken, so that seek() can go back.
    bool canSeek = false;
    /// Events from one checkpoint to the next, at least: running this many again takes a moment only. With
    /// large tables, which take time to copy, there are more.
    std::uint64_t eventsPerCheckpoint = 20'000;
};

/// Who wants to look in while time passes.
struct RunHooks {
    /// Called now and then; returning false gives the wait up.
    std::function<bool(SimTime)> onProgress;
    /// Called once per instant in which a selected route changed, after everything of that instant has
    /// happened.
    std::function<void()> onChange;
    /// Called once per instant, after everything of that instant has happened.
    std::function<void()> onInstant;
    /// Called after each event, of which one instant may have hundreds of thousands.
    std::function<void()> onEvent;
};

/// How a wait for convergence ended.
struct Convergence {
    bool isConverged = false;
    SimTime since;       ///< the last disturbance before the wait began
    SimTime lastChange;  ///< of a selected route, since the disturbance; `since` when there was none
    SimTime knownAt;     ///< when it was certain, or when the wait was given up
    std::optional<Simulation::Unsettled> unsettled;  ///< who still expected change when the wait was given up
};

/// THE DOOR: a run of one lab. Time goes forward by events, and anywhere by seek().
///
/// A run is lab + seed + timeline of actions. Going back restores the nearest checkpoint and runs again from
/// there, with the same actions at the same places among the events, however time goes forward again; an
/// action taken in the past cuts off what lay behind it.
class Lab {
  public:
    Lab(Topology topology, LabOptions options);

    const Simulation& simulation() const { return simulation_; }
    const RecordLog& log() const { return log_; }
    RecordLog& log() { return log_; }
    SimTime now() const { return simulation_.now(); }
    std::uint64_t fingerprint() const { return log_.fingerprint(); }

    /// Carries out an action now; a disturbance for convergence. A failure changes nothing.
    Result<void> apply(Action action);
    /// Carries out an action at a later instant; one that fails then leaves a note in the log.
    void schedule(SimTime time, Action action);

    /// One event; false when nothing is left to happen.
    bool step();
    void runUntil(SimTime time, const RunHooks& hooks = {});
    void runFor(Duration duration, const RunHooks& hooks = {}) { runUntil(now() + duration, hooks); }
    /// Runs until nothing will change any more by itself (ADR 0004), at most for `limit`.
    Convergence runUntilConverged(Duration limit, const RunHooks& hooks = {});

    /// Goes to the end of the given instant, back or forward. Needs LabOptions::canSeek to go back.
    Result<void> seek(SimTime time);

    /// A place among the events that returnTo() goes back to. An instant has as many as one likes, where
    /// seek() knows its end only.
    class Bookmark;
    Bookmark bookmark() const;
    /// Whatever happened and was done since is forgotten. Records from the bookmark on must not have been let
    /// go of.
    void returnTo(const Bookmark& bookmark);

    /// The last disturbance: the latest action carried out so far.
    SimTime lastDisturbance() const { return lastDisturbance_; }

  private:
    /// An action, and where among the events it was taken.
    struct TimelineEntry {
        std::uint64_t eventsHandled = 0;
        SimTime time;
        SimTime scheduledFor;  ///< equal to `time` when taken at once
        std::shared_ptr<const Action> action;
    };
    struct Checkpoint {
        Simulation simulation;
        RecordLog::Mark mark;
        SimTime lastDisturbance;
        std::size_t timelineDone = 0;
    };

    Checkpoint present() const { return {simulation_, log_.mark(), lastDisturbance_, timelineDone_}; }
    void restore(const Checkpoint& checkpoint);
    void perform(const TimelineEntry& entry);
    /// Carries out what was done at this place among the events before seek() went back, up to `time`.
    void repeatActions(SimTime time);
    void considerCheckpoint();
    void planNextCheckpoint();
    void cutTimeline();

    LabOptions options_;
    Simulation simulation_;
    RecordLog log_;
    SimTime lastDisturbance_;
    std::vector<TimelineEntry> timeline_;
    std::size_t timelineDone_ = 0;  ///< entries already carried out at the present place
    std::vector<Checkpoint> checkpoints_;
    std::uint64_t nextCheckpointAt_ = 0;  ///< in events handled
};

class Lab::Bookmark {
  private:
    friend class Lab;
    explicit Bookmark(Checkpoint place) : place_(std::move(place)) {}

    Checkpoint place_;
};

}  // namespace peerscape

#include "engine/lab/lab.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/base/check.hpp"

namespace peerscape {

namespace {

/// More are thinned out, the old ones most, so that memory stays bounded however long the run.
constexpr std::size_t kMostCheckpoints = 48;
/// How often somebody asks whether everything is settled. The answer's instant is the last change, not the
/// question's.
constexpr Duration kAskEvery = Duration::seconds(1);

}  // namespace

Lab::Lab(Topology topology, LabOptions options)
    : options_(options), simulation_(std::move(topology), options.simulation) {
    considerCheckpoint();
}

void Lab::perform(const TimelineEntry& entry) {
    if (entry.scheduledFor > simulation_.now()) {
        simulation_.schedule(entry.scheduledFor, entry.action);
        lastDisturbance_ = std::max(lastDisturbance_, entry.scheduledFor);
    } else {
        simulation_.applyOrNote(*entry.action, log_);
        lastDisturbance_ = std::max(lastDisturbance_, simulation_.now());
    }
    ++timelineDone_;
}

Result<void> Lab::apply(Action action) {
    if (auto possible = simulation_.check(action); !possible) return possible;
    schedule(now(), std::move(action));
    return {};
}

void Lab::schedule(SimTime time, Action action) {
    cutTimeline();
    timeline_.push_back({simulation_.eventsHandled(), now(), std::max(time, now()),
                         std::make_shared<const Action>(std::move(action))});
    perform(timeline_.back());
}

void Lab::repeatActions(SimTime time) {
    while (timelineDone_ < timeline_.size()) {
        const TimelineEntry& entry = timeline_[timelineDone_];
        if (entry.eventsHandled > simulation_.eventsHandled() || entry.time > time) return;
        simulation_.advanceTo(entry.time);
        perform(entry);
    }
}

bool Lab::step() {
    repeatActions(simulation_.nextEventTime());
    if (simulation_.nextEventTime().isNever()) return false;
    simulation_.step(log_);
    considerCheckpoint();
    return true;
}

void Lab::runUntil(SimTime time, const RunHooks& hooks) {
    auto seenChanges = log_.routeChanges();
    // The action that was just taken may be all that happens at this instant.
    if (hooks.onInstant && simulation_.nextEventTime() > now()) hooks.onInstant();
    for (repeatActions(time); simulation_.nextEventTime() <= time; repeatActions(time)) {
        simulation_.step(log_);
        considerCheckpoint();
        if (hooks.onEvent) hooks.onEvent();
        const bool instantIsOver = simulation_.nextEventTime() > simulation_.now();
        if (hooks.onChange && instantIsOver && log_.routeChanges() != seenChanges) {
            seenChanges = log_.routeChanges();
            hooks.onChange();
        }
        if (hooks.onInstant && instantIsOver) hooks.onInstant();
    }
    if (time > now()) simulation_.advanceTo(time);
}

Convergence Lab::runUntilConverged(Duration limit, const RunHooks& hooks) {
    Convergence result;
    result.since = lastDisturbance_;
    const SimTime giveUpAt = now() + limit;
    const auto lastChange = [&] {
        return std::max(log_.lastRouteChange().value_or(result.since), result.since);
    };
    while (true) {
        const SimTime before = lastChange();
        // What was sent up to now must have arrived without changing anything: then nothing is left that
        // could.
        if (now() >= lastDisturbance_ && simulation_.isSettled(before)) {
            const auto whatHasHappened = [&] {
                return std::pair(simulation_.eventsHandled(), timelineDone_);
            };
            const auto then = whatHasHappened();
            runUntil(std::min(giveUpAt, now() + simulation_.longestHop() * 2), hooks);
            // Who is settled stays so as long as nothing happens.
            const bool isSettled = whatHasHappened() == then || simulation_.isSettled(before);
            if (lastChange() == before && isSettled) {
                result.isConverged = true;
                break;
            }
        }
        if (now() >= giveUpAt || (hooks.onProgress && !hooks.onProgress(now()))) {
            result.unsettled = simulation_.unsettled(lastChange());
            break;
        }
        runUntil(std::min(giveUpAt, now() + kAskEvery), hooks);
    }
    result.lastChange = lastChange();
    result.knownAt = now();
    return result;
}

void Lab::considerCheckpoint() {
    if (!options_.canSeek) return;
    if (!checkpoints_.empty() && simulation_.eventsHandled() < nextCheckpointAt_) return;
    if (checkpoints_.size() >= kMostCheckpoints) {
        for (std::size_t i = 1; i + 1 < checkpoints_.size(); ++i)
            checkpoints_.erase(checkpoints_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    checkpoints_.push_back(present());
    planNextCheckpoint();
}

/// So far away that checkpoints take a small part of the run's time: a copy, and what is then no longer
/// shared, costs as much as a hundredth of an event for every route that there is.
void Lab::planNextCheckpoint() {
    constexpr std::uint64_t kRoutesPerEvent = 4;
    const Simulation& last = checkpoints_.back().simulation;
    std::uint64_t routes = 0;
    for (std::uint32_t n = 0; n < last.topology().nodes().size(); ++n)
        routes += last.node(NodeId(n)).rib.size();
    nextCheckpointAt_ = last.eventsHandled() + options_.eventsPerCheckpoint + routes / kRoutesPerEvent;
}

void Lab::cutTimeline() {
    timeline_.resize(timelineDone_);
    const auto isAhead = [&](const Checkpoint& c) {
        return c.timelineDone > timelineDone_ || c.simulation.eventsHandled() > simulation_.eventsHandled();
    };
    while (!checkpoints_.empty() && isAhead(checkpoints_.back()))
        checkpoints_.pop_back();
    if (!checkpoints_.empty()) planNextCheckpoint();
}

Result<void> Lab::seek(SimTime time) {
    if (time < now()) {
        if (!options_.canSeek) return failure("this run keeps no checkpoints, so it cannot go back");
        const auto after = std::find_if(checkpoints_.begin(), checkpoints_.end(),
                                        [&](const Checkpoint& c) { return c.simulation.now() > time; });
        PEERSCAPE_CHECK(after != checkpoints_.begin());
        restore(*std::prev(after));
    }
    runUntil(time);
    return {};
}

void Lab::restore(const Checkpoint& checkpoint) {
    simulation_ = checkpoint.simulation;
    log_.rewindTo(checkpoint.mark);
    lastDisturbance_ = checkpoint.lastDisturbance;
    timelineDone_ = checkpoint.timelineDone;
}

Lab::Bookmark Lab::bookmark() const { return Bookmark(present()); }

void Lab::returnTo(const Bookmark& bookmark) {
    restore(bookmark.place_);
    cutTimeline();
}

}  // namespace peerscape

#include "scenarios/world/step_runner.hpp"

#include <algorithm>
#include <utility>

namespace peerscape {

namespace {

std::vector<FlowCounters> countersOf(const Simulation& world) {
    std::vector<FlowCounters> counters;
    for (const FlowState& flow : world.flows())
        counters.push_back(flow.counters);
    return counters;
}

/// What happened between two readings of one flow's counters. Extremes of the delay are of the whole run.
FlowCounters difference(const FlowCounters& after, const FlowCounters& before) {
    FlowCounters result = after;
    result.sent -= before.sent;
    result.received -= before.received;
    result.late -= before.late;
    result.delaySum = after.delaySum - before.delaySum;
    for (std::size_t i = 0; i < result.dropped.size(); ++i)
        result.dropped[i] -= before.dropped[i];
    return result;
}

}  // namespace

bool StepResult::hasFailed() const {
    bool isRestlessOnPurpose = false;
    for (const ExpectationResult& e : expectations) {
        const bool isOpen = e.verdict == Verdict::Inconclusive;
        if (e.verdict == Verdict::Fail) return true;
        if (isOpen && e.expectation->level != ExpectationLevel::Warning) return true;
        // {converged: true, not: true} or {oscillates: true}: a network that never comes to rest may be the
        // point of the lab.
        const bool isAboutRest =
            std::holds_alternative<lab_expect::Converged>(e.expectation->what) && e.expectation->negated;
        const bool isAboutUnrest =
            std::holds_alternative<lab_expect::Oscillates>(e.expectation->what) && !e.expectation->negated;
        if ((isAboutRest || isAboutUnrest) && e.verdict == Verdict::Pass) isRestlessOnPurpose = true;
    }
    const bool isRestless = !convergence.isConverged || isLate;
    return actionFailure.has_value() || brokenQuiet.has_value() || (isRestless && !isRestlessOnPurpose);
}

bool RunResult::hasFailures() const {
    return std::any_of(steps.begin(), steps.end(), [](const StepResult& step) { return step.hasFailed(); });
}

StepRunner::StepRunner(LabWorld& world, RunLimits limits)
    : world_(world), limits_(limits), steps_(world.file().steps) {
    if (steps_.empty() || !steps_.front().actions.empty()) {
        StepEntry start;
        start.name = "start";
        steps_.insert(steps_.begin(), std::move(start));
    }
}

Result<void> StepRunner::act(const StepEntry& step, ExpectationWatch* watch, const RunHooks& hooks) {
    Lab& lab = world_.lab();
    if (step.at) lab.runUntil(std::max(lab.now(), SimTime::after(*step.at)), hooks);
    for (const LabAction& action : step.actions) {
        const auto* pause = std::get_if<lab_action::Wait>(&action.what);
        if (pause != nullptr && watch != nullptr) {
            const SimTime end = lab.now() + pause->duration;
            runUntil(limits_.until ? std::clamp(*limits_.until, lab.now(), end) : end, *watch, hooks);
            // What would come behind the end of the run does not happen.
            if (lab.now() < end) return {};
        } else if (auto done = world_.perform(action, hooks); !done) {
            return done;
        }
        if (hooks.onChange) hooks.onChange();
    }
    return {};
}

Result<void> StepRunner::beginNext() { return act(steps_[next_++], nullptr, {}); }

Result<void> StepRunner::beginNextUpToWait() {
    StepEntry step = steps_[next_++];
    const auto isWait = [](const LabAction& action) {
        return std::holds_alternative<lab_action::Wait>(action.what);
    };
    step.actions.erase(std::ranges::find_if(step.actions, isWait), step.actions.end());
    return act(step, nullptr, {});
}

void StepRunner::runUntil(SimTime end, ExpectationWatch& watch, const RunHooks& hooks) {
    Lab& lab = world_.lab();
    for (const SimTime instant : watch.instants()) {
        if (instant < lab.now() || instant > end) continue;
        lab.runUntil(instant, hooks);
        watch.look();
    }
    lab.runUntil(end, hooks);
}

Convergence StepRunner::wait(const StepEntry& step, SimTime begin, ExpectationWatch& watch,
                             const RunHooks& hooks) {
    Lab& lab = world_.lab();
    SimTime limit = begin + std::max(limits_.perStep, step.within.value_or(Duration()));
    if (step.until) limit = SimTime::after(*step.until);
    if (limits_.until) limit = std::min(limit, *limits_.until);
    limit = std::max(limit, lab.now());
    watch.look();
    std::optional<SimTime> lastInstant;
    for (const SimTime instant : watch.instants()) {
        if (instant >= lab.now() && instant <= limit) lastInstant = instant;
    }
    if (lastInstant) runUntil(*lastInstant, watch, hooks);
    Convergence convergence = lab.runUntilConverged(limit - lab.now(), hooks);
    // `until` keeps the step going after convergence too: some labs want to watch a calm network.
    if (step.until && lab.now() < limit) lab.runUntil(limit, hooks);
    return convergence;
}

StepResult StepRunner::runNext(const std::function<bool(SimTime)>& onProgress) {
    const StepEntry& step = steps_[next_];
    Lab& lab = world_.lab();
    StepResult result;
    result.number = next_++;
    result.name = step.name;
    RunHooks hooks;
    if (!origins_ && !world_.file().watches.empty()) origins_.emplace(world_.file(), world_.simulation());
    OscillationWatch oscillations;
    hooks.onEvent = [&] {
        oscillations.follow(lab);
        // Nobody waits for whole instants, of which one may have records by the gigabyte.
        if (readers_.empty() && !origins_) handRecords();
    };
    if (!readers_.empty() || origins_) hooks.onInstant = [this] { handRecords(); };
    if (step.at) lab.runUntil(std::max(lab.now(), SimTime::after(*step.at)), hooks);
    result.begin = lab.now();

    // The first step's facts include switching on, which happened before anybody could ask.
    if (result.number > 0) {
        handRecords();
        firstRecord_ = RecordId(lab.log().count());
        discarded_ = {};
        discardedChanges_.clear();
    }
    for (const RunReader& reader : readers_) {
        if (reader.onStep) reader.onStep(result.begin);
    }
    const StepSoFar soFar{result.begin, firstRecord_, countersOf(world_.simulation()),
                          std::nullopt, nullptr,      &discarded_};
    ExpectationWatch watch(world_, step, soFar);
    if (watch.watchesEveryInstant()) hooks.onChange = [&watch] { watch.look(); };
    hooks.onProgress = [&](SimTime now) {
        result.isGivenUp = result.isGivenUp || (onProgress && !onProgress(now));
        return !result.isGivenUp && !oscillations.found();
    };
    if (const auto done = act(step, &watch, hooks); !done) {
        result.actionFailure = done.error();
        result.end = lab.now();
        next_ = steps_.size();
        handRecords();
        return result;
    }
    result.convergence = wait(step, result.begin, watch, hooks);
    if (!result.convergence.isConverged) result.oscillation = oscillations.found();
    if (!result.convergence.isConverged && !result.oscillation)
        result.cycle = findTableCycle(routeChangesOfStep());
    if (result.convergence.isConverged) result.brokenQuiet = breakOfQuiet();
    result.isLate = step.within && result.convergence.lastChange > result.begin + *step.within;
    result.end = lab.now();
    handRecords();
    handAlarmsBefore(SimTime::never());
    result.tally = tallyOfStep();
    const std::vector<FlowCounters> flows = countersOf(world_.simulation());
    for (std::size_t i = 0; i < flows.size(); ++i) {
        result.flows.push_back(
            difference(flows[i], i < soFar.flowsAtBegin.size() ? soFar.flowsAtBegin[i] : FlowCounters{}));
    }
    result.alarms = alarmsSince(result.begin);
    runProbes(result);
    result.expectations =
        watch.conclude(result.convergence, result.oscillation ? &*result.oscillation : nullptr);
    if (limits_.until && !isDone()) {
        const SimTime nextBegin = SimTime::after(steps_[next_].at.value_or(Duration()));
        if (std::max(lab.now(), nextBegin) >= *limits_.until) next_ = steps_.size();
    }
    return result;
}

std::vector<OriginAlarm> StepRunner::alarmsSince(SimTime begin) const {
    std::vector<OriginAlarm> alarms = origins_ ? origins_->alarms() : std::vector<OriginAlarm>();
    std::erase_if(alarms, [begin](const OriginAlarm& alarm) { return alarm.end <= begin; });
    return alarms;
}

std::optional<BrokenQuiet> StepRunner::breakOfQuiet() const {
    if (!limits_.quietWindow) return std::nullopt;
    Lab ahead = world_.lab();
    const std::uint64_t begin = ahead.log().count();
    ahead.runFor(*limits_.quietWindow);
    const auto& kept = ahead.log().kept();
    for (std::size_t i = ahead.log().positionOf(RecordId(begin)); i < kept.size(); ++i) {
        const auto* changed = std::get_if<record::RouteChanged>(&kept[i].what);
        if (changed != nullptr) return BrokenQuiet{kept[i].time, kept[i].node, changed->change->prefix};
    }
    return std::nullopt;
}

void StepRunner::handRecords() {
    const RecordLog& log = world_.lab().log();
    const bool isRead = !readers_.empty() || origins_;
    if (isRead && log.count() != handed_) {
        const auto& kept = log.kept();
        portion_.assign(kept.begin() + static_cast<std::ptrdiff_t>(log.positionOf(RecordId(handed_))),
                        kept.end());
        if (!portion_.empty()) handAlarmsBefore(portion_.front().time);
        for (const RunReader& reader : readers_)
            reader.onRecords(portion_);
        if (origins_) origins_->instantOver(world_.simulation(), portion_);
    }
    handed_ = log.count();
    letGoOfRecords();
}

void StepRunner::handAlarmsBefore(SimTime instant) {
    if (!origins_) return;
    for (const AlarmNews& news : origins_->takeNewsBefore(instant)) {
        for (const RunReader& reader : readers_) {
            if (reader.onAlarm) reader.onAlarm(news);
        }
    }
}

void StepRunner::letGoOfRecords() {
    RecordLog& log = world_.lab().log();
    const auto& kept = log.kept();
    if (kept.size() < 2 * limits_.mostKept) return;
    const RecordId from(handed_ - limits_.mostKept);
    for (std::size_t i = log.positionOf(firstRecord_); i < kept.size() && kept[i].id < from; ++i)
        discard(kept[i]);
    log.discardBefore(from);
}

void StepRunner::discard(const Record& record) {
    constexpr std::size_t kMostChanges = 1'000;
    discarded_.count(record);
    if (!std::holds_alternative<record::RouteChanged>(record.what)) return;
    if (discardedChanges_.size() >= 2 * kMostChanges)
        discardedChanges_.erase(discardedChanges_.begin(), discardedChanges_.end() - kMostChanges);
    discardedChanges_.push_back(record);
}

std::vector<Record> StepRunner::routeChangesOfStep() const {
    std::vector<Record> changes = discardedChanges_;
    const RecordLog& log = std::as_const(world_).lab().log();
    for (std::size_t i = log.positionOf(firstRecord_); i < log.kept().size(); ++i) {
        if (std::holds_alternative<record::RouteChanged>(log.kept()[i].what))
            changes.push_back(log.kept()[i]);
    }
    return changes;
}

Tally StepRunner::tallyOfStep() const {
    Tally total = discarded_;
    const auto& kept = world_.lab().log().kept();
    for (std::size_t i = world_.lab().log().positionOf(firstRecord_); i < kept.size(); ++i)
        total.count(kept[i]);
    return total;
}

void StepRunner::runProbes(StepResult& result) const {
    std::vector<PingRequest> pings;
    std::vector<TracerouteRequest> traces;
    for (const ProbeEntry& probe : world_.file().probes) {
        const auto from = world_.nodeNamed(probe.from.name);
        const auto to = world_.addressOf(probe.to);
        if (!from || !to) continue;
        result.probes.push_back({&probe, {}, {}});
        pings.push_back({.from = *from, .to = *to, .source = probe.source});
        traces.push_back({.from = *from, .to = *to, .source = probe.source});
    }
    if (pings.empty()) return;
    auto answers = ping(world_.simulation(), pings);
    auto ways = traceroute(world_.simulation(), traces);
    for (std::size_t i = 0; i < result.probes.size(); ++i) {
        result.probes[i].ping = std::move(answers[i]);
        result.probes[i].trace = std::move(ways[i]);
    }
}

}  // namespace peerscape

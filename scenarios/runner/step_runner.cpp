#include "scenarios/runner/step_runner.hpp"

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

bool RunResult::hasFailures() const {
    return std::any_of(steps.begin(), steps.end(), [](const StepResult& step) {
        const bool bad =
            std::any_of(step.expectations.begin(), step.expectations.end(), [](const ExpectationResult& e) {
                return e.verdict == Verdict::Fail || e.verdict == Verdict::Inconclusive;
            });
        return bad || step.actionFailure.has_value() || !step.convergence.isConverged;
    });
}

StepRunner::StepRunner(LabWorld& world, RunLimits limits)
    : world_(world), limits_(limits), steps_(world.file().steps) {
    if (steps_.empty() || !steps_.front().actions.empty()) {
        StepEntry start;
        start.name = "start";
        steps_.insert(steps_.begin(), std::move(start));
    }
}

Result<void> StepRunner::act(const StepEntry& step, const RunHooks& hooks) {
    Lab& lab = world_.lab();
    if (step.at) lab.runUntil(std::max(lab.now(), SimTime::after(*step.at)), hooks);
    for (const LabAction& action : step.actions) {
        if (auto done = world_.perform(action, hooks); !done) return done;
        if (hooks.onChange) hooks.onChange();
    }
    return {};
}

Result<void> StepRunner::beginNext() { return act(steps_[next_++], {}); }

Convergence StepRunner::wait(const StepEntry& step, SimTime begin, ExpectationWatch& watch,
                             const RunHooks& hooks) {
    Lab& lab = world_.lab();
    SimTime limit = begin + limits_.perStep;
    if (step.until) limit = SimTime::after(*step.until);
    if (limits_.until) limit = std::min(limit, *limits_.until);
    for (const SimTime instant : watch.instants()) {
        if (instant > limit) break;
        lab.runUntil(std::max(instant, lab.now()), hooks);
        watch.look();
    }
    Convergence convergence = lab.runUntilConverged(std::max(limit, lab.now()) - lab.now(), hooks);
    // `until` keeps the step going after convergence too: some labs want to watch a calm network.
    if (step.until && lab.now() < limit) lab.runUntil(limit, hooks);
    return convergence;
}

StepResult StepRunner::runNext(const std::function<void(SimTime)>& onProgress) {
    const StepEntry& step = steps_[next_];
    Lab& lab = world_.lab();
    StepResult result;
    result.number = next_++;
    result.name = step.name;
    if (step.at) lab.runUntil(std::max(lab.now(), SimTime::after(*step.at)));
    result.begin = lab.now();

    // The first step's facts include switching on, which happened before anybody could ask.
    const RecordId firstRecord = result.number == 0 ? RecordId(0) : RecordId(lab.log().count());
    const StepSoFar soFar{result.begin, firstRecord, countersOf(world_.simulation()), std::nullopt};
    ExpectationWatch watch(world_, step, soFar);
    RunHooks hooks;
    if (watch.watchesEveryInstant()) hooks.onChange = [&watch] { watch.look(); };
    if (onProgress) {
        hooks.onProgress = [&onProgress](SimTime now) {
            onProgress(now);
            return true;
        };
    }
    if (const auto done = act(step, hooks); !done) {
        result.actionFailure = done.error();
        result.end = lab.now();
        next_ = steps_.size();
        return result;
    }
    result.convergence = wait(step, result.begin, watch, hooks);
    result.end = lab.now();
    result.tally = tally(lab.log(), firstRecord, RecordId(lab.log().count()));
    const std::vector<FlowCounters> flows = countersOf(world_.simulation());
    for (std::size_t i = 0; i < flows.size(); ++i) {
        result.flows.push_back(
            difference(flows[i], i < soFar.flowsAtBegin.size() ? soFar.flowsAtBegin[i] : FlowCounters{}));
    }
    runProbes(result);
    result.expectations = watch.conclude(result.convergence);
    if (limits_.until && lab.now() >= *limits_.until) next_ = steps_.size();
    return result;
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

#include "scenarios/world/summary.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "protocols/catalogue/catalogue.hpp"
#include "scenarios/world/path_match.hpp"

namespace peerscape {

namespace {

std::string describeConvergence(const LabWorld& world, const StepResult& step) {
    const Convergence& c = step.convergence;
    if (step.actionFailure) return fmt::format("could not be carried out: {}", toString(*step.actionFailure));
    if (step.oscillation)
        return fmt::format("OSCILLATES FOR EVER with a period of {}", toString(step.oscillation->period()));
    if (!c.isConverged) {
        std::string text = fmt::format("NOT CONVERGED by {}", toString(c.knownAt));
        if (c.unsettled)
            text += fmt::format("; {} on {} still expects changes", protocolName(c.unsettled->protocol),
                                world.nameOf(c.unsettled->node));
        return text;
    }
    const Duration took = std::max(c.lastChange, step.begin) - step.begin;
    return fmt::format("converged after {} (at {}){}", toString(took),
                       toString(std::max(c.lastChange, step.begin)),
                       step.isLate ? ", which is TOO LATE for this step" : "");
}

std::string describeRoute(const SelectedRoute& route) {
    return route.exists() ? fmt::format("{} metric {}", protocolName(route.protocol), route.metric)
                          : "no route";
}

std::string describeHops(const LabWorld& world, const SelectedRoute& route) {
    std::vector<std::string> hops;
    for (const NextHop& hop : route.hops) {
        const auto owner = ownerOf(world.simulation(), hop.gateway);
        hops.push_back(owner ? world.nameOf(*owner) : toString(hop.gateway));
    }
    return fmt::format("{}", fmt::join(hops, " and "));
}

/// The way round, at most this many changes of it.
std::string describeRound(const LabWorld& world, const std::vector<TableCycle::Change>& round) {
    constexpr std::size_t kMostChanges = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(round.size(), kMostChanges); ++i) {
        const TableCycle::Change& c = round[i];
        const auto [before, after] = describeTurn(world, *c.change);
        text += fmt::format("            {} {} {}: {} to {}\n", toString(c.time), world.nameOf(c.node),
                            toString(c.change->prefix), before, after);
    }
    if (round.size() > kMostChanges)
        text += fmt::format("            and {} changes more\n", round.size() - kMostChanges);
    return text;
}

std::string describeCycle(const LabWorld& world, const TableCycle& cycle) {
    return fmt::format(
               "  cycle     all tables were the same {} times, the last time at {}; a round takes {}:\n",
               cycle.returns.size(), toString(cycle.returns.back()), toString(cycle.period())) +
           describeRound(world, cycle.lastRound);
}

std::string describeOscillation(const LabWorld& world, const Oscillation& oscillation) {
    return fmt::format(
               "  for ever  at {} everything is as it was at {}, messages on their way included; "
               "every {} comes again:\n",
               toString(oscillation.again), toString(oscillation.first), toString(oscillation.period())) +
           describeRound(world, oscillation.round);
}

std::string describeBreak(const LabWorld& world, const BrokenQuiet& broken) {
    return fmt::format("  NOT QUIET after convergence: at {} {} changes its route to {}\n",
                       toString(broken.time), world.nameOf(broken.node), toString(broken.prefix));
}

std::string describeChanges(const StepResult& step) {
    const Tally& t = step.tally;
    if (t.routeChanges == 0) return "no route changed";
    return fmt::format("{} route changes at {} nodes, first at {}, last at {}", t.routeChanges,
                       t.routeChangesAt.size(), toString(*t.firstChange), toString(*t.lastChange));
}

std::string describeMessages(const StepResult& step) {
    std::vector<std::string> parts;
    for (const auto& [protocol, traffic] : step.tally.sent) {
        parts.push_back(
            fmt::format("{} {} messages, {} bytes", protocolName(protocol), traffic.messages, traffic.bytes));
    }
    return parts.empty() ? "none" : fmt::format("{}", fmt::join(parts, "; "));
}

std::string describeLost(const StepResult& step) {
    if (step.tally.dropped.empty()) return "none";
    std::vector<std::string> parts;
    for (const auto& [reason, count] : step.tally.dropped)
        parts.push_back(fmt::format("{} ({})", count, toString(reason)));
    return fmt::format("{}: {}", step.tally.lost(), fmt::join(parts, ", "));
}

std::string describeProbe(const LabWorld& world, const ProbeResult& result) {
    const NodeId from = world.nodeNamed(result.probe->from.name).value_or(NodeId());
    const auto way = wayOf(world.simulation(), from, result.trace);
    const std::string outcome =
        result.ping.isOk() ? "ok" : std::string(toString(dispositionOf(result.ping, result.trace)));
    return fmt::format("{} to {}: {}, way {}", result.probe->from.name, result.probe->to.text, outcome,
                       fmt::join(way, " > "));
}

std::string describeFlow(const FlowState& flow, const FlowCounters& counters) {
    std::string text = fmt::format("flow {}: {} sent, {} received, {} lost", flow.name, counters.sent,
                                   counters.received, counters.lost());
    if (counters.looped() > 0) text += fmt::format(" ({} of them looped)", counters.looped());
    if (counters.late > 0) text += fmt::format(", {} late", counters.late);
    return text;
}

std::string describeAlarm(const LabWorld& world, const OriginAlarm& alarm) {
    const std::string end = alarm.end.isNever()
                                ? fmt::format("since {}", toString(alarm.begin))
                                : fmt::format("from {} to {}", toString(alarm.begin), toString(alarm.end));
    return fmt::format("{}, {}", describe(world, alarm), end);
}

std::string mark(Verdict verdict) {
    switch (verdict) {
        case Verdict::Pass:
            return "PASS";
        case Verdict::Fail:
            return "FAIL";
        case Verdict::Warning:
            return "WARN";
        case Verdict::Inconclusive:
            return "OPEN";
        case Verdict::Skipped:
            return "SKIP";
    }
    return "?";
}

std::string describeExpectation(const ExpectationResult& result) {
    const Expectation& e = *result.expectation;
    const std::string claim = !e.name.empty() ? e.name : result.expected;
    if (result.verdict == Verdict::Pass)
        return fmt::format("  {}  {}\n", mark(result.verdict), e.pass.empty() ? claim : e.pass);
    std::string text = fmt::format("  {}  {}\n        expected: {}\n        actual:   {}\n",
                                   mark(result.verdict), claim, result.expected, result.actual);
    if (result.firstWrongAt)
        text += fmt::format("        first wrong at {}\n", toString(*result.firstWrongAt));
    if (e.place.at.line != 0) text += fmt::format("        claimed in {}\n", toString(e.place.at));
    return text;
}

}  // namespace

std::pair<std::string, std::string> describeTurn(const LabWorld& world, const RibChange& change) {
    std::string before = describeRoute(change.before);
    std::string after = describeRoute(change.after);
    if (before == after) {
        before += " via " + describeHops(world, change.before);
        after += " via " + describeHops(world, change.after);
    }
    return {std::move(before), std::move(after)};
}

std::string summarize(const LabWorld& world, const StepResult& step) {
    std::string text =
        fmt::format("Step {} {}: {}\n", step.number, step.name, describeConvergence(world, step));
    if (step.actionFailure) return text;
    if (step.oscillation) text += describeOscillation(world, *step.oscillation);
    if (step.cycle) text += describeCycle(world, *step.cycle);
    if (step.brokenQuiet) text += describeBreak(world, *step.brokenQuiet);
    text += fmt::format("  routes    {}\n", describeChanges(step));
    text += fmt::format("  messages  {}\n", describeMessages(step));
    text += fmt::format("  lost      {}\n", describeLost(step));
    for (std::size_t i = 0; i < step.flows.size(); ++i)
        text += fmt::format("  {}\n", describeFlow(world.simulation().flows()[i], step.flows[i]));
    for (const ProbeResult& probe : step.probes)
        text += fmt::format("  probe     {}\n", describeProbe(world, probe));
    for (const OriginAlarm& alarm : step.alarms)
        text += fmt::format("  ALARM     {}\n", describeAlarm(world, alarm));
    for (const ExpectationResult& result : step.expectations)
        text += describeExpectation(result);
    return text;
}

std::string summarize(const LabWorld& world, const RunResult& run) {
    std::size_t counts[5] = {};
    for (const StepResult& step : run.steps) {
        for (const ExpectationResult& e : step.expectations)
            ++counts[static_cast<std::size_t>(e.verdict)];
    }
    const auto count = [&](Verdict v) { return counts[static_cast<std::size_t>(v)]; };
    std::string text = fmt::format("{}: {} steps, {} expectations met", world.file().title, run.steps.size(),
                                   count(Verdict::Pass));
    if (count(Verdict::Fail) > 0) text += fmt::format(", {} FAILED", count(Verdict::Fail));
    if (count(Verdict::Warning) > 0) text += fmt::format(", {} warnings", count(Verdict::Warning));
    if (count(Verdict::Inconclusive) > 0)
        text += fmt::format(", {} inconclusive", count(Verdict::Inconclusive));
    if (count(Verdict::Skipped) > 0) text += fmt::format(", {} skipped", count(Verdict::Skipped));
    return text + fmt::format("; fingerprint {:016x}\n", run.fingerprint);
}

}  // namespace peerscape

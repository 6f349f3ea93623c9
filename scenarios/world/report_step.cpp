// What one step came to, in the words of its report.
#include <algorithm>

#include <fmt/format.h>

#include "protocols/catalogue/catalogue.hpp"
#include "scenarios/world/path_match.hpp"
#include "scenarios/world/run_report.hpp"
#include "scenarios/world/summary.hpp"

namespace peerscape {

namespace {

report::Expectation reportOf(const ExpectationResult& result) {
    const Expectation& e = *result.expectation;
    report::Expectation one;
    one.kind = std::string(wordOf(e));
    one.claim = e.name;
    if (result.verdict == Verdict::Pass) one.remark = e.pass;
    one.verdict = result.verdict;
    one.expected = result.expected;
    one.actual = result.actual;
    one.firstWrongAt = result.firstWrongAt;
    if (e.place.at.line != 0) one.place = toString(e.place.at);
    one.weight = e.weight;
    return one;
}

report::FlowOutcome reportOf(const FlowState& flow, const FlowCounters& counters) {
    report::FlowOutcome one;
    one.name = flow.name;
    one.sent = counters.sent;
    one.received = counters.received;
    one.lost = counters.lost();
    one.looped = counters.looped();
    one.late = counters.late;
    if (counters.received > 0)
        one.meanDelay = counters.delaySum / static_cast<std::int64_t>(counters.received);
    return one;
}

report::ProbeOutcome reportOf(const LabWorld& world, const ProbeResult& result) {
    const NodeId from = world.nodeNamed(result.probe->from.name).value_or(NodeId());
    report::ProbeOutcome one;
    one.from = result.probe->from.name;
    one.to = result.probe->to.text;
    one.isReached = result.ping.isOk();
    one.outcome = one.isReached ? "reached" : std::string(toString(dispositionOf(result.ping, result.trace)));
    one.way = wayOf(world.simulation(), from, result.trace);
    for (const PingAnswer& answer : result.ping.answers) {
        if (answer.kind == IcmpKind::EchoReply && !one.roundTrip) one.roundTrip = answer.roundTrip;
    }
    return one;
}

report::Alarm reportOf(const LabWorld& world, const OriginAlarm& alarm) {
    report::Alarm one;
    one.watched = toString(alarm.watched);
    one.prefix = toString(alarm.prefix);
    one.origin = originText(alarm.origin);
    one.begin = alarm.begin;
    if (!alarm.end.isNever()) one.end = alarm.end;
    for (const OriginAlarm::Believer& believer : alarm.believers)
        one.routers.push_back(world.nameOf(believer.router));
    return one;
}

void addRound(const LabWorld& world, const std::vector<TableCycle::Change>& round, report::Cycle& cycle) {
    constexpr std::size_t kMostTurns = 50;
    for (const TableCycle::Change& c : round) {
        if (cycle.round.size() == kMostTurns) break;
        auto [before, after] = describeTurn(world, *c.change);
        cycle.round.push_back(
            {c.time, world.nameOf(c.node), toString(c.change->prefix), std::move(before), std::move(after)});
    }
    cycle.furtherTurns = round.size() - cycle.round.size();
}

report::Cycle reportOf(const LabWorld& world, const TableCycle& cycle) {
    report::Cycle one;
    one.returns = cycle.returns.size();
    one.last = cycle.returns.back();
    one.period = cycle.period();
    addRound(world, cycle.lastRound, one);
    return one;
}

report::Cycle reportOf(const LabWorld& world, const Oscillation& oscillation) {
    report::Cycle one;
    one.returns = 2;
    one.last = oscillation.again;
    one.period = oscillation.period();
    one.isForEver = true;
    addRound(world, oscillation.round, one);
    return one;
}

}  // namespace

report::Step reportOf(const LabWorld& world, const StepResult& step) {
    report::Step one;
    one.number = step.number;
    one.name = step.name;
    for (const StepEntry& entry : world.file().steps) {
        if (entry.name == step.name && one.about.empty()) one.about = entry.about;
    }
    one.begin = step.begin;
    one.end = step.end;
    one.isConverged = step.convergence.isConverged;
    one.isLate = step.isLate;
    one.hasFailed = step.hasFailed();
    if (const auto& who = step.convergence.unsettled)
        one.unsettled = fmt::format("{} on {} still expects changes", protocolName(who->protocol),
                                    world.nameOf(who->node));
    if (step.actionFailure) one.actionFailure = toString(*step.actionFailure);
    if (step.cycle) one.cycle = reportOf(world, *step.cycle);
    if (step.oscillation) one.cycle = reportOf(world, *step.oscillation);
    if (const auto& broken = step.brokenQuiet)
        one.brokenQuiet =
            fmt::format("after convergence, at {}, {} changes its route to {}", toString(broken->time),
                        world.nameOf(broken->node), toString(broken->prefix));
    one.convergence = std::max(step.convergence.lastChange, step.begin) - step.begin;
    one.lastChange = step.tally.lastChange;
    one.routeChanges = step.tally.routeChanges;
    one.protocolPacketsDropped = step.tally.protocolPacketsDropped;
    for (const auto& [protocol, traffic] : step.tally.sent)
        one.traffic.push_back({protocolName(protocol), traffic.messages, traffic.bytes});
    for (const auto& [reason, count] : step.tally.dropped)
        one.drops.push_back({std::string(toString(reason)), count});
    for (std::size_t i = 0; i < step.flows.size(); ++i)
        one.flows.push_back(reportOf(world.simulation().flows()[i], step.flows[i]));
    for (const ProbeResult& probe : step.probes)
        one.probes.push_back(reportOf(world, probe));
    for (const ExpectationResult& result : step.expectations)
        one.expectations.push_back(reportOf(result));
    for (const OriginAlarm& alarm : step.alarms)
        one.alarms.push_back(reportOf(world, alarm));
    return one;
}

}  // namespace peerscape

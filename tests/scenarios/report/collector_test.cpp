#include "scenarios/report/collector.hpp"

#include <algorithm>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/world/run_report.hpp"
#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape::report {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::SizeIs;

/// What a collector gathers from a run of the lab.
ReportData collect(const std::string& text, RunLimits limits = {}) {
    const auto world = makeWorld(text);
    StepRunner runner(*world, limits);
    ReportCollector collector;
    ForwardingWatch watch(world->simulation());
    runner.readAlong({[&](SimTime begin) { collector.beginStep(begin); },
                      [&](std::span<const Record> records) {
                          collector.take(records);
                          watch.instantOver(world->simulation(), records);
                      }});
    while (!runner.isDone())
        collector.endStep(reportOf(*world, runner.runNext()));
    return collector.finish(world->simulation(), {watch.loops(), watch.blackHoles(), watch.reachablePairs()});
}

std::uint64_t sumOf(const Buckets& buckets) {
    std::uint64_t sum = 0;
    for (const auto& [row, counts] : buckets.rows()) {
        for (const auto& [column, count] : counts)
            sum += count;
    }
    return sum;
}

TEST(ReportCollector, CountsTheSameAsTheStepsTallies) {
    const ReportData data = collect(withStep(kRipLine, "{fail: bc}", ""));
    ASSERT_THAT(data.steps, SizeIs(2));
    std::uint64_t messages = 0;
    for (const Step& step : data.steps) {
        EXPECT_GT(step.routeChanges, 0U) << step.name;
        EXPECT_EQ(sumOf(*step.changes), step.routeChanges) << step.name;
        std::uint64_t changes = 0;
        for (const RouterConvergence& router : step.routers)
            changes += router.changes;
        EXPECT_EQ(changes, step.routeChanges) << step.name;
        messages += step.messages();
    }
    EXPECT_EQ(sumOf(data.messages), messages);
    EXPECT_THAT(data.protocols, ElementsAre(Field(&ProtocolSeries::protocol, "rip")));
}

TEST(ReportCollector, LossesOverTimeAddUpToThoseOfTheSteps) {
    const std::string flow = "flows:\n  - {name: f1, from: A, to: 10.3.0.1, rate: 10/s}\n";
    const ReportData data = collect(withStep(kRipLine + flow, "{fail_silently: bc}, {wait: 20s}", ""));
    std::uint64_t lost = 0;
    for (const Step& step : data.steps)
        lost += step.lost();
    EXPECT_GT(lost, 150U);
    // The link swallows messages of RIP as well, which nobody misses here.
    EXPECT_GT(data.steps.back().protocolPacketsDropped, 0U);
    EXPECT_EQ(sumOf(data.losses), lost);
}

TEST(ReportCollector, KnowsWhenEachRouterChangedFirstAndLast) {
    const ReportData data = collect(withStep(kRipLine, "{fail: bc}", ""));
    const Step& cut = data.steps.back();
    ASSERT_THAT(cut.routers, SizeIs(3));
    SimTime last;
    for (const RouterConvergence& router : cut.routers) {
        EXPECT_GE(router.first, cut.begin);
        EXPECT_GE(router.last, router.first);
        last = std::max(last, router.last);
    }
    EXPECT_EQ(last, cut.lastChange);
    // A hears of the cut from B, over a link of 2 ms.
    EXPECT_EQ(cut.routers[0].first - cut.routers[1].first, Duration::milliseconds(2));
}

TEST(ReportCollector, TheLastChangeOfARouterIsNotItsFirst) {
    const ReportData data = collect(withStep(kRipLine, "{fail: bc}, {wait: 3s}, {restore: bc}", ""));
    for (const RouterConvergence& router : data.steps.back().routers)
        EXPECT_GE(router.last - router.first, Duration::seconds(2)) << router.node;
}

TEST(ReportCollector, ActionsAreThoseOfTheirStep) {
    const ReportData data = collect(withStep(kRipLine, "{fail: bc}, {wait: 1s}, {restore: bc}", ""));
    // Three routers are switched on.
    EXPECT_THAT(data.steps[0].actions, SizeIs(3));
    EXPECT_THAT(data.steps[1].actions, ElementsAre(Field(&ActionLine::text, "link bc failed"),
                                                   Field(&ActionLine::text, "link bc restored")));
    EXPECT_EQ(data.steps[1].actions[1].time - data.steps[1].actions[0].time, Duration::seconds(1));
}

TEST(ReportCollector, TooManyActionsAreCounted) {
    const ReportData data =
        collect(withStep(kStaticLine, "{flap: {link: ab, down: 10ms, up: 10ms, times: 80}}", ""));
    EXPECT_THAT(data.steps[1].actions, SizeIs(100));
    EXPECT_EQ(data.steps[1].furtherActions, 60U);
}

TEST(ReportCollector, DrawsTheNetworkAsItIsAtTheEnd) {
    const ReportData data = collect(withStep(kRipLine, "{fail: bc}", ""));
    ASSERT_THAT(data.drawing.nodes, SizeIs(3));
    ASSERT_THAT(data.drawing.links, SizeIs(3));
    EXPECT_TRUE(data.drawing.links[0].isUp);
    EXPECT_FALSE(data.drawing.links[1].isUp);
    EXPECT_THAT(data.drawing.links[0].ends[0].addresses, ElementsAre("1.1.1.1/30"));
    EXPECT_EQ(data.drawing.links[0].delay, Duration::milliseconds(2));
}

TEST(ReportCollector, KnowsLoopsBlackHolesAndReachablePairs) {
    const std::string steps =
        "steps:\n  - name: start\n  - name: loop\n    do:\n"
        "      - {configure: {router: A, lines: [ip route 10.9.0.0/16 1.1.1.2]}}\n"
        "      - {configure: {router: B, lines: [ip route 10.9.0.0/16 1.1.1.1]}}\n"
        "      - {wait: 2s}\n"
        "      - {configure: {router: B, lines: [no ip route 10.9.0.0/16 1.1.1.1]}}\n"
        "  - name: hole\n    do: [{configure: {router: B, lines: [ip route 10.3.0.0/16 blackhole]}}]\n";
    const ReportData data = collect(kStaticLine + steps);
    ASSERT_THAT(data.loops, SizeIs(1));
    EXPECT_EQ(data.loops[0].destination, "10.9.0.0/16");
    EXPECT_THAT(data.loops[0].routers, ElementsAre("A", "B"));
    EXPECT_EQ(data.loops[0].end.value() - data.loops[0].begin, Duration::seconds(2));
    ASSERT_FALSE(data.reachability.empty());
    EXPECT_GT(data.reachability.back().all, 0U);
    EXPECT_LE(data.reachability.back().reachable, data.reachability.back().all);
}

TEST(ReportCollector, MemoryStaysSmallOverALongRun) {
    // An hour of updates every five seconds, and routes that come and go all the time.
    const ReportData data =
        collect(withStep(kRipLine, "{flap: {link: bc, down: 1s, up: 5s, times: 500}}", ""));
    EXPECT_GT(data.records, 20'000U);
    EXPECT_LE(data.messages.size(), 2'000U);
    EXPECT_LE(data.steps[1].changes->size(), 3 * 200U);
    EXPECT_LE(data.reachability.size(), 1'800U);
    EXPECT_LE(data.steps[1].actions.size(), 100U);
}

std::vector<ReachablePairs> sawTooth(std::size_t points) {
    std::vector<ReachablePairs> result;
    for (std::size_t i = 0; i < points; ++i)
        result.push_back({SimTime::after(Duration::milliseconds(static_cast<std::int64_t>(i))),
                          i == points / 2 ? 1U : 50 + i % 7, 100});
    return result;
}

TEST(ThinnedOut, FewPointsStayAsTheyAre) {
    EXPECT_THAT(thinnedOut(sawTooth(10), 30), SizeIs(10));
    EXPECT_THAT(thinnedOut({}, 30), SizeIs(0));
}

TEST(ThinnedOut, ManyPointsKeepTheWorstTheFirstAndTheLast) {
    const auto points = sawTooth(10'000);
    const auto thin = thinnedOut(points, 300);
    EXPECT_LE(thin.size(), 300U);
    EXPECT_GE(thin.size(), 100U);
    EXPECT_EQ(thin.front().time, points.front().time);
    EXPECT_EQ(thin.back().time, points.back().time);
    EXPECT_EQ(std::min_element(thin.begin(), thin.end(),
                               [](const auto& a, const auto& b) { return a.reachable < b.reachable; })
                  ->reachable,
              1U);
    EXPECT_TRUE(std::is_sorted(thin.begin(), thin.end(),
                               [](const auto& a, const auto& b) { return a.time < b.time; }));
}

}  // namespace
}  // namespace peerscape::report

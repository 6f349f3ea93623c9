#include "scenarios/world/step_runner.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/world/summary.hpp"
#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> namesOfSteps(const std::string& steps) {
    const auto world = makeWorld(kStaticLine + steps);
    StepRunner runner(*world, {});
    std::vector<std::string> names;
    while (!runner.isDone()) {
        names.push_back(runner.nextName());
        const StepResult result = runner.runNext();
        EXPECT_EQ(result.name, names.back());
        EXPECT_EQ(result.number, names.size() - 1);
    }
    EXPECT_EQ(names.size(), runner.stepCount());
    return names;
}

TEST(StepRunner, StepZeroIsTheStart) {
    EXPECT_THAT(namesOfSteps(""), ElementsAre("start"));
    EXPECT_THAT(namesOfSteps("steps:\n  - {name: calm}\n  - {name: cut, do: [{fail: ab}]}\n"),
                ElementsAre("calm", "cut"));
    EXPECT_THAT(namesOfSteps("steps:\n  - {name: cut, do: [{fail: ab}]}\n"), ElementsAre("start", "cut"));
    EXPECT_THAT(namesOfSteps("steps:\n  - {do: [{fail: ab}]}\n  - {do: [{restore: ab}]}\n"),
                ElementsAre("start", "step-1", "step-2"));
}

TEST(StepRunner, AStepBeginsWhenTheOneBeforeHasConvergedOrAtItsTime) {
    const FinishedRun run = runLab(kStaticLine +
                                   "steps:\n  - {name: a}\n  - {name: b, do: [{fail: ab}]}\n"
                                   "  - {name: c, at: 100s, do: [{restore: ab}]}\n"
                                   "  - {name: d, until: 250s, do: [{fail: ab}]}\n");
    const auto& steps = run.result.steps;
    ASSERT_EQ(steps.size(), 4U);
    EXPECT_EQ(steps[0].begin, SimTime::start());
    EXPECT_EQ(steps[1].begin, steps[0].end);
    EXPECT_EQ(steps[2].begin, SimTime::after(Duration::seconds(100)));
    EXPECT_EQ(steps[3].begin, steps[2].end);
    EXPECT_EQ(steps[3].end, SimTime::after(Duration::seconds(250)));
    EXPECT_EQ(run.result.end, steps[3].end);
    for (const StepResult& step : steps)
        EXPECT_TRUE(step.convergence.isConverged) << step.name;
}

TEST(StepRunner, TheRunEndsAtItsLimitWhereverItIs) {
    RunLimits limits;
    limits.until = SimTime::after(Duration::seconds(50));
    const FinishedRun run =
        runLab(kRipLine +
                   "steps:\n  - {name: a}\n  - {name: b, do: [{fail_silently: bc}, {wait: 40s}]}\n"
                   "  - {name: c, do: [{restore: bc}, {wait: 40s}]}\n  - {name: d}\n",
               limits);
    EXPECT_EQ(run.result.steps.size(), 3U);
    EXPECT_EQ(run.result.end, SimTime::after(Duration::seconds(50)));
}

TEST(StepRunner, WhatLiesBehindTheRunsLimitIsNotDone) {
    RunLimits limits;
    limits.until = SimTime::after(Duration::seconds(50));
    const FinishedRun cut = runLab(
        kStaticLine + "steps:\n  - {name: a}\n  - {name: b, do: [{wait: 100s}, {fail: ab}]}\n", limits);
    EXPECT_EQ(cut.result.end, SimTime::after(Duration::seconds(50)));
    EXPECT_TRUE(cut.world->simulation().node(cut.world->nodeNamed("A").value()).interfaces[1].isUp());
    const FinishedRun never =
        runLab(kStaticLine + "steps:\n  - {name: a}\n  - {name: b, at: 100s, do: [{fail: ab}]}\n", limits);
    EXPECT_EQ(never.result.steps.size(), 1U);
    EXPECT_LE(never.result.end, SimTime::after(Duration::seconds(50)));
    EXPECT_FALSE(never.result.hasFailures());
}

TEST(StepRunner, AStepsOwnLimitMakesItLate) {
    const std::string steps = "steps:\n  - {name: a}\n  - {name: b, within: ";
    const FinishedRun late = runLab(kRipLine + steps + "5s, do: [{fail_silently: bc}]}\n");
    EXPECT_TRUE(late.last().convergence.isConverged);
    EXPECT_TRUE(late.last().isLate);
    EXPECT_TRUE(late.result.hasFailures());
    const FinishedRun inTime = runLab(kRipLine + steps + "20s, do: [{fail_silently: bc}]}\n");
    EXPECT_FALSE(inTime.last().isLate);
    EXPECT_FALSE(inTime.result.hasFailures());
}

TEST(StepRunner, AStepsOwnLimitMayBeLongerThanTheCommands) {
    RunLimits limits;
    limits.perStep = Duration::seconds(5);
    const std::string steps = "steps:\n  - {name: a}\n  - {name: b, do: [{fail_silently: bc}]";
    EXPECT_FALSE(runLab(kRipLine + steps + "}\n", limits).last().convergence.isConverged);
    EXPECT_TRUE(runLab(kRipLine + steps + ", within: 60s}\n", limits).last().convergence.isConverged);
}

TEST(StepRunner, NoRestMayBeThePoint) {
    RunLimits limits;
    limits.perStep = Duration::seconds(8);
    const std::string text = withStep(kRipLine, "{fail_silently: bc}", "{converged: true, not: true}");
    const FinishedRun run = runLab(text, limits);
    EXPECT_FALSE(run.last().convergence.isConverged);
    EXPECT_EQ(run.expectation().verdict, Verdict::Pass);
    EXPECT_FALSE(run.result.hasFailures());
}

TEST(StepRunner, NamesTheCycleOfALabThatDoesNotComeToRest) {
    RunLimits limits;
    limits.perStep = Duration::minutes(10);
    limits.mostKept = 100;
    const FinishedRun run =
        runLab(withStep(kRipLine, "{flap: {link: bc, down: 20s, up: 60s, times: 100}}", ""), limits);
    EXPECT_FALSE(run.last().convergence.isConverged);
    ASSERT_TRUE(run.last().cycle.has_value());
    EXPECT_GE(run.last().cycle->returns.size(), 5U);
    EXPECT_GT(run.last().cycle->lastRound.size(), 1U);
    EXPECT_NEAR(run.last().cycle->period().inSeconds(), 80.0, 20.0);
    EXPECT_THAT(summarize(*run.world, run.last()), HasSubstr("cycle     all tables were the same"));
    EXPECT_FALSE(run.result.steps.front().cycle.has_value());
}

TEST(StepRunner, TheTablesStayAsTheyAreAfterConvergence) {
    RunLimits limits;
    limits.quietWindow = Duration::minutes(10);
    const std::string text = withStep(kRipLine, "{fail_silently: bc}", "");
    const FinishedRun run = runLab(text, limits);
    for (const StepResult& step : run.result.steps)
        EXPECT_FALSE(step.brokenQuiet.has_value());
    EXPECT_EQ(run.result.end, runLab(text).result.end) << "the lab itself has not moved";
    EXPECT_EQ(run.result.fingerprint, runLab(text).result.fingerprint);

    StepResult broken = run.result.steps.back();
    EXPECT_FALSE(broken.hasFailed());
    broken.brokenQuiet =
        BrokenQuiet{SimTime::after(Duration::seconds(99)), NodeId(0), Prefix::parse("10.1.0.0/16").value()};
    EXPECT_TRUE(broken.hasFailed());
    EXPECT_THAT(summarize(*run.world, broken),
                HasSubstr("NOT QUIET after convergence: at 99.000000 s A changes"));
}

TEST(StepRunner, ActionsBeginOnlyWhenAsked) {
    const auto world = makeWorld(withStep(kStaticLine, "{fail: ab}", ""));
    StepRunner runner(*world, {});
    ASSERT_TRUE(runner.beginNext().has_value());
    ASSERT_TRUE(runner.beginNext().has_value());
    EXPECT_TRUE(runner.isDone());
    EXPECT_EQ(world->lab().now(), SimTime::start());
}

TEST(StepRunner, HearsOfTheTimeThatPasses) {
    const auto world = makeWorld(withStep(kRipLine, "{fail_silently: bc}", ""));
    StepRunner runner(*world, {});
    runner.runNext();
    std::vector<SimTime> heard;
    runner.runNext([&](SimTime now) {
        heard.push_back(now);
        return true;
    });
    EXPECT_GT(heard.size(), 5U);
    EXPECT_TRUE(std::is_sorted(heard.begin(), heard.end()));
}

TEST(StepRunner, IsGivenUpWhenItIsTold) {
    const auto world = makeWorld(withStep(kRipLine, "{fail_silently: bc}", ""));
    StepRunner runner(*world, {});
    EXPECT_FALSE(runner.runNext([](SimTime) { return true; }).isGivenUp);
    int questions = 0;
    const StepResult result = runner.runNext([&](SimTime) { return ++questions < 3; });
    EXPECT_TRUE(result.isGivenUp);
    EXPECT_FALSE(result.convergence.isConverged);
    EXPECT_EQ(questions, 3);
}

TEST(StepRunner, AnActionThatCannotBeDoneEndsTheRun) {
    const FinishedRun run = runLab(kStaticLine +
                                   "steps:\n  - {name: a}\n"
                                   "  - {name: b, do: [{configure: {router: A, lines: [no such line]}}]}\n"
                                   "  - {name: c}\n");
    ASSERT_EQ(run.result.steps.size(), 2U);
    ASSERT_TRUE(run.last().actionFailure.has_value());
    EXPECT_THAT(toString(*run.last().actionFailure), HasSubstr("'such' does not fit here"));
    EXPECT_TRUE(run.result.hasFailures());
}

TEST(StepRunner, ProbesGoOffAfterEveryStep) {
    const FinishedRun run =
        runLab(withStep(kStaticLine + "probes:\n  - {from: A, to: 10.3.0.1}\n  - {from: C, to: A, source: "
                                      "10.3.0.1}\n",
                        "{fail: ab}", ""));
    ASSERT_EQ(run.result.steps.size(), 2U);
    const auto& before = run.result.steps[0].probes;
    ASSERT_EQ(before.size(), 2U);
    EXPECT_TRUE(before[0].ping.isOk());
    EXPECT_TRUE(before[1].ping.isOk());
    EXPECT_TRUE(before[0].trace.isReached);
    EXPECT_EQ(before[0].probe->to.text, "10.3.0.1");
    EXPECT_EQ(before[1].probe->from.name, "C");
    EXPECT_FALSE(run.result.steps[1].probes[0].ping.isOk());
    EXPECT_FALSE(run.result.steps[1].probes[1].ping.isOk());
}

/// A lab whose steps count messages and losses, on links that lose some.
std::string countingLab() {
    return kRipLine +
           "flows:\n  - {name: f, from: A, to: 10.3.0.1, rate: 10/s}\n"
           "steps:\n  - {name: begin, at: 20s}\n"
           "  - name: act\n"
           "    do: [{change: {link: ab, loss: 10%}}, {wait: 120s}, {fail: bc}]\n"
           "    expect:\n      - {messages: {protocol: rip, at-least: 1}}\n"
           "      - {lost: {flow: f, at-least: 1}}\n";
}

TEST(StepRunner, OldRecordsAreLetGoThoughNobodyReadsThem) {
    RunLimits few;
    few.mostKept = 100;
    const FinishedRun short_ = runLab(countingLab(), few);
    RunLimits all;
    all.mostKept = 1'000'000;
    const FinishedRun whole = runLab(countingLab(), all);
    EXPECT_GT(whole.world->lab().log().kept().size(), 1'000U);
    EXPECT_LT(short_.world->lab().log().kept().size(), 250U);
    EXPECT_EQ(short_.result.fingerprint, whole.result.fingerprint);
    ASSERT_EQ(short_.result.steps.size(), whole.result.steps.size());
    for (std::size_t i = 0; i < whole.result.steps.size(); ++i) {
        const StepResult& one = short_.result.steps[i];
        const StepResult& other = whole.result.steps[i];
        EXPECT_EQ(summarize(*short_.world, one), summarize(*whole.world, other));
        EXPECT_EQ(one.tally.routeChanges, other.tally.routeChanges);
        EXPECT_EQ(one.tally.dropped, other.tally.dropped);
        ASSERT_EQ(one.expectations.size(), other.expectations.size());
        for (std::size_t e = 0; e < one.expectations.size(); ++e) {
            EXPECT_EQ(one.expectations[e].verdict, Verdict::Pass);
            EXPECT_EQ(one.expectations[e].actual, other.expectations[e].actual);
        }
    }
}

TEST(StepRunner, EveryReaderHasAllRecordsInTheirOrder) {
    RunLimits few;
    few.mostKept = 100;
    const auto world = makeWorld(countingLab());
    StepRunner runner(*world, few);
    std::vector<std::vector<RecordId>> read(2);
    for (auto& mine : read) {
        runner.readAlong({{}, [&mine](std::span<const Record> records) {
                              for (const Record& r : records)
                                  mine.push_back(r.id);
                          }});
    }
    while (!runner.isDone())
        runner.runNext();
    EXPECT_EQ(read[0].size(), world->lab().log().count());
    EXPECT_TRUE(std::is_sorted(read[0].begin(), read[0].end()));
    EXPECT_EQ(read[0], read[1]);
}

TEST(StepRunner, CountsOfAStepAreOfThatStepAlone) {
    const FinishedRun run = runLab(withStep(kRipLine, "{fail: bc}", ""));
    const StepResult& start = run.result.steps[0];
    // 1.1.1.0/30, 2.2.2.0/30 and 10.3.0.0/16 at each of the three.
    EXPECT_EQ(start.tally.routeChanges, 9U);
    EXPECT_EQ(start.tally.routeChangesAt.size(), 3U);
    // All three lose 2.2.2.0/30, A and B also 10.3.0.0/16, and C 1.1.1.0/30.
    EXPECT_EQ(run.last().tally.routeChanges, 6U);
    EXPECT_EQ(run.last().tally.firstChange, run.last().begin);
}

}  // namespace
}  // namespace peerscape

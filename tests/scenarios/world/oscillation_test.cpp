// Labs that never come to rest, and the proof of it.
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/lab/oscillation_watch.hpp"
#include "protocols/bgp/process.hpp"
#include "scenarios/world/summary.hpp"
#include "tests/scenarios/runner/runner_fixture.hpp"
#include "tests/scenarios/world/stable_paths.hpp"
#include "tests/seed_count.hpp"

namespace peerscape {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::vector<std::string> kExact{"no bgp timers jitter"};

TEST(Oscillation, BadGadgetIsSeenThroughSoon) {
    const FinishedRun run = runLab(labOf(kBadGadget, {}, "", "{oscillates: true}"));
    const StepResult& step = run.last();
    ASSERT_TRUE(step.oscillation.has_value());
    EXPECT_FALSE(step.convergence.isConverged);
    EXPECT_FALSE(step.cycle.has_value()) << "the proof says it better";
    EXPECT_LT(step.end - step.begin, OscillationWatch::kPatience + Duration::seconds(5));
    EXPECT_GT(step.oscillation->period(), Duration());
    EXPECT_EQ(step.expectations.front().verdict, Verdict::Pass) << step.expectations.front().actual;
    EXPECT_FALSE(run.result.hasFailures()) << "that it never rests is the point of this lab";
    const std::string text = summarize(*run.world, step);
    EXPECT_THAT(text, HasSubstr("Step 1 announce: OSCILLATES FOR EVER with a period of "));
    EXPECT_THAT(text, HasSubstr("messages on their way included"));
}

/// Round after round: who changed what, and how long after the round began.
TEST(Oscillation, WhatIsForetoldComesTrue) {
    for (const StablePathsProblem& problem : {kBadGadget, kDisagree}) {
        FinishedRun run = runLab(labOf(problem));
        const Oscillation foretold = run.last().oscillation.value();
        Lab& lab = run.world->lab();
        // It stopped within a second behind the proof; the rounds since then are in the log no more.
        const Duration behind = lab.now() - foretold.again;
        const std::int64_t rounds = behind / foretold.period() + 1;
        for (std::int64_t round = rounds; round < rounds + 20; ++round) {
            const SimTime begin = foretold.again + foretold.period() * round;
            lab.runUntil(begin);
            lab.log().discardBefore(RecordId(lab.log().count()));
            lab.runUntil(begin + foretold.period());
            std::size_t seen = 0;
            for (const Record& record : lab.log().kept()) {
                const auto* changed = std::get_if<record::RouteChanged>(&record.what);
                if (changed == nullptr) continue;
                ASSERT_LT(seen, foretold.round.size());
                const TableCycle::Change& wanted = foretold.round[seen++];
                EXPECT_EQ(record.time - begin, wanted.time - foretold.first);
                EXPECT_EQ(record.node, wanted.node);
                EXPECT_EQ(changed->change->after.hops, wanted.change->after.hops);
            }
            EXPECT_EQ(seen, foretold.round.size());
        }
    }
}

TEST(Oscillation, DisagreeGoesOnForEverWhenBothAlwaysActAtOnce) {
    const FinishedRun run = runLab(labOf(kDisagree));
    ASSERT_TRUE(run.last().oscillation.has_value());
    EXPECT_TRUE(run.result.hasFailures()) << "nobody has said that it is meant to";
}

TEST(Oscillation, AnExactIntervalDoesNotHideIt) {
    const FinishedRun run = runLab(labOf(kBadGadget, kExact, "advertisement-interval 5"));
    ASSERT_TRUE(run.last().oscillation.has_value());
    EXPECT_GE(run.last().oscillation->period(), Duration::seconds(5));
}

TEST(Oscillation, WhereChanceHasAPartNothingIsClaimed) {
    RunLimits limits;
    limits.perStep = Duration::minutes(5);
    const FinishedRun run = runLab(labOf(kBadGadget, {}, "advertisement-interval 5"), limits);
    EXPECT_FALSE(run.last().oscillation.has_value());
    EXPECT_FALSE(run.last().convergence.isConverged);
    EXPECT_TRUE(run.last().cycle.has_value()) << "that the tables go in a circle can be seen";
}

TEST(Oscillation, GoodGadgetConverges) {
    const FinishedRun run = runLab(labOf(kGoodGadget, {}, "", "{oscillates: true, not: true}"));
    EXPECT_TRUE(run.last().convergence.isConverged);
    EXPECT_FALSE(run.last().oscillation.has_value());
    EXPECT_EQ(run.expectation().verdict, Verdict::Pass);
}

TEST(Oscillation, NaughtyGadgetConvergesUnlessEverybodyKeepsStep) {
    EXPECT_TRUE(runLab(labOf(kNaughtyGadget)).last().oscillation.has_value());
    const FinishedRun run = runLab(labOf(kNaughtyGadget, {}, "advertisement-interval 5"));
    EXPECT_TRUE(run.last().convergence.isConverged);
}

TEST(Oscillation, AnExpectationOfItFailsWhereEverythingRests) {
    const FinishedRun run = runLab(labOf(kGoodGadget, {}, "", "{oscillates: true}"));
    EXPECT_EQ(run.expectation().verdict, Verdict::Fail);
    EXPECT_EQ(run.expectation().actual, "converged");
}

/// A flap is a disturbance each time: the tables repeat, but from outside.
TEST(Oscillation, DisturbancesThatRepeatAreNone) {
    RunLimits limits;
    limits.perStep = Duration::minutes(10);
    std::string lab = labOf(kGoodGadget);
    lab += "  - name: flap\n    do: [{flap: {link: R0-R1, down: 20s, up: 60s, times: 100}}]\n";
    const auto at = lab.find("{ends: {\"R0:to1\"");
    lab.insert(at + 1, "name: R0-R1, ");
    const FinishedRun run = runLab(lab, limits);
    EXPECT_FALSE(run.last().oscillation.has_value());
}

TEST(Oscillation, JitterLetsDisagreeEndInEitherState) {
    const std::uint64_t seeds = seedCount(60, 10);
    const std::string lab = labOf(kDisagree, {}, "advertisement-interval 5");
    std::map<std::string, std::uint64_t> ends;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        WorldOptions options;
        options.seed = seed;
        const auto world = makeWorld(lab, options);
        StepRunner runner(*world, {});
        while (!runner.isDone())
            ASSERT_TRUE(runner.runNext().convergence.isConverged) << "seed " << seed;
        const NodeState& one = world->simulation().node(*world->nodeNamed("R1"));
        const auto& process = dynamic_cast<const bgp::BgpProcess&>(*one.slotOf(bgp::kBgp)->process);
        const bgp::Destination* known = process.table(Family::IPv4).find(*Prefix::parse("198.51.100.0/24"));
        ASSERT_NE(known, nullptr);
        ++ends[known->bestPath()->attributes->asPath->text()];
    }
    EXPECT_EQ(ends.size(), 2U);
    for (const auto& [path, count] : ends)
        EXPECT_GT(count, seeds / 5) << path;
}

}  // namespace
}  // namespace peerscape

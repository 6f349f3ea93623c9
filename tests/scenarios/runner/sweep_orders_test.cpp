// All orders of messages: only stable states come out, and those of the classic gadgets.
#include "scenarios/runner/sweep_orders.hpp"

#include <algorithm>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/random.hpp"
#include "tests/scenarios/runner/runner_fixture.hpp"
#include "tests/scenarios/world/stable_paths.hpp"
#include "tests/seed_count.hpp"

namespace peerscape {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSubsetOf;
using testing::SizeIs;

OrderSearchResult sweep(const std::string& lab, std::uint64_t walks = 200) {
    const auto world = makeWorld(lab);
    SweepOptions options;
    options.walks = walks;
    auto result = sweepOrdersOf(*world, options);
    if (!result) throw std::runtime_error(result.error().message);
    return result->orders;
}

std::set<std::vector<std::string>> outcomesOf(const OrderSearchResult& result) {
    std::set<std::vector<std::string>> outcomes;
    for (const OrderOutcome& outcome : result.outcomes)
        outcomes.insert(outcome.tables);
    return outcomes;
}

TEST(SweepOrders, DisagreeEndsInEitherOfItsTwoStates) {
    const OrderSearchResult result = sweep(labOf(kDisagree));
    EXPECT_EQ(outcomesOf(result), solve(kDisagree));
    ASSERT_THAT(result.outcomes, SizeIs(2));
    EXPECT_TRUE(result.isComplete);
    for (const OrderOutcome& outcome : result.outcomes) {
        // R1 hears of it and tells R2 before R2 has told R1, or the other way round; later news changes
        // nothing any more.
        EXPECT_THAT(outcome.shortest, SizeIs(3));
        EXPECT_GT(outcome.walks, result.walks / 8);
    }
    // Two changes of mind that chase each other through both queues can go on for as long as one likes.
    EXPECT_GT(result.endlessWalks, 0U);
    EXPECT_EQ(result.outcomes[0].walks + result.outcomes[1].walks + result.endlessWalks, result.walks);
    EXPECT_THAT(result.endless, SizeIs(testing::Ge(2U))) << "first come, first served goes on for ever";
}

TEST(SweepOrders, GoodGadgetHasOneState) {
    const OrderSearchResult result = sweep(labOf(kGoodGadget));
    EXPECT_EQ(outcomesOf(result), solve(kGoodGadget));
    ASSERT_THAT(result.outcomes, SizeIs(1));
    EXPECT_EQ(result.outcomes[0].walks, result.walks);
    EXPECT_THAT(result.endless, IsEmpty());
}

TEST(SweepOrders, NaughtyGadgetHasOneStateToo) {
    const OrderSearchResult result = sweep(labOf(kNaughtyGadget));
    EXPECT_EQ(outcomesOf(result), solve(kNaughtyGadget));
    ASSERT_THAT(result.outcomes, SizeIs(1));
    EXPECT_GT(result.outcomes[0].walks, 0U);
}

TEST(SweepOrders, BadGadgetHasNone) {
    const OrderSearchResult result = sweep(labOf(kBadGadget), 20);
    EXPECT_THAT(solve(kBadGadget), IsEmpty());
    EXPECT_THAT(result.outcomes, IsEmpty());
    EXPECT_EQ(result.endlessWalks, 20U);
    EXPECT_THAT(result.endless, testing::Not(IsEmpty()));
}

TEST(SweepOrders, TheShortestOrderLeadsWhereItSays) {
    // The order as delays: who is told late has a long link.
    const OrderSearchResult result = sweep(labOf(kDisagree));
    for (const OrderOutcome& outcome : result.outcomes) {
        const NodeId first = outcome.shortest.front().to;
        const std::string& table = outcome.tables[first.value()];
        EXPECT_EQ(table, "198.51.100.0/24 by 65000") << "who hears of it first goes straight on";
    }
}

TEST(SweepOrders, IntervalsAndProcessingTimesTakeNoOutcomeAway) {
    const OrderSearchResult quick = sweep(labOf(kDisagree));
    const OrderSearchResult slow =
        sweep(labOf(kDisagree, {"bgp processing-time 10 1000"}, "advertisement-interval 30"));
    EXPECT_EQ(outcomesOf(slow), outcomesOf(quick));
    EXPECT_EQ(slow.states, quick.states);
}

TEST(SweepOrders, TheSameSeedGivesTheSameShares) {
    const std::string lab = labOf(kDisagree);
    EXPECT_EQ(sweep(lab).outcomes[0].walks, sweep(lab).outcomes[0].walks);
}

/// Ways over up to three routers, in an order of chance.
StablePathsProblem randomProblem(std::uint64_t seed) {
    RandomStream random(seed, "stable paths", "draw");
    const std::size_t routers = 2 + random.below(2);
    StablePathsProblem problem;
    for (std::size_t router = 1; router <= routers; ++router) {
        std::vector<StablePath> ways{{0}};
        for (std::size_t a = 1; a <= routers; ++a) {
            if (a == router) continue;
            ways.push_back({a, 0});
            for (std::size_t b = 1; b <= routers; ++b) {
                if (b != a && b != router) ways.push_back({a, b, 0});
            }
        }
        for (std::size_t i = ways.size(); i > 1; --i)
            std::swap(ways[i - 1], ways[random.below(i)]);
        ways.resize(1 + random.below(std::min<std::size_t>(3, ways.size())));
        problem[router] = ways;
    }
    // Somebody has to be R0's neighbour.
    if (std::ranges::find(problem[1], StablePath{0}) == problem[1].end()) problem[1].push_back({0});
    return problem;
}

TEST(SweepOrders, OnlyStableStatesComeOutOfRandomProblems) {
    const std::uint64_t rounds = seedCount(40);
    std::size_t outcomes = 0;
    for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
        SCOPED_TRACE(fmt::format("seed {}", seed));
        const StablePathsProblem problem = randomProblem(seed);
        const OrderSearchResult result = sweep(labOf(problem), 20);
        EXPECT_THAT(outcomesOf(result), IsSubsetOf(solve(problem)));
        const bool neverEnds = result.isComplete && result.omitted == 0 && result.outcomes.empty();
        EXPECT_TRUE(!neverEnds || !result.endless.empty()) << "what never ends goes round";
        outcomes += result.outcomes.size();
    }
    EXPECT_GT(outcomes, rounds / 2);
}

std::string refusal(const std::string& lab, const std::string& step = "") {
    const auto world = makeWorld(lab);
    SweepOptions options;
    options.step = step;
    const auto result = sweepOrdersOf(*world, options);
    return result ? "" : result.error().message;
}

TEST(SweepOrders, SaysWhyItCannotBeDone) {
    EXPECT_EQ(refusal(kStaticLine), "no step of this lab does anything, so there is nothing to order");
    EXPECT_EQ(refusal(withStep(kStaticLine, "{fail: ab}", "")), "no router of this lab speaks BGP");
    EXPECT_EQ(refusal(labOf(kDisagree), "end"), "there is no step 'end'");
    StablePathsProblem large;
    for (std::size_t router = 1; router <= 6; ++router)
        large[router] = {{0}};
    EXPECT_EQ(refusal(labOf(large)), "7 routers speak BGP; the orders of at most 6 can be tried");
}

SweptStep sweepShipped(const std::string& name, const SweepOptions& options = {}) {
    const WorldOutcome loaded =
        loadWorld(std::filesystem::path(PEERSCAPE_SOURCE_DIR) / "scenarios/labs" / name, options.world);
    if (!loaded.world) throw std::runtime_error(name + " is no lab");
    auto result = sweepOrdersOf(*loaded.world, options);
    if (!result) throw std::runtime_error(result.error().message);
    return std::move(*result);
}

TEST(SweepOrders, StepsInWhichSessionsComeUpAreLeftOut) {
    const SweptStep swept = sweepShipped("bgp-disagree");
    EXPECT_EQ(swept.name, "cut O–A for a minute") << "of which what comes before its wait counts";
    ASSERT_THAT(swept.orders.outcomes, SizeIs(1));
    EXPECT_THAT(swept.orders.outcomes[0].tables, testing::Contains("198.51.100.0/26 by 65002 65000"))
        << "A has no other way left";
    SweepOptions options;
    options.step = "B gets its own session with the origin";
    EXPECT_THROW(sweepShipped("bgp-disagree", options), std::runtime_error);
}

TEST(SweepOrders, MoreMessagesMayWaitWhereOneLikes) {
    SweepOptions options;
    options.walks = 1;
    const SweptStep few = sweepShipped("bgp-bad-gadget", options);
    options.mostQueued = 6;
    const SweptStep more = sweepShipped("bgp-bad-gadget", options);
    EXPECT_GT(more.orders.states, few.orders.states);
    EXPECT_THAT(more.orders.outcomes, IsEmpty());
}

TEST(SweepOrders, TheCommandTellsOutcomesSharesAndOrders) {
    const TemporaryFolder folder;
    std::ostringstream out;
    std::ostringstream err;
    const auto lab = folder.write("lab.yaml", labOf(kDisagree));
    EXPECT_EQ(sweepOrders(lab, {}, out, err), ExitCode::Ok) << err.str();
    EXPECT_THAT(out.str(), HasSubstr("All orders of the messages of step announce\n"));
    EXPECT_THAT(out.str(), HasSubstr("  outcome 2: "));
    EXPECT_THAT(out.str(), HasSubstr("    R1: 198.51.100.0/24 by 65002 65000\n"));
    EXPECT_THAT(out.str(), HasSubstr("shortest order, 3 messages: R0 to R"));
    EXPECT_THAT(out.str(), HasSubstr("first come, first served never ends"));
    const auto bad = folder.write("bad.yaml", labOf(kBadGadget));
    EXPECT_EQ(sweepOrders(bad, {}, out, err), ExitCode::Ok);
    EXPECT_EQ(sweepOrders(folder.path() / "none.yaml", {}, out, err), ExitCode::BadInput);
}

}  // namespace
}  // namespace peerscape

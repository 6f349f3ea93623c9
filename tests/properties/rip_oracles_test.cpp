// Numbers that other programs and the RFC have found: counting to infinity, and grids.
#include "tests/properties/graph_lab.hpp"

namespace peerscape::properties {
namespace {

constexpr std::size_t kA = 0, kB = 1, kC = 2, kD = 3;

/// The metric of the router's route; 16 when it has none.
std::uint32_t metricAt(GraphLab& lab, std::size_t router, const Prefix& prefix) {
    const SelectedRoute route = lab.lab().simulation().node(GraphLab::node(router)).rib.selected(prefix);
    return route.exists() ? route.metric : 16;
}

/// RFC 2453 section 2.2: A-B, A-C, B-C and B-D of cost 1, C-D of cost 10; the target hangs on D.
class CountingToInfinity : public ::testing::Test {
  protected:
    enum Links : std::size_t { AB, AC, BC, BD, CD };

    static GraphLabOptions options(std::uint64_t seed) {
        GraphLabOptions result;
        result.seed = seed;
        result.splitHorizon = rip::SplitHorizon::Off;
        result.costs = {{CD, 10}};
        return result;
    }
    static Graph graph() { return graphOf(4, {{kA, kB}, {kA, kC}, {kB, kC}, {kB, kD}, {kC, kD}}); }
};

TEST_F(CountingToInfinity, ClimbsByOneAndEndsAtTheSlowWay) {
    int exactly = 0;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        GraphLab lab(graph(), options(seed));
        lab.converge();
        const Prefix target = lab.stubNetwork(kD);
        EXPECT_EQ(metricAt(lab, kB, target), 2U);
        EXPECT_EQ(metricAt(lab, kA, target), 3U);
        EXPECT_EQ(metricAt(lab, kC, target), 3U);

        // Nobody hears that B has lost D, until A and C have told B of the ways they believe to have.
        lab.setDumb(AB, kB, true);
        lab.setDumb(BC, kB, true);
        lab.act("cut", action::SetSegment{GraphLab::segment(BD), false});
        std::vector<std::uint32_t> best;
        RunHooks hooks;
        hooks.onChange = [&] {
            const std::uint32_t least =
                std::min({metricAt(lab, kA, target), metricAt(lab, kB, target), metricAt(lab, kC, target)});
            if (best.empty() || best.back() != least) best.push_back(least);
        };
        const auto bHasBeenFooled = [&] { return metricAt(lab, kB, target) == 4; };
        while (!bHasBeenFooled())
            lab.lab().runFor(Duration::milliseconds(100), hooks);
        lab.setDumb(AB, kB, false);
        lab.setDumb(BC, kB, false);
        lab.lab().runFor(Duration::minutes(10), hooks);

        // Metrics that are told in turns may climb by two; and 11 may be passed by before D, who speaks once
        // in 30 s, offers it again.
        for (std::size_t i = 1; i < best.size() && best[i - 1] < 11; ++i) {
            EXPECT_GT(best[i], best[i - 1]) << "seed " << seed;
            EXPECT_LE(best[i], best[i - 1] + 2) << "seed " << seed;
        }
        const std::vector<std::uint32_t> rounds{3, 4, 5, 6, 7, 8, 9, 10, 11};
        if (best.size() >= rounds.size() && std::equal(rounds.begin(), rounds.end(), best.begin())) ++exactly;
        EXPECT_EQ(best.back(), 11U);
        EXPECT_EQ(metricAt(lab, kA, target), 12U);
        EXPECT_EQ(metricAt(lab, kB, target), 12U);
        EXPECT_EQ(metricAt(lab, kC, target), 11U);
        lab.converge();
    }
    EXPECT_GE(exactly, 10) << "of 50 seeds climb as in the RFC's example";
}

/// Two routers, and the network of one of them dies; how often its route changes until both have given up.
std::size_t changesUntilBothGiveUp(rip::SplitHorizon horizon, std::uint64_t seed) {
    GraphLabOptions options;
    options.seed = seed;
    options.splitHorizon = horizon;
    GraphLab lab(line(2), options);
    lab.converge();
    const Prefix target = lab.stubNetwork(0);
    EXPECT_EQ(metricAt(lab, 1, target), 2U);
    // The stale neighbour speaks first: what router 0 says is lost until then.
    lab.setDumb(0, 0, true);
    lab.act("stub fails", action::SetSegment{GraphLab::segment(lab.linkCount()), false});
    std::vector<std::uint32_t> best;
    RunHooks hooks;
    std::pair<std::uint32_t, std::uint32_t> last{metricAt(lab, 0, target), metricAt(lab, 1, target)};
    std::size_t changes = 0;
    hooks.onChange = [&] {
        const std::pair now{metricAt(lab, 0, target), metricAt(lab, 1, target)};
        if (now != last) ++changes;
        last = now;
    };
    lab.lab().runFor(Duration::seconds(45), hooks);
    lab.setDumb(0, 0, false);
    lab.lab().runFor(Duration::minutes(15), hooks);
    EXPECT_EQ(last, std::pair(16U, 16U));
    return changes;
}

TEST(TwoRoutersCountingToInfinity, FifteenTimesWithoutSplitHorizonAndOnceWithIt) {
    for (std::uint64_t seed = 1; seed <= seedCount(20); ++seed) {
        // Metrics 3, 4 … 16 in turns, after router 0 lost its own: 1 → 3 | 2 → 4 | 3 → 5 | … | 15 → 16 | 16.
        EXPECT_EQ(changesUntilBothGiveUp(rip::SplitHorizon::Off, seed), 15U) << "seed " << seed;
        EXPECT_EQ(changesUntilBothGiveUp(rip::SplitHorizon::Simple, seed), 1U) << "seed " << seed;
    }
}

/// The link that is cut lies in the middle of the grid.
std::size_t middleLink(std::size_t side, const Graph& graph) {
    const std::size_t at = (side / 2) * side + side / 2;
    const auto [begin, end] = boost::edges(graph);
    std::size_t index = 0;
    for (auto edge = begin; edge != end; ++edge, ++index) {
        if (boost::source(*edge, graph) == at - 1 && boost::target(*edge, graph) == at) return index;
    }
    ADD_FAILURE() << "no such link";
    return 0;
}

struct GridOutcome {
    std::size_t routes = 0;
    std::size_t stubRoutes = 0;
    Duration lastChange;
};

/// Cut at 150 s, counted at 300 s, with the timers of the RFC.
GridOutcome cutInTheMiddle(std::size_t side, std::uint64_t seed) {
    const Graph graph = grid(side, side);
    GraphLabOptions options;
    options.seed = seed;
    GraphLab lab(graph, options);
    const SimTime cut = SimTime::after(Duration::seconds(150));
    lab.lab().runUntil(cut);
    lab.setLink(middleLink(side, graph), false);
    lab.lab().runUntil(SimTime::after(Duration::seconds(300)));
    return {lab.liveRoutes(), lab.liveStubRoutes(), lab.lab().log().lastRouteChange().value() - cut};
}

TEST(RipGrids, FiveByFive) {
    for (std::uint64_t seed = 1; seed <= seedCount(5); ++seed) {
        const GridOutcome outcome = cutInTheMiddle(5, seed);
        EXPECT_EQ(outcome.routes, 1'600U);
    }
}

TEST(RipGrids, TenByTen) {
    const GridOutcome outcome = cutInTheMiddle(10, 1);
    EXPECT_EQ(outcome.routes, 27'640U);
    EXPECT_EQ(outcome.stubRoutes, 9'860U);
    RecordProperty("lastChange", toString(outcome.lastChange));
    EXPECT_LT(outcome.lastChange, Duration::seconds(70));
}

TEST(RipGrids, SixteenBySixteen) {
    const GridOutcome outcome = cutInTheMiddle(16, 1);
    EXPECT_EQ(outcome.routes, 148'218U);
    EXPECT_EQ(outcome.stubRoutes, 50'086U);
}

}  // namespace
}  // namespace peerscape::properties

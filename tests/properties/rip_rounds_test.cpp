// Counting to infinity with exact numbers: section 2.2 of RFC 2453 as a table of rounds. And large networks
// of which one link is cut, against what other programs found.
//
// The RFC tells the first in rounds in which all routers speak at once. Here a round is the delay of the
// links between A, B and C: a minute, against which the one to five seconds between triggered updates do not
// count. Regular updates, whose times are random, come once in ten hours; only D, which offers the slow way,
// speaks often. So the rounds are exact for every seed, with nothing in the protocol switched off but split
// horizon.
#include <array>

#include "tests/properties/graph_lab.hpp"

namespace peerscape::properties {
namespace {

constexpr std::size_t A = 0, B = 1, C = 2, D = 3;
enum Links : std::size_t { AB, AC, BC, BD, CD };
constexpr Duration kRound = Duration::minutes(1);

class RoundsOfCounting {
  public:
    explicit RoundsOfCounting(std::uint64_t seed)
        : lab_(graphOf(4, {{A, B}, {A, C}, {B, C}, {B, D}, {C, D}}), options(seed)) {
        lab_.lab().runFor(Duration::minutes(1));
        EXPECT_EQ(metrics(), (std::array<std::size_t, 3>{3, 2, 3}));
        for (const std::size_t link : {AB, AC, BC}) {
            action::ChangeLink slower;
            slower.segment = GraphLab::segment(link);
            slower.delay = kRound;
            lab_.act("slow", slower);
        }
        speakEvery(D, kOften);
    }

    /// B loses D, and cannot say so before A has told it the way that A believes to have: through B.
    void cut() {
        lab_.setDumb(AB, B, true);
        lab_.setDumb(BC, B, true);
        lab_.act("cut", action::SetSegment{GraphLab::segment(BD), false});
        EXPECT_EQ(metrics(), (std::array<std::size_t, 3>{3, 16, 3}));
        speakEvery(A, kOften);
        const SimTime giveUpAt = lab_.lab().now() + kRound * 2;
        while (metrics()[B] != 4 && lab_.lab().now() < giveUpAt)
            lab_.lab().step();
        speakEvery(A, kSeldom);
        lab_.setDumb(AB, B, false);
        lab_.setDumb(BC, B, false);
        toLateInTheRound();
    }
    void nextRound() {
        start_ = start_ + kRound;
        lab_.lab().runUntil(start_ + kLate);
    }

    /// Of A, B and C, to the network behind D; 16 for none.
    std::array<std::size_t, 3> metrics() {
        std::array<std::size_t, 3> found{};
        for (const std::size_t router : {A, B, C}) {
            const SelectedRoute route = routeAt(router);
            found[router] = route.exists() ? route.metric : 16;
        }
        return found;
    }
    std::size_t best() { return std::ranges::min(metrics()); }
    /// The link that the router sends packets for the network over.
    std::size_t wayOut(std::size_t router) {
        const InterfaceId interface = routeAt(router).hops.front().interface;
        return lab_.lab()
            .simulation()
            .topology()
            .interface({GraphLab::node(router), interface})
            .segment.value();
    }

  private:
    /// Late enough in a round that D, who speaks every 15 to 25 s, has offered its way, and C has passed it
    /// on.
    static constexpr Duration kSeldom = Duration::hours(1'000);
    static constexpr Duration kOften = Duration::seconds(20);
    static constexpr Duration kLate = Duration::seconds(50);

    static GraphLabOptions options(std::uint64_t seed) {
        GraphLabOptions result;
        result.seed = seed;
        result.splitHorizon = rip::SplitHorizon::Off;
        result.timers = {kSeldom, kSeldom * 20, kSeldom * 20};
        result.costs = {{CD, 10}};
        return result;
    }
    SelectedRoute routeAt(std::size_t router) {
        return lab_.lab().simulation().node(GraphLab::node(router)).rib.selected(lab_.stubNetwork(D));
    }
    void speakEvery(std::size_t router, Duration update) {
        const auto& before = *lab_.lab().simulation().node(GraphLab::node(router)).config;
        auto config = std::make_shared<RouterConfig>(before);
        auto& slot = config->processes.at(rip::kRip);
        auto rip = std::make_shared<rip::Ripv2Config>(dynamic_cast<const rip::Ripv2Config&>(*slot));
        rip->timers.update = update;
        slot = rip;
        lab_.act("configure", action::Configure{GraphLab::node(router), config});
    }
    void toLateInTheRound() {
        start_ = lab_.lab().now();
        lab_.lab().runUntil(start_ + kLate);
    }

    GraphLab lab_;
    SimTime start_;
};

TEST(RoundsOfCountingToInfinity, BestMetricClimbsByOneARoundUpToElevenAndStandsAtTheTenth) {
    for (std::uint64_t seed = 1; seed <= seedCount(50); ++seed) {
        RoundsOfCounting rounds(seed);
        rounds.cut();
        std::vector<std::size_t> climbs{rounds.best()};
        for (int round = 1; round <= 8; ++round) {
            rounds.nextRound();
            climbs.push_back(rounds.best());
        }
        EXPECT_EQ(climbs, (std::vector<std::size_t>{3, 4, 5, 6, 7, 8, 9, 10, 11})) << "seed " << seed;
        rounds.nextRound();
        const std::array<std::size_t, 3> fixpoint{12, 12, 11};
        EXPECT_NE(rounds.metrics(), fixpoint) << "one round too early, seed " << seed;
        for (int round = 10; round <= 20; ++round) {
            rounds.nextRound();
            ASSERT_EQ(rounds.metrics(), fixpoint) << "round " << round << ", seed " << seed;
            EXPECT_EQ(rounds.wayOut(A), AC);
            EXPECT_EQ(rounds.wayOut(B), BC);
            EXPECT_EQ(rounds.wayOut(C), CD);
        }
    }
}

/// How long tables went on changing in a grid of 10 by 10 of which the link in the middle was cut at 150 s.
Duration lastChangeAfterCut(std::uint64_t seed) {
    constexpr std::size_t kSide = 10;
    GraphLabOptions options;
    options.seed = seed;
    const Graph graph = grid(kSide, kSide);
    GraphLab lab(graph, options);
    const std::size_t middle = kSide / 2 * kSide + kSide / 2;
    const auto [begin, end] = boost::edges(graph);
    const auto cut = std::find_if(begin, end, [&](const auto& edge) {
        return boost::source(edge, graph) == middle - 1 && boost::target(edge, graph) == middle;
    });
    const SimTime when = SimTime::after(Duration::seconds(150));
    lab.lab().runUntil(when);
    lab.setLink(static_cast<std::size_t>(std::distance(begin, cut)), false);
    lab.lab().runUntil(SimTime::after(Duration::seconds(300)));
    EXPECT_EQ(lab.liveRoutes(), 27'640U) << "seed " << seed;
    EXPECT_EQ(lab.liveStubRoutes(), 9'860U) << "seed " << seed;
    return lab.lab().log().lastRouteChange().value() - when;
}

// Two other programs found 40 to 66 s. They wait 1 to 5 s before every triggered update; here, as RFC 2453
// section 3.10.1 and FRR have it, the first one goes out at once and only the next has to wait, so news runs
// through the grid faster: 20 to 35 s. Theirs is the upper bound; the lower one says that the lost ways come
// back with regular updates, which nobody can hurry.
TEST(RipGridAfterACut, LastChangeComesNoLaterThanOthersFound) {
    for (std::uint64_t seed = 1; seed <= seedCount(10); ++seed) {
        const Duration lastChange = lastChangeAfterCut(seed);
        EXPECT_GE(lastChange.inSeconds(), 10) << "seed " << seed;
        EXPECT_LE(lastChange.inSeconds(), 66) << "seed " << seed;
        RecordProperty(fmt::format("seed{}", seed), toString(lastChange));
    }
}

/// A ring and as many random chords, drawn with the generator that the other programs used for it.
Graph ringWithChords(std::size_t n, std::uint64_t seed) {
    Graph graph = ring(n);
    std::set<Link> seen;
    for (std::size_t i = 0; i < n; ++i)
        seen.insert(std::minmax(i, (i + 1) % n));
    std::uint64_t state = seed;
    const auto draw = [&] {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::uint32_t>(state >> 33) % n;
    };
    while (boost::num_edges(graph) < 2 * n) {
        const std::size_t u = draw();
        const std::size_t v = draw();
        if (u != v && seen.insert(std::minmax(u, v)).second) boost::add_edge(u, v, graph);
    }
    return graph;
}

// The first chord is cut; then all 256 routers have all 256 stub networks and all 511 links.
TEST(RipGridAfterACut, RandomGraphOf256RoutersKeepsAllPairs) {
    constexpr std::size_t kRouters = 256;
    GraphLab lab(ringWithChords(kRouters, 1), {});
    lab.lab().runUntil(SimTime::after(Duration::seconds(150)));
    lab.setLink(kRouters, false);
    lab.lab().runUntil(SimTime::after(Duration::seconds(300)));
    EXPECT_EQ(lab.liveRoutes(), 196'352U);
    EXPECT_EQ(lab.liveStubRoutes(), 65'536U);
}

}  // namespace
}  // namespace peerscape::properties

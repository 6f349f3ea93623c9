/// EIGRP on links that lose, duplicate, reorder and corrupt packets. The judge is the same network in fair
/// weather.
#include "tests/properties/eigrp_lab.hpp"

namespace peerscape::properties {
namespace {

constexpr Probability percent(std::uint32_t n) { return Probability::partsPerMillion(n * 10'000); }

struct Weather {
    const char* name;
    LinkProperties links;
};

LinkProperties bad(std::uint32_t loss, std::uint32_t duplicate, std::uint32_t reorder,
                   std::uint32_t corrupt) {
    LinkProperties links;
    links.loss = percent(loss);
    links.duplicate = percent(duplicate);
    links.reorder = percent(reorder);
    links.corrupt = percent(corrupt);
    return links;
}

const std::vector<Weather> kWeathers{
    {"loss", bad(30, 0, 0, 0)},       {"duplication", bad(0, 30, 0, 0)},  {"reordering", bad(0, 0, 30, 0)},
    {"corruption", bad(0, 0, 0, 30)}, {"all of it", bad(20, 20, 20, 10)},
};

/// Hellos are not repeated. With the usual hold time of three of them, 30 % loss ends an adjacency every few
/// minutes, and at one end first: then there are loops until the other end notices, as in every network of
/// real routers. Whether what is said arrives, once and in order, is asked apart from that: no adjacency ends
/// but by the failure of its link, which both ends see.
constexpr Duration kLong = Duration::hours(18);

/// The same events in both labs; what is between them may take as long as it takes.
template <typename What>
void inBoth(EigrpLab& first, EigrpLab& second, What what) {
    what(first);
    what(second);
}

/// The same networks with the same metrics, over next hops whose ways are the shortest in fair weather too.
/// Which of several equal ones are feasible depends on how near the network has been, so on what happened.
void compareTables(const EigrpLab& stormy, const EigrpLab& fair, const std::string& where) {
    const auto tables = stormy.tables();
    const auto wanted = fair.tables();
    for (std::size_t i = 0; i < std::min(tables.size(), wanted.size()); ++i) {
        ASSERT_EQ(tables[i].route, wanted[i].route) << where;
        EXPECT_FALSE(tables[i].hops.empty());
        const auto& allowed = wanted[i].best.empty() ? wanted[i].hops : wanted[i].best;
        for (const std::string& hop : tables[i].hops)
            EXPECT_NE(std::ranges::find(allowed, hop), allowed.end()) << where << ": " << tables[i].route;
    }
    ASSERT_EQ(tables.size(), wanted.size()) << where;
}

void expectTheSame(EigrpLab& stormy, EigrpLab& fair, const std::string& where) {
    if (testing::Test::HasFatalFailure()) return;
    stormy.meetEverybody(where);
    if (testing::Test::HasFatalFailure()) return;
    stormy.converge(where);
    if (testing::Test::HasFatalFailure()) return;
    ASSERT_TRUE(stormy.brokenAdjacencies().empty()) << where << ": " << stormy.brokenAdjacencies().front();
    fair.converge(where + ", in fair weather");
    compareTables(stormy, fair, where);
}

/// Cold start, links that fail and return one by one, then any of it and other metrics without waiting: each
/// time the tables are those of the same network whose links are clean, and no packet could ever go round.
void weather(const Graph& graph, std::uint64_t seed, const Weather& weather, const std::string& name,
             bool sharesLan = false) {
    const std::string where = fmt::format("{}, {}, seed {}", name, weather.name, seed);
    SCOPED_TRACE(where);
    EigrpLab stormy(graph, seed, {weather.links, kLong, sharesLan});
    EigrpLab fair(graph, seed, {{}, kLong, sharesLan});
    RandomStream random(seed, "graph", "weather");
    expectTheSame(stormy, fair, where + ", cold start");
    for (int i = 0; i < 2; ++i) {
        const std::size_t link = random.below(stormy.linkCount());
        for (const bool isUp : {false, true}) {
            inBoth(stormy, fair, [&](EigrpLab& lab) { lab.setLink(link, isUp); });
            expectTheSame(stormy, fair, fmt::format("{}, link {} {}", where, link, isUp ? "back" : "down"));
        }
    }
    for (int event = 0; event < 6; ++event) {
        const std::size_t link = random.below(stormy.linkCount());
        const std::uint64_t kind = random.below(3);
        const auto pause = Duration::milliseconds(static_cast<std::int64_t>(random.below(2000)));
        inBoth(stormy, fair, [&](EigrpLab& lab) {
            if (kind == 2) {
                lab.reweigh(link);
            } else {
                lab.setLink(link, kind == 1);
            }
            lab.runFor(pause);
        });
    }
    expectTheSame(stormy, fair, where + ", after a storm");
}

void inEveryWeather(const Graph& graph, std::uint64_t seed, const std::string& name, bool sharesLan = false) {
    for (const Weather& one : kWeathers) {
        if (!testing::Test::HasFailure()) weather(graph, seed, one, name, sharesLan);
    }
}

TEST(EigrpInBadWeather, RandomGraphs) {
    for (std::uint64_t seed = 1; seed <= seedCount(40) && !testing::Test::HasFailure(); ++seed)
        inEveryWeather(randomGraph(seed), seed, "random graph");
}

TEST(EigrpInBadWeather, Rings) {
    for (const std::size_t n : {3U, 6U, 10U})
        inEveryWeather(ring(n), n, fmt::format("ring of {}", n));
}

TEST(EigrpInBadWeather, Grids) {
    for (const std::size_t n : {3U, 4U})
        inEveryWeather(grid(n, n), n, fmt::format("grid of {} x {}", n, n));
}

// Several neighbours on one interface: multicast, sequenced hellos, Conditional Receive.
TEST(EigrpInBadWeather, LansWithCablesBeside) {
    for (std::uint64_t seed = 1; seed <= seedCount(15) && !testing::Test::HasFailure(); ++seed)
        inEveryWeather(randomGraph(seed + 1000), seed, "LAN", true);
}

/// With the usual hold time adjacencies end now and then. When the weather is fair again, nothing of all that
/// is left.
TEST(EigrpInBadWeather, AdjacenciesThatEndLeaveNothingBehind) {
    for (std::uint64_t seed = 1; seed <= seedCount(30) && !testing::Test::HasFailure(); ++seed) {
        const bool sharesLan = seed % 3 == 0;
        const Graph graph = randomGraph(seed + 2000);
        EigrpLab stormy(graph, seed, {bad(30, 20, 20, 10), Duration::seconds(15), sharesLan});
        EigrpLab fair(graph, seed, {{}, Duration::seconds(15), sharesLan});
        RandomStream random(seed, "graph", "weather");
        for (int event = 0; event < 8; ++event) {
            const std::size_t link = random.below(stormy.linkCount());
            const bool isUp = random.below(2) == 0;
            inBoth(stormy, fair, [&](EigrpLab& lab) {
                lab.setLink(link, isUp);
                if (event % 3 == 0) lab.reweigh(link);
            });
            stormy.runFor(Duration::seconds(40));
        }
        stormy.setWeather({});
        const std::string where = fmt::format("seed {}", seed);
        stormy.convergeSomehow(where);
        if (HasFatalFailure()) return;
        fair.convergeSomehow(where + ", in fair weather");
        compareTables(stormy, fair, where);
    }
}

}  // namespace
}  // namespace peerscape::properties

#include "tests/properties/eigrp_lab.hpp"

namespace peerscape::properties {
namespace {

/// Every link and router fails and returns by itself; then links fail, return and get other metrics in any
/// order, without waiting.
///
/// A router that comes back sooner than its neighbours noticed that it was gone is left out: it has
/// forgotten what distance it told them, and nothing in the protocol can make up for that.
void breakEverything(const Graph& graph, std::uint64_t seed, const std::string& name) {
    const std::string where = fmt::format("{}, seed {}", name, seed);
    EigrpLab lab(graph, seed);
    lab.converge(where + ", cold start");
    for (std::size_t i = 0; i < lab.linkCount() && !testing::Test::HasFatalFailure(); ++i) {
        lab.setLink(i, false);
        lab.converge(fmt::format("{}, without link {}", where, i));
        lab.setLink(i, true);
        lab.converge(fmt::format("{}, link {} is back", where, i));
    }
    for (std::size_t r = 0; r < lab.routerCount() && !testing::Test::HasFatalFailure(); ++r) {
        lab.setRouter(r, false);
        lab.converge(fmt::format("{}, without R{}", where, r));
        lab.setRouter(r, true);
        lab.converge(fmt::format("{}, R{} is back", where, r));
    }
    for (int round = 0; round < 5 && !testing::Test::HasFatalFailure(); ++round) {
        for (int event = 0; event < 4; ++event) {
            const std::size_t link = lab.random().below(lab.linkCount());
            if (lab.random().below(2) == 0) {
                lab.setLink(link, lab.random().below(2) == 0);
            } else {
                lab.reweigh(link);
            }
            lab.runFor(Duration::milliseconds(static_cast<std::int64_t>(lab.random().below(100))));
        }
        lab.converge(fmt::format("{}, storm {}", where, round));
    }
}

TEST(EigrpOnGraphs, RandomGraphs) {
    for (std::uint64_t seed = 1; seed <= seedCount(500) && !testing::Test::HasFailure(); ++seed)
        breakEverything(randomGraph(seed), seed, "random graph");
}

TEST(EigrpOnGraphs, Rings) {
    for (const std::size_t n : {3U, 4U, 7U, 12U})
        breakEverything(ring(n), n, fmt::format("ring of {}", n));
}

TEST(EigrpOnGraphs, Grids) {
    for (const std::size_t n : {3U, 4U})
        breakEverything(grid(n, n), n, fmt::format("grid of {} x {}", n, n));
}

TEST(EigrpOnGraphs, Meshes) {
    for (const std::size_t n : {4U, 6U})
        breakEverything(fullMesh(n), n, fmt::format("mesh of {}", n));
}

}  // namespace
}  // namespace peerscape::properties

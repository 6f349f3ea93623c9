// The same claims as on the small graphs, where routes are longer: random graphs of up to 14 routers, and
// lines and rings on which infinity (16) is reached, so that "too far" is told from "broken".
#include "tests/properties/graph_lab.hpp"

namespace peerscape::properties {
namespace {

GraphLabOptions optionsOfLarger(std::uint64_t seed, Family family) {
    GraphLabOptions result;
    result.seed = seed;
    result.family = family;
    result.timers = {Duration::seconds(5), Duration::seconds(30), Duration::seconds(20)};
    return result;
}

/// A connected graph of 6 to 14 routers: a random tree and up to as many links more, some of them parallel.
Graph largerRandomGraph(std::uint64_t seed) {
    RandomStream random(seed, "graph", "larger shape");
    const std::size_t n = 6 + random.below(9);
    Graph graph(n);
    for (std::size_t i = 1; i < n; ++i)
        boost::add_edge(random.below(i), i, graph);
    for (std::size_t extra = random.below(n + 1); extra > 0; --extra) {
        const std::size_t u = random.below(n);
        const std::size_t v = random.below(n);
        if (u != v) boost::add_edge(std::min(u, v), std::max(u, v), graph);
    }
    return graph;
}

/// Breaks and mends every link, then every router, and looks each time.
void failEverything(const Graph& graph, const GraphLabOptions& labOptions, const std::string& name) {
    GraphLab lab(graph, labOptions);
    const auto look = [&](const std::string& what) {
        lab.converge();
        lab.check(name + what);
    };
    look("");
    for (std::size_t i = 0; i < lab.linkCount() && !testing::Test::HasFailure(); ++i) {
        lab.setLink(i, false);
        look(fmt::format(", link {} failed", i));
        lab.setLink(i, true);
        look(fmt::format(", link {} restored", i));
    }
    for (std::size_t r = 0; r < lab.routerCount() && !testing::Test::HasFailure(); ++r) {
        lab.setRouter(r, false);
        look(fmt::format(", router {} failed", r));
        lab.setRouter(r, true);
        look(fmt::format(", router {} restored", r));
    }
}

TEST(RipOnLargerGraphs, RandomGraphs) {
    for (std::uint64_t seed = 1; seed <= seedCount(); ++seed) {
        const Family family = seed % 4 == 0 ? Family::IPv6 : Family::IPv4;
        failEverything(largerRandomGraph(seed), optionsOfLarger(seed, family),
                       fmt::format("larger random graph {}", seed));
        if (HasFailure()) return;
    }
}

// The ends of a line of 16 know each other's networks with metrics of up to 16: 15 is the last that counts.
TEST(RipOnLargerGraphs, LinesAroundInfinity) {
    for (const std::size_t n : {15U, 16U, 17U, 20U})
        failEverything(line(n), optionsOfLarger(n, Family::IPv4), fmt::format("line of {}", n));
    failEverything(line(17), optionsOfLarger(1, Family::IPv6), "line of 17 with RIPng");
}

// Uncut, everything is near; cut, the ring is a line whose ends are too far from each other.
TEST(RipOnLargerGraphs, RingsThatBecomeTooLongWhenCut) {
    for (const std::size_t n : {15U, 16U, 17U, 18U})
        failEverything(ring(n), optionsOfLarger(n, Family::IPv4), fmt::format("ring of {}", n));
    failEverything(ring(17), optionsOfLarger(1, Family::IPv6), "ring of 17 with RIPng");
}

// More than 30 routers around: even the whole ring has networks that nobody on the far side can have.
TEST(RipOnLargerGraphs, ARingWhoseFarSideIsBeyondInfinity) {
    GraphLab lab(ring(33), optionsOfLarger(1, Family::IPv4));
    lab.converge();
    lab.check("ring of 33");
    lab.setLink(5, false);
    lab.converge();
    lab.check("ring of 33, cut");
    lab.setRouter(20, false);
    lab.converge();
    lab.check("ring of 33, cut and without R20");
}

}  // namespace
}  // namespace peerscape::properties

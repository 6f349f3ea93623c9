#include "tests/protocols/eigrp/dual_network.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

/// What DUAL promises, on whole networks: no loop after any delivery, and shortest paths when all is quiet.
/// The judge is Boost.Graph.
namespace peerscape::eigrp::dual {
namespace {

using Links = std::vector<std::pair<int, int>>;

Links ring(int n) {
    Links links;
    for (int i = 0; i < n; ++i)
        links.emplace_back(i, (i + 1) % n);
    return links;
}
Links grid(int side) {
    Links links;
    for (int i = 0; i < side * side; ++i) {
        if (i % side + 1 < side) links.emplace_back(i, i + 1);
        if (i + side < side * side) links.emplace_back(i, i + side);
    }
    return links;
}
Links mesh(int n) {
    Links links;
    for (int i = 0; i < n; ++i) {
        for (int j = i + 1; j < n; ++j)
            links.emplace_back(i, j);
    }
    return links;
}
/// A random tree and `more` random links.
Links randomGraph(int n, int more, std::uint64_t seed) {
    RandomStream random(seed, "graph", "links");
    std::set<std::pair<int, int>> links;
    for (int i = 1; i < n; ++i)
        links.insert({static_cast<int>(random.below(static_cast<std::uint64_t>(i))), i});
    for (int i = 0; i < more; ++i) {
        const int a = static_cast<int>(random.below(static_cast<std::uint64_t>(n)));
        const int b = static_cast<int>(random.below(static_cast<std::uint64_t>(n)));
        if (a != b) links.insert(std::minmax(a, b));
    }
    return {links.begin(), links.end()};
}
/// `lans` LANs in a row of four routers each, whose outer two are also on the LANs beside.
std::vector<Wire> rowOfLans(int lans) {
    std::vector<Wire> wires;
    for (int lan = 0; lan < lans; ++lan) {
        const auto interface = static_cast<std::uint16_t>(lan);
        for (const auto& [a, b] : mesh(4))
            wires.push_back({lan * 3 + a, lan * 3 + b, interface, interface});
    }
    wires.push_back({0, lans * 3, 100, 100});
    return wires;
}

/// A LAN of four routers, and four others around it: there are many ways between routers of the LAN that do
/// not lead over it.
std::vector<Wire> lanAmidOthers(std::uint64_t seed) {
    constexpr int kOnLan = 4;
    std::vector<Wire> wires;
    for (const auto& [a, b] : mesh(kOnLan))
        wires.push_back({a, b, 0, 0});
    for (const auto& [a, b] : randomGraph(2 * kOnLan, 2 * kOnLan, seed)) {
        const auto number = static_cast<std::uint16_t>(1 + wires.size());
        if (b >= kOnLan) wires.push_back({a, b, number, number});
    }
    return wires;
}

/// Distances to the destination, by Dijkstra from one more vertex that stands for it.
std::vector<CompositeDistance> shortestDistances(const DualNetwork& network) {
    using Weight = boost::property<boost::edge_weight_t, std::uint64_t>;
    using Graph =
        boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, Weight>;
    const auto routers = static_cast<std::size_t>(network.size());
    Graph graph(routers + 1);
    network.eachDirection([&](int from, int to, std::uint64_t cost) {
        boost::add_edge(static_cast<std::size_t>(to), static_cast<std::size_t>(from), cost, graph);
    });
    for (int i = 0; i < network.size(); ++i) {
        const CompositeDistance connected = network.connected(i);
        if (connected.isFinite())
            boost::add_edge(routers, static_cast<std::size_t>(i), connected.metric(), graph);
    }
    std::vector<std::uint64_t> distances(routers + 1, UINT64_MAX);
    boost::dijkstra_shortest_paths(graph, routers,
                                   boost::distance_map(distances.data()).distance_inf(UINT64_MAX));
    std::vector<CompositeDistance> result;
    for (std::size_t i = 0; i < routers; ++i)
        result.emplace_back(distances[i]);
    return result;
}

void expectShortestPaths(const DualNetwork& network) {
    const auto shortest = shortestDistances(network);
    for (int router = 0; router < network.size(); ++router) {
        EXPECT_TRUE(network.isPassive(router)) << "router " << router << " is still active";
        EXPECT_EQ(network.distance(router), shortest[static_cast<std::size_t>(router)])
            << "router " << router;
    }
}

/// Delivers until nothing is under way. False when there was a loop at any moment.
bool settle(DualNetwork& network) {
    constexpr int kFarTooMany = 200'000;
    for (int i = 0; !network.isQuiet(); ++i) {
        const bool notices =
            network.hasUnnoticed() && (!network.canDeliver() || network.random().below(4) == 0);
        if (notices) {
            network.notice();
        } else {
            network.deliver();
        }
        EXPECT_LT(i, kFarTooMany) << "it never ends";
        const bool loops = network.hasLoop();
        EXPECT_FALSE(loops) << network.routes();
        if (loops || i >= kFarTooMany) return false;
    }
    return true;
}

/// Something happens to a random link, or (seldom) to the destination itself.
void disturb(DualNetwork& network) {
    RandomStream& random = network.random();
    const std::size_t link = random.below(network.linkCount());
    const bool isA = random.below(2) == 0;
    const auto what = random.below(40);
    if (what == 0) {
        const int router = static_cast<int>(random.below(static_cast<std::uint64_t>(network.size())));
        const bool isThere = network.connected(router).isFinite();
        network.attach(router,
                       isThere ? CompositeDistance::infinity() : CompositeDistance(network.drawCost()));
    } else if (what <= 8) {
        network.failEnd(link, isA);
    } else if (what <= 20) {
        network.restoreEnd(link, isA);
    } else {
        network.changeCost(link, isA, network.drawCost() * (1 + random.below(10)));
    }
}

/// Rounds of disturbances among deliveries, slow and fast ones, then quiet.
void expectGoodBehaviour(DualNetwork& network) {
    network.attach(0, CompositeDistance(1));
    ASSERT_TRUE(settle(network));
    expectShortestPaths(network);
    for (const std::uint64_t pause : {2U, 4U, 8U, 16U, 32U}) {
        for (int i = 0; i < 300; ++i) {
            if (network.random().below(pause) == 0) disturb(network);
            if (network.hasUnnoticed() && network.random().below(8) == 0) network.notice();
            if (network.canDeliver()) network.deliver();
            ASSERT_FALSE(network.hasLoop()) << network.routes();
        }
        ASSERT_TRUE(settle(network));
        expectShortestPaths(network);
        if (testing::Test::HasFailure()) return;
    }
}

TEST(DualNetwork, HasNoLoopAndFindsShortestPathsOnRandomGraphs) {
    DualNetwork::Census all;
    for (std::uint64_t seed = 1; seed <= 600 && !HasFailure(); ++seed) {
        SCOPED_TRACE(fmt::format("seed {}", seed));
        const int routers = 4 + static_cast<int>(seed % 9);
        DualNetwork network(routers, wiresOf(randomGraph(routers, routers, seed)), seed);
        expectGoodBehaviour(network);
        for (const auto& [pair, count] : network.takeCensus())
            all[pair] += count;
    }
    // Enough happens: every pair of state and event that can.
    EXPECT_EQ(all.size(), 26U);
    for (const auto& [pair, count] : all)
        EXPECT_GT(count, 5) << name(pair.first) << ", IE" << static_cast<int>(pair.second);
}
TEST(DualNetwork, HasNoLoopAndFindsShortestPathsOnRings) {
    for (std::uint64_t seed = 1; seed <= 60 && !HasFailure(); ++seed) {
        SCOPED_TRACE(fmt::format("seed {}", seed));
        const int routers = 3 + static_cast<int>(seed % 8);
        DualNetwork network(routers, wiresOf(ring(routers)), seed);
        expectGoodBehaviour(network);
    }
}
TEST(DualNetwork, HasNoLoopAndFindsShortestPathsOnGrids) {
    for (std::uint64_t seed = 1; seed <= 60 && !HasFailure(); ++seed) {
        SCOPED_TRACE(fmt::format("seed {}", seed));
        const int side = 2 + static_cast<int>(seed % 3);
        DualNetwork network(side * side, wiresOf(grid(side)), seed);
        expectGoodBehaviour(network);
    }
}
TEST(DualNetwork, HasNoLoopAndFindsShortestPathsOnMeshes) {
    for (std::uint64_t seed = 1; seed <= 60 && !HasFailure(); ++seed) {
        SCOPED_TRACE(fmt::format("seed {}", seed));
        const int routers = 3 + static_cast<int>(seed % 5);
        DualNetwork network(routers, wiresOf(mesh(routers)), seed);
        expectGoodBehaviour(network);
    }
}
TEST(DualNetwork, HasNoLoopAndFindsShortestPathsOnLans) {
    for (std::uint64_t seed = 1; seed <= 60 && !HasFailure(); ++seed) {
        SCOPED_TRACE(fmt::format("seed {}", seed));
        const int lans = 2 + static_cast<int>(seed % 3);
        DualNetwork network(lans * 3 + 1, rowOfLans(lans), seed);
        expectGoodBehaviour(network);
    }
}

TEST(DualNetwork, HasNoLoopAndFindsShortestPathsWhereWaysLeadAroundALan) {
    for (std::uint64_t seed = 1; seed <= 400 && !HasFailure(); ++seed) {
        SCOPED_TRACE(fmt::format("seed {}", seed));
        DualNetwork network(8, lanAmidOthers(seed), seed);
        expectGoodBehaviour(network);
    }
}

void expectGoodBehaviourWithoutSplitHorizon(std::uint64_t seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    const int routers = 4 + static_cast<int>(seed % 9);
    DualNetwork network(routers, wiresOf(randomGraph(routers, routers, seed)), seed, false);
    expectGoodBehaviour(network);
}
TEST(DualNetwork, HasNoLoopAndFindsShortestPathsWithoutSplitHorizon) {
    for (std::uint64_t seed = 1; seed <= 120 && !HasFailure(); ++seed)
        expectGoodBehaviourWithoutSplitHorizon(seed);
}
/// A network that loops when a growing distance counts as the successor's reply.
TEST(DualNetwork, AwaitsTheReplyOfASuccessorWhoseDistanceGrows) {
    expectGoodBehaviourWithoutSplitHorizon(4378);
}

/// What single failures cost in quiet networks.
struct Cost {
    int failures = 0;
    int computations = 0;  ///< failures that made a router active
    int simple = 0;        ///< those in which no router asked twice
    int most = 0;          ///< queries and replies in one direction of a link in one failure
};

void measureFailure(DualNetwork& network, std::size_t link, Cost& cost) {
    network.takeTraffic();
    network.takeRounds();
    network.fail(link);
    ASSERT_TRUE(settle(network));
    expectShortestPaths(network);
    auto rounds = network.takeRounds();
    int mostRounds = 0;
    for (const auto& [router, count] : rounds)
        mostRounds = std::max(mostRounds, count);
    for (const auto& [direction, count] : network.takeTraffic()) {
        EXPECT_LE(count, rounds[direction.first] + rounds[direction.second]);
        cost.most = std::max(cost.most, count);
    }
    ++cost.failures;
    if (mostRounds > 0) ++cost.computations;
    if (mostRounds == 1) ++cost.simple;
}

/// In each direction of a link at most one query for each time that its sender asks, and one reply for each
/// time that its receiver does: two messages where no router asks twice. One may: it was answered by
/// a router that did not yet know, chose that way, and is asked again when the news comes round.
TEST(DualNetwork, NeedsOneQueryAndOneReplyForEachTimeThatARouterAsks) {
    Cost cost;
    for (std::uint64_t seed = 1; seed <= 200 && !HasFailure(); ++seed) {
        const int routers = 5 + static_cast<int>(seed % 8);
        DualNetwork network(routers, wiresOf(randomGraph(routers, routers, seed)), seed);
        network.attach(0, CompositeDistance(1));
        ASSERT_TRUE(settle(network));
        for (std::size_t link = 0; link < network.linkCount(); ++link) {
            SCOPED_TRACE(fmt::format("seed {}, link {}", seed, link));
            measureFailure(network, link, cost);
            network.restore(link);
            ASSERT_TRUE(settle(network));
            expectShortestPaths(network);
        }
    }
    EXPECT_GT(cost.computations, 500);
    EXPECT_GT(cost.simple, cost.computations * 9 / 10);
    RecordProperty("failures", cost.failures);
    RecordProperty("with a computation", cost.computations);
    RecordProperty("in which no router asked twice", cost.simple);
    RecordProperty("most messages in a direction", cost.most);
}

}  // namespace
}  // namespace peerscape::eigrp::dual

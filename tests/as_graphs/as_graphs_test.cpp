// Internet-like graphs of ASes under Gao-Rexford policies: the paths that a solver finds, and the numbers of
// messages that other simulators count.
#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/bench/as_graph_lab.hpp"

namespace peerscape::bench {
namespace {

constexpr std::string_view kSeed = "20240601";

SimulationOptions whole() {
    SimulationOptions options;
    options.streams = StreamModel::Messages;
    return options;
}

/// AS numbers from the neighbour to the origin.
using AsNumbers = std::vector<std::uint32_t>;

/// The only stable state (Gao and Rexford 2001): routes from customers before those from peers before those
/// from providers, then the shortest, then the lowest neighbour. What is learned from a peer or a provider is
/// told to customers only, so that it is found in three rounds, each of which hangs on the ones before.
class Solver {
  public:
    Solver(const AsGraph& graph, std::uint32_t origin) {
        for (const AsGraph::Link& link : graph.links) {
            if (link.relation == AsGraph::Relation::Peers) {
                peers_[link.first].push_back(link.second);
                peers_[link.second].push_back(link.first);
            } else {
                providers_[link.second].push_back(link.first);
                customers_[link.first].push_back(link.second);
            }
        }
        paths_[origin] = {};
        spread(providers_);
        const std::map<std::uint32_t, AsNumbers> fromCustomers = paths_;
        for (const auto& [as, path] : fromCustomers) {
            for (const std::uint32_t peer : peers_[as])
                if (!fromCustomers.contains(peer)) improve(peer, as, path);
        }
        spread(customers_);
    }
    const std::map<std::uint32_t, AsNumbers>& paths() const { return paths_; }

  private:
    using Neighbors = std::map<std::uint32_t, std::vector<std::uint32_t>>;

    /// What is known goes on along these, from the shortest path to the longest, to whoever knows none.
    void spread(Neighbors& along) {
        const std::map<std::uint32_t, AsNumbers> known = paths_;
        for (std::size_t length = 0; length <= paths_.size(); ++length) {
            for (const auto& [as, path] : std::map(paths_)) {
                if (path.size() != length) continue;
                for (const std::uint32_t next : along[as])
                    if (!known.contains(next)) improve(next, as, path);
            }
        }
    }
    void improve(std::uint32_t as, std::uint32_t from, const AsNumbers& path) {
        AsNumbers longer{from};
        longer.insert(longer.end(), path.begin(), path.end());
        const auto [known, isNew] = paths_.emplace(as, longer);
        const auto rank = [](const AsNumbers& numbers) { return std::pair(numbers.size(), numbers.front()); };
        if (!isNew && rank(longer) < rank(known->second)) known->second = longer;
    }

    Neighbors providers_;
    Neighbors customers_;
    Neighbors peers_;
    std::map<std::uint32_t, AsNumbers> paths_;
};

void expectPathsOfTheSolver(const AsGraphLab& lab, std::uint32_t origin) {
    const Solver solver(lab.graph(), origin);
    for (const std::uint32_t as : lab.graph().numbers()) {
        const auto wanted = solver.paths().find(as);
        ASSERT_NE(wanted, solver.paths().end()) << "in these graphs everybody hears of everybody";
        EXPECT_EQ(lab.bestPath(as, origin), wanted->second) << "AS " << as << " to " << origin;
    }
}

TEST(AsGraphs, PathsAreThoseOfTheSolverHoweverTcpCarriesThem) {
    for (const StreamModel streams : {StreamModel::Messages, StreamModel::Segments}) {
        SimulationOptions options;
        options.streams = streams;
        AsGraphLab lab(drawAsGraph(300, kSeed), options);
        lab.establish();
        for (const std::uint32_t origin : {lab.graph().stubs().front(), lab.graph().stubs().back(), 1U}) {
            lab.announce(origin);
            expectPathsOfTheSolver(lab, origin);
        }
    }
}

/// The counts of two other event simulators, first in, first out. Those of withdrawals hang on the order in
/// which a router walks its neighbours, and on who is heard first: rounds must not change it (ADR 0013).
TEST(AsGraphs, AThousandAsesSayWhatOthersCount) {
    AsGraphLab lab(drawAsGraph(1'000, kSeed), whole());
    EXPECT_EQ(lab.graph().links.size(), 4'500U);
    lab.establish();
    const auto origins = firstOrigins(lab.graph());
    const auto counted = [&](auto act) {
        const std::uint64_t before = lab.updates();
        act();
        return lab.updates() - before;
    };
    EXPECT_EQ(counted([&] { lab.announce(origins.front()); }), 1'999U);
    expectPathsOfTheSolver(lab, origins.front());
    EXPECT_EQ(counted([&] { lab.withdraw(origins.front()); }), 5'093U);
    EXPECT_EQ(lab.pathsTo(origins.front()), 0U);
    EXPECT_EQ(counted([&] { std::ranges::for_each(origins, [&](auto as) { lab.announce(as); }); }), 23'724U);
}

/// A checkpoint in the middle of an instant, while half of its messages are still to be handled.
TEST(AsGraphs, CopiesInTheMiddleOfAWaveGoOnAlike) {
    AsGraphLab lab(drawAsGraph(200, kSeed), whole());
    lab.establish();
    const std::uint32_t origin = firstOrigins(lab.graph()).front();
    lab.announce(origin);
    const Topology topology = lab.lab().simulation().topology();
    for (std::uint32_t i = 0; i < topology.segments().size(); ++i) {
        const bool isOfOrigin =
            std::ranges::any_of(topology.segments()[i].ends, [&](const InterfaceRef& end) {
                return topology.node(end.node).name == "AS" + std::to_string(origin);
            });
        if (!isOfOrigin) continue;
        ASSERT_TRUE(lab.lab().apply({"fail", action::SetSegment{SegmentId(i), false}}).has_value());
    }
    std::vector<Simulation> copies;
    std::size_t events = 0;
    RunHooks hooks;
    hooks.onEvent = [&] {
        if (++events % 7 == 0 && copies.size() < 20) copies.push_back(lab.lab().simulation());
    };
    ASSERT_TRUE(lab.lab().runUntilConverged(Duration::hours(1), hooks).isConverged);
    ASSERT_EQ(copies.size(), 20U) << "there is more to be said than that";
    EXPECT_EQ(lab.pathsTo(origin), 1U) << "its own";
    const Simulation& original = lab.lab().simulation();
    for (Simulation& copy : copies) {
        RecordLog log = RecordLog::forCopy();
        copy.runUntil(original.now(), log);
        EXPECT_EQ(copy.stateHash(), original.stateHash());
        EXPECT_EQ(copy.eventsHandled(), original.eventsHandled());
    }
}

}  // namespace
}  // namespace peerscape::bench

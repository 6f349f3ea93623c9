#include "engine/topology/graph.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/random.hpp"

namespace peerscape {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Topology withNodes(std::uint32_t count) {
    Topology topology;
    for (std::uint32_t n = 0; n < count; ++n)
        EXPECT_TRUE(topology.addNode("R" + std::to_string(n), NodeKind::Router).has_value());
    return topology;
}

SegmentId connect(Topology& topology, const std::vector<std::uint32_t>& nodes) {
    const std::string name = "s" + std::to_string(topology.segments().size());
    std::vector<EndSpec> ends;
    for (const std::uint32_t n : nodes)
        ends.push_back({NodeId(n), name, {}});
    return topology
        .addSegment(name, nodes.size() == 2 ? SegmentKind::PointToPoint : SegmentKind::Lan, {}, ends)
        .value();
}

TEST(Graph, DistancesCountLinksAndALanIsOneHop) {
    Topology topology = withNodes(6);
    connect(topology, {0, 1});
    connect(topology, {1, 2, 3});
    connect(topology, {3, 4});
    EXPECT_THAT(hopDistances(topology, NodeId(0)), ElementsAre(0U, 1U, 2U, 2U, 3U, std::nullopt));
}

TEST(Graph, SegmentsThatAreNotUsableDoNotCount) {
    Topology topology = withNodes(3);
    const SegmentId direct = connect(topology, {0, 2});
    connect(topology, {0, 1});
    connect(topology, {1, 2});
    const SegmentFilter usable = [&](SegmentId s) { return s != direct; };
    EXPECT_THAT(hopDistances(topology, NodeId(0)), ElementsAre(0U, 1U, 1U));
    EXPECT_THAT(hopDistances(topology, NodeId(0), usable), ElementsAre(0U, 1U, 2U));
    EXPECT_THAT(articulationNodes(topology), IsEmpty());
    EXPECT_THAT(articulationNodes(topology, usable), ElementsAre(NodeId(1)));
}

TEST(Graph, PartsAreNumberedByTheirFirstNode) {
    Topology topology = withNodes(5);
    connect(topology, {0, 3});
    connect(topology, {1, 4});
    EXPECT_THAT(connectedParts(topology), ElementsAre(0U, 1U, 2U, 0U, 1U));
    EXPECT_THAT(connectedParts(Topology()), IsEmpty());
}

TEST(Graph, GroupsInsideThemselvesAreFound) {
    Topology topology;
    std::vector<Group> groups(4);
    for (std::size_t g = 0; g < groups.size(); ++g)
        groups[g].name = "g" + std::to_string(g);
    groups[0].parent = GroupId(1);
    groups[2].parent = GroupId(0);
    for (const Group& group : groups)
        EXPECT_TRUE(topology.addGroup(group).has_value());
    EXPECT_THAT(groupCycle(topology), IsEmpty());
    // 0 lies in 1, 1 in 3, 3 in 1.
    Topology circular;
    groups[1].parent = GroupId(3);
    groups[3].parent = GroupId(1);
    for (const Group& group : groups)
        EXPECT_TRUE(circular.addGroup(group).has_value());
    EXPECT_THAT(groupCycle(circular), ElementsAre(GroupId(1), GroupId(3)));
    Topology own;
    groups[0].parent = GroupId(0);
    EXPECT_TRUE(own.addGroup(groups[0]).has_value());
    EXPECT_THAT(groupCycle(own), ElementsAre(GroupId(0)));
}

TEST(GraphProperty, AgreesWithRelaxationAndWithTakingNodesOut) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        RandomStream random(seed, "graph", "property");
        const auto count = static_cast<std::uint32_t>(2 + random.below(8));
        Topology topology = withNodes(count);
        std::vector<std::vector<std::uint32_t>> segments;
        for (std::uint64_t s = random.below(12); s > 0; --s) {
            std::vector<std::uint32_t> ends;
            for (std::uint32_t n = 0; n < count; ++n) {
                if (random.below(count) < 2) ends.push_back(n);
            }
            if (ends.size() < 2) continue;
            connect(topology, ends);
            segments.push_back(ends);
        }
        // `without`: a node that takes no part.
        const auto distances = [&](std::uint32_t from, std::uint32_t without) {
            std::vector<std::optional<std::uint32_t>> hops(count);
            if (from != without) hops[from] = 0;
            for (std::uint32_t round = 0; round < count; ++round) {
                for (const auto& ends : segments) {
                    for (const std::uint32_t a : ends) {
                        for (const std::uint32_t b : ends) {
                            if (a == without || b == without || !hops[a]) continue;
                            if (!hops[b] || *hops[b] > *hops[a] + 1) hops[b] = *hops[a] + 1;
                        }
                    }
                }
            }
            return hops;
        };
        const auto parts = connectedParts(topology);
        std::vector<NodeId> separators;
        for (std::uint32_t n = 0; n < count; ++n) {
            const auto hops = distances(n, count);
            ASSERT_EQ(hopDistances(topology, NodeId(n)), hops) << "seed " << seed;
            for (std::uint32_t m = 0; m < count; ++m)
                ASSERT_EQ(parts[m] == parts[n], hops[m].has_value());
            bool separates = false;
            for (std::uint32_t m = 0; m < count && !separates; ++m) {
                const auto rest = distances(m, n);
                for (std::uint32_t k = 0; k < count; ++k)
                    separates |= m != n && k != n && parts[k] == parts[m] && !rest[k];
            }
            if (separates) separators.emplace_back(n);
        }
        ASSERT_EQ(articulationNodes(topology), separators) << "seed " << seed;
    }
}

}  // namespace
}  // namespace peerscape

#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "engine/base/random.hpp"
#include "engine/topology/topology.hpp"

namespace peerscape::properties {

/// A graph of routers as a topology: router r is "R<r>" with a stub network; link i is "l<i>", which is also
/// the name of its interfaces, with a random delay of up to 20 ms.
///
/// `linkNetwork(i)` and `stubNetwork(r)` give the networks; the first end of a link has host number 1.
template <typename LinkNetwork, typename StubNetwork>
Topology drawGraph(std::size_t routers, const std::vector<std::pair<std::size_t, std::size_t>>& links,
                   const LinkProperties& weather, RandomStream& random, LinkNetwork linkNetwork,
                   StubNetwork stubNetwork) {
    Topology topology;
    const auto node = [](std::size_t router) { return NodeId(static_cast<std::uint32_t>(router)); };
    const auto at = [](const Prefix& network, std::uint64_t host) {
        return InterfaceAddress{network.address().plus(host), network.length()};
    };
    for (std::size_t r = 0; r < routers; ++r)
        EXPECT_TRUE(topology.addNode("R" + std::to_string(r), NodeKind::Router).has_value());
    for (std::size_t i = 0; i < links.size(); ++i) {
        LinkProperties properties = weather;
        properties.delay = Duration::microseconds(static_cast<std::int64_t>(100 + random.below(20'000)));
        const std::string name = "l" + std::to_string(i);
        EXPECT_TRUE(topology
                        .addSegment(name, SegmentKind::PointToPoint, properties,
                                    {{node(links[i].first), name, {at(linkNetwork(i), 1)}},
                                     {node(links[i].second), name, {at(linkNetwork(i), 2)}}})
                        .has_value());
    }
    for (std::size_t r = 0; r < routers; ++r) {
        EXPECT_TRUE(topology
                        .addSegment("stub" + std::to_string(r), SegmentKind::Lan, {},
                                    {{node(r), "stub", {at(stubNetwork(r), 1)}}})
                        .has_value());
    }
    return topology;
}

}  // namespace peerscape::properties

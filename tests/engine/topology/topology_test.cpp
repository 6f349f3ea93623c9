#include "engine/topology/topology.hpp"

#include <set>

#include <gtest/gtest.h>

namespace peerscape {
namespace {

InterfaceAddress address(std::string_view text) { return InterfaceAddress::parse(text).value(); }

struct Drawing {
    Topology topology;
    NodeId r1 = topology.addNode("R1", NodeKind::Router).value();
    NodeId r2 = topology.addNode("R2", NodeKind::Router).value();
    NodeId h = topology.addNode("H", NodeKind::Host).value();
};

/// How much there is: to see that a refused edit changed nothing.
std::vector<std::size_t> sizes(const Topology& topology) {
    std::vector<std::size_t> result{topology.nodes().size(), topology.segments().size(),
                                    topology.groups().size()};
    for (const Node& node : topology.nodes()) {
        result.push_back(node.interfaces.size());
        for (const Interface& interface : node.interfaces)
            result.push_back(interface.addresses.size());
    }
    return result;
}

TEST(Topology, NamesFindNodesSegmentsGroupsAndInterfaces) {
    Drawing d;
    Group group;
    group.name = "north";
    const GroupId north = d.topology.addGroup(group).value();
    const SegmentId link = d.topology
                               .addSegment("ab", SegmentKind::PointToPoint, {},
                                           {{d.r1, "eth0", {address("10.0.0.1/24")}}, {d.r2, "eth3", {}}})
                               .value();
    EXPECT_EQ(d.topology.nodeNamed("R2"), d.r2);
    EXPECT_EQ(d.topology.nodeNamed("r2"), std::nullopt);
    EXPECT_EQ(d.topology.segmentNamed("ab"), link);
    EXPECT_EQ(d.topology.groupNamed("north"), north);
    const InterfaceRef end = d.topology.interfaceNamed("R2:eth3").value();
    EXPECT_EQ(end.node, d.r2);
    EXPECT_EQ(d.topology.nameOf(end), "R2:eth3");
    EXPECT_EQ(d.topology.interface(end).segment, link);
    EXPECT_EQ(d.topology.segment(link).ends.size(), 2U);
    for (const char* wrong : {"R2", "R9:eth3", "R2:eth9", "", ":"})
        EXPECT_EQ(d.topology.interfaceNamed(wrong), std::nullopt) << wrong;
}

TEST(Topology, NamesAreUniquePerKind) {
    Drawing d;
    ASSERT_TRUE(d.topology.addSegment("R1", SegmentKind::Lan, {}, {{d.r1, "eth0", {}}}).has_value())
        << "another kind may share the name";
    Group group;
    group.name = "R1";
    ASSERT_TRUE(d.topology.addGroup(group).has_value());
    const auto before = sizes(d.topology);
    EXPECT_FALSE(d.topology.addNode("R1", NodeKind::Host).has_value());
    EXPECT_FALSE(d.topology.addGroup(group).has_value());
    EXPECT_FALSE(d.topology.addSegment("R1", SegmentKind::Lan, {}, {{d.r2, "eth0", {}}}).has_value());
    EXPECT_FALSE(d.topology.addInterface(d.r1, "eth0", false, {}).has_value());
    EXPECT_EQ(sizes(d.topology), before);
}

TEST(Topology, RefusedLinksChangeNothing) {
    Drawing d;
    ASSERT_TRUE(d.topology.addInterface(d.r1, "lo", true, {address("10.9.9.1/32")}).has_value());
    ASSERT_TRUE(
        d.topology.addSegment("ab", SegmentKind::PointToPoint, {}, {{d.r1, "eth0", {}}, {d.r2, "eth0", {}}})
            .has_value());
    const auto before = sizes(d.topology);
    const std::vector<std::pair<SegmentKind, std::vector<EndSpec>>> refused = {
        {SegmentKind::PointToPoint, {{d.r1, "eth1", {}}}},
        {SegmentKind::PointToPoint, {{d.r1, "eth1", {}}, {d.r2, "eth1", {}}, {d.h, "eth0", {}}}},
        {SegmentKind::Lan, {}},
        {SegmentKind::PointToPoint, {{d.h, "eth0", {}}, {d.r1, "eth0", {}}}},
        {SegmentKind::PointToPoint, {{d.h, "eth0", {}}, {d.r1, "lo", {}}}},
        {SegmentKind::Lan, {{d.h, "eth0", {address("10.0.0.1/24")}}, {d.h, "eth0", {}}}},
    };
    for (const auto& [kind, ends] : refused) {
        const auto added = d.topology.addSegment("new", kind, {}, ends);
        ASSERT_FALSE(added.has_value());
        EXPECT_FALSE(added.error().message.empty());
        EXPECT_EQ(sizes(d.topology), before);
        EXPECT_EQ(d.topology.segmentNamed("new"), std::nullopt);
    }
}

TEST(Topology, ALinkTakesUpAnInterfaceThatHasNoCable) {
    Drawing d;
    const InterfaceId waiting =
        d.topology.addInterface(d.r1, "eth5", false, {address("10.0.0.1/24")}).value();
    const SegmentId link = d.topology
                               .addSegment("ab", SegmentKind::PointToPoint, {},
                                           {{d.r1, "eth5", {address("10.1.0.1/24")}}, {d.r2, "eth0", {}}})
                               .value();
    EXPECT_EQ(d.topology.node(d.r1).interfaces.size(), 1U);
    EXPECT_EQ(d.topology.interface({d.r1, waiting}).segment, link);
    EXPECT_EQ(d.topology.interface({d.r1, waiting}).addresses.size(), 2U);
}

TEST(Topology, ALinkMayHaveBothEndsAtOneNode) {
    Drawing d;
    EXPECT_TRUE(
        d.topology.addSegment("loop", SegmentKind::PointToPoint, {}, {{d.r1, "eth0", {}}, {d.r1, "eth1", {}}})
            .has_value());
}

TEST(Topology, MacAndLinkLocalAddressesFollowTheNumbers) {
    Drawing d;
    ASSERT_TRUE(d.topology.addInterface(d.r2, "lo", true, {}).has_value());
    ASSERT_TRUE(
        d.topology.addSegment("a", SegmentKind::Lan, {}, {{d.r2, "eth0", {}}, {d.r1, "x", {}}}).has_value());
    ASSERT_TRUE(d.topology.addSegment("b", SegmentKind::Lan, {}, {{d.r2, "eth1", {}}}).has_value());
    const auto at = [&](std::string_view name) {
        return d.topology.interface(d.topology.interfaceNamed(name).value());
    };
    EXPECT_EQ(at("R2:eth0").macAddress, 0x020000020001U);
    EXPECT_EQ(at("R2:eth1").macAddress, 0x020000020002U) << "loopbacks do not count";
    EXPECT_EQ(at("R1:x").macAddress, 0x020000010001U);
    EXPECT_EQ(toString(at("R2:eth1").linkLocal), "fe80::2:2");
    EXPECT_EQ(at("R2:lo").macAddress, 0U);
}

TEST(Topology, MacAndLinkLocalAddressesAreUniqueInLargeLabs) {
    Topology topology;
    std::set<std::uint64_t> macs;
    std::set<IpAddress> linkLocals;
    for (int n = 0; n < 600; ++n) {
        const NodeId node = topology.addNode("R" + std::to_string(n), NodeKind::Router).value();
        const int interfaces = n == 3 || n == 299 ? 300 : 2;
        for (int i = 0; i < interfaces; ++i) {
            const InterfaceId id = topology.addInterface(node, "eth" + std::to_string(i), false, {}).value();
            EXPECT_TRUE(macs.insert(topology.interface({node, id}).macAddress).second);
            EXPECT_TRUE(linkLocals.insert(topology.interface({node, id}).linkLocal).second);
            EXPECT_EQ(topology.interface({node, id}).macAddress >> 40, 2U)
                << "locally administered, not multicast";
        }
    }
}

TEST(Topology, IsAValue) {
    Drawing d;
    Topology copy = d.topology;
    ASSERT_TRUE(copy.addNode("R9", NodeKind::Router).has_value());
    EXPECT_EQ(d.topology.nodeNamed("R9"), std::nullopt);
}

}  // namespace
}  // namespace peerscape

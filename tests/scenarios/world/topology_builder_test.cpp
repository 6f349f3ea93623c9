#include "scenarios/world/topology_builder.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

LabFile expanded(const std::string& text) {
    const LabOutcome read = readLab("peerscape: 1\n" + text, "lab.yaml");
    for (const Diagnostic& d : read.diagnostics)
        ADD_FAILURE() << toString(d);
    return expandLab(read.lab.value()).lab.value();
}

/// The drawing of a lab that has no problems.
Topology built(const LabFile& file) {
    DiagnosticList problems;
    Topology topology = buildTopology(file, problems);
    for (const Diagnostic& d : problems.take())
        ADD_FAILURE() << toString(d);
    return topology;
}

std::vector<std::string> problemsOf(const LabFile& file) {
    DiagnosticList problems;
    (void)buildTopology(file, problems);
    std::vector<std::string> texts;
    for (const Diagnostic& d : problems.take())
        texts.push_back(toString(d));
    return texts;
}

TEST(TopologyBuilder, NodesHaveTheirKindPlaceGroupAndLoopback) {
    const Topology topology =
        built(expanded("groups: {g: {kind: building, title: House, asn: 65001}}\n"
                       "routers:\n  A: {group: g, at: [80, 120], loopback: [10.0.0.1/32]}\n  B: {asn: 7}\n"
                       "hosts: {pc: {gateway: A}}\n"));
    const Node& a = topology.node(topology.nodeNamed("A").value());
    EXPECT_EQ(a.kind, NodeKind::Router);
    EXPECT_EQ(topology.groups()[a.group.value()].title, "House");
    EXPECT_EQ(a.asn, Asn::number(65001));
    ASSERT_TRUE(a.position.has_value());
    EXPECT_THAT(*a.position, ElementsAre(80, 120));
    const Interface& lo = topology.interface(topology.interfaceNamed("A:lo").value());
    EXPECT_TRUE(lo.isLoopback);
    ASSERT_EQ(lo.addresses.size(), 1U);
    EXPECT_EQ(toString(lo.addresses[0]), "10.0.0.1/32");
    EXPECT_EQ(topology.node(topology.nodeNamed("B").value()).asn, Asn::number(7));
    EXPECT_EQ(topology.node(topology.nodeNamed("pc").value()).kind, NodeKind::Host);
    EXPECT_TRUE(topology.interfaceNamed("pc:lo").has_value());
}

TEST(TopologyBuilder, GroupsMayStandInAnyOrder) {
    const Topology topology =
        built(expanded("groups: {room: {parent: house}, house: {parent: town}, town: {}}\n"));
    const GroupId room = topology.groupNamed("room").value();
    const GroupId house = topology.groupNamed("house").value();
    EXPECT_EQ(topology.groups()[room.value()].parent, house);
    EXPECT_EQ(topology.groups()[house.value()].parent, topology.groupNamed("town"));
}

TEST(TopologyBuilder, LinksKeepTheirPropertiesAndRelation) {
    const Topology topology = built(
        expanded("routers: {A: {asn: 1}, B: {asn: 2}, C: {}}\nlinks:\n"
                 "  - {name: ab, ends: [A, B], delay: 7ms, mtu: 1400, loss: 2%, duplicate: 3%, reorder: 4%, "
                 "corrupt: 5%, relation: customer-provider}\n"
                 "lans:\n  - {name: l, ends: [A, B, C]}\n"));
    const Segment& ab = topology.segment(topology.segmentNamed("ab").value());
    EXPECT_EQ(ab.kind, SegmentKind::PointToPoint);
    EXPECT_EQ(ab.properties.delay, Duration::milliseconds(7));
    EXPECT_EQ(ab.properties.mtu, 1400U);
    EXPECT_EQ(ab.properties.loss, Probability::partsPerMillion(20'000));
    EXPECT_EQ(ab.properties.duplicate, Probability::partsPerMillion(30'000));
    EXPECT_EQ(ab.properties.reorder, Probability::partsPerMillion(40'000));
    EXPECT_EQ(ab.properties.corrupt, Probability::partsPerMillion(50'000));
    EXPECT_EQ(ab.relation, Relation::CustomerProvider);
    ASSERT_EQ(ab.ends.size(), 2U);
    EXPECT_EQ(topology.nameOf(ab.ends[0]), "A:eth0");
    const Segment& lan = topology.segment(topology.segmentNamed("l").value());
    EXPECT_EQ(lan.kind, SegmentKind::Lan);
    EXPECT_EQ(lan.ends.size(), 3U);
}

TEST(TopologyBuilder, ConfigurationsMayNameInterfacesThatComeLater) {
    const Topology topology =
        built(expanded("routers: {A: {}, B: {}}\nsteps:\n  - do: [{add_link: {ends: {\"A:eth7\": [], "
                       "\"B:eth8\": []}}}]\n"));
    EXPECT_THAT(topology.node(topology.nodeNamed("A").value()).awaitedInterfaces, ElementsAre("eth7"));
    EXPECT_THAT(topology.node(topology.nodeNamed("B").value()).awaitedInterfaces, ElementsAre("eth8"));
}

TEST(TopologyBuilder, AnEndWithoutInterfaceGetsTheNextFreeOne) {
    const Topology topology =
        built(expanded("routers: {A: {}, B: {}}\nlinks: [{name: ab, ends: [\"A:eth1\", B]}]\n"));
    LinkEntry link;
    link.name = "new";
    for (const char* name : {"A", "A", "A", "B"}) {
        EndEntry end;
        end.node.name = name;
        link.ends.push_back(end);
    }
    const auto ends = endsOf(topology, link);
    ASSERT_TRUE(ends.has_value());
    std::vector<std::string> names;
    for (const EndSpec& end : *ends)
        names.push_back(end.interface);
    EXPECT_THAT(names, ElementsAre("eth0", "eth2", "eth3", "eth1"));
}

TEST(TopologyBuilder, WhatTheReaderLetPassIsAProblemWithItsPlace) {
    // A lab may be made by a program: the engine still refuses what cannot be.
    LabFile file = expanded("routers: {A: {}, B: {}}\nlinks: [{name: ab, ends: [A, B]}]\n");
    file.links[0].ends[1].node.name = "Q";
    EXPECT_THAT(problemsOf(file),
                ElementsAre(HasSubstr("lab.yaml:3:9: 'ab' names the router 'Q', which does not exist")));

    LabFile twice = expanded("routers: {A: {}, B: {}}\n");
    twice.routers[1].name = "A";
    EXPECT_THAT(problemsOf(twice), ElementsAre(HasSubstr("lab.yaml:2:")));

    LabFile circle = expanded("groups: {a: {}, b: {parent: a}}\n");
    circle.groups[0].parent = NameRef{"b", {}};
    EXPECT_THAT(problemsOf(circle),
                ElementsAre(HasSubstr("group 'a' lies in itself or in a group that does not exist")));
}

}  // namespace
}  // namespace peerscape

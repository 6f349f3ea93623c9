// One sentence for each kind of record.
#include "scenarios/explain/describe.hpp"

#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sim/damage.hpp"
#include "engine/sim/flow.hpp"
#include "engine/sim/icmp.hpp"
#include "protocols/rip/config.hpp"
#include "protocols/rip/wire.hpp"
#include "scenarios/explain/records_view.hpp"
#include "tests/scenarios/explain/explain_fixture.hpp"

namespace peerscape {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

IpAddress address(std::string_view text) { return IpAddress::parse(text).value(); }

/// Two routers, A and B, each with eth0.
Topology twoRouters() {
    Topology topology;
    const NodeId a = topology.addNode("A", NodeKind::Router).value();
    const NodeId b = topology.addNode("B", NodeKind::Router).value();
    EXPECT_TRUE(topology.addSegment("ab", SegmentKind::PointToPoint, {}, {{a, "eth0", {}}, {b, "eth0", {}}})
                    .has_value());
    return topology;
}

std::string sentence(record::What what) {
    static const Topology topology = twoRouters();
    return describe(Record{RecordId(1), RecordId(0), SimTime::start(), NodeId(0), std::move(what)}, topology);
}

PacketPtr echo() {
    return std::make_shared<const Packet>(IcmpMessage::packet(
        IcmpMessage::echo(IcmpKind::EchoRequest, 1, 7, 56), address("1.1.1.1"), address("1.1.1.2")));
}

SelectedRoute route(std::uint32_t metric) {
    return {rip::kRip, 0, 120, metric, 0, {NextHop::via(address("1.1.1.2"), InterfaceId(0))}};
}

std::string changeSentence(SelectedRoute before, SelectedRoute after) {
    return sentence(record::RouteChanged{std::make_shared<const RibChange>(
        RibChange{Prefix::parse("10.1.0.0/16").value(), std::move(before), std::move(after), RecordId(0)})});
}

TEST(DescribeRecord, EveryKindHasItsSentence) {
    const auto text = [](const char* words) { return std::make_shared<const std::string>(words); };
    EXPECT_EQ(sentence(record::ActionTaken{text("link ab failed")}), "Link ab failed.");
    EXPECT_EQ(sentence(record::ActionTaken{text("lion configured: x")}), "lion configured: x.");
    EXPECT_EQ(sentence(record::InterfaceChanged{InterfaceId(0), false}), "A lost its interface eth0.");
    EXPECT_EQ(sentence(record::InterfaceChanged{InterfaceId(0), true}), "A's interface eth0 is up.");
    EXPECT_EQ(sentence(record::ProcessStarted{rip::kRip}), "A started RIP.");
    EXPECT_EQ(sentence(record::ProcessStopped{rip::kRipng}), "A ended RIPng.");
    EXPECT_EQ(sentence(record::ProcessWoken{rip::kRip}), "A timer of A's RIP ran out.");
    EXPECT_EQ(sentence(record::ProcessNotified{rip::kRip}), "A's RIP heard of changed routes.");
    EXPECT_EQ(sentence(record::PacketSent{InterfaceId(0), echo()}),
              "A sent out of eth0: echo request 7 from 1.1.1.1 to 1.1.1.2.");
    EXPECT_EQ(sentence(record::PacketReceived{InterfaceId(0), echo()}),
              "A received on eth0: echo request 7 from 1.1.1.1 to 1.1.1.2.");
    EXPECT_EQ(sentence(record::PacketDelivered{echo()}),
              "A is the receiver of: echo request 7 from 1.1.1.1 to 1.1.1.2.");
    EXPECT_EQ(sentence(record::PacketDropped{InterfaceId(0), DropReason::NoRoute, echo()}),
              "A dropped at eth0 (no route): echo request 7 from 1.1.1.1 to 1.1.1.2.");
    EXPECT_EQ(sentence(record::PacketDropped{InterfaceId::none(), DropReason::NoRoute, echo()}),
              "A dropped (no route): echo request 7 from 1.1.1.1 to 1.1.1.2.");
    EXPECT_EQ(sentence(record::Noted{rip::kRip, Note::Level::Event,
                                     std::make_shared<const PlainRemark>("RIP runs on eth0")}),
              "A's RIP noted: RIP runs on eth0.");
}

TEST(DescribeRecord, RoutesComeGoAndChange) {
    EXPECT_EQ(changeSentence({}, route(2)),
              "A put 10.1.0.0/16 into its table: rip, distance 120, metric 2, via 1.1.1.2 on eth0.");
    EXPECT_EQ(
        changeSentence(route(2), {}),
        "A took 10.1.0.0/16 out of its table; it was: rip, distance 120, metric 2, via 1.1.1.2 on eth0.");
    EXPECT_EQ(
        changeSentence(route(2), route(3)),
        "A changed its route to 10.1.0.0/16 from: rip, distance 120, metric 2, via 1.1.1.2 on eth0; to: "
        "rip, distance 120, metric 3, via 1.1.1.2 on eth0.");
    SelectedRoute connected{kConnected, 0, 0, 0, 0, {NextHop::through(InterfaceId(0))}};
    EXPECT_THAT(changeSentence({}, connected), HasSubstr(": connected, directly on eth0."));
    connected.hops = {NextHop::blackhole(), NextHop::reject()};
    EXPECT_THAT(changeSentence({}, connected), HasSubstr("to nowhere (blackhole) and to nowhere (reject)."));
}

TEST(DescribePacket, SaysWhatItCarries) {
    rip::RipContent content;
    content.entries.resize(2);
    Packet packet;
    packet.source = address("1.1.1.1");
    packet.destination = address("224.0.0.9");
    packet.protocol = kIpProtocolUdp;
    packet.destinationPort = 520;
    packet.payload = Payload(std::make_shared<const rip::RipMessage>(content));
    EXPECT_EQ(describe(packet), "RIPv2 response, 2 routes from 1.1.1.1 to 224.0.0.9");
    // The same when only its bytes are there.
    packet.payload = Payload(packet.payload.bytes());
    EXPECT_EQ(describe(packet), "RIPv2 response, 2 routes from 1.1.1.1 to 224.0.0.9");
    packet.destinationPort = 9;
    packet.payload = Payload(std::make_shared<const FlowMessage>(0, 12, SimTime::start(), 56));
    EXPECT_THAT(describe(packet), StartsWith("measuring packet 12 from"));
    packet.payload = {};
    EXPECT_THAT(describe(packet), StartsWith("UDP packet to port 9 from"));
    packet.protocol = kIpProtocolTcp;
    EXPECT_THAT(describe(packet), StartsWith("TCP segment from"));
    packet.protocol = 88;
    packet.moreFragments = true;
    EXPECT_THAT(describe(packet), StartsWith("fragment of packet of IP protocol 88 from"));
}

TEST(DescribePacket, ADamagedOneIsCalledSo) {
    Packet packet;
    packet.source = address("1.1.1.1");
    packet.destination = address("1.1.1.2");
    packet.protocol = kIpProtocolUdp;
    packet.destinationPort = 9;
    EXPECT_EQ(describe(*withFlippedBit(std::make_shared<const Packet>(packet), 8 * 26)),
              "a damaged UDP packet to port 9 from 1.1.1.1 to 1.1.1.2");
}

TEST(ListRecords, OfARouterAndAStretchOfTime) {
    Asked asked(kRipLine);
    asked.converge().fail("ab").run(Duration::seconds(1));
    const SimTime failed = asked.lab().now() - Duration::seconds(1);
    RecordFilter filter;
    filter.from = failed;
    const std::string all = listRecords(asked.evidence(), filter, 1000);
    EXPECT_THAT(all, HasSubstr("Link ab failed."));
    EXPECT_THAT(all, HasSubstr("A lost its interface eth0."));
    EXPECT_THAT(all, HasSubstr("B lost its interface eth0."));
    EXPECT_THAT(all, Not(HasSubstr("switched on")));
    filter.node = asked.node("A");
    const std::string ofA = listRecords(asked.evidence(), filter, 1000);
    EXPECT_THAT(ofA, HasSubstr("Link ab failed."));
    EXPECT_THAT(ofA, HasSubstr("A lost its interface eth0."));
    EXPECT_THAT(ofA, Not(HasSubstr("B lost its interface eth0.")));
    filter.to = failed - Duration::nanoseconds(1);
    EXPECT_EQ(listRecords(asked.evidence(), filter, 1000), "");
    const std::string few = listRecords(asked.evidence(), {}, 3);
    EXPECT_THAT(few, StartsWith("("));
    EXPECT_EQ(std::count(few.begin(), few.end(), '\n'), 4);
}

}  // namespace
}  // namespace peerscape

#include "protocols/eigrp/describe.hpp"

#include <gtest/gtest.h>

#include "tests/protocols/eigrp/helpers.hpp"

namespace peerscape::eigrp {
namespace {

using test::encoded;
using test::ip;
using test::net;

EigrpPacket update() {
    Route route;
    route.destinations = {net("10.0.0.4/30"), net("10.0.0.8/30")};
    route.metric = ClassicMetric{25600, 256000, 1500, 1, 255, 1, 0, 0};
    EigrpPacket packet;
    packet.opcode = Opcode::Update;
    packet.autonomousSystem = 100;
    packet.flags = PacketFlag::kEndOfTable | 0x40;
    packet.sequence = 24;
    packet.acknowledgment = 23;
    packet.tlvs = {route};
    return packet;
}

TEST(EigrpDescribe, AnUpdateInOneLine) {
    EXPECT_EQ(summary(update()),
              "EIGRP update, AS 100, sequence 24, acknowledges 23, end of table, 0x40, 2 routes");
}

TEST(EigrpDescribe, HellosAcknowledgmentsAndGoodbyes) {
    EigrpPacket packet;
    packet.autonomousSystem = 7;
    EXPECT_EQ(summary(packet), "EIGRP hello, AS 7");
    packet.tlvs = {Parameter{KValues::goodbye(), 15}};
    EXPECT_EQ(summary(packet), "EIGRP goodbye, AS 7");
    packet.family = Family::IPv6;
    packet.tlvs = {};
    packet.acknowledgment = 5;
    EXPECT_EQ(summary(packet), "EIGRP for IPv6 acknowledgment, AS 7, acknowledges 5");
}

TEST(EigrpDescribe, TlvsInWords) {
    EXPECT_EQ(describe(Parameter{}), "K 1 0 1 0 0 0, hold time 15 s");
    EXPECT_EQ(describe(Sequence{{ip("10.0.0.1"), ip("10.0.0.2")}}), "not for 10.0.0.1, 10.0.0.2");
    EXPECT_EQ(describe(SoftwareVersion{15, 0, 2, 0}), "release 15.0, TLV version 2.0");
    EXPECT_EQ(describe(MulticastSequence{9}), "9 is next");
    EXPECT_EQ(describe(PeerInformation{0x0d}), "stub: connected, summary, redistributed");
    EXPECT_EQ(describe(PeerTermination{{ip("fe80::1")}}), "ends with fe80::1");
    EXPECT_EQ(describe(TidList{false, 0, {0, 7}}), "topologies 0, 7");
    EXPECT_EQ(describe(OtherTlv{0x1234, {1, 2}}), "type 0x1234, 2 bytes");
    EXPECT_EQ(describe(Community{ip("10.1.0.0"), 0, {1}}), "1 communities of 10.1.0.0");
    EXPECT_EQ(describe(Authentication{}), "MD5, key 0");
}

TEST(EigrpDescribe, RoutesInWords) {
    Route route;
    route.destinations = {net("10.1.0.0/16")};
    route.nextHop = ip("10.0.0.9");
    route.metric = ClassicMetric{256, 2560, 1500, 2, 255, 1, 0, 0};
    EXPECT_EQ(describe(route), "10.1.0.0/16 via 10.0.0.9 delay 10 us, 1000000 kbit/s, MTU 1500, 2 hops");
    route.nextHop = ip("0.0.0.0");
    route.metric = ClassicMetric::from(VectorMetric::unreachable());
    route.exterior = Exterior{0x01020304, 65000, 99, 20, 0, ExternalProtocol::Ospf, 0};
    EXPECT_EQ(describe(route), "10.1.0.0/16 unreachable, external: OSPF of 1.2.3.4, tag 99");
    route.exterior->protocol = static_cast<ExternalProtocol>(200);
    route.exterior->administrativeTag = 0;
    EXPECT_EQ(describe(route), "10.1.0.0/16 unreachable, external: unknown of 1.2.3.4");
}

TEST(EigrpDescribe, FieldsCoverEveryByteOnce) {
    const Bytes bytes = encoded(update());
    std::size_t at = 0;
    for (const PacketField& field : fields(Family::IPv4, bytes)) {
        EXPECT_EQ(field.offset, at) << field.name;
        at += field.size;
    }
    EXPECT_EQ(at, bytes.size());
}

TEST(EigrpDescribe, WhatCannotBeReadSaysWhy) {
    const auto all = fields(Family::IPv4, Bytes(3));
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].name, "malformed");
    EXPECT_EQ(all[0].value, "3 bytes are too few for a header");
}

}  // namespace
}  // namespace peerscape::eigrp

/// The codec against bytes put together by hand from the layouts of RFC 7868, section 6, and of real routers
/// where they differ. What other implementations really sent is in captures_test.cpp and
/// authentication_test.cpp.
#include "protocols/eigrp/wire.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/protocols/eigrp/helpers.hpp"

namespace peerscape::eigrp {
namespace {

using test::encoded;
using test::hex;
using test::ip;
using test::net;
using test::withChecksum;
using testing::HasSubstr;

constexpr const char* kUpdateHeader = "02 01 0000 00000008 00000018 00000017 0000 0064";

EigrpPacket update(std::vector<Tlv> tlvs, Family family = Family::IPv4) {
    EigrpPacket packet;
    packet.family = family;
    packet.opcode = Opcode::Update;
    packet.flags = PacketFlag::kEndOfTable;
    packet.sequence = 24;
    packet.acknowledgment = 23;
    packet.autonomousSystem = 100;
    packet.tlvs = std::move(tlvs);
    return packet;
}

Bytes updateBytes(std::string_view tlvs) {
    return withChecksum(hex(std::string(kUpdateHeader) + std::string(tlvs)));
}

constexpr ClassicMetric kEthernet{25600, 256000, 1500, 1, 255, 1, 0, 0};
constexpr const char* kEthernetBytes = "00006400 0003e800 0005dc 01 ff 01 00 00";

WideMetric gigabit() {
    WideMetric metric;
    metric.mtu = 1500;
    metric.hopCount = 1;
    metric.delay = 10'000'000;
    metric.bandwidth = 1'000'000;
    return metric;
}
constexpr const char* kGigabitBytes = "00 ff 01 0005dc 01 0000 00989680 0000 000f4240 0000 0000";

Route classic(std::string_view nextHop, Destinations destinations) {
    Route route;
    route.nextHop = ip(nextHop);
    route.family = route.nextHop.family();
    route.metric = kEthernet;
    route.destinations = std::move(destinations);
    return route;
}

Route wide(std::string_view nextHop, Destinations destinations) {
    Route route = classic(nextHop, std::move(destinations));
    route.wide = WideHeader{0, 0x01020304};
    route.metric = gigabit();
    return route;
}

Route external(Route route) {
    route.exterior = Exterior{0x0a000001, 65001, 4711, 20, 0, ExternalProtocol::Ospf, 0x02};
    return route;
}
constexpr const char* kExteriorBytes = "0a000001 0000fde9 00001267 00000014 0000 06 02";

/// One TLV in both forms.
struct Case {
    const char* what;
    Tlv tlv;
    std::string bytes;
};

std::vector<Case> generalTlvs() {
    return {
        {"parameter", Parameter{{1, 2, 3, 4, 5, 6}, 180}, "0001 000c 01 02 03 04 05 06 00b4"},
        {"goodbye", Parameter{KValues::goodbye(), 15}, "0001 000c ffff ffff ffff 000f"},
        {"MD5", Authentication{2, 7, 9, {}, Bytes(16, 0xab)},
         "0002 0028 0002 0010 00000007 00000009 0000000000000000 abababababababababababababababab"},
        {"authentication of another kind", Authentication{77, 1, 0, {1, 2, 3, 4, 5, 6, 7, 8}, {0x99}},
         "0002 0019 004d 0001 00000001 00000000 0102030405060708 99"},
        {"sequence", Sequence{{ip("10.0.0.1"), ip("10.0.0.2")}}, "0003 000e 04 0a000001 04 0a000002"},
        {"sequence of IPv6", Sequence{{ip("fe80::1")}}, "0003 0015 10 fe800000000000000000000000000001"},
        {"software version", SoftwareVersion{12, 4, 1, 2}, "0004 0008 0c 04 01 02"},
        {"multicast sequence", MulticastSequence{0x10203}, "0005 0008 00010203"},
        {"stub", PeerInformation{PeerInformation::kConnected | PeerInformation::kReceiveOnly},
         "0006 0006 0021"},
        {"peer information of another size", OtherTlv{6, {1, 2, 3}}, "0006 0007 010203"},
        {"peer termination", PeerTermination{{ip("192.0.2.2")}}, "0007 0009 04 c0000202"},
        {"peer termination of nobody", PeerTermination{}, "0007 0004"},
        {"peer termination without lengths", OtherTlv{7, {192, 0, 2, 2}}, "0007 0008 c0000202"},
        {"TID list", TidList{false, 1, {0, 5}}, "0008 000c 0001 0004 0000 0005"},
        {"TID list of old routers", TidList{true, 0, {0}}, "00f5 000a 0000 0002 0000"},
        {"TID list as the RFC draws it", OtherTlv{8, {0, 0, 0, 5}}, "0008 0008 0000 0005"},
        {"unknown", OtherTlv{0x1234, {0xff}}, "1234 0005 ff"},
        {"unknown without a value", OtherTlv{0xffff, {}}, "ffff 0004"},
    };
}

std::vector<Case> routeTlvs() {
    const std::string ethernet = kEthernetBytes;
    const std::string gigabits = kGigabitBytes;
    const std::string exterior = kExteriorBytes;
    const std::string none6 = "00000000000000000000000000000000";
    Route bare = classic("0.0.0.0", {net("0.0.0.0/0")});
    bare.hasBareDefault = true;
    Route attributed = wide("0.0.0.0", {net("10.0.0.0/8")});
    std::get<WideMetric>(attributed.metric).extendedAttributes = hex("02 02 00001267 00 00");
    return {
        {"internal", classic("0.0.0.0", {net("192.168.1.0/24")}),
         "0102 001c 00000000 " + ethernet + " 18 c0a801"},
        {"internal with several destinations",
         classic("10.0.0.9",
                 {net("10.0.0.0/8"), net("10.128.0.0/9"), net("192.0.2.7/32"), net("10.0.0.4/30")}),
         "0102 0027 0a000009 " + ethernet + " 08 0a 09 0a80 20 c0000207 1e 0a000004"},
        {"default route", classic("0.0.0.0", {net("0.0.0.0/0"), net("10.0.0.0/8")}),
         "0102 001c 00000000 " + ethernet + " 00 00 08 0a"},
        {"default route without a byte", bare, "0102 0019 00000000 " + ethernet + " 00"},
        {"external", external(classic("0.0.0.0", {net("10.1.0.0/16")})),
         "0103 002f 00000000 " + exterior + ethernet + " 10 0a01"},
        {"community", Community{ip("10.1.0.0"), 0, {0x8800000000001267}},
         "0104 0014 0a010000 0000 0008 8800 000000001267"},
        {"community of IPv6", Community{ip("2001:db8::"), 5, {}},
         "0404 0018 20010db8000000000000000000000000 0005 0000"},
        {"internal of IPv6",
         classic("::", {net("2001:db8::/64"), net("2001:db8::1/128"), net("2001:db8::/35")}),
         "0402 0045 " + none6 + ethernet +
             " 40 20010db80000000000 80 20010db8000000000000000000000001 23 20010db800"},
        {"default route of IPv6", classic("fe80::1", {net("::/0")}),
         "0402 0026 fe800000000000000000000000000001 " + ethernet + " 00 00"},
        {"external of IPv6", external(classic("::", {net("2001:db8::/32")})),
         "0403 003e " + none6 + exterior + ethernet + " 20 20010db800"},
        {"wide internal", wide("0.0.0.0", {net("192.168.1.0/24")}),
         "0602 002c 0000 0001 01020304 00 " + gigabits + " 00000000 18 c0a801"},
        {"wide internal of IPv6", wide("fe80::1", {net("2001:db8::/48")}),
         "0602 003c 0000 0002 01020304 00 " + gigabits +
             " fe800000000000000000000000000001 30 20010db8000000"},
        {"wide external", external(wide("0.0.0.0", {net("10.1.0.0/16")})),
         "0603 003f 0000 0001 01020304 00 " + gigabits + " 00000000 " + exterior + " 10 0a01"},
        {"wide with extended metrics", attributed,
         "0602 0032 0000 0001 01020304 04 " + gigabits + " 0202 00001267 0000 00000000 08 0a"},
        {"wide request", OtherTlv{0x0601, {1}}, "0601 0005 01"},
        {"wide community", OtherTlv{0x0604, {1}}, "0604 0005 01"},
        {"wide of a service", OtherTlv{0x0602, {0, 0, 0x40, 1, 9}}, "0602 0009 0000 4001 09"},
    };
}

void expectBothWays(const std::vector<Case>& cases) {
    for (const Case& c : cases) {
        SCOPED_TRACE(c.what);
        const Bytes bytes = updateBytes(c.bytes);
        const EigrpPacket packet = update({c.tlv});
        EXPECT_EQ(toHex(encoded(packet)), toHex(bytes));
        EXPECT_EQ(EigrpMessage(packet).encodedSize(), bytes.size());
        const auto read = decode(Family::IPv4, bytes);
        ASSERT_TRUE(read.has_value()) << read.error().message;
        EXPECT_EQ(read->tlvs.front(), c.tlv);
        EXPECT_EQ(*read, packet);
    }
}

TEST(EigrpWire, GeneralTlvsAreReadAndWritten) { expectBothWays(generalTlvs()); }
TEST(EigrpWire, RoutesAreReadAndWritten) { expectBothWays(routeTlvs()); }

TEST(EigrpWire, AllTlvsFitIntoOnePacketInTheirOrder) {
    std::vector<Tlv> tlvs;
    std::string bytes;
    for (const auto& cases : {generalTlvs(), routeTlvs()}) {
        for (const Case& c : cases) {
            tlvs.push_back(c.tlv);
            bytes += c.bytes + " ";
        }
    }
    const auto read = decode(Family::IPv6, updateBytes(bytes));
    ASSERT_TRUE(read.has_value()) << read.error().message;
    EXPECT_EQ(*read, update(tlvs, Family::IPv6));
}

TEST(EigrpWire, TheHeaderSaysWhoAndWhat) {
    const Bytes bytes = withChecksum(hex("02 0b 0000 0000000f 01020304 05060708 8000 ffff"));
    const auto packet = decode(Family::IPv4, bytes);
    ASSERT_TRUE(packet.has_value()) << packet.error().message;
    EXPECT_EQ(packet->opcode, Opcode::SiaReply);
    EXPECT_TRUE(packet->has(PacketFlag::kRestart));
    EXPECT_EQ(packet->sequence, 0x01020304U);
    EXPECT_EQ(packet->acknowledgment, 0x05060708U);
    EXPECT_EQ(packet->virtualRouter, 0x8000);
    EXPECT_EQ(packet->autonomousSystem, 0xffff);
    EXPECT_FALSE(packet->isAcknowledgment()) << "only a hello is";
    EXPECT_EQ(toHex(encoded(*packet)), toHex(bytes));
}

TEST(EigrpWire, EveryOpcodeHasItsNumber) {
    const std::pair<int, Opcode> kAll[] = {
        {1, Opcode::Update}, {2, Opcode::Request},   {3, Opcode::Query},    {4, Opcode::Reply},
        {5, Opcode::Hello},  {10, Opcode::SiaQuery}, {11, Opcode::SiaReply}};
    for (const auto& [number, opcode] : kAll) {
        EigrpPacket packet;
        packet.opcode = opcode;
        EXPECT_EQ(encoded(packet)[1], number);
        EXPECT_EQ(decode(Family::IPv4, encoded(packet))->opcode, opcode);
    }
}

// A hello of IOS 12.4 with K1 = K3 = 1 and AS 100, by hand.
TEST(EigrpWire, TheChecksumIsThatOfTheWholePacket) {
    EigrpPacket hello;
    hello.autonomousSystem = 100;
    hello.tlvs = {Parameter{}, SoftwareVersion{12, 4, 1, 2}};
    EXPECT_EQ(toHex(encoded(hello)), toHex(hex("0205 ee68 00000000 00000000 00000000 0000 0064"
                                               "0001 000c 0100 0100 0000 000f 0004 0008 0c04 0102")));
}

TEST(EigrpWire, MessagesAppendToWhatIsThere) {
    ByteWriter writer;
    writer.u8(0xee);
    EigrpMessage(update({Parameter{}})).encode(writer);
    EXPECT_TRUE(decode(Family::IPv4, ByteView(writer.bytes()).subspan(1)).has_value());
}

TEST(EigrpWire, AcknowledgmentsGoodbyesAndTerminations) {
    EigrpPacket packet;
    EXPECT_FALSE(packet.isAcknowledgment() || packet.isGoodbye());
    packet.acknowledgment = 1;
    EXPECT_TRUE(packet.isAcknowledgment());
    packet.acknowledgment = 0;
    packet.tlvs = {Parameter{KValues::goodbye(), 15}, PeerTermination{{ip("10.0.0.1")}}};
    EXPECT_TRUE(packet.isGoodbye());
    EXPECT_TRUE(packet.terminates(ip("10.0.0.1")));
    EXPECT_FALSE(packet.terminates(ip("10.0.0.2")));
    packet.opcode = Opcode::Update;
    EXPECT_FALSE(packet.isGoodbye() || packet.terminates(ip("10.0.0.1"))) << "only hellos say so";
}

TEST(EigrpWire, HostBitsOfDestinationsAreReadAsZeros) {
    const auto read = decode(
        Family::IPv4, updateBytes("0102 001d 00000000 " + std::string(kEthernetBytes) + " 1e 0a000007"));
    ASSERT_TRUE(read.has_value()) << read.error().message;
    EXPECT_EQ(std::get<Route>(read->tlvs[0]).destinations, (Destinations{net("10.0.0.4/30")}));
}

TEST(EigrpWire, GroupsOfTheFamilies) {
    EXPECT_EQ(groupOf(Family::IPv4), ip("224.0.0.10"));
    EXPECT_EQ(groupOf(Family::IPv6), ip("ff02::a"));
}

/// Packets that are discarded, and why (RFC 7868, 6.5 and 6.6).
TEST(EigrpWire, MalformedPacketsSayWhatIsWrongAndWhere) {
    const std::string ethernet = kEthernetBytes;
    const std::pair<Bytes, const char*> kAll[] = {
        {Bytes(19), "19 bytes are too few for a header"},
        {withChecksum(hex("01 05 0000 00000000 00000000 00000000 0000 0001")), "version 1 at byte 0"},
        {withChecksum(hex("02 06 0000 00000000 00000000 00000000 0000 0001")), "opcode 6 at byte 1"},
        {withChecksum(hex("02 09 0000 00000000 00000000 00000000 0000 0001")), "opcode 9 at byte 1"},
        {hex("02 05 1234 00000000 00000000 00000000 0000 0001"),
         "checksum 0x1234 at byte 2 should be 0xfdf9"},
        {updateBytes("0004 0008 0c040102 000000"), "3 bytes at byte 28 are too few for a TLV"},
        {updateBytes("1234 0003"), "TLV 0x1234 at byte 20 has length 3, 4 bytes are left"},
        {updateBytes("1234 0000 0000"), "has length 0"},
        {updateBytes("1234 0006 00"), "has length 6, 5 bytes are left"},
        {updateBytes("0001 000b 01020304050600"), "TLV 0x0001 at byte 20: a parameter TLV cannot have 11"},
        {updateBytes("0002 0017 0002 0010 00000007 00000009 00000000000000"), "cannot have 23 bytes"},
        {updateBytes("0002 0019 0002 0010 00000007 00000009 0000000000000000 ab"),
         "should have 16 bytes but has 1"},
        {updateBytes("0002 001a 0002 0001 00000007 00000009 0000000000000000 abab"),
         "should have 1 bytes but has 2"},
        {updateBytes("0003 0004"), "no list of addresses"},
        {updateBytes("0003 0008 03 0a0000"), "no list of addresses"},
        {updateBytes("0003 0008 04 0a0000"), "no list of addresses"},
        {updateBytes("0004 000c 0c040102 00000000"), "a software version TLV cannot have 12"},
        {updateBytes("0005 0006 0000"), "a multicast sequence TLV cannot have 6"},
        {updateBytes("0102 0018 00000000 " + ethernet), "a route has no destination"},
        {updateBytes("0102 0017 00000000 00006400 0003e800 0005dc 01 ff 01 00"),
         "23 bytes are too few for a route"},
        {updateBytes("0102 001c 00000000 " + ethernet + " 21 0a0000"), "33 bits is longer than an address"},
        {updateBytes("0102 001b 00000000 " + ethernet + " 18 0a00"), "24 bits needs 3 bytes, 2 are left"},
        {updateBytes("0402 002d 00000000000000000000000000000000 " + ethernet + " 40 20010db800000000"),
         "64 bits needs 9 bytes, 8 are left"},
        {updateBytes("0402 0027 00000000000000000000000000000000 " + ethernet + " 81 2001"), "129 bits"},
        {updateBytes("0602 0008 0000 0001"), "8 bytes are too few for a route"},
        {updateBytes("0602 002c 0000 0001 01020304 ff " + std::string(kGigabitBytes) + " 00000000 18 c0a801"),
         "44 bytes are too few for a route"},
        {updateBytes("0104 000b 0a010000 000000"), "a community TLV cannot have 11"},
        {updateBytes("0104 0010 0a010000 0000 0008 00000000"),
         "8 bytes of communities are announced, 4 are there"},
    };
    for (const auto& [bytes, why] : kAll) {
        const auto read = decode(Family::IPv4, bytes);
        ASSERT_FALSE(read.has_value()) << why;
        EXPECT_THAT(read.error().message, HasSubstr(why));
    }
}

TEST(EigrpWire, NoPrefixOfAPacketIsReadAsAWholeOne) {
    const Bytes bytes = encoded(update({routeTlvs()[1].tlv}));
    for (std::size_t size = kHeaderSize + 1; size < bytes.size(); ++size) {
        const Bytes cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_FALSE(decode(Family::IPv4, withChecksum(cut)).has_value()) << size;
    }
}

}  // namespace
}  // namespace peerscape::eigrp

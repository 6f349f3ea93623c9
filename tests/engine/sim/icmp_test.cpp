#include "engine/sim/icmp.hpp"

#include <gtest/gtest.h>

#include "engine/base/bytes.hpp"
#include "tests/engine/base/values.hpp"

namespace peerscape {
namespace {

Packet echo4() {
    Packet packet = IcmpMessage::packet(IcmpMessage::echo(IcmpKind::EchoRequest, 1, 2, 8), ip("192.0.2.1"),
                                        ip("198.51.100.7"));
    packet.identification = 7;
    packet.dontFragment = false;
    return packet;
}

Packet echo6() {
    Packet packet = IcmpMessage::packet(IcmpMessage::echo(IcmpKind::EchoReply, 1, 2, 8), ip("2001:db8::1"),
                                        ip("2001:db8:1::7"));
    return packet;
}

Packet errorAbout(const Packet& about, IcmpKind kind, std::string_view source, std::uint32_t mtu = 0) {
    Packet packet = IcmpMessage::packet(IcmpMessage::error(kind, std::make_shared<const Packet>(about), mtu),
                                        ip(source), about.source);
    packet.dontFragment = false;
    return packet;
}

// The bytes below were made by an independent program and read without complaint, checksums included, by
// tshark.
TEST(Icmp, EchoHasTheBytesOfRfc792) {
    EXPECT_EQ(toHex(echo4().encode()),
              "45 00 00 24 00 07 00 00 40 01 8e 96 c0 00 02 01 c6 33 64 07 08 00 eb ec 00 01 00 02 00 01 02 "
              "03 04 05 06 07");
}

TEST(Icmp, Echo6HasTheBytesOfRfc4443) {
    EXPECT_EQ(toHex(echo6().encode()),
              "60 00 00 00 00 10 3a 40 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01 20 01 0d b8 00 01 00 "
              "00 00 00 00 00 00 00 00 07 "
              "81 00 17 27 00 01 00 02 00 01 02 03 04 05 06 07");
}

TEST(Icmp, TimeExceededQuotesThePacket) {
    Packet packet = errorAbout(echo4(), IcmpKind::TimeExceeded, "10.0.0.254");
    packet.trafficClass = 0xc0;
    EXPECT_EQ(toHex(packet.encode()),
              "45 c0 00 40 00 00 00 00 40 01 ac fe 0a 00 00 fe c0 00 02 01 0b 00 f4 ff 00 00 00 00 45 00 00 "
              "24 00 07 00 00 40 01 8e 96 "
              "c0 00 02 01 c6 33 64 07 08 00 eb ec 00 01 00 02 00 01 02 03 04 05 06 07");
}

TEST(Icmp, TooBigNamesTheMtu) {
    EXPECT_EQ(toHex(errorAbout(echo4(), IcmpKind::TooBig, "10.0.0.254", 1400).encode()),
              "45 00 00 40 00 00 00 00 40 01 ad be 0a 00 00 fe c0 00 02 01 03 04 f7 83 00 00 05 78 45 00 00 "
              "24 00 07 00 00 40 01 8e 96 "
              "c0 00 02 01 c6 33 64 07 08 00 eb ec 00 01 00 02 00 01 02 03 04 05 06 07");
    EXPECT_EQ(toHex(errorAbout(echo6(), IcmpKind::TooBig, "2001:db8::fe", 1280).encode()),
              "60 00 00 00 00 40 3a 40 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 fe 20 01 0d b8 00 00 00 "
              "00 00 00 00 00 00 00 00 01 "
              "02 00 02 0e 00 00 05 00 60 00 00 00 00 10 3a 40 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 "
              "01 20 01 0d b8 00 01 00 00 "
              "00 00 00 00 00 00 00 07 81 00 17 27 00 01 00 02 00 01 02 03 04 05 06 07");
}

struct Numbers {
    IcmpKind kind;
    int type4, code4, type6, code6;
};

TEST(Icmp, KindsHaveTheNumbersOfBothFamilies) {
    const Numbers table[] = {
        {IcmpKind::TimeExceeded, 11, 0, 3, 0},      {IcmpKind::ReassemblyTimeExceeded, 11, 1, 3, 1},
        {IcmpKind::NetworkUnreachable, 3, 0, 1, 0}, {IcmpKind::HostUnreachable, 3, 1, 1, 3},
        {IcmpKind::PortUnreachable, 3, 3, 1, 4},    {IcmpKind::TooBig, 3, 4, 2, 0},
    };
    for (const Numbers& row : table) {
        const Bytes v4 = errorAbout(echo4(), row.kind, "10.0.0.254").encode();
        const Bytes v6 = errorAbout(echo6(), row.kind, "2001:db8::fe").encode();
        EXPECT_EQ(v4[20], row.type4);
        EXPECT_EQ(v4[21], row.code4);
        EXPECT_EQ(v6[40], row.type6);
        EXPECT_EQ(v6[41], row.code6);
    }
}

TEST(Icmp, ErrorsQuoteNoMoreThanFits) {
    Packet large = IcmpMessage::packet(IcmpMessage::echo(IcmpKind::EchoRequest, 1, 1, 1400), ip("192.0.2.1"),
                                       ip("198.51.100.7"));
    Packet error = errorAbout(large, IcmpKind::TimeExceeded, "10.0.0.254");
    EXPECT_EQ(error.size(), 576U);
    EXPECT_EQ(error.encode().size(), 576U);
    large = IcmpMessage::packet(IcmpMessage::echo(IcmpKind::EchoRequest, 1, 1, 1400), ip("2001:db8::1"),
                                ip("2001:db8:1::7"));
    error = errorAbout(large, IcmpKind::TimeExceeded, "2001:db8::fe");
    EXPECT_EQ(error.size(), 1280U);
    EXPECT_EQ(error.encode().size(), 1280U);
}

TEST(Icmp, SizeIsKnownWithoutEncoding) {
    for (const std::uint16_t bytes : std::initializer_list<std::uint16_t>{0, 1, 56, 1472}) {
        const auto message = IcmpMessage::echo(IcmpKind::EchoRequest, 1, 1, bytes);
        const Packet packet = IcmpMessage::packet(message, ip("10.0.0.1"), ip("10.0.0.2"));
        EXPECT_EQ(packet.encode().size(), packet.size());
    }
}

}  // namespace
}  // namespace peerscape

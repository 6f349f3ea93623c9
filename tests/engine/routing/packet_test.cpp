#include "engine/routing/packet.hpp"

#include <gtest/gtest.h>

#include "tests/engine/base/values.hpp"

namespace peerscape {
namespace {

Packet udp(std::string_view source, std::string_view destination, std::uint16_t port, Bytes payload) {
    Packet packet;
    packet.source = ip(source);
    packet.destination = ip(destination);
    packet.protocol = kIpProtocolUdp;
    packet.sourcePort = packet.destinationPort = port;
    packet.payload = Payload(std::move(payload));
    return packet;
}

// The bytes were made by an independent program; tshark reads them and finds every checksum right.
TEST(Packet, UdpOverIpv4HasTheBytesOfRfc791And768) {
    Packet packet = udp("10.0.0.1", "10.0.0.2", 520, {1, 2, 3});
    packet.ttl = 1;
    packet.trafficClass = 0xc0;
    packet.identification = 0x1234;
    EXPECT_EQ(toHex(packet.encode()),
              "45 c0 00 1f 12 34 40 00 01 11 52 d8 0a 00 00 01 0a 00 00 02 02 08 02 08 00 0b e3 c3 01 02 03");
    EXPECT_EQ(packet.size(), 31U);
}

TEST(Packet, UdpOverIpv6HasTheBytesOfRfc8200) {
    Packet packet = udp("2001:db8::1", "2001:db8::2", 521, {1, 2, 3});
    packet.ttl = 255;
    packet.trafficClass = 0xc0;
    packet.identification = 99;
    EXPECT_EQ(toHex(packet.encode()),
              "6c 00 00 00 00 0b 11 ff 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01 20 01 0d b8 00 00 00 "
              "00 00 00 00 00 00 00 00 02 "
              "02 09 02 09 00 0b 9c 4f 01 02 03");
    EXPECT_EQ(packet.size(), 51U);
}

TEST(Packet, RawIpHasNoHeaderBetween) {
    Packet packet = udp("10.0.0.1", "224.0.0.10", 0, {2, 5});
    packet.protocol = 88;
    packet.ttl = 2;
    EXPECT_EQ(toHex(packet.encode()), "45 00 00 16 00 00 40 00 02 58 8e 85 0a 00 00 01 e0 00 00 0a 02 05");
    EXPECT_EQ(packet.size(), 22U);
}

TEST(Packet, AUdpChecksumOfZeroIsSentAsAllOnes) {
    Packet packet = udp("10.0.0.1", "10.0.0.2", 1, {0xeb, 0xd4});
    packet.destinationPort = 2;
    EXPECT_EQ(toHex(packet.encode()),
              "45 00 00 1e 00 00 40 00 40 11 26 cd 0a 00 00 01 0a 00 00 02 00 01 00 02 00 0a ff ff eb d4");
}

TEST(Packet, DontFragmentIsABitOfTheHeader) {
    Packet packet = udp("10.0.0.1", "10.0.0.2", 1, {});
    EXPECT_EQ(packet.encode()[6], 0x40);
    packet.dontFragment = false;
    EXPECT_EQ(packet.encode()[6], 0);
}

TEST(Packet, AFragmentCarriesItsPayloadAsItStands) {
    Packet packet = udp("10.0.0.1", "10.0.0.2", 1, Bytes(16, 7));
    packet.dontFragment = false;
    packet.fragmentOffset = 1480;
    packet.moreFragments = true;
    EXPECT_EQ(packet.size(), 36U) << "no UDP header";
    const Bytes bytes = packet.encode();
    EXPECT_EQ(bytes.size(), 36U);
    EXPECT_EQ(bytes[6] << 8 | bytes[7], 0x2000 | 185);
    EXPECT_EQ(packet.encodeBehindHeader(), Bytes(16, 7));
}

TEST(Packet, HeaderAndMessageChecksumsSumToZero) {
    for (std::size_t n = 0; n < 40; ++n) {
        const Packet packet = udp("10.0.0.1", "10.0.0.2", 7, Bytes(n, static_cast<std::uint8_t>(n)));
        const Bytes bytes = packet.encode();
        EXPECT_EQ(bytes.size(), packet.size());
        EXPECT_EQ(internetChecksum(ByteView(bytes).first(20)), 0);
        EXPECT_EQ(upperLayerChecksum(packet.source, packet.destination, kIpProtocolUdp,
                                     ByteView(bytes).subspan(20)),
                  0);
    }
}

class Letters final : public Message {
  public:
    void encode(ByteWriter& out) const override { out.u16(0x4142); }
    std::size_t encodedSize() const override { return 2; }
};

TEST(Payload, IsAMessageOrItsBytes) {
    const Payload message(std::make_shared<const Letters>());
    EXPECT_NE(message.as<Letters>(), nullptr);
    EXPECT_EQ(message.size(), 2U);
    const Payload bytes(message.bytes());
    EXPECT_EQ(bytes.as<Letters>(), nullptr);
    EXPECT_EQ(bytes.bytes(), (Bytes{0x41, 0x42}));
    EXPECT_TRUE(Payload().isEmpty());
    EXPECT_TRUE(Payload().bytes().empty());
}

}  // namespace
}  // namespace peerscape

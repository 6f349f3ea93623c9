#include "engine/sim/damage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sim/fragments.hpp"
#include "engine/sim/tcp_message.hpp"
#include "tests/engine/sim/sim_bench.hpp"

namespace peerscape {
namespace {

PacketPtr shared(Packet packet) { return std::make_shared<const Packet>(std::move(packet)); }
PacketPtr udp4() { return shared(SimBench::udp("10.0.0.1", "10.0.0.2", 7, 20)); }
PacketPtr udp6() { return shared(SimBench::udp("2001:db8::1", "2001:db8::2", 7, 20)); }
PacketPtr tcp(std::string_view from, std::string_view to) {
    TcpSegment segment;
    segment.sourcePort = 179;
    segment.payload = Bytes(20, 1);
    return shared(TcpMessage::packet(segment, ip(from), ip(to)));
}
constexpr std::size_t bitOf(std::size_t byte, std::size_t bit = 7) { return byte * 8 + bit; }

TEST(Damage, OneBitIsOtherThanBefore) {
    for (const PacketPtr& packet : {udp4(), udp6(), shared(SimBench::echo("10.0.0.1", "10.0.0.2"))}) {
        const Bytes was = packet->encode();
        for (std::size_t bit = packet->headerSize() * 8; bit < was.size() * 8; ++bit) {
            const PacketPtr damaged = withFlippedBit(packet, bit);
            Bytes expected = was;
            expected[bit / 8] ^= static_cast<std::uint8_t>(0x80U >> bit % 8);
            EXPECT_EQ(damaged->encode(), expected) << bit;
            EXPECT_EQ(damaged->size(), was.size());
            EXPECT_EQ(&wholeOf(*damaged), packet.get());
        }
    }
}

TEST(Damage, EveryBitOfAnIpv4HeaderMakesItUnreadable) {
    const PacketPtr packet = udp4();
    const Bytes was = packet->encode();
    for (std::size_t bit = 0; bit < packet->headerSize() * 8; ++bit) {
        const PacketPtr damaged = withFlippedBit(packet, bit);
        EXPECT_TRUE(hasDamagedHeader(*damaged));
        Bytes expected = was;
        expected[bit / 8] ^= static_cast<std::uint8_t>(0x80U >> bit % 8);
        EXPECT_EQ(damaged->encode(), expected);
    }
}

TEST(Damage, TheChecksumFindsEveryBitBehindTheHeader) {
    for (const PacketPtr& packet :
         {udp4(), udp6(), tcp("10.0.0.1", "10.0.0.2"), tcp("2001:db8::1", "2001:db8::2"),
          shared(SimBench::echo("10.0.0.1", "10.0.0.2")),
          shared(SimBench::echo("2001:db8::1", "2001:db8::2"))}) {
        for (std::size_t bit = packet->headerSize() * 8; bit < packet->size() * 8; ++bit)
            EXPECT_FALSE(passesChecksum(*withFlippedBit(packet, bit))) << bit;
    }
}

TEST(Damage, Ipv6RoutersReadTheHeaderAsItStands) {
    const PacketPtr packet = udp6();
    EXPECT_TRUE(hasDamagedHeader(*withFlippedBit(packet, 0))) << "the version";
    EXPECT_EQ(withFlippedBit(packet, 4)->trafficClass, 0x80);
    EXPECT_FALSE(withFlippedBit(packet, 4)->isDamaged);
    EXPECT_EQ(withFlippedBit(packet, 20)->encode(), packet->encode()) << "the flow label is not modelled";
    EXPECT_TRUE(hasDamagedHeader(*withFlippedBit(packet, bitOf(4)))) << "longer than it is";
    EXPECT_EQ(withFlippedBit(packet, bitOf(7))->ttl, 65);
    EXPECT_FALSE(withFlippedBit(packet, bitOf(7))->isDamaged);
    const PacketPtr toAnother = withFlippedBit(packet, bitOf(39));
    EXPECT_EQ(toAnother->destination, ip("2001:db8::3"));
    EXPECT_FALSE(passesChecksum(*toAnother)) << "the checksum covers the addresses";
    EXPECT_EQ(withFlippedBit(packet, bitOf(23))->source, ip("2001:db8::"));
    EXPECT_EQ(withFlippedBit(packet, bitOf(6))->protocol, kIpProtocolUdp ^ 1);
    for (std::size_t bit = 6 * 8; bit < 7 * 8; ++bit)
        EXPECT_EQ(withFlippedBit(packet, bit)->encodeBehindHeader(), packet->encodeBehindHeader());
}

TEST(Damage, AnIpv6PacketThatSaysItIsShorterIsCut) {
    const PacketPtr packet = udp6();
    ASSERT_EQ(packet->sizeBehindHeader(), 28U);
    const PacketPtr cut = withFlippedBit(packet, bitOf(5, 3));
    EXPECT_EQ(cut->sizeBehindHeader(), 12U);
    EXPECT_EQ(sizeBeforeDamage(*cut), 28U);
    EXPECT_FALSE(passesChecksum(*cut)) << "UDP says it is longer";
}

TEST(Damage, AHeaderOfIpv6IsWrittenAsItWasRead) {
    const PacketPtr packet = udp6();
    for (std::size_t bit = 0; bit < 40 * 8; ++bit) {
        const bool isFlowLabel = bit >= 12 && bit < 32;
        const bool isLength = bit / 8 == 4 || bit / 8 == 5;
        if (isFlowLabel || isLength) continue;
        Bytes expected = packet->encode();
        expected[bit / 8] ^= static_cast<std::uint8_t>(0x80U >> bit % 8);
        EXPECT_EQ(withFlippedBit(packet, bit)->encode(), expected) << bit;
    }
}

TEST(Damage, FlippedBackIsWhole) {
    const PacketPtr packet = udp4();
    const PacketPtr again = withFlippedBit(withFlippedBit(packet, 300), 300);
    EXPECT_TRUE(passesChecksum(*again));
    const Packet received = asReceived(*again);
    EXPECT_EQ(received.encode(), packet->encode());
    EXPECT_EQ(received.payload.bytes(), packet->payload.bytes());
}

// The sum does not change when two bits of the same weight swap their places.
TEST(Damage, TwoBitsThatTheSumCannotSeeAreNotSeen) {
    Packet packet = SimBench::udp("10.0.0.1", "10.0.0.2", 7, 4);
    packet.payload = Payload(Bytes{0x01, 0x00, 0x00, 0x00});
    const PacketPtr twice = withFlippedBit(withFlippedBit(shared(packet), bitOf(28)), bitOf(30));
    EXPECT_TRUE(passesChecksum(*twice));
    EXPECT_EQ(asReceived(*twice).payload.bytes(), (Bytes{0x00, 0x00, 0x01, 0x00}));
}

// RFC 768: 0 says that the sender made none. RFC 8200 section 8.1: not in IPv6.
TEST(Damage, AUdpChecksumOf0IsNoneInIpv4Only) {
    for (const bool isV6 : {false, true}) {
        Packet packet = isV6 ? *udp6() : *udp4();
        Bytes bytes = packet.encodeBehindHeader();
        bytes[6] = bytes[7] = 0;
        EXPECT_EQ(passesChecksum(damaged(packet, shared(packet), bytes)), !isV6);
    }
}

TEST(Damage, PortsAreThoseThatStandInTheBytes) {
    const PacketPtr other = withFlippedBit(udp4(), bitOf(23));
    EXPECT_EQ(other->destinationPort, 6);
    EXPECT_EQ(other->sourcePort, 5000);
}

PacketPtr long4() {
    Packet packet = SimBench::udp("10.0.0.1", "10.0.0.2", 7, 2000);
    packet.dontFragment = false;
    return shared(packet);
}

TEST(Damage, ADamagedPacketIsCutLikeAnyOther) {
    const PacketPtr damaged = withFlippedBit(long4(), 20 * 8 + 1700 * 8);
    Reassembly reassembly;
    const auto pieces = fragment(damaged, 600);
    PacketPtr whole;
    for (const PacketPtr& piece : pieces)
        whole = reassembly.add(piece, atMs(0)).whole;
    ASSERT_TRUE(whole);
    EXPECT_EQ(whole->encode(), damaged->encode());
    EXPECT_FALSE(passesChecksum(*whole));
}

TEST(Damage, ADamagedPieceSpoilsThePacket) {
    const PacketPtr packet = long4();
    for (std::size_t spoiled = 0; spoiled < 4; ++spoiled) {
        Reassembly reassembly;
        auto pieces = fragment(packet, 600);
        ASSERT_EQ(pieces.size(), 4U);
        pieces[spoiled] = withFlippedBit(pieces[spoiled], bitOf(50));
        PacketPtr whole;
        for (const PacketPtr& piece : pieces)
            whole = reassembly.add(piece, atMs(0)).whole;
        ASSERT_TRUE(whole);
        EXPECT_EQ(whole->size(), packet->size());
        EXPECT_NE(whole->encode(), packet->encode());
        EXPECT_FALSE(passesChecksum(*whole));
        EXPECT_EQ(&wholeOf(*whole), packet.get());
        EXPECT_EQ(reassembly.size(), 0U);
    }
}

TEST(Damage, ADamagedPieceCanBeCutOnceMore) {
    auto pieces = fragment(long4(), 1000);
    pieces[1] = withFlippedBit(pieces[1], bitOf(900));
    const Bytes expected = pieces[1]->encodeBehindHeader();
    Bytes joined;
    for (const PacketPtr& small : fragment(pieces[1], 300)) {
        EXPECT_LE(small->size(), 300U);
        const Bytes part = small->encodeBehindHeader();
        joined.insert(joined.end(), part.begin(), part.end());
    }
    EXPECT_EQ(joined, expected);
}

TEST(Damage, PiecesOfIpv6HaveOneMoreHeaderToBeDamaged) {
    Packet packet = SimBench::udp("2001:db8::1", "2001:db8::2", 7, 3000);
    packet.dontFragment = false;
    const auto pieces = fragment(shared(packet), 1280);
    ASSERT_EQ(pieces.size(), 3U);
    EXPECT_EQ(withFlippedBit(pieces[1], bitOf(42))->fragmentOffset, pieces[1]->fragmentOffset ^ 256U);
    EXPECT_FALSE(withFlippedBit(pieces[1], bitOf(43))->moreFragments);
    EXPECT_NE(withFlippedBit(pieces[1], bitOf(44))->identification, pieces[1]->identification);
    EXPECT_NE(withFlippedBit(pieces[1], bitOf(47))->identification, pieces[1]->identification);
    EXPECT_FALSE(withFlippedBit(pieces[1], bitOf(6))->isFragment()) << "no fragment header any more";
    for (std::size_t bit = 0; bit < 48 * 8; ++bit) {
        Reassembly reassembly;
        PacketPtr whole;
        for (const PacketPtr& piece : {pieces[0], withFlippedBit(pieces[1], bit), pieces[2]}) {
            if (!hasDamagedHeader(*piece) && piece->isFragment())
                whole = reassembly.add(piece, atMs(0)).whole;
        }
        if (whole && whole->isDamaged) {
            EXPECT_FALSE(passesChecksum(*whole)) << bit;
        } else if (whole) {
            EXPECT_EQ(whole->payload.bytes(), packet.payload.bytes()) << bit;
        }
    }
}

}  // namespace
}  // namespace peerscape

#include "engine/sim/fragments.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/random.hpp"
#include "tests/engine/sim/sim_bench.hpp"

namespace peerscape {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

PacketPtr udpOf(std::size_t bytes, bool v6 = false) {
    Packet packet;
    packet.source = v6 ? ip("2001:db8::1") : ip("10.0.0.1");
    packet.destination = v6 ? ip("2001:db8::2") : ip("10.0.0.2");
    packet.protocol = kIpProtocolUdp;
    packet.sourcePort = 1000;
    packet.destinationPort = 2000;
    packet.identification = 0x55;
    packet.dontFragment = false;
    Bytes data(bytes);
    for (std::size_t i = 0; i < bytes; ++i)
        data[i] = static_cast<std::uint8_t>(i);
    packet.payload = Payload(std::move(data));
    return std::make_shared<const Packet>(std::move(packet));
}

Bytes join(const std::vector<PacketPtr>& pieces, std::size_t header) {
    Bytes all;
    for (const PacketPtr& piece : pieces) {
        const Bytes bytes = piece->encode();
        all.insert(all.end(), bytes.begin() + static_cast<std::ptrdiff_t>(header), bytes.end());
    }
    return all;
}

// The bytes were made by an independent program; tshark puts the two together and finds the UDP checksum
// right.
TEST(Fragment, HasTheBytesOfRfc791) {
    const auto pieces = fragment(udpOf(40), 52);
    ASSERT_EQ(pieces.size(), 2U);
    EXPECT_EQ(toHex(pieces[0]->encode()),
              "45 00 00 34 00 55 20 00 40 11 46 62 0a 00 00 01 0a 00 00 02 03 e8 07 d0 00 30 62 42 "
              "00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10 11 12 13 14 15 16 17");
    EXPECT_EQ(toHex(pieces[1]->encode()),
              "45 00 00 24 00 55 00 04 40 11 66 6e 0a 00 00 01 0a 00 00 02 18 19 1a 1b 1c 1d 1e 1f 20 21 22 "
              "23 24 25 26 27");
}

TEST(Fragment, OfIpv6HasTheHeaderOfRfc8200) {
    const auto pieces = fragment(udpOf(40, true), 80);
    ASSERT_EQ(pieces.size(), 2U);
    EXPECT_EQ(toHex(pieces[0]->encode()),
              "60 00 00 00 00 28 2c 40 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01 20 01 0d b8 00 00 00 "
              "00 00 00 00 00 00 00 00 02 "
              "11 00 00 01 00 00 00 55 03 e8 07 d0 00 30 1a d0 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e "
              "0f 10 11 12 13 14 15 16 17");
    EXPECT_EQ(toHex(pieces[1]->encode()),
              "60 00 00 00 00 18 2c 40 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01 20 01 0d b8 00 00 00 "
              "00 00 00 00 00 00 00 00 02 "
              "11 00 00 20 00 00 00 55 18 19 1a 1b 1c 1d 1e 1f 20 21 22 23 24 25 26 27");
}

TEST(Fragment, PiecesFitAndTogetherAreTheWhole) {
    for (const bool v6 : {false, true}) {
        const PacketPtr whole = udpOf(3000, v6);
        for (const std::uint32_t mtu : {100U, 576U, 1280U, 1499U, 1500U}) {
            const auto pieces = fragment(whole, mtu);
            for (const PacketPtr& piece : pieces) {
                EXPECT_LE(piece->size(), mtu);
                EXPECT_EQ(piece->encode().size(), piece->size());
                EXPECT_EQ(piece->fragmentOffset % 8, 0U);
                EXPECT_EQ(piece->moreFragments, piece != pieces.back());
                EXPECT_EQ(piece->identification, whole->identification);
            }
            EXPECT_EQ(join(pieces, v6 ? 48 : 20), whole->encodeBehindHeader());
        }
    }
}

TEST(Fragment, CanBeCutOnceMore) {
    const PacketPtr whole = udpOf(3000);
    std::vector<PacketPtr> small;
    for (const PacketPtr& piece : fragment(whole, 1500)) {
        for (const PacketPtr& part : piece->size() > 700 ? fragment(piece, 700) : std::vector{piece})
            small.push_back(part);
    }
    EXPECT_GT(small.size(), 4U);
    EXPECT_EQ(join(small, 20), whole->encodeBehindHeader());
    EXPECT_EQ(std::count_if(small.begin(), small.end(), [](const PacketPtr& p) { return !p->moreFragments; }),
              1);
}

TEST(Fragment, NeedsRoomForEightBytes) {
    EXPECT_THAT(fragment(udpOf(40), 27), IsEmpty());
    EXPECT_EQ(fragment(udpOf(40), 28).size(), 6U);
}

TEST(Reassembly, GivesTheWholeInAnyOrderAndOnlyOnce) {
    std::vector<PacketPtr> pieces = fragment(udpOf(60), 44);
    std::vector<std::size_t> order{0, 1, 2};
    ASSERT_EQ(pieces.size(), 3U);
    do {
        Reassembly reassembly;
        EXPECT_EQ(reassembly.add(pieces[order[0]], atMs(0)).whole, nullptr);
        EXPECT_EQ(reassembly.add(pieces[order[1]], atMs(1)).whole, nullptr);
        const auto last = reassembly.add(pieces[order[2]], atMs(2));
        ASSERT_NE(last.whole, nullptr);
        EXPECT_EQ(last.whole->encode(), udpOf(60)->encode());
        EXPECT_EQ(reassembly.size(), 0U);
    } while (std::next_permutation(order.begin(), order.end()));
}

TEST(Reassembly, TheTtlIsThatOfTheFirstPiece) {
    const auto pieces = fragment(udpOf(60), 60);
    ASSERT_EQ(pieces.size(), 2U);
    auto first = std::make_shared<Packet>(*pieces[0]);
    first->ttl = 9;
    Reassembly reassembly;
    reassembly.add(pieces[1], atMs(0));
    EXPECT_EQ(reassembly.add(first, atMs(0)).whole->ttl, 9);
}

TEST(Reassembly, SaysOnceThatATimeoutIsNeededAndKeepsToIt) {
    const auto pieces = fragment(udpOf(60), 44);
    const auto key = Reassembly::keyOf(*pieces[0]);
    Reassembly reassembly;
    EXPECT_TRUE(reassembly.add(pieces[2], atMs(0)).isFirstToCome);
    EXPECT_FALSE(reassembly.add(pieces[0], atMs(20'000)).isFirstToCome);
    EXPECT_THAT(reassembly.expire(key, atMs(29'999)), IsEmpty());
    EXPECT_THAT(reassembly.expire(key, atMs(30'000)), ElementsAre(pieces[0], pieces[2]));
    EXPECT_EQ(reassembly.size(), 0U);
    EXPECT_EQ(Reassembly::timeout(Family::IPv6), Duration::seconds(60));
}

TEST(Reassembly, APieceThatComesTwiceIsIgnored) {
    const auto pieces = fragment(udpOf(60), 60);
    Reassembly reassembly;
    reassembly.add(pieces[0], atMs(0));
    EXPECT_THAT(reassembly.add(pieces[0], atMs(0)).discarded, ElementsAre(pieces[0]));
    EXPECT_NE(reassembly.add(pieces[1], atMs(0)).whole, nullptr);
}

TEST(Reassembly, OverlapsAndForeignPiecesSpoilEverything) {
    const PacketPtr whole = udpOf(60);
    const auto coarse = fragment(whole, 60);
    const auto fine = fragment(whole, 44);
    Reassembly reassembly;
    reassembly.add(coarse[0], atMs(0));
    EXPECT_EQ(reassembly.add(fine[1], atMs(0)).discarded.size(), 2U);
    EXPECT_EQ(reassembly.size(), 0U);
    const auto other = fragment(udpOf(60), 60);
    reassembly.add(coarse[0], atMs(0));
    EXPECT_EQ(reassembly.add(other[1], atMs(0)).discarded.size(), 2U)
        << "another packet under the same number";
    EXPECT_EQ(reassembly.size(), 0U);
}

TEST(Reassembly, PacketsThatDifferInTheKeyAreApart) {
    auto another = std::make_shared<Packet>(*udpOf(60));
    another->identification = 0x56;
    Reassembly reassembly;
    reassembly.add(fragment(udpOf(60), 60)[0], atMs(0));
    reassembly.add(fragment(another, 60)[0], atMs(0));
    EXPECT_EQ(reassembly.size(), 2U);
    Reassembly copy = reassembly;
    EXPECT_EQ(copy.hash(), reassembly.hash());
    copy.expire(Reassembly::keyOf(*another), atMs(60'000));
    EXPECT_NE(copy.hash(), reassembly.hash());
}

TEST(ReassemblyProperty, AnyCutsInAnyOrderGiveTheWhole) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        RandomStream random(seed, "reassembly", "property");
        const PacketPtr whole = udpOf(100 + random.below(5000));
        std::vector<PacketPtr> pieces = fragment(whole, static_cast<std::uint32_t>(68 + random.below(1500)));
        for (int again = 0; again < 2; ++again) {
            std::vector<PacketPtr> smaller;
            for (const PacketPtr& piece : pieces) {
                const auto mtu = static_cast<std::uint32_t>(68 + random.below(1500));
                const auto parts = piece->size() > mtu ? fragment(piece, mtu) : std::vector{piece};
                smaller.insert(smaller.end(), parts.begin(), parts.end());
            }
            pieces = std::move(smaller);
        }
        for (std::size_t i = pieces.size(); i > 1; --i)
            std::swap(pieces[i - 1], pieces[random.below(i)]);
        Reassembly reassembly;
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            const auto outcome = reassembly.add(pieces[i], atMs(0));
            ASSERT_EQ(outcome.whole != nullptr, i + 1 == pieces.size()) << "seed " << seed;
            ASSERT_THAT(outcome.discarded, IsEmpty());
            if (outcome.whole == nullptr) continue;
            ASSERT_EQ(outcome.whole->encode(), whole->encode());
        }
    }
}

/// H - R - S - D: 1500 bytes, then 700, then 1500.
class Path : public testing::Test, public SimBench {
  protected:
    void SetUp() override {
        h = router("H");
        r = router("R");
        s = router("S");
        d = router("D");
        link("a", {"H:eth0 10.0.1.1/24 2001:db8:1::1/64", "R:eth0 10.0.1.2/24 2001:db8:1::2/64"});
        narrow = link("b", {"R:eth1 10.0.2.1/24 2001:db8:2::1/64", "S:eth0 10.0.2.2/24 2001:db8:2::2/64"},
                      cableWithMtu(700));
        last = link("c", {"S:eth1 10.0.3.1/24 2001:db8:3::1/64", "D:eth0 10.0.3.2/24 2001:db8:3::2/64"});
        for (const auto& [node, way4, way6] :
             {std::tuple{h, "10.0.1.2", "2001:db8:1::2"}, {r, "10.0.2.2", "2001:db8:2::2"}}) {
            route(node, "10.0.3.0/24", {way4});
            route(node, "2001:db8:3::/64", {way6});
        }
        for (const auto& [node, way4, way6] :
             {std::tuple{d, "10.0.3.1", "2001:db8:3::1"}, {s, "10.0.2.1", "2001:db8:2::1"}}) {
            route(node, "10.0.1.0/24", {way4});
            route(node, "2001:db8:1::/64", {way6});
        }
        start();
    }
    std::vector<std::pair<IcmpKind, IpAddress>> ping(std::uint16_t bytes, bool dontFragment,
                                                     bool v6 = false) {
        Packet packet =
            v6 ? echo("2001:db8:1::1", "2001:db8:3::2", bytes) : echo("10.0.1.1", "10.0.3.2", bytes);
        packet.dontFragment = dontFragment;
        forget();
        send(h, packet);
        runTo(sim->now() + Duration::seconds(100));
        return icmpAt(h);
    }
    NodeId h, r, s, d;
    SegmentId narrow, last;
};

TEST_F(Path, ALargePingIsCutTwiceAndPutTogether) {
    EXPECT_THAT(ping(3000, false), ElementsAre(Pair(IcmpKind::EchoReply, ip("10.0.3.2"))));
    EXPECT_THAT(drops(), IsEmpty());
    for (const auto& [record, sent] : records<record::PacketSent>()) {
        EXPECT_LE(sent.packet->size(),
                  sent.interface == end("R:eth1").interface && record.node == r ? 700U : 1500U);
    }
    EXPECT_GT(records<record::PacketSent>().size(), 3U * 6U);
    EXPECT_EQ(sim->node(d).reassembly.size(), 0U);
}

TEST_F(Path, WithDontFragmentTheSenderIsToldTheMtu) {
    EXPECT_THAT(ping(3000, true), ElementsAre(Pair(IcmpKind::TooBig, ip("10.0.1.1"))))
        << "by itself: its own link is too narrow";
    EXPECT_THAT(ping(1000, true), ElementsAre(Pair(IcmpKind::TooBig, ip("10.0.1.2"))));
    EXPECT_EQ(records<record::PacketDelivered>().back().second.packet->payload.as<IcmpMessage>()->mtu(),
              700U);
}

TEST_F(Path, Ipv6IsCutByItsSenderAndNeverByRouters) {
    EXPECT_THAT(ping(1000, false, true), ElementsAre(Pair(IcmpKind::TooBig, ip("2001:db8:1::2"))));
    EXPECT_THAT(ping(3000, false, true), ElementsAre(Pair(IcmpKind::TooBig, ip("2001:db8:1::2"))))
        << "about the first fragment only";
    EXPECT_THAT(drops(), ElementsAre(DropReason::TooBig, DropReason::TooBig, DropReason::ReassemblyFailed))
        << "the third one fits, for nothing";
    action::ChangeLink wide;
    wide.segment = narrow;
    wide.mtu = 1500;
    act(wide);
    EXPECT_THAT(ping(3000, false, true), ElementsAre(Pair(IcmpKind::EchoReply, ip("2001:db8:3::2"))));
    EXPECT_THAT(ping(3000, true, true), ElementsAre(Pair(IcmpKind::TooBig, ip("2001:db8:1::1"))));
}

TEST_F(Path, AMissingFragmentIsWaitedForAndThenReported) {
    // The last link swallows everything but the first fragment.
    Packet packet = echo("10.0.1.1", "10.0.3.2", 3000);
    packet.dontFragment = false;
    act(changeLoss(last, Probability()));
    send(h, packet);
    runTo(sim->now() + ms(2));
    while (records<record::PacketReceived>().empty() ||
           records<record::PacketReceived>().back().first.node != d)
        sim->step(log);
    act(action::SetSegment{last, false});
    act(action::SetSegment{last, true});
    const SimTime came = records<record::PacketReceived>().back().first.time;
    EXPECT_EQ(sim->node(d).reassembly.size(), 1U);
    runTo(came + Duration::seconds(30) - Duration::nanoseconds(1));
    EXPECT_EQ(sim->node(d).reassembly.size(), 1U);
    runTo(came + Duration::seconds(31));
    EXPECT_EQ(sim->node(d).reassembly.size(), 0U);
    EXPECT_THAT(drops(), Contains(DropReason::ReassemblyFailed));
    EXPECT_THAT(icmpAt(h), ElementsAre(Pair(IcmpKind::ReassemblyTimeExceeded, ip("10.0.3.2"))));
    EXPECT_EQ(sim->nextEventTime(), SimTime::never());
}

TEST_F(Path, FragmentsOfAProtocolsMessageArriveAsTheMessage) {
    ToySettings listener;
    listener.udp = {{Family::IPv4, 7, {}}};
    toy(d, listener);
    apply(configure(d));
    Packet packet = udp("10.0.1.1", "10.0.3.2", 7, 2000);
    packet.dontFragment = false;
    send(h, packet);
    runTo(sim->now() + Duration::seconds(1));
    ASSERT_EQ(toyOf(d).datagrams.size(), 1U);
    EXPECT_EQ(toyOf(d).datagrams[0].payload.bytes(), Bytes(2000, 0xaa));
    EXPECT_EQ(toyOf(d).datagrams[0].sourcePort, 5000);
    EXPECT_EQ(toyOf(d).datagrams[0].ttl, 62);
}

}  // namespace
}  // namespace peerscape

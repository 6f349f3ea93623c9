#include <gtest/gtest.h>

#include "tests/protocols/eigrp/transport_helpers.hpp"

namespace peerscape::eigrp {
namespace {

using namespace test;

EigrpPacket update(std::uint32_t sequence, std::uint16_t number, std::uint32_t flags = 0) {
    EigrpPacket packet = Bench::reliable(sequence, flags);
    packet.tlvs = {OtherTlv{number, {}}};
    return packet;
}
SendPacket toAll(const EigrpPacket& packet) { return {std::nullopt, packet}; }
/// As Bench::bringUp leaves it: the neighbour's INIT is number 100.
SendPacket toOne(std::string_view address, EigrpPacket packet) {
    packet.acknowledgment = 100;
    return {ip(address), packet};
}
EigrpPacket sequencedHello(std::vector<IpAddress> laggards, std::uint32_t sequence) {
    EigrpPacket hello = Bench::hello();
    hello.tlvs.push_back(Sequence{std::move(laggards)});
    hello.tlvs.push_back(MulticastSequence{sequence});
    return hello;
}

/// Two neighbours are up; the next sequence number is 3.
Bench lan() {
    Bench bench;
    bench.bringUp(2);
    bench.bringUp(3);
    return bench;
}

TEST(EigrpMulticast, WithoutLaggardsItIsJustMulticast) {
    Bench bench = lan();
    EXPECT_EQ(bench.multicast(message(11)), (TransportEffects{toAll(update(3, 11))}));
    EXPECT_TRUE(bench.hear("10.0.0.2", Bench::acknowledgment(3)).empty());
    EXPECT_TRUE(bench.hear("10.0.0.3", Bench::acknowledgment(3)).empty());
    EXPECT_EQ(bench.multicast(message(12)), (TransportEffects{toAll(update(4, 12))}));
}

TEST(EigrpMulticast, ASingleNeighborIsToldByMulticast) {
    Bench bench;
    bench.bringUp(2);
    EXPECT_EQ(bench.multicast(message(11)), (TransportEffects{toAll(update(2, 11))}));
}

TEST(EigrpMulticast, TheNextOneWaitsForAllAcknowledgments) {
    Bench bench = lan();
    bench.multicast(message(11));
    EXPECT_TRUE(bench.multicast(message(12)).empty());
    EXPECT_TRUE(bench.hear("10.0.0.3", Bench::acknowledgment(3)).empty());
    EXPECT_EQ(bench.hear("10.0.0.2", Bench::acknowledgment(3)), (TransportEffects{toAll(update(4, 12))}));
}

TEST(EigrpMulticast, WhenTheFlowTimerEndsLaggardsAreToldByUnicastAndTheOthersGoOn) {
    Bench bench = lan();
    bench.multicast(message(11));
    bench.multicast(message(12));
    bench.hear("10.0.0.2", Bench::acknowledgment(3));
    const SimTime start = bench.now;
    EXPECT_EQ(bench.next(),
              (TransportEffects{toOne("10.0.0.3", update(3, 11)), toAll(sequencedHello({ip("10.0.0.3")}, 4)),
                                toAll(update(4, 12, PacketFlag::kConditionalReceive))}));
    EXPECT_EQ(bench.now - start, Duration::milliseconds(50));
    EXPECT_EQ(bench.hear("10.0.0.3", Bench::acknowledgment(3)),
              (TransportEffects{toOne("10.0.0.3", update(4, 12))}));
}

TEST(EigrpMulticast, TheFlowTimerIsFourTimesTheMeanRoundTrip) {
    Bench bench = lan();  // 10 ms each
    EXPECT_EQ(bench.transport.multicastFlowTimer(), Duration::milliseconds(50));
    bench.unicast(2, message(1));
    bench.pass(Duration::milliseconds(150));
    bench.hear("10.0.0.2", Bench::acknowledgment(3));  // SRTT 38 ms
    EXPECT_EQ(bench.transport.multicastFlowTimer(), Duration::milliseconds(96));
}

TEST(EigrpMulticast, PendingNeighborsAreNamedAsLaggards) {
    Bench bench = lan();
    bench.hear("10.0.0.4", Bench::hello());
    EXPECT_EQ(bench.multicast(message(11)),
              (TransportEffects{toAll(sequencedHello({ip("10.0.0.4")}, 4)),
                                toAll(update(4, 11, PacketFlag::kConditionalReceive))}));
    EXPECT_EQ(bench.neighbor(4).queue.size(), 1U);  // the INIT
}

TEST(EigrpMulticast, WhenAllLagNothingIsMulticast) {
    Bench bench = lan();
    bench.unicast(2, message(11));
    bench.unicast(3, message(12));
    EXPECT_TRUE(bench.multicast(message(13)).empty());
    EXPECT_EQ(bench.hear("10.0.0.3", Bench::acknowledgment(4)),
              (TransportEffects{toOne("10.0.0.3", update(5, 13))}));
}

TEST(EigrpMulticast, OrderIsKeptAmongUnicastAndMulticast) {
    Bench bench = lan();
    bench.multicast(message(11));
    bench.unicast(2, message(12));
    bench.multicast(message(13));
    bench.hear("10.0.0.3", Bench::acknowledgment(3));
    // Not waited for: the flow is free again, as all that can have acknowledged the last one.
    EXPECT_EQ(bench.hear("10.0.0.2", Bench::acknowledgment(3)),
              (TransportEffects{toAll(sequencedHello({ip("10.0.0.2")}, 5)),
                                toAll(update(5, 13, PacketFlag::kConditionalReceive)),
                                toOne("10.0.0.2", update(4, 12))}));
    EXPECT_EQ(bench.hear("10.0.0.2", Bench::acknowledgment(4)),
              (TransportEffects{toOne("10.0.0.2", update(5, 13))}));
}

TEST(EigrpMulticast, Ipv6NeighborsAreNamedByTheirLinkLocalAddresses) {
    Bench bench(settingsOf("fe80::1"));
    EigrpPacket hello = Bench::hello();
    hello.family = Family::IPv6;
    for (std::uint16_t last = 2; last <= 3; ++last) {
        const IpAddress address = IpAddress::v6(0xfe80000000000000, last);
        bench.transport.hear(address, hello, NeighborId(last), bench.now, bench.effects);
        EigrpPacket init = Bench::reliable(100, PacketFlag::kInit);
        init.acknowledgment = last - 1U;
        bench.transport.hear(address, init, NeighborId(last), bench.now, bench.effects);
    }
    bench.unicast(2, message(11));
    const auto sends = only<SendPacket>(bench.multicast(message(12)));
    ASSERT_EQ(sends.size(), 2U);
    EXPECT_EQ(sends[0].packet.family, Family::IPv6);
    EXPECT_EQ(sends[0].packet.find<Sequence>()->addresses, (std::vector{ip("fe80::2")}));
    EXPECT_TRUE(decode(Family::IPv6, encoded(sends[0].packet)).has_value());
}

TEST(EigrpMulticast, PacketsWithTheCrFlagAreForThoseInConditionalReceiveMode) {
    constexpr auto kCr = PacketFlag::kConditionalReceive;
    Bench bench;
    bench.bringUp(2, 100);
    // No hello heard: left alone, and not acknowledged.
    EXPECT_TRUE(bench.hear("10.0.0.2", update(101, 11, kCr)).empty());
    // Named in the hello.
    bench.hear("10.0.0.2", sequencedHello({ip("10.0.0.1")}, 102));
    EXPECT_TRUE(bench.hear("10.0.0.2", update(102, 12, kCr)).empty());
    // Not named, but another packet.
    bench.hear("10.0.0.2", sequencedHello({ip("10.0.0.7")}, 103));
    EXPECT_TRUE(bench.hear("10.0.0.2", update(104, 14, kCr)).empty());
    // Not named.
    EXPECT_EQ(bench.neighbor(2).conditional, 103U);
    EXPECT_EQ(only<Deliver>(bench.hear("10.0.0.2", update(103, 13, kCr))).size(), 1U);
    EXPECT_FALSE(bench.neighbor(2).conditional);
    // A copy is acknowledged.
    EXPECT_EQ(bench.hear("10.0.0.2", update(103, 13, kCr)),
              (TransportEffects{SendPacket{ip("10.0.0.2"), Bench::acknowledgment(103)}}));
    EXPECT_TRUE(bench.hear("10.0.0.2", update(104, 14, kCr)).empty());
    // By unicast everything is taken.
    EXPECT_EQ(only<Deliver>(bench.hear("10.0.0.2", update(104, 14))).size(), 1U);
}

}  // namespace
}  // namespace peerscape::eigrp

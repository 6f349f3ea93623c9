#include <algorithm>

#include <gtest/gtest.h>

#include "tests/protocols/eigrp/transport_helpers.hpp"

namespace peerscape::eigrp {
namespace {

using namespace test;

/// The numbers of the messages that are sent, in order; 0 for other packets.
std::vector<std::uint16_t> sent(const TransportEffects& effects) {
    std::vector<std::uint16_t> numbers;
    for (const SendPacket& send : only<SendPacket>(effects))
        numbers.push_back(send.packet.find<OtherTlv>() != nullptr ? numberOf(send.packet) : 0);
    return numbers;
}
using Numbers = std::vector<std::uint16_t>;

TEST(EigrpReliable, RoundTripsAreSmoothedAndTimeoutsKeptWithinBounds) {
    RoundTrip trip;
    EXPECT_FALSE(trip.smoothed());
    EXPECT_EQ(trip.retransmissionTimeout(), Duration::seconds(2));
    trip.sample(Duration::milliseconds(10));
    EXPECT_EQ(trip.retransmissionTimeout(), Duration::milliseconds(200));
    trip.sample(Duration::milliseconds(510));
    EXPECT_EQ(trip.smoothed(), Duration::milliseconds(110));
    EXPECT_EQ(trip.retransmissionTimeout(), Duration::milliseconds(660));
    trip.sample(Duration::seconds(10));
    EXPECT_EQ(trip.retransmissionTimeout(), Duration::seconds(5));
    EXPECT_EQ(backedOff(Duration::milliseconds(200)), Duration::milliseconds(300));
    EXPECT_EQ(backedOff(Duration::seconds(4)), Duration::seconds(5));
    EXPECT_EQ(multicastFlowTimer(Duration::milliseconds(1)), Duration::milliseconds(50));
    EXPECT_EQ(multicastFlowTimer(Duration::milliseconds(100)), Duration::milliseconds(400));
}

TEST(EigrpReliable, SequenceNumbersWrapAroundZero) {
    EXPECT_TRUE(isNewer(2, 1));
    EXPECT_FALSE(isNewer(1, 1));
    EXPECT_TRUE(isNewer(1, UINT32_MAX));
    EXPECT_FALSE(isNewer(UINT32_MAX, 1));
    EXPECT_EQ(nextSequence(UINT32_MAX), 1U);

    Bench bench(settingsOf("10.0.0.1"), UINT32_MAX);
    bench.bringUp(2, UINT32_MAX);
    EXPECT_EQ(only<SendPacket>(bench.unicast(2, message(1))).front().packet.sequence, 1U);
    EXPECT_EQ(only<Deliver>(bench.hear("10.0.0.2", Bench::reliable(1))).size(), 1U);
    EXPECT_TRUE(only<Deliver>(bench.hear("10.0.0.2", Bench::reliable(UINT32_MAX))).empty());
}

TEST(EigrpReliable, OneUnicastPacketIsUnderWayAtATime) {
    Bench bench;
    bench.bringUp(2);
    EXPECT_EQ(sent(bench.unicast(2, message(11))), (Numbers{11}));
    EXPECT_EQ(sent(bench.unicast(2, message(12))), (Numbers{}));
    EXPECT_EQ(bench.neighbor(2).queue.size(), 2U);
    EXPECT_EQ(sent(bench.hear("10.0.0.2", Bench::acknowledgment(1))), (Numbers{}));  // of our INIT
    EXPECT_EQ(sent(bench.hear("10.0.0.2", Bench::acknowledgment(3))), (Numbers{}));  // not sent yet
    EXPECT_EQ(sent(bench.hear("10.0.0.2", Bench::acknowledgment(2))), (Numbers{12}));
    EXPECT_TRUE(bench.hear("10.0.0.2", Bench::acknowledgment(3)).empty());
    EXPECT_TRUE(bench.transport.isIdle());
}

TEST(EigrpReliable, UnicastPacketsCarryAcknowledgments) {
    Bench bench;
    bench.bringUp(2, 100);
    bench.unicast(2, message(11));
    bench.unicast(2, message(12));
    EigrpPacket update = Bench::reliable(101);
    update.acknowledgment = 2;
    EigrpPacket expected = Bench::reliable(3);
    expected.acknowledgment = 101;
    expected.tlvs = {OtherTlv{12, {}}};
    EXPECT_EQ(bench.hear("10.0.0.2", update),
              (TransportEffects{Deliver{NeighborId(2), update}, SendPacket{ip("10.0.0.2"), expected}}));
}

TEST(EigrpReliable, CopiesAreAcknowledgedAndNotDelivered) {
    Bench bench;
    bench.bringUp(2, 100);
    const EigrpPacket update = Bench::reliable(105);
    const SendPacket acknowledged{ip("10.0.0.2"), Bench::acknowledgment(105)};
    EXPECT_EQ(bench.hear("10.0.0.2", update),
              (TransportEffects{Deliver{NeighborId(2), update}, acknowledged}));
    EXPECT_EQ(bench.hear("10.0.0.2", update), (TransportEffects{acknowledged}));
    EXPECT_EQ(bench.hear("10.0.0.2", Bench::reliable(103)),
              (TransportEffects{SendPacket{ip("10.0.0.2"), Bench::acknowledgment(103)}}));
}

TEST(EigrpReliable, PacketsWithoutSequenceNumberAreDeliveredAndNotAcknowledged) {
    Bench bench;
    bench.bringUp(2);
    const EigrpPacket request = Bench::reliable(0);
    EXPECT_EQ(bench.hear("10.0.0.2", request), (TransportEffects{Deliver{NeighborId(2), request}}));
}

TEST(EigrpReliable, TheEndOfTheTableIsSaid) {
    Bench bench;
    bench.bringUp(2, 100);
    const EigrpPacket last = Bench::reliable(101, PacketFlag::kEndOfTable);
    EXPECT_EQ(bench.hear("10.0.0.2", last),
              (TransportEffects{Deliver{NeighborId(2), last}, EndOfTable{NeighborId(2)},
                                SendPacket{ip("10.0.0.2"), Bench::acknowledgment(101)}}));
    const auto out = bench.unicast(2, message(1, Opcode::Update, PacketFlag::kEndOfTable));
    EXPECT_TRUE(only<SendPacket>(out).front().packet.has(PacketFlag::kEndOfTable));
}

TEST(EigrpReliable, WhatIsNotAcknowledgedIsSentAgainEachTimeLater) {
    Bench bench;
    bench.bringUp(2);
    bench.hear("10.0.0.2", Bench::hello({}, 1000));
    const SimTime start = bench.now;
    bench.unicast(2, message(11));
    std::vector<std::int64_t> waits;
    SimTime last = start;
    while (waits.size() < 10) {
        if (sent(bench.next()) != Numbers{11}) continue;
        waits.push_back((bench.now - last).count() / 1'000'000);
        last = bench.now;
    }
    EXPECT_EQ(waits, (std::vector<std::int64_t>{200, 300, 450, 675, 1012, 1518, 2278, 3417, 5000, 5000}));
    EXPECT_EQ(bench.neighbor(2).retransmissions, 10U);
    bench.hear("10.0.0.2", Bench::acknowledgment(2));
    EXPECT_EQ(bench.neighbor(2).roundTrip.smoothed(), Duration::milliseconds(10));  // no sample
}

/// A neighbour is there and acknowledges nothing: milliseconds until it is lost, and retransmissions.
std::pair<std::int64_t, int> untilLost(std::uint16_t holdTime) {
    Bench bench;
    bench.bringUp(2);
    bench.unicast(2, message(11));
    const SimTime start = bench.now;
    int retransmissions = 0;
    for (;;) {
        bench.hear("10.0.0.2", Bench::hello({}, holdTime));
        const TransportEffects effects = bench.next();
        retransmissions += static_cast<int>(std::ranges::count(sent(effects), 11));
        const auto down = only<NeighborDown>(effects);
        if (down.empty()) continue;
        EXPECT_EQ(down.front().reason, DownReason::RetryLimitExceeded);
        return {(bench.now - start) / Duration::milliseconds(1), retransmissions};
    }
}

TEST(EigrpReliable, ANeighborThatDoesNotAcknowledgeIsLostAfterSixteenRetransmissions) {
    EXPECT_EQ(untilLost(15), std::pair(std::int64_t{54'851}, 16));
}

TEST(EigrpReliable, ButNotBeforeItsHoldTimeHasPassed) {
    EXPECT_EQ(untilLost(60), std::pair(std::int64_t{64'851}, 18));
}

TEST(EigrpReliable, WhatWaitsForALostNeighborIsForgotten) {
    Bench bench;
    bench.bringUp(2);
    bench.multicast(message(11));
    bench.multicast(message(12));
    bench.hear("10.0.0.2", Bench::hello(KValues::goodbye()));
    EXPECT_EQ(sent(bench.next()), (Numbers{}));  // the flow timer
    EXPECT_EQ(sent(bench.next()), (Numbers{0}));
    EXPECT_TRUE(bench.transport.isIdle());
}

}  // namespace
}  // namespace peerscape::eigrp

#include <gtest/gtest.h>

#include "tests/protocols/eigrp/transport_helpers.hpp"

namespace peerscape::eigrp {
namespace {

using namespace test;

TEST(EigrpDiscovery, HellosSayParametersVersionAndStub) {
    TransportSettings settings = settingsOf("10.0.0.1");
    settings.autonomousSystem = 7;
    settings.helloInterval = Duration::seconds(60);
    settings.holdTime = Duration::seconds(180);
    settings.stub = PeerInformation{PeerInformation::kConnected};
    Transport transport(settings);
    EXPECT_TRUE(transport.nextDeadline().isNever());
    TransportEffects effects;
    transport.start(at(0), effects);
    transport.wake(transport.nextDeadline(), effects);

    EigrpPacket hello;
    hello.autonomousSystem = 7;
    hello.tlvs = {Parameter{{}, 180}, SoftwareVersion{}, PeerInformation{PeerInformation::kConnected}};
    EXPECT_EQ(effects, (TransportEffects{SendPacket{{}, hello}, SendPacket{{}, hello}}));
    EXPECT_EQ(transport.nextDeadline(), at(120'000));
}

TEST(EigrpDiscovery, ANewNeighborGetsAHelloAndAnInitAtOnce) {
    Bench bench;
    bench.pass(Duration::seconds(1));
    EXPECT_EQ(
        bench.hear("10.0.0.2", Bench::hello()),
        (TransportEffects{NeighborDiscovered{NeighborId(2), ip("10.0.0.2")}, SendPacket{{}, Bench::hello()},
                          SendPacket{ip("10.0.0.2"), Bench::reliable(1, PacketFlag::kInit)}}));
    EXPECT_FALSE(bench.neighbor(2).isUp());
}

TEST(EigrpDiscovery, SeveralNewNeighborsAtOneInstantShareAHello) {
    Bench bench;
    bench.pass(Duration::seconds(1));
    EXPECT_EQ(only<SendPacket>(bench.hear("10.0.0.2", Bench::hello())).size(), 2U);
    EXPECT_EQ(only<SendPacket>(bench.hear("10.0.0.3", Bench::hello())).size(), 1U);
}

TEST(EigrpDiscovery, OnlyHellosMakeNeighbors) {
    Bench bench;
    EXPECT_TRUE(bench.hear("10.0.0.2", Bench::reliable(9, PacketFlag::kInit)).empty());
    EXPECT_TRUE(bench.hear("10.0.0.2", Bench::acknowledgment(9)).empty());
}

TEST(EigrpDiscovery, ANeighborIsUpWhenBothInitsHaveArrived) {
    Bench bench;
    bench.hear("10.0.0.2", Bench::hello());
    EXPECT_EQ(bench.hear("10.0.0.2", Bench::reliable(9, PacketFlag::kInit)),
              (TransportEffects{SendPacket{ip("10.0.0.2"), Bench::acknowledgment(9)}}));
    EXPECT_EQ(bench.hear("10.0.0.2", Bench::acknowledgment(1)),
              (TransportEffects{NeighborUp{NeighborId(2)}}));

    bench.hear("10.0.0.3", Bench::hello());
    EXPECT_TRUE(bench.hear("10.0.0.3", Bench::acknowledgment(2)).empty());
    EXPECT_EQ(
        bench.hear("10.0.0.3", Bench::reliable(5, PacketFlag::kInit)),
        (TransportEffects{NeighborUp{NeighborId(3)}, SendPacket{ip("10.0.0.3"), Bench::acknowledgment(5)}}));
}

TEST(EigrpDiscovery, AnInitThatAcknowledgesOursEndsTheExchange) {
    Bench bench;
    bench.hear("10.0.0.2", Bench::hello());
    EigrpPacket init = Bench::reliable(9, PacketFlag::kInit);
    init.acknowledgment = 1;
    EXPECT_EQ(
        bench.hear("10.0.0.2", init),
        (TransportEffects{NeighborUp{NeighborId(2)}, SendPacket{ip("10.0.0.2"), Bench::acknowledgment(9)}}));
}

TEST(EigrpDiscovery, PendingNeighborsAreNeitherHeardNorTold) {
    Bench bench;
    bench.hear("10.0.0.2", Bench::hello());
    EXPECT_TRUE(bench.hear("10.0.0.2", Bench::reliable(9)).empty());
    EXPECT_TRUE(bench.multicast(message(1)).empty());
    EXPECT_TRUE(bench.unicast(2, message(1)).empty());
}

TEST(EigrpDiscovery, WhatANeighborSaysOfItselfIsKept) {
    Bench bench;
    EigrpPacket hello = Bench::hello({}, 40);
    hello.tlvs = {Parameter{{}, 40}, SoftwareVersion{15, 4, 2, 0}, PeerInformation{0x20}};
    bench.hear("10.0.0.2", hello);
    EXPECT_EQ(bench.neighbor(2).holdTime, Duration::seconds(40));
    EXPECT_EQ(bench.neighbor(2).stub, PeerInformation{0x20});
    EXPECT_TRUE(bench.neighbor(2).readsWideMetrics());
    bench.hear("10.0.0.2", Bench::hello());
    EXPECT_FALSE(bench.neighbor(2).stub);
    EXPECT_FALSE(bench.neighbor(2).readsWideMetrics());
}

EigrpPacket terminationOf(std::string_view address) {
    EigrpPacket packet = Bench::hello();
    packet.tlvs.push_back(PeerTermination{{ip(address)}});
    return packet;
}

TEST(EigrpDiscovery, ANeighborIsLostWhenItsHoldTimePasses) {
    Bench bench;
    bench.bringUp(2);  // at 10 ms
    bench.pass(Duration::milliseconds(4000));
    bench.hear("10.0.0.2", Bench::hello({}, 3));  // it wants less from now on
    EXPECT_EQ(bench.next(), (TransportEffects{SendPacket{{}, Bench::hello()}}));
    EXPECT_EQ(bench.next(),
              (TransportEffects{NeighborDown{NeighborId(2), ip("10.0.0.2"), DownReason::HoldTimeExpired},
                                SendPacket{{}, terminationOf("10.0.0.2")}}));
    EXPECT_EQ(bench.now, at(7010));
}

TEST(EigrpDiscovery, EveryPacketProvesThatANeighborIsThere) {
    Bench bench;
    bench.bringUp(2);
    bench.pass(Duration::seconds(14));
    bench.hear("10.0.0.2", Bench::reliable(101));
    EXPECT_EQ(bench.neighbor(2).holdDeadline, bench.now + Duration::seconds(15));
}

TEST(EigrpDiscovery, OtherKValuesRefuseANeighborAndBothSetsAreNamed) {
    Bench bench;
    const KValues theirs{1, 1, 1, 0, 0, 0};
    EXPECT_EQ(bench.hear("10.0.0.2", Bench::hello(theirs)),
              (TransportEffects{KValuesDiffer{ip("10.0.0.2"), {}, theirs}}));
    bench.bringUp(2);
    EXPECT_EQ(bench.hear("10.0.0.2", Bench::hello(theirs)),
              (TransportEffects{KValuesDiffer{ip("10.0.0.2"), {}, theirs},
                                NeighborDown{NeighborId(2), ip("10.0.0.2"), DownReason::KValueMismatch},
                                SendPacket{{}, terminationOf("10.0.0.2")}}));
}

TEST(EigrpDiscovery, AGoodbyeEndsTheAdjacency) {
    Bench bench;
    EXPECT_TRUE(bench.hear("10.0.0.2", Bench::hello(KValues::goodbye())).empty());
    bench.bringUp(2);
    EXPECT_EQ(bench.hear("10.0.0.2", Bench::hello(KValues::goodbye())),
              (TransportEffects{NeighborDown{NeighborId(2), ip("10.0.0.2"), DownReason::Goodbye}}));
}

TEST(EigrpDiscovery, ATerminationThatNamesUsEndsTheAdjacency) {
    Bench bench;
    bench.bringUp(2);
    EXPECT_TRUE(bench.hear("10.0.0.2", terminationOf("10.0.0.9")).empty());
    EXPECT_EQ(bench.hear("10.0.0.2", terminationOf("10.0.0.1")),
              (TransportEffects{NeighborDown{NeighborId(2), ip("10.0.0.2"), DownReason::PeerTermination}}));
}

TEST(EigrpDiscovery, AnotherInitSaysThatTheNeighborHasRestarted) {
    Bench bench;
    bench.bringUp(2);
    bench.unicast(2, message(1));
    EXPECT_EQ(bench.hear("10.0.0.2", Bench::reliable(7, PacketFlag::kInit)).front(),
              (TransportEffect{NeighborDown{NeighborId(2), ip("10.0.0.2"), DownReason::Restarted}}));
    EXPECT_FALSE(bench.neighbor(2).isUp());
    EXPECT_EQ(bench.neighbor(2).queue.size(), 1U);
    EXPECT_EQ(bench.hear("10.0.0.2", Bench::acknowledgment(3)),
              (TransportEffects{NeighborUp{NeighborId(2)}}));
}

TEST(EigrpDiscovery, ARepeatedInitIsNoRestart) {
    Bench bench;
    bench.bringUp(2, 100);
    const TransportEffects acknowledged{SendPacket{ip("10.0.0.2"), Bench::acknowledgment(100)}};
    bench.pass(Duration::seconds(14));
    EXPECT_EQ(bench.hear("10.0.0.2", Bench::reliable(100, PacketFlag::kInit)), acknowledged);
}

TEST(EigrpDiscovery, TheSameInitAfterMorePacketsIsARestartUnlessItIsOnlyLate) {
    Bench bench;
    bench.bringUp(2, 100);
    bench.hear("10.0.0.2", Bench::reliable(101));
    EXPECT_TRUE(only<NeighborDown>(bench.hear("10.0.0.2", Bench::reliable(100, PacketFlag::kInit))).empty());
    bench.pass(Duration::seconds(6));
    EXPECT_EQ(only<NeighborDown>(bench.hear("10.0.0.2", Bench::reliable(100, PacketFlag::kInit))).size(), 1U);
}

TEST(EigrpDiscovery, ANeighborThatNeverSendsItsInitIsDropped) {
    Bench bench;
    bench.hear("10.0.0.2", Bench::hello({}, 1000));
    bench.hear("10.0.0.2", Bench::acknowledgment(1));
    TransportEffects effects;
    while (only<NeighborDown>(effects).empty())
        effects = bench.next();
    EXPECT_EQ(only<NeighborDown>(effects).front().reason, DownReason::StuckInInit);
    EXPECT_EQ(bench.now, at(80'000));
}

TEST(EigrpDiscovery, PacketsOfAnotherAutonomousSystemAreIgnored) {
    Bench bench;
    EigrpPacket hello = Bench::hello();
    hello.autonomousSystem = 2;
    EXPECT_EQ(bench.hear("10.0.0.2", hello), (TransportEffects{PacketIgnored{ip("10.0.0.2"), 2}}));
    hello = Bench::hello();
    hello.virtualRouter = 1;
    EXPECT_EQ(bench.hear("10.0.0.2", hello), (TransportEffects{PacketIgnored{ip("10.0.0.2"), 1}}));
}

TEST(EigrpDiscovery, AResetIsToldToTheNeighbor) {
    Bench bench;
    bench.bringUp(2);
    bench.transport.reset(NeighborId(2), bench.effects);
    EXPECT_EQ(bench.effects,
              (TransportEffects{NeighborDown{NeighborId(2), ip("10.0.0.2"), DownReason::ResetByUs},
                                SendPacket{{}, terminationOf("10.0.0.2")}}));
    bench.transport.reset(NeighborId(2), bench.effects);
    EXPECT_EQ(bench.effects.size(), 2U);
}

TEST(EigrpDiscovery, WhoLeavesSaysGoodbye) {
    Bench bench;
    bench.bringUp(2);
    bench.transport.stop(bench.effects);
    EXPECT_EQ(bench.effects,
              (TransportEffects{SendPacket{{}, Bench::hello(KValues::goodbye())},
                                NeighborDown{NeighborId(2), ip("10.0.0.2"), DownReason::InterfaceDown}}));
    EXPECT_TRUE(bench.transport.nextDeadline().isNever());
    bench.effects.clear();
    EXPECT_TRUE(bench.hear("10.0.0.2", Bench::hello()).empty());
}

TEST(EigrpDiscovery, NewTimersKeepNeighborsAndNewKValuesDoNot) {
    Bench bench;
    bench.bringUp(2);
    TransportSettings settings = bench.transport.settings();
    settings.holdTime = Duration::seconds(40);
    bench.transport.configure(settings, bench.now, bench.effects);
    EXPECT_EQ(bench.effects, (TransportEffects{SendPacket{{}, Bench::hello({}, 40)}}));
    settings.kValues.k2 = 1;
    bench.transport.configure(settings, bench.now, bench.effects);
    EXPECT_EQ(only<NeighborDown>(bench.effects).size(), 1U);
    EXPECT_TRUE(bench.transport.neighbors().empty());
}

// The neighbour's INIT has come before, and was acknowledged; then we dropped the neighbour, and it did not
// notice.
TEST(EigrpDiscovery, WhoGoesOnAfterOurInitWithoutOneOfItsOwnHasToBeginAnew) {
    Bench bench;
    const std::uint32_t init =
        only<SendPacket>(bench.hear("10.0.0.2", Bench::hello())).back().packet.sequence;
    EigrpPacket content = Bench::reliable(200);
    EXPECT_TRUE(only<NeighborDown>(bench.hear("10.0.0.2", content)).empty()) << "from before our INIT";
    content.acknowledgment = init;
    const auto effects = bench.hear("10.0.0.2", content);
    ASSERT_EQ(only<NeighborDown>(effects).size(), 1U);
    EXPECT_EQ(only<NeighborDown>(effects).front().reason, DownReason::StuckInInit);
    EXPECT_TRUE(only<SendPacket>(effects).back().packet.terminates(ip("10.0.0.2"))) << "and is told so";
    EXPECT_TRUE(bench.transport.neighbors().empty());
}

}  // namespace
}  // namespace peerscape::eigrp

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/sim/sim_bench.hpp"

namespace peerscape {
namespace {

using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

/// A and B on one link with the given properties; B hears UDP port 7.
class CableTest : public testing::Test, public SimBench {
  protected:
    void lay(const LinkProperties& properties) {
        a = router("A");
        b = router("B");
        cable = link("cable", {"A:eth0 10.0.0.1/24", "B:eth0 10.0.0.2/24"}, properties);
        ToySettings listener;
        listener.udp = {{Family::IPv4, 7, {}}};
        toy(b, listener);
        start();
        forget();
    }
    void sendUdp(std::size_t bytes = 10) { send(a, udp("", "10.0.0.2", 7, bytes)); }
    std::vector<SimTime> arrivals() const {
        std::vector<SimTime> times;
        for (const auto& [r, fact] : records<record::PacketReceived>())
            times.push_back(r.time);
        return times;
    }
    NodeId a, b;
    SegmentId cable;
};

TEST_F(CableTest, DelayAloneWithUnlimitedBandwidth) {
    lay(cableOf(ms(7)));
    sendUdp();
    sendUdp(1000);
    runTo(atMs(100));
    EXPECT_THAT(arrivals(), ElementsAre(atMs(7), atMs(7)));
}

TEST_F(CableTest, SerialisationTakesExactlyTheFrameAndPacketsWaitForEachOther) {
    lay(cableOf(ms(1), Bandwidth::bitsPerSecond(8'000)));
    // 54 bytes of data, 8 of UDP, 20 of IP, 18 of Ethernet: 100 bytes, a tenth of a second.
    sendUdp(54);
    sendUdp(54);
    sendUdp(154);
    runTo(atMs(10'000));
    EXPECT_THAT(arrivals(), ElementsAre(atMs(101), atMs(201), atMs(401)));
}

TEST_F(CableTest, TheTwoDirectionsDoNotWaitForEachOther) {
    lay(cableOf(ms(1), Bandwidth::bitsPerSecond(8'000)));
    sendUdp(54);
    send(b, udp("", "10.0.0.1", 9, 54));
    runTo(atMs(101));
    EXPECT_EQ(arrivals().size(), 2U);
}

TEST_F(CableTest, SerialisationIsRoundedUpToNanoseconds) {
    lay(cableOf(Duration(), Bandwidth::bitsPerSecond(3'000'000'000)));
    sendUdp(54);
    runTo(atMs(1));
    EXPECT_THAT(arrivals(), ElementsAre(SimTime::atNanoseconds(267))) << "800 bits take 266.67 ns";
}

TEST_F(CableTest, TheQueueDropsItsTail) {
    lay(cableOf(ms(1), Bandwidth::bitsPerSecond(8'000), {}, 250));
    for (int i = 0; i < 6; ++i)
        sendUdp(54);
    runTo(atMs(10'000));
    EXPECT_EQ(arrivals().size(), 3U) << "with more than 250 bytes waiting nothing is taken in";
    EXPECT_THAT(drops(), ElementsAre(DropReason::QueueFull, DropReason::QueueFull, DropReason::QueueFull));
    sendUdp(54);
    runTo(atMs(20'000));
    EXPECT_EQ(arrivals().size(), 4U) << "the queue is empty again";
}

TEST_F(CableTest, LossHitsItsShareAndIsTheSameForTheSameSeed) {
    lay(cableOf(ms(1), {}, Probability::partsPerMillion(250'000)));
    for (int i = 0; i < 4000; ++i)
        sendUdp();
    runTo(atMs(10));
    const std::size_t lost = drops().size();
    EXPECT_THAT(drops(), Each(DropReason::LinkLoss));
    EXPECT_EQ(lost + arrivals().size(), 4000U);
    EXPECT_GT(lost, 900U);
    EXPECT_LT(lost, 1100U);

    forget();
    start();
    for (int i = 0; i < 4000; ++i)
        sendUdp();
    EXPECT_EQ(drops().size(), lost);
    start({.seed = 2});
    forget();
    for (int i = 0; i < 4000; ++i)
        sendUdp();
    EXPECT_NE(drops().size(), lost);
}

TEST_F(CableTest, CertainLossLosesAllAndNoLossNone) {
    lay(cableOf(ms(1), {}, Probability::partsPerMillion(1'000'000)));
    for (int i = 0; i < 100; ++i)
        sendUdp();
    EXPECT_EQ(drops().size(), 100U);
    act(changeLoss(cable, Probability()));
    for (int i = 0; i < 100; ++i)
        sendUdp();
    runTo(atMs(10));
    EXPECT_EQ(drops().size(), 100U);
    EXPECT_EQ(arrivals().size(), 100U);
}

TEST_F(CableTest, FailureLosesWhatIsOnTheWireEvenIfRepairedBefore) {
    lay(cableOf(ms(10)));
    sendUdp();
    runTo(atMs(2));
    act(action::SetSegment{cable, false});
    runTo(atMs(4));
    act(action::SetSegment{cable, true});
    runTo(atMs(5));
    sendUdp();
    runTo(atMs(100));
    EXPECT_THAT(arrivals(), ElementsAre(atMs(15)));
    EXPECT_THAT(drops(), ElementsAre(DropReason::LinkFailed));
}

TEST_F(CableTest, NobodyWaitsBehindWhatTheFailureLost) {
    lay(cableOf(ms(1), Bandwidth::bitsPerSecond(8'000)));
    for (int i = 0; i < 20; ++i)
        sendUdp(54);
    act(action::SetSegment{cable, false});
    act(action::SetSegment{cable, true});
    sendUdp(54);
    runTo(atMs(10'000));
    EXPECT_THAT(arrivals(), ElementsAre(atMs(101)));
}

TEST_F(CableTest, FailedLinkTakesTheRouteAwayAndTheSenderHasNoWay) {
    lay({});
    act(action::SetSegment{cable, false});
    EXPECT_FALSE(sim->node(a).interfaces[0].isUp());
    EXPECT_FALSE(sim->node(b).interfaces[0].isUp());
    sendUdp();
    EXPECT_THAT(drops(), ElementsAre(DropReason::NoRoute));
    // Somebody who names the interface is told that it is down.
    send(a, udp("10.0.0.1", "10.0.0.2", 7), end("A:eth0").interface);
    EXPECT_EQ(drops().back(), DropReason::InterfaceDown);
}

TEST_F(CableTest, SilenceOfBothDirectionsSwallowsEverythingAndNoEndNotices) {
    lay({});
    act(silence(cable));
    sendUdp();
    send(b, udp("", "10.0.0.1", 9));
    runTo(atMs(10));
    EXPECT_THAT(arrivals(), IsEmpty());
    EXPECT_THAT(drops(), ElementsAre(DropReason::SilentFailure, DropReason::SilentFailure));
    EXPECT_TRUE(sim->node(a).interfaces[0].isUp());
    EXPECT_THAT(records<record::InterfaceChanged>(), IsEmpty());
    act(silence(cable, false));
    sendUdp();
    runTo(atMs(20));
    EXPECT_EQ(arrivals().size(), 1U);
}

TEST_F(CableTest, SilenceOfOneDirectionLeavesTheOther) {
    lay({});
    act(silence(cable, true, end("A:eth0")));
    sendUdp();
    runTo(atMs(10));
    EXPECT_THAT(arrivals(), IsEmpty());
    send(b, udp("", "10.0.0.1", 9));
    runTo(atMs(20));
    EXPECT_THAT(arrivals(), ElementsAre(atMs(11))) << "B is heard, and A's answer swallowed";
    EXPECT_THAT(drops(),
                ElementsAre(DropReason::SilentFailure, DropReason::NoListener, DropReason::SilentFailure));
}

TEST_F(CableTest, DeafnessSwallowsOnArrival) {
    lay({});
    action::SetSilence deaf = silence(cable, true, end("B:eth0"));
    deaf.sending = false;
    deaf.hearing = true;
    act(deaf);
    sendUdp();
    runTo(atMs(10));
    EXPECT_THAT(drops(), ElementsAre(DropReason::SilentFailure));
    EXPECT_EQ(records<record::PacketDropped>()[0].first.time, atMs(1));
}

TEST_F(CableTest, ChangedDelayIsForPacketsSentAfterwards) {
    lay(cableOf(ms(10)));
    sendUdp();
    act(changeDelay(cable, ms(2)));
    sendUdp();
    runTo(atMs(100));
    EXPECT_THAT(arrivals(), ElementsAre(atMs(2), atMs(10)));
    EXPECT_EQ(sim->node(a).interfaces[0].delay, ms(2));
}

TEST_F(CableTest, PulledPlugTakesOneCarrierOnly) {
    lay({});
    act(action::SetPlug{end("B:eth0"), false});
    EXPECT_TRUE(sim->node(a).interfaces[0].isUp()) << "as behind a switch";
    EXPECT_FALSE(sim->node(b).interfaces[0].isUp());
    sendUdp();
    runTo(atMs(10));
    EXPECT_THAT(drops(), ElementsAre(DropReason::InterfaceDown));
    act(action::SetPlug{end("B:eth0"), true});
    sendUdp();
    runTo(atMs(20));
    EXPECT_EQ(arrivals().size(), 1U);
}

TEST_F(CableTest, RecordsNameTheirCauses) {
    lay({});
    sendUdp();
    runTo(atMs(10));
    const auto sent = records<record::PacketSent>();
    const auto received = records<record::PacketReceived>();
    ASSERT_EQ(received.size(), 1U);
    EXPECT_EQ(received[0].first.cause, sent[0].first.id);
}

TEST_F(CableTest, RecordsNameWhomAFrameIsAddressedTo) {
    lay({});
    sendUdp();
    send(a, udp("", "224.0.0.9", 7), end("A:eth0").interface);
    send(a, udp("", "10.0.0.255", 7));
    const auto sent = records<record::PacketSent>();
    ASSERT_EQ(sent.size(), 3U);
    EXPECT_EQ(sent[0].second.receiver, end("B:eth0"));
    EXPECT_EQ(sent[1].second.receiver, InterfaceRef()) << "a group";
    EXPECT_EQ(sent[2].second.receiver, InterfaceRef()) << "everybody";
}

class Switch : public testing::Test, public SimBench {
  protected:
    void SetUp() override {
        for (const char* name : {"A", "B", "C"})
            nodes.push_back(router(name));
        segment = lan("lan", {"A:eth0 10.0.0.1/24", "B:eth0 10.0.0.2/24", "C:eth0 10.0.0.3/24"});
        start();
        forget();
    }
    std::vector<NodeId> receivers() const {
        std::vector<NodeId> found;
        for (const auto& [r, fact] : records<record::PacketReceived>())
            found.push_back(r.node);
        return found;
    }
    std::vector<NodeId> nodes;
    SegmentId segment;
};

TEST_F(Switch, UnicastReachesOneAndMulticastAllOthers) {
    send(nodes[0], udp("", "10.0.0.3", 9));
    runTo(atMs(1));
    EXPECT_THAT(receivers(), ElementsAre(nodes[2]));
    send(nodes[0], udp("", "224.0.0.5", 9), InterfaceId(0));
    runTo(atMs(2));
    EXPECT_EQ(receivers().size(), 4U) << "C's error back to A, and both others";
    EXPECT_THAT(receivers(), Contains(nodes[1]));
}

TEST_F(Switch, OnePulledPlugLeavesTheOthersConnected) {
    act(action::SetPlug{end("B:eth0"), false});
    send(nodes[0], udp("", "224.0.0.5", 9), InterfaceId(0));
    runTo(atMs(10));
    EXPECT_THAT(receivers(), ElementsAre(nodes[2]));
    EXPECT_THAT(drops(), ElementsAre(DropReason::InterfaceDown));
}

TEST_F(Switch, ADeadSwitchTakesAllCarriers) {
    act(action::SetSegment{segment, false});
    for (const NodeId node : nodes)
        EXPECT_FALSE(sim->node(node).interfaces[0].isUp());
}

TEST(Wire, TwoEndsWithOneAddressNeverDoubleAPacket) {
    SimBench bench;
    const NodeId a = bench.router("A");
    bench.router("B");
    bench.router("C");
    bench.lan("lan", {"A:eth0 10.0.0.1/24", "B:eth0 10.0.0.2/24", "C:eth0 10.0.0.2/24"});
    bench.start();
    bench.send(a, SimBench::udp("", "10.0.0.2", 9));
    bench.runTo(atMs(1));
    EXPECT_EQ(bench.records<record::PacketReceived>().size(), 1U);
    EXPECT_EQ(bench.records<record::PacketReceived>()[0].first.node, NodeId(1));
    bench.act(action::SetPlug{bench.end("B:eth0"), false});
    bench.forget();
    bench.runTo(atMs(3));
    bench.forget();
    bench.send(a, SimBench::udp("", "10.0.0.2", 9));
    bench.runTo(atMs(4));
    ASSERT_EQ(bench.records<record::PacketReceived>().size(), 1U);
    EXPECT_EQ(bench.records<record::PacketReceived>()[0].first.node, NodeId(2)) << "the one that works";
}

TEST(Wire, AStubNetworkHasACarrierAndNobodyOnIt) {
    SimBench bench;
    const NodeId a = bench.router("A");
    bench.lan("stub", {"A:eth0 10.0.0.1/24"});
    bench.start();
    EXPECT_TRUE(bench.sim->node(a).interfaces[0].isUp());
    bench.send(a, SimBench::udp("", "10.0.0.2", 9));
    EXPECT_THAT(bench.drops(), ElementsAre(DropReason::NeighborUnknown));
}

}  // namespace
}  // namespace peerscape

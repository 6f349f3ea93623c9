#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/random.hpp"
#include "tests/engine/sim/sim_bench.hpp"

namespace peerscape {
namespace {

class Flows : public testing::Test, public SimBench {
  protected:
    /// A - B - C with a second, longer way A - D - C that nobody uses unless told.
    void SetUp() override {
        a = router("A");
        b = router("B");
        c = router("C");
        ab = link("ab", {"A:eth0 10.0.1.1/24", "B:eth0 10.0.1.2/24"}, cableOf(ms(5)));
        bc = link("bc", {"B:eth1 10.0.2.1/24", "C:eth0 10.0.2.2/24"}, cableOf(ms(5)));
        route(a, "10.0.2.0/24", {"10.0.1.2"});
        route(c, "10.0.1.0/24", {"10.0.2.1"});
    }
    static action::StartFlow flowOf(NodeId from, std::string_view to, Duration interval,
                                    std::uint32_t bytes = 56) {
        action::StartFlow flow;
        flow.name = "f";
        flow.from = from;
        flow.to = ip(to);
        flow.interval = interval;
        flow.payloadBytes = bytes;
        return flow;
    }
    const FlowCounters& counters(std::size_t i = 0) const { return sim->flows()[i].counters; }
    NodeId a, b, c;
    SegmentId ab, bc;
};

TEST_F(Flows, CountsAndMeasuresEachPacket) {
    start();
    action::StartFlow flow = flowOf(a, "10.0.2.2", ms(100));
    flow.lasting = Duration::seconds(1);
    act(flow);
    runTo(atMs(5));
    EXPECT_EQ(counters().sent, 1U);
    EXPECT_EQ(counters().underWay(), 1U);
    runTo(atMs(20'000));
    EXPECT_EQ(counters().sent, 10U) << "at 0, 100 … 900 ms";
    EXPECT_EQ(counters().received, 10U);
    EXPECT_EQ(counters().lost(), 0U);
    EXPECT_EQ(counters().leastDelay, ms(10));
    EXPECT_EQ(counters().mostDelay, ms(10));
    EXPECT_EQ(counters().delaySum, ms(100));
    EXPECT_EQ(counters().late, 0U);
    EXPECT_EQ(sim->nextEventTime(), SimTime::never());
}

TEST_F(Flows, LossesHaveTheirReasons) {
    start();
    act(flowOf(a, "10.0.2.2", ms(10)));
    runTo(atMs(1000));
    act(silence(bc));
    runTo(atMs(2000));
    act(silence(bc, false));
    act(action::SetSegment{ab, false});
    runTo(atMs(3000));
    const auto& dropped = counters().dropped;
    EXPECT_EQ(dropped[static_cast<std::size_t>(DropReason::SilentFailure)], 100U);
    EXPECT_EQ(dropped[static_cast<std::size_t>(DropReason::NoRoute)], 100U);
    EXPECT_EQ(dropped[static_cast<std::size_t>(DropReason::LinkFailed)], 1U) << "the one on the wire";
    EXPECT_EQ(counters().underWay(), 0U);
}

TEST_F(Flows, LoopsAreSeen) {
    start();
    routes[b].offers.clear();
    route(b, "203.0.113.0/24", {"10.0.1.1"});
    route(a, "203.0.113.0/24", {"10.0.1.2"});
    apply(configure(a));
    apply(configure(b));
    action::StartFlow flow = flowOf(a, "203.0.113.1", ms(100));
    flow.lasting = ms(300);
    act(flow);
    runTo(atMs(10'000));
    EXPECT_EQ(counters().looped(), 3U);
}

TEST_F(Flows, LatePacketsAreNoticed) {
    start();
    act(changeDelay(ab, ms(50)));
    action::StartFlow flow = flowOf(a, "10.0.2.2", ms(10));
    flow.lasting = ms(40);
    act(flow);
    runTo(atMs(25));
    act(changeDelay(ab, ms(1)));
    runTo(atMs(1000));
    EXPECT_EQ(counters().received, 4U);
    EXPECT_EQ(counters().late, 3U) << "the fourth overtook the first three";
}

TEST_F(Flows, ToItselfArrivesAtOnce) {
    start();
    action::StartFlow flow = flowOf(a, "10.0.1.1", ms(10));
    flow.lasting = ms(30);
    act(flow);
    runTo(atMs(100));
    EXPECT_EQ(counters().received, 3U);
    EXPECT_EQ(counters().mostDelay, Duration());
}

TEST_F(Flows, MessageBytesStandInFront) {
    ByteWriter out;
    FlowMessage(1, 2, SimTime::atNanoseconds(3), 24).encode(out);
    EXPECT_EQ(toHex(out.bytes()), "00 00 00 01 00 00 00 00 00 00 00 02 00 00 00 00 00 00 00 03 00 00 00 00");
    EXPECT_EQ(FlowMessage(1, 2, SimTime(), 5).encodedSize(), 20U);
}

TEST_F(Flows, EveryPacketIsAccountedForAtEveryInstant) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        RandomStream random(seed, "flows", "property");
        log = RecordLog();
        log.keep(0);
        start({.seed = seed});
        act(flowOf(a, "10.0.2.2", ms(7)));
        act(flowOf(c, "10.0.1.1", ms(11), 3000));
        act(flowOf(b, "10.0.2.77", ms(13)));
        for (int round = 0; round < 60; ++round) {
            const SegmentId segment = random.below(2) == 0 ? ab : bc;
            switch (random.below(6)) {
                case 0:
                    act(action::SetSegment{segment, random.below(2) == 0});
                    break;
                case 1:
                    act(silence(segment, random.below(2) == 0));
                    break;
                case 2:
                    act(changeLoss(segment, Probability::partsPerMillion(
                                                static_cast<std::uint32_t>(random.below(3)) * 200'000)));
                    break;
                case 3:
                    act(changeDelay(segment, ms(static_cast<std::int64_t>(random.below(40)))));
                    break;
                case 4: {
                    action::ChangeLink change;
                    change.segment = segment;
                    change.mtu = random.below(2) == 0 ? 1500U : 576U;
                    change.bandwidth =
                        random.below(2) == 0 ? Bandwidth::unlimited() : Bandwidth::bitsPerSecond(200'000);
                    change.queueBytes = 5'000;
                    act(change);
                    break;
                }
                default:
                    act(action::SetNode{b, random.below(3) != 0});
                    break;
            }
            const SimTime until = sim->now() + ms(static_cast<std::int64_t>(random.below(200)));
            while (sim->nextEventTime() <= until) {
                sim->step(log);
                for (const FlowState& flow : sim->flows()) {
                    ASSERT_LE(flow.counters.received + flow.counters.lost(), flow.counters.sent)
                        << "seed " << seed;
                    ASSERT_LT(flow.counters.underWay(), 20'000U);
                }
            }
            sim->advanceTo(until);
        }
        // When nothing new is sent, nothing stays under way for ever.
        act(action::SetNode{b, false});
        act(action::SetSegment{ab, false});
        act(action::SetSegment{bc, false});
        const SimTime end = sim->now();
        std::vector<std::uint64_t> sent;
        for (const FlowState& flow : sim->flows())
            sent.push_back(flow.counters.received + flow.counters.lost() + flow.counters.underWay());
        runTo(end + Duration::seconds(40));
        for (std::size_t i = 0; i < sent.size(); ++i) {
            const FlowCounters& after = sim->flows()[i].counters;
            EXPECT_GE(after.received + after.lost(), sent[i]);
            EXPECT_EQ(after.underWay(), 0U) << "with the links down each is lost where it is sent";
        }
    }
}

/// Flows whose packets are cut into fragments: `dontFragment` is off.
TEST_F(Flows, AFragmentedPacketIsLostOnceHoweverManyFragmentsAre) {
    topology.segment(bc).properties.mtu = 600;
    start();
    // A packet of a flow, made as the flow makes it, but to be cut.
    action::StartFlow flow = flowOf(a, "10.0.2.2", ms(1));
    flow.lasting = ms(1);
    act(flow);
    runTo(atMs(0));
    const auto sendPiecewise = [&](std::uint64_t sequence) {
        Packet packet = udp("", "10.0.2.2", kFlowPort);
        packet.dontFragment = false;
        packet.payload = Payload(std::make_shared<const FlowMessage>(0, sequence, sim->now(), 1400));
        send(a, packet);
    };
    runTo(atMs(100));
    ASSERT_EQ(counters().received, 1U);
    sendPiecewise(2);
    runTo(atMs(200));
    EXPECT_EQ(counters().received, 2U);
    act(changeLoss(bc, Probability::partsPerMillion(400'000)));
    for (std::uint64_t n = 3; n < 203; ++n)
        sendPiecewise(n);
    runTo(atMs(100'000));
    EXPECT_EQ(counters().received + counters().lost(), 202U);
    EXPECT_GT(counters().lost(), 100U);
    EXPECT_TRUE(sim->flows()[0].lostInPieces.empty()) << "each fragment met its end";
}

}  // namespace
}  // namespace peerscape

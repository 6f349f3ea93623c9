#include "engine/sim/simulation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/sim/sim_bench.hpp"

namespace peerscape {
namespace {

class Copies : public testing::Test, public SimBench {
  protected:
    void SetUp() override {
        a = router("A");
        b = router("B");
        cable = link("ab", {"A:eth0 10.0.0.1/24", "B:eth0 10.0.0.2/24"},
                     cableOf(ms(5), {}, Probability::partsPerMillion(100'000)));
        ToySettings settings;
        settings.udp = {{Family::IPv4, 7, {}}};
        settings.every = ms(100);
        SendDatagram hello;
        hello.destination = ip("10.0.0.2");
        hello.sourcePort = hello.destinationPort = 7;
        settings.sendsOnWake = hello;
        RouteOffer offer;
        offer.prefix = net("203.0.113.0/24");
        offer.nextHops = {NextHop::via(ip("10.0.0.2"))};
        settings.flaps = offer;
        toy(a, settings);
        ToySettings echoing;
        echoing.udp = settings.udp;
        echoing.echoes = true;
        toy(b, echoing);
        start();
        action::StartFlow flow;
        flow.from = a;
        flow.to = ip("10.0.0.2");
        flow.interval = ms(3);
        act(flow);
        runTo(atMs(1000));
    }
    NodeId a, b;
    SegmentId cable;
};

TEST_F(Copies, MutatingACopyLeavesTheOriginalAlone) {
    const std::uint64_t before = sim->stateHash();
    const std::vector<std::string> heard = toyOf(a).heard;
    Simulation copy = *sim;
    RecordLog copyLog = log;
    EXPECT_EQ(copy.stateHash(), before);
    EXPECT_NE(copy.node(a).slotOf(kToy)->process.get(), sim->node(a).slotOf(kToy)->process.get());
    ASSERT_TRUE(copy.apply({"cut", action::SetSegment{cable, false}}, copyLog).has_value());
    copy.runUntil(atMs(5000), copyLog);
    action::AddSegment add;
    add.name = "new";
    add.ends = {{a, "eth7", {}}, {b, "eth7", {}}};
    ASSERT_TRUE(copy.apply({"new", add}, copyLog).has_value());
    EXPECT_NE(copy.stateHash(), before);
    EXPECT_EQ(sim->stateHash(), before);
    EXPECT_EQ(toyOf(a).heard, heard);
    EXPECT_EQ(sim->node(a).interfaces.size(), 1U);
    EXPECT_EQ(sim->topology().segments().size(), 1U);
    EXPECT_EQ(sim->now(), atMs(1000));
}

TEST_F(Copies, ACopyGoesOnExactlyAsTheOriginal) {
    Simulation copy = *sim;
    RecordLog copyLog = log;
    copy.runUntil(atMs(10'000), copyLog);
    runTo(atMs(10'000));
    EXPECT_EQ(copy.stateHash(), sim->stateHash());
    EXPECT_EQ(copyLog.fingerprint(), log.fingerprint());
    EXPECT_EQ(copyLog.count(), log.count());
}

TEST_F(Copies, AssigningACopyBackIsAReturn) {
    const Simulation checkpoint = *sim;
    const RecordLog::Mark mark = log.mark();
    runTo(atMs(3000));
    const std::uint64_t state = sim->stateHash();
    const std::uint64_t fingerprint = log.fingerprint();
    *sim = checkpoint;
    log.rewindTo(mark);
    runTo(atMs(3000));
    EXPECT_EQ(sim->stateHash(), state);
    EXPECT_EQ(log.fingerprint(), fingerprint);
}

TEST_F(Copies, StateHashSeesWhatInfluencesTheFuture) {
    const auto differsAfter = [&](ActionWhat what) {
        Simulation copy = *sim;
        RecordLog copyLog = log;
        EXPECT_TRUE(copy.apply({"change", std::move(what)}, copyLog).has_value());
        return copy.stateHash() != sim->stateHash();
    };
    EXPECT_TRUE(differsAfter(changeDelay(cable, ms(6))));
    EXPECT_TRUE(differsAfter(changeLoss(cable, Probability())));
    EXPECT_TRUE(differsAfter(silence(cable)));
    EXPECT_TRUE(differsAfter(action::SetSegment{cable, false}));
    EXPECT_TRUE(differsAfter(action::SetAdmin{end("A:eth0"), false}));
    EXPECT_TRUE(differsAfter(action::SetProcess{b, kToy, false}));
    EXPECT_TRUE(differsAfter(action::Command{a, kToy, {"x"}})) << "the toy remembers what it heard";
    EXPECT_FALSE(differsAfter(silence(cable, false)));
}

TEST_F(Copies, UnsettledNamesTheProcess) {
    const auto unsettled = sim->unsettled(SimTime());
    ASSERT_TRUE(unsettled.has_value());
    EXPECT_EQ(unsettled->node, a);
    EXPECT_EQ(unsettled->protocol, kToy);
    act(action::SetProcess{a, kToy, false});
    EXPECT_FALSE(sim->unsettled(SimTime()).has_value());
}

TEST(Simulation, LongestHopIsTheLongestDelayWithItsQueue) {
    SimBench bench;
    const NodeId a = bench.router("A");
    bench.router("B");
    bench.link("ab", {"A:eth0 10.0.0.1/24", "B:eth0 10.0.0.2/24"},
               cableOf(ms(5), Bandwidth::bitsPerSecond(8'000)));
    bench.link("slow", {"A:eth1 10.0.1.1/24", "B:eth1 10.0.1.2/24"}, cableOf(ms(30)));
    bench.start();
    EXPECT_EQ(bench.sim->longestHop(), ms(30));
    bench.send(a, SimBench::udp("", "10.0.0.2", 9, 54));
    EXPECT_EQ(bench.sim->longestHop(), ms(105));
    bench.runTo(atMs(1000));
    EXPECT_EQ(bench.sim->longestHop(), ms(30));
}

TEST(SimulationDeathTest, TimeNeverPassesOverAnEvent) {
    SimBench bench;
    const NodeId a = bench.router("A");
    ToySettings ticking;
    ticking.every = ms(10);
    bench.toy(a, ticking);
    bench.start();
    EXPECT_DEATH(bench.sim->advanceTo(atMs(100)), "nextTime");
}

}  // namespace
}  // namespace peerscape

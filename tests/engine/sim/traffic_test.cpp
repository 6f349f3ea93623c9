#include <gtest/gtest.h>

#include "tests/engine/sim/sim_bench.hpp"

namespace peerscape {
namespace {

/// A - B over 1 Mbit/s. A sends 100 packets of 500 bytes a second: 414.4 kbit/s with what frames add.
class Traffic : public testing::Test, public SimBench {
  protected:
    void SetUp() override {
        a = router("A");
        b = router("B");
        ab = link("ab", {"A:eth0 10.0.1.1/24", "B:eth0 10.0.1.2/24"},
                  cableOf(ms(5), Bandwidth::bitsPerSecond(1'000'000)));
    }
    void measure(NodeId node, std::optional<Duration> interval) {
        base[node].interfaces["eth0"].loadInterval = interval;
        if (sim) apply(configure(node));
    }
    void load() {
        action::StartFlow flow;
        flow.name = "f";
        flow.from = a;
        flow.to = ip("10.0.1.2");
        flow.interval = ms(10);
        flow.payloadBytes = 472;
        flow.lasting = Duration::seconds(600);
        act(flow);
    }
    std::optional<InterfaceTraffic> trafficAt(std::string_view interface) const {
        return sim->trafficOf(end(interface));
    }
    NodeId a, b;
    SegmentId ab;
};

TEST_F(Traffic, IsMeasuredWhereTheConfigurationAsks) {
    measure(a, Duration::seconds(30));
    start();
    load();
    runTo(atMs(600'000));
    ASSERT_TRUE(trafficAt("A:eth0"));
    EXPECT_EQ(trafficAt("A:eth0")->outputRate / 10, 41'439U);
    EXPECT_EQ(trafficAt("A:eth0")->load(1'000'000), 105);
    EXPECT_FALSE(trafficAt("B:eth0"));
    measure(a, std::nullopt);
    EXPECT_FALSE(trafficAt("A:eth0"));
}

TEST_F(Traffic, IsMeasuredWithoutAnEventOfItsOwn) {
    start();
    load();
    runTo(atMs(700'000));
    const auto events = sim->eventsHandled();
    sim.reset();
    measure(a, Duration::seconds(30));
    measure(b, Duration::seconds(600));
    start();
    load();
    runTo(atMs(700'000));
    EXPECT_EQ(sim->eventsHandled(), events);
    EXPECT_TRUE(sim->nextEventTime().isNever());
}

TEST_F(Traffic, IsPartOfTheState) {
    measure(a, Duration::seconds(30));
    start();
    const Simulation before = *sim;
    load();
    runTo(atMs(20'000));
    Simulation copy = *sim;
    EXPECT_EQ(copy.trafficOf(end("A:eth0"))->outputRate, trafficAt("A:eth0")->outputRate);
    EXPECT_EQ(before.trafficOf(end("A:eth0"))->outputRate, 0U);
    const auto hash = copy.stateHash();
    RouterConfig changed = *copy.node(a).config;
    changed.interfaces["eth0"].loadInterval = Duration::seconds(60);
    ASSERT_TRUE(
        copy.apply({"measure", action::Configure{a, std::make_shared<const RouterConfig>(changed)}}, log)
            .has_value());
    EXPECT_NE(copy.stateHash(), hash);
}

TEST_F(Traffic, DamagedFramesMakeTheirReceiverLessReliable) {
    measure(b, Duration::seconds(30));
    start();
    act(changeLoss(ab, Probability::partsPerMillion(250'000)));
    load();
    runTo(atMs(599'999));
    EXPECT_NEAR(trafficAt("B:eth0")->reliability, 191, 5);
}

TEST_F(Traffic, ALinkThatAStepAddsIsMeasuredToo) {
    measure(a, Duration::seconds(30));
    base[a].interfaces["eth1"].loadInterval = Duration::seconds(30);
    start();
    action::AddSegment add;
    add.name = "ab2";
    add.kind = SegmentKind::PointToPoint;
    add.ends = {{a, "eth1", {InterfaceAddress::parse("10.0.2.1/24").value()}},
                {b, "eth1", {InterfaceAddress::parse("10.0.2.2/24").value()}}};
    act(add);
    EXPECT_TRUE(sim->trafficOf(sim->topology().interfaceNamed("A:eth1").value()));
}

}  // namespace
}  // namespace peerscape

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/sim/sim_bench.hpp"

namespace peerscape {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Actions : public testing::Test, public SimBench {
  protected:
    void SetUp() override {
        a = router("A");
        b = router("B");
        c = router("C");
        ab = link("ab", {"A:eth0 10.0.1.1/24", "B:eth0 10.0.1.2/24"});
        ac = link("ac", {"A:eth1 10.0.2.1/24", "C:eth0 10.0.2.2/24"});
        bc = lan("bc", {"B:eth1 10.0.3.1/24", "C:eth1 10.0.3.2/24"});
        loopback(a, "10.255.0.1/32");
    }
    bool isUp(std::string_view name) const {
        const InterfaceRef ref = sim->topology().interfaceNamed(name).value();
        return sim->node(ref.node).interfaces[ref.interface.value()].isUp();
    }
    NodeId a, b, c;
    SegmentId ab, ac, bc;
};

TEST_F(Actions, RouterFailurePullsItsPlugsOnly) {
    start();
    act(action::SetNode{a, false});
    EXPECT_FALSE(isUp("A:eth0"));
    EXPECT_FALSE(isUp("A:eth1"));
    EXPECT_TRUE(isUp("A:lo"));
    EXPECT_TRUE(isUp("B:eth0")) << "its neighbours keep their carrier";
    EXPECT_TRUE(isUp("C:eth0"));
    EXPECT_TRUE(isUp("B:eth1"));
    act(action::SetNode{a, true});
    EXPECT_TRUE(isUp("A:eth0"));
    EXPECT_TRUE(isUp("A:eth1"));
}

TEST_F(Actions, RepairOfALinkDoesNotBringAFailedRouterBack) {
    start();
    act(action::SetNode{a, false});
    act(action::SetSegment{ab, false});
    act(action::SetSegment{ab, true});
    act(action::SetPlug{end("A:eth1"), true});
    EXPECT_FALSE(isUp("A:eth0"));
    EXPECT_FALSE(isUp("A:eth1"));
    EXPECT_TRUE(isUp("B:eth0"));
    act(action::SetNode{a, true});
    EXPECT_TRUE(isUp("A:eth0"));
    EXPECT_TRUE(isUp("A:eth1"));
}

TEST_F(Actions, RepairOfALinkMakesItWork) {
    start();
    act(action::SetPlug{end("A:eth0"), false});
    act(silence(ab));
    act(action::SetSegment{ab, false});
    act(action::SetSegment{ab, true});
    EXPECT_TRUE(isUp("A:eth0"));
    send(a, echo("10.0.1.1", "10.0.1.2"));
    runTo(atMs(10));
    EXPECT_EQ(icmpAt(a).size(), 1U);
}

TEST_F(Actions, FailureLeavesAPulledPlugPulled) {
    start();
    act(action::SetPlug{end("A:eth0"), false});
    act(action::SetSegment{bc, false});
    act(action::SetPlug{end("B:eth1"), true});
    EXPECT_FALSE(isUp("B:eth1")) << "plugged, but the LAN is dead";
    EXPECT_FALSE(isUp("A:eth0"));
}

TEST_F(Actions, ANewLinkIsPluggedInAndWorks) {
    start();
    action::AddSegment add;
    add.name = "new";
    add.properties.delay = ms(5);
    add.ends = {{a, "eth7", {InterfaceAddress::parse("10.0.9.1/24").value()}},
                {c, "eth7", {InterfaceAddress::parse("10.0.9.2/24").value()}}};
    act(add);
    EXPECT_TRUE(isUp("A:eth7"));
    send(a, echo("10.0.9.1", "10.0.9.2"));
    runTo(atMs(10));
    EXPECT_EQ(icmpAt(a).size(), 1U);
    EXPECT_EQ(sim->segment(*sim->topology().segmentNamed("new")).properties.delay, ms(5));
}

TEST_F(Actions, ANewLinkTakesUpAnInterfaceThatHadNoCable) {
    base[a].interfaces["eth8"].addresses = {InterfaceAddress::parse("10.0.8.1/24").value()};
    start();
    EXPECT_TRUE(sim->node(a).interfaces[3].isStub);
    action::AddSegment add;
    add.name = "new";
    add.ends = {{a, "eth8", {}}, {c, "eth8", {InterfaceAddress::parse("10.0.8.2/24").value()}}};
    act(add);
    EXPECT_FALSE(sim->node(a).interfaces[3].isStub);
    EXPECT_TRUE(sim->node(a).interfaces[3].isPointToPoint);
    send(a, echo("10.0.8.1", "10.0.8.2"));
    runTo(atMs(10));
    EXPECT_EQ(icmpAt(a).size(), 1U);
}

TEST_F(Actions, WhatCannotBeDoneChangesNothingAndSaysWhy) {
    start();
    const std::uint64_t state = sim->stateHash();
    const std::uint64_t fingerprint = log.fingerprint();
    const auto refused = [&](ActionWhat what) {
        const auto done = sim->apply({"test", std::move(what)}, log);
        return done ? "" : done.error().message;
    };
    action::AddSegment twice;
    twice.name = "ab";
    twice.ends = {{a, "x", {}}, {b, "x", {}}};
    EXPECT_THAT(refused(twice), HasSubstr("'ab'"));
    action::AddSegment plugged;
    plugged.name = "new";
    plugged.ends = {{a, "eth0", {}}, {b, "x", {}}};
    EXPECT_THAT(refused(plugged), HasSubstr("A:eth0"));
    EXPECT_THAT(refused(action::SetProcess{a, ProtocolId(77), false}), HasSubstr("A"));
    action::StartFlow flow;
    flow.name = "f";
    flow.from = a;
    flow.to = ip("10.0.1.2");
    flow.interval = Duration();
    EXPECT_THAT(refused(flow), HasSubstr("interval"));
    flow.interval = ms(1);
    flow.to = ip("224.0.0.1");
    EXPECT_THAT(refused(flow), HasSubstr("224.0.0.1"));
    flow.to = ip("10.0.3.255");
    EXPECT_THAT(refused(flow), HasSubstr("10.0.3.255"));
    EXPECT_EQ(sim->stateHash(), state);
    EXPECT_EQ(log.fingerprint(), fingerprint);
}

TEST_F(Actions, OnTheAgendaTheyHappenAtTheirTimeAndFailuresLeaveANote) {
    start();
    sim->schedule(atMs(50),
                  std::make_shared<const Action>(Action{"ab fails", action::SetSegment{ab, false}}));
    sim->schedule(atMs(60), std::make_shared<const Action>(
                                Action{"stop nothing", action::SetProcess{a, ProtocolId(77), false}}));
    runTo(atMs(49));
    EXPECT_TRUE(isUp("A:eth0"));
    runTo(atMs(100));
    EXPECT_FALSE(isUp("A:eth0"));
    const auto taken = records<record::ActionTaken>();
    EXPECT_EQ(*taken[taken.size() - 2].second.text, "ab fails");
    EXPECT_EQ(taken[taken.size() - 2].first.time, atMs(50));
    EXPECT_THAT(*taken.back().second.text, HasSubstr("not possible"));
}

TEST_F(Actions, ConfigurationStartsStopsAndTellsProcesses) {
    toy(a, {});
    start();
    EXPECT_THAT(toyOf(a).heard, ElementsAre("0.000000 s Started"));
    apply(configure(a));
    EXPECT_THAT(toyOf(a).heard, ElementsAre("0.000000 s Started", "0.000000 s Configured"));
    // The very same piece of configuration is no news.
    auto same = std::make_shared<RouterConfig>(*sim->node(a).config);
    same->hostname = "A2";
    act(action::Configure{a, same});
    EXPECT_EQ(toyOf(a).heard.size(), 2U);
    toys[{a, kToy}].isEnabled = false;
    apply(configure(a));
    EXPECT_EQ(sim->node(a).slotOf(kToy), nullptr);
    toys[{a, kToy}].isEnabled = true;
    apply(configure(a));
    EXPECT_THAT(toyOf(a).heard, ElementsAre("0.000000 s Started")) << "a new process";
    toys.clear();
    apply(configure(a));
    EXPECT_EQ(sim->node(a).slotOf(kToy), nullptr);
}

TEST_F(Actions, AStoppedProcessTakesItsRoutesAlongAndStaysAwayUntilStarted) {
    route(a, "203.0.113.0/24", {"10.0.1.2"});
    toy(a, {});
    start();
    EXPECT_TRUE(sim->node(a).rib.selected(net("203.0.113.0/24")).exists());
    act(action::SetProcess{a, kRoutes, false});
    EXPECT_FALSE(sim->node(a).rib.selected(net("203.0.113.0/24")).exists());
    EXPECT_NE(sim->node(a).slotOf(kToy), nullptr);
    apply(configure(a));
    EXPECT_EQ(sim->node(a).slotOf(kRoutes), nullptr) << "configured, but killed";
    act(action::SetProcess{a, kRoutes, true});
    EXPECT_TRUE(sim->node(a).rib.selected(net("203.0.113.0/24")).exists());
    act(action::SetProcess{a, ProtocolId::none(), false});
    EXPECT_THAT(sim->node(a).processes, IsEmpty());
    act(action::SetProcess{a, ProtocolId::none(), true});
    EXPECT_EQ(sim->node(a).processes.size(), 2U);
}

TEST_F(Actions, CommandsReachTheProcess) {
    toy(a, {});
    start();
    act(action::Command{a, kToy, {"clear"}});
    EXPECT_EQ(toyOf(a).heard.back(), "0.000000 s Commanded clear");
    const auto notes = records<record::Noted>();
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_EQ(notes[0].second.remark->text(), "told to clear");
    EXPECT_EQ(notes[0].first.cause, records<record::ActionTaken>().back().first.id);
}

}  // namespace
}  // namespace peerscape

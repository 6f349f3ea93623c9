// What the actions of a lab file do to a network, seen by its routers and its packets.
#include "scenarios/world/engine_actions.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

using testing::HasSubstr;

/// The line of static routers, with a LAN behind B, and room to act.
class Actions : public testing::Test {
  protected:
    Actions()
        : world_(settledWorld(kStaticLine + "  - {name: bx, ends: {\"B:eth2\": [3.3.3.1/30], "
                                            "\"C:eth2\": [3.3.3.2/30]}}\n")) {}

    /// Carries out actions in the lab file's own words.
    void act(const std::string& actions) {
        const LabOutcome read = readLab(kStaticLine +
                                            "  - {name: bx, ends: {\"B:eth2\": [3.3.3.1/30], "
                                            "\"C:eth2\": [3.3.3.2/30]}}\n"
                                            "steps:\n  - do: [" +
                                            actions + "]\n",
                                        "lab.yaml");
        for (const Diagnostic& d : read.diagnostics)
            ADD_FAILURE() << toString(d);
        ASSERT_TRUE(read.lab.has_value());
        for (const LabAction& action : read.lab->steps.at(0).actions) {
            const auto done = world_->perform(action, {});
            EXPECT_TRUE(done.has_value()) << toString(done.error());
        }
    }
    std::string refusal(const LabAction::What& what) {
        LabAction action;
        action.what = what;
        const auto done = world_->perform(action, {});
        EXPECT_FALSE(done.has_value());
        return done ? "" : done.error().message;
    }
    void runFor(double seconds) {
        world_->lab().runFor(Duration::microseconds(static_cast<std::int64_t>(seconds * 1e6)));
    }
    const InterfaceState& interface(std::string_view name) const {
        const InterfaceRef ref = world_->simulation().topology().interfaceNamed(name).value();
        return world_->simulation().node(ref.node).interfaces[ref.interface.value()];
    }
    bool isUp(std::string_view name) const { return interface(name).isUp(); }
    bool pings(std::string_view from, std::string_view to) const {
        const PingRequest echo{
            .from = world_->nodeNamed(from).value(), .to = IpAddress::parse(to).value(), .source = {}};
        return ping(world_->simulation(), std::span(&echo, 1)).front().isOk();
    }

    std::unique_ptr<LabWorld> world_;
};

TEST_F(Actions, FailingALinkIsSeenAtBothEnds) {
    act("{fail: ab}");
    EXPECT_FALSE(isUp("A:eth0"));
    EXPECT_FALSE(isUp("B:eth0"));
    EXPECT_TRUE(isUp("B:eth1"));
    act("{restore: ab}");
    EXPECT_TRUE(isUp("A:eth0"));
    EXPECT_TRUE(isUp("B:eth0"));
    EXPECT_TRUE(pings("A", "1.1.1.2"));
}

TEST_F(Actions, FailingAListFailsEachOfIt) {
    act("{fail: [ab, bc]}");
    EXPECT_FALSE(isUp("A:eth0"));
    EXPECT_FALSE(isUp("C:eth0"));
    act("{restore: [bc, ab]}");
    EXPECT_TRUE(isUp("A:eth0"));
    EXPECT_TRUE(isUp("C:eth0"));
}

TEST_F(Actions, FailingARouterPullsAllItsCables) {
    act("{fail: B}");
    for (const char* name : {"B:eth0", "B:eth1", "B:eth2"})
        EXPECT_FALSE(isUp(name)) << name;
    EXPECT_FALSE(pings("A", "1.1.1.2"));
    act("{restore: B}");
    for (const char* name : {"B:eth0", "B:eth1", "B:eth2"})
        EXPECT_TRUE(isUp(name)) << name;
    EXPECT_TRUE(pings("A", "1.1.1.2"));
}

TEST_F(Actions, FailingAnInterfacePullsOnePlug) {
    act("{fail: \"B:eth0\"}");
    EXPECT_FALSE(isUp("B:eth0"));
    EXPECT_TRUE(isUp("B:eth1"));
    act("{restore: \"B:eth0\"}");
    EXPECT_TRUE(isUp("B:eth0"));
}

TEST_F(Actions, AFaultMayHealByItself) {
    act("{fail: ab, for: 5s}");
    runFor(4.9);
    EXPECT_FALSE(isUp("A:eth0"));
    runFor(0.2);
    EXPECT_TRUE(isUp("A:eth0"));
}

TEST_F(Actions, ASilentFaultMayHealByItself) {
    act("{fail_silently: ab, for: 5s}");
    runFor(4.9);
    EXPECT_FALSE(pings("A", "1.1.1.2"));
    runFor(0.2);
    EXPECT_TRUE(pings("A", "1.1.1.2"));
}

TEST_F(Actions, ASilentFaultIsSeenByNoEnd) {
    act("{fail_silently: ab}");
    EXPECT_TRUE(isUp("A:eth0"));
    EXPECT_TRUE(isUp("B:eth0"));
    EXPECT_FALSE(pings("A", "1.1.1.2"));
    EXPECT_FALSE(pings("B", "1.1.1.1"));
    act("{restore: ab}");
    EXPECT_TRUE(pings("A", "1.1.1.2"));
}

TEST_F(Actions, ASilentFaultMayHitARouterOrAnInterface) {
    act("{fail_silently: B}");
    EXPECT_FALSE(pings("A", "1.1.1.2"));
    EXPECT_FALSE(pings("C", "3.3.3.1"));
    act("{restore: B}");
    EXPECT_TRUE(pings("A", "1.1.1.2"));
    EXPECT_TRUE(pings("C", "3.3.3.1"));
    act("{fail_silently: \"C:eth2\"}");
    EXPECT_FALSE(pings("C", "3.3.3.1"));
    EXPECT_TRUE(pings("A", "1.1.1.2"));
    act("{restore: \"C:eth2\"}");
    EXPECT_TRUE(pings("C", "3.3.3.1"));
}

std::uint64_t received(const LabWorld& world, std::size_t flow) {
    return world.simulation().flows()[flow].counters.received;
}

TEST_F(Actions, ASilentFaultMayHitOneDirection) {
    // A flow is one-way, so it tells the directions apart; a ping would not.
    for (const auto& [name, from, to] : {std::tuple{"there", "A", "1.1.1.2"}, {"back", "B", "1.1.1.1"}}) {
        action::StartFlow flow;
        flow.name = name;
        flow.from = world_->nodeNamed(from).value();
        flow.to = IpAddress::parse(to).value();
        ASSERT_TRUE(world_->lab().apply({name, flow}).has_value());
    }
    act("{fail_silently: ab, from: A}");
    runFor(1);
    const auto there = received(*world_, 0);
    const auto back = received(*world_, 1);
    runFor(1);
    EXPECT_EQ(received(*world_, 0), there);
    EXPECT_GT(received(*world_, 1), back + 5);
    act("{restore: ab}");
    runFor(1);
    EXPECT_GT(received(*world_, 0), there + 5);
}

TEST_F(Actions, OneWayIsSeenByWhoHearsNothing) {
    act("{fail_one_way: {link: ab, from: A}}");
    EXPECT_TRUE(isUp("A:eth0"));
    EXPECT_FALSE(isUp("B:eth0"));
    act("{restore: ab}");
    EXPECT_TRUE(isUp("B:eth0"));
    EXPECT_TRUE(pings("A", "1.1.1.2"));
    act("{fail_one_way: {link: ab, from: B}, for: 2s}");
    EXPECT_FALSE(isUp("A:eth0"));
    runFor(2.1);
    EXPECT_TRUE(isUp("A:eth0"));
    EXPECT_TRUE(pings("A", "1.1.1.2"));
}

TEST_F(Actions, RestoringALinkEndsEveryFaultOfIt) {
    act("{fail: ab}, {fail_silently: ab}, {fail_silently: ab, from: A}, {fail: \"A:eth0\"}");
    EXPECT_FALSE(isUp("B:eth0"));
    act("{restore: ab}");
    EXPECT_TRUE(isUp("A:eth0"));
    EXPECT_TRUE(isUp("B:eth0"));
    EXPECT_TRUE(pings("A", "1.1.1.2"));
}

TEST_F(Actions, FlappingFailsAndRestoresAgainAndAgain) {
    act("{flap: {link: ab, down: 1s, up: 2s, times: 3}}");
    std::string seen;
    runFor(0.5);
    for (int second = 0; second < 12; ++second) {
        seen += isUp("A:eth0") ? 'U' : 'd';
        runFor(1);
    }
    EXPECT_EQ(seen, "dUUdUUdUUUUU");
}

TEST_F(Actions, AnAdministratorSwitchesOneInterface) {
    act("{shutdown: \"A:eth0\"}");
    EXPECT_FALSE(interface("A:eth0").isAdminUp);
    EXPECT_FALSE(isUp("A:eth0"));
    EXPECT_TRUE(isUp("B:eth1"));
    // Putting the cable right does not switch the interface on.
    act("{restore: ab}");
    EXPECT_FALSE(isUp("A:eth0"));
    act("{no_shutdown: \"A:eth0\"}");
    EXPECT_TRUE(isUp("A:eth0"));
}

TEST_F(Actions, ANewLinkIsThereAtOnce) {
    act("{add_link: {name: ac, ends: {\"A:eth5\": [9.9.9.1/30], \"C:eth5\": [9.9.9.2/30]}}}, {fail: ac}, "
        "{restore: ac}");
    EXPECT_TRUE(isUp("A:eth5"));
    EXPECT_TRUE(pings("A", "9.9.9.2"));
}

TEST_F(Actions, ChangingALinkLeavesTheRest) {
    const SegmentId ab = world_->simulation().topology().segmentNamed("ab").value();
    const LinkProperties before = world_->simulation().segment(ab).properties;
    act("{change: {link: ab, delay: 50ms, mtu: 1400}}");
    const LinkProperties after = world_->simulation().segment(ab).properties;
    EXPECT_EQ(after.delay, Duration::milliseconds(50));
    EXPECT_EQ(after.mtu, 1400U);
    EXPECT_EQ(after.loss, before.loss);
    EXPECT_EQ(after.queueBytes, before.queueBytes);
    act("{change: {link: ab, duplicate: 1%, reorder: 2%, corrupt: 3%}}");
    const LinkProperties impaired = world_->simulation().segment(ab).properties;
    EXPECT_EQ(impaired.duplicate, Probability::partsPerMillion(10'000));
    EXPECT_EQ(impaired.reorder, Probability::partsPerMillion(20'000));
    EXPECT_EQ(impaired.corrupt, Probability::partsPerMillion(30'000));
    EXPECT_EQ(impaired.delay, after.delay);
}

TEST_F(Actions, ProcessesAreStoppedAndStarted) {
    EXPECT_TRUE(pings("A", "2.2.2.1"));
    act("{stop: {router: A, protocol: static}}");
    runFor(1);
    EXPECT_FALSE(pings("A", "2.2.2.1"));
    act("{start: {router: A, protocol: static}}");
    runFor(1);
    EXPECT_TRUE(pings("A", "2.2.2.1"));
    act("{stop: A}, {wait: 1s}");
    EXPECT_FALSE(pings("A", "2.2.2.1"));
    act("{start: A}, {wait: 1s}");
    EXPECT_TRUE(pings("A", "2.2.2.1"));
}

/// Two ASes with a hold time of 9 s.
const std::string kTwoAses =
    "peerscape: 1\n"
    "title: Two ASes\n"
    "routers:\n"
    "  A:\n"
    "    config: |\n"
    "      router bgp 65001\n"
    "       no bgp ebgp-requires-policy\n"
    "       no bgp network import-check\n"
    "       timers bgp 3 9\n"
    "       neighbor 1.1.1.2 remote-as 65002\n"
    "       network 10.1.0.0/16\n"
    "  B:\n"
    "    config: |\n"
    "      router bgp 65002\n"
    "       no bgp ebgp-requires-policy\n"
    "       no bgp network import-check\n"
    "       timers bgp 3 9\n"
    "       neighbor 1.1.1.1 remote-as 65001\n"
    "       network 10.2.0.0/16\n"
    "links:\n"
    "  - {name: ab, ends: {\"A:eth0\": [1.1.1.1/30], \"B:eth0\": [1.1.1.2/30]}, delay: 2ms}\n";

TEST(ActionsOnProtocols, AFrozenOneLosesItsNeighborsAndKeepsItsRoutes) {
    const FinishedRun run = runLab(withStep(
        kTwoAses, "{freeze: {router: B, protocol: bgp}}, {wait: 12s}",
        "{session: {router: A, neighbor: B, state: Established}, not: true}\n"
        "      - {session: {router: A, neighbor: B, state: OpenSent, reason: hold time expired}, at: 11s}\n"
        "      - {route: {router: A, prefix: 10.2.0.0/16, protocol: bgp}, not: true}\n"
        "      - {session: {router: B, neighbor: A, state: Established}}\n"
        "      - {route: {router: B, prefix: 10.1.0.0/16, protocol: bgp}}"));
    for (std::size_t i = 0; i < 5; ++i)
        EXPECT_EQ(run.expectation(i).verdict, Verdict::Pass) << i << ": " << run.expectation(i).actual;
}

TEST(ActionsOnProtocols, AThawedOneComesBack) {
    for (const char* actions :
         {"{freeze: B}, {wait: 60s}, {thaw: B}", "{freeze: B, for: 60s}, {wait: 61s}"}) {
        const FinishedRun run =
            runLab(withStep(kTwoAses, actions,
                            "{session: {router: A, neighbor: B, state: Established}}\n"
                            "      - {route: {router: A, prefix: 10.2.0.0/16, protocol: bgp}}\n"
                            "      - {route: {router: B, prefix: 10.1.0.0/16, protocol: bgp}}"));
        for (std::size_t i = 0; i < 3; ++i)
            EXPECT_EQ(run.expectation(i).verdict, Verdict::Pass) << actions << run.expectation(i).actual;
    }
}

TEST(ActionsOnProtocols, StoppingOneLeavesTheOthers) {
    const FinishedRun run = runLab(withStep(
        kRipLine,
        "{configure: {router: A, lines: [ip route 10.77.0.0/16 Null0]}}, {wait: 1s}, {stop: {router: A, "
        "protocol: rip}}",
        "{route: {router: A, prefix: 10.77.0.0/16, protocol: static}}\n"
        "      - {route: {router: A, prefix: 10.3.0.0/16}, not: true}"));
    EXPECT_EQ(run.expectation(0).verdict, Verdict::Pass) << run.expectation(0).actual;
    EXPECT_EQ(run.expectation(1).verdict, Verdict::Pass) << run.expectation(1).actual;
}

TEST_F(Actions, ConfigureAndCommandAreTypedAtTheRouter) {
    act("{configure: {router: A, lines: [ip route 10.77.0.0/16 1.1.1.2]}}, {wait: 1s}, {command: {router: A, "
        "line: show ip route}}");
    const auto answer = world_->command(world_->nodeNamed("A").value(), "show ip route");
    EXPECT_THAT(answer.value(), HasSubstr("10.77.0.0/16"));
}

TEST_F(Actions, NamesOfNothingAreFailures) {
    const std::string none = "there is no link, LAN, router or interface ";
    EXPECT_EQ(refusal(lab_action::Fail{{{"abc", {}}}, {}}), none + "'abc'; did you mean 'ab'?");
    EXPECT_EQ(refusal(lab_action::Restore{{{"A:eth9", {}}}}), none + "'A:eth9'");
    EXPECT_EQ(refusal(lab_action::FailSilently{{{"nowhere", {}}}, {}, {}}), none + "'nowhere'");
    EXPECT_EQ(refusal(lab_action::FailSilently{{{"ab", {}}}, NameRef{"C", {}}, {}}), "'C' is no end of 'ab'");
    EXPECT_EQ(refusal(lab_action::FailOneWay{{"nowhere", {}}, {"A", {}}, {}}), none + "'nowhere'");
    EXPECT_EQ(refusal(lab_action::FailOneWay{{"ab", {}}, {"C", {}}, {}}), "'C' is no end of 'ab'");
    EXPECT_EQ(refusal(lab_action::Shutdown{{{"A:eth9", {}}}}), none + "'A:eth9'");
    EXPECT_EQ(refusal(lab_action::Change{{"nowhere", {}}, {}, {}, {}, {}, {}, {}, {}, {}}),
              none + "'nowhere'");
    EXPECT_EQ(refusal(lab_action::Flap{{"nowhere", {}}, Duration::seconds(1), Duration::seconds(1), 1}),
              none + "'nowhere'");
    EXPECT_EQ(refusal(lab_action::Stop{{"nowhere", {}}, ""}), none + "'nowhere'");
    EXPECT_EQ(refusal(lab_action::Stop{{"A", {}}, "ospf"}), "there is no protocol 'ospf'");
    EXPECT_EQ(refusal(lab_action::Freeze{{"nowhere", {}}, "", {}}), none + "'nowhere'");
    EXPECT_EQ(refusal(lab_action::Thaw{{"A", {}}, "ospf"}), "there is no protocol 'ospf'");
    EXPECT_EQ(refusal(lab_action::Freeze{{"A", {}}, "bgp", {}}), "A has no process of this protocol");
    EXPECT_EQ(refusal(lab_action::Configure{{"nowhere", {}}, {}}), "there is no router 'nowhere'");
    EXPECT_EQ(refusal(lab_action::Command{{"nowhere", {}}, "show version"}), "there is no router 'nowhere'");
}

TEST_F(Actions, AFailureKnowsItsLineOfTheLabFile) {
    LabAction action;
    action.what = lab_action::Configure{{"A", {}}, {"nonsense"}};
    action.place.at = {"lab.yaml", 12, 7};
    const auto done = world_->perform(action, {});
    ASSERT_FALSE(done.has_value());
    EXPECT_EQ(done.error().place.file, "A configure");
    action.what = lab_action::Command{{"A", {}}, "nonsense"};
    EXPECT_EQ(world_->perform(action, {}).error().place, action.place.at);
    action.what = lab_action::Fail{{{"nowhere", {}}}, {}};
    EXPECT_EQ(world_->perform(action, {}).error().place, action.place.at);
}

}  // namespace
}  // namespace peerscape

// EIGRP and what packets make of it: shares of unequal ways, and load and reliability as measured.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "protocols/eigrp/process.hpp"
#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A - B - D and A - C - D; D has 10.4.0.0/16. The lines of A come from the test.
std::string square(const std::string& linesOfA, const std::string& router = "",
                   const std::string& link = "") {
    const auto config = [&](const std::string& lines) {
        return "{config: \"" + lines + "router eigrp 1\\n network 10.0.0.0/8\\n" + router + "\"}\n";
    };
    return "peerscape: 1\ntitle: Square\nrouters:\n  A: " + config(linesOfA) + "  B: " + config("") +
           "  C: " + config("") + "  D: " + config("") +
           "links:\n"
           "  - {name: ab, ends: {\"A:eth0\": [10.0.12.1/30], \"B:eth0\": [10.0.12.2/30]}" +
           link +
           "}\n"
           "  - {name: ac, ends: {\"A:eth1\": [10.0.13.1/30], \"C:eth0\": [10.0.13.2/30]}" +
           link +
           "}\n"
           "  - {name: bd, ends: {\"B:eth1\": [10.0.24.1/30], \"D:eth0\": [10.0.24.2/30]}}\n"
           "  - {name: cd, ends: {\"C:eth1\": [10.0.34.1/30], \"D:eth1\": [10.0.34.2/30]}}\n"
           "lans:\n"
           "  - {name: lan-a, ends: {\"A:lan0\": [10.1.0.1/16]}}\n"
           "  - {name: lan-d, ends: {\"D:lan0\": [10.4.0.1/16]}}\n";
}

const Prefix kNetworkOfD = Prefix::parse("10.4.0.0/16").value();

SelectedRoute routeOfA(const LabWorld& world) {
    return world.simulation().node(*world.nodeNamed("A")).rib.selected(kNetworkOfD);
}
/// "eth0 3, eth1 1": the ways out that packets take, and their weights.
std::string waysOfA(const LabWorld& world) {
    std::string text;
    for (const NextHop& hop : routeOfA(world).hops) {
        text +=
            fmt::format("{}{} {}", text.empty() ? "" : ", ",
                        world.simulation().node(*world.nodeNamed("A")).interfaces[hop.interface.value()].name,
                        hop.weight);
    }
    return text;
}
std::string ask(LabWorld& world, std::string_view line) {
    return world.command(world.nodeNamed("A").value(), line).value();
}

TEST(EigrpTraffic, UnequalWaysHaveWeights) {
    auto world = settledWorld(square("interface eth1\\n delay 270\\n", " variance 4\\n"));
    EXPECT_EQ(waysOfA(*world), "eth0 3, eth1 1");
    EXPECT_THAT(ask(*world, "show ip route 10.4.0.0/16"), HasSubstr("* 10.0.12.2, via eth0, weight 3\n"));
    EXPECT_THAT(ask(*world, "show ip route"), HasSubstr("10.0.13.2, eth1, weight 1, "));
    EXPECT_THAT(ask(*world, "show ip route 10.4.0.0/16 json"), HasSubstr("\"weight\":3"));
}

TEST(EigrpTraffic, OtherPathsAreUsedAtOnceAndNoNeighborIsLost) {
    auto world = settledWorld(square("interface eth1\\n delay 270\\n"));
    const auto type = [&](const std::string& line) {
        std::vector<std::string> warnings;
        EXPECT_TRUE(world->configure(*world->nodeNamed("A"), {"router eigrp 1", line}, warnings).has_value());
    };
    EXPECT_EQ(waysOfA(*world), "eth0 1");
    type("variance 4");
    EXPECT_EQ(waysOfA(*world), "eth0 3, eth1 1");
    type("maximum-paths 1");
    EXPECT_EQ(waysOfA(*world), "eth0 1");
    type("no maximum-paths");
    type("traffic-share min across-interfaces");
    EXPECT_EQ(waysOfA(*world), "eth0 1");
    type("no variance");
    EXPECT_EQ(waysOfA(*world), "eth0 1");
}

TEST(EigrpTraffic, EqualWaysHaveEqualWeights) {
    EXPECT_EQ(waysOfA(*settledWorld(square(""))), "eth0 1, eth1 1");
}

TEST(EigrpTraffic, TheMinimumLeavesOthersStandingBy) {
    auto world = settledWorld(
        square("interface eth1\\n delay 270\\n", " variance 4\\n traffic-share min across-interfaces\\n"));
    EXPECT_EQ(waysOfA(*world), "eth0 1");
    EXPECT_THAT(ask(*world, "show ip route"), HasSubstr("     via 10.0.13.2, eth1, weight 0, "))
        << "in the table, but not in the FIB: no star";
    const SegmentId ab = *world->simulation().topology().segmentNamed("ab");
    ASSERT_TRUE(world->lab().apply({"fail", action::SetSegment{ab, false}}).has_value());
    EXPECT_EQ(waysOfA(*world), "eth1 1") << "at this instant";
}

/// The flow fills the way over B to four fifths for 300 s, then D's network gets a slightly longer delay.
class MeasuredLoad : public testing::Test {
  protected:
    void run(const std::string& linesOfEth0) {
        world = settledWorld(
            square("interface eth0\\n eigrp bandwidth 1000\\n" + linesOfEth0 +
                       "interface eth1\\n eigrp bandwidth 1000\\n delay 20\\n",
                   " metric weights 1 1 1 0 0\\n") +
            "flows: [{from: A, to: 10.4.0.1, source: 10.1.0.1, rate: 100/s, size: 982, start: 30s}]\n");
        before = routeOfA(*world);
        world->lab().runUntil(world->lab().now() + Duration::seconds(300));
        loaded = routeOfA(*world);
        type("D", {"interface lan0", "delay 11"});
        EXPECT_TRUE(world->lab().runUntilConverged(Duration::minutes(1)).isConverged);
    }
    void type(std::string_view router, const std::vector<std::string>& lines) {
        std::vector<std::string> warnings;
        ASSERT_TRUE(world->configure(*world->nodeNamed(router), lines, warnings).has_value());
        EXPECT_THAT(warnings, testing::IsEmpty());
    }
    /// What A thinks of its path over B.
    eigrp::VectorMetric overB() const {
        const NodeState& a = world->simulation().node(*world->nodeNamed("A"));
        const auto* slot = a.slotOf(eigrp::kEigrp);
        const auto& process = dynamic_cast<const eigrp::EigrpProcess&>(*slot->process);
        for (const auto& path : process.topology().find(kNetworkOfD)->paths.all()) {
            const auto attributes = process.attributes()[path.attributes];
            if (a.interfaces[attributes.interface.value()].name == "eth0") return attributes.total;
        }
        throw std::runtime_error("no path over B");
    }

    std::unique_ptr<LabWorld> world;
    SelectedRoute before;
    SelectedRoute loaded;
};

TEST_F(MeasuredLoad, MovesARouteOnlyWhenItIsComputedAnew) {
    run(" load-interval 30\\n");
    EXPECT_EQ(loaded, before) << "a load is no event";
    EXPECT_EQ(waysOfA(*world), "eth1 1");
    EXPECT_EQ(overB().load, 204) << "1000 bytes 100 times a second on 1 Mbit/s";
}

TEST_F(MeasuredLoad, IsNotMeasuredUnlessAsked) {
    run("");
    EXPECT_EQ(loaded, before);
    EXPECT_EQ(waysOfA(*world), "eth0 1");
    EXPECT_EQ(overB().load, 1);
}

TEST_F(MeasuredLoad, IsReadWhenTheMetricOfTheInterfaceIsConfigured) {
    run("");
    type("A", {"interface eth0", "load-interval 30"});
    world->lab().runUntil(world->lab().now() + Duration::seconds(300));
    EXPECT_EQ(overB().load, 1);
    type("A", {"interface eth0", "delay 11"});
    EXPECT_EQ(overB().load, 204);
    EXPECT_EQ(waysOfA(*world), "eth1 1");
}

TEST_F(MeasuredLoad, CountsTheBandwidthOfTheLinkUnlessConfigured) {
    world = settledWorld(square("interface eth0\\n load-interval 30\\n", "", ", bandwidth: 2Mbit") +
                         "flows: [{from: A, to: 10.0.12.2, rate: 100/s, size: 982, start: 30s}]\n");
    world->lab().runUntil(world->lab().now() + Duration::seconds(300));
    type("D", {"interface lan0", "delay 11"});
    EXPECT_TRUE(world->lab().runUntilConverged(Duration::minutes(1)).isConverged);
    EXPECT_EQ(overB().load, 102);
    type("A", {"interface eth0", "eigrp bandwidth 800"});
    EXPECT_EQ(overB().load, 255);
    EXPECT_THAT(ask(*world, "show interface eth0"),
                HasSubstr("  reliability 255/255, txload 102/255\n  30 second output rate 800"));
    EXPECT_THAT(ask(*world, "show interface eth0 json"), HasSubstr("\"loadInterval\":30"));
    EXPECT_THAT(ask(*world, "show interface eth1"), Not(HasSubstr("output rate")));
}

TEST_F(MeasuredLoad, DamagedFramesMakeTheInterfaceUnreliable) {
    world = makeWorld(square("interface eth0\\n load-interval 30\\n", "", ", loss: 20%") +
                      "flows: [{from: B, to: 10.0.12.1, rate: 100/s, size: 100, start: 30s}]\n");
    world->lab().runUntil(SimTime::after(Duration::seconds(600)));
    type("A", {"interface eth0", "delay 11"});
    EXPECT_NEAR(overB().reliability, 204, 6);
}

TEST_F(MeasuredLoad, ALinksMetricMayChangeWithoutForgettingTheOffset) {
    world = settledWorld(square("access-list ALL permit any\\n", " offset-list ALL in 25600 eth0\\n"));
    EXPECT_EQ(waysOfA(*world), "eth1 1");
    type("A", {"interface eth0", "delay 11"});
    EXPECT_EQ(overB().delay, eigrp::Delay::tensOfMicroseconds(10 + 10 + 11 + 100));
    EXPECT_EQ(waysOfA(*world), "eth1 1");
}

}  // namespace
}  // namespace peerscape

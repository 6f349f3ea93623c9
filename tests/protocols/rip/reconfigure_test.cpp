/// Routes that RIP has from elsewhere than its neighbours, and changes of its configuration.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/protocols/rip/process_fixture.hpp"

namespace peerscape::rip {
namespace {

using namespace test;

using RipReconfigureTest = RipProcessTest;

TEST_F(RipReconfigureTest, OriginatesADefaultRouteAndTakesItBack) {
    router.config->originatesDefault = true;
    begin();
    EXPECT_EQ(router.kind("0.0.0.0/0"), RouteKind::Default);
    router.hear(eth0, r2, {entry("0.0.0.0/0", 1)});
    EXPECT_EQ(router.kind("0.0.0.0/0"), RouteKind::Default) << "its own stays";
    EXPECT_EQ(sentMetric(router.runUntil(router.process->nextUpdate()), eth0, "0.0.0.0/0"), 1);
    run(10);
    router.edit().originatesDefault = false;
    router.reconfigure();
    EXPECT_EQ(sentMetric(run(5), eth0, "0.0.0.0/0"), 16);
    router.hear(eth0, r2, {entry("0.0.0.0/0", 1)});
    EXPECT_EQ(router.kind("0.0.0.0/0"), RouteKind::Learned);
}

TEST_F(RipReconfigureTest, StaticRoutesOfItsOwnAreSentWithMetric1) {
    router.config->staticRoutes = {net("172.20.0.0/16")};
    begin();
    EXPECT_EQ(router.kind("172.20.0.0/16"), RouteKind::Static);
    EXPECT_EQ(sentMetric(router.runUntil(router.process->nextUpdate()), eth0, "172.20.0.0/16"), 1);
    router.edit().staticRoutes.clear();
    router.reconfigure();
    EXPECT_EQ(router.metric("172.20.0.0/16"), 16);
}

constexpr ProtocolId kOtherProtocol{2};

RouteChange redistributed(std::string_view prefix, bool withdrawn = false) {
    RouteChange change;
    change.prefix = net(prefix);
    change.protocol = kOtherProtocol;
    change.withdrawn = withdrawn;
    change.distance = 1;
    change.tag = 9;
    change.nextHops = {NextHop::blackhole()};
    return change;
}

TEST_F(RipReconfigureTest, RedistributesWithDefaultMetricOrItsOwn) {
    router.config->redistributions = {
        {.name = "static", .protocol = kOtherProtocol, .metric = {}, .routeMap = ""}};
    router.config->defaultMetric = 4;
    router.process = std::make_unique<RipProcess>(router.config, RandomStream(1, "R1", "rip"));
    const auto effects = router.handle(Started{});
    EXPECT_TRUE(std::ranges::any_of(effects, [](const Effect& e) {
        const auto* subscribed = std::get_if<SubscribeRoutes>(&e.action);
        return subscribed != nullptr && subscribed->protocol == kOtherProtocol && subscribed->wanted;
    }));
    router.runUntil(at(20));
    router.handle(RoutesChanged{{redistributed("203.0.113.0/24")}});
    EXPECT_EQ(router.metric("203.0.113.0/24"), 1) << "the own table shows 1";
    EXPECT_EQ(router.kind("203.0.113.0/24"), RouteKind::Redistributed);
    EXPECT_FALSE(router.isInRib("203.0.113.0/24"));
    EXPECT_EQ(sentMetric(run(0), eth0, "203.0.113.0/24"), 4);
    router.edit().redistributions[0].metric = 7;
    router.reconfigure();
    EXPECT_EQ(sentMetric(run(5), eth0, "203.0.113.0/24"), 7) << "a new metric is told at once";
    router.handle(RoutesChanged{{redistributed("203.0.113.0/24", true)}});
    EXPECT_EQ(sentMetric(run(5), eth0, "203.0.113.0/24"), 16);
    run(121);
    EXPECT_EQ(router.route("203.0.113.0/24"), nullptr);
}

TEST_F(RipReconfigureTest, NoLongerRedistributingPoisonsTheRoutes) {
    router.config->redistributions = {
        {.name = "static", .protocol = kOtherProtocol, .metric = {}, .routeMap = ""}};
    begin();
    router.handle(RoutesChanged{{redistributed("203.0.113.0/24")}});
    router.edit().redistributions.clear();
    router.reconfigure();
    EXPECT_EQ(router.metric("203.0.113.0/24"), 16);
}

TEST_F(RipReconfigureTest, ARedistributedRouteBeatsALearnedOneOfLowerTrust) {
    begin();
    router.hear(eth0, r2, {entry("203.0.113.0/24", 1)});
    EXPECT_TRUE(router.isInRib("203.0.113.0/24"));
    router.handle(RoutesChanged{{redistributed("203.0.113.0/24")}});
    EXPECT_FALSE(router.isInRib("203.0.113.0/24"));
    router.hear(eth0, r2, {entry("203.0.113.0/24", 1)});
    EXPECT_EQ(router.kind("203.0.113.0/24"), RouteKind::Redistributed);
    // One of distance 200 gives way.
    RouteChange weak = redistributed("203.0.114.0/24");
    weak.distance = 200;
    router.handle(RoutesChanged{{weak}});
    router.hear(eth0, r2, {entry("203.0.114.0/24", 1)});
    EXPECT_EQ(router.kind("203.0.114.0/24"), RouteKind::Learned);
}

TEST_F(RipReconfigureTest, NetworksThatCannotBeSentAreNotRedistributed) {
    begin();
    router.handle(RoutesChanged{{redistributed("127.0.0.0/8"), redistributed("240.0.0.0/4")}});
    EXPECT_EQ(router.route("127.0.0.0/8"), nullptr);
    EXPECT_EQ(router.route("240.0.0.0/4"), nullptr);
}

TEST_F(RipReconfigureTest, DistancesByNeighbour) {
    router.config->distance = 99;
    router.config->sourceDistances = {{.source = net("10.0.13.0/24"), .distance = 90, .accessList = ""}};
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    EXPECT_EQ(router.rib.at(net("172.16.0.0/16")).distance, 99);
    router.hear(eth1, r3, {entry("172.16.0.0/16", 3)});
    EXPECT_EQ(router.rib.at(net("172.16.0.0/16")).distance, 90) << "equal metric, lower distance: preferred";
    EXPECT_EQ(router.gateway("172.16.0.0/16"), r3);
}

TEST_F(RipReconfigureTest, NewTimersCountForRoutesHeardFromNowOn) {
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    const SimTime old = router.route("172.16.0.0/16")->deadline;
    router.edit().timers = {Duration::seconds(5), Duration::seconds(15), Duration::seconds(10)};
    router.reconfigure();
    EXPECT_EQ(router.route("172.16.0.0/16")->deadline, old);
    EXPECT_LE(router.process->nextUpdate(), router.now + Duration::milliseconds(6250));
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    run(15);
    EXPECT_EQ(router.metric("172.16.0.0/16"), 16);
    run(10);
    EXPECT_EQ(router.route("172.16.0.0/16"), nullptr);
}

}  // namespace
}  // namespace peerscape::rip

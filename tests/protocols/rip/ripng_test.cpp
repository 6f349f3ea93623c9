/// What RIPng does otherwise than RIP.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/protocols/rip/harness.hpp"

namespace peerscape::rip {
namespace {

using namespace test;
using ::testing::HasSubstr;

class RipngProcessTest : public ::testing::Test {
  protected:
    RipngProcessTest() : router("R1", Family::IPv6) {
        router.addInterface("eth0", {"2001:db8:12::1/64"}, "fe80::1:1");
        router.addInterface("eth1", {"2001:db8:13::1/64"}, "fe80::1:2");
        router.config->networkInterfaces = {"eth0", "eth1"};
    }
    void begin() {
        router.start();
        router.runUntil(at(60));
    }
    std::vector<Effect> run(double seconds) {
        return router.runUntil(router.now +
                               Duration::milliseconds(static_cast<std::int64_t>(seconds * 1000)));
    }

    TestRouter router;
    const InterfaceId eth0{0};
    const InterfaceId eth1{1};
    const std::string r2 = "fe80::2:1";
    const std::string r3 = "fe80::3:1";
};

TEST_F(RipngProcessTest, SpeaksFromItsLinkLocalAddressWithHopLimit255) {
    router.start();
    const auto messages = sent(router.runUntil(at(1)));
    ASSERT_FALSE(messages.empty());
    EXPECT_EQ(messages[0].datagram.source, ip("fe80::1:1"));
    EXPECT_EQ(messages[0].datagram.destination, ip("ff02::9"));
    EXPECT_EQ(messages[0].datagram.sourcePort, 521);
    EXPECT_EQ(messages[0].datagram.ttl, 255);
}

TEST_F(RipngProcessTest, LearnsWithTheLinkLocalGateway) {
    begin();
    router.hear(eth0, r2, {entry("2001:db8:a2::/64", 1)});
    EXPECT_EQ(router.metric("2001:db8:a2::/64"), 2);
    EXPECT_EQ(router.rib.at(net("2001:db8:a2::/64")).nextHops, NextHops{NextHop::via(ip(r2), eth0)});
}

TEST_F(RipngProcessTest, NeedsALinkLocalSourceAndHopLimit255) {
    begin();
    router.hear(eth0, "2001:db8:12::2", {entry("2001:db8:a2::/64", 1)});
    EXPECT_THAT(router.notes.back(), HasSubstr("link-local"));
    auto routed = router.response(eth0, r2, {entry("2001:db8:a2::/64", 1)});
    routed.ttl = 254;
    router.handle(routed);
    EXPECT_THAT(router.notes.back(), HasSubstr("hop limit is 254"));
    EXPECT_EQ(router.route("2001:db8:a2::/64"), nullptr);
}

TEST_F(RipngProcessTest, RefusesNetworksNobodyCanReach) {
    begin();
    router.hear(
        eth0, r2,
        {entry("ff00::/8", 1), entry("fe80::/64", 1), entry("::1/128", 1), entry("2001:db8:a2::/64", 0)});
    EXPECT_EQ(router.process->peers()[0].badRoutes, 4U);
    EXPECT_TRUE(router.rib.empty());
}

TEST_F(RipngProcessTest, UpdatesAreJitteredByHalfTheInterval) {
    begin();
    Duration least = Duration::hours(1);
    Duration most;
    for (int i = 0; i < 200; ++i) {
        const SimTime last = router.process->nextUpdate();
        router.runUntil(last);
        least = std::min(least, router.process->nextUpdate() - last);
        most = std::max(most, router.process->nextUpdate() - last);
    }
    EXPECT_GE(least, Duration::seconds(15));
    EXPECT_LT(least, Duration::seconds(18));
    EXPECT_LE(most, Duration::seconds(45));
    EXPECT_GT(most, Duration::seconds(42));
}

TEST_F(RipngProcessTest, UsesANamedNextHop) {
    begin();
    router.hear(eth0, r2,
                {entry("2001:db8:a2::/64", 1, "fe80::7"), entry("2001:db8:a3::/64", 1, "fe80::1:1")});
    EXPECT_EQ(router.gateway("2001:db8:a2::/64"), "fe80::7");
    EXPECT_EQ(router.route("2001:db8:a3::/64"), nullptr) << "its own address";
}

TEST_F(RipngProcessTest, SplitHorizonDoesNotHideTheLinksOwnNetwork) {
    begin();
    router.hear(eth0, r2, {entry("2001:db8:a2::/64", 1)});
    run(10);
    const auto effects = router.runUntil(router.process->nextUpdate());
    EXPECT_EQ(sentMetric(effects, eth0, "2001:db8:12::/64"), 1);
    EXPECT_EQ(sentMetric(effects, eth0, "2001:db8:a2::/64"), 0);
    EXPECT_EQ(sentMetric(effects, eth1, "2001:db8:a2::/64"), 2);
}

TEST_F(RipngProcessTest, FillsMessagesAsFarAsTheMtuGoes) {
    router.interfaces[1].mtu = 1280;
    begin();
    RipEntries many;
    for (int i = 0; i < 100; ++i)
        many.push_back(entry("2001:db8:" + std::to_string(1000 + i) + "::/64", 1));
    router.hear(eth0, r2, many);
    std::vector<std::size_t> sizes;
    for (const Sent& s : sent(run(5))) {
        if (s.datagram.interface == eth1) sizes.push_back(s.content.entries.size());
        EXPECT_LE(s.datagram.payload.size() + 48, 1280U);
    }
    ASSERT_GE(sizes.size(), 2U);
    EXPECT_EQ(sizes[0], 61U);
}

TEST_F(RipngProcessTest, NamesNextHopsWithinTheMtu) {
    router.config->interfaces["eth0"].splitHorizon = SplitHorizon::Off;
    begin();
    RipEntries many;
    for (int i = 0; i < 100; ++i) {
        many.push_back(entry("2001:db8:" + std::to_string(1000 + i) + "::/64", 1,
                             "fe80::" + std::to_string(7 + i % 50)));
    }
    router.hear(eth0, r2, many);
    std::size_t routes = 0;
    for (const Sent& s : sent(run(5))) {
        EXPECT_LE(s.datagram.payload.size(), 4U + 72U * 20U);
        if (s.datagram.interface == eth0) routes += s.content.entries.size();
    }
    EXPECT_EQ(routes, 100U);
}

TEST_F(RipngProcessTest, AnAggregateIsSentInPlaceOfWhatItCovers) {
    router.config->aggregates = {net("2001:db8:a0::/44")};
    begin();
    router.hear(eth0, r2, {entry("2001:db8:a2::/64", 3), entry("2001:db8:b2::/64", 3)});
    run(10);
    const auto effects = router.runUntil(router.process->nextUpdate());
    EXPECT_EQ(sentMetric(effects, eth1, "2001:db8:a0::/44"), 1);
    EXPECT_EQ(sentMetric(effects, eth1, "2001:db8:a2::/64"), 0);
    EXPECT_EQ(sentMetric(effects, eth1, "2001:db8:b2::/64"), 4);
}

TEST(RipngNetwork, ATriangleLosesAndRegainsASide) {
    TestNetwork network(Family::IPv6);
    for (const char* name : {"A", "B", "C"}) {
        network.add(name).config->timers = {Duration::seconds(5), Duration::seconds(15),
                                            Duration::seconds(10)};
    }
    network.link(network["A"], network["B"]);
    network.link(network["B"], network["C"]);
    network.link(network["C"], network["A"]);
    network.start();
    network.runUntil(at(40));
    EXPECT_EQ(network["A"].metric("2001:db8:2::/64"), 2);
    network.setLink(0, false);
    network.runUntil(at(100));
    EXPECT_EQ(network["A"].metric("2001:db8:2::/64"), 2);
    EXPECT_EQ(network["A"].route("2001:db8:1::/64"), nullptr);
    network.setLink(0, true);
    network.runUntil(at(160));
    EXPECT_EQ(network["C"].metric("2001:db8:1::/64"), 2);
    EXPECT_TRUE(network.settled(at(130)));
}

}  // namespace
}  // namespace peerscape::rip

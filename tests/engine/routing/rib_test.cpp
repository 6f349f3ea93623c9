#include "engine/routing/rib.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/routing/rib_bench.hpp"

namespace peerscape {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// One candidate of the selection; the number is that of the step in Rib::chooseBest at which it loses to the
// first.
struct Candidate {
    int step;
    const char* why;
    ProtocolId protocol;
    Distance distance;
    std::uint32_t metric;
    std::uint16_t interface;
    std::uint8_t slot;
};

RouteOffer offerOf(const Candidate& c) {
    RouteOffer offer;
    offer.prefix = net("172.16.0.0/16");
    offer.distance = c.distance;
    offer.metric = c.metric;
    offer.slot = c.slot;
    offer.nextHops = {NextHop::through(eth(c.interface))};
    return offer;
}

/// Offers the candidates in every order; the one called `best` must win each time.
void expectBestInEveryOrder(std::vector<Candidate> candidates, const Candidate& best) {
    std::vector<std::size_t> order(candidates.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    do {
        RibBench bench;
        bench.interfaces[3].hasCarrier = false;
        for (const std::size_t i : order)
            bench.rib.offer(candidates[i].protocol, offerOf(candidates[i]), bench.now, bench.nextCause());
        bench.settle();
        const SelectedRoute winner = bench.rib.selected(net("172.16.0.0/16"));
        ASSERT_EQ(winner.protocol, best.protocol) << best.why;
        ASSERT_EQ(winner.slot, best.slot) << best.why;
        ASSERT_EQ(bench.rib.routes(net("172.16.0.0/16")).front()->protocol, best.protocol)
            << "the selected one is printed first";
    } while (std::next_permutation(order.begin(), order.end()));
}

TEST(RibSelection, FollowsTheNumberedStepsInEveryArrivalOrder) {
    const Candidate loopback{0, "loopback", kConnected, 0, 9, RibBench::kEthernets, 4};
    const Candidate connected{2, "connected, lower metric", kConnected, 0, 3, 1, 1};
    const Candidate connectedWorse{2, "connected, higher metric", kConnected, 0, 5, 2, 2};
    const Candidate local{2, "not connected, though its distance is as low", kStaticForTest, 0, 0, 1, 0};
    const Candidate nearer{3, "lower distance", kRipForTest, 20, 500, 1, 0};
    const Candidate lowerMetric{4, "lower metric", kBgpForTest, 120, 5, 1, 1};
    const Candidate higherMetric{4, "higher metric", kBgpForTest, 120, 6, 1, 2};
    const Candidate down{1, "interface down", kBgpForTest, 1, 0, 3, 3};
    const Candidate never{1, "distance 255", kBgpForTest, 255, 0, 1, 4};

    expectBestInEveryOrder({loopback, connected, connectedWorse, local, nearer, down}, loopback);
    expectBestInEveryOrder({connected, connectedWorse, local, nearer, down, never}, connected);
    expectBestInEveryOrder({local, nearer, lowerMetric, higherMetric, down, never}, local);
    expectBestInEveryOrder({nearer, lowerMetric, higherMetric, down, never}, nearer);
    expectBestInEveryOrder({lowerMetric, higherMetric, down, never}, lowerMetric);
}

TEST(RibSelection, Step5PrefersTheOlderOfEquals) {
    RibBench bench;
    bench.add(kRipForTest, "172.16.0.0/16", 120, {NextHop::through(eth(0))});
    bench.add(kBgpForTest, "172.16.0.0/16", 120, {NextHop::through(eth(1))});
    EXPECT_EQ(bench.rib.selected(net("172.16.0.0/16")).protocol, kRipForTest);
    // Offered anew, it is the younger one.
    bench.add(kRipForTest, "172.16.0.0/16", 120, {NextHop::through(eth(0))});
    EXPECT_EQ(bench.rib.selected(net("172.16.0.0/16")).protocol, kBgpForTest);
}

TEST(RibSelection, NothingIsSelectedAmongUnusableRoutes) {
    RibBench bench;
    bench.setCarrier(3, false);
    bench.settle();
    EXPECT_THAT(bench.add(kStaticForTest, "172.16.0.0/16", 255, {NextHop::through(eth(0))}), IsEmpty());
    EXPECT_THAT(bench.add(kRipForTest, "172.16.0.0/16", 120, {NextHop::through(eth(3))}), IsEmpty());
    EXPECT_FALSE(bench.isSelected("172.16.0.0/16"));
    EXPECT_EQ(bench.rib.routes(net("172.16.0.0/16")).size(), 2U);
    EXPECT_THAT(bench.way("172.16.0.1"), IsEmpty());
}

TEST(Rib, ReplacingAnOfferKeepsOneRoutePerProtocolAndSlot) {
    RibBench bench;
    bench.add(kStaticForTest, "172.16.0.0/16", 1, {NextHop::through(eth(0))}, true, 0, 1);
    bench.add(kStaticForTest, "172.16.0.0/16", 1, {NextHop::through(eth(1))}, true, 0, 1);
    bench.add(kStaticForTest, "172.16.0.0/16", 9, {NextHop::through(eth(2))}, true, 0, 9);
    EXPECT_EQ(bench.rib.routes(net("172.16.0.0/16")).size(), 2U);
    EXPECT_THAT(bench.way("172.16.0.1"), ElementsAre(NextHop::through(eth(1))));
    bench.remove(kStaticForTest, "172.16.0.0/16", 1);
    EXPECT_THAT(bench.way("172.16.0.1"), ElementsAre(NextHop::through(eth(2))))
        << "the floating route takes over";
}

TEST(Rib, ReportsEachChangeOnceWithItsCause) {
    RibBench bench;
    bench.causes = 100;
    auto changes = bench.add(kRipForTest, "172.16.0.0/16", 120, {NextHop::through(eth(0))}, false, 2);
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].prefix, net("172.16.0.0/16"));
    EXPECT_FALSE(changes[0].before.exists());
    EXPECT_EQ(changes[0].after.metric, 2U);
    EXPECT_EQ(changes[0].cause, RecordId(100));
    EXPECT_THAT(bench.add(kRipForTest, "172.16.0.0/16", 120, {NextHop::through(eth(0))}, false, 2), IsEmpty())
        << "the same again";
    changes = bench.remove(kRipForTest, "172.16.0.0/16");
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_TRUE(changes[0].before.exists());
    EXPECT_FALSE(changes[0].after.exists());
    EXPECT_EQ(bench.rib.routes(net("172.16.0.0/16")).size(), 0U);
}

TEST(Rib, AnOfferWithdrawnBeforeSettlingIsNoChange) {
    RibBench bench;
    RouteOffer offer;
    offer.prefix = net("172.16.0.0/16");
    offer.distance = 1;
    offer.nextHops = {NextHop::through(eth(0))};
    bench.rib.offer(kStaticForTest, offer, bench.now, bench.nextCause());
    bench.rib.withdraw(kStaticForTest, offer.prefix, 0, bench.nextCause());
    EXPECT_TRUE(bench.rib.isDirty());
    EXPECT_THAT(bench.settle(), IsEmpty());
    EXPECT_FALSE(bench.rib.isDirty());
}

TEST(Rib, WithdrawAllTakesOnlyThatProtocol) {
    RibBench bench;
    bench.add(kRipForTest, "172.16.0.0/16", 120, {NextHop::through(eth(0))});
    bench.add(kRipForTest, "172.17.0.0/16", 120, {NextHop::through(eth(0))});
    bench.add(kStaticForTest, "172.17.0.0/16", 200, {NextHop::through(eth(1))});
    bench.rib.withdrawAll(kRipForTest, bench.nextCause());
    EXPECT_EQ(bench.settle().size(), 2U);
    EXPECT_FALSE(bench.isSelected("172.16.0.0/16"));
    EXPECT_EQ(bench.rib.selectedProtocol(net("172.17.0.0/16")), kStaticForTest);
    EXPECT_EQ(bench.rib.selectedProtocol(net("172.16.0.0/16")), ProtocolId::none());
}

TEST(RibHops, SeveralHopsAreKeptInOrderAndNoneTwice) {
    RibBench bench;
    bench.add(
        kStaticForTest, "172.16.0.0/16", 1,
        {NextHop::via(ip("10.0.1.9")), NextHop::via(ip("10.0.0.9")), NextHop::via(ip("10.0.1.9"), eth(1))});
    EXPECT_THAT(bench.way("172.16.0.1"),
                ElementsAre(NextHop::via(ip("10.0.1.9"), eth(1)), NextHop::via(ip("10.0.0.9"), eth(0))));
}

TEST(RibHops, InterfaceDownTakesOneOfTwoHopsAndUpBringsItBack) {
    RibBench bench;
    bench.add(kStaticForTest, "172.16.0.0/16", 1,
              {NextHop::via(ip("10.0.0.9")), NextHop::via(ip("10.0.1.9"), eth(1))});
    bench.setCarrier(1, false);
    const auto changes = bench.settle();
    EXPECT_EQ(changes.size(), 3U) << "two connected networks and the route";
    EXPECT_THAT(bench.way("172.16.0.1"), ElementsAre(NextHop::via(ip("10.0.0.9"), eth(0))));
    bench.setCarrier(0, false);
    bench.settle();
    EXPECT_FALSE(bench.isSelected("172.16.0.0/16"));
    bench.setCarrier(0, true);
    bench.setCarrier(1, true);
    bench.settle();
    EXPECT_EQ(bench.way("172.16.0.1").size(), 2U);
}

TEST(RibHops, GatewayOnANamedInterfaceMustBeOnItsNetworkUnlessDeclared) {
    RibBench bench;
    bench.add(kStaticForTest, "172.16.0.0/16", 1, {NextHop::via(ip("192.0.2.1"), eth(1))});
    EXPECT_FALSE(bench.isSelected("172.16.0.0/16"));
    NextHop onLink = NextHop::via(ip("192.0.2.1"), eth(1));
    onLink.onLink = true;
    bench.add(kStaticForTest, "172.16.0.0/16", 1, {onLink});
    EXPECT_TRUE(bench.isSelected("172.16.0.0/16"));
    bench.add(kStaticForTest, "2001:db8:ff::/48", 1, {NextHop::via(ip("fe80::2"), eth(1))});
    EXPECT_TRUE(bench.isSelected("2001:db8:ff::/48")) << "a link-local gateway is on any link";
}

TEST(RibRecursion, StaticOverStaticUsesTheHopsOfTheResolvingRoute) {
    RibBench bench;
    bench.add(kStaticForTest, "172.16.0.0/16", 1, {NextHop::via(ip("192.0.2.1"))});
    EXPECT_FALSE(bench.isSelected("172.16.0.0/16"));
    const auto changes = bench.add(kStaticForTest, "192.0.2.0/24", 1,
                                   {NextHop::via(ip("10.0.0.9")), NextHop::via(ip("10.0.1.9"))});
    EXPECT_EQ(changes.size(), 2U);
    EXPECT_THAT(bench.way("172.16.0.1"),
                ElementsAre(NextHop::via(ip("10.0.0.9"), eth(0)), NextHop::via(ip("10.0.1.9"), eth(1))));
    bench.remove(kStaticForTest, "192.0.2.0/24");
    EXPECT_FALSE(bench.isSelected("172.16.0.0/16"));
}

TEST(RibRecursion, ThroughAnInterfaceRouteTheGatewayItselfIsTheNeighbor) {
    RibBench bench;
    bench.add(kStaticForTest, "192.0.2.0/24", 1, {NextHop::through(eth(2))});
    bench.add(kStaticForTest, "172.16.0.0/16", 1, {NextHop::via(ip("192.0.2.1"))});
    EXPECT_THAT(bench.way("172.16.0.1"), ElementsAre(NextHop::via(ip("192.0.2.1"), eth(2))));
}

TEST(RibRecursion, IsOnlyForRoutesThatAllowIt) {
    RibBench bench;
    bench.add(kStaticForTest, "192.0.2.0/24", 1, {NextHop::via(ip("10.0.0.9"))});
    bench.add(kRipForTest, "172.16.0.0/16", 120, {NextHop::via(ip("192.0.2.1"))}, false);
    bench.add(kRipForTest, "172.17.0.0/16", 120, {NextHop::via(ip("10.0.0.9"))}, false);
    EXPECT_FALSE(bench.isSelected("172.16.0.0/16"));
    EXPECT_TRUE(bench.isSelected("172.17.0.0/16")) << "a connected network is no recursion";
}

TEST(RibRecursion, NeverGoesByTheDefaultRouteUnlessAllowed) {
    RibBench bench;
    bench.add(kStaticForTest, "0.0.0.0/0", 1, {NextHop::via(ip("10.0.0.9"))});
    bench.add(kStaticForTest, "172.16.0.0/16", 1, {NextHop::via(ip("192.0.2.1"))});
    EXPECT_FALSE(bench.isSelected("172.16.0.0/16"));
    EXPECT_FALSE(bench.rib.resolve(ip("192.0.2.1")).isReachable);
    bench.rib.setResolvesViaDefault(Family::IPv4, true, bench.nextCause());
    EXPECT_EQ(bench.settle().size(), 1U);
    EXPECT_THAT(bench.way("172.16.0.1"), ElementsAre(NextHop::via(ip("10.0.0.9"), eth(0))));
    EXPECT_TRUE(bench.rib.resolve(ip("192.0.2.1")).isReachable);
    EXPECT_FALSE(bench.rib.resolve(ip("2001:db8:ffff::1")).isReachable) << "families are apart";
    bench.rib.setResolvesViaDefault(Family::IPv4, false, bench.nextCause());
    EXPECT_EQ(bench.settle().size(), 1U);
    EXPECT_FALSE(bench.isSelected("172.16.0.0/16"));
}

TEST(RibRecursion, DefaultRouteNeverResolvesThroughItself) {
    RibBench bench;
    bench.rib.setResolvesViaDefault(Family::IPv4, true, bench.nextCause());
    bench.add(kStaticForTest, "0.0.0.0/0", 1, {NextHop::via(ip("192.0.2.1"))});
    EXPECT_FALSE(bench.isSelected("0.0.0.0/0"));
}

TEST(RibRecursion, HostRouteNeverResolvesThroughItself) {
    RibBench bench;
    bench.add(kStaticForTest, "10.0.0.9/32", 1, {NextHop::via(ip("10.0.0.9"))});
    EXPECT_FALSE(bench.isSelected("10.0.0.9/32"));
    bench.add(kStaticForTest, "2001:db8::9/128", 1, {NextHop::via(ip("2001:db8::9"))});
    EXPECT_FALSE(bench.isSelected("2001:db8::9/128"));
    // Named with its interface, it needs no look-up.
    bench.add(kStaticForTest, "10.0.0.9/32", 1, {NextHop::via(ip("10.0.0.9"), eth(0))});
    EXPECT_TRUE(bench.isSelected("10.0.0.9/32"));
}

TEST(RibRecursion, OwnPrefixStopsTheLookUpEvenWithAShorterRouteBehindIt) {
    RibBench bench;
    bench.add(kStaticForTest, "192.0.0.0/16", 1, {NextHop::via(ip("10.0.0.9"))});
    bench.add(kStaticForTest, "192.0.2.0/24", 1, {NextHop::via(ip("192.0.2.1"))});
    EXPECT_FALSE(bench.isSelected("192.0.2.0/24"));
    // A connected network inside its own prefix is found first.
    bench.add(kStaticForTest, "10.0.0.0/16", 1, {NextHop::via(ip("10.0.0.9"))});
    EXPECT_TRUE(bench.isSelected("10.0.0.0/16"));
}

TEST(RibRecursion, OverABlackholeIsABlackhole) {
    RibBench bench;
    bench.add(kStaticForTest, "192.0.2.0/24", 1, {NextHop::blackhole()});
    bench.add(kStaticForTest, "172.16.0.0/16", 1, {NextHop::via(ip("192.0.2.1"))});
    bench.add(kStaticForTest, "198.51.100.0/24", 1, {NextHop::reject()});
    bench.add(kStaticForTest, "172.17.0.0/16", 1, {NextHop::via(ip("198.51.100.1"))});
    EXPECT_THAT(bench.way("172.16.0.1"), ElementsAre(NextHop::blackhole()));
    EXPECT_THAT(bench.way("172.17.0.1"), ElementsAre(NextHop::reject()));
}

TEST(RibRecursion, GoesUpTheTreeOverUnusableRoutes) {
    RibBench bench;
    bench.add(kStaticForTest, "192.0.0.0/16", 1, {NextHop::via(ip("10.0.0.9"))});
    bench.add(kRipForTest, "192.0.2.0/24", 120, {NextHop::via(ip("203.0.113.1"))});
    bench.add(kStaticForTest, "172.16.0.0/16", 1, {NextHop::via(ip("192.0.2.1"))});
    EXPECT_THAT(bench.way("172.16.0.1"), ElementsAre(NextHop::via(ip("10.0.0.9"), eth(0))));
}

TEST(RibRecursion, RoutesInACircleDoNotHoldEachOtherUp) {
    RibBench bench;
    bench.add(kStaticForTest, "192.0.2.0/24", 1, {NextHop::via(ip("10.0.0.9"))});
    bench.add(kStaticForTest, "198.51.100.0/24", 1, {NextHop::via(ip("192.0.2.1"))});
    EXPECT_TRUE(bench.isSelected("198.51.100.0/24"));
    // Now the first leans on the second: neither stands on the ground any more.
    bench.add(kStaticForTest, "192.0.2.0/24", 1, {NextHop::via(ip("198.51.100.1"))});
    EXPECT_FALSE(bench.isSelected("192.0.2.0/24"));
    EXPECT_FALSE(bench.isSelected("198.51.100.0/24"));
    bench.add(kStaticForTest, "198.51.100.0/24", 1, {NextHop::via(ip("10.0.1.9"))});
    EXPECT_THAT(bench.way("192.0.2.1"), ElementsAre(NextHop::via(ip("10.0.1.9"), eth(1))));
    bench.setCarrier(1, false);
    bench.settle();
    EXPECT_FALSE(bench.isSelected("192.0.2.0/24")) << "nothing is left of a way whose interface is down";
}

TEST(RibRecursion, AContradictionComesToAnEnd) {
    RibBench bench;
    // X is found by 192.0.0.0/16 as long as 192.0.2.0/24 is not there, and 192.0.2.0/24 is there as long as X
    // is.
    bench.add(kStaticForTest, "192.0.0.0/16", 1, {NextHop::via(ip("10.0.0.9"))});
    bench.add(kStaticForTest, "192.0.2.0/24", 1, {NextHop::via(ip("198.51.100.1"))});
    bench.add(kRipForTest, "198.51.100.0/24", 120, {NextHop::via(ip("192.0.2.1"))}, true);
    EXPECT_FALSE(bench.rib.isDirty());
    bench.remove(kStaticForTest, "192.0.0.0/16");
    EXPECT_FALSE(bench.isSelected("192.0.2.0/24"));
    EXPECT_FALSE(bench.isSelected("198.51.100.0/24"));
}

TEST(RibView, ResolveTellsProtocolMetricDistanceAndWay) {
    RibBench bench;
    bench.add(kRipForTest, "192.0.2.0/24", 120, {NextHop::via(ip("10.0.0.9"), eth(0))}, false, 7);
    const NextHopState state = bench.rib.resolve(ip("192.0.2.1"));
    EXPECT_TRUE(state.isReachable);
    EXPECT_EQ(state.protocol, kRipForTest);
    EXPECT_EQ(state.metric, 7U);
    EXPECT_EQ(state.distance, 120);
    EXPECT_THAT(state.nextHops, ElementsAre(NextHop::via(ip("10.0.0.9"), eth(0))));
    EXPECT_THAT(bench.rib.resolve(ip("10.0.0.77")).nextHops,
                ElementsAre(NextHop::via(ip("10.0.0.77"), eth(0))));
    EXPECT_FALSE(bench.rib.resolve(ip("203.0.113.1")).isReachable);
}

TEST(RibView, MatchNamesTheLongestSelectedPrefix) {
    RibBench bench;
    bench.add(kStaticForTest, "172.16.0.0/12", 1, {NextHop::through(eth(0))});
    bench.add(kStaticForTest, "172.16.0.0/16", 1, {NextHop::via(ip("203.0.113.1"))});
    EXPECT_EQ(bench.rib.match(ip("172.16.0.1")), net("172.16.0.0/12"));
    EXPECT_EQ(bench.rib.match(ip("203.0.113.1")), std::nullopt);
}

TEST(RibHash, DiffersWithAnyRouteSelectionOrSetting) {
    RibBench bench;
    const std::uint64_t empty = bench.rib.hash();
    RibBench same;
    EXPECT_EQ(same.rib.hash(), empty);
    bench.add(kRipForTest, "172.16.0.0/16", 120, {NextHop::through(eth(0))}, false, 2);
    const std::uint64_t one = bench.rib.hash();
    bench.add(kRipForTest, "172.16.0.0/16", 120, {NextHop::through(eth(0))}, false, 3);
    const std::uint64_t other = bench.rib.hash();
    bench.rib.setResolvesViaDefault(Family::IPv6, true, bench.nextCause());
    EXPECT_NE(empty, one);
    EXPECT_NE(one, other);
    EXPECT_NE(other, bench.rib.hash());
}

TEST(Rib, CopiesAreIndependent) {
    RibBench bench;
    bench.add(kStaticForTest, "172.16.0.0/16", 1, {NextHop::through(eth(0))});
    RibBench copy = bench;
    copy.remove(kStaticForTest, "172.16.0.0/16");
    EXPECT_TRUE(bench.isSelected("172.16.0.0/16"));
    EXPECT_FALSE(copy.isSelected("172.16.0.0/16"));
}

TEST(RibRetention, WhatIsOfferedAgainIsNotReleased) {
    RibBench bench;
    bench.add(kBgpForTest, "172.16.1.0/24", 20, {NextHop::via(ip("10.0.1.2"))});
    bench.add(kBgpForTest, "172.16.2.0/24", 20, {NextHop::via(ip("10.0.1.2"))});
    bench.add(kBgpForTest, "172.16.3.0/24", 20, {NextHop::via(ip("10.0.1.2"))});
    bench.add(kBgpForTest, "2001:db8:ffff::/48", 20, {NextHop::via(ip("2001:db8:1::2"))});
    bench.add(kRipForTest, "172.16.4.0/24", 120, {NextHop::via(ip("10.0.1.2"))});
    const std::uint64_t before = bench.rib.hash();
    bench.rib.retain(kBgpForTest);
    EXPECT_FALSE(bench.rib.isDirty()) << "packets notice nothing";
    EXPECT_NE(bench.rib.hash(), before) << "but the future is another one";
    EXPECT_EQ(bench.rib.retainedCount(kBgpForTest), 4U);
    EXPECT_THAT(bench.add(kBgpForTest, "172.16.1.0/24", 20, {NextHop::via(ip("10.0.1.2"))}), IsEmpty());
    EXPECT_EQ(bench.remove(kBgpForTest, "172.16.2.0/24").size(), 1U);
    EXPECT_EQ(bench.rib.retainedCount(kBgpForTest), 2U);
    const RibRoute& kept = *bench.rib.routes(net("172.16.3.0/24")).front();
    EXPECT_TRUE(bench.rib.isRetained(net("172.16.3.0/24"), kept));
    const RibRoute& fresh = *bench.rib.routes(net("172.16.1.0/24")).front();
    EXPECT_FALSE(bench.rib.isRetained(net("172.16.1.0/24"), fresh));
    bench.rib.release(kBgpForTest, Family::IPv4, bench.nextCause());
    bench.settle();
    EXPECT_TRUE(bench.isSelected("172.16.1.0/24"));
    EXPECT_FALSE(bench.isSelected("172.16.3.0/24"));
    EXPECT_TRUE(bench.isSelected("172.16.4.0/24")) << "another protocol's";
    EXPECT_TRUE(bench.isSelected("2001:db8:ffff::/48")) << "another family's";
    bench.rib.release(kBgpForTest, Family::IPv6, bench.nextCause());
    EXPECT_EQ(bench.rib.retainedCount(kBgpForTest), 0U);
}

}  // namespace
}  // namespace peerscape

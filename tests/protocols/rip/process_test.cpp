/// "Input, then compare the effects", one rule a test.
#include "protocols/rip/process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/protocols/rip/process_fixture.hpp"

namespace peerscape::rip {
namespace {

using namespace test;
using ::testing::HasSubstr;

TEST_F(RipProcessTest, BindsItsPortAndGroupAtStart) {
    router.process = std::make_unique<RipProcess>(router.config, RandomStream(1, "R1", "rip"));
    const auto effects = router.handle(Started{});
    const auto* bound = std::get_if<BindUdp>(&effects.front().action);
    ASSERT_NE(bound, nullptr);
    EXPECT_EQ(bound->port, 520);
    EXPECT_EQ(bound->groups, std::vector<IpAddress>{ip("224.0.0.9")});
}

TEST_F(RipProcessTest, AsksForEverythingOneSecondAfterAnInterfaceStarts) {
    router.start();
    EXPECT_TRUE(sent(router.runUntil(at(0.999))).empty());
    const auto requests = sent(router.runUntil(at(1)));
    std::vector<std::uint16_t> interfaces;
    for (const Sent& s : requests) {
        if (s.content.command != Command::Request) continue;
        interfaces.push_back(s.datagram.interface.value());
        EXPECT_TRUE(s.content.asksForAll);
        EXPECT_EQ(s.datagram.destination, ip("224.0.0.9"));
        EXPECT_EQ(s.datagram.ttl, 1);
    }
    // Nothing on the passive LAN.
    EXPECT_EQ(interfaces, (std::vector<std::uint16_t>{0, 1}));
}

TEST_F(RipProcessTest, ItsOwnNetworksAreRoutesOfMetric1ThatAreNotOfferedToTheRib) {
    begin();
    EXPECT_EQ(router.metric("10.0.12.0/24"), 1);
    EXPECT_EQ(router.metric("192.168.1.0/24"), 1);
    EXPECT_EQ(router.kind("192.168.1.0/24"), RouteKind::Interface);
    EXPECT_TRUE(router.rib.empty());
}

TEST_F(RipProcessTest, NetworkByInterfaceNameAndOnlyThose) {
    router.config->networks.clear();
    router.config->networkInterfaces = {"eth1"};
    begin();
    EXPECT_EQ(router.metric("10.0.13.0/24"), 1);
    EXPECT_EQ(router.route("10.0.12.0/24"), nullptr);
    router.hear(eth0, r2, {entry("172.16.0.0/16", 1)});
    EXPECT_EQ(router.route("172.16.0.0/16"), nullptr);
    EXPECT_THAT(router.notes.back(), HasSubstr("does not run on eth0"));
}

TEST_F(RipProcessTest, LearnsARouteAndAddsOneToItsMetric) {
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3, "", 9)});
    EXPECT_EQ(router.metric("172.16.0.0/16"), 4);
    const RouteOffer& offer = router.rib.at(net("172.16.0.0/16"));
    EXPECT_EQ(offer.distance, 120);
    EXPECT_EQ(offer.metric, 4U);
    EXPECT_EQ(offer.tag, 9U);
    EXPECT_EQ(offer.nextHops, NextHops{NextHop::via(ip(r2), eth0)});
    EXPECT_EQ(router.route("172.16.0.0/16")->deadline, router.now + Duration::seconds(180));
}

TEST_F(RipProcessTest, DoesNotLearnWhatIsUnreachable) {
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 15), entry("172.17.0.0/16", 16)});
    EXPECT_EQ(router.route("172.16.0.0/16"), nullptr);
    EXPECT_EQ(router.route("172.17.0.0/16"), nullptr);
}

TEST_F(RipProcessTest, SendsAnUpdateEvery30SecondsGiveOrTakeAQuarter) {
    begin();
    SimTime last = router.process->nextUpdate();
    Duration least = Duration::hours(1);
    Duration most;
    for (int i = 0; i < 200; ++i) {
        router.runUntil(last);
        const Duration gap = router.process->nextUpdate() - last;
        least = std::min(least, gap);
        most = std::max(most, gap);
        last = router.process->nextUpdate();
    }
    EXPECT_GE(least, Duration::milliseconds(22500));
    EXPECT_LE(most, Duration::milliseconds(37500));
    EXPECT_LT(least, Duration::seconds(24));
    EXPECT_GT(most, Duration::seconds(36));
}

TEST_F(RipProcessTest, AFullUpdateHoldsAllRoutesButThoseOfTheInterfaceItself) {
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    run(10);
    const auto effects = router.runUntil(router.process->nextUpdate());
    EXPECT_EQ(sentMetric(effects, eth1, "172.16.0.0/16"), 4);
    EXPECT_EQ(sentMetric(effects, eth1, "192.168.1.0/24"), 1);
    EXPECT_EQ(sentMetric(effects, eth1, "10.0.12.0/24"), 1);
    // Split horizon: neither the route back to where it came from nor the link's own network.
    EXPECT_EQ(sentMetric(effects, eth0, "172.16.0.0/16"), 0);
    EXPECT_EQ(sentMetric(effects, eth0, "10.0.12.0/24"), 0);
    for (const Sent& s : sent(effects))
        EXPECT_NE(s.datagram.interface, lan0) << "passive";
}

TEST_F(RipProcessTest, PoisonedReverseSaysMetric16) {
    router.config->interfaces["eth0"].splitHorizon = SplitHorizon::PoisonedReverse;
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    run(10);
    const auto effects = router.runUntil(router.process->nextUpdate());
    EXPECT_EQ(sentMetric(effects, eth0, "172.16.0.0/16"), 16);
    EXPECT_EQ(sentMetric(effects, eth0, "10.0.12.0/24"), 16);
    EXPECT_EQ(sentMetric(effects, eth1, "172.16.0.0/16"), 4);
}

TEST_F(RipProcessTest, WithoutSplitHorizonEverythingIsSentEverywhere) {
    router.config->interfaces["eth0"].splitHorizon = SplitHorizon::Off;
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    run(10);
    const auto effects = router.runUntil(router.process->nextUpdate());
    EXPECT_EQ(sentMetric(effects, eth0, "172.16.0.0/16"), 4);
    EXPECT_EQ(sentMetric(effects, eth0, "10.0.12.0/24"), 1);
}

TEST_F(RipProcessTest, NamesTheGatewayToOthersOnItsOwnNetworkOnly) {
    router.config->interfaces["eth0"].splitHorizon = SplitHorizon::Off;
    const auto nextHopOnEth0 = [&](const std::vector<Effect>& effects) {
        for (const Sent& s : sent(effects)) {
            for (const RipEntry& e : s.content.entries) {
                if (s.datagram.interface == eth0 && e.prefix == net("172.16.0.0/16"))
                    return toString(e.nextHop);
            }
        }
        return std::string("not sent");
    };
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    run(10);
    EXPECT_EQ(nextHopOnEth0(router.runUntil(router.process->nextUpdate())), r2);
    router.interfaces[0].isPointToPoint = true;
    EXPECT_EQ(nextHopOnEth0(router.runUntil(router.process->nextUpdate())), "0.0.0.0");
}

TEST_F(RipProcessTest, ATriggeredUpdateHoldsOnlyWhatChangedAndComesAtOnce) {
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    EXPECT_EQ(router.process->nextDeadline(), router.now);
    const auto messages = sent(router.runUntil(router.now));
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].datagram.interface, eth1);
    EXPECT_EQ(messages[0].content.entries, RipEntries{entry("172.16.0.0/16", 4)});
}

TEST_F(RipProcessTest, TheNextTriggeredUpdateWaitsOneToFiveSecondsAndGathers) {
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    router.runUntil(router.now);
    const SimTime first = router.now;
    run(0.1);
    router.hear(eth0, r2, {entry("172.17.0.0/16", 3)});
    router.hear(eth0, r2, {entry("172.18.0.0/16", 3)});
    const SimTime second = router.process->nextDeadline();
    EXPECT_GE(second, first + Duration::seconds(1));
    EXPECT_LE(second, first + Duration::seconds(5));
    const auto messages = sent(router.runUntil(second));
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].content.entries.size(), 2U);
}

TEST_F(RipProcessTest, ATriggeredUpdateSaysWhyItWasSent) {
    begin();
    Outbox out;
    const Env env{.now = router.now,
                  .cause = RecordId(4711),
                  .hostname = "R1",
                  .interfaces = router.interfaces,
                  .rib = nullptr};
    router.process->handle(env, router.response(eth0, r2, {entry("172.16.0.0/16", 3)}), out);
    EXPECT_EQ(router.route("172.16.0.0/16")->cause, RecordId(4711));
    for (const Sent& s : sent(router.runUntil(router.now)))
        EXPECT_EQ(s.cause, RecordId(4711));
}

TEST_F(RipProcessTest, ARegularUpdateTakesThePlaceOfATriggeredOne) {
    begin();
    router.runUntil(router.process->nextUpdate() - Duration::milliseconds(200));
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    router.runUntil(router.now);
    run(0.1);
    router.hear(eth0, r2, {entry("172.17.0.0/16", 3)});
    EXPECT_EQ(router.process->nextDeadline(), router.process->nextUpdate());
    const auto full = router.runUntil(router.process->nextUpdate());
    EXPECT_EQ(sentMetric(full, eth1, "172.17.0.0/16"), 4);
    EXPECT_TRUE(sent(run(6)).empty());
}

TEST_F(RipProcessTest, ARouteNotHeardAgainIsPoisonedAfter180SecondsAndForgottenAfterAnother120) {
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    const SimTime heard = router.now;
    router.runUntil(heard + Duration::milliseconds(179999));
    EXPECT_EQ(router.metric("172.16.0.0/16"), 4);
    const auto effects = router.runUntil(heard + Duration::seconds(180));
    EXPECT_EQ(router.metric("172.16.0.0/16"), 16);
    EXPECT_FALSE(router.isInRib("172.16.0.0/16"));
    EXPECT_EQ(sentMetric(effects, eth1, "172.16.0.0/16"), 16);
    router.runUntil(heard + Duration::milliseconds(299999));
    EXPECT_EQ(router.metric("172.16.0.0/16"), 16);
    router.runUntil(heard + Duration::seconds(300));
    EXPECT_EQ(router.route("172.16.0.0/16"), nullptr);
}

TEST_F(RipProcessTest, HearingARouteAgainRestartsItsTimeout) {
    begin();
    const SimTime start = router.now;
    for (int i = 0; i < 4; ++i) {
        router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
        run(100);
    }
    EXPECT_EQ(router.metric("172.16.0.0/16"), 4);
    EXPECT_EQ(router.route("172.16.0.0/16")->deadline, start + Duration::seconds(480));
}

TEST_F(RipProcessTest, ItsNeighbourMayPoisonARoute) {
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    run(10);
    router.hear(eth0, r2, {entry("172.16.0.0/16", 16)});
    EXPECT_EQ(router.metric("172.16.0.0/16"), 16);
    EXPECT_FALSE(router.isInRib("172.16.0.0/16"));
    const SimTime forgotten = router.route("172.16.0.0/16")->deadline;
    EXPECT_EQ(forgotten, router.now + Duration::seconds(120));
    run(5);
    router.hear(eth0, r2, {entry("172.16.0.0/16", 16)});
    EXPECT_EQ(router.route("172.16.0.0/16")->deadline, forgotten)
        << "repeating it does not prolong garbage collection";
    router.hear(eth1, r3, {entry("172.16.0.0/16", 7)});
    EXPECT_EQ(router.metric("172.16.0.0/16"), 8);
    EXPECT_TRUE(router.isInRib("172.16.0.0/16"));
}

TEST_F(RipProcessTest, AnotherNeighbourMustBeBetterToReplaceTheFirst) {
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    router.hear(eth1, r3, {entry("172.16.0.0/16", 3)});
    EXPECT_EQ(router.gateway("172.16.0.0/16"), r2) << "equal: the first heard stays";
    router.hear(eth1, r3, {entry("172.16.0.0/16", 5)});
    router.hear(eth1, r3, {entry("172.16.0.0/16", 16)});
    EXPECT_EQ(router.gateway("172.16.0.0/16"), r2);
    router.hear(eth1, r3, {entry("172.16.0.0/16", 2)});
    EXPECT_EQ(router.gateway("172.16.0.0/16"), r3);
    EXPECT_EQ(router.metric("172.16.0.0/16"), 3);
}

TEST_F(RipProcessTest, TheNeighbourInUseIsBelievedWhenItsMetricGrows) {
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    router.hear(eth0, r2, {entry("172.16.0.0/16", 8)});
    EXPECT_EQ(router.metric("172.16.0.0/16"), 9);
    EXPECT_EQ(router.rib.at(net("172.16.0.0/16")).metric, 9U);
}

TEST_F(RipProcessTest, RipKeepsTheFirstOfEqualRoutesEvenWhenItIsHalfwayToItsTimeout) {
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    run(120);
    router.hear(eth1, r3, {entry("172.16.0.0/16", 3)});
    EXPECT_EQ(router.gateway("172.16.0.0/16"), r2);
}

TEST_F(RipProcessTest, AllowEcmpUsesAllNeighboursOfEqualMetric) {
    router.config->allowsEcmp = true;
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    router.hear(eth1, r3, {entry("172.16.0.0/16", 3)});
    EXPECT_EQ(router.rib.at(net("172.16.0.0/16")).nextHops,
              (NextHops{NextHop::via(ip(r2), eth0), NextHop::via(ip(r3), eth1)}));
    EXPECT_EQ(router.process->table().alternatives(net("172.16.0.0/16")).size(), 1U);
    run(100);
    router.hear(eth1, r3, {entry("172.16.0.0/16", 3)});
    run(100);
    // R2 was silent for 200 seconds.
    EXPECT_EQ(router.rib.at(net("172.16.0.0/16")).nextHops, NextHops{NextHop::via(ip(r3), eth1)});
    EXPECT_EQ(router.gateway("172.16.0.0/16"), r3);
    router.hear(eth0, r2, {entry("172.16.0.0/16", 1)});
    EXPECT_EQ(router.rib.at(net("172.16.0.0/16")).nextHops, NextHops{NextHop::via(ip(r2), eth0)});
}

TEST_F(RipProcessTest, TurningEcmpOffKeepsTheFirst) {
    router.config->allowsEcmp = true;
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    router.hear(eth1, r3, {entry("172.16.0.0/16", 3)});
    router.edit().allowsEcmp = false;
    router.reconfigure();
    EXPECT_EQ(router.rib.at(net("172.16.0.0/16")).nextHops, NextHops{NextHop::via(ip(r2), eth0)});
    EXPECT_TRUE(router.process->table().alternatives(net("172.16.0.0/16")).empty());
}

TEST_F(RipProcessTest, LosingAnInterfaceWithdrawsItsRoutesAtOnceAndForgetsThemAfterGarbageCollection) {
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    run(10);
    router.setCarrier(eth0, false);
    EXPECT_FALSE(router.isInRib("172.16.0.0/16"));
    EXPECT_EQ(router.metric("172.16.0.0/16"), 16);
    EXPECT_EQ(router.metric("10.0.12.0/24"), 16);
    const auto effects = run(0);
    EXPECT_EQ(sentMetric(effects, eth1, "172.16.0.0/16"), 16);
    EXPECT_EQ(sentMetric(effects, eth1, "10.0.12.0/24"), 16);
    run(121);
    EXPECT_EQ(router.route("172.16.0.0/16"), nullptr);
    EXPECT_EQ(router.route("10.0.12.0/24"), nullptr);
    router.setCarrier(eth0, true);
    EXPECT_EQ(router.metric("10.0.12.0/24"), 1);
    const auto back = sent(run(1));
    EXPECT_TRUE(std::ranges::any_of(
        back, [&](const Sent& s) { return s.content.asksForAll && s.datagram.interface == eth0; }));
}

TEST_F(RipProcessTest, ANetworkOfAnInterfaceHidesTheLearnedRoute) {
    router.interfaces[2].hasCarrier = false;
    begin();
    router.hear(eth0, r2, {entry("192.168.1.0/24", 3)});
    EXPECT_TRUE(router.isInRib("192.168.1.0/24"));
    router.setCarrier(lan0, true);
    EXPECT_EQ(router.kind("192.168.1.0/24"), RouteKind::Interface);
    EXPECT_FALSE(router.isInRib("192.168.1.0/24"));
    router.hear(eth0, r2, {entry("192.168.1.0/24", 1)});
    EXPECT_EQ(router.kind("192.168.1.0/24"), RouteKind::Interface);
}

TEST_F(RipProcessTest, ANewAddressIsANewNetwork) {
    begin();
    router.interfaces[2].addresses.push_back(*InterfaceAddress::parse("192.168.2.1/24"));
    router.handle(InterfaceChanged{lan0});
    EXPECT_EQ(router.metric("192.168.2.0/24"), 1);
    router.interfaces[2].addresses.erase(router.interfaces[2].addresses.begin());
    router.handle(InterfaceChanged{lan0});
    EXPECT_EQ(router.metric("192.168.1.0/24"), 16);
    EXPECT_EQ(router.metric("192.168.2.0/24"), 1);
}

TEST_F(RipProcessTest, TakingANetworkOutOfTheConfigurationStopsRipThere) {
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    router.edit().networks = {net("10.0.13.0/24"), net("192.168.0.0/16")};
    router.reconfigure();
    EXPECT_FALSE(router.isInRib("172.16.0.0/16"));
    EXPECT_EQ(router.metric("10.0.12.0/24"), 16);
    EXPECT_EQ(router.metric("10.0.13.0/24"), 1);
    EXPECT_EQ(router.process->interfaces()[0].activity, InterfaceActivity::Off);
}

TEST_F(RipProcessTest, RefusesDatagramsThatCannotBeFromANeighbour) {
    begin();
    const RipEntries routes{entry("172.16.0.0/16", 3)};
    router.hear(eth0, "10.0.99.2", routes);
    EXPECT_THAT(router.notes.back(), HasSubstr("not on a network of eth0"));
    router.hear(eth0, "10.0.13.1", routes);  // its own address
    auto fromElsewhere = router.response(eth0, r2, routes);
    fromElsewhere.sourcePort = 1234;
    router.handle(fromElsewhere);
    EXPECT_THAT(router.notes.back(), HasSubstr("port 1234"));
    auto garbage = router.response(eth0, r2, routes);
    garbage.payload = Payload(Bytes{1, 2, 3});
    router.handle(garbage);
    EXPECT_THAT(router.notes.back(), HasSubstr("too few"));
    EXPECT_EQ(router.route("172.16.0.0/16"), nullptr);
    ASSERT_EQ(router.process->peers().size(), 1U);
    EXPECT_EQ(router.process->peers()[0].badPackets, 2U);
}

TEST_F(RipProcessTest, RefusesRoutesThatMakeNoSense) {
    begin();
    router.hear(
        eth0, r2,
        {entry("127.0.0.0/8", 1), entry("0.1.0.0/16", 1), entry("224.0.0.0/4", 1), entry("240.0.0.0/8", 1),
         entry("172.16.0.0/16", 0), entry("172.17.0.0/16", 17), entry("172.18.0.0/16", 1)});
    EXPECT_EQ(router.process->peers()[0].badRoutes, 6U);
    EXPECT_EQ(router.metric("172.18.0.0/16"), 2);
    EXPECT_EQ(router.rib.size(), 1U);
}

TEST_F(RipProcessTest, UsesTheNamedNextHopWhenItIsOnTheSameNetwork) {
    begin();
    router.hear(eth0, r2,
                {entry("172.16.0.0/16", 1, "10.0.12.7"), entry("172.17.0.0/16", 1, "10.0.13.7"),
                 entry("172.18.0.0/16", 1, "10.0.12.1"), entry("172.19.0.0/16", 1, "224.0.0.9")});
    EXPECT_EQ(router.gateway("172.16.0.0/16"), "10.0.12.7");
    EXPECT_EQ(router.gateway("172.17.0.0/16"), r2) << "not reachable there: taken as the sender";
    EXPECT_EQ(router.route("172.18.0.0/16"), nullptr) << "that is this router itself";
    EXPECT_EQ(router.route("172.19.0.0/16"), nullptr);
    router.hear(eth0, r2, {entry("172.16.0.0/16", 1)});
    EXPECT_EQ(router.gateway("172.16.0.0/16"), r2) << "the same neighbour may change the next hop";
}

TEST_F(RipProcessTest, AnswersRequestsForEverythingWithSplitHorizon) {
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    router.hear(eth1, r3, {entry("172.17.0.0/16", 3)});
    run(10);
    RipContent request;
    request.command = Command::Request;
    request.asksForAll = true;
    auto datagram = router.datagram(eth0, r2, request);
    datagram.sourcePort = 4000;
    const auto effects = router.handle(datagram);
    const auto answers = sent(effects);
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].datagram.destination, ip(r2));
    EXPECT_EQ(answers[0].datagram.destinationPort, 4000);
    EXPECT_EQ(answers[0].datagram.sourcePort, 520);
    EXPECT_EQ(sentMetric(effects, eth0, "172.17.0.0/16"), 4);
    EXPECT_EQ(sentMetric(effects, eth0, "172.16.0.0/16"), 0);
    EXPECT_TRUE(sent(router.handle(router.datagram(lan0, "192.168.1.9", request))).empty()) << "passive";
}

TEST_F(RipProcessTest, AnswersRequestsForSingleRoutesWithWhatTheTableHas) {
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    run(10);
    RipContent request;
    request.command = Command::Request;
    request.entries = {entry("172.16.0.0/16", 0), entry("172.17.0.0/16", 0)};
    const auto effects = router.handle(router.datagram(eth0, r2, request));
    EXPECT_EQ(sentMetric(effects, eth0, "172.16.0.0/16"), 4) << "no split horizon for diagnosis";
    EXPECT_EQ(sentMetric(effects, eth0, "172.17.0.0/16"), 16);
    request.entries.clear();
    EXPECT_TRUE(sent(router.handle(router.datagram(eth0, r2, request))).empty());
}

TEST_F(RipProcessTest, AnswersRequestsOfVersion1InVersion1) {
    begin();
    RipContent request;
    request.command = Command::Request;
    request.version = 1;
    request.asksForAll = true;
    const auto answers = sent(router.handle(router.datagram(eth0, r2, request)));
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].content.version, 1);
    ASSERT_FALSE(answers[0].content.entries.empty());
    for (const RipEntry& e : answers[0].content.entries)
        EXPECT_TRUE(e.lacksMask);
}

TEST_F(RipProcessTest, SplitsLargeTablesIntoMessagesOf25Routes) {
    begin();
    RipEntries many;
    for (int i = 0; i < 60; ++i)
        many.push_back(entry("172.16." + std::to_string(i) + ".0/24", 1));
    router.hear(eth0, r2, many);
    std::vector<std::size_t> sizes;
    for (const Sent& s : sent(run(0)))
        sizes.push_back(s.content.entries.size());
    EXPECT_EQ(sizes, (std::vector<std::size_t>{25, 25, 10}));
}

TEST_F(RipProcessTest, SendsToNamedNeighboursByUnicastAlsoWhereItIsPassive) {
    router.config->neighbors = {ip("192.168.1.7")};
    begin();
    const auto effects = router.runUntil(router.process->nextUpdate());
    std::vector<IpAddress> onLan;
    for (const Sent& s : sent(effects)) {
        if (s.datagram.interface == lan0) onLan.push_back(s.datagram.destination);
    }
    EXPECT_EQ(onLan, std::vector<IpAddress>{ip("192.168.1.7")});
}

TEST_F(RipProcessTest, PassiveByDefaultWithExceptions) {
    router.config->isPassiveByDefault = true;
    router.config->passiveExceptions = {"eth1"};
    begin();
    for (const Sent& s : sent(router.runUntil(router.process->nextUpdate())))
        EXPECT_EQ(s.datagram.interface, eth1);
}

TEST_F(RipProcessTest, ClearForgetsLearnedRoutesOnly) {
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    router.handle(Commanded{{"clear"}});
    EXPECT_EQ(router.route("172.16.0.0/16"), nullptr);
    EXPECT_FALSE(router.isInRib("172.16.0.0/16"));
    EXPECT_EQ(router.metric("10.0.12.0/24"), 1);
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    EXPECT_EQ(router.metric("172.16.0.0/16"), 4);
}

TEST_F(RipProcessTest, IsSettledOnlyWhenEverythingWasConfirmedAndSaid) {
    router.start();
    EXPECT_FALSE(router.process->settled(router.now, at(0))) << "interfaces are starting";
    router.runUntil(at(30));
    EXPECT_FALSE(router.process->settled(router.now, at(29.5))) << "no full update since";
    EXPECT_TRUE(router.process->settled(router.now, at(0)));
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    EXPECT_FALSE(router.process->settled(router.now, at(0))) << "a triggered update is due";
    router.runUntil(router.now);
    EXPECT_TRUE(router.process->settled(router.now, at(0)));
    const SimTime touched = router.now;
    run(60);
    EXPECT_FALSE(router.process->settled(router.now, touched)) << "the route was not heard since";
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    EXPECT_TRUE(router.process->settled(router.now, touched));
    router.hear(eth0, r2, {entry("172.16.0.0/16", 16)});
    run(20);
    EXPECT_FALSE(router.process->settled(router.now, at(0))) << "garbage collection";
}

TEST_F(RipProcessTest, IsSettledWithoutAnyActiveInterface) {
    router.config->networks = {net("192.168.0.0/16")};
    router.start();
    router.runUntil(at(1.5));
    EXPECT_TRUE(router.process->settled(router.now, at(1.4)));
}

TEST_F(RipProcessTest, ACloneGoesOnExactlyAsTheOriginal) {
    begin();
    router.hear(eth0, r2, {entry("172.16.0.0/16", 3)});
    auto copy = router.process->clone();
    EXPECT_EQ(copy->stateHash(), router.process->stateHash());
    router.runUntil(at(400));
    TestRouter other;
    other.interfaces = router.interfaces;
    other.config = router.config;
    other.now = at(20);
    other.process.reset(dynamic_cast<RipProcess*>(copy.release()));
    EXPECT_NE(other.process->stateHash(), router.process->stateHash());
    other.runUntil(at(400));
    EXPECT_EQ(other.process->stateHash(), router.process->stateHash());
}

}  // namespace
}  // namespace peerscape::rip

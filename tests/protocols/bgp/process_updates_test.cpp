/// UPDATEs, refreshes and limits through the whole process: message in, messages out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/protocols/bgp/process_bench.hpp"

namespace peerscape::bgp::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using Kind = RouteRefreshMessage::Kind;

MaximumPrefix limitOf(std::uint32_t limit, std::optional<std::uint16_t> restartMinutes = {},
                      bool warnsOnly = false) {
    MaximumPrefix made;
    made.limit = limit;
    made.restartMinutes = restartMinutes;
    made.warnsOnly = warnsOnly;
    return made;
}

class BgpProcessUpdates : public ::testing::Test, public ProcessBench {
  protected:
    /// R2 and R3 are established.
    void startWithTwo() {
        neighbor("10.0.12.2", 65002);
        neighbor("10.0.13.3", 65003);
        start();
        establish(r2);
        establish(r3);
    }
    SoleSpeaker r2 = speaker("10.0.12.2", 65002);
    SoleSpeaker r3 = speaker("10.0.13.3", 65003);
};

TEST_F(BgpProcessUpdates, TheTableIsToldAndEndOfRibFollows) {
    neighbor("10.0.12.2", 65002);
    config.families.ipv4.networks[net("10.1.0.0/16")] = {};
    start();
    establish(r2);
    EXPECT_THAT(told(r2), ElementsAre("+10.1.0.0/16 65001", "end"));
}

TEST_F(BgpProcessUpdates, AnEmptyTableIsEndOfRibAlone) {
    startWithTwo();
    EXPECT_THAT(told(r2), ElementsAre("end"));
    EXPECT_FALSE(peer(r2)->families.ipv4.hasReceivedEndOfRib);
    say(r2, UpdateMessage::endOfRib(Family::IPv4));
    EXPECT_TRUE(peer(r2)->families.ipv4.hasReceivedEndOfRib);
}

TEST_F(BgpProcessUpdates, ANewRouteToTheSamePrefixTakesThePlaceOfTheOld) {
    startWithTwo();
    announce(r2, {"10.1.0.0/16"}, {65002, 65009});
    announce(r2, {"10.1.0.0/16"}, {65002, 65008, 65009});
    EXPECT_THAT(paths("10.1.0.0/16"), ElementsAre("65002 65008 65009"));
    EXPECT_EQ(peer(r2)->families.ipv4.accepted, 1U);
    EXPECT_THAT(told(r3),
                ElementsAre("end", "+10.1.0.0/16 65001 65002 65009", "+10.1.0.0/16 65001 65002 65008 65009"));
}

TEST_F(BgpProcessUpdates, ARouteWithOurOwnNumberWithdrawsTheOneBefore) {
    startWithTwo();
    announce(r2, {"10.1.0.0/16"}, {65002, 65009});
    announce(r2, {"10.1.0.0/16"}, {65002, 65001, 65009});
    EXPECT_THAT(paths("10.1.0.0/16"), IsEmpty());
    EXPECT_EQ(told(r3).back(), "-10.1.0.0/16");
}

TEST_F(BgpProcessUpdates, AMalformedUpdateWithdrawsItsPrefixesAndTheSessionLives) {
    startWithTwo();
    announce(r2, {"10.1.0.0/16", "10.2.0.0/16"});
    // ORIGIN 9, AS_PATH 65002, NEXT_HOP 10.0.12.2, for 10.1.0.0/16 (RFC 7606 section 7.1).
    sayBytes(r2, update("40 01 01 09  40 02 06 02 01 0000fdea  40 03 04 0a000c02", "10 0a01"));
    EXPECT_TRUE(isEstablished(r2));
    EXPECT_THAT(paths("10.1.0.0/16"), IsEmpty());
    EXPECT_THAT(paths("10.2.0.0/16"), ElementsAre("65002"));
    EXPECT_EQ(told(r3).back(), "-10.1.0.0/16");
    EXPECT_TRUE(wasNoted("10.0.12.2: "));
}

TEST_F(BgpProcessUpdates, AnUnreadableUpdateEndsTheSessionAndTakesItsRoutesAlong) {
    startWithTwo();
    announce(r2, {"10.1.0.0/16"});
    // An NLRI of 33 bits (RFC 7606 section 5.3).
    sayBytes(r2, update("40 01 01 00  40 02 06 02 01 0000fdea  40 03 04 0a000c02", "21 0a01010101"));
    EXPECT_FALSE(isEstablished(r2));
    EXPECT_TRUE(r2.isClosed);
    EXPECT_THAT(told(r2).back(), HasSubstr("NOTIFICATION UPDATE Message Error"));
    EXPECT_EQ(told(r3).back(), "-10.1.0.0/16");
    EXPECT_FALSE(isInRib("10.1.0.0/16"));
}

TEST_F(BgpProcessUpdates, TwoMessagesInOneSegmentAndOneInPiecesAreReadAlike) {
    startWithTwo();
    Bytes both = update("40 01 01 00  40 02 06 02 01 0000fdea  40 03 04 0a000c02", "10 0a01");
    const Bytes second = update("40 01 01 00  40 02 06 02 01 0000fdea  40 03 04 0a000c02", "10 0a02");
    both.insert(both.end(), second.begin(), second.end());
    sayBytes(r2, both);
    EXPECT_THAT(paths("10.2.0.0/16"), ElementsAre("65002"));
    const Bytes third = update("40 01 01 00  40 02 06 02 01 0000fdea  40 03 04 0a000c02", "10 0a03");
    for (const std::uint8_t byte : third)
        sayBytes(r2, Bytes{byte});
    EXPECT_THAT(paths("10.3.0.0/16"), ElementsAre("65002"));
}

TEST_F(BgpProcessUpdates, ARefreshRequestIsAnsweredWithTheWholeTable) {
    startWithTwo();
    announce(r2, {"10.1.0.0/16"});
    r3.heard.clear();
    refresh(r3, Kind::Request);
    EXPECT_THAT(told(r3), ElementsAre("+10.1.0.0/16 65001 65002"));
}

TEST_F(BgpProcessUpdates, AnEnhancedRefreshIsFramed) {
    r3.capabilities.hasEnhancedRouteRefresh = true;
    startWithTwo();
    announce(r2, {"10.1.0.0/16"});
    r3.heard.clear();
    refresh(r3, Kind::Request);
    EXPECT_THAT(told(r3), ElementsAre("begin refresh", "+10.1.0.0/16 65001 65002", "end refresh"));
}

TEST_F(BgpProcessUpdates, WhatWaitsToBeWithdrawnIsNotForgottenByARefresh) {
    neighbor("10.0.12.2", 65002);
    neighbor("10.0.13.3", 65003).settings.advertisementInterval = 30;
    config.pacesWithdrawals = true;
    start();
    establish(r2);
    establish(r3);
    announce(r2, {"10.1.0.0/16"});
    withdraw(r2, {"10.1.0.0/16"});
    EXPECT_THAT(told(r3), ElementsAre("end", "+10.1.0.0/16 65001 65002")) << "it waits for the interval";
    refresh(r3, Kind::Request);
    EXPECT_EQ(told(r3).back(), "-10.1.0.0/16");
}

TEST_F(BgpProcessUpdates, WhatAnEnhancedRefreshDoesNotSayAgainIsGone) {
    r2.capabilities.hasEnhancedRouteRefresh = true;
    startWithTwo();
    announce(r2, {"10.1.0.0/16", "10.2.0.0/16"});
    refresh(r2, Kind::Begin);
    EXPECT_THAT(paths("10.1.0.0/16"), ElementsAre("65002 stale"));
    announce(r2, {"10.2.0.0/16"});
    EXPECT_THAT(paths("10.2.0.0/16"), ElementsAre("65002"));
    refresh(r2, Kind::End);
    EXPECT_THAT(paths("10.1.0.0/16"), IsEmpty());
    EXPECT_THAT(told(r3), Contains("-10.1.0.0/16"));
    EXPECT_THAT(told(r3), Not(Contains("-10.2.0.0/16")));
}

TEST_F(BgpProcessUpdates, SoftReconfigurationJudgesFromMemory) {
    neighbor("10.0.12.2", 65002).families.ipv4.edit().keepsReceivedRoutes = true;
    start();
    establish(r2);
    announce(r2, {"10.1.0.0/16"}, {65002, 65001});
    EXPECT_THAT(paths("10.1.0.0/16"), IsEmpty());
    config.neighbors[r2.address].families.ipv4.edit().allowAsIn = 1;
    reconfigure();
    EXPECT_THAT(paths("10.1.0.0/16"), ElementsAre("65002 65001"));
    EXPECT_THAT(told(r2), Not(Contains("refresh")));
    withdraw(r2, {"10.1.0.0/16"});
    handle(Commanded{{"clear", "*", "soft", "in"}});
    EXPECT_THAT(paths("10.1.0.0/16"), IsEmpty()) << "what is withdrawn is not remembered";
}

TEST_F(BgpProcessUpdates, WithoutMemoryTheNeighbourIsAsked) {
    startWithTwo();
    config.neighbors[r2.address].families.ipv4.edit().allowAsIn = 1;
    reconfigure();
    EXPECT_THAT(told(r2), Contains("refresh"));
    EXPECT_THAT(told(r3), Not(Contains("refresh")));
}

// FRR 8.4.4 lets one prefix more than the limit pass.
TEST_F(BgpProcessUpdates, TooManyPrefixesEndTheSessionForGood) {
    neighbor("10.0.12.2", 65002).families.ipv4.edit().maximumPrefix = limitOf(2);
    start();
    establish(r2);
    announce(r2, {"10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16", "10.4.0.0/16", "10.5.0.0/16"});
    EXPECT_THAT(told(r2), Contains("NOTIFICATION Cease/Maximum Number of Prefixes Reached"));
    EXPECT_THAT(paths("10.1.0.0/16"), IsEmpty());
    EXPECT_EQ(peer(r2)->families.ipv4.accepted, 0U);
    run(Duration::hours(1));
    EXPECT_FALSE(connect(r2)) << "it stays down";
    handle(Commanded{{"clear", "*"}});
    EXPECT_TRUE(connect(r2));
}

TEST_F(BgpProcessUpdates, ItStartsAgainAfterTheMinutesThatAreConfigured) {
    neighbor("10.0.12.2", 65002).families.ipv4.edit().maximumPrefix = limitOf(1, 3);
    start();
    establish(r2);
    announce(r2, {"10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16"});
    EXPECT_TRUE(r2.isClosed);
    run(Duration::seconds(170));
    EXPECT_FALSE(connect(r2));
    run(Duration::seconds(15));
    EXPECT_TRUE(connect(r2));
}

TEST_F(BgpProcessUpdates, AWarningIsOnlyAWarning) {
    neighbor("10.0.12.2", 65002).families.ipv4.edit().maximumPrefix = limitOf(2, {}, true);
    start();
    establish(r2);
    announce(r2, {"10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16", "10.4.0.0/16"});
    EXPECT_TRUE(isEstablished(r2));
    EXPECT_TRUE(wasNoted("2 are allowed"));
    EXPECT_EQ(peer(r2)->families.ipv4.accepted, 4U);
}

TEST_F(BgpProcessUpdates, ALimitReachedInTheMiddleOfJudgingAgainEndsThere) {
    NeighborConfig& two = neighbor("10.0.12.2", 65002);
    two.families.ipv4.edit().keepsReceivedRoutes = true;
    two.families.ipv4.edit().maximumPrefix = limitOf(1);
    start();
    establish(r2);
    announce(r2, {"10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16", "10.4.0.0/16"}, {65002, 65001});
    EXPECT_TRUE(isEstablished(r2)) << "none was accepted";
    config.neighbors[r2.address].families.ipv4.edit().allowAsIn = 1;
    reconfigure();
    EXPECT_FALSE(isEstablished(r2));
    EXPECT_EQ(process->table(Family::IPv4).size(), 0U);
}

TEST_F(BgpProcessUpdates, RoutesOfARestartingNeighbourStayOnlyIfItHasGoneOnForwarding) {
    for (const bool hasPreserved : {true, false}) {
        ProcessBench bench;
        bench.neighbor("10.0.12.2", 65002);
        bench.config.gracefulRestart.isEnabled = true;
        bench.start();
        SoleSpeaker two = speaker("10.0.12.2", 65002);
        GracefulRestartCapability restart;
        restart.restartTime = 120;
        restart.families = {{Family::IPv4, false}};
        two.capabilities.gracefulRestart = restart;
        bench.establish(two);
        bench.announce(two, {"10.1.0.0/16", "10.2.0.0/16"});
        bench.close(two, StreamEnd::ResetByPeer);
        EXPECT_THAT(bench.paths("10.1.0.0/16"), ElementsAre("65002 stale"));
        bench.run(Duration::seconds(60));
        two.capabilities.gracefulRestart->families = {{Family::IPv4, hasPreserved}};
        bench.establish(two);
        if (!hasPreserved) {
            EXPECT_THAT(bench.paths("10.1.0.0/16"), IsEmpty()) << "RFC 4724 section 4.2";
            continue;
        }
        bench.run(Duration::seconds(100), {&two});
        EXPECT_THAT(bench.paths("10.1.0.0/16"), ElementsAre("65002 stale")) << "it has more time to say it";
        bench.announce(two, {"10.2.0.0/16"});
        bench.say(two, UpdateMessage::endOfRib(Family::IPv4));
        EXPECT_THAT(bench.paths("10.1.0.0/16"), IsEmpty());
        EXPECT_THAT(bench.paths("10.2.0.0/16"), ElementsAre("65002"));
    }
}

}  // namespace
}  // namespace peerscape::bgp::test

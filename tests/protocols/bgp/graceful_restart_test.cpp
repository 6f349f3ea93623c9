// RFC 4724, RFC 8538 and RFC 9494: what becomes of a neighbour's routes while it restarts, and what a process
// does that has restarted.
#include "tests/protocols/bgp/speakers.hpp"

namespace peerscape::bgp::test {
namespace {

const std::string kRestarterNetwork = " network 192.0.2.0/24\n";
const std::string kRestarter = " bgp graceful-restart\n bgp graceful-restart preserve-fw-state\n";

/// R1 helps, R2 restarts.
Speakers pair(const std::string& helper = "", const std::string& restarter = kRestarter) {
    return Speakers(
        {router(65001, {{2, 65002}}, helper), router(65002, {{1, 65001}}, restarter + kRestarterNetwork)});
}
void bringUp(Speakers& speakers) {
    speakers.start();
    // So long a new process says that it has restarted.
    speakers.run(Duration::seconds(130));
    ASSERT_TRUE(speakers.isEstablished(1, 2));
    ASSERT_TRUE(speakers.hasRoute(1, "192.0.2.0/24"));
}

TEST(GracefulRestart, KeepsRoutesWhileTheNeighbourIsAwayAndNoLonger) {
    Speakers speakers = pair();
    bringUp(speakers);
    speakers.stopProcess(2);
    speakers.run(Duration::seconds(119));
    ASSERT_NE(speakers.path(1, "192.0.2.0/24", 2), nullptr);
    EXPECT_TRUE(speakers.path(1, "192.0.2.0/24", 2)->isStale);
    EXPECT_TRUE(speakers.hasRoute(1, "192.0.2.0/24"));
    EXPECT_FALSE(speakers.process(1).settled(speakers.now(), SimTime::start()));
    speakers.run(Duration::seconds(2));
    EXPECT_FALSE(speakers.hasRoute(1, "192.0.2.0/24"));
    EXPECT_TRUE(speakers.process(1).settled(speakers.now(), SimTime::start()));
}

TEST(GracefulRestart, KeepsNothingOfANeighbourThatHasNotOfferedIt) {
    Speakers speakers = pair("", "");
    bringUp(speakers);
    speakers.stopProcess(2);
    speakers.run(Duration::seconds(1));
    EXPECT_FALSE(speakers.hasRoute(1, "192.0.2.0/24"));
}

TEST(GracefulRestart, KeepsNothingWhereItIsDisabled) {
    Speakers speakers = pair(" bgp graceful-restart-disable\n");
    bringUp(speakers);
    speakers.stopProcess(2);
    speakers.run(Duration::seconds(1));
    EXPECT_FALSE(speakers.hasRoute(1, "192.0.2.0/24"));
}

TEST(GracefulRestart, EndOfRibTakesAwayWhatWasNotSaidAgain) {
    Speakers speakers(
        {router(65001, {{2, 65002}}),
         router(65002, {{1, 65001}}, kRestarter + kRestarterNetwork + " network 198.51.100.0/24\n")});
    bringUp(speakers);
    speakers.stopProcess(2);
    speakers.run(Duration::seconds(5));
    speakers.reconfigure(2, router(65002, {{1, 65001}}, kRestarter + kRestarterNetwork));
    speakers.startProcess(2);
    speakers.run(Duration::seconds(10));
    ASSERT_TRUE(speakers.isEstablished(1, 2));
    ASSERT_NE(speakers.path(1, "192.0.2.0/24", 2), nullptr);
    EXPECT_FALSE(speakers.path(1, "192.0.2.0/24", 2)->isStale);
    EXPECT_FALSE(speakers.hasRoute(1, "198.51.100.0/24"));
}

TEST(GracefulRestart, WithoutTheForwardingBitStaleRoutesGoWhenTheNeighbourIsBack) {
    // Without preserve-fw-state the F bit is not set, and its table is empty when it comes back.
    Speakers speakers = pair("", " bgp graceful-restart\n");
    bringUp(speakers);
    speakers.stopProcess(2);
    speakers.run(Duration::seconds(5));
    ASSERT_TRUE(speakers.hasRoute(1, "192.0.2.0/24"));
    // R2 comes back and is kept from sending its table by a table it waits for itself: R3 is not there.
    speakers.reconfigure(2,
                         router(65002, {{1, 65001}, {9, 65009}},
                                " bgp graceful-restart\n neighbor 10.0.0.9 passive\n" + kRestarterNetwork));
    speakers.startProcess(2);
    speakers.run(Duration::seconds(10));
    ASSERT_TRUE(speakers.isEstablished(1, 2));
    EXPECT_FALSE(speakers.hasRoute(1, "192.0.2.0/24"));
}

TEST(GracefulRestart, StalePathTimeEndsTheWaitForANeighbourThatIsBack) {
    Speakers speakers = pair(" bgp graceful-restart stalepath-time 60\n");
    bringUp(speakers);
    speakers.stopProcess(2);
    speakers.run(Duration::seconds(5));
    speakers.reconfigure(2, router(65002, {{1, 65001}, {9, 65009}},
                                   kRestarter + " neighbor 10.0.0.9 passive\n" + kRestarterNetwork));
    speakers.startProcess(2);
    speakers.run(Duration::seconds(50));
    ASSERT_TRUE(speakers.isEstablished(1, 2));
    EXPECT_TRUE(speakers.hasRoute(1, "192.0.2.0/24")) << "R2 forwards, and waits for R9 before it speaks";
    speakers.run(Duration::seconds(10));
    EXPECT_FALSE(speakers.hasRoute(1, "192.0.2.0/24"));
    speakers.run(Duration::seconds(65));
    EXPECT_TRUE(speakers.hasRoute(1, "192.0.2.0/24")) << "R2 has stopped waiting";
}

TEST(GracefulRestart, AProcessSaysThatItHasRestartedUntilTheRestartTimeIsOver) {
    Speakers speakers = pair("", kRestarter + " bgp graceful-restart restart-time 30\n");
    speakers.start();
    speakers.run(Duration::seconds(10));
    ASSERT_TRUE(speakers.isEstablished(1, 2));
    EXPECT_TRUE(speakers.peer(1, 2).lastCapabilities.gracefulRestart->hasRestarted);
    // As FRR does, a helper says it too, and names no family.
    EXPECT_TRUE(speakers.peer(2, 1).lastCapabilities.gracefulRestart->hasRestarted);
    EXPECT_TRUE(speakers.peer(2, 1).lastCapabilities.gracefulRestart->families.empty());
    speakers.run(Duration::seconds(30));
    speakers.command(1, {"clear", "*"});
    speakers.run(Duration::seconds(10));
    ASSERT_TRUE(speakers.isEstablished(1, 2));
    EXPECT_FALSE(speakers.peer(1, 2).lastCapabilities.gracefulRestart->hasRestarted);
}

// The OPENs of FRR 8.4.4 in captures/frr.txt.
TEST(Capabilities, AreThoseOfFrr) {
    Speakers speakers = pair("", " bgp graceful-restart\n");
    speakers.start();
    speakers.run(Duration::seconds(10));
    Capabilities expected;
    expected.families = {Family::IPv4};
    expected.hasRouteRefresh = expected.hasEarlyRouteRefresh = expected.hasEnhancedRouteRefresh = true;
    expected.hasExtendedMessage = true;
    expected.fourOctetAs = Asn::number(65001);
    expected.addPath = {{Family::IPv4, AddPathMode::Receive}};
    expected.hostname = "R1";
    expected.gracefulRestart = GracefulRestartCapability{true, true, 120, {}};
    expected.longLived = {{Family::IPv4, true, 0}};
    EXPECT_EQ(speakers.peer(2, 1).lastCapabilities, expected);
    expected.fourOctetAs = Asn::number(65002);
    expected.hostname = "R2";
    expected.gracefulRestart->families = {{Family::IPv4, false}};
    EXPECT_EQ(speakers.peer(1, 2).lastCapabilities, expected);
}

TEST(GracefulRestart, AProcessWaitsForAllTablesBeforeItChooses) {
    // R3 is passive and does not come; R2 learns R1's route, but does not use it.
    Speakers speakers({router(65001, {{2, 65002}}, kRestarterNetwork),
                       router(65002, {{1, 65001}, {3, 65003}},
                              kRestarter + " neighbor 10.0.0.3 passive\n network 198.51.100.0/24\n"),
                       router(65003, {{2, 65002}}, " network 203.0.113.0/24\n")});
    speakers.startProcess(1);
    speakers.startProcess(2);
    speakers.run(Duration::seconds(60));
    ASSERT_NE(speakers.path(2, "192.0.2.0/24", 1), nullptr);
    EXPECT_FALSE(speakers.hasRoute(2, "192.0.2.0/24"));
    EXPECT_EQ(speakers.sent(2, 1), 0U) << "nor does it tell what it originates";
    EXPECT_FALSE(speakers.process(2).settled(speakers.now(), SimTime::start()));
    speakers.startProcess(3);
    speakers.run(Duration::seconds(10));
    EXPECT_TRUE(speakers.hasRoute(2, "192.0.2.0/24"));
    EXPECT_TRUE(speakers.hasRoute(2, "203.0.113.0/24"));
    EXPECT_TRUE(speakers.hasRoute(1, "198.51.100.0/24"));
    EXPECT_TRUE(speakers.at(2).wasNoted("all tables have come"));
}

TEST(GracefulRestart, TheDeferralTimeEndsTheWait) {
    Speakers speakers({router(65001, {{2, 65002}}, kRestarterNetwork),
                       router(65002, {{1, 65001}, {3, 65003}},
                              kRestarter + " bgp graceful-restart select-defer-time 20\n"
                                           " neighbor 10.0.0.3 passive\n")});
    speakers.start();
    speakers.run(Duration::seconds(19));
    EXPECT_FALSE(speakers.hasRoute(2, "192.0.2.0/24"));
    speakers.run(Duration::seconds(2));
    EXPECT_TRUE(speakers.hasRoute(2, "192.0.2.0/24"));
    EXPECT_TRUE(speakers.at(2).wasNoted("the deferral time is over"));
}

TEST(GracefulRestart, WhoPreservesForwardingLeavesItsRoutesBehind) {
    const auto retention = [](const std::string& lines) {
        Speakers speakers = pair("", lines);
        speakers.start();
        return speakers.at(2).retention;
    };
    EXPECT_EQ(retention(kRestarter), Duration::seconds(500)) << "FRR's rib-stale-time";
    EXPECT_EQ(retention(kRestarter + " bgp graceful-restart rib-stale-time 90\n"), Duration::seconds(90));
    EXPECT_EQ(retention(" bgp graceful-restart\n"), Duration());
    EXPECT_EQ(retention(" bgp graceful-restart preserve-fw-state\n"), Duration()) << "nobody would help";
    EXPECT_EQ(retention(" neighbor 10.0.0.1 graceful-restart\n bgp graceful-restart preserve-fw-state\n"),
              Duration::seconds(500));
    EXPECT_EQ(retention(kRestarter + " bgp graceful-restart-disable\n"), Duration());
}

TEST(GracefulRestart, PreservingForwardingCanBeChangedWhileTheProcessRuns) {
    Speakers speakers = pair("", " bgp graceful-restart\n");
    bringUp(speakers);
    speakers.reconfigure(2, router(65002, {{1, 65001}}, kRestarter + kRestarterNetwork));
    EXPECT_EQ(speakers.at(2).retention, Duration::seconds(500));
    speakers.reconfigure(2, router(65002, {{1, 65001}}, " bgp graceful-restart\n" + kRestarterNetwork));
    EXPECT_EQ(speakers.at(2).retention, Duration());
}

TEST(GracefulRestart, RoutesOfTheProcessBeforeAreReleasedWhenNewOnesAreChosen) {
    // R3 is passive and does not come: R2 has R1's table, and chooses 20 s after its start.
    Speakers speakers({router(65001, {{2, 65002}}, kRestarterNetwork),
                       router(65002, {{1, 65001}, {3, 65003}},
                              kRestarter + " bgp graceful-restart select-defer-time 20\n"
                                           " neighbor 10.0.0.3 passive\n")});
    speakers.start();
    speakers.run(Duration::seconds(19));
    EXPECT_TRUE(speakers.at(2).released.ipv4.isNever());
    speakers.run(Duration::seconds(2));
    EXPECT_EQ(speakers.at(2).released.ipv4, SimTime::start() + Duration::seconds(20));
    EXPECT_EQ(speakers.at(2).hadAtRelease, 1U) << "those chosen are announced first";
    // R1 waits for nobody.
    EXPECT_EQ(speakers.at(1).released.ipv4, SimTime::start());
    EXPECT_EQ(speakers.at(1).released.ipv6, SimTime::start());
}

TEST(GracefulRestart, TwoThatStartTogetherDoNotWaitForEachOther) {
    Speakers speakers({router(65001, {{2, 65002}}, kRestarter),
                       router(65002, {{1, 65001}}, kRestarter + kRestarterNetwork)});
    speakers.start();
    speakers.run(Duration::seconds(5));
    EXPECT_TRUE(speakers.hasRoute(1, "192.0.2.0/24"));
}

TEST(UpdateDelay, WaitsForNeighboursThatComeInTime) {
    Speakers speakers(
        {router(65001, {{2, 65002}}, kRestarterNetwork),
         router(65002, {{1, 65001}, {3, 65003}}, " update-delay 60 20\n neighbor 10.0.0.3 passive\n")});
    speakers.start();
    speakers.run(Duration::seconds(19));
    EXPECT_FALSE(speakers.hasRoute(2, "192.0.2.0/24"));
    speakers.run(Duration::seconds(2));
    EXPECT_TRUE(speakers.hasRoute(2, "192.0.2.0/24")) << "R3 has not come in 20 s, R1's table is there";
}

// RFC 8538.
TEST(GracefulNotification, AnExpiredHoldTimeKeepsRoutesWhereBothSayTheNBit) {
    const auto helperAfter = [](const std::string& more) {
        Speakers speakers = pair(" timers bgp 3 9\n" + more, kRestarter);
        bringUp(speakers);
        // R2 says nothing any more, not even that its connections are gone.
        speakers.at(2).process.reset();
        speakers.run(Duration::seconds(30));
        EXPECT_FALSE(speakers.isEstablished(1, 2));
        return speakers.hasRoute(1, "192.0.2.0/24");
    };
    EXPECT_TRUE(helperAfter(""));
    EXPECT_FALSE(helperAfter(" no bgp graceful-restart notification\n"));
}

TEST(GracefulNotification, AnAdministratorsResetIsAHardOne) {
    Speakers speakers = pair();
    bringUp(speakers);
    speakers.command(2, {"clear", "10.0.0.1"});
    // The NOTIFICATION has come, and the new session is not there yet.
    speakers.run(Duration::microseconds(1500));
    ASSERT_FALSE(speakers.isEstablished(1, 2));
    EXPECT_FALSE(speakers.hasRoute(1, "192.0.2.0/24"));
}

const std::string kLongLived = " bgp long-lived-graceful-restart stale-time 600\n";

TEST(LongLivedGracefulRestart, KeepsRoutesAsTheLastChoiceAfterTheRestartTime) {
    // R3 has the same network, behind one more AS.
    Speakers speakers({router(65001, {{2, 65002}, {3, 65003}}, kLongLived),
                       router(65002, {{1, 65001}}, kRestarter + kLongLived + kRestarterNetwork),
                       router(65003, {{1, 65001}},
                              kRestarterNetwork + " neighbor 10.0.0.1 route-map M out\n"
                                                  "route-map M permit 10\n set as-path prepend 65009\n")});
    bringUp(speakers);
    ASSERT_EQ(speakers.best(1, "192.0.2.0/24"), speakers.path(1, "192.0.2.0/24", 2));
    speakers.stopProcess(2);
    speakers.run(Duration::seconds(119));
    EXPECT_EQ(speakers.best(1, "192.0.2.0/24"), speakers.path(1, "192.0.2.0/24", 2));
    speakers.run(Duration::seconds(2));
    const Path* stale = speakers.path(1, "192.0.2.0/24", 2);
    ASSERT_NE(stale, nullptr);
    EXPECT_TRUE(stale->isLongLivedStale);
    EXPECT_TRUE(stale->attributes->hasCommunity(community::kLlgrStale));
    EXPECT_EQ(speakers.best(1, "192.0.2.0/24"), speakers.path(1, "192.0.2.0/24", 3));
    EXPECT_EQ(stale->lostBy, DecisionStep::LongLivedStale);
    speakers.run(Duration::seconds(598));
    EXPECT_NE(speakers.path(1, "192.0.2.0/24", 2), nullptr);
    speakers.run(Duration::seconds(5));
    EXPECT_EQ(speakers.path(1, "192.0.2.0/24", 2), nullptr);
}

TEST(LongLivedGracefulRestart, TellsStaleRoutesOnlyToWhoKnowsWhatTheyAre) {
    Speakers speakers({router(65001, {{2, 65002}, {3, 65003}, {4, 65004}}, kLongLived),
                       router(65002, {{1, 65001}}, kRestarter + kLongLived + kRestarterNetwork),
                       router(65003, {{1, 65001}}, " bgp graceful-restart-disable\n"),
                       router(65004, {{1, 65001}})});
    bringUp(speakers);
    ASSERT_TRUE(speakers.hasRoute(3, "192.0.2.0/24"));
    speakers.stopProcess(2);
    speakers.run(Duration::seconds(125));
    EXPECT_TRUE(speakers.hasRoute(1, "192.0.2.0/24"));
    EXPECT_FALSE(speakers.hasRoute(3, "192.0.2.0/24"));
    EXPECT_TRUE(speakers.hasRoute(4, "192.0.2.0/24"));
    EXPECT_TRUE(speakers.path(4, "192.0.2.0/24", 1)->attributes->hasCommunity(community::kLlgrStale));
    EXPECT_EQ(speakers.exportTo(1, 3, "192.0.2.0/24").withheld, Withheld::LongLivedStale);
}

TEST(LongLivedGracefulRestart, NoLlgrGoesWithTheRestartTime) {
    Speakers speakers({router(65001, {{2, 65002}}, kLongLived),
                       router(65002, {{1, 65001}},
                              kRestarter + kLongLived + kRestarterNetwork +
                                  " neighbor 10.0.0.1 route-map M out\n"
                                  "route-map M permit 10\n set community no-llgr\n")});
    bringUp(speakers);
    speakers.stopProcess(2);
    speakers.run(Duration::seconds(119));
    EXPECT_TRUE(speakers.hasRoute(1, "192.0.2.0/24"));
    speakers.run(Duration::seconds(2));
    EXPECT_FALSE(speakers.hasRoute(1, "192.0.2.0/24"));
}

TEST(LongLivedGracefulRestart, ANeighbourThatComesBackMakesItsRoutesFreshAgain) {
    Speakers speakers = pair(kLongLived, kRestarter + kLongLived);
    bringUp(speakers);
    speakers.stopProcess(2);
    speakers.run(Duration::seconds(200));
    ASSERT_TRUE(speakers.path(1, "192.0.2.0/24", 2)->isLongLivedStale);
    speakers.startProcess(2);
    speakers.run(Duration::seconds(125));
    ASSERT_TRUE(speakers.isEstablished(1, 2));
    const Path* path = speakers.path(1, "192.0.2.0/24", 2);
    ASSERT_NE(path, nullptr);
    EXPECT_FALSE(path->isStale);
    EXPECT_FALSE(path->isLongLivedStale);
    EXPECT_FALSE(path->attributes->hasCommunity(community::kLlgrStale));
    EXPECT_TRUE(speakers.process(1).settled(speakers.now(), SimTime::start()));
}

}  // namespace
}  // namespace peerscape::bgp::test

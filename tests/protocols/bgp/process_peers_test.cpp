/// Who is a neighbour, when it is told, and when the process is settled.
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/protocols/bgp/process_bench.hpp"

namespace peerscape::bgp::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// R2 announces two prefixes a second apart; when R3 was told of each, counted from the first.
std::vector<Duration> toldAfter(std::uint16_t interval, std::uint64_t seed = 1, bool isJittered = true) {
    ProcessBench bench;
    bench.seed = seed;
    bench.config.jittersIntervals = isJittered;
    bench.neighbor("10.0.12.2", 65002);
    bench.neighbor("10.0.13.3", 65003).settings.advertisementInterval = interval;
    bench.start();
    SoleSpeaker two = ProcessBench::speaker("10.0.12.2", 65002);
    SoleSpeaker three = ProcessBench::speaker("10.0.13.3", 65003);
    bench.establish(two);
    bench.establish(three);
    bench.announce(two, {"10.1.0.0/16"});
    const SimTime begin = bench.now;
    bench.run(Duration::seconds(1));
    bench.announce(two, {"10.2.0.0/16"});
    bench.run(Duration::seconds(40));
    std::vector<Duration> after;
    for (std::size_t i = 0; i < three.heard.size(); ++i) {
        const auto* update = std::get_if<UpdateMessage>(&three.heard[i]);
        if (update != nullptr && !update->announced.empty()) after.push_back(three.heardAt[i] - begin);
    }
    return after;
}

class BgpProcessPeers : public ::testing::Test, public ProcessBench {
  protected:
    void listen(std::uint16_t limit = 100) {
        config.groups["GUESTS"].settings.remoteAs = RemoteAs{RemoteAs::Kind::External, {}};
        config.listenRanges[net("10.0.12.0/24")] = "GUESTS";
        config.listenLimit = limit;
        start();
    }
    SoleSpeaker r2 = speaker("10.0.12.2", 65002);
    SoleSpeaker r3 = speaker("10.0.13.3", 65003);
};

TEST_F(BgpProcessPeers, WhoIsNotConfiguredIsRefused) {
    neighbor("10.0.13.3", 65003);
    start();
    EXPECT_FALSE(connect(r2));
    EXPECT_THAT(r2.heard, IsEmpty());
    EXPECT_TRUE(wasNoted("connection from 10.0.12.2 to 10.0.12.1 refused: no such neighbor is configured"));
}

TEST_F(BgpProcessPeers, BytesOfUnknownStreamsAreNobodys) {
    neighbor("10.0.12.2", 65002);
    start();
    handle(StreamReceived{StreamId(77), Bytes(19, 0xff)});
    handle(StreamClosed{StreamId(77), StreamEnd::ResetByPeer, ""});
    handle(StreamOpened{StreamId(77), ip("10.0.12.1"), 1});
    establish(r2);
}

TEST_F(BgpProcessPeers, ANeighbourThatIsRemovedTakesItsRoutesAlong) {
    neighbor("10.0.12.2", 65002);
    neighbor("10.0.13.3", 65003);
    start();
    establish(r2);
    establish(r3);
    announce(r2, {"10.1.0.0/16"});
    config.neighbors.erase(r2.address);
    reconfigure();
    EXPECT_EQ(told(r2).back(), "NOTIFICATION Cease/Peer De-configured");
    EXPECT_EQ(told(r3).back(), "-10.1.0.0/16");
    EXPECT_FALSE(isInRib("10.1.0.0/16"));
    EXPECT_EQ(peer(r2), nullptr);
    announce(r2, {"10.2.0.0/16"});
    EXPECT_THAT(paths("10.2.0.0/16"), IsEmpty()) << "nobody listens to it any more";
}

TEST_F(BgpProcessPeers, AnotherRemoteAsEndsTheSession) {
    neighbor("10.0.12.2", 65002);
    start();
    establish(r2);
    announce(r2, {"10.1.0.0/16"});
    neighbor("10.0.12.2", 65009);
    reconfigure();
    EXPECT_EQ(told(r2).back(), "NOTIFICATION Cease/Other Configuration Change");
    EXPECT_THAT(paths("10.1.0.0/16"), IsEmpty());
}

TEST_F(BgpProcessPeers, ShutdownWhileEstablished) {
    neighbor("10.0.12.2", 65002);
    start();
    establish(r2);
    announce(r2, {"10.1.0.0/16"});
    config.neighbors[r2.address].settings.shutdown = Shutdown{"tea"};
    reconfigure();
    EXPECT_EQ(told(r2).back(), "NOTIFICATION Cease/Administrative Shutdown: tea");
    EXPECT_FALSE(isInRib("10.1.0.0/16"));
    EXPECT_FALSE(connect(r2));
}

TEST_F(BgpProcessPeers, WhoeverComesFromAListenRangeIsANeighbour) {
    listen();
    EXPECT_TRUE(process->peers().empty());
    establish(r2);
    EXPECT_TRUE(peer(r2)->isDynamic);
    announce(r2, {"10.1.0.0/16"});
    EXPECT_THAT(paths("10.1.0.0/16"), ElementsAre("65002"));
    EXPECT_FALSE(connect(r3)) << "outside the range";
}

TEST_F(BgpProcessPeers, ADynamicNeighbourIsForgottenWhenItsSessionEnds) {
    listen();
    const SimTime own = process->nextDeadline();
    establish(r2);
    announce(r2, {"10.1.0.0/16"});
    close(r2);
    EXPECT_TRUE(process->peers().empty());
    EXPECT_THAT(paths("10.1.0.0/16"), IsEmpty());
    EXPECT_EQ(process->nextDeadline(), own) << "no timer of it is left";
    establish(r2);
}

TEST_F(BgpProcessPeers, ADynamicNeighbourThatSaysNonsenseIsForgotten) {
    listen();
    EXPECT_TRUE(connect(r2));
    sayBytes(r2, Bytes(19, 0x00));
    EXPECT_TRUE(r2.isClosed);
    EXPECT_TRUE(process->peers().empty());
}

TEST_F(BgpProcessPeers, ADynamicNeighbourThatRestartsIsWaitedFor) {
    config.gracefulRestart.isEnabled = true;
    listen();
    GracefulRestartCapability restart;
    restart.restartTime = 60;
    restart.families = {{Family::IPv4, true}};
    r2.capabilities.gracefulRestart = restart;
    establish(r2);
    announce(r2, {"10.1.0.0/16"});
    close(r2, StreamEnd::ResetByPeer);
    EXPECT_THAT(paths("10.1.0.0/16"), ElementsAre("65002 stale"));
    run(Duration::seconds(61));
    EXPECT_THAT(paths("10.1.0.0/16"), IsEmpty());
    EXPECT_TRUE(process->peers().empty());
}

TEST_F(BgpProcessPeers, TheListenLimitCountsWhoIsThere) {
    listen(1);
    SoleSpeaker other = speaker("10.0.12.7", 65007);
    establish(r2);
    EXPECT_FALSE(connect(other));
    close(r2);
    EXPECT_TRUE(connect(other));
}

TEST_F(BgpProcessPeers, TheLongestListenRangeDecides) {
    config.groups["FEW"].settings.remoteAs = RemoteAs{RemoteAs::Kind::Number, Asn::number(65002)};
    config.listenRanges[net("10.0.12.0/30")] = "FEW";
    listen();
    establish(r2);
    EXPECT_EQ(peer(r2)->group, "FEW");
}

TEST_F(BgpProcessPeers, PasswordsAreMadeKnownToTcpAndTakenBack) {
    neighbor("10.0.12.2", 65002).settings.password = "secret";
    config.groups["GUESTS"].settings.password = "welcome";
    config.listenRanges[net("10.0.13.0/24")] = "GUESTS";
    start();
    const auto said = [&] {
        std::vector<std::string> lines;
        for (const SetStreamKey& key : std::exchange(keys, {}))
            lines.push_back(toString(key.remote) + " " + key.key);
        return lines;
    };
    EXPECT_THAT(said(), ElementsAre("10.0.12.2/32 secret", "10.0.13.0/24 welcome"));
    run(Duration::seconds(2));
    ASSERT_EQ(opens.size(), 1U);
    EXPECT_EQ(opens.front().key, "secret");
    config.neighbors[r2.address].settings.password = "other";
    config.listenRanges.clear();
    reconfigure();
    EXPECT_THAT(said(), ElementsAre("10.0.13.0/24 ", "10.0.12.2/32 other"));
}

TEST_F(BgpProcessPeers, TtlSecurityIsMadeKnownToTcp) {
    neighbor("10.0.12.2", 65002).settings.ttlSecurityHops = 2;
    start();
    run(Duration::seconds(2));
    ASSERT_EQ(opens.size(), 1U);
    EXPECT_EQ(opens.front().ttl, 255);
    EXPECT_EQ(opens.front().leastTtl, 254);
    establish(r2);
    ASSERT_EQ(ttls.size(), 1U);
    EXPECT_EQ(ttls.front().leastTtl, 254);
}

TEST_F(BgpProcessPeers, WithoutAnIntervalNewsGoOutAtOnce) {
    EXPECT_THAT(toldAfter(0), ElementsAre(Duration(), Duration::seconds(1)));
}

TEST_F(BgpProcessPeers, TheAdvertisementIntervalIsJitteredByAQuarter) {
    std::set<Duration> all;
    for (std::uint64_t one = 1; one <= 20; ++one) {
        const auto after = toldAfter(30, one);
        ASSERT_EQ(after.size(), 2U);
        EXPECT_EQ(after[0], Duration());
        EXPECT_GE(after[1], Duration::milliseconds(22'500));
        EXPECT_LE(after[1], Duration::seconds(30));
        all.insert(after[1]);
    }
    EXPECT_GT(all.size(), 15U);
}

TEST_F(BgpProcessPeers, WithoutJitterTheIntervalIsExact) {
    EXPECT_THAT(toldAfter(30, 1, false), ElementsAre(Duration(), Duration::seconds(30)));
}

TEST_F(BgpProcessPeers, WithdrawalsWaitOnlyWhenTheyAreToBePaced) {
    for (const bool isPaced : {false, true}) {
        ProcessBench bench;
        bench.neighbor("10.0.12.2", 65002);
        bench.neighbor("10.0.13.3", 65003).settings.advertisementInterval = 30;
        bench.config.pacesWithdrawals = isPaced;
        bench.start();
        SoleSpeaker two = speaker("10.0.12.2", 65002);
        SoleSpeaker three = speaker("10.0.13.3", 65003);
        bench.establish(two);
        bench.establish(three);
        bench.announce(two, {"10.1.0.0/16"});
        bench.withdraw(two, {"10.1.0.0/16"});
        const std::string last = told(three).back();
        EXPECT_EQ(last, isPaced ? "+10.1.0.0/16 65001 65002" : "-10.1.0.0/16");
        bench.run(Duration::seconds(31));
        EXPECT_EQ(told(three).back(), "-10.1.0.0/16");
    }
}

TEST_F(BgpProcessPeers, APendingIntervalIsNotSettled) {
    neighbor("10.0.12.2", 65002);
    neighbor("10.0.13.3", 65003).settings.advertisementInterval = 30;
    start();
    establish(r2);
    establish(r3);
    announce(r2, {"10.1.0.0/16"});
    announce(r2, {"10.2.0.0/16"});
    const SimTime begin = now;
    run(Duration::seconds(10));
    say(r2, KeepaliveMessage{});
    say(r3, KeepaliveMessage{});
    EXPECT_FALSE(process->settled(now, begin));
    run(Duration::seconds(21));
    EXPECT_THAT(told(r3), Contains("+10.2.0.0/16 65001 65002"));
    EXPECT_TRUE(process->settled(now, begin));
}

TEST_F(BgpProcessPeers, AHopelessSessionIsSettledAfterOneAttempt) {
    neighbor("10.0.12.2", 65002);
    start();
    const SimTime begin = now;
    EXPECT_FALSE(process->settled(now, begin));
    for (int attempts = 0; attempts < 2; ++attempts) {
        while (opens.empty())
            run(Duration::seconds(1));
        handle(StreamClosed{opens.back().stream, StreamEnd::Refused, ""});
        opens.clear();
    }
    run(Duration::seconds(1));
    EXPECT_TRUE(process->settled(now, begin));
    EXPECT_FALSE(process->settled(now, now)) << "somebody may just have repaired it";
}

TEST_F(BgpProcessPeers, ANeighbourThatHasNotBeenHeardSinceIsNotSettled) {
    neighbor("10.0.12.2", 65002);
    start();
    establish(r2);
    const SimTime begin = now;
    run(Duration::seconds(20));
    EXPECT_FALSE(process->settled(now, begin));
    say(r2, KeepaliveMessage{});
    EXPECT_TRUE(process->settled(now, begin));
}

}  // namespace
}  // namespace peerscape::bgp::test

/// Routers that take time over their UPDATEs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/protocols/bgp/process_bench.hpp"

namespace peerscape::bgp::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Duration kProcessingTime = Duration::milliseconds(100);

class BgpProcessQueue : public ::testing::Test, public ProcessBench {
  protected:
    /// R2 and R3 are established, and what came with that has been processed.
    void startSlowly(Duration least = kProcessingTime, Duration most = kProcessingTime) {
        config.processingTime = ProcessingTime{least, most};
        neighbor("10.0.12.2", 65002);
        neighbor("10.0.13.3", 65003);
        start();
        establish(r2);
        establish(r3);
        run(Duration::seconds(1));
    }
    SoleSpeaker r2 = speaker("10.0.12.2", 65002);
    SoleSpeaker r3 = speaker("10.0.13.3", 65003);
};

TEST_F(BgpProcessQueue, AnUpdateCountsWhenItsTimeIsOver) {
    startSlowly();
    announce(r2, {"10.1.0.0/16"});
    EXPECT_THAT(paths("10.1.0.0/16"), IsEmpty());
    EXPECT_EQ(process->nextDeadline(), now + kProcessingTime);
    run(kProcessingTime);
    EXPECT_THAT(paths("10.1.0.0/16"), IsEmpty());
    run(Duration::nanoseconds(1));
    EXPECT_THAT(paths("10.1.0.0/16"), ElementsAre("65002"));
    EXPECT_THAT(told(r3), ElementsAre("end", "+10.1.0.0/16 65001 65002"));
}

TEST_F(BgpProcessQueue, UpdatesOfAllNeighboursStandInOneQueue) {
    startSlowly();
    announce(r2, {"10.1.0.0/16"});
    announce(r3, {"10.2.0.0/16"});
    withdraw(r2, {"10.1.0.0/16"});
    run(kProcessingTime + Duration::milliseconds(1));
    EXPECT_THAT(paths("10.1.0.0/16"), ElementsAre("65002")) << "that it is gone is not known yet";
    EXPECT_THAT(paths("10.2.0.0/16"), IsEmpty());
    run(kProcessingTime);
    EXPECT_THAT(paths("10.2.0.0/16"), ElementsAre("65003"));
    EXPECT_THAT(paths("10.1.0.0/16"), ElementsAre("65002"));
    run(kProcessingTime);
    EXPECT_THAT(paths("10.1.0.0/16"), IsEmpty());
    EXPECT_THAT(told(r3),
                ElementsAre("end", "+10.1.0.0/16 65001 65002", "+10.2.0.0/16 65001 65003", "-10.1.0.0/16"));
}

TEST_F(BgpProcessQueue, TheTimeIsDrawnForEachUpdate) {
    startSlowly(Duration::milliseconds(10), Duration::seconds(1));
    std::set<Duration> times;
    for (int i = 0; i < 50; ++i) {
        announce(r2, {"10.1.0.0/16"}, {65002, static_cast<std::uint32_t>(65100 + i)});
        times.insert(process->nextDeadline() - now);
        run(Duration::seconds(2));
    }
    EXPECT_GT(times.size(), 45U);
    EXPECT_GE(*times.begin(), Duration::milliseconds(10));
    EXPECT_LT(*times.begin(), Duration::milliseconds(100));
    EXPECT_LE(*times.rbegin(), Duration::seconds(1));
    EXPECT_GT(*times.rbegin(), Duration::milliseconds(900));
}

TEST_F(BgpProcessQueue, TheCauseIsTheMessageAndNotTheClock) {
    startSlowly();
    announce(r2, {"10.1.0.0/16"});
    announce(r2, {"10.2.0.0/16"});
    run(kProcessingTime * 3);
    const RecordId first = destination("10.1.0.0/16")->paths.front().cause;
    const RecordId second = destination("10.2.0.0/16")->paths.front().cause;
    EXPECT_EQ(second.value(), first.value() + 1) << "the messages came one after the other";
}

TEST_F(BgpProcessQueue, WhatWaitsIsNotSettledAndAnotherState) {
    startSlowly();
    const SimTime begin = now;
    run(Duration::seconds(2));
    say(r2, KeepaliveMessage{});
    say(r3, KeepaliveMessage{});
    ASSERT_TRUE(process->settled(now, begin));
    const std::uint64_t before = process->stateHash();
    announce(r2, {"10.1.0.0/16"});
    EXPECT_FALSE(process->settled(now, begin));
    EXPECT_NE(process->stateHash(), before);
    run(kProcessingTime * 2);
    EXPECT_TRUE(process->settled(now, begin));
}

TEST_F(BgpProcessQueue, AnUpdateThatWaitsKeepsItsSessionAlive) {
    startSlowly(Duration::minutes(1), Duration::minutes(1));
    for (std::uint32_t i = 0; i < 8; ++i) {
        run(Duration::seconds(30));
        announce(r2, {"10.1.0.0/16"}, {65002, 65100 + i});
    }
    EXPECT_TRUE(isEstablished(r2));
    EXPECT_FALSE(isEstablished(r3)) << "it has said nothing for longer than the hold time of 180 s";
}

TEST_F(BgpProcessQueue, WhatASessionHasSaidEndsWithIt) {
    startSlowly();
    announce(r2, {"10.1.0.0/16"});
    announce(r3, {"10.2.0.0/16"});
    close(r2);
    run(kProcessingTime * 3);
    EXPECT_THAT(paths("10.1.0.0/16"), IsEmpty());
    EXPECT_THAT(paths("10.2.0.0/16"), ElementsAre("65003"));
}

TEST_F(BgpProcessQueue, TheQueueOfALostSessionAloneLeavesNoDeadline) {
    startSlowly();
    announce(r2, {"10.1.0.0/16"});
    close(r2);
    EXPECT_GT(process->nextDeadline(), now + kProcessingTime);
}

TEST_F(BgpProcessQueue, ARefreshWaitsItsTurn) {
    startSlowly();
    announce(r2, {"10.1.0.0/16"});
    refresh(r3, RouteRefreshMessage::Kind::Request);
    run(kProcessingTime * 3);
    EXPECT_THAT(told(r3), ElementsAre("end", "+10.1.0.0/16 65001 65002", "+10.1.0.0/16 65001 65002"));
}

TEST_F(BgpProcessQueue, WithoutATimeAnyMoreEverythingIsProcessedAtOnce) {
    startSlowly();
    for (const char* prefix : {"10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16"})
        announce(r2, {prefix});
    config.processingTime.reset();
    reconfigure();
    announce(r2, {"10.4.0.0/16"});
    run(kProcessingTime * 2);
    for (const char* prefix : {"10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16", "10.4.0.0/16"})
        EXPECT_THAT(paths(prefix), ElementsAre("65002")) << prefix;
    announce(r2, {"10.5.0.0/16"});
    EXPECT_THAT(paths("10.5.0.0/16"), ElementsAre("65002"));
}

TEST_F(BgpProcessQueue, ACheckpointHasItsOwnQueue) {
    startSlowly();
    announce(r2, {"10.1.0.0/16"});
    const auto copy = process->clone();
    EXPECT_EQ(copy->stateHash(), process->stateHash());
    run(kProcessingTime * 2);
    EXPECT_NE(copy->stateHash(), process->stateHash());
    EXPECT_LT(copy->nextDeadline(), now);
}

TEST(BgpUpdateQueue, GivesBackInOrderHoweverMuchIsTakenInBetween) {
    UpdateQueue queue;
    std::uint32_t in = 0;
    std::uint32_t out = 0;
    for (int round = 0; round < 20; ++round) {
        for (int i = 0; i < round % 7; ++i)
            queue.add({PeerId(in % 3), RecordId(in), UpdateMessage()}), ++in;
        for (int i = 0; i < 3 && !queue.isEmpty(); ++i)
            EXPECT_EQ(queue.pop().cause.value(), out++);
        ASSERT_EQ(queue.size(), in - out);
    }
    EXPECT_GT(out, 30U);
}

TEST(BgpUpdateQueue, ForgetsOneNeighbourOnly) {
    UpdateQueue queue;
    for (std::uint32_t i = 0; i < 9; ++i)
        queue.add({PeerId(i % 3), RecordId(i), UpdateMessage()});
    queue.pop();
    queue.forget(PeerId(1));
    std::vector<std::uint64_t> left;
    while (!queue.isEmpty())
        left.push_back(queue.pop().cause.value());
    EXPECT_THAT(left, ElementsAre(2, 3, 5, 6, 8));
}

}  // namespace
}  // namespace peerscape::bgp::test

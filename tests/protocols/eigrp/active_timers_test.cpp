#include "protocols/eigrp/active_timers.hpp"

#include <gtest/gtest.h>

namespace peerscape::eigrp {
namespace {

constexpr SimTime atSecond(int seconds) { return SimTime::after(Duration::seconds(seconds)); }
const Prefix kA = Prefix::parse("10.1.0.0/16").value();
const Prefix kB = Prefix::parse("10.2.0.0/16").value();
const Prefix kC = Prefix::parse("10.3.0.0/16").value();

TEST(EigrpActiveTimers, TheEarliestIsNext) {
    ActiveTimers timers;
    EXPECT_TRUE(timers.next().isNever());
    timers.start(kA, atSecond(20));
    timers.start(kB, atSecond(10));
    EXPECT_EQ(timers.next(), atSecond(10));
    timers.stop(kB);
    EXPECT_EQ(timers.next(), atSecond(20));
    EXPECT_EQ(timers.deadlineOf(kA), atSecond(20));
    EXPECT_EQ(timers.deadlineOf(kB), std::nullopt);
    timers.stop(kB);
    timers.stop(kA);
    EXPECT_TRUE(timers.next().isNever());
}

TEST(EigrpActiveTimers, StartingAgainReplacesTheDeadline) {
    ActiveTimers timers;
    timers.start(kA, atSecond(10));
    timers.start(kA, atSecond(30));
    EXPECT_EQ(timers.next(), atSecond(30));
    EXPECT_TRUE(timers.due(atSecond(29)).empty());
}

TEST(EigrpActiveTimers, DueAreAllWhoseTimeHasCome) {
    ActiveTimers timers;
    timers.start(kC, atSecond(10));
    timers.start(kA, atSecond(20));
    timers.start(kB, atSecond(20));
    EXPECT_TRUE(timers.due(atSecond(9)).empty());
    EXPECT_EQ(timers.due(atSecond(10)), (std::vector{kC}));
    EXPECT_EQ(timers.due(atSecond(20)), (std::vector{kC, kA, kB}));
}

}  // namespace
}  // namespace peerscape::eigrp

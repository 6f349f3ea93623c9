#include "protocols/eigrp/active_timers.hpp"

#include <gtest/gtest.h>

namespace peerscape::eigrp {
namespace {

constexpr SimTime at(int seconds) { return SimTime::after(Duration::seconds(seconds)); }
const Prefix kA = Prefix::parse("10.1.0.0/16").value();
const Prefix kB = Prefix::parse("10.2.0.0/16").value();
const Prefix kC = Prefix::parse("10.3.0.0/16").value();

TEST(EigrpActiveTimers, TheEarliestIsNext) {
    ActiveTimers timers;
    EXPECT_TRUE(timers.next().isNever());
    timers.start(kA, at(20));
    timers.start(kB, at(10));
    EXPECT_EQ(timers.next(), at(10));
    timers.stop(kB);
    EXPECT_EQ(timers.next(), at(20));
    EXPECT_EQ(timers.deadlineOf(kA), at(20));
    EXPECT_EQ(timers.deadlineOf(kB), std::nullopt);
    timers.stop(kB);
    timers.stop(kA);
    EXPECT_TRUE(timers.next().isNever());
}

TEST(EigrpActiveTimers, StartingAgainReplacesTheDeadline) {
    ActiveTimers timers;
    timers.start(kA, at(10));
    timers.start(kA, at(30));
    EXPECT_EQ(timers.next(), at(30));
    EXPECT_TRUE(timers.due(at(29)).empty());
}

TEST(EigrpActiveTimers, DueAreAllWhoseTimeHasCome) {
    ActiveTimers timers;
    timers.start(kC, at(10));
    timers.start(kA, at(20));
    timers.start(kB, at(20));
    EXPECT_TRUE(timers.due(at(9)).empty());
    EXPECT_EQ(timers.due(at(10)), (std::vector{kC}));
    EXPECT_EQ(timers.due(at(20)), (std::vector{kC, kA, kB}));
}

}  // namespace
}  // namespace peerscape::eigrp

#include "engine/sim/tcp_timeout.hpp"

#include <gtest/gtest.h>

#include "tests/engine/base/values.hpp"

namespace peerscape {
namespace {

TcpTimeout fresh() { return {ms(1'000), ms(200), ms(120'000)}; }

// RFC 6298 section 2.
TEST(TcpTimeout, FollowsTheRoundTrips) {
    TcpTimeout timeout = fresh();
    EXPECT_EQ(timeout.current(), ms(1'000));
    timeout.measured(ms(100));
    EXPECT_EQ(timeout.current(), ms(300));  // 100 + 4 * 50
    timeout.measured(ms(200));
    // variation (3 * 50 + 100) / 4 = 62.5; smoothed (7 * 100 + 200) / 8 = 112.5
    EXPECT_EQ(timeout.current(), Duration::microseconds(112'500 + 250'000));
}

TEST(TcpTimeout, StaysWithinItsBounds) {
    TcpTimeout timeout = fresh();
    timeout.measured(ms(1));
    EXPECT_EQ(timeout.current(), ms(200));
    for (int i = 0; i < 20; ++i)
        timeout.backOff();
    EXPECT_EQ(timeout.current(), ms(120'000));
    timeout.collapse();
    EXPECT_EQ(timeout.current(), ms(200));
}

TEST(TcpTimeout, BacksOffAndIsCautiousOnlyWithoutAMeasurement) {
    TcpTimeout timeout = fresh();
    timeout.backOff();
    EXPECT_EQ(timeout.current(), ms(2'000));
    timeout.collapse();
    EXPECT_EQ(timeout.current(), ms(2'000));  // nothing known to return to
    timeout.beCautious(ms(3'000));
    EXPECT_EQ(timeout.current(), ms(3'000));
    timeout.measured(ms(100));
    timeout.beCautious(ms(3'000));
    EXPECT_EQ(timeout.current(), ms(300));
}

}  // namespace
}  // namespace peerscape

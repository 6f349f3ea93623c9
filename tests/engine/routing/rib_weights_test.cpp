#include <gtest/gtest.h>

#include "tests/engine/routing/rib_bench.hpp"

namespace peerscape {
namespace {

NextHop weighted(std::string_view gateway, std::uint16_t interface, std::uint8_t weight) {
    NextHop hop = NextHop::via(ip(gateway), eth(interface));
    hop.weight = weight;
    return hop;
}

TEST(RibWeights, AnotherWeightIsAChangeOfTheRoute) {
    RibBench rib;
    rib.add(kRipForTest, "10.8.0.0/16", 120, {weighted("10.0.0.2", 0, 1), weighted("10.0.1.2", 1, 1)});
    const auto hash = rib.rib.hash();
    const auto changes =
        rib.add(kRipForTest, "10.8.0.0/16", 120, {weighted("10.0.0.2", 0, 3), weighted("10.0.1.2", 1, 1)});
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].after.hops[0].weight, 3);
    EXPECT_NE(rib.rib.hash(), hash);
    EXPECT_EQ(rib.way("10.8.0.1"), (NextHops{weighted("10.0.0.2", 0, 3), weighted("10.0.1.2", 1, 1)}));
}

TEST(RibWeights, AWeightOfNoneStandsByUntilTheOthersFail) {
    RibBench rib;
    rib.add(kRipForTest, "10.8.0.0/16", 120, {weighted("10.0.0.2", 0, 1), weighted("10.0.1.2", 1, 0)});
    EXPECT_EQ(rib.way("10.8.0.1"), NextHops{weighted("10.0.0.2", 0, 1)});
    rib.setCarrier(0, false);
    rib.settle();
    EXPECT_EQ(rib.way("10.8.0.1"), NextHops{weighted("10.0.1.2", 1, 0)});
}

TEST(RibWeights, OneWayThatWasFoundTwiceCountsOnce) {
    RibBench rib;
    rib.add(kRipForTest, "10.8.0.0/16", 120, {weighted("10.0.0.2", 0, 3), weighted("10.0.0.2", 0, 1)});
    EXPECT_EQ(rib.way("10.8.0.1"), NextHops{weighted("10.0.0.2", 0, 3)});
}

TEST(RibWeights, AGatewayThatIsLookedUpKeepsItsWeightAndTakesThoseOfTheWaysFound) {
    RibBench rib;
    NextHop direct = NextHop::via(ip("10.0.0.2"));
    direct.weight = 7;
    rib.add(kStaticForTest, "10.7.0.0/16", 1, {direct});
    EXPECT_EQ(rib.way("10.7.0.1"), NextHops{weighted("10.0.0.2", 0, 7)});
    rib.add(kRipForTest, "10.8.0.0/16", 120, {weighted("10.0.0.2", 0, 3), weighted("10.0.1.2", 1, 1)});
    rib.add(kStaticForTest, "10.9.0.0/16", 1, {NextHop::via(ip("10.8.0.1"))});
    EXPECT_EQ(rib.way("10.9.0.1"), (NextHops{weighted("10.0.0.2", 0, 3), weighted("10.0.1.2", 1, 1)}));
}

}  // namespace
}  // namespace peerscape

#include "protocols/eigrp/traffic_share.hpp"

#include <gtest/gtest.h>

namespace peerscape::eigrp {
namespace {

std::vector<int> shares(std::vector<std::uint64_t> metrics, TrafficShare share = TrafficShare::Balanced) {
    std::vector<SharingPath> paths;
    for (const std::uint64_t metric : metrics)
        paths.push_back({metric, InterfaceId(static_cast<std::uint16_t>(paths.size()))});
    const auto weights = trafficShares(paths, share);
    return {weights.begin(), weights.end()};
}

// What `show ip route` of Cisco's routers said of such metrics, as their users posted it.
TEST(EigrpTrafficShare, CountsAreThoseThatRoutersShow) {
    const struct {
        std::uint64_t best;
        std::uint64_t other;
        std::vector<int> counts;
    } posted[] = {
        {10'639'872, 40'640'000, {80, 21}}, {10'880, 56'960, {120, 23}},    {158'720, 412'160, {60, 23}},
        {2'195'456, 3'853'568, {240, 137}}, {435'200, 921'600, {240, 113}}, {3'328, 5'376, {240, 149}},
        {3'328, 5'632, {120, 71}},          {131'072, 156'416, {80, 67}},   {3'014'400, 3'847'680, {60, 47}},
        {435'200, 2'739'200, {120, 19}},
    };
    for (const auto& [best, other, counts] : posted)
        EXPECT_EQ(shares({best, other}), counts) << best << " and " << other;
}

TEST(EigrpTrafficShare, EqualPathsHaveOneShareEach) {
    EXPECT_EQ(shares({28'160}), std::vector<int>{1});
    EXPECT_EQ(shares({28'160, 28'160, 28'160}), (std::vector<int>{1, 1, 1}));
}

TEST(EigrpTrafficShare, SimpleRatiosAreSmallNumbers) {
    EXPECT_EQ(shares({1'000, 2'000, 3'000}), (std::vector<int>{6, 3, 2}));
    EXPECT_EQ(shares({1'000, 1'000, 3'000}), (std::vector<int>{3, 3, 1}));
}

TEST(EigrpTrafficShare, NoPathIsWithoutShareHoweverLongItIs) {
    EXPECT_EQ(shares({1, 1'000'000}), (std::vector<int>{240, 1}));
    EXPECT_EQ(shares({UINT64_MAX / 4, UINT64_MAX / 2}), (std::vector<int>{2, 1}))
        << "wide metrics have 64 bits";
}

TEST(EigrpTrafficShare, TheMinimumLeavesNothingToOthers) {
    EXPECT_EQ(shares({1'000, 1'000, 1'500}, TrafficShare::MinimumMetric), (std::vector<int>{1, 1, 0}));
    const std::vector<SharingPath> onOneLan{
        {1'000, InterfaceId(0)}, {1'000, InterfaceId(0)}, {1'000, InterfaceId(1)}};
    EXPECT_EQ(trafficShares(onOneLan, TrafficShare::MinimumMetric), (std::vector<std::uint8_t>{1, 0, 1}))
        << "one of each interface";
}

}  // namespace
}  // namespace peerscape::eigrp

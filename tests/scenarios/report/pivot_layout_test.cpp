#include "scenarios/report/pivot_layout.hpp"

#include <gtest/gtest.h>

namespace peerscape::report {
namespace {

using Edges = std::vector<std::pair<std::size_t, std::size_t>>;

TEST(PivotLayout, AChainIsALineOfEqualSteps) {
    const auto at = layOutByPivots(5, {{0, 1}, {1, 2}, {2, 3}, {3, 4}});
    for (std::size_t i = 0; i + 1 < at.size(); ++i)
        EXPECT_NEAR(lengthOf(at[i + 1] - at[i]), 1, 0.05) << i;
    EXPECT_NEAR(lengthOf(at[4] - at[0]), 4, 0.1);
}

TEST(PivotLayout, AGridHasTwoDirections) {
    constexpr std::size_t kWidth = 8;
    Edges edges;
    for (std::size_t i = 0; i < kWidth * kWidth; ++i) {
        if ((i + 1) % kWidth != 0) edges.emplace_back(i, i + 1);
        if (i + kWidth < kWidth * kWidth) edges.emplace_back(i, i + kWidth);
    }
    const auto at = layOutByPivots(kWidth * kWidth, edges);
    const double oneWay = lengthOf(at[0] - at[kWidth * kWidth - 1]);
    const double otherWay = lengthOf(at[kWidth - 1] - at[kWidth * (kWidth - 1)]);
    EXPECT_NEAR(oneWay / otherWay, 1, 0.2);
    EXPECT_GT(oneWay, 5);
}

TEST(PivotLayout, AnythingSmallOrInPartsHasPlacesToo) {
    EXPECT_TRUE(layOutByPivots(0, {}).empty());
    EXPECT_EQ(layOutByPivots(1, {}).size(), 1U);
    const auto at = layOutByPivots(4, {{0, 1}, {2, 3}});
    EXPECT_GT(lengthOf(at[0] - at[2]), lengthOf(at[0] - at[1]));
    for (const Point p : layOutByPivots(3, {}))
        EXPECT_EQ(p.x, p.x);  // no NaN
}

}  // namespace
}  // namespace peerscape::report

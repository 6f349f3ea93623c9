#include "scenarios/report/layout.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peerscape::report {
namespace {

using Edges = std::vector<std::pair<std::size_t, std::size_t>>;
using Given = std::vector<std::optional<Point>>;

double shortestOf(const std::vector<Point>& at) {
    double shortest = 1e9;
    for (std::size_t i = 0; i < at.size(); ++i) {
        for (std::size_t j = i + 1; j < at.size(); ++j)
            shortest = std::min(shortest, lengthOf(at[i] - at[j]));
    }
    return shortest;
}

Edges ring(std::size_t n) {
    Edges edges;
    for (std::size_t i = 0; i < n; ++i)
        edges.emplace_back(i, (i + 1) % n);
    return edges;
}

TEST(Layout, WhatTheAuthorPlacedKeepsItsShape) {
    const auto at = layOut(Given{Point{0, 0}, Point{200, 0}, Point{200, 100}}, {{0, 1}, {1, 2}}, 50);
    ASSERT_EQ(at.size(), 3U);
    EXPECT_NEAR(at[1].x - at[0].x, 2 * (at[2].y - at[1].y), 1e-6);
    EXPECT_NEAR(at[1].y, at[0].y, 1e-6);
    EXPECT_GE(lengthOf(at[2] - at[1]), 50 * 0.99);
}

TEST(Layout, NoTwoNodesOfARingMeet) {
    for (const std::size_t n : {3U, 5U, 12U, 40U}) {
        const auto at = layOut(Given(n), ring(n), 100);
        EXPECT_GT(shortestOf(at), 30) << n;
    }
}

TEST(Layout, JoinedNodesAreNearerThanOthers) {
    // Two triangles and one edge between them.
    const Edges edges{{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 5}, {5, 3}, {0, 3}};
    const auto at = layOut(Given(6), edges, 100);
    EXPECT_LT(lengthOf(at[1] - at[2]), lengthOf(at[1] - at[4]));
    EXPECT_LT(lengthOf(at[4] - at[5]), lengthOf(at[1] - at[5]));
}

TEST(Layout, AGridIsNotFolded) {
    constexpr std::size_t kWidth = 12;
    Edges edges;
    for (std::size_t i = 0; i < kWidth * kWidth; ++i) {
        if ((i + 1) % kWidth != 0) edges.emplace_back(i, i + 1);
        if (i + kWidth < kWidth * kWidth) edges.emplace_back(i, i + kWidth);
    }
    const auto at = layOut(Given(kWidth * kWidth), edges, 100);
    // Opposite corners are farthest apart, and each row runs one way.
    const double across = lengthOf(at.front() - at.back());
    EXPECT_GT(across, lengthOf(at[0] - at[kWidth - 1]));
    EXPECT_GT(across, lengthOf(at[0] - at[kWidth * (kWidth - 1)]));
    for (std::size_t row = 0; row < kWidth; ++row) {
        const Point end = at[row * kWidth + kWidth - 1] - at[row * kWidth];
        for (std::size_t i = row * kWidth; i + 1 < (row + 1) * kWidth; ++i) {
            const Point step = at[i + 1] - at[i];
            EXPECT_GT(step.x * end.x + step.y * end.y, 0) << row << " " << i;
        }
    }
}

TEST(Layout, PartsThatAreNotJoinedStandApart) {
    const Edges edges{{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 5}, {5, 3}};
    EXPECT_GT(shortestOf(layOut(Given(6), edges, 100)), 20);
    EXPECT_GT(shortestOf(layOut(Given(6), {}, 100)), 20);
}

TEST(Layout, LeavesOfAStarDoNotShareAPlace) {
    Edges edges;
    for (std::size_t i = 1; i < 30; ++i)
        edges.emplace_back(0, i);
    EXPECT_GT(shortestOf(layOut(Given(30), edges, 100)), 20);
}

TEST(Layout, TheSameGraphGetsTheSameDrawing) {
    const auto one = layOut(Given(20), ring(20), 100);
    const auto other = layOut(Given(20), ring(20), 100);
    for (std::size_t i = 0; i < one.size(); ++i) {
        EXPECT_EQ(one[i].x, other[i].x);
        EXPECT_EQ(one[i].y, other[i].y);
    }
}

TEST(Layout, NewNodesFindAPlaceBesideThoseThatHaveOne) {
    const auto at = layOut(Given{Point{0, 0}, Point{100, 0}, std::nullopt}, {{0, 1}, {1, 2}}, 100);
    EXPECT_LT(lengthOf(at[2] - at[1]), lengthOf(at[2] - at[0]));
    EXPECT_GT(lengthOf(at[2] - at[1]), 40);
}

TEST(Layout, OneAndNoneAndTheSamePlaceTwice) {
    EXPECT_TRUE(layOut({}, {}, 100).empty());
    EXPECT_EQ(layOut(Given(1), {}, 100).size(), 1U);
    const auto at = layOut(Given{Point{5, 5}, Point{5, 5}}, {{0, 1}}, 100);
    EXPECT_EQ(at[0].x, at[1].x);
}

}  // namespace
}  // namespace peerscape::report

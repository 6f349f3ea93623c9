#include "engine/base/small_vector.hpp"

#include <numeric>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peerscape {
namespace {

using testing::ElementsAre;
using Values = SmallVector<int, 4>;

int sum(std::span<const int> values) { return std::accumulate(values.begin(), values.end(), 0); }

TEST(SmallVector, PassesForASpan) {
    EXPECT_EQ(sum(Values{1, 2, 3}), 6);
    EXPECT_EQ(sum(Values()), 0);
    Values values{1, 2};
    const std::span<int> span = values;
    span[0] = 7;
    EXPECT_THAT(values, ElementsAre(7, 2));
}

TEST(SmallVector, IsTheSameValueInsideItselfAndOutside) {
    for (const std::size_t size : {0U, 3U, 4U, 5U, 100U}) {
        std::vector<int> numbers(size);
        std::iota(numbers.begin(), numbers.end(), 1);
        const Values original = numbers;
        Values copy = original;
        EXPECT_EQ(copy, original) << size;
        const Values moved = std::move(copy);
        EXPECT_EQ(moved, original) << size;
        Values assigned{9, 9};
        assigned = original;
        EXPECT_EQ(assigned, original) << size;
        Values taken{9};
        taken = std::move(assigned);
        EXPECT_EQ(taken, original) << size;
        taken.push_back(0);
        EXPECT_NE(taken, original) << size;
    }
}

}  // namespace
}  // namespace peerscape

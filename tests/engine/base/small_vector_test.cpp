#include "engine/base/small_vector.hpp"

#include <compare>
#include <cstdint>
#include <iterator>
#include <memory>
#include <numeric>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peerscape {
namespace {

using testing::ElementsAre;
using Values = SmallVector<int, 4>;

using Names = SmallVector<std::string, 2>;

/// Longer than a string keeps in itself: what is lost or freed twice is seen by the sanitizers.
std::string longName(int number) {
    return "a name that takes memory of its own, number " + std::to_string(number);
}

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

TEST(SmallVector, TakesEightBytesBesideItsElements) {
    EXPECT_EQ(sizeof(SmallVector<std::uint32_t, 1>), 16U);
    EXPECT_EQ(sizeof(SmallVector<std::uint32_t, 2>), 16U);
    EXPECT_EQ(sizeof(SmallVector<std::uint32_t, 0>), 16U);
    EXPECT_EQ(sizeof(SmallVector<std::uint32_t, 4>), 24U);
}

TEST(SmallVector, GrowsByElementsMadeInPlace) {
    Names names;
    for (int number = 0; number < 20; ++number)
        EXPECT_EQ(names.emplace_back(longName(number)), longName(number));
    ASSERT_EQ(names.size(), 20U);
    for (int number = 0; number < 20; ++number)
        EXPECT_EQ(names[static_cast<std::size_t>(number)], longName(number));
    EXPECT_EQ(names.front(), longName(0));
    EXPECT_EQ(names.back(), longName(19));
    names.pop_back();
    EXPECT_EQ(names.back(), longName(18));
    EXPECT_EQ(std::vector(names.rbegin(), names.rend()).back(), longName(0));
    names.clear();
    EXPECT_TRUE(names.empty());
}

TEST(SmallVector, AddsItsOwnElementsAlsoWhereItGrows) {
    Names names{longName(1), longName(2)};
    ASSERT_EQ(names.size(), names.capacity());
    names.push_back(names.front());
    EXPECT_THAT(names, ElementsAre(longName(1), longName(2), longName(1)));
    Names repeated{longName(1), longName(2)};
    repeated.resize(5, repeated.back());
    EXPECT_THAT(repeated, ElementsAre(longName(1), longName(2), longName(2), longName(2), longName(2)));
    repeated.assign(2, repeated[0]);
    EXPECT_THAT(repeated, ElementsAre(longName(1), longName(1)));
    names.insert(names.begin(), names.back());
    EXPECT_THAT(names, ElementsAre(longName(1), longName(1), longName(2), longName(1)));
}

TEST(SmallVector, InsertsAndErasesAnywhere) {
    Values values{1, 4};
    EXPECT_EQ(*values.insert(values.begin() + 1, 2), 2);
    EXPECT_EQ(*values.insert(values.end(), 5), 5);
    EXPECT_EQ(*values.insert(values.begin(), 0), 0);
    EXPECT_THAT(values, ElementsAre(0, 1, 2, 4, 5));
    const std::vector<int> more{10, 11, 12};
    EXPECT_EQ(values.insert(values.begin() + 3, more.begin(), more.end()) - values.begin(), 3);
    EXPECT_THAT(values, ElementsAre(0, 1, 2, 10, 11, 12, 4, 5));
    EXPECT_EQ(*values.erase(values.begin() + 3, values.begin() + 6), 4);
    EXPECT_EQ(*values.erase(values.begin()), 1);
    EXPECT_THAT(values, ElementsAre(1, 2, 4, 5));
    EXPECT_EQ(values.erase(values.begin() + 1, values.begin() + 1), values.begin() + 1);
    EXPECT_EQ(erase_if(values, [](int value) { return value % 2 == 0; }), 2U);
    EXPECT_THAT(values, ElementsAre(1, 5));
    EXPECT_EQ(values.erase(values.begin() + 1) - values.begin(), 1);
    EXPECT_THAT(values, ElementsAre(1));
    EXPECT_EQ(erase_if(values, [](int) { return true; }), 1U);
    EXPECT_TRUE(values.empty());
}

TEST(SmallVector, ChangesItsSizeBothWays) {
    Values values;
    values.resize(3);
    EXPECT_THAT(values, ElementsAre(0, 0, 0));
    values.resize(6, 7);
    EXPECT_THAT(values, ElementsAre(0, 0, 0, 7, 7, 7));
    values.resize(4);
    values.resize(5);
    EXPECT_THAT(values, ElementsAre(0, 0, 0, 7, 0));
    values.resize(2, 9);
    EXPECT_THAT(values, ElementsAre(0, 0));
    values.reserve(50);
    EXPECT_EQ(values.capacity(), 50U);
    values.shrink_to_fit();
    EXPECT_EQ(values.capacity(), 4U);
    EXPECT_THAT(values, ElementsAre(0, 0));
    values = {1, 2, 3, 4, 5};
    values.reserve(50);
    values.shrink_to_fit();
    EXPECT_EQ(values.capacity(), 5U);
    EXPECT_THAT(values, ElementsAre(1, 2, 3, 4, 5));
}

TEST(SmallVector, IsFilledFromWhatCanBeReadOnlyOnce) {
    std::istringstream numbers("1 2 3 4 5 6 7");
    const Values values(std::istream_iterator<int>(numbers), std::istream_iterator<int>{});
    EXPECT_THAT(values, ElementsAre(1, 2, 3, 4, 5, 6, 7));
}

TEST(SmallVector, KeepsWhatCanOnlyBeMoved) {
    SmallVector<std::unique_ptr<int>, 1> owners;
    for (int value = 0; value < 5; ++value)
        owners.push_back(std::make_unique<int>(value));
    SmallVector<std::unique_ptr<int>, 1> taken = std::move(owners);
    owners.clear();
    owners.push_back(std::make_unique<int>(9));
    taken.erase(taken.begin(), taken.begin() + 4);
    taken.shrink_to_fit();
    EXPECT_EQ(taken.capacity(), 1U);
    EXPECT_EQ(*taken.front(), 4);
    std::swap(owners, taken);
    EXPECT_EQ(*taken.front(), 9);
    EXPECT_EQ(*owners.front(), 4);
}

TEST(SmallVector, MayHaveNoPlaceInsideAtAll) {
    SmallVector<std::string, 0> names;
    EXPECT_TRUE(names.empty());
    EXPECT_EQ(names.capacity(), 0U);
    names.emplace_back(longName(1));
    const SmallVector<std::string, 0> copy = names;
    SmallVector<std::string, 0> moved = std::move(names);
    EXPECT_EQ(copy, moved);
    moved.clear();
    moved.shrink_to_fit();
    EXPECT_EQ(moved.capacity(), 0U);
}

TEST(SmallVector, IsOrderedAsListsAre) {
    EXPECT_LT((Values{1, 2}), (Values{1, 3}));
    EXPECT_LT((Values{1, 2}), (Values{1, 2, 0}));
    EXPECT_LT(Values(), Values{0});
    EXPECT_EQ((Values{1, 2, 3, 4, 5} <=> Values{1, 2, 3, 4, 5}), std::strong_ordering::equal);
}

/// Counts how many of it there are, and can refuse to be copied.
struct Reluctant {
    explicit Reluctant(int value) : number(value) { ++alive; }
    Reluctant(const Reluctant& other) : number(other.number) {
        if (number == refuses) throw std::runtime_error("not this one");
        ++alive;
    }
    Reluctant(Reluctant&& other) noexcept : number(other.number) { ++alive; }
    Reluctant& operator=(const Reluctant&) = default;
    Reluctant& operator=(Reluctant&&) = default;
    ~Reluctant() { --alive; }

    int number;
    inline static int alive = 0;
    inline static int refuses = -1;
};

TEST(SmallVector, LosesNothingWhereACopyFails) {
    Reluctant::alive = 0;
    {
        SmallVector<Reluctant, 2> list;
        for (int number = 0; number < 4; ++number)
            list.emplace_back(number);
        ASSERT_EQ(list.size(), list.capacity());
        Reluctant::refuses = 2;
        EXPECT_THROW(list.push_back(list[2]), std::runtime_error);
        EXPECT_EQ(list.size(), 4U);
        EXPECT_EQ(Reluctant::alive, 4);
        EXPECT_THROW((SmallVector<Reluctant, 2>(list)), std::runtime_error);
        EXPECT_EQ(Reluctant::alive, 4);
        Reluctant::refuses = -1;
        const SmallVector<Reluctant, 2> copy = list;
        EXPECT_EQ(Reluctant::alive, 8);
    }
    EXPECT_EQ(Reluctant::alive, 0);
}

}  // namespace
}  // namespace peerscape

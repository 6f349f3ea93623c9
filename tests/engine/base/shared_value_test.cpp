#include "engine/base/shared_value.hpp"

#include <barrier>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace peerscape {
namespace {

using Shared = SharedValue<std::vector<int>>;

TEST(SharedValue, CopiesShareUntilOneIsChanged) {
    Shared one(std::vector{1, 2});
    Shared other = one;
    EXPECT_EQ(&*one, &*other);
    other.edit().push_back(3);
    EXPECT_EQ(*one, (std::vector{1, 2}));
    EXPECT_EQ(*other, (std::vector{1, 2, 3}));
    EXPECT_NE(one, other);
}

TEST(SharedValue, WhatOnlyOneHasIsChangedInPlace) {
    Shared one(std::vector{1});
    const int* before = one->data();
    one.edit()[0] = 2;
    EXPECT_EQ(one->data(), before);
}

TEST(SharedValue, ValuesAreComparedAndNotPlaces) {
    EXPECT_EQ(Shared(std::vector{1}), Shared(std::vector{1}));
    EXPECT_EQ(Shared(std::vector<int>{}), Shared());
    Shared emptied(std::vector{1});
    emptied.edit().clear();
    EXPECT_EQ(emptied, Shared());
}

/// A single thread counts copies plainly, as all other tests do.
TEST(SharedValue, CopiesMayComeAndGoInSeveralThreads) {
    Shared one(std::vector{1});
    constexpr int kRounds = 1000;
    std::barrier bothAreHere(2);
    const auto copyOften = [&] {
        for (int round = 0; round < kRounds; ++round) {
            bothAreHere.arrive_and_wait();
            for (int i = 0; i < 20; ++i)
                const std::vector<Shared> copies(100, one);
        }
    };
    std::thread other(copyOften);
    copyOften();
    other.join();
    const int* before = one->data();
    one.edit()[0] = 2;
    EXPECT_EQ(one->data(), before) << "a copy is still counted";
}

}  // namespace
}  // namespace peerscape

#include "engine/base/shared_value.hpp"

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

/// While there are several threads, copies are counted so that none is lost; with one thread plainly.
TEST(SharedValue, CopiesMayComeAndGoInSeveralThreads) {
    Shared one(std::vector{1});
    const auto copyOften = [&one] {
        for (int i = 0; i < 200'000; ++i)
            const Shared copy = one;
    };
    copyOften();
    std::thread other(copyOften);
    copyOften();
    other.join();
    const int* before = one->data();
    one.edit()[0] = 2;
    EXPECT_EQ(one->data(), before) << "a copy is still counted";
}

}  // namespace
}  // namespace peerscape

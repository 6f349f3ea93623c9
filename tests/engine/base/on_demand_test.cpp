#include "engine/base/on_demand.hpp"

#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace peerscape {
namespace {

using List = OnDemand<std::vector<int>>;

TEST(OnDemand, IsThereOnceItHasBeenAskedFor) {
    List list;
    EXPECT_EQ(list.get(), nullptr);
    list.make().push_back(1);
    list.make().push_back(2);
    ASSERT_NE(list.get(), nullptr);
    EXPECT_EQ(*list.get(), (std::vector{1, 2}));
    list.reset();
    EXPECT_EQ(list.get(), nullptr);
}

TEST(OnDemand, CopiesAreOfTheirOwn) {
    List list;
    List early = list;
    list.make().push_back(1);
    List late = list;
    late.make().push_back(2);
    EXPECT_EQ(early.get(), nullptr);
    EXPECT_EQ(*list.get(), std::vector{1});
    early = late;
    late.reset();
    EXPECT_EQ(*early.get(), (std::vector{1, 2}));
}

TEST(OnDemand, IsOneWordWide) { EXPECT_EQ(sizeof(List), sizeof(void*)); }

}  // namespace
}  // namespace peerscape

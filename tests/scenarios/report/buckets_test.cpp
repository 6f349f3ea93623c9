#include "scenarios/report/buckets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peerscape::report {
namespace {

using testing::ElementsAre;
using testing::Pair;
using testing::SizeIs;

SimTime at(std::int64_t milliseconds) { return SimTime::after(Duration::milliseconds(milliseconds)); }

TEST(Buckets, CountByColumnAndRow) {
    Buckets buckets(at(10), Duration::milliseconds(1), 8);
    buckets.add(at(10), 3);
    buckets.add(at(12), 3, 5);
    buckets.add(at(12), 1);
    EXPECT_THAT(buckets.rows(),
                ElementsAre(Pair(1, ElementsAre(Pair(2, 1))), Pair(3, ElementsAre(Pair(0, 1), Pair(2, 5)))));
    EXPECT_EQ(buckets.beginOf(2), at(12));
    EXPECT_EQ(buckets.most(), 5U);
}

TEST(Buckets, ColumnsBecomeWiderWhenTimeOutgrowsThem) {
    Buckets buckets(at(0), Duration::milliseconds(1), 4);
    for (const int time : {0, 1, 2, 3})
        buckets.add(at(time), 0);
    EXPECT_EQ(buckets.width(), Duration::milliseconds(1));
    buckets.add(at(4), 0);
    EXPECT_EQ(buckets.width(), Duration::milliseconds(2));
    EXPECT_THAT(buckets.rows().at(0), ElementsAre(Pair(0, 2), Pair(1, 2), Pair(2, 1)));
    buckets.add(at(1'000), 0);
    EXPECT_EQ(buckets.width(), Duration::milliseconds(256));
    EXPECT_THAT(buckets.rows().at(0), ElementsAre(Pair(0, 5), Pair(3, 1)));
}

TEST(Buckets, ColumnsBecomeWiderWhenCountsAreTooMany) {
    Buckets buckets(at(0), Duration::milliseconds(1), 1'000, 10);
    for (Buckets::Row row = 0; row < 5; ++row) {
        for (int time = 0; time < 8; ++time)
            buckets.add(at(time), row);
    }
    EXPECT_LE(buckets.size(), 10U);
    EXPECT_THAT(buckets.rows(), SizeIs(5));
    std::uint64_t sum = 0;
    for (const auto& [row, counts] : buckets.rows()) {
        for (const auto& [column, count] : counts)
            sum += count;
    }
    EXPECT_EQ(sum, 40U);
}

TEST(Buckets, WidthsThatGrowTenfoldStayRound) {
    Buckets buckets(at(0), Duration::milliseconds(1), 100, SIZE_MAX, 10);
    buckets.add(at(7), 0);
    buckets.add(at(8), 0);
    buckets.add(at(25'000), 0);
    EXPECT_EQ(buckets.width(), Duration::seconds(1));
    EXPECT_THAT(buckets.rows().at(0), ElementsAre(Pair(0, 2), Pair(25, 1)));
}

TEST(Buckets, OneCountPerRowIsTheLeast) {
    Buckets buckets(at(0), Duration::milliseconds(1), 1'000, 2);
    for (Buckets::Row row = 0; row < 5; ++row) {
        buckets.add(at(row), row);
        buckets.add(at(row), row);
    }
    EXPECT_EQ(buckets.size(), 5U);
    EXPECT_EQ(buckets.most(), 2U);
}

TEST(Buckets, MemoryDoesNotGrowWithTheRun) {
    Buckets buckets(at(0), Duration::milliseconds(1), 100);
    for (std::int64_t time = 0; time < 200'000; ++time)
        buckets.add(at(time), 0);
    EXPECT_LE(buckets.size(), 100U);
    EXPECT_GE(buckets.size(), 50U);
}

}  // namespace
}  // namespace peerscape::report

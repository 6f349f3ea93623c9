#include "scenarios/report/axis.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peerscape::report {
namespace {

using testing::ElementsAre;

std::vector<std::string> textsOf(const std::vector<Tick>& ticks) {
    std::vector<std::string> texts;
    for (const Tick& tick : ticks)
        texts.push_back(tick.text);
    return texts;
}

TEST(TimeAxis, StepsAreOneTwoOrFive) {
    EXPECT_THAT(textsOf(timeAxis(Duration::seconds(10), 10).ticks),
                ElementsAre("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"));
    EXPECT_THAT(textsOf(timeAxis(Duration::seconds(60), 8).ticks),
                ElementsAre("0", "10", "20", "30", "40", "50", "60"));
    EXPECT_THAT(textsOf(timeAxis(Duration::seconds(240), 5).ticks),
                ElementsAre("0", "50", "100", "150", "200"));
}

TEST(TimeAxis, TakesTheUnitThatSuits) {
    EXPECT_EQ(timeAxis(Duration::minutes(10), 8).unit, "s");
    EXPECT_EQ(timeAxis(Duration::milliseconds(1'500), 8).unit, "ms");
    EXPECT_EQ(timeAxis(Duration::microseconds(3), 8).unit, "µs");
    EXPECT_EQ(timeAxis(Duration::nanoseconds(3), 8).unit, "ns");
    EXPECT_EQ(timeAxis(Duration::milliseconds(30), 8).perUnit, 1e6);
}

TEST(TimeAxis, HasDecimalsWhereTheyAreNeeded) {
    EXPECT_THAT(textsOf(timeAxis(Duration::seconds(2), 4).ticks),
                ElementsAre("0.0", "0.5", "1.0", "1.5", "2.0"));
    EXPECT_THAT(textsOf(timeAxis(Duration::milliseconds(2'100), 3).ticks), ElementsAre("0", "1", "2"));
}

TEST(TimeAxis, ANothingIsAnAxisToo) {
    EXPECT_THAT(textsOf(timeAxis(Duration(), 3).ticks), ElementsAre("0.0", "0.5", "1.0"));
}

TEST(TimeAxis, GroupsThousands) {
    EXPECT_EQ(timeAxis(Duration::seconds(10'000), 2).ticks.back().text, "10\u202f000");
}

TEST(CountAxis, EndsAtOrAboveTheMost) {
    EXPECT_THAT(textsOf(countAxis(7, 3)), ElementsAre("0", "5", "10"));
    EXPECT_THAT(textsOf(countAxis(1, 3)), ElementsAre("0", "1"));
    EXPECT_THAT(textsOf(countAxis(0, 3)), ElementsAre("0", "1"));
    EXPECT_THAT(textsOf(countAxis(2'500, 3)), ElementsAre("0", "1\u202f000", "2\u202f000", "3\u202f000"));
    EXPECT_GE(countAxis(UINT64_MAX, 3).back().value, 1.8e19);
}

}  // namespace
}  // namespace peerscape::report

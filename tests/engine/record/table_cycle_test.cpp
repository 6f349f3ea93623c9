#include "engine/record/table_cycle.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/record/record_log.hpp"
#include "tests/engine/base/values.hpp"

namespace peerscape {
namespace {

using testing::ElementsAre;

SelectedRoute routeOf(std::uint32_t metric) {
    SelectedRoute route;
    if (metric == 0) return route;
    route.protocol = ProtocolId{3};
    route.metric = metric;
    route.hops = {NextHop::via(IpAddress::parse("10.0.0.1").value())};
    return route;
}

/// Routes by metric; 0 is none.
class TableCycleTest : public testing::Test {
  protected:
    void change(std::int64_t time, std::uint32_t node, std::uint32_t before, std::uint32_t after,
                const char* prefix = "10.1.0.0/16") {
        auto changed = std::make_shared<RibChange>();
        changed->prefix = Prefix::parse(prefix).value();
        changed->before = routeOf(before);
        changed->after = routeOf(after);
        log.append(at(time), NodeId(node), RecordId::none(), record::RouteChanged{changed});
    }
    std::optional<TableCycle> find() const {
        return findTableCycle(std::vector<Record>(log.kept().begin(), log.kept().end()));
    }
    RecordLog log;
};

TEST_F(TableCycleTest, IsNoneInAnEmptyLogOrOneThatCameToRest) {
    EXPECT_FALSE(find().has_value());
    change(1, 0, 0, 2);
    change(2, 0, 2, 3);
    EXPECT_FALSE(find().has_value());
}

TEST_F(TableCycleTest, NamesTheReturnsAndWhatChangesInBetween) {
    change(10, 0, 0, 2);
    change(20, 1, 0, 3);
    for (std::int64_t round = 0; round < 3; ++round) {
        change(100 + round * 50, 0, 2, 0);
        change(110 + round * 50, 1, 3, 0);
        change(120 + round * 50, 1, 0, 3);
        change(130 + round * 50, 0, 0, 2);
    }
    const auto cycle = find();
    ASSERT_TRUE(cycle.has_value());
    EXPECT_THAT(cycle->returns, ElementsAre(at(20), at(130), at(180), at(230)));
    ASSERT_EQ(cycle->lastRound.size(), 4U);
    EXPECT_EQ(cycle->lastRound.front().time, at(200));
    EXPECT_EQ(cycle->lastRound.front().node, NodeId(0));
    EXPECT_FALSE(cycle->lastRound.front().change->after.exists());
    EXPECT_EQ(cycle->lastRound.back().time, at(230));
    EXPECT_EQ(cycle->period(), Duration::nanoseconds(70));
}

TEST_F(TableCycleTest, CountsFromTheBeginningEvenIfTheTablesWereNotEmptyThen) {
    for (std::int64_t round = 0; round < 2; ++round) {
        change(10 + round * 20, 0, 2, 5);
        change(20 + round * 20, 0, 5, 2);
    }
    const auto cycle = find();
    ASSERT_TRUE(cycle.has_value());
    EXPECT_EQ(cycle->returns.size(), 3U);
    EXPECT_EQ(cycle->lastRound.size(), 2U);
}

TEST_F(TableCycleTest, TellsRoutersAndPrefixesApart) {
    for (std::uint32_t node = 0; node < 6; ++node)
        change(10 + node, node, 0, 2);
    for (std::uint32_t node = 0; node < 6; ++node)
        change(20 + node, node, 0, 2, "10.2.0.0/16");
    EXPECT_FALSE(find().has_value());
}

TEST_F(TableCycleTest, DoesNotTakeWhatIsUndoneWithinAnInstantForAReturn) {
    for (std::int64_t time = 1; time < 9; ++time) {
        change(time, 0, 2, 0);
        change(time, 0, 0, 2);
    }
    EXPECT_FALSE(find().has_value());
}

TEST_F(TableCycleTest, IsOverWhenTheTablesHaveGoneElsewhereForLong) {
    for (std::int64_t round = 0; round < 4; ++round) {
        change(10 + round * 20, 0, 2, 5);
        change(20 + round * 20, 0, 5, 2);
    }
    ASSERT_TRUE(find().has_value());
    change(85, 0, 2, 7);
    ASSERT_TRUE(find().has_value());
    change(200, 0, 7, 9);
    EXPECT_FALSE(find().has_value());
}

}  // namespace
}  // namespace peerscape

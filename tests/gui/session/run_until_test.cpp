#include <algorithm>

#include "gui/session/event_filter.hpp"
#include "gui/session/lab_run.hpp"
#include "tests/gui/gui_fixture.hpp"

namespace peerscape::gui {
namespace {

class RunUntil : public testing::Test {
  protected:
    RunUntil() : run_(LabRun::load(labOf(kSquare)).run) {}

    std::optional<EventRow> go(const EventFilter& filter, Duration limit = Duration::minutes(5)) {
        auto found = run_->runUntilEvent(filter, limit);
        EXPECT_TRUE(found.has_value());
        return found.value_or(std::nullopt);
    }
    static EventFilter words(const char* text) {
        EventFilter filter;
        filter.words = text;
        return filter;
    }
    /// What the list has that matches, after an instant, by looking at every row.
    std::optional<EventRow> firstAfter(SimTime time, const EventFilter& filter) {
        const EventRows rows = run_->snapshot({})->events;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i].time > time && matches(rows[i], filter)) return rows[i];
        }
        return std::nullopt;
    }

    std::unique_ptr<LabRun> run_;
};

TEST_F(RunUntil, StopsAtTheInstantOfTheEventAndNotLater) {
    EventFilter filter;
    filter.node = "A";
    filter.kind = EventRow::Kind::Route;
    filter.words = "10.4.0.0/16";
    const auto found = go(filter);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(run_->now(), found->time);
    EXPECT_EQ(found->node, "A");
    EXPECT_EQ(found->kind, EventRow::Kind::Route);
    ASSERT_TRUE(run_->seek(SimTime::start() + Duration::minutes(1)).has_value());
    EXPECT_EQ(firstAfter(SimTime::start(), filter)->id, found->id) << "there was none before it";
}

TEST_F(RunUntil, FromThePastFindsWhatHasBeenSeenBefore) {
    ASSERT_TRUE(run_->seek(SimTime::start() + Duration::minutes(1)).has_value());
    EventFilter filter;
    filter.node = "D";
    filter.protocol = "rip";
    filter.kind = EventRow::Kind::Message;
    for (const int seconds : {0, 7, 23}) {
        const SimTime begin = SimTime::start() + Duration::seconds(seconds);
        ASSERT_TRUE(run_->seek(begin).has_value());
        const auto expected = firstAfter(begin, filter);
        const auto found = go(filter);
        ASSERT_TRUE(found && expected);
        EXPECT_EQ(found->id, expected->id);
        EXPECT_EQ(run_->now(), expected->time);
    }
}

TEST_F(RunUntil, FindsOneAfterTheOther) {
    SimTime last;
    for (int i = 0; i < 5; ++i) {
        const auto found = go(words("rip"));
        ASSERT_TRUE(found.has_value());
        EXPECT_GT(found->time, last);
        last = found->time;
    }
}

TEST_F(RunUntil, SaysWhenThereIsNoneAndStopsAtTheLimit) {
    EXPECT_FALSE(go(words("no event says this"), Duration::seconds(30)).has_value());
    EXPECT_LE(run_->now(), SimTime::start() + Duration::seconds(30));
    EXPECT_GT(run_->now(), SimTime::start() + Duration::seconds(20));
    // There is one, but only after the limit.
    const auto later = go(words("rip"));
    ASSERT_TRUE(later.has_value());
    ASSERT_TRUE(run_->seek(SimTime::start()).has_value());
    EventFilter filter = words("rip");
    filter.node = "A";
    EXPECT_FALSE(go(filter, Duration::nanoseconds(1)).has_value());
}

TEST_F(RunUntil, IsGivenUpWhereItStandsAndTellsHowFarItIs) {
    double last = -1;
    int asked = 0;
    const auto found = run_->runUntilEvent(words("no event says this"), Duration::hours(1), [&](double part) {
        EXPECT_GE(part, last);
        last = part;
        return ++asked < 40;
    });
    ASSERT_TRUE(found.has_value());
    EXPECT_FALSE(found->has_value());
    EXPECT_EQ(asked, 40);
    EXPECT_LT(run_->now(), SimTime::start() + Duration::minutes(10));
}

TEST(EventFilters, EveryPartHasToMatch) {
    EventRow row;
    row.node = "A";
    row.protocol = "rip";
    row.kind = EventRow::Kind::Message;
    row.text = "A sends a RIP Response";
    row.isRoutine = true;
    EXPECT_TRUE(matches(row, {}));
    EXPECT_TRUE(matches(row, {"A", "rip", EventRow::Kind::Message, "response", true}));
    EXPECT_FALSE(matches(row, {"B", "", std::nullopt, "", true}));
    EXPECT_FALSE(matches(row, {"", "bgp", std::nullopt, "", true}));
    EXPECT_FALSE(matches(row, {"", "", EventRow::Kind::Route, "", true}));
    EXPECT_FALSE(matches(row, {"", "", std::nullopt, "withdraws", true}));
    EXPECT_FALSE(matches(row, {"", "", std::nullopt, "", false})) << "it is a routine";
    EXPECT_TRUE(matches(row, {"", "", std::nullopt, "a rip MESSAGE", true})) << "as the list writes it";
}

}  // namespace
}  // namespace peerscape::gui

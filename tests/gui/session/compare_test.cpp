#include "gui/session/compare.hpp"

#include <algorithm>

#include "gui/session/lab_run.hpp"
#include "tests/gui/gui_fixture.hpp"

namespace peerscape::gui {
namespace {

class Compare : public testing::Test {
  protected:
    Compare() : run_(LabRun::load(labOf(kSquare)).run) { EXPECT_TRUE(run_->nextStep().has_value()); }

    ComparisonPtr with(const OtherInstant& other) {
        Watch watch;
        watch.other = other;
        return run_->snapshot(watch)->comparison;
    }
    static bool has(const Comparison& comparison, const std::string& node, const std::string& words,
                    bool isOnlyNow) {
        return std::ranges::any_of(comparison.rows, [&](const Comparison::Row& row) {
            return row.node == node && row.isOnlyNow == isOnlyNow &&
                   row.text.find(words) != std::string::npos;
        });
    }

    std::unique_ptr<LabRun> run_;
};

TEST_F(Compare, AnInstantWithItselfFindsNothing) {
    const ComparisonPtr same = with({"main", run_->now()});
    ASSERT_NE(same, nullptr);
    EXPECT_TRUE(same->rows.empty());
    EXPECT_EQ(run_->snapshot({})->comparison, nullptr) << "nobody asked";
}

TEST_F(Compare, TwoInstantsFindsWhatTheCutChanged) {
    const SimTime before = run_->now();
    ASSERT_TRUE(run_->seek(before + Duration::milliseconds(1)).has_value());
    ASSERT_TRUE(run_->perform({lab_action::Fail{{NameRef{"bd", {}}}, std::nullopt}, {}}).has_value());
    ASSERT_TRUE(run_->converge());
    const SimTime after = run_->now();
    const ComparisonPtr found = with({"main", before});
    EXPECT_EQ(found->time, before);
    EXPECT_EQ(run_->now(), after);
    EXPECT_TRUE(has(*found, "B", "10.4.0.0/16 [120/2]", false));
    EXPECT_TRUE(has(*found, "B", "10.4.0.0/16 [120/4]", true));
    EXPECT_FALSE(has(*found, "C", "10.4.0.0/16", true)) << "C was not concerned";
}

TEST_F(Compare, TwoTimelinesAtTheSameInstant) {
    const SimTime fork = run_->now() - Duration::milliseconds(1);
    ASSERT_TRUE(run_->seek(run_->now() + Duration::seconds(20)).has_value());
    ASSERT_TRUE(run_->seek(fork).has_value());
    ASSERT_TRUE(run_->perform({lab_action::Fail{{NameRef{"bd", {}}}, std::nullopt}, {}}).has_value());
    ASSERT_TRUE(run_->seek(fork + Duration::seconds(10)).has_value());
    const ComparisonPtr found = with({"main", std::nullopt});
    EXPECT_EQ(found->timeline, "main");
    EXPECT_EQ(found->time, run_->now());
    EXPECT_TRUE(has(*found, "B", "10.4.0.0/16 [120/2]", false));
    ASSERT_TRUE(run_->switchTimeline("main").has_value());
    ASSERT_TRUE(run_->seek(fork + Duration::seconds(10)).has_value());
    const ComparisonPtr reverse = with({"branch-1", std::nullopt});
    EXPECT_TRUE(has(*reverse, "B", "10.4.0.0/16 [120/2]", true));
    EXPECT_EQ(reverse->rows.size(), found->rows.size());
}

TEST_F(Compare, ATimelineGoesNoFurtherThanItReaches) {
    const SimTime reached = run_->now();
    ASSERT_TRUE(run_->seek(SimTime::start()).has_value());
    const ComparisonPtr found = with({"main", reached + Duration::hours(1)});
    EXPECT_EQ(found->time, reached);
    EXPECT_EQ(with({"nowhere", std::nullopt}), nullptr);
}

TEST_F(Compare, WhatIsKeptFromPictureToPictureIsWhatIsFoundAnew) {
    const SimTime fork = run_->now() - Duration::milliseconds(1);
    ASSERT_TRUE(run_->nextStep().has_value());
    const SimTime end = run_->now();
    ASSERT_TRUE(run_->seek(fork).has_value());
    ASSERT_TRUE(run_->perform({lab_action::Fail{{NameRef{"bd", {}}}, std::nullopt}, {}}).has_value());
    const auto expectAsAnew = [&](const OtherInstant& other) {
        const ComparisonPtr kept = with(other);
        (void)run_->snapshot({});  // forgets
        const ComparisonPtr anew = with(other);
        ASSERT_TRUE(kept && anew);
        EXPECT_EQ(kept->time, anew->time);
        ASSERT_EQ(kept->rows.size(), anew->rows.size()) << toString(run_->now());
        for (std::size_t i = 0; i < kept->rows.size(); ++i) {
            EXPECT_EQ(kept->rows[i].node + kept->rows[i].text, anew->rows[i].node + anew->rows[i].text);
            EXPECT_EQ(kept->rows[i].isOnlyNow, anew->rows[i].isOnlyNow);
        }
    };
    // On, back, on again, past the end of the other timeline, and after an action.
    for (const OtherInstant& other : {OtherInstant{"main", std::nullopt}, OtherInstant{"main", end}}) {
        for (const int seconds : {0, 1, 2, 20, 5, 6, 60}) {
            ASSERT_TRUE(run_->seek(fork + Duration::seconds(seconds)).has_value());
            (void)with(other);
            ASSERT_TRUE(run_->nextEvent());
            expectAsAnew(other);
        }
        (void)with(other);
        ASSERT_TRUE(run_->switchTimeline("main").has_value());
        ASSERT_TRUE(run_->seek(end + Duration::seconds(1)).has_value());
        ASSERT_TRUE(run_->perform({lab_action::Restore{{NameRef{"ab", {}}}}, {}}).has_value());
        ASSERT_TRUE(run_->seek(end + Duration::seconds(30)).has_value());
        ASSERT_TRUE(run_->switchTimeline("branch-1").has_value());
        expectAsAnew(other);
    }
}

}  // namespace
}  // namespace peerscape::gui

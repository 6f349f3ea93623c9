#include "gui/session/message_views.hpp"

#include <algorithm>

#include "gui/session/lab_run.hpp"
#include "tests/gui/gui_fixture.hpp"

namespace peerscape::gui {
namespace {

/// The first row from `time` on that the claim is true of.
template <typename Claim>
EventRow rowOf(const Snapshot& shot, SimTime time, Claim isMeant) {
    for (std::size_t i = 0; i < shot.events.size(); ++i) {
        if (shot.events[i].time >= time && isMeant(shot.events[i])) return shot.events[i];
    }
    ADD_FAILURE() << "no such row";
    return {};
}

bool speaksOf(const MessageView& view, const std::string& node, const std::string& words) {
    return std::ranges::any_of(view.consequences, [&](const ConsequenceView& one) {
        return one.node == node && one.text.find(words) != std::string::npos;
    });
}

class Message : public testing::Test {
  protected:
    Message() : run_(LabRun::load(labOf(kSquare)).run) {
        EXPECT_TRUE(run_->nextStep().has_value());
        EXPECT_TRUE(run_->nextStep().has_value());
        end_ = run_->now();
    }

    std::unique_ptr<LabRun> run_;
    SimTime end_;
};

TEST_F(Message, LeadsToWhatItsReceiverDidWithIt) {
    const SnapshotPtr shot = run_->snapshot({});
    const EventRow sent = rowOf(*shot, SimTime::start(), [](const EventRow& row) {
        return row.kind == EventRow::Kind::Message && row.node == "D" && row.link == "bd" &&
               row.text.find("response") != std::string::npos;
    });
    const auto view = run_->examine(sent.id);
    ASSERT_TRUE(view.has_value());
    EXPECT_EQ((*view)->text, sent.text);
    EXPECT_EQ((*view)->node, "D");
    EXPECT_FALSE((*view)->cause.empty());
    EXPECT_TRUE(speaksOf(**view, "B", "B received on eth1"));
    EXPECT_TRUE(speaksOf(**view, "B", "B put 10.4.0.0/16 into its table"));
    for (const ConsequenceView& one : (*view)->consequences) {
        EXPECT_GT(one.id, sent.id);
        EXPECT_GE(one.depth, 1u);
    }
}

TEST_F(Message, IsTheSameFromThePastAndTheRunStaysThere) {
    const SnapshotPtr shot = run_->snapshot({});
    const EventRow cut = rowOf(*shot, SimTime::after(Duration::milliseconds(1)),
                               [](const EventRow& row) { return row.kind == EventRow::Kind::Action; });
    const auto later = run_->examine(cut.id);
    ASSERT_TRUE(run_->seek(SimTime::start()).has_value());
    const auto sooner = run_->examine(cut.id);
    EXPECT_EQ(run_->now(), SimTime::start());
    ASSERT_TRUE(later.has_value() && sooner.has_value());
    EXPECT_TRUE((*later)->bytes.empty()) << "a cut is no packet";
    EXPECT_TRUE(speaksOf(**later, "A", "A lost its interface eth0"));
    ASSERT_EQ((*later)->consequences.size(), (*sooner)->consequences.size());
    for (std::size_t i = 0; i < (*later)->consequences.size(); ++i)
        EXPECT_EQ((*later)->consequences[i].text, (*sooner)->consequences[i].text);
}

TEST_F(Message, ThatNobodyRemembersIsRefused) {
    EXPECT_FALSE(run_->examine(1'000'000'000).has_value());
    EXPECT_EQ(run_->now(), end_);
}

}  // namespace
}  // namespace peerscape::gui

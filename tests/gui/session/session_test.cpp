#include "gui/session/session.hpp"

#include <QCoreApplication>
#include <QSignalSpy>

#include "tests/gui/gui_fixture.hpp"

namespace peerscape::gui {
namespace {

class SessionTest : public testing::Test {
  protected:
    SessionTest() {
        session_.load(std::make_shared<const LabFile>(labOf(kSquare)));
        session_.finish();
    }

    Session session_;
};

TEST_F(SessionTest, OfSnapshotsThatTheWindowHadNoTimeForOnlyTheLastIsTold) {
    const QSignalSpy told(&session_, &Session::snapshotChanged);
    constexpr int kEvents = 40;
    for (int i = 0; i < kEvents; ++i)
        session_.nextEvent();
    // The window does nothing of its own meanwhile: finish() waits first, and then has all news told.
    session_.finish();
    EXPECT_EQ(told.size(), 1) << "one picture, not " << kEvents;
    const SimTime there = session_.snapshot()->now;
    EXPECT_GT(there, SimTime::start());
    session_.nextEvent();
    session_.finish();
    EXPECT_EQ(told.size(), 2);
    EXPECT_GT(session_.snapshot()->now, there);
}

TEST_F(SessionTest, WhatTakesLongIsGivenUpWhereItStands) {
    session_.seek(SimTime::start() + Duration::hours(2000));
    session_.pause();
    session_.finish();
    EXPECT_LT(session_.snapshot()->now, SimTime::start() + Duration::hours(1000));
    session_.nextEvent();
    session_.finish();
    EXPECT_GT(session_.snapshot()->now, SimTime::start()) << "what is asked for afterwards is done";
}

TEST_F(SessionTest, AReviewSaysHowMuchIsDone) {
    session_.seek(SimTime::start() + Duration::minutes(10));
    session_.finish();
    const QSignalSpy progress(&session_, &Session::progressed);
    const QSignalSpy reviewed(&session_, &Session::reviewed);
    session_.review();
    session_.finish();
    ASSERT_EQ(reviewed.size(), 1);
    ASSERT_GT(progress.size(), 20);
    double last = 0;
    for (const QList<QVariant>& step : progress) {
        EXPECT_GT(step.front().toDouble(), last);
        last = step.front().toDouble();
    }
    EXPECT_NEAR(last, 1, 0.001);
}

}  // namespace
}  // namespace peerscape::gui

#include <algorithm>

#include <QStatusBar>

#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

using TimeActions = WindowTest;

SimTime at(std::int64_t seconds) { return SimTime::start() + Duration::seconds(seconds); }

TEST_F(TimeActions, GoFromConvergenceToConvergence) {
    open(kSquare);
    act("step");
    act("step");
    std::vector<SimTime> converged;
    for (const TimeMark& mark : shot().marks) {
        if (mark.kind == TimeMark::Kind::Converged) converged.push_back(mark.time);
    }
    ASSERT_EQ(converged.size(), 2U) << "once after the start, once after the cut";
    act("previousConvergence");
    EXPECT_EQ(shot().now, converged[1]);
    act("previousConvergence");
    EXPECT_EQ(shot().now, converged[0]);
    act("previousConvergence");
    EXPECT_EQ(shot().now, SimTime::start()) << "there is none before";
    act("nextConvergence");
    act("nextConvergence");
    EXPECT_EQ(shot().now, converged[1]);
}

TEST_F(TimeActions, OfALabThatHasNotRunTheNextConvergenceIsFound) {
    open(kSquare);
    act("nextConvergence");
    EXPECT_GT(shot().now, SimTime::start());
    EXPECT_TRUE(std::ranges::any_of(
        shot().marks, [](const TimeMark& mark) { return mark.kind == TimeMark::Kind::Converged; }));
}

TEST_F(TimeActions, ATimeIsTypedAsInALabFile) {
    open(kSquare);
    window_.goTo("90 s");
    settle();
    EXPECT_EQ(shot().now, at(90));
    window_.goTo("1min");
    settle();
    EXPECT_EQ(shot().now, at(60));
    window_.goTo("soon");
    settle();
    EXPECT_EQ(shot().now, at(60)) << "what is no time changes nothing";
    EXPECT_TRUE(window_.statusBar()->currentMessage().contains("'soon'"))
        << window_.statusBar()->currentMessage().toStdString();
}

TEST_F(TimeActions, StepsGoOnUntilOneFails) {
    open(kSquare +
         "  - name: never reached\n    expect:\n      - {route: {router: A, prefix: 10.4.0.0/16}}\n");
    act("stepsUntilFailure");
    ASSERT_EQ(shot().expectations.size(), 3U);
    EXPECT_EQ(shot().expectations.back().verdict, ExpectationView::Verdict::Fail);
    EXPECT_EQ(shot().nextStep, "never reached");
    act("stepsUntilFailure");
    EXPECT_EQ(shot().expectations.size(), 4U);
    EXPECT_EQ(shot().nextStep, "");
}

}  // namespace
}  // namespace peerscape::gui

#include "gui/session/lab_run.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "tests/gui/gui_fixture.hpp"

namespace peerscape::gui {
namespace {

std::unique_ptr<LabRun> loaded(const std::string& text) {
    LabRun::Loaded loaded = LabRun::load(labOf(text));
    for (const Diagnostic& d : loaded.diagnostics)
        ADD_FAILURE() << toString(d);
    if (!loaded.run) throw std::runtime_error("the lab of this test cannot run");
    return std::move(loaded.run);
}

const Watch kAtA{"A", "10.4.0.0/16"};

/// Everything a picture shows of the instant itself.
std::string stateOf(const Snapshot& shot) {
    std::string text = fmt::format("{} {:016x}\n", toString(shot.now), shot.fingerprint);
    for (const NodeView& node : shot.nodes) {
        text += node.name + (node.isCutOff ? " cut off" : "");
        for (const InterfaceView& interface : node.interfaces)
            text += fmt::format(" {}={}", interface.name, interface.isUp);
    }
    for (const LinkView& link : shot.links)
        text += fmt::format("\n{} {} {}", link.name, link.isUp, link.properties);
    for (const RouteRow& row : shot.tables.routes)
        text += fmt::format("\n{} {} {} {} {}", row.prefix, row.protocol, row.preference, row.via,
                            row.isSelected);
    for (const RipRow& row : shot.tables.rip)
        text += fmt::format("\n{} {} {} {} {}", row.prefix, row.metric, row.from, static_cast<int>(row.timer),
                            toString(row.left));
    for (const NeighborRow& row : shot.tables.neighbors)
        text += fmt::format("\n{} {} {} {}", row.name, row.state, row.reason, toString(row.since));
    for (const TextTable& table : shot.tables.texts)
        text += "\n" + table.text;
    for (const HopArrow& arrow : shot.arrows)
        text +=
            fmt::format("\n{} > {} by {} {}", arrow.from, arrow.to, arrow.link, static_cast<int>(arrow.kind));
    return text;
}

TEST(LabRun, GoesTheSameWayAsTheRunner) {
    const FinishedRun byRunner = runLab(kSquare);
    const auto run = loaded(kSquare);
    while (run->nextStep().has_value()) {
    }
    const SnapshotPtr shot = run->snapshot({});
    EXPECT_EQ(shot->fingerprint, byRunner.result.fingerprint);
    EXPECT_EQ(shot->now, byRunner.result.end);
    ASSERT_EQ(shot->expectations.size(), 3U);
    EXPECT_EQ(shot->expectations[0].verdict, ExpectationView::Verdict::Pass);
    EXPECT_EQ(shot->expectations[1].verdict, ExpectationView::Verdict::Pass) << shot->expectations[1].actual;
    EXPECT_EQ(shot->expectations[2].verdict, ExpectationView::Verdict::Fail);
    EXPECT_EQ(shot->expectations[2].remark, "Not with nine hops");
    EXPECT_EQ(shot->nextStep, "");
}

TEST(LabRun, GoingBackShowsEveryTableAsItWas) {
    const auto run = loaded(kSquare);
    std::vector<std::string> states;
    std::vector<SimTime> times;
    for (int i = 0; i < 12; ++i) {
        // One goes back to the end of an instant, so that is what must be there again.
        ASSERT_TRUE(run->seek(run->now()).has_value());
        times.push_back(run->now());
        states.push_back(stateOf(*run->snapshot(kAtA)));
        if (i == 6) {
            ASSERT_TRUE(run->perform({lab_action::Fail{{NameRef{"ab", {}}}, std::nullopt}, {}}).has_value());
            ASSERT_TRUE(run->seek(run->now()).has_value());
            states.back() = stateOf(*run->snapshot(kAtA));
        }
        ASSERT_TRUE(run->seek(run->now() + Duration::seconds(3)).has_value());
    }
    for (const std::size_t i : {11U, 3U, 8U, 0U, 7U, 2U, 10U, 6U}) {
        ASSERT_TRUE(run->seek(times[i]).has_value());
        EXPECT_EQ(stateOf(*run->snapshot(kAtA)), states[i]) << "at " << toString(times[i]);
    }
}

TEST(LabRun, EventsAheadStayInTheListWhenOneGoesBack) {
    const auto run = loaded(kSquare);
    ASSERT_TRUE(run->converge());
    const SnapshotPtr there = run->snapshot({});
    ASSERT_TRUE(run->seek(SimTime::start()).has_value());
    const SnapshotPtr here = run->snapshot({});
    EXPECT_EQ(here->events.size(), there->events.size());
    EXPECT_LT(here->events.countUpTo(here->now), here->events.size());
    EXPECT_EQ(here->furthest, there->now);
    ASSERT_TRUE(run->seek(there->now).has_value());
    EXPECT_EQ(run->snapshot({})->events.size(), there->events.size()) << "nothing is listed twice";
}

TEST(LabRun, StepsForwardAndBackMeetTheSameInstants) {
    const auto run = loaded(kSquare);
    ASSERT_TRUE(run->converge());
    const SimTime end = run->now();
    ASSERT_TRUE(run->seek(SimTime::start()).has_value());
    std::vector<SimTime> changes;
    while (run->nextChange() && run->now() <= end)
        changes.push_back(run->now());
    ASSERT_GT(changes.size(), 2U);
    ASSERT_TRUE(run->seek(end).has_value());
    for (std::size_t i = changes.size(); i-- > 0;) {
        ASSERT_TRUE(run->previousChange());
        EXPECT_EQ(run->now(), changes[i]);
    }
    EXPECT_TRUE(run->nextEvent());
    EXPECT_TRUE(run->previousEvent());
    ASSERT_TRUE(run->seek(SimTime::start()).has_value());
    EXPECT_FALSE(run->previousEvent()) << "this is the start";
}

TEST(LabRun, AnActionInThePastBeginsAnotherTimeline) {
    const auto run = loaded(kSquare);
    ASSERT_TRUE(run->converge());
    const SimTime end = run->now();
    ASSERT_TRUE(run->seek(SimTime::after(Duration::seconds(1))).has_value());
    const std::string before = stateOf(*run->snapshot(kAtA));
    ASSERT_TRUE(run->perform({lab_action::Fail{{NameRef{"ab", {}}}, std::nullopt}, {}}).has_value());
    ASSERT_TRUE(run->seek(end).has_value());
    const SnapshotPtr other = run->snapshot(kAtA);
    EXPECT_EQ(other->timelines.size(), 2U);
    EXPECT_EQ(other->timeline, "branch-1");
    EXPECT_NE(stateOf(*other).find("ab false"), std::string::npos);
    ASSERT_TRUE(run->switchTimeline("main").has_value());
    ASSERT_TRUE(run->seek(SimTime::after(Duration::seconds(1))).has_value());
    EXPECT_EQ(stateOf(*run->snapshot(kAtA)), before);
    EXPECT_TRUE(run->snapshot({})->marks.size() <= 1U) << "the fault is a mark of the other timeline";
}

/// Gives up at the third question, having looked at the run in between as the window does.
LabRun::KeepOn impatient(LabRun& run) {
    return [&run, questions = 0]() mutable {
        (void)run.snapshot({});
        return ++questions < 3;
    };
}

TEST(LabRun, AStepThatIsGivenUpHasNotBegun) {
    const auto run = loaded(kSquare);
    const auto straight = loaded(kSquare);
    ASSERT_TRUE(run->nextStep().has_value());
    ASSERT_TRUE(straight->nextStep().has_value());
    const SnapshotPtr before = run->snapshot(kAtA);
    ASSERT_TRUE(run->nextStep(impatient(*run)).has_value());
    const SnapshotPtr after = run->snapshot(kAtA);
    EXPECT_EQ(stateOf(*after), stateOf(*before));
    EXPECT_EQ(after->nextStep, "cut ab");
    EXPECT_EQ(after->furthest, before->furthest);
    EXPECT_EQ(after->events.size(), before->events.size());
    EXPECT_EQ(after->marks.size(), before->marks.size());
    EXPECT_EQ(after->expectations.size(), before->expectations.size());
    // And then it is taken as if nobody had ever been impatient.
    ASSERT_TRUE(run->nextStep().has_value());
    ASSERT_TRUE(straight->nextStep().has_value());
    EXPECT_EQ(stateOf(*run->snapshot(kAtA)), stateOf(*straight->snapshot(kAtA)));
    EXPECT_EQ(run->snapshot({})->timelines.size(), 1U);
    EXPECT_EQ(run->snapshot({})->expectations.size(), straight->snapshot({})->expectations.size());
}

TEST(LabRun, AStepInThePastThatIsGivenUpLeavesNoTimelineBehind) {
    const auto run = loaded(kSquare);
    ASSERT_TRUE(run->nextStep().has_value());
    ASSERT_TRUE(run->nextStep().has_value());
    const std::string end = stateOf(*run->snapshot(kAtA));
    const SimTime there = run->now();
    ASSERT_TRUE(run->seek(SimTime::start()).has_value());
    EXPECT_EQ(run->snapshot({})->nextStep, "cut ab") << "it is taken later, so here it is still to come";
    ASSERT_TRUE(run->stepsUntilFailure(impatient(*run)).has_value());
    EXPECT_EQ(run->snapshot({})->timelines.size(), 1U);
    ASSERT_TRUE(run->seek(there).has_value());
    EXPECT_EQ(stateOf(*run->snapshot(kAtA)), end);
    EXPECT_EQ(run->snapshot({})->expectations.size(), 3U);
}

TEST(LabRun, AStepCanBeTakenAgainWhereOneHasGoneBackBeforeIt) {
    const auto run = loaded(kSquare);
    ASSERT_TRUE(run->nextStep().has_value());
    ASSERT_TRUE(run->nextStep().has_value());
    const std::string end = stateOf(*run->snapshot(kAtA));
    ASSERT_TRUE(run->seek(SimTime::start()).has_value());
    ASSERT_TRUE(run->nextStep().has_value());
    const SnapshotPtr again = run->snapshot(kAtA);
    EXPECT_EQ(again->timeline, "branch-1");
    EXPECT_EQ(again->nextStep, "");
    EXPECT_NE(stateOf(*again), end) << "the cut came at the start here, not after convergence";
    EXPECT_EQ(again->expectations.size(), 2U) << "that of the start was judged later";
}

TEST(LabRun, ARefusedActionLeavesNoTimelineBehind) {
    const auto run = loaded(kSquare);
    ASSERT_TRUE(run->converge());
    ASSERT_TRUE(run->seek(SimTime::start()).has_value());
    EXPECT_FALSE(run->perform({lab_action::Fail{{NameRef{"nobody", {}}}, std::nullopt}, {}}).has_value());
    EXPECT_EQ(run->snapshot({})->timelines.size(), 1U);
    EXPECT_EQ(run->snapshot({})->timeline, "main");
}

TEST(LabRun, ShowsWhereEveryRouterSendsPackets) {
    const auto run = loaded(kSquare);
    ASSERT_TRUE(run->converge());
    const auto arrows = run->snapshot(kAtA)->arrows;
    const auto from = [&](const std::string& node) {
        return *std::ranges::find(arrows, node, &HopArrow::from);
    };
    EXPECT_EQ(from("B").to, "D");
    EXPECT_EQ(from("B").link, "bd");
    EXPECT_EQ(from("D").kind, HopArrow::Kind::Local);
    const auto nowhere = run->snapshot({"A", "192.0.2.0/24"})->arrows;
    EXPECT_EQ(nowhere.front().kind, HopArrow::Kind::None);
    EXPECT_TRUE(run->snapshot({"A", "no prefix"})->arrows.empty());
}

TEST(LabRun, SaysWhyAndAnswersCommands) {
    const auto run = loaded(kSquare);
    ASSERT_TRUE(run->converge());
    const auto story = run->why("A", "10.4.0.0/16");
    ASSERT_TRUE(story.has_value());
    EXPECT_NE((*story)->text.find("D told"), std::string::npos) << (*story)->text;
    ASSERT_GE((*story)->steps.size(), 2U);
    EXPECT_EQ((*story)->steps.back().node, "A");
    const auto told = std::ranges::find((*story)->steps, "D", &StoryView::Step::node);
    EXPECT_NE(told, (*story)->steps.end()) << "its LAN is there";
    EXPECT_FALSE(run->why("nobody", "10.4.0.0/16").has_value());
    EXPECT_FALSE(run->why("A", "10.4").has_value());
    const auto answer = run->command("A", "show ip route");
    ASSERT_TRUE(answer.has_value());
    EXPECT_NE(answer->find("10.4.0.0/16"), std::string::npos);
    std::vector<std::string> warnings;
    EXPECT_TRUE(run->configure("A", {"router rip", "passive-interface eth0"}, warnings).has_value());
    EXPECT_FALSE(run->configure("A", {"rooter rip"}, warnings).has_value());
}

TEST(LabRun, GivesUpWhereItIsTold) {
    const auto run = loaded(kSquare);
    int asked = 0;
    ASSERT_TRUE(run->seek(SimTime::after(Duration::hours(2)), [&] { return ++asked < 3; }).has_value());
    EXPECT_EQ(asked, 3);
    EXPECT_LT(run->now(), SimTime::after(Duration::hours(2)));
    EXPECT_GT(run->now(), SimTime::start());
}

TEST(LabRun, ALabThatCannotBeSwitchedOnSaysWhy) {
    LabFile lab = labOf(kSquare);
    lab.routers[0].config[0].text = "rooter rip\n";
    const LabRun::Loaded loaded = LabRun::load(lab);
    EXPECT_EQ(loaded.run, nullptr);
    EXPECT_FALSE(loaded.diagnostics.empty());
}

}  // namespace
}  // namespace peerscape::gui

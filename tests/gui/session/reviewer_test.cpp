#include "gui/session/reviewer.hpp"

#include <algorithm>
#include <sstream>

#include "gui/session/lab_run.hpp"
#include "scenarios/report/json_report.hpp"
#include "scenarios/world/run_report.hpp"
#include "tests/gui/gui_fixture.hpp"
#include "tests/scenarios/world/hijacked_line.hpp"

namespace peerscape::gui {
namespace {

std::string jsonOf(const report::ReportData& data) {
    std::ostringstream out;
    report::writeJson(data, out);
    return out.str();
}

/// What `peerscape run --report` writes of the lab.
class RunnersReport {
  public:
    explicit RunnersReport(const std::string& lab) : world_(makeWorld(lab)) {
        StepRunner runner(*world_, {});
        auto report = RunReport::open(*world_, folder_.path());
        EXPECT_TRUE(report.has_value());
        (*report)->follow(runner);
        RunResult result;
        while (!runner.isDone()) {
            result.steps.push_back(runner.runNext());
            (*report)->stepEnded(result.steps.back());
        }
        result.fingerprint = std::as_const(*world_).lab().fingerprint();
        result.end = std::as_const(*world_).lab().now();
        EXPECT_TRUE((*report)->finish(result).has_value());
    }
    std::string file(const char* name) const { return readFile(folder_.path() / name); }

  private:
    TemporaryFolder folder_;
    std::unique_ptr<LabWorld> world_;
};

class ReviewOfSquare : public testing::Test {
  protected:
    ReviewOfSquare() : run_(LabRun::load(labOf(kSquare)).run) {}

    void step() { EXPECT_TRUE(run_->nextStep().has_value()); }
    ReviewPtr review() {
        auto review = run_->review();
        EXPECT_TRUE(review.has_value());
        return *review;
    }

    std::unique_ptr<LabRun> run_;
};

TEST_F(ReviewOfSquare, IsWordForWordTheReportOfTheRunner) {
    step();
    step();
    const ReviewPtr found = review();
    const RunnersReport wanted(kSquare);
    EXPECT_EQ(jsonOf(found->data), wanted.file("report.json"));
    EXPECT_EQ(found->events, wanted.file("events.csv"));
}

TEST(Reviewer, TellsAlarmsAsTheReportOfTheRunnerDoes) {
    const auto run = LabRun::load(labOf(kHijackedLine)).run;
    while (run->nextStep().has_value()) {
    }
    const auto found = run->review();
    ASSERT_TRUE(found.has_value());
    EXPECT_NE((*found)->events.find(",alarm over,"), std::string::npos);
    EXPECT_EQ((*found)->events, RunnersReport(kHijackedLine).file("events.csv"));
}

TEST_F(ReviewOfSquare, LeavesTheRunWhereItIs) {
    step();
    step();
    const SnapshotPtr end = run_->snapshot({});
    ASSERT_TRUE(run_->seek(SimTime::after(Duration::seconds(2))).has_value());
    const SnapshotPtr before = run_->snapshot({});
    const ReviewPtr found = review();
    EXPECT_EQ(run_->snapshot({})->fingerprint, before->fingerprint);
    EXPECT_EQ(found->data.fingerprint, end->fingerprint) << "it is about the whole timeline";
    EXPECT_EQ(found->data.end, end->now);
}

TEST_F(ReviewOfSquare, TellsAnActionByHandAsAStep) {
    step();
    const SimTime cut = run_->now();
    ASSERT_TRUE(run_->perform({lab_action::Fail{{NameRef{"bd", {}}}, std::nullopt}, {}}).has_value());
    ASSERT_TRUE(run_->converge());
    const ReviewPtr found = review();
    ASSERT_EQ(found->data.steps.size(), 2u);
    EXPECT_EQ(found->data.steps[0].name, "start");
    const report::Step& byHand = found->data.steps[1];
    EXPECT_EQ(byHand.begin, cut);
    EXPECT_EQ(byHand.end, run_->now());
    EXPECT_TRUE(byHand.isConverged);
    EXPECT_GT(byHand.routeChanges, 0u);
    ASSERT_EQ(byHand.actions.size(), 1u);
    EXPECT_NE(byHand.actions[0].text.find("bd"), std::string::npos);
    EXPECT_EQ(byHand.traffic.front().protocol, "rip");
    EXPECT_FALSE(byHand.hasFailed);
}

TEST_F(ReviewOfSquare, SaysOfAnActionThatWasNotWaitedFor) {
    ASSERT_TRUE(run_->seek(SimTime::after(Duration::seconds(3))).has_value());
    ASSERT_TRUE(run_->perform({lab_action::Fail{{NameRef{"bd", {}}}, std::nullopt}, {}}).has_value());
    const ReviewPtr found = review();
    ASSERT_EQ(found->data.steps.size(), 2u);
    for (const report::Step& one : found->data.steps) {
        EXPECT_FALSE(one.isConverged);
        EXPECT_EQ(one.unsettled, "it was not run until it converged");
    }
    EXPECT_EQ(found->data.steps[0].end, found->data.steps[1].begin);
}

TEST_F(ReviewOfSquare, ForgetsStepsThatAnotherTimelineDidNotTake) {
    step();
    step();
    ASSERT_TRUE(run_->seek(SimTime::after(Duration::seconds(2))).has_value());
    ASSERT_TRUE(run_->perform({lab_action::Fail{{NameRef{"cd", {}}}, std::nullopt}, {}}).has_value());
    ASSERT_TRUE(run_->converge());
    const ReviewPtr found = review();
    EXPECT_EQ(found->timeline, "branch-1");
    const auto isCut = [](const report::Step& one) { return one.name == "cut ab"; };
    EXPECT_TRUE(std::ranges::none_of(found->data.steps, isCut));
    ASSERT_TRUE(run_->switchTimeline("main").has_value());
    const ReviewPtr main = review();
    EXPECT_TRUE(std::ranges::any_of(main->data.steps, isCut));
}

TEST_F(ReviewOfSquare, KnowsTheMetricOfEveryRouterAtEveryInstant) {
    step();
    step();
    const ReviewPtr found = review();
    const auto prefix = std::ranges::find(found->prefixes, "10.4.0.0/16") - found->prefixes.begin();
    ASSERT_LT(prefix, static_cast<std::ptrdiff_t>(found->prefixes.size()));
    ASSERT_EQ(found->data.drawing.nodes[0].name, "A");
    std::vector<std::optional<std::uint32_t>> metrics;
    for (const Review::RouteChange& change : found->changes) {
        if (change.node == 0 && change.prefix == prefix) metrics.push_back(change.metric);
    }
    EXPECT_EQ(metrics.front(), 3u);
    EXPECT_EQ(metrics.back(), 3u) << "healed by C";
}

TEST_F(ReviewOfSquare, EndsWhenNobodyWantsToWait) {
    step();
    int asked = 0;
    const auto review = run_->review([&](double) { return ++asked < 3; });
    ASSERT_TRUE(review.has_value());
    EXPECT_TRUE((*review)->isGivenUp);
    EXPECT_LT((*review)->data.end, run_->now());
}

}  // namespace
}  // namespace peerscape::gui

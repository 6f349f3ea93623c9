// When expectations are looked at, and what becomes of them at the end of a step.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string kRouteOfA = "route: {router: A, prefix: 10.3.0.0/16}";
/// The cable is cut, and after 10 s it is whole again.
const std::string kCutFor10s = "{fail: bc, for: 10s}";

ExpectationResult judged(const std::string& lab, const std::string& actions, const std::string& claim) {
    return runLab(withStep(lab, actions, claim)).expectation();
}
Verdict verdict(const std::string& lab, const std::string& actions, const std::string& claim) {
    return judged(lab, actions, claim).verdict;
}
double seconds(const std::optional<SimTime>& time) { return time ? time->sinceStart().inSeconds() : -1; }

TEST(ExpectationWatch, ConvergedIsTheEndOfTheStep) {
    EXPECT_EQ(verdict(kRipLine, kCutFor10s, "{" + kRouteOfA + "}"), Verdict::Pass);
    EXPECT_EQ(verdict(kRipLine, kCutFor10s, "{" + kRouteOfA + ", at: converged}"), Verdict::Pass);
    EXPECT_EQ(verdict(kRipLine, "{fail: bc}", "{" + kRouteOfA + ", at: converged}"), Verdict::Fail);
}

TEST(ExpectationWatch, AlwaysSeesWhatIsOverAtTheEnd) {
    const FinishedRun run = runLab(withStep(kRipLine, kCutFor10s, "{" + kRouteOfA + ", at: always}"));
    EXPECT_EQ(run.expectation().verdict, Verdict::Fail);
    EXPECT_EQ(run.expectation().actual, "no route");
    // C's failure is known at A as soon as B's message has travelled: 2 ms.
    EXPECT_DOUBLE_EQ(seconds(run.expectation().firstWrongAt),
                     seconds(run.last().begin + Duration::milliseconds(2)));
    EXPECT_EQ(verdict(kRipLine, "{fail: \"A:lo\"}", "{" + kRouteOfA + ", at: always}"), Verdict::Pass);
}

TEST(ExpectationWatch, AlwaysIncludesTheInstantAfterTheActions) {
    // No route changes when packets vanish: only looking at once sees it.
    EXPECT_EQ(verdict(kStaticLine, "{fail_silently: bc}, {restore: bc}",
                      "{reaches: {from: A, to: 10.3.0.1}, at: always}"),
              Verdict::Fail);
}

TEST(ExpectationWatch, AlwaysIncludesTheBeginningOfAStepWithoutActions) {
    const FinishedRun run = runLab(kStaticLine +
                                   "steps:\n  - expect:\n      - {unreachable: {from: A, to: 10.3.0.1}, at: "
                                   "eventually}\n");
    EXPECT_EQ(run.expectation().verdict, Verdict::Pass) << run.expectation().actual;
}

TEST(ExpectationWatch, EventuallySeesWhatIsOverAtTheEnd) {
    EXPECT_EQ(verdict(kRipLine, kCutFor10s, "{" + kRouteOfA + ", at: eventually, not: true}"), Verdict::Pass);
    EXPECT_EQ(verdict(kRipLine, "{wait: 1s}", "{" + kRouteOfA + ", at: eventually, not: true}"),
              Verdict::Fail);
}

TEST(ExpectationWatch, EventuallyWithinMeansInTime) {
    const std::string claim = "{" + kRouteOfA + ", at: eventually, not: true, within: ";
    const std::string cutLater = "{wait: 5s}, {fail: bc}, {wait: 20s}";
    EXPECT_EQ(verdict(kRipLine, cutLater, claim + "6s}"), Verdict::Pass);
    EXPECT_EQ(verdict(kRipLine, cutLater, claim + "4s}"), Verdict::Fail);
    // Also where nothing at all had changed by then.
    EXPECT_EQ(verdict(kRipLine, "{wait: 5s}",
                      "{messages: {protocol: rip, at-least: 3}, at: eventually, "
                      "within: 1ms}"),
              Verdict::Fail);
}

TEST(ExpectationWatch, EventuallyWithinLooksAtItsLastInstant) {
    // Messages are sent without any route changing.
    EXPECT_EQ(verdict(kRipLine, "{wait: 60s}",
                      "{messages: {protocol: rip, at-least: 3}, at: eventually, within: 30s}"),
              Verdict::Pass);
}

TEST(ExpectationWatch, AnInstantIsLookedAtThenAndNotLater) {
    EXPECT_EQ(verdict(kRipLine, kCutFor10s, "{" + kRouteOfA + ", at: 5s}"), Verdict::Fail);
    EXPECT_EQ(verdict(kRipLine, kCutFor10s, "{" + kRouteOfA + ", at: 5s, not: true}"), Verdict::Pass);
    EXPECT_EQ(verdict(kRipLine, kCutFor10s, "{" + kRouteOfA + ", at: 40s}"), Verdict::Pass);
    EXPECT_EQ(verdict(kRipLine, kCutFor10s, "{" + kRouteOfA + ", at: 0s}"), Verdict::Pass);
}

TEST(ExpectationWatch, AnInstantInsideAWaitIsNotMissed) {
    const ExpectationResult result =
        judged(kRipLine, kCutFor10s + ", {wait: 60s}", "{" + kRouteOfA + ", at: 5s}");
    EXPECT_EQ(result.verdict, Verdict::Fail);
    EXPECT_EQ(result.actual, "no route");
}

TEST(ExpectationWatch, AnInstantInsideAWaitIsNamedInTheFailure) {
    const FinishedRun run =
        runLab(withStep(kRipLine, kCutFor10s + ", {wait: 60s}", "{" + kRouteOfA + ", at: 5s}"));
    EXPECT_EQ(run.expectation().firstWrongAt, run.last().begin + Duration::seconds(5));
}

TEST(ExpectationWatch, AnInstantAfterTheEndOfTheStepIsOpen) {
    RunLimits limits;
    limits.until = SimTime::after(Duration::seconds(30));
    const FinishedRun run = runLab(withStep(kRipLine, kCutFor10s, "{" + kRouteOfA + ", at: 10min}"), limits);
    EXPECT_EQ(run.expectation().verdict, Verdict::Inconclusive);
    EXPECT_EQ(run.expectation().actual,
              "the step ended at " + toString(run.last().end) + ", before it was time to look");
    EXPECT_TRUE(run.result.hasFailures());
}

TEST(ExpectationWatch, ALabThatHasNotConvergedLeavesClaimsOpen) {
    RunLimits limits;
    limits.perStep = Duration::seconds(5);
    const FinishedRun run =
        runLab(withStep(kRipLine, "{fail_silently: bc}",
                        "{unreachable: {from: A, to: 10.3.0.1}}\n      - {converged: true}\n"
                        "      - {unreachable: {from: A, to: 10.3.0.1}, at: always}"),
               limits);
    const double end = seconds(run.last().end);
    EXPECT_DOUBLE_EQ(end, seconds(run.last().begin) + 5);
    EXPECT_EQ(run.expectation(0).verdict, Verdict::Inconclusive);
    EXPECT_THAT(run.expectation(0).actual, HasSubstr("the lab had not converged at "));
    EXPECT_EQ(run.expectation(1).verdict, Verdict::Fail);
    EXPECT_THAT(run.expectation(1).actual, HasSubstr("not converged; rip on "));
    EXPECT_EQ(run.expectation(2).verdict, Verdict::Pass) << run.expectation(2).actual;
    EXPECT_TRUE(run.result.hasFailures());
}

TEST(ExpectationWatch, WithinOfAConvergedClaimBoundsTheLastChange) {
    const std::string gone = "{" + kRouteOfA + ", not: true, within: ";
    EXPECT_EQ(verdict(kRipLine, "{fail_silently: bc}", gone + "20s}"), Verdict::Pass);
    const ExpectationResult late = judged(kRipLine, "{fail_silently: bc}", gone + "5s}");
    EXPECT_EQ(late.verdict, Verdict::Fail);
    EXPECT_THAT(late.actual, HasSubstr("true, but the last change came "));
}

TEST(ExpectationWatch, AWarningDoesNotFailTheRun) {
    const FinishedRun run = runLab(withStep(kRipLine, "{fail: bc}", "{" + kRouteOfA + ", level: warning}"));
    EXPECT_EQ(run.expectation().verdict, Verdict::Warning);
    EXPECT_TRUE(run.expectation().firstWrongAt.has_value());
    EXPECT_FALSE(run.result.hasFailures());
}

TEST(ExpectationWatch, TheAuthorsSentencesStandBesideWhatWasFound) {
    const ExpectationResult result = judged(
        kRipLine, "{fail: bc}", "{" + kRouteOfA + ", fail: No way left, hint: Look at bc, pass: fine}");
    EXPECT_EQ(result.actual, "No way left (no route); hint: Look at bc");
}

TEST(ExpectationWatch, NamesTheInstantsThatItWantsToSee) {
    const auto world =
        makeWorld(withStep(kRipLine, "",
                           "{" + kRouteOfA + ", at: 5s}\n      - {" + kRouteOfA + ", at: 2s}\n      - {" +
                               kRouteOfA + ", at: eventually, within: 3s}\n      - {" + kRouteOfA + "}"));
    const StepEntry& step = world->file().steps.at(1);
    const ExpectationWatch watch(*world, step, {SimTime::after(Duration::seconds(100)), {}, {}, {}});
    EXPECT_TRUE(watch.watchesEveryInstant());
    std::vector<double> instants;
    for (const SimTime instant : watch.instants())
        instants.push_back(seconds(instant));
    EXPECT_THAT(instants, ElementsAre(102, 103, 105));
}

TEST(ExpectationWatch, WatchesEveryInstantOnlyWhenAsked) {
    const auto world =
        makeWorld(withStep(kRipLine, "", "{" + kRouteOfA + ", at: 5s}\n      - {" + kRouteOfA + "}"));
    const ExpectationWatch watch(*world, world->file().steps.at(1), {});
    EXPECT_FALSE(watch.watchesEveryInstant());
}

TEST(Verdicts, HaveWords) {
    EXPECT_EQ(toString(Verdict::Pass), "pass");
    EXPECT_EQ(toString(Verdict::Fail), "fail");
    EXPECT_EQ(toString(Verdict::Warning), "warning");
    EXPECT_EQ(toString(Verdict::Inconclusive), "inconclusive");
    EXPECT_EQ(toString(Verdict::Skipped), "skipped");
}

}  // namespace
}  // namespace peerscape

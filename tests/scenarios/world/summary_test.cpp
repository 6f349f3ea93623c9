#include "scenarios/world/summary.hpp"

#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string lastStep(const FinishedRun& run) { return summarize(*run.world, run.last()); }

TEST(Summary, TellsWhatAStepCameTo) {
    const FinishedRun run = runLab(
        withStep(kStaticLine + "probes: [{from: A, to: 10.3.0.1, source: 10.1.0.1}]\n", "{fail: bc}", ""));
    EXPECT_EQ(summarize(*run.world, run.result.steps[0]),
              "Step 0 begin: converged after 0 s (at 0.000000 s)\n"
              "  routes    12 route changes at 3 nodes, first at 0.000000 s, last at 0.000000 s\n"
              "  messages  none\n"
              "  lost      none\n"
              "  probe     A to 10.3.0.1: ok, way A > B > C\n");
    EXPECT_THAT(lastStep(run), HasSubstr("\n  probe     A to 10.3.0.1: unreachable, way A > B\n"));
}

TEST(Summary, CountsMessagesByProtocol) {
    EXPECT_THAT(lastStep(runLab(kRipLine)), HasSubstr("  messages  rip "));
}

TEST(Summary, TellsHowAnExpectationWasMissedAndWhereItStands) {
    const FinishedRun run = runLab(withStep(kStaticLine, "{fail: bc}", "{reaches: {from: A, to: 10.3.0.1}}"));
    EXPECT_THAT(lastStep(run), HasSubstr("  FAIL  A reaches 10.3.0.1\n"
                                         "        expected: A reaches 10.3.0.1\n"
                                         "        actual:   unreachable, way: A, B\n"
                                         "        first wrong at "));
    EXPECT_THAT(lastStep(run), HasSubstr("\n        claimed in lab.yaml:15:9\n"));
    EXPECT_THAT(summarize(*run.world, run.result),
                StartsWith("Line: 2 steps, 0 expectations met, 1 FAILED; fingerprint "));
}

TEST(Summary, MarksEachVerdict) {
    RunLimits limits;
    limits.until = SimTime::after(Duration::seconds(60));
    FinishedRun run = runLab(withStep(kStaticLine, "{fail: bc}",
                                      "{unreachable: {from: A, to: 10.3.0.1}, name: cut off}\n"
                                      "      - {reaches: {from: A, to: 10.3.0.1}, level: warning}\n"
                                      "      - {session: {router: A, neighbor: B}, name: unknown}\n"
                                      "      - {no-loops: true, at: 5min}\n"
                                      "      - {no-loops: true, pass: Well done}"),
                             limits);
    run.result.steps.back().expectations.at(2).verdict = Verdict::Skipped;
    const std::string text = lastStep(run);
    EXPECT_THAT(text, HasSubstr("\n  PASS  cut off\n"));
    EXPECT_THAT(text, HasSubstr("\n  WARN  A reaches 10.3.0.1\n"));
    EXPECT_THAT(text, HasSubstr("\n  SKIP  unknown\n"));
    EXPECT_THAT(text, HasSubstr("\n  OPEN  no forwarding loop\n"));
    EXPECT_THAT(text, HasSubstr("\n  PASS  Well done\n"));
    EXPECT_THAT(summarize(*run.world, run.result),
                StartsWith("Line: 2 steps, 2 expectations met, 1 warnings, 1 inconclusive, 1 skipped; "));
}

TEST(Summary, NamesWhoStillExpectsChanges) {
    RunLimits limits;
    limits.perStep = Duration::seconds(8);
    const FinishedRun run = runLab(withStep(kRipLine, "{fail_silently: bc}", ""), limits);
    EXPECT_THAT(lastStep(run), HasSubstr("NOT CONVERGED by "));
    EXPECT_THAT(lastStep(run), HasSubstr("; rip on "));
}

TEST(Summary, SaysThatAStepWasTooLate) {
    const std::string text = withStep(kRipLine, "{fail_silently: bc}", "", "within: 3s");
    EXPECT_THAT(lastStep(runLab(text)), HasSubstr(", which is TOO LATE for this step\n"));
    EXPECT_THAT(lastStep(runLab(withStep(kRipLine, "{fail_silently: bc}", "", "within: 60s"))),
                Not(HasSubstr("LATE")));
}

TEST(Summary, SaysWhatCouldNotBeDone) {
    const FinishedRun run = runLab(withStep(kStaticLine, "{command: {router: A, line: foo}}", ""));
    EXPECT_EQ(lastStep(run),
              "Step 1 act: could not be carried out: lab.yaml:13:10: % Unknown command: foo (unknown command "
              "'foo')\n");
}

TEST(Summary, CountsTheLossesOfFlows) {
    const FinishedRun run = runLab(withStep(
        kStaticLine + "flows: [{name: f, from: A, to: 10.3.0.1, source: 10.1.0.1, rate: 10/s, start: 1s}]\n",
        "{fail_silently: bc, for: 2s}, {wait: 5s}", ""));
    EXPECT_THAT(lastStep(run), HasSubstr("  flow f: "));
    EXPECT_THAT(lastStep(run), HasSubstr(", 20 lost\n"));
    EXPECT_THAT(lastStep(run), HasSubstr("  lost      20: 20 ("));
}

TEST(Summary, EndsWithTheFingerprint) {
    const FinishedRun run = runLab(kStaticLine);
    const std::string text = summarize(*run.world, run.result);
    EXPECT_TRUE(text.ends_with(fmt::format("; fingerprint {:016x}\n", run.world->lab().fingerprint())))
        << text;
}

}  // namespace
}  // namespace peerscape

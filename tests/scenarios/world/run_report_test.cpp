#include "scenarios/world/run_report.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/scenarios/runner/runner_fixture.hpp"
#include "tests/scenarios/world/hijacked_line.hpp"

namespace peerscape {
namespace {

using testing::HasSubstr;

/// Runs the lab with a report in the folder; returns report.json.
nlohmann::json report(const std::string& lab, const std::filesystem::path& folder, RunLimits limits = {}) {
    const auto world = makeWorld(lab);
    StepRunner runner(*world, limits);
    auto opened = RunReport::open(*world, folder);
    if (!opened) {
        ADD_FAILURE() << toString(opened.error());
        return {};
    }
    (*opened)->follow(runner);
    RunResult run;
    while (!runner.isDone()) {
        run.steps.push_back(runner.runNext());
        (*opened)->stepEnded(run.steps.back());
    }
    run.fingerprint = world->lab().fingerprint();
    run.end = world->lab().now();
    EXPECT_TRUE((*opened)->finish(run).has_value());
    return nlohmann::json::parse(readFile(folder / "report.json"));
}

TEST(RunReport, WritesFourFilesIntoAFolderThatItMakes) {
    const TemporaryFolder folder;
    const auto json = report(kRipLine, folder.path() / "a/b");
    for (const char* name : {"report.html", "report.json", "junit.xml", "events.csv"})
        EXPECT_GT(std::filesystem::file_size(folder.path() / "a/b" / name), 100U) << name;
    EXPECT_EQ(json["lab"]["title"], "RIP line");
}

TEST(RunReport, TheRunIsTheSameWithoutAReport) {
    const TemporaryFolder folder;
    const std::string lab = withStep(kRipLine, "{fail: bc}", "");
    const auto json = report(lab, folder.path());
    EXPECT_EQ(json["run"]["fingerprint"], fmt::format("{:016x}", runLab(lab).result.fingerprint));
}

TEST(RunReport, AlarmsOfTheOriginWatchAreRowsOfTheEvents) {
    const TemporaryFolder folder;
    report(kHijackedLine, folder.path());
    const std::string events = readFile(folder.path() / "events.csv");
    const std::string row = ",B,alarm,,,,10.3.0.0/16 from AS 65001\r\n";
    const auto at = events.find(row);
    ASSERT_NE(at, std::string::npos) << events;
    // The row names the event that brought the path, which stands before it.
    const std::size_t begin = events.rfind('\n', at) + 1;
    ASSERT_EQ(events[begin], ',') << "it has no number of its own";
    const std::string cause = events.substr(begin + 1, events.find(',', begin + 1) - begin - 1);
    EXPECT_LT(events.find("\r\n" + cause + ","), at) << cause;
    EXPECT_THAT(events, HasSubstr(",B,alarm over,,,,10.3.0.0/16 from AS 65001\r\n"));
}

TEST(RunReport, SaysWhereTheFolderCannotBe) {
    const TemporaryFolder folder;
    const auto file = folder.write("file", "");
    const auto world = makeWorld(kRipLine);
    const auto opened = RunReport::open(*world, file / "inside");
    ASSERT_FALSE(opened.has_value());
    EXPECT_THAT(toString(opened.error()), HasSubstr("cannot make the folder"));
    std::filesystem::create_directory(folder.path() / "events.csv");
    const auto other = RunReport::open(*world, folder.path());
    ASSERT_FALSE(other.has_value());
    EXPECT_THAT(toString(other.error()), HasSubstr("cannot write"));
}

TEST(RunReport, StepsHaveFlowsProbesAndLosses) {
    const TemporaryFolder folder;
    const std::string extra =
        "probes:\n  - {from: A, to: 10.3.0.1}\n"
        "flows:\n  - {name: f1, from: A, to: 10.3.0.1, rate: 10/s}\n";
    const auto json =
        report(withStep(kRipLine + extra, "{fail: bc}, {wait: 2s}", "{reaches: {from: A, to: 10.3.0.1}}"),
               folder.path());
    const auto& cut = json["steps"][1];
    EXPECT_EQ(cut["passed"], false);
    EXPECT_EQ(cut["flows"][0]["name"], "f1");
    EXPECT_GE(cut["flows"][0]["lost"], 19);
    EXPECT_EQ(cut["flows"][0]["mean_delay_s"], nullptr);
    EXPECT_EQ(cut["probes"][0]["reached"], false);
    EXPECT_EQ(cut["expectations"][0]["kind"], "reaches");
    EXPECT_EQ(cut["expectations"][0]["verdict"], "fail");
    EXPECT_FALSE(cut["dropped_packets"].empty());
    EXPECT_EQ(json["steps"][0]["probes"][0]["way"], nlohmann::json({"A", "B", "C"}));
    EXPECT_NEAR(json["steps"][0]["flows"][0]["mean_delay_s"].get<double>(), 0.004, 1e-4);
}

TEST(RunReport, AnActionThatCannotBeCarriedOutIsTold) {
    const TemporaryFolder folder;
    const auto json =
        report(withStep(kRipLine, "{configure: {router: A, lines: [nonsense]}}", ""), folder.path());
    EXPECT_THAT(json["steps"][1]["action_failure"].get<std::string>(), HasSubstr("nonsense"));
    EXPECT_THAT(readFile(folder.path() / "report.html"), HasSubstr("An action could not be carried out:"));
    EXPECT_THAT(readFile(folder.path() / "junit.xml"), HasSubstr("<error message="));
}

}  // namespace
}  // namespace peerscape

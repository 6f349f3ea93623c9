#include "scenarios/report/json_report.hpp"

#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/scenarios/report/report_fixture.hpp"

namespace peerscape::report {
namespace {

using Json = nlohmann::json;

Json jsonOf(const ReportData& data) {
    std::ostringstream out;
    writeJson(data, out);
    return Json::parse(out.str());
}

TEST(JsonReport, SaysWhoMadeItOfWhat) {
    const Json json = jsonOf(sampleReport());
    EXPECT_EQ(json["version"], kSchemaVersion);
    EXPECT_EQ(json["program"], "Peerscape 0.0.0");
    EXPECT_EQ(json["lab"]["title"], "Lab. " + kHostile);
    EXPECT_EQ(json["lab"]["seed"], 7);
    EXPECT_EQ(json["run"]["fingerprint"], "0000000000000abc");
    EXPECT_EQ(json["run"]["passed"], false);
    EXPECT_EQ(json["run"]["expectations"],
              Json::parse(R"({"pass": 2, "fail": 1, "warning": 1, "inconclusive": 1, "skipped": 1})"));
}

TEST(JsonReport, TimesAreSecondsAndWhatIsNotKnownIsNull) {
    const Json json = jsonOf(sampleReport());
    EXPECT_EQ(json["steps"][0]["convergence_s"], 2.0);
    EXPECT_EQ(json["steps"][1]["convergence_s"], nullptr);
    EXPECT_EQ(json["steps"][1]["last_change_s"], nullptr);
    EXPECT_EQ(json["steps"][1]["expectations"][0]["first_wrong_s"], 13.0);
    EXPECT_FALSE(json["steps"][1]["expectations"][1].contains("first_wrong_s"));
    EXPECT_EQ(json["forwarding"]["loops"][0]["end_s"], 14.0);
    EXPECT_EQ(json["forwarding"]["black_holes"][0]["end_s"], nullptr);
    EXPECT_EQ(json["steps"][1]["probes"][0]["round_trip_s"], nullptr);
}

TEST(JsonReport, AlarmsSayWhoBelievedWhatAndWhen) {
    ReportData data = sampleReport();
    EXPECT_FALSE(jsonOf(data)["steps"][0].contains("alarms"));
    data.steps[0].alarms = {{"10.0.0.0/16", "10.0.1.0/24", "AS 65066", sec(3), {}, {"A", "B"}},
                            {"10.0.0.0/16", "10.0.0.0/16", "a set of ASes", sec(4), sec(5), {"A"}}};
    const Json alarms = jsonOf(data)["steps"][0]["alarms"];
    EXPECT_EQ(alarms[0],
              Json::parse(R"({"watched": "10.0.0.0/16", "prefix": "10.0.1.0/24", "origin": "AS 65066",
                                         "begin_s": 3.0, "end_s": null, "routers": ["A", "B"]})"));
    EXPECT_EQ(alarms[1]["end_s"], 5.0);
}

TEST(JsonReport, NumbersKeepEveryNanosecond) {
    ReportData data = sampleReport();
    data.end = SimTime::atNanoseconds(123'456'789'012'345);
    data.records = 9'007'199'254'740'993;
    const Json json = jsonOf(data);
    EXPECT_EQ(json["run"]["end_s"].get<double>(), 123456.789012345);
    EXPECT_EQ(json["run"]["records"].get<std::uint64_t>(), 9'007'199'254'740'993U);
}

TEST(JsonReport, AnUnlimitedBandwidthIsNull) {
    ReportData data = sampleReport();
    EXPECT_EQ(jsonOf(data)["topology"]["links"][0]["bandwidth_bit_per_s"], nullptr);
    data.drawing.links[0].bandwidth = Bandwidth::bitsPerSecond(64'000);
    data.drawing.links[0].loss = Probability::partsPerMillion(25'000);
    const Json link = jsonOf(data)["topology"]["links"][0];
    EXPECT_EQ(link["bandwidth_bit_per_s"], 64'000);
    EXPECT_EQ(link["loss"], 0.025);
    EXPECT_EQ(link["delay_s"], 0.002);
}

TEST(JsonReport, CountsOverTimeArePairsOfColumnAndCount) {
    const Json json = jsonOf(sampleReport());
    const Json& messages = json["messages"];
    ASSERT_EQ(messages["protocols"]["rip"].size(), 1U);
    const double column = messages["protocols"]["rip"][0][0];
    EXPECT_LE(column * messages["width_s"].get<double>(), 1.0);
    EXPECT_GT((column + 1) * messages["width_s"].get<double>(), 1.0);
    EXPECT_EQ(messages["protocols"]["rip"][0][1], 7);
    EXPECT_EQ(json["steps"][0]["timeline"]["nodes"][0]["node"], "A");
    EXPECT_EQ(json["steps"][0]["timeline"]["nodes"][0]["counts"][0][1], 1);
}

TEST(JsonReport, LossesAreCountsOverTime) {
    ReportData data = sampleReport();
    data.losses.add(sec(1), 0, 3);
    const Json losses = jsonOf(data)["losses"];
    EXPECT_EQ(losses, Json::parse(R"({"begin_s": 0.0, "width_s": 0.001, "counts": [[1000, 3]]})"));
    EXPECT_TRUE(jsonOf(sampleReport())["losses"]["counts"].empty());
}

TEST(JsonReport, ACycleTellsItsLastRound) {
    ReportData data = sampleReport();
    data.steps[1].cycle =
        Cycle{4, sec(28), Duration::seconds(5), {{sec(27), "A", "10.3.0.0/16", "x", "y"}}, 2};
    data.steps[1].brokenQuiet = "A changes";
    const Json json = jsonOf(data)["steps"][1];
    EXPECT_EQ(json["cycle"]["period_s"], 5.0);
    EXPECT_EQ(json["cycle"]["round"][0]["router"], "A");
    EXPECT_EQ(json["cycle"]["further_turns"], 2);
    EXPECT_EQ(json["cycle"]["for_ever"], false);
    data.steps[1].cycle->isForEver = true;
    EXPECT_EQ(jsonOf(data)["steps"][1]["cycle"]["for_ever"], true);
    EXPECT_EQ(json["broken_quiet"], "A changes");
    EXPECT_FALSE(jsonOf(data)["steps"][0].contains("cycle"));
}

TEST(JsonReport, BytesThatAreNoTextAreReplaced) {
    ReportData data = sampleReport();
    data.title = "bad \xff";
    EXPECT_EQ(jsonOf(data)["lab"]["title"], "bad \ufffd");
}

}  // namespace
}  // namespace peerscape::report

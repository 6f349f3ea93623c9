#include "scenarios/report/html_report.hpp"

#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/report/html_style.hpp"
#include "tests/scenarios/report/report_fixture.hpp"

namespace peerscape::report {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string htmlOf(const ReportData& data) {
    std::ostringstream out;
    writeHtml(data, out);
    return out.str();
}

TEST(HtmlReport, AllowsItselfNothingButItsOwnStyle) {
    const std::string page = htmlOf(sampleReport());
    EXPECT_THAT(page, HasSubstr("content=\"default-src 'none'; style-src '" + hashOfStyle() + "';"));
    EXPECT_THAT(page, HasSubstr("<style>" + std::string(kStyle) + "</style>"));
    EXPECT_THAT(page, Not(HasSubstr("style=\"")));
    EXPECT_THAT(page, Not(HasSubstr("unsafe-inline")));
    EXPECT_THAT(hashOfStyle(), testing::MatchesRegex("sha256-[A-Za-z0-9+/]{43}="));
}

TEST(HtmlReport, HostileNamesStayText) {
    const std::string page = htmlOf(sampleReport());
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, HasSubstr("cut &lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;]]&gt;"));
}

TEST(HtmlReport, ShowsAlarmsOfTheOriginWatch) {
    ReportData data = sampleReport();
    EXPECT_THAT(htmlOf(data), Not(HasSubstr("Alarms of the origin watch")));
    data.steps[0].alarms = {{"10.0.0.0/16", "10.0.1.0/24", "AS 65066", sec(3), {}, {"A", kHostile}}};
    const std::string page = htmlOf(data);
    EXPECT_THAT(page, HasSubstr("<h4>Alarms of the origin watch</h4>"));
    EXPECT_THAT(page, HasSubstr("10.0.1.0/24 <span class=\"sub\">part of 10.0.0.0/16</span>"));
    EXPECT_THAT(page, HasSubstr("! AS 65066</span>"));
    EXPECT_THAT(page, HasSubstr("A, &lt;script&gt;"));
}

TEST(HtmlReport, SaysFirstWhetherTheRunPassedAndWhatDidNotHold) {
    const std::string page = htmlOf(sampleReport());
    EXPECT_THAT(page,
                HasSubstr("Failed. 2 of 6\u00a0expectations met, 1 not met, 1 not met but only a warning, "
                          "1 inconclusive, 1 skipped."));
    const auto failures = page.find("<h2 id=\"failures\">");
    ASSERT_NE(failures, std::string::npos);
    EXPECT_LT(failures, page.find("<h2 id=\"topology-heading\">"));
    EXPECT_THAT(page, HasSubstr("first wrong at 13.000000 s"));
    EXPECT_THAT(page, HasSubstr("lab.yaml:12:9"));
}

TEST(HtmlReport, APassedRunHasNoListOfFailures) {
    ReportData data = sampleReport();
    data.steps.pop_back();
    data.hasFailed = false;
    const std::string page = htmlOf(data);
    EXPECT_THAT(page, Not(HasSubstr("id=\"failures\"")));
    EXPECT_THAT(page, Not(HasSubstr("href=\"#failures\"")));
    EXPECT_THAT(page, HasSubstr("Passed. The expectation is met."));
}

TEST(HtmlReport, ListsLoopsAndBlackHolesWithTheirLossesAndLength) {
    const std::string page = htmlOf(sampleReport());
    EXPECT_THAT(page, HasSubstr("A → &lt;script&gt;"));
    EXPECT_THAT(page, HasSubstr("<td class=\"number\">12.000000 s</td><td class=\"number\">2 s</td>"
                                "<td class=\"number\">3</td>"));
    EXPECT_THAT(page, HasSubstr("10 s <span class=\"sub\">until the end of the run</span>"));
}

TEST(HtmlReport, SaysSoWhenThereWasNoLoopAndNoBlackHole) {
    ReportData data = sampleReport();
    data.loops.clear();
    data.blackHoles.clear();
    EXPECT_THAT(htmlOf(data), HasSubstr("There was no forwarding loop and no black hole at any instant"));
}

TEST(HtmlReport, LongTablesAreCutAndSaySo) {
    ReportData data = sampleReport();
    data.loops.resize(1'000, data.loops[0]);
    data.loops[777].packetsLost = 4'321;
    data.furtherLoops = 500;
    const std::string page = htmlOf(data);
    EXPECT_THAT(
        page,
        HasSubstr("These are the worst 30 of 1\u202f500: those that lost most packets, then the longest. "
                  "report.json lists the first 1\u202f000."));
    EXPECT_THAT(page, HasSubstr(">4\u202f321</td>"));
    EXPECT_LT(page.size(), 60'000U);
}

TEST(HtmlReport, TellsWhyAStepDoesNotComeToRest) {
    ReportData data = sampleReport();
    data.steps[1].cycle =
        Cycle{4, sec(28), Duration::seconds(5), {{sec(27), "A", "10.3.0.0/16", "x", "y"}}, 2};
    const std::string page = htmlOf(data);
    EXPECT_THAT(page,
                HasSubstr("had <strong>not converged</strong> when it ended at 30.000000 s; rip on A still"));
    EXPECT_THAT(
        page,
        HasSubstr("all of them were the same 4 times, the last time at 28.000000 s. A round takes 5 s."));
    EXPECT_THAT(page, HasSubstr("And 2\u00a0changes more."));
}

TEST(HtmlReport, EveryTableHasACaptionAndHeadings) {
    const std::string page = htmlOf(sampleReport());
    std::size_t tables = 0;
    for (auto at = page.find("<table"); at != std::string::npos; at = page.find("<table", at + 1)) {
        const std::string table = page.substr(at, page.find("</table>", at) - at);
        EXPECT_THAT(table, HasSubstr("<caption>"));
        EXPECT_THAT(table, HasSubstr("<th scope=\"col\""));
        EXPECT_THAT(table, HasSubstr("<th scope=\"row\""));
        ++tables;
    }
    EXPECT_GE(tables, 8U);
}

TEST(HtmlReport, EveryPictureHasATitleAndADescription) {
    const std::string page = htmlOf(sampleReport());
    std::size_t pictures = 0;
    for (auto at = page.find("<svg"); at != std::string::npos; at = page.find("<svg", at + 1)) {
        const std::string picture = page.substr(at, page.find("</svg>", at) - at);
        EXPECT_THAT(picture, HasSubstr("role=\"img\" aria-labelledby="));
        EXPECT_THAT(picture, HasSubstr("<title id="));
        EXPECT_THAT(picture, HasSubstr("<desc id="));
        ++pictures;
    }
    EXPECT_EQ(pictures, 3U);  // topology, run, first step
}

TEST(HtmlReport, ALargeLabGivesASmallPage) {
    ReportData data = sampleReport();
    data.drawing.nodes.clear();
    data.drawing.links.clear();
    Step& step = data.steps[0];
    step.routers.clear();
    for (std::size_t i = 0; i < 600; ++i) {
        data.drawing.nodes.push_back({fmt::format("R{}", i), NodeKind::Router, {}, {}, {}});
        DrawnLink link;
        link.name = fmt::format("l{}", i);
        link.ends = {{i, "eth0", {}}, {(i + 1) % 600, "eth1", {}}};
        data.drawing.links.push_back(std::move(link));
        const SimTime time = SimTime::after(Duration::milliseconds(static_cast<std::int64_t>(10 * i)));
        step.routers.push_back({i, 1, time, time});
        step.changes->add(time, static_cast<Buckets::Row>(i));
    }
    const std::string page = htmlOf(data);
    EXPECT_LT(page.size(), 250'000U);
    EXPECT_THAT(page, HasSubstr("Of 600\u00a0nodes these are the first to change and the last to settle"));
    EXPECT_THAT(page, HasSubstr(">R599</text>"));
}

TEST(HtmlReport, AHugeNetworkIsNotDrawn) {
    ReportData data = sampleReport();
    data.drawing.nodes.resize(3'000, data.drawing.nodes[0]);
    EXPECT_THAT(htmlOf(data), HasSubstr("A drawing of 3\u202f000\u00a0nodes would show nothing"));
}

}  // namespace
}  // namespace peerscape::report

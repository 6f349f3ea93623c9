#include "scenarios/report/charts.hpp"

#include <array>
#include <cmath>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/report/svg.hpp"
#include "scenarios/report/topology_svg.hpp"
#include "tests/scenarios/report/report_fixture.hpp"

namespace peerscape::report {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Svg, TextIsEscapedAndNumbersAreShort) {
    Svg svg;
    svg.text({1.04, -0.01}, "<b>", "label", Svg::Anchor::Middle);
    EXPECT_EQ(svg.body(), "<text class=\"label\" x=\"1\" y=\"0\" text-anchor=\"middle\">&lt;b&gt;</text>\n");
}

TEST(StepTimeline, HasARowPerRouterThatChanged) {
    const std::string svg = stepTimelineSvg(calmStep(), twoRouters());
    EXPECT_EQ(countOf(svg, "class=\"row-name\""), 1U);
    EXPECT_THAT(svg, HasSubstr(">A</text>"));
    EXPECT_THAT(svg, HasSubstr("1\u00a0change, last after 2 s"));
    EXPECT_THAT(svg, HasSubstr("Time since the step began (s)"));
}

TEST(StepTimeline, ManyRoutersAreTheFirstToChangeAndTheLastToSettle) {
    Step step = calmStep();
    Drawing drawing;
    step.routers.clear();
    for (std::size_t i = 0; i < 100; ++i) {
        drawing.nodes.push_back({fmt::format("R{}", i), NodeKind::Router, {}, {}, {}});
        const SimTime first = SimTime::after(Duration::milliseconds(static_cast<std::int64_t>(i)));
        // R50 settles last of all.
        step.routers.push_back({i, 1, first, i == 50 ? sec(9) : first});
        step.changes->add(first, static_cast<Buckets::Row>(i));
    }
    const std::string svg = stepTimelineSvg(step, drawing);
    EXPECT_EQ(countOf(svg, "class=\"row-name\""), kMostTimelineRows);
    for (const char* name : {">R0<", ">R19<", ">R50<", ">R99<"})
        EXPECT_THAT(svg, HasSubstr(name));
    EXPECT_THAT(svg, Not(HasSubstr(">R40<")));
}

TEST(RunChart, TellsWithoutAPictureWhatItShows) {
    const std::string svg = runChartSvg(sampleReport());
    EXPECT_THAT(svg, HasSubstr("RIP: 7\u00a0messages in all."));
    EXPECT_THAT(svg, HasSubstr("At the end 1 of 2\u00a0pairs are reachable."));
    EXPECT_THAT(svg, HasSubstr("RIP: messages sent per 200 ms"));
    EXPECT_THAT(svg, Not(HasSubstr("users lost per")));
    EXPECT_THAT(svg, HasSubstr("Lab time (s)"));
}

TEST(RunChart, LossesHaveAPanelWhereThereAreSome) {
    ReportData data = sampleReport();
    data.losses.add(sec(3), 0, 12);
    EXPECT_THAT(runChartSvg(data), HasSubstr("Packets of flows and users lost per 200 ms"));
}

TEST(RunChart, ALabWithoutMessagesStillHasOne) {
    ReportData data = sampleReport();
    data.protocols.clear();
    data.loops.clear();
    data.blackHoles.clear();
    EXPECT_THAT(runChartSvg(data), Not(HasSubstr("Loops")));
    data.end = SimTime::start();
    data.reachability.resize(1);
    EXPECT_THAT(runChartSvg(data), Not(HasSubstr("nan")));
}

TEST(TopologySvg, NamesNodesLinksAndTheirProperties) {
    Drawing drawing = twoRouters();
    drawing.links[0].bandwidth = Bandwidth::bitsPerSecond(64'000);
    drawing.links[0].loss = Probability::partsPerMillion(10'000);
    const std::string svg = topologySvg(drawing);
    EXPECT_THAT(svg, HasSubstr(">A</text>"));
    EXPECT_THAT(svg, HasSubstr("&lt;script&gt;"));
    EXPECT_THAT(svg, HasSubstr(">ab</text>"));
    EXPECT_THAT(svg, HasSubstr("64\u00a0kbit/s, 2 ms, 1% loss"));
    EXPECT_THAT(svg, HasSubstr("2\u00a0routers and 0\u00a0hosts, joined by ab at A &lt;script"));
}

TEST(TopologySvg, ADeadLinkIsDashedAndCrossed) {
    Drawing drawing = twoRouters();
    EXPECT_THAT(topologySvg(drawing), Not(HasSubstr("class=\"cross\"")));
    drawing.links[0].isUp = false;
    const std::string svg = topologySvg(drawing);
    EXPECT_THAT(svg, HasSubstr("class=\"link down\""));
    EXPECT_THAT(svg, HasSubstr("class=\"cross\""));
    EXPECT_THAT(svg, HasSubstr("(down at the end of the run)"));
}

TEST(TopologySvg, ParallelCablesAreBentApart) {
    Drawing drawing = twoRouters();
    drawing.links.push_back(drawing.links[0]);
    EXPECT_EQ(countOf(topologySvg(drawing), "<path class=\"link\""), 2U);
}

/// Where the text stands, by its attributes.
std::pair<double, double> placeOf(const std::string& svg, const std::string& text) {
    const std::size_t end = svg.find(">" + text + "</text>");
    if (end == std::string::npos) return {NAN, NAN};
    const std::size_t begin = svg.rfind("<text", end);
    const auto valueOf = [&](const std::string& attribute) {
        return std::stod(svg.substr(svg.find(attribute + "=\"", begin) + attribute.size() + 2));
    };
    return {valueOf(" x"), valueOf(" y")};
}

TEST(TopologySvg, NamesOfCablesThatCrossStandBesideEachOther) {
    Drawing drawing;
    const std::vector<std::array<double, 2>> places{{0, 0}, {300, -200}, {300, 200}, {600, 0}};
    for (std::size_t i = 0; i < places.size(); ++i) {
        drawing.nodes.push_back(twoRouters().nodes[0]);
        drawing.nodes.back().name = std::string(1, static_cast<char>('A' + i));
        drawing.nodes.back().position = places[i];
    }
    for (const auto& [name, a, b] : {std::tuple("across", 0U, 3U), std::tuple("upright", 1U, 2U)}) {
        DrawnLink link = twoRouters().links[0];
        link.name = name;
        link.ends = {{a, "eth0", {}}, {b, "eth0", {}}};
        drawing.links.push_back(link);
    }
    const std::string svg = topologySvg(drawing);
    const auto across = placeOf(svg, "across");
    const auto upright = placeOf(svg, "upright");
    EXPECT_GT(std::hypot(across.first - upright.first, across.second - upright.second), 30) << svg;
}

TEST(TopologySvg, LansAndStubNetworksAndGroups) {
    Drawing drawing = twoRouters();
    drawing.groups = {{"as1", "as", "", Asn::parse("65001").value(), {}},
                      {"inner", "site", "Site <1>", {}, 0}};
    drawing.nodes[0].group = 1;
    DrawnLink stub = drawing.links[0];
    stub.name = "lan-a";
    stub.kind = SegmentKind::Lan;
    stub.ends.pop_back();
    DrawnLink lan = drawing.links[0];
    lan.name = "shared";
    lan.kind = SegmentKind::Lan;
    lan.ends.push_back({1, "eth9", {}});
    drawing.links.push_back(stub);
    drawing.links.push_back(lan);
    const std::string svg = topologySvg(drawing);
    EXPECT_THAT(svg, HasSubstr("class=\"hub\""));
    EXPECT_THAT(svg, HasSubstr("class=\"link stub\""));
    EXPECT_THAT(svg, HasSubstr(">Site &lt;1&gt;</text>"));
    EXPECT_THAT(svg, HasSubstr(">as1 (AS 65001)</text>"));
}

TEST(TopologySvg, StubNetworksKeepOutOfEachOthersWay) {
    // Each of the two in the lower row would have its stub point at the other's, away from its link.
    Drawing drawing;
    const std::vector<std::array<double, 2>> places{{130, 80}, {230, 220}, {420, 220}, {520, 80}};
    for (std::size_t i = 0; i < places.size(); ++i) {
        drawing.nodes.push_back(twoRouters().nodes[0]);
        drawing.nodes.back().name = std::string(1, static_cast<char>('A' + i));
        drawing.nodes.back().position = places[i];
    }
    for (const auto& [a, b] : {std::pair(0U, 1U), std::pair(3U, 2U), std::pair(0U, 3U)}) {
        DrawnLink link = twoRouters().links[0];
        link.ends = {{a, "eth0", {}}, {b, "eth0", {}}};
        drawing.links.push_back(link);
    }
    for (const std::size_t node : {1U, 2U}) {
        DrawnLink stub = twoRouters().links[0];
        stub.name = "a network behind " + drawing.nodes[node].name;
        stub.ends = {{node, "lan0", {"10.0.0.1/24"}}};
        drawing.links.push_back(stub);
    }
    const std::string svg = topologySvg(drawing);
    const auto one = placeOf(svg, "a network behind B");
    const auto other = placeOf(svg, "a network behind C");
    // Between them there is no room for both names in one line.
    EXPECT_GT(std::abs(one.second - other.second), 30) << svg;
}

TEST(TopologySvg, ATitleThatNamesTheAsIsNotDoubled) {
    Drawing drawing = twoRouters();
    drawing.groups = {{"west", "as", "West (AS 65001)", Asn::parse("65001").value(), {}},
                      {"as65002", "as", "", Asn::parse("65002").value(), {}}};
    drawing.nodes[0].group = 0;
    drawing.nodes[1].group = 1;
    const std::string svg = topologySvg(drawing);
    EXPECT_THAT(svg, HasSubstr(">West (AS 65001)</text>"));
    EXPECT_THAT(svg, HasSubstr(">as65002 (AS 65002)</text>")) << "the number is no word of this name";
}

TEST(TopologySvg, AnEmptyLabIsAnEmptyPicture) {
    EXPECT_THAT(topologySvg({}), HasSubstr("<svg"));
    EXPECT_THAT(topologySvg({}), Not(HasSubstr("inf")));
}

}  // namespace
}  // namespace peerscape::report

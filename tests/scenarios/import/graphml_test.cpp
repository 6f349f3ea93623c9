// Reading GraphML: what the Topology Zoo writes, and mistakes with line and column.
#include "scenarios/import/graphml.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peerscape {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A file with the usual keys, and what stands in its graph, from line 4 on.
std::string file(const std::string& graph) {
    return "<graphml><key attr.name=\"label\" id=\"l\"/><key attr.name=\"Latitude\" id=\"y\"/>"
           "<key attr.name=\"Longitude\" id=\"x\"/><key attr.name=\"Internal\" id=\"i\"/>\n"
           "<key attr.name=\"hyperedge\" id=\"h\"/><key attr.name=\"LinkSpeedRaw\" id=\"r\"/>"
           "<key attr.name=\"LinkSpeed\" id=\"s\"/><key attr.name=\"LinkSpeedUnits\" id=\"u\"/>\n"
           "<graph edgedefault=\"undirected\">\n" +
           graph + "</graph></graphml>\n";
}

std::string data(const std::string& key, const std::string& value) {
    return "<data key=\"" + key + "\">" + value + "</data>";
}

Drawing drawingOf(const std::string& text) {
    const DrawingOutcome outcome = readGraphml(text, "f");
    for (const Diagnostic& d : outcome.diagnostics)
        ADD_FAILURE() << toString(d);
    return outcome.drawing.value_or(Drawing{});
}

std::vector<std::string> graphmlProblems(const std::string& text) {
    std::vector<std::string> lines;
    for (const Diagnostic& d : readGraphml(text, "f").diagnostics)
        lines.push_back(toString(d));
    return lines;
}

std::optional<Bandwidth> speed(const std::string& content) {
    const Drawing drawing = drawingOf(
        file("<node id=\"0\"/><node id=\"1\"/><edge source=\"0\" target=\"1\">" + content + "</edge>"));
    return drawing.edges.empty() ? std::nullopt : drawing.edges.front().bandwidth;
}

TEST(Graphml, ReadsNodesAndEdges) {
    const Drawing drawing = drawingOf(
        file("<node id=\"0\">" + data("l", "St. Gallen &amp; Chur") + data("y", "47.42") + data("x", "-9.5") +
             "</node><node id=\"1\">" + data("i", "0") + "</node><node id=\"2\">" + data("h", "1") +
             data("i", "1") + "</node>\n<edge source=\"1\" target=\"0\"/><edge source=\"0\" target=\"1\"/>"));
    EXPECT_THAT(drawing.nodes,
                ElementsAre(DrawnNode{"0", "St. Gallen & Chur", true, false, GeoPoint{47.42, -9.5}},
                            DrawnNode{"1", "", false, false, {}},  //
                            DrawnNode{"2", "", true, true, {}}));
    EXPECT_THAT(drawing.edges, ElementsAre(DrawnEdge{1, 0, {}}, DrawnEdge{0, 1, {}}));
}

TEST(Graphml, ReadsWhatTheNetworkIs) {
    const Drawing drawing = drawingOf(
        "<graphml><key attr.name=\"Network\" id=\"n\"/><key attr.name=\"NetworkDate\" id=\"d\"/>"
        "<key attr.name=\"Source\" id=\"s\"/><key attr.name=\"label\" id=\"l\"/><graph>" +
        data("l", "other") + data("n", "Abilene") + data("d", "2005_02") + data("s", "http://a/b?c&amp;d") +
        "<node id=\"0\"/></graph></graphml>");
    EXPECT_EQ(drawing.name, "Abilene");
    EXPECT_EQ(drawing.date, "2005_02");
    EXPECT_EQ(drawing.source, "http://a/b?c&d");
    EXPECT_EQ(drawingOf("<graphml><key attr.name=\"label\" id=\"l\"/><graph>" + data("l", "Net") +
                        "<node id=\"0\"/></graph></graphml>")
                  .name,
              "Net");
}

TEST(Graphml, NamespacesTheCaseOfAttributesAndTheOrderDoNotMatter) {
    const Drawing drawing = drawingOf(
        "<?xml version=\"1.0\"?><g:graphml xmlns:g=\"http://graphml.graphdrawing.org/xmlns\">"
        "<g:key attr.name=\"LABEL\" id=\"l\"/><g:graph><g:edge source=\"a\" target=\"b\"/>"
        "<g:node id=\"a\"><g:data key=\"l\"> Here </g:data></g:node><g:node "
        "id=\"b\"/></g:graph></g:graphml>");
    ASSERT_EQ(drawing.nodes.size(), 2U);
    EXPECT_EQ(drawing.nodes[0].label, "Here");
    EXPECT_EQ(drawing.edges.size(), 1U);
}

TEST(Graphml, ReadsSpeeds) {
    EXPECT_EQ(speed(""), std::nullopt);
    EXPECT_EQ(speed(data("r", "2488320000.0")), Bandwidth::bitsPerSecond(2'488'320'000));
    EXPECT_EQ(speed(data("s", "2.5") + data("u", "G")), Bandwidth::bitsPerSecond(2'500'000'000));
    EXPECT_EQ(speed(data("s", "64") + data("u", "K")), Bandwidth::bitsPerSecond(64'000));
    EXPECT_EQ(speed(data("r", "1e6") + data("s", "64") + data("u", "K")),
              Bandwidth::bitsPerSecond(1'000'000));
    EXPECT_EQ(speed(data("s", "&lt;2.5") + data("u", "G")), std::nullopt);
    EXPECT_EQ(speed(data("s", "2.5")), std::nullopt);
}

TEST(Graphml, NumbersThatAreNoneAreWarnings) {
    const std::string text = file("<node id=\"0\">" + data("y", "91") + data("x", "8") +
                                  "</node>\n <node id=\"1\">" + data("y", "north") + data("i", "7") +
                                  "</node>\n<edge source=\"0\" target=\"1\">" + data("r", "-1") + "</edge>");
    EXPECT_THAT(
        graphmlProblems(text),
        ElementsAre("f:4:1: warning: 'latitude' is '91'; expected a number from -90 to 90",
                    "f:5:2: warning: 'internal' is '7'; expected a number from 0 to 1",
                    "f:5:2: warning: 'latitude' is 'north'; expected a number from -90 to 90",
                    "f:6:1: warning: 'linkspeedraw' is '-1'; expected a number from 1 to 1000000000000000"));
    const auto drawing = readGraphml(text, "f").drawing;
    ASSERT_TRUE(drawing);
    EXPECT_EQ(drawing->nodes[0].at, std::nullopt);
    EXPECT_EQ(drawing->edges[0].bandwidth, std::nullopt);
}

TEST(Graphml, EdgesToTheSameNodeAreLeftOut) {
    const std::string text = file("<node id=\"0\"/>\n<edge source=\"0\" target=\"0\"/>");
    EXPECT_THAT(graphmlProblems(text),
                ElementsAre("f:5:1: warning: an edge from the node '0' to itself is left out"));
    EXPECT_THAT(readGraphml(text, "f").drawing->edges, IsEmpty());
}

TEST(Graphml, WhatIsNotReadIsSaid) {
    EXPECT_THAT(graphmlProblems(
                    "<graphml><graph><node id=\"0\"><graph/></node><hyperedge/></graph>\n<graph/></graphml>"),
                ElementsAre("f:1:30: warning: a graph inside of a node is left out",
                            "f:1:45: warning: elements 'hyperedge' are left out",
                            "f:2:1: warning: only the first graph of a file is read"));
}

TEST(Graphml, MistakesHaveLineAndColumn) {
    EXPECT_THAT(
        graphmlProblems(file("<node id=\"0\"/><node/>\n<node id=\"0\"/>\n<edge source=\"0\" target=\"7\"/>\n"
                             "<edge target=\"0\"/>")),
        ElementsAre("f:4:15: a node has an 'id'", "f:5:1: the id '0' is taken by another node",
                    "f:6:1: the target of an edge is a node, but there is no '7'",
                    "f:7:1: the source of an edge is a node, but there is no ''"));
    // Columns count characters.
    EXPECT_THAT(graphmlProblems("<graphml><graph><!-- ü --><node/></graph></graphml>"),
                ElementsAre("f:1:27: a node has an 'id'"));
}

TEST(Graphml, WhatIsNoGraphmlIsRefused) {
    EXPECT_THAT(graphmlProblems(""), ElementsAre(HasSubstr("f:1:1: this is not XML")));
    EXPECT_THAT(graphmlProblems("<graphml>\n<graph></graphml>"), ElementsAre(HasSubstr("f:2:")));
    EXPECT_THAT(graphmlProblems("<svg/>"), ElementsAre("f:1:1: expected the element 'graphml', found 'svg'"));
    EXPECT_THAT(graphmlProblems("<graphml/>"), ElementsAre("f:1:1: the file has no graph"));
    EXPECT_THAT(graphmlProblems("<graphml><graph/></graphml>"), ElementsAre("f: the graph has no nodes"));
}

TEST(Graphml, ADeepFileIsReadWithoutHarm) {
    std::string text = "<graphml><graph><node id=\"0\">";
    for (int i = 0; i < 200'000; ++i)
        text += "<x>";
    EXPECT_THAT(graphmlProblems(text), ElementsAre(HasSubstr("this is not XML")));
    for (int i = 0; i < 200'000; ++i)
        text += "</x>";
    EXPECT_EQ(drawingOf(text + "</node></graph></graphml>").nodes.size(), 1U);
}

TEST(Graphml, OtherFilesAreNotOpened) {
    const Drawing drawing = drawingOf(
        "<!DOCTYPE graphml [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><graphml><key attr.name=\"label\" "
        "id=\"l\"/>"
        "<graph><node id=\"0\">" +
        data("l", "&e;") + "</node></graph></graphml>");
    ASSERT_EQ(drawing.nodes.size(), 1U);
    EXPECT_EQ(drawing.nodes[0].label, "&e;");
}

}  // namespace
}  // namespace peerscape

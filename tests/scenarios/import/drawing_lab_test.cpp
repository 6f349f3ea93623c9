// Labs made of drawings of networks.
#include "scenarios/import/drawing_lab.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/format/intents.hpp"
#include "scenarios/format/lab_reader.hpp"
#include "scenarios/format/lab_writer.hpp"

namespace peerscape {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Made {
    LabFile lab;
    std::vector<std::string> warnings;
};

Made make(const Drawing& drawing, DrawingLabOptions options = {}) {
    options.file = "dir/net.graphml";
    DiagnosticList problems;
    Made made{drawingLab(drawing, options, problems), {}};
    for (const Diagnostic& d : problems.take())
        made.warnings.push_back(toString(d));
    return made;
}

DrawnNode node(const std::string& id, const std::string& label, std::optional<GeoPoint> at = {}) {
    return {id, label, true, false, at};
}
DrawnNode outside(const std::string& id, const std::string& label) { return {id, label, false, false, {}}; }
DrawnNode shared(const std::string& id, const std::string& label) { return {id, label, true, true, {}}; }

/// Routers in a row.
Drawing line(std::size_t routers) {
    Drawing drawing;
    for (std::size_t i = 0; i < routers; ++i)
        drawing.nodes.push_back(node(std::to_string(i), "r" + std::to_string(i)));
    for (std::size_t i = 0; i + 1 < routers; ++i)
        drawing.edges.push_back({i, i + 1, {}});
    return drawing;
}

TEST(FibreDelay, IsFiveMicrosecondsAKilometre) {
    EXPECT_EQ(fibreDelay(1'000'000), Duration::milliseconds(5));
    EXPECT_EQ(fibreDelay(343'500), Duration::microseconds(1720));
    EXPECT_EQ(fibreDelay(0), Duration::microseconds(10));
}

TEST(DrawingLab, SaysWhatTheDrawingSays) {
    Drawing drawing{"Net", "2010_01", "http://example.net/map", {}, {}};
    drawing.nodes = {node("0", "New York", GeoPoint{40, -74}), node("1", "London", GeoPoint{51, 0}),
                     outside("2", "Other")};
    drawing.edges = {{0, 1, Bandwidth::bitsPerSecond(2'488'320'000)}, {0, 1, {}}, {1, 2, {}}};
    const Made made = make(drawing);
    EXPECT_THAT(made.warnings, IsEmpty());
    EXPECT_EQ(
        writeLab(made.lab),
        "peerscape: 1\n"
        "title: \"Net, 2010_01\"\n"
        "about: |\n"
        "  Drawn after http://example.net/map\n"
        "\n"
        "groups:\n"
        "  outside: {kind: outside, title: Other networks}\n"
        "\n"
        "routers:\n"
        "  New-York: {at: [0, 339], networks: [10.0.1.0/24], protocols: [rip]}\n"
        "  London: {at: [1600, 0], networks: [10.0.2.0/24], protocols: [rip]}\n"
        "  Other: {group: outside}\n"
        "\n"
        "links:\n"
        "  - {name: New-York-London, ends: [New-York, London], bandwidth: 2488320kbit, delay: 28.23ms}\n"
        "  - {name: New-York-London-2, ends: [New-York, London], delay: 28.23ms}\n"
        "  - {name: London-Other, ends: [London, Other]}\n");
}

TEST(DrawingLab, RoutersSpeakWhatIsAskedFor) {
    DrawingLabOptions options;
    options.protocol = IntentProtocol::Eigrp;
    EXPECT_THAT(make(line(2), options).lab.routers[0].protocols, ElementsAre(IntentProtocol::Eigrp));
    EXPECT_THAT(make(line(2)).lab.routers[0].protocols, ElementsAre(IntentProtocol::Rip));
}

TEST(DrawingLab, TheOutsideMayBeLeftOut) {
    Drawing drawing;
    drawing.nodes = {node("0", "A"), outside("1", "B"), node("2", "C")};
    drawing.edges = {{0, 1, {}}, {2, 0, {}}};
    DrawingLabOptions options;
    options.keepsExternal = false;
    const LabFile lab = make(drawing, options).lab;
    EXPECT_EQ(lab.routers.size(), 2U);
    EXPECT_EQ(lab.links.size(), 1U);
    EXPECT_THAT(lab.groups, IsEmpty());
}

TEST(DrawingLab, NodesThatStandForANetworkBecomeLans) {
    Drawing drawing;
    drawing.nodes = {shared("0", "Exchange"), node("1", "A", GeoPoint{0, 0}), node("2", "B"),
                     shared("3", "Nobody")};
    drawing.nodes[0].at = GeoPoint{0, 1};
    drawing.edges = {
        {0, 1, Bandwidth::bitsPerSecond(2'000'000)}, {2, 0, Bandwidth::bitsPerSecond(1'000'000)}, {2, 0, {}}};
    const Made made = make(drawing);
    EXPECT_EQ(made.lab.routers.size(), 2U);
    EXPECT_THAT(made.lab.links, IsEmpty());
    ASSERT_EQ(made.lab.lans.size(), 1U);
    const LinkEntry& lan = made.lab.lans.front();
    EXPECT_EQ(lan.name, "Exchange");
    EXPECT_EQ(lan.ends.size(), 2U);
    EXPECT_EQ(lan.bandwidth, Bandwidth::bitsPerSecond(1'000'000));
    // 111.19 km from the middle to A, and as much to whoever is on the other side.
    EXPECT_EQ(lan.delay, Duration::microseconds(1120));
    EXPECT_THAT(made.warnings,
                ElementsAre("dir/net.graphml: warning: the shared network 'Nobody' is left out: "
                            "nothing is attached to it"));
}

TEST(DrawingLab, SharedNetworksSideBySideAreRouters) {
    Drawing drawing;
    drawing.nodes = {shared("0", "X"), shared("1", "Y"), node("2", "A")};
    drawing.edges = {{0, 1, {}}, {2, 0, {}}};
    const LabFile lab = make(drawing).lab;
    EXPECT_EQ(lab.routers.size(), 3U);
    EXPECT_EQ(lab.links.size(), 2U);
}

TEST(DrawingLab, NodesWithoutALabelAreCalledAfterTheirId) {
    Drawing drawing;
    drawing.nodes = {node("n7", "?"), node("n8", ""), node("n9", "A"), node("n10", "A")};
    const LabFile lab = make(drawing).lab;
    std::vector<std::string> names;
    for (const RouterEntry& router : lab.routers)
        names.push_back(router.name);
    EXPECT_THAT(names, ElementsAre("node-n7", "node-n8", "A", "A-2"));
    EXPECT_EQ(lab.title, "net.graphml");
}

TEST(DrawingLab, ReadsBackEqualAndExpands) {
    Drawing drawing;
    drawing.nodes = {node("0", "A-B"), node("1", "C"), node("2", "A"), node("3", "B-C"),
                     shared("4", "A-B-C")};
    // Two links would be called A-B-C, and a LAN is.
    drawing.edges = {{0, 1, {}}, {2, 3, {}}, {4, 0, {}}, {4, 1, {}}};
    const LabFile lab = make(drawing).lab;
    const LabOutcome read = readLab(writeLab(lab), "lab.yaml");
    for (const Diagnostic& d : read.diagnostics)
        ADD_FAILURE() << toString(d);
    ASSERT_TRUE(read.lab.has_value());
    EXPECT_EQ(*read.lab, lab);
    EXPECT_TRUE(expandLab(lab).lab.has_value());
}

TEST(DrawingLab, WarnsWhereRipDoesNotReach) {
    EXPECT_THAT(make(line(15)).warnings, IsEmpty());
    EXPECT_THAT(make(line(16)).warnings,
                ElementsAre(HasSubstr("routers lie 15 links apart, but RIP reaches no "
                                      "farther than 14")));
    DrawingLabOptions options;
    options.protocol = IntentProtocol::Eigrp;
    EXPECT_THAT(make(line(16), options).warnings, IsEmpty());
}

TEST(DrawingLab, ALanIsOneStep) {
    // r0 … r13, a LAN, and one more router behind it: 14 steps.
    Drawing drawing = line(14);
    drawing.nodes.push_back(shared("lan", "lan"));
    drawing.nodes.push_back(node("x", "x"));
    drawing.edges.push_back({13, 14, {}});
    drawing.edges.push_back({15, 14, {}});
    EXPECT_THAT(make(drawing).warnings, IsEmpty());
    drawing.nodes.push_back(node("y", "y"));
    drawing.edges.push_back({15, 16, {}});
    EXPECT_THAT(make(drawing).warnings, ElementsAre(HasSubstr("routers lie 15 links apart")));
}

TEST(DrawingLab, WarnsOfParts) {
    Drawing drawing = line(2);
    drawing.nodes.push_back(node("x", "x"));
    EXPECT_THAT(make(drawing).warnings, ElementsAre(HasSubstr("falls into 2 parts that no link joins")));
}

}  // namespace
}  // namespace peerscape

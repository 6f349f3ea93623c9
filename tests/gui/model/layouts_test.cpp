#include "gui/model/layouts.hpp"

#include <array>
#include <cmath>

#include "gui/model/places.hpp"
#include "tests/gui/gui_fixture.hpp"

namespace peerscape::gui {
namespace {

using Places = std::map<std::string, CanvasPoint>;

constexpr std::array kKinds{LayoutKind::Force, LayoutKind::Layers, LayoutKind::Grid, LayoutKind::Circle};

double distance(CanvasPoint a, CanvasPoint b) { return std::hypot(a[0] - b[0], a[1] - b[1]); }

/// A tier of two peers, two customers of them, and a customer of both.
const std::string kTiers =
    "peerscape: 1\n"
    "routers:\n"
    "  leaf: {asn: 65005}\n"
    "  midA: {asn: 65003}\n"
    "  midB: {asn: 65004}\n"
    "  topA: {asn: 65001}\n"
    "  topB: {asn: 65002}\n"
    "links:\n"
    "  - {name: tt, ends: [topA, topB], relation: peer}\n"
    "  - {name: aa, ends: [midA, topA], relation: customer-provider}\n"
    "  - {name: bb, ends: [midB, topB], relation: customer-provider}\n"
    "  - {name: la, ends: [leaf, midA], relation: customer-provider}\n"
    "  - {name: lt, ends: [leaf, topB], relation: customer-provider}\n";

TEST(Layouts, GiveEveryNodeAPlaceOfItsOwnAndTheSameOneAgain) {
    const LabFile lab = labOf(kSquare);
    for (const LayoutKind kind : kKinds) {
        const Places places = layOut(lab, kind, {});
        ASSERT_EQ(places.size(), 4u);
        EXPECT_EQ(places, layOut(lab, kind, {}));
        for (const auto& [a, at] : places) {
            for (const auto& [b, other] : places) {
                if (a == b) continue;
                EXPECT_GE(distance(at, other), 40) << a << b << static_cast<int>(kind);
            }
        }
    }
    EXPECT_TRUE(layOut(LabFile(), LayoutKind::Force, {}).empty());
}

TEST(Layouts, PutProvidersAboveTheirCustomers) {
    const Places at = layOut(labOf(kTiers), LayoutKind::Layers, {});
    const auto height = [&](const char* name) { return at.at(name)[1]; };
    EXPECT_EQ(height("topA"), height("topB"));
    EXPECT_LT(height("topA"), height("midA"));
    EXPECT_EQ(height("midA"), height("midB"));
    EXPECT_LT(height("midB"), height("leaf"));
}

TEST(Layouts, PutACircleOfCustomersIntoOneLayer) {
    const Places at = layOut(labOf("peerscape: 1\n"
                                   "routers: {A: {asn: 1}, B: {asn: 2}, C: {asn: 3}, D: {asn: 4}}\n"
                                   "links:\n"
                                   "  - {name: ab, ends: [A, B], relation: customer-provider}\n"
                                   "  - {name: bc, ends: [B, C], relation: customer-provider}\n"
                                   "  - {name: ca, ends: [C, A], relation: customer-provider}\n"
                                   "  - {name: da, ends: [D, A], relation: customer-provider}\n"),
                             LayoutKind::Layers, {});
    // The cable between the outer two passes beside the middle one.
    const std::set<double> heights{at.at("A")[1], at.at("B")[1], at.at("C")[1]};
    EXPECT_EQ(heights.size(), 2u);
    EXPECT_EQ(*heights.rbegin() - *heights.begin(), 80);
    EXPECT_LT(*heights.rbegin(), at.at("D")[1]);
}

TEST(Layouts, PutTheBestConnectedNodeOnTopWhereThereAreNoRelations) {
    const Places at = layOut(labOf("peerscape: 1\n"
                                   "routers: {A: {}, B: {}, C: {}, hub: {}}\n"
                                   "links:\n"
                                   "  - {name: a, ends: [A, hub]}\n"
                                   "  - {name: b, ends: [B, hub]}\n"
                                   "  - {name: c, ends: [C, hub]}\n"),
                             LayoutKind::Layers, {});
    for (const char* name : {"A", "B", "C"})
        EXPECT_GT(at.at(name)[1], at.at("hub")[1]);
}

TEST(Layouts, ByForceLeavePinnedNodesWhereTheyAre) {
    const LabFile lab = labOf(kSquare);
    const Places at = layOut(lab, LayoutKind::Force, {"A", "D"});
    EXPECT_EQ(at.at("A"), (CanvasPoint{0, 0}));
    EXPECT_EQ(at.at("D"), (CanvasPoint{400, 0}));
    EXPECT_NE(at.at("B"), placesOf(lab).at("B"));
    // B and C hang between A and D.
    for (const char* name : {"B", "C"}) {
        EXPECT_GT(at.at(name)[0], 0) << name;
        EXPECT_LT(at.at(name)[0], 400) << name;
    }
}

TEST(Layouts, ByForcePullNeighboursTogether) {
    // Two triangles with one cable between them.
    const Places at = layOut(labOf("peerscape: 1\n"
                                   "routers: {A: {}, B: {}, C: {}, X: {}, Y: {}, Z: {}}\n"
                                   "links:\n"
                                   "  - {name: ab, ends: [A, B]}\n"
                                   "  - {name: bc, ends: [B, C]}\n"
                                   "  - {name: ca, ends: [C, A]}\n"
                                   "  - {name: xy, ends: [X, Y]}\n"
                                   "  - {name: yz, ends: [Y, Z]}\n"
                                   "  - {name: zx, ends: [Z, X]}\n"
                                   "  - {name: ax, ends: [A, X]}\n"),
                             LayoutKind::Force, {});
    EXPECT_LT(distance(at.at("B"), at.at("C")), distance(at.at("B"), at.at("Z")));
    EXPECT_LT(distance(at.at("Y"), at.at("Z")), distance(at.at("C"), at.at("Y")));
}

TEST(Layouts, NodesStandInLineAndNotOnEachOther) {
    const LabFile lab = labOf(
        "peerscape: 1\n"
        "routers:\n"
        "  A: {at: [0, 0]}\n"
        "  B: {at: [10, 200]}\n"
        "  C: {at: [500, 100]}\n"
        "  D: {at: [900, 900]}\n");
    const Places row = inLine(lab, {"A", "B", "C"}, true);
    ASSERT_EQ(row.size(), 3u) << "only those that were asked for";
    for (const auto& [name, at] : row)
        EXPECT_EQ(at[1], 100) << name;
    EXPECT_EQ(row.at("A")[0], 0);
    EXPECT_GE(row.at("B")[0] - row.at("A")[0], 80);
    EXPECT_EQ(row.at("C")[0], 500);
    const Places column = inLine(lab, {"A", "C"}, false);
    EXPECT_EQ(column.at("A")[0], column.at("C")[0]);
    EXPECT_EQ(column.at("C")[1], 100);
}

}  // namespace
}  // namespace peerscape::gui

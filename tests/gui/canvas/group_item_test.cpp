#include "gui/canvas/group_item.hpp"

#include <gmock/gmock.h>

#include "gui/canvas/bundle_item.hpp"
#include "gui/canvas/message_layer.hpp"
#include "gui/model/folding.hpp"
#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

/// Two buildings of two routers each; two cables between them, one to a router outside.
const std::string kBuildings =
    "peerscape: 1\n"
    "groups:\n"
    "  east: {kind: building, title: East}\n"
    "  west: {kind: building, title: West}\n"
    "routers:\n"
    "  A: {group: west, at: [0, 0], protocols: [rip]}\n"
    "  B: {group: west, at: [0, 200], protocols: [rip]}\n"
    "  C: {group: east, at: [500, 0], protocols: [rip]}\n"
    "  D: {group: east, at: [500, 200], protocols: [rip]}\n"
    "  X: {at: [250, 500], protocols: [rip]}\n"
    "links:\n"
    "  - {name: ab, ends: [A, B]}\n"
    "  - {name: ac, ends: [A, C]}\n"
    "  - {name: bd, ends: [B, D]}\n"
    "  - {name: bx, ends: [B, X]}\n"
    "  - {name: cd, ends: [C, D]}\n";

class GroupTest : public WindowTest {
  protected:
    void SetUp() override { open(kBuildings); }
    std::vector<const BundleItem*> bundles() {
        std::vector<const BundleItem*> found;
        for (const QGraphicsItem* item : window_.scene().items()) {
            if (const auto* bundle = qgraphicsitem_cast<const BundleItem*>(item)) found.push_back(bundle);
        }
        return found;
    }
    const BundleItem* bundleOf(const QStringList& links) {
        for (const BundleItem* bundle : bundles()) {
            if (bundle->links() == links) return bundle;
        }
        return nullptr;
    }
    bool isSeen(const char* node) { return window_.scene().nodeNamed(node)->isVisible(); }
    const GroupItem& group(const char* name) { return *window_.scene().groupNamed(name); }
    /// Where a group can be taken hold of: its title.
    QPointF titleOf(const char* name) {
        const QRectF box = group(name).sceneBoundingRect();
        return {box.center().x(), box.top() + 12};
    }
    std::string homeOf(const char* router) {
        const auto& home = lab().router(router)->group;
        return home ? home->name : std::string();
    }
};

TEST_F(GroupTest, ClosedIsOneIconWithItsLinksInBundlesAndTheLabStaysAsItIs) {
    const std::string before = text();
    window_.scene().setFolded("west", true);
    EXPECT_FALSE(isSeen("A"));
    EXPECT_FALSE(isSeen("B"));
    EXPECT_TRUE(isSeen("C"));
    EXPECT_TRUE(group("west").isFolded());
    EXPECT_EQ(group("west").hidden().nodes, 2U);
    EXPECT_EQ(window_.scene().anchorOf("A"), QPointF(0, 100));
    for (const char* link : {"ab", "ac", "bd", "bx"})
        EXPECT_FALSE(window_.scene().linkNamed(link)->isVisible()) << link;
    EXPECT_EQ(bundles().size(), 3U);
    EXPECT_EQ(text(), before);
    window_.scene().setFolded("east", true);
    ASSERT_EQ(bundles().size(), 2U);
    EXPECT_NE(bundleOf({"ac", "bd"}), nullptr);
    EXPECT_NE(bundleOf({"bx"}), nullptr);
    window_.scene().toggleFolded({"west", "east"});
    EXPECT_TRUE(bundles().empty());
    EXPECT_TRUE(isSeen("A"));
    EXPECT_TRUE(window_.scene().linkNamed("ac")->isVisible());
}

TEST_F(GroupTest, OpensAndClosesByDoubleClickAndByKey) {
    QTest::mouseDClick(window_.view().viewport(), Qt::LeftButton, {}, onScreen(titleOf("west")));
    EXPECT_TRUE(window_.scene().isFolded("west"));
    QTest::mouseDClick(window_.view().viewport(), Qt::LeftButton, {}, onScreen(QPointF(0, 100)));
    EXPECT_FALSE(window_.scene().isFolded("west"));
    window_.scene().select({{}, {}, {"west"}});
    act("fold");
    EXPECT_TRUE(window_.scene().isFolded("west"));
}

TEST_F(GroupTest, ABundleIsItsLinks) {
    window_.scene().toggleFolded({"west", "east"});
    const BundleItem* bundle = bundleOf({"ac", "bd"});
    ASSERT_NE(bundle, nullptr);
    click(bundle->pointAt(0.4));
    EXPECT_THAT(window_.scene().selection().links, testing::ElementsAre("ac", "bd"));
    act("fail");
    EXPECT_EQ(bundle->failed(), 2U);
    window_.scene().select({{}, {"ac"}, {}});
    window_.scene().select({{}, {"ac", "bd"}, {}});
    act("restore");
    EXPECT_EQ(bundle->failed(), 0U);
}

TEST_F(GroupTest, PacketsOfHiddenLinksAreSeenOnTheBundle) {
    window_.scene().setFolded("west", true);
    const auto begin = window_.scene().placeOnLink("ac", "A", 0);
    const auto end = window_.scene().placeOnLink("ac", "A", 1);
    const auto back = window_.scene().placeOnLink("ac", "C", 0);
    ASSERT_TRUE(begin && end && back);
    EXPECT_LT(begin->x(), end->x());
    EXPECT_EQ(*back, *end);
    EXPECT_FALSE(window_.scene().placeOnLink("ab", "A", 0.5));
}

TEST_F(GroupTest, TheLineOfABundleSaysWhoPaysWhom) {
    std::string relations = kBuildings;
    const auto relate = [&](const std::string& link, const std::string& words) {
        const auto at = relations.find("name: " + link);
        relations.insert(relations.find('}', at), ", relation: " + words);
    };
    for (const auto& [router, number] :
         std::map<std::string, std::string>{{"A", "65001"}, {"B", "65002"}, {"C", "65003"}, {"D", "65004"}}) {
        const auto at = relations.find("  " + router + ": {");
        relations.replace(relations.find("[rip]", at), 5, "[bgp], asn: " + number);
    }
    relate("ac", "customer-provider");
    relate("bd", "peer");
    open(relations);
    window_.scene().toggleFolded({"west", "east"});
    const BundleItem* bundle = bundleOf({"ac", "bd"});
    ASSERT_NE(bundle, nullptr);
    EXPECT_EQ(bundle->middleText(), "×2 $=");
    EXPECT_TRUE(bundle->toolTip().contains("West is customer of East (1 "))
        << bundle->toolTip().toStdString();
    act("relations");
    ASSERT_TRUE(bundle->tint().has_value());
    EXPECT_EQ(bundle->tint()->colour, window_.scene().theme().bad) << "a payment asks for more than peers do";
    act("sessions");
    act("converge");
    EXPECT_EQ(bundle->sessions()[0], (BundleItem::Sessions{2, 2})) << bundle->toolTip().toStdString();
    window_.session().perform({lab_action::Fail{{NameRef{"bd", {}}}, std::nullopt}, {}});
    act("nextChange");
    EXPECT_EQ(bundle->sessions()[1].all, 2U);
    EXPECT_EQ(bundle->sessions()[1].established, 1U);
    EXPECT_EQ(bundle->middleText(), "1/2 $=");
    act("physical");
    EXPECT_FALSE(bundle->tint().has_value());
}

TEST_F(GroupTest, TitlesStandWhereNothingElseIs) {
    open(
        "peerscape: 1\n"
        "groups:\n"
        "  top: {kind: as, title: Top}\n"
        "  low: {kind: as, title: A title that is very much longer than its group is wide}\n"
        "  low2: {kind: as, title: Another title that is as long as that}\n"
        "routers:\n"
        "  A: {group: top, at: [0, 0]}\n"
        "  B: {group: low, at: [0, 150]}\n"
        "  C: {group: low2, at: [120, 150]}\n");
    const auto boxOf = [&](const char* name) { return group(name).titleBox(group(name).titleSide()); };
    EXPECT_GT(group("low").titleText().count('\n'), 1) << "long titles are parted";
    EXPECT_FALSE(boxOf("low").intersects(boxOf("low2")));
    EXPECT_FALSE(boxOf("low").intersects(QRectF(-30, -30, 60, 70))) << "nor do they hide a node";
    EXPECT_EQ(group("low").titleSide(), GroupItem::TitleSide::Below);
    EXPECT_EQ(group("top").titleSide(), GroupItem::TitleSide::Above);
    EXPECT_TRUE(group("low").boundingRect().contains(boxOf("low")));
}

TEST_F(GroupTest, WhatLiesAroundAGroupLiesAroundItsTitle) {
    open(
        "peerscape: 1\n"
        "groups:\n"
        "  out: {kind: site, title: Site}\n"
        "  in: {kind: building, title: A building with a title of several lines, parent: out}\n"
        "routers:\n"
        "  A: {group: in, at: [0, 0]}\n");
    const QRectF title = group("in").titleBox(GroupItem::TitleSide::Above);
    EXPECT_TRUE(group("out").covers(title.topLeft() + QPointF(4, 4)));
    EXPECT_TRUE(group("out").covers(title.topRight() + QPointF(-4, 4)));
}

TEST_F(GroupTest, DraggedByItsTitleTakesItsNodesAlong) {
    drag(titleOf("west"), titleOf("west") + QPointF(-60, 40));
    EXPECT_EQ(placeOf("A"), QPointF(-60, 40));
    EXPECT_EQ(placeOf("B"), QPointF(-60, 240));
    EXPECT_EQ(homeOf("A"), "west");
    act("undo");
    EXPECT_EQ(placeOf("A"), QPointF(0, 0));
    EXPECT_EQ(placeOf("B"), QPointF(0, 200));
    window_.scene().setFolded("west", true);
    drag(QPointF(0, 100), QPointF(40, 60));
    window_.scene().setFolded("west", false);
    EXPECT_EQ(placeOf("A"), QPointF(40, -40));
    EXPECT_EQ(placeOf("B"), QPointF(40, 160));
}

TEST_F(GroupTest, ANodeLiesWhereItIsDropped) {
    drag(placeOf("X"), QPointF(500, 100));
    EXPECT_EQ(homeOf("X"), "east");
    drag(placeOf("X"), QPointF(250, 500));
    EXPECT_EQ(homeOf("X"), "");
    drag(placeOf("A"), QPointF(250, 100));
    EXPECT_EQ(homeOf("A"), "");
    act("undo");
    EXPECT_EQ(homeOf("A"), "west");
    EXPECT_EQ(placeOf("A"), QPointF(0, 0));
}

TEST_F(GroupTest, StretchesWithShiftInsteadOfLosingANode) {
    QTest::mousePress(window_.view().viewport(), Qt::LeftButton, Qt::ShiftModifier, onScreen({0, 0}));
    moveTo({-100, -50});
    QTest::mouseRelease(window_.view().viewport(), Qt::LeftButton, Qt::ShiftModifier, onScreen({-200, -100}));
    settle();
    EXPECT_EQ(homeOf("A"), "west");
    EXPECT_NE(placeOf("A"), QPointF(0, 0));
    EXPECT_TRUE(group("west").covers(placeOf("A")));
}

TEST_F(GroupTest, WhatLiesWhereStaysWhileTimePasses) {
    act("converge");
    ASSERT_TRUE(window_.scene().isRunning());
    drag(placeOf("A"), QPointF(250, 100));
    EXPECT_EQ(homeOf("A"), "west");
    EXPECT_EQ(placeOf("A"), QPointF(250, 100));
    EXPECT_EQ(window_.banner(), "");
}

TEST_F(GroupTest, DroppedIntoAnotherLiesInIt) {
    drag(titleOf("west"), QPointF(500, 100));
    ASSERT_TRUE(lab().group("west")->parent);
    EXPECT_EQ(lab().group("west")->parent->name, "east");
    EXPECT_TRUE(group("east").covers(placeOf("A")));
    act("undo");
    EXPECT_FALSE(lab().group("west")->parent);
    EXPECT_EQ(placeOf("A"), QPointF(0, 0));
}

TEST_F(GroupTest, ALockedDrawingIsNotDragged) {
    act("lock");
    const std::string before = text();
    drag(titleOf("west"), titleOf("west") + QPointF(100, 0));
    drag(placeOf("X"), QPointF(500, 100));
    EXPECT_EQ(text(), before);
    EXPECT_EQ(placeOf("A"), QPointF(0, 0));
}

}  // namespace
}  // namespace peerscape::gui

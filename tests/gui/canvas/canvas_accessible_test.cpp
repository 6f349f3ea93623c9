#include "gui/canvas/canvas_accessible.hpp"

#include <QContextMenuEvent>
#include <QSignalSpy>
#include <gmock/gmock.h>

#include "gui/canvas/group_item.hpp"
#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

class CanvasByKeyTest : public WindowTest {
  protected:
    void SetUp() override {
        open(kSquare);
        window_.activateWindow();
        window_.view().setFocus();
    }
    void key(int key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&window_.view(), static_cast<Qt::Key>(key), modifiers);
        settle();
    }
    QAccessibleInterface& canvas() {
        QAccessibleInterface* found = QAccessible::queryAccessibleInterface(&window_.view());
        if (found == nullptr) throw std::runtime_error("the canvas has no interface");
        return *found;
    }
    QAccessibleInterface* childNamed(const QString& name) {
        for (int i = 0; i < canvas().childCount(); ++i) {
            QAccessibleInterface* child = canvas().child(i);
            if (child->text(QAccessible::Name) == name) return child;
        }
        return nullptr;
    }
    std::set<std::string> selectedNodes() { return window_.scene().selection().nodes; }
};

TEST_F(CanvasByKeyTest, TabWalksThroughNodesLinksAndGroupsAndLeaves) {
    std::vector<std::string> seen;
    for (int i = 0; i < 11; ++i) {
        key(Qt::Key_Tab);
        const Selection selected = window_.scene().selection();
        for (const auto* names : {&selected.nodes, &selected.links, &selected.groups})
            seen.insert(seen.end(), names->begin(), names->end());
    }
    EXPECT_THAT(seen, testing::ElementsAre("A", "B", "C", "D", "lan-d", "ab", "ac", "bd", "cd", "a", "b"));
    key(Qt::Key_Backtab);
    EXPECT_THAT(window_.scene().selection().groups, testing::ElementsAre("a"));
    key(Qt::Key_Tab);
    key(Qt::Key_Tab);
    EXPECT_FALSE(window_.view().hasFocus());
}

TEST_F(CanvasByKeyTest, EnterOpensThePropertiesAndTheMenuKeyTheMenu) {
    key(Qt::Key_Tab);
    QSignalSpy properties(&window_.scene(), &LabScene::propertiesAsked);
    key(Qt::Key_Return);
    EXPECT_EQ(properties.count(), 1);
    // The window's own menu would wait for an answer.
    QObject::disconnect(&window_.scene(), &LabScene::menuRequested, nullptr, nullptr);
    QSignalSpy menu(&window_.scene(), &LabScene::menuRequested);
    QContextMenuEvent asked(QContextMenuEvent::Keyboard, QPoint(1, 1), QPoint(1, 1));
    QApplication::sendEvent(window_.view().viewport(), &asked);
    ASSERT_EQ(menu.count(), 1);
    EXPECT_EQ(menu.front().front().toPoint(), window_.view().viewport()->mapToGlobal(onScreen(placeOf("A"))));
}

TEST_F(CanvasByKeyTest, ALinkIsDrawnWithoutAMouse) {
    const std::size_t before = lab().links.size();
    key(Qt::Key_Tab);  // A
    act("link");
    key(Qt::Key_Return);
    for (int i = 0; i < 3; ++i)
        key(Qt::Key_Tab);  // D
    key(Qt::Key_Return);
    ASSERT_EQ(lab().links.size(), before + 1);
    EXPECT_EQ(lab().links.back().ends[0].node.name, "A");
    EXPECT_EQ(lab().links.back().ends[1].node.name, "D");
    key(Qt::Key_Escape);
    EXPECT_EQ(window_.scene().tool(), nullptr);
}

TEST_F(CanvasByKeyTest, ARouterIsPlacedWithoutAMouse) {
    const std::size_t before = lab().routers.size();
    act("router");
    key(Qt::Key_Return);
    EXPECT_EQ(lab().routers.size(), before + 1);
}

TEST_F(CanvasByKeyTest, ArrowsMoveAWholeGroup) {
    window_.scene().select({{}, {}, {"a"}});
    key(Qt::Key_Right);
    EXPECT_EQ(placeOf("A"), QPointF(10, 0));
    key(Qt::Key_Up, Qt::ShiftModifier);
    EXPECT_EQ(placeOf("A"), QPointF(10, -40));
}

TEST_F(CanvasByKeyTest, ScreenReadersKnowWhatIsOnTheCanvas) {
    EXPECT_EQ(canvas().role(), QAccessible::Canvas);
    EXPECT_EQ(canvas().childCount(), 11);
    QAccessibleInterface* router = childNamed("Router A");
    ASSERT_NE(router, nullptr);
    EXPECT_EQ(router->parent(), &canvas());
    EXPECT_EQ(canvas().indexOfChild(router), 0);
    EXPECT_NE(childNamed("Link ab: A – B"), nullptr);
    EXPECT_NE(childNamed("Group Building A"), nullptr);
    const QPoint middle = window_.view().viewport()->mapToGlobal(onScreen(placeOf("A")));
    EXPECT_TRUE(router->rect().contains(middle));
    EXPECT_EQ(canvas().childAt(middle.x(), middle.y()), router);
}

TEST_F(CanvasByKeyTest, ScreenReadersHearStatesAndCanAct) {
    QAccessibleInterface* link = childNamed("Link ab: A – B");
    ASSERT_NE(link, nullptr);
    EXPECT_FALSE(link->text(QAccessible::Description).contains("failed"));
    selectLink("ab");
    act("fail");
    EXPECT_TRUE(link->text(QAccessible::Description).contains("failed"));
    EXPECT_TRUE(link->state().selected);
    QAccessibleInterface* router = childNamed("Router C");
    ASSERT_NE(router, nullptr);
    ASSERT_NE(router->actionInterface(), nullptr);
    router->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
    EXPECT_EQ(selectedNodes(), std::set<std::string>{"C"});
    EXPECT_TRUE(router->state().focused);
    EXPECT_EQ(canvas().focusChild(), router);
}

TEST_F(CanvasByKeyTest, WhatIsGoneIsGoneForScreenReadersToo) {
    QAccessibleInterface* router = childNamed("Router A");
    ASSERT_NE(router, nullptr);
    window_.scene().select({{"A"}, {}, {}});
    act("delete");
    EXPECT_FALSE(router->isValid());
    EXPECT_EQ(childNamed("Router A"), nullptr);
    act("undo");
    EXPECT_TRUE(router->isValid());
    window_.scene().setFolded("b", true);
    EXPECT_EQ(childNamed("Router B"), nullptr);
}

}  // namespace
}  // namespace peerscape::gui

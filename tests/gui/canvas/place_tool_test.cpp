#include "gui/canvas/place_tool.hpp"

#include <QToolBar>

#include "gui/canvas/canvas_view.hpp"
#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

/// Hands that hold Shift.
class ToolTest : public WindowTest {
  protected:
    void SetUp() override { open(kSquare); }
    QWidget& drawing() { return *window_.view().viewport(); }
    void send(QWidget& to, QEvent::Type type, QPoint at, Qt::MouseButton button, Qt::KeyboardModifiers with) {
        const Qt::MouseButtons held = type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton;
        QMouseEvent event(type, at, to.mapToGlobal(at), button, held, with);
        QApplication::sendEvent(&to, &event);
    }
    /// Along the places, in small steps.
    void dragAlong(const std::vector<QPointF>& places, Qt::KeyboardModifiers with, bool letsGo = true) {
        constexpr int kSteps = 10;
        send(drawing(), QEvent::MouseButtonPress, onScreen(places.front()), Qt::LeftButton, with);
        for (std::size_t i = 1; i < places.size(); ++i) {
            for (int step = 1; step <= kSteps; ++step) {
                const QPointF at = places[i - 1] + (places[i] - places[i - 1]) * step / kSteps;
                send(drawing(), QEvent::MouseMove, onScreen(at), Qt::NoButton, with);
            }
        }
        if (letsGo)
            send(drawing(), QEvent::MouseButtonRelease, onScreen(places.back()), Qt::LeftButton, with);
        settle();
    }
    QWidget& button(const char* id) {
        auto* palette = window_.findChild<QToolBar*>("palette");
        return *palette->widgetForAction(window_.action(id));
    }
    void dragOut(const char* id, QPointF to, Qt::KeyboardModifiers with) {
        QWidget& from = button(id);
        const QPoint begin = from.rect().center();
        const QPoint end = from.mapFromGlobal(drawing().mapToGlobal(onScreen(to)));
        send(from, QEvent::MouseButtonPress, begin, Qt::LeftButton, with);
        send(from, QEvent::MouseMove, (begin + end) / 2, Qt::NoButton, with);
        send(from, QEvent::MouseMove, end, Qt::NoButton, with);
        send(from, QEvent::MouseButtonRelease, end, Qt::LeftButton, with);
        settle();
    }
    bool isLinked(const char* a, const char* b) {
        return std::ranges::any_of(lab().links, [&](const LinkEntry& link) {
            const std::set<std::string> ends{link.ends[0].node.name, link.ends[1].node.name};
            return ends == std::set<std::string>{a, b};
        });
    }
};

TEST_F(ToolTest, DraggingWithShiftLeavesARowOfRoutersAsOneGesture) {
    const std::string before = text();
    act("router");
    dragAlong({{0, 220}, {250, 220}}, Qt::ShiftModifier);
    ASSERT_EQ(lab().routers.size(), 7U);
    EXPECT_EQ(*lab().router("R1")->at, (CanvasPoint{0, 220}));
    EXPECT_EQ(*lab().router("R2")->at, (CanvasPoint{120, 220}));
    EXPECT_EQ(*lab().router("R3")->at, (CanvasPoint{240, 220}));
    EXPECT_EQ(window_.scene().selection().nodes, (std::set<std::string>{"R1", "R2", "R3"}));
    EXPECT_NE(window_.scene().tool(), nullptr) << "the tool stays in the hand";
    const std::string after = text();
    act("undo");
    EXPECT_EQ(text(), before);
    act("redo");
    EXPECT_EQ(text(), after);
}

TEST_F(ToolTest, WithoutShiftItStandsWhereTheMouseIsLetGo) {
    act("host");
    dragAlong({{0, 220}, {250, 230}}, Qt::NoModifier);
    ASSERT_EQ(lab().hosts.size(), 1U);
    EXPECT_EQ(*lab().hosts[0].at, (CanvasPoint{250, 230}));
}

TEST_F(ToolTest, EscGivesUpWhatHasBeenBegunAndThenPutsTheToolDown) {
    const std::string before = text();
    act("router");
    dragAlong({{0, 220}, {250, 220}}, Qt::ShiftModifier, false);
    QTest::keyClick(&drawing(), Qt::Key_Escape);
    send(drawing(), QEvent::MouseButtonRelease, onScreen({250, 220}), Qt::LeftButton, Qt::ShiftModifier);
    settle();
    EXPECT_EQ(text(), before);
    EXPECT_NE(window_.scene().tool(), nullptr);
    QTest::keyClick(&drawing(), Qt::Key_Escape);
    EXPECT_EQ(window_.scene().tool(), nullptr);
}

TEST_F(ToolTest, DraggingALinkWithShiftOverNodesLinksEachToTheNext) {
    const std::string before = text();
    act("link");
    dragAlong({placeOf("A"), placeOf("D"), placeOf("C"), placeOf("B")}, Qt::ShiftModifier);
    EXPECT_EQ(lab().links.size(), 7U);
    EXPECT_TRUE(isLinked("A", "D"));
    EXPECT_TRUE(isLinked("B", "C"));
    const std::string after = text();
    act("undo");
    EXPECT_EQ(text(), before) << "one gesture";
    act("redo");
    EXPECT_EQ(text(), after);
    dragAlong({placeOf("A"), placeOf("D"), placeOf("C")}, Qt::NoModifier);
    EXPECT_EQ(lab().links.size(), 8U) << "without Shift from the first to the last";
}

TEST_F(ToolTest, ClicksWithShiftGoOnFromTheNodeBefore) {
    act("link");
    for (const char* node : {"A", "D", "B"}) {
        send(drawing(), QEvent::MouseButtonPress, onScreen(placeOf(node)), Qt::LeftButton, Qt::ShiftModifier);
        send(drawing(), QEvent::MouseButtonRelease, onScreen(placeOf(node)), Qt::LeftButton,
             Qt::ShiftModifier);
    }
    settle();
    EXPECT_EQ(lab().links.size(), 6U);
    EXPECT_TRUE(isLinked("A", "D"));
    QTest::keyClick(&drawing(), Qt::Key_Escape);
    click(placeOf("C"));
    EXPECT_EQ(lab().links.size(), 6U) << "Esc has ended the chain";
}

TEST_F(ToolTest, LinksThatAreDrawnWhileTheLabRunsEachGetAnInterface) {
    act("converge");
    act("link");
    dragAlong({placeOf("A"), placeOf("D"), placeOf("C"), placeOf("B")}, Qt::ShiftModifier);
    drag(placeOf("A"), placeOf("D"));
    std::set<std::string> plugs;
    std::size_t added = 0;
    for (const LinkView& link : shot().links) {
        if (!link.isAdded) continue;
        ++added;
        for (const EndView& end : link.ends)
            EXPECT_TRUE(plugs.insert(end.node + ":" + end.interface).second) << end.node << end.interface;
    }
    EXPECT_EQ(added, 4U);
}

TEST_F(ToolTest, ThingsAreDraggedOutOfThePalette) {
    dragOut("router", {180, 0}, Qt::NoModifier);
    ASSERT_EQ(lab().routers.size(), 5U);
    EXPECT_EQ(*lab().router("R1")->at, (CanvasPoint{180, 0}));
    EXPECT_EQ(window_.scene().tool(), nullptr) << "put down again";
    dragOut("host", {260, 0}, Qt::ShiftModifier);
    EXPECT_EQ(lab().hosts.size(), 1U);
    EXPECT_NE(window_.scene().tool(), nullptr) << "for more";
    act("select");
    const std::string before = text();
    QWidget& from = button("router");
    send(from, QEvent::MouseButtonPress, from.rect().center(), Qt::LeftButton, {});
    send(from, QEvent::MouseMove, QPoint(0, 300), Qt::NoButton, {});
    send(from, QEvent::MouseButtonRelease, QPoint(0, 300), Qt::LeftButton, {});
    settle();
    EXPECT_EQ(text(), before) << "let go beside the drawing";
    EXPECT_EQ(window_.scene().tool(), nullptr);
}

}  // namespace
}  // namespace peerscape::gui

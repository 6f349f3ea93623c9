#include "gui/canvas/minimap.hpp"

#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

class MinimapTest : public WindowTest {
  protected:
    /// Lets the moment pass for which the map gathers news, and paints it.
    QImage picture() { return window_.minimap().grab().toImage(); }
};

TEST_F(MinimapTest, IsThereWhenItIsAskedForAndStaysInItsCorner) {
    open(kSquare);
    Minimap& map = window_.minimap();
    EXPECT_FALSE(map.isVisible());
    act("minimap");
    EXPECT_TRUE(map.isVisible());
    EXPECT_TRUE(window_.action("minimap")->isChecked());
    window_.resize(1200, 800);
    QApplication::processEvents();
    EXPECT_TRUE(window_.view().rect().contains(map.geometry()));
    EXPECT_GT(map.geometry().left(), window_.view().width() / 2);
    EXPECT_GT(map.geometry().top(), window_.view().height() / 2);
    act("minimap");
    EXPECT_FALSE(map.isVisible());
}

TEST_F(MinimapTest, ShowsTheWholeDrawingAndAClickGoesThere) {
    open(kSquare);
    act("minimap");
    Minimap& map = window_.minimap();
    const QImage seen = picture();
    const QColor dot = window_.scene().theme().outline;
    for (const char* node : {"A", "B", "C", "D"}) {
        const QPointF at = map.onMap(placeOf(node));
        ASSERT_TRUE(QRectF(map.rect()).contains(at)) << node;
        EXPECT_EQ(QColor(seen.pixel(at.toPoint())), dot) << node;
        EXPECT_LT(QLineF(map.inDrawing(at), placeOf(node)).length(), 1e-6) << node;
    }
    window_.view().resetZoom();
    window_.view().zoomBy(4);
    picture();
    QTest::mouseClick(&map, Qt::LeftButton, {}, map.onMap(placeOf("D")).toPoint());
    const QPointF centre = window_.view().mapToScene(window_.view().viewport()->rect().center());
    // As close as a point of the map can say it.
    EXPECT_LT(QLineF(centre, placeOf("D")).length(), 8);
}

TEST_F(MinimapTest, IsNotPaintedForEveryFrameOfTheDrawing) {
    open(kSquare);
    act("minimap");
    picture();
    const int before = window_.minimap().drawCount();
    for (int i = 0; i < 20; ++i) {
        window_.view().zoomBy(i % 2 == 0 ? 1.1 : 1 / 1.1);
        QApplication::processEvents();
    }
    EXPECT_LE(window_.minimap().drawCount(), before + 10);
    // But when news have been gathered for a moment, it is.
    EXPECT_TRUE(QTest::qWaitFor([&] { return window_.minimap().drawCount() > before; }, 5000));
}

TEST_F(MinimapTest, LayoutsAreOneStepOfUndoAndLeaveTheSelectedWhereTheyAre) {
    open(kSquare);
    const std::string before = text();
    for (const char* layout : {"layoutForce", "layoutLayers", "layoutGrid", "layoutCircle"}) {
        act(layout);
        EXPECT_NE(text(), before) << layout;
        act("undo");
        EXPECT_EQ(text(), before) << layout;
    }
    window_.scene().select({{"A", "D"}, {}, {}});
    act("layoutForce");
    EXPECT_EQ(placeOf("A"), QPointF(0, 0));
    EXPECT_EQ(placeOf("D"), QPointF(400, 0));
    EXPECT_NE(text(), before);
}

}  // namespace
}  // namespace peerscape::gui

#include "gui/panels/matrix_panel.hpp"

#include <QDockWidget>

#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

class MatrixWindow : public WindowTest {
  protected:
    void openMatrix() {
        open(kSquare);
        window_.findChild<QDockWidget*>("matrix")->raise();
        settle();
    }
    QString cell(int from, int to) { return window_.matrix().table().item(from, to)->text(); }
};

TEST_F(MatrixWindow, FillsAsRoutersLearn) {
    openMatrix();
    ASSERT_EQ(window_.matrix().table().rowCount(), 4);
    EXPECT_EQ(window_.matrix().table().verticalHeaderItem(3)->text(), "D");
    EXPECT_EQ(cell(0, 1), "✓") << "neighbours need no protocol";
    EXPECT_EQ(cell(0, 0), "");
    act("converge");
    for (int from = 0; from < 4; ++from) {
        for (int to = 0; to < 4; ++to)
            EXPECT_EQ(cell(from, to), from == to ? "" : "✓") << from << " " << to;
    }
}

TEST_F(MatrixWindow, AClickSelectsThePathOnTheDrawing) {
    openMatrix();
    act("converge");
    window_.matrix().table().setCurrentCell(0, 3);
    settle();
    EXPECT_TRUE(window_.matrix().path().startsWith("A → B → D ✓") ||
                window_.matrix().path().startsWith("A → C → D ✓"))
        << window_.matrix().path().toStdString();
    const Selection selected = window_.scene().selection();
    EXPECT_EQ(selected.nodes.size(), 3u);
    EXPECT_TRUE(selected.nodes.contains("A") && selected.nodes.contains("D"));
    EXPECT_EQ(selected.links.size(), 2u);
}

TEST_F(MatrixWindow, IsFoundOnlyWhileItIsSeen) {
    openMatrix();
    EXPECT_NE(shot().reach, nullptr);
    window_.findChild<QDockWidget*>("events")->raise();
    settle();
    EXPECT_EQ(shot().reach, nullptr);
}

}  // namespace
}  // namespace peerscape::gui

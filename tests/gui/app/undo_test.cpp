// Every command of the editor, undone and redone to the identical lab file.
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

#include "gui/canvas/group_item.hpp"
#include "gui/panels/inspector.hpp"
#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

class UndoTest : public WindowTest {
  protected:
    void SetUp() override {
        open(kSquare + "hosts:\n  pc: {at: [460, 140], gateway: D}\n");
        texts_.push_back(text());
    }
    /// The gesture has changed the lab file.
    void note(const std::string& what) {
        EXPECT_NE(text(), texts_.back()) << what;
        EXPECT_EQ(labOf(text()), lab()) << what;
        texts_.push_back(text());
        names_.push_back(what);
    }
    void expectThereAndBack() {
        for (std::size_t i = texts_.size() - 1; i > 0; --i) {
            act("undo");
            EXPECT_EQ(text(), texts_[i - 1]) << "undo of " << names_[i - 1];
        }
        EXPECT_FALSE(window_.editor().document().canUndo());
        for (std::size_t i = 1; i < texts_.size(); ++i) {
            act("redo");
            EXPECT_EQ(text(), texts_[i]) << "redo of " << names_[i - 1];
        }
    }
    template <typename Field>
    Field& field(const char* name) {
        auto* found = dynamic_cast<Field*>(window_.inspector().field(name));
        if (found == nullptr) throw std::runtime_error(std::string("there is no field ") + name);
        return *found;
    }
    void type(const char* name, const char* words) {
        auto& line = field<QLineEdit>(name);
        line.selectAll();
        QTest::keyClicks(&line, words);
        QTest::keyClick(&line, Qt::Key_Return);
        settle();
        note(std::string(name) + " " + words);
    }
    void choose(const char* name, int index) {
        auto& box = field<QComboBox>(name);
        box.setCurrentIndex(index);
        Q_EMIT box.activated(index);
        settle();
        note(std::string(name) + " " + std::to_string(index));
    }
    QPointF titleOf(const char* group) {
        return window_.scene()
            .groupNamed(group)
            ->titleBox(window_.scene().groupNamed(group)->titleSide())
            .center();
    }

    std::vector<std::string> texts_;
    std::vector<std::string> names_;
};

TEST_F(UndoTest, OfLayoutsAndAlignment) {
    for (const char* id : {"layoutForce", "layoutLayers", "layoutGrid", "layoutCircle", "layout"}) {
        act(id);
        note(id);
    }
    window_.scene().select({{"A", "B", "pc"}, {}, {}});
    act("alignRow");
    note("row");
    window_.scene().select({{"A", "C", "D"}, {}, {}});
    act("alignColumn");
    note("column");
    expectThereAndBack();
}

TEST_F(UndoTest, OfGroupsThatAreDraggedNestedAndDissolved) {
    drag(placeOf("C"), window_.scene().groupNamed("a")->sceneBoundingRect().center() + QPointF(40, 30));
    note("into a group");
    EXPECT_EQ(lab().router("C")->group->name, "a");
    drag(placeOf("C"), {200, 320});
    note("out of it");
    EXPECT_FALSE(lab().router("C")->group.has_value());
    drag(titleOf("a"), window_.scene().groupNamed("b")->sceneBoundingRect().center());
    note("a group into another");
    EXPECT_EQ(lab().group("a")->parent->name, "b");
    window_.scene().select({{"C", "D"}, {}, {}});
    act("group");
    note("a new group");
    window_.scene().select({{}, {}, {"b"}});
    act("delete");
    note("dissolve");
    expectThereAndBack();
}

TEST_F(UndoTest, AGroupThatIsClosedIsNoGestureOfTheFile) {
    window_.scene().select({{}, {}, {"a"}});
    act("fold");
    EXPECT_EQ(text(), texts_.back());
    EXPECT_FALSE(window_.editor().document().canUndo());
    act("fold");
    EXPECT_EQ(text(), texts_.back());
}

TEST_F(UndoTest, OfEveryProperty) {
    type("title", "Another title");
    type("seed", "77");
    window_.scene().select({{}, {}, {"a"}});
    type("title", "Hall");
    type("kind", "site");
    type("asn", "65001");
    window_.scene().select({{}, {"ab"}, {}});
    type("delay", "30ms");
    type("bandwidth", "10Mbit");
    type("loss", "5%");
    choose("relation", 2);
    window_.scene().select({{"A"}, {}, {}});
    type("loopback", "10.99.0.1/32");
    field<QPlainTextEdit>("config").setPlainText("router rip\n network 0.0.0.0/0\n");
    field<QPushButton>("useConfig").click();
    note("configuration");
    window_.scene().select({{"C"}, {}, {}});
    choose("group", 1);
    window_.scene().select({{"pc"}, {}, {}});
    choose("gateway", 1);
    expectThereAndBack();
}

TEST_F(UndoTest, OfArrowKeysCopiesAndLans) {
    window_.scene().select({{"C"}, {}, {"a"}});
    window_.view().setFocus();
    QTest::keyClick(window_.view().viewport(), Qt::Key_Down, Qt::ShiftModifier);
    note("arrow key");
    window_.scene().select({{"A", "B"}, {}, {}});
    act("copy");
    act("paste");
    note("paste");
    act("paste");
    note("paste again");
    act("lan");
    click(placeOf("C"));
    note("lan");
    act("link");
    click(placeOf("B"));
    click(placeOf("C"));
    note("link");
    expectThereAndBack();
}

}  // namespace
}  // namespace peerscape::gui

#include "gui/canvas/note_item.hpp"

#include <QPlainTextEdit>

#include "gui/canvas/canvas_accessible.hpp"
#include "gui/model/edits.hpp"
#include "gui/panels/inspector.hpp"
#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

const std::string kWithNotes = kSquare +
                               "notes:\n"
                               "  - {text: Look here, at: [40, 160]}\n"
                               "  - at: [260, -220]\n"
                               "    text: |\n"
                               "      Two\n"
                               "      lines\n";

class NoteTest : public WindowTest {
  protected:
    void SetUp() override { open(kWithNotes); }
    const NoteItem& note(std::size_t index) { return *window_.scene().notes().at(index); }
    QPointF middleOf(std::size_t index) { return note(index).sceneBoundingRect().center(); }
    QPlainTextEdit& editor() {
        auto* text = qobject_cast<QPlainTextEdit*>(window_.inspector().field("text"));
        if (text == nullptr) throw std::runtime_error("no note is selected");
        return *text;
    }
};

TEST_F(NoteTest, NoRunKnowsOfThem) {
    act("converge");
    const std::uint64_t with = shot().fingerprint;
    act("toStart");
    window_.scene().select({{}, {}, {}, {0, 1}});
    act("delete");
    EXPECT_TRUE(lab().notes.empty());
    EXPECT_TRUE(window_.banner().isEmpty()) << "the run is still that of the drawing";
    act("converge");
    EXPECT_EQ(shot().fingerprint, with);
}

TEST_F(NoteTest, EveryGestureUndoneAndRedoneGivesTheIdenticalFile) {
    std::vector<std::string> texts{text()};
    const auto expectNews = [&](const char* what) {
        ASSERT_NE(text(), texts.back()) << what;
        EXPECT_EQ(labOf(text()), lab()) << what << ": can be saved and read";
        texts.push_back(text());
    };
    act("note");
    click({-120, 200});
    expectNews("place");
    ASSERT_EQ(lab().notes.size(), 3U);
    EXPECT_EQ(lab().notes[2].at, (CanvasPoint{-120, 200}));
    editor().setPlainText("First\n\nand last: \"quoted\"  ");
    QTest::keyClick(&editor(), Qt::Key_Return, Qt::ControlModifier);
    expectNews("text");
    EXPECT_EQ(lab().notes[2].text, "First\n\nand last: \"quoted\"\n");
    act("select");
    drag(middleOf(0), middleOf(0) + QPointF(60, 40));
    expectNews("drag");
    EXPECT_EQ(lab().notes[0].at, (CanvasPoint{100, 200}));
    window_.scene().select({{"A"}, {}, {}, {0, 2}});
    act("duplicate");
    expectNews("duplicate");
    EXPECT_EQ(lab().notes.size(), 5U);
    EXPECT_EQ(window_.scene().selection().notes, (std::set<std::size_t>{3, 4}));
    drag(middleOf(4), middleOf(4) + QPointF(100, 0));
    expectNews("drag of several things");
    EXPECT_EQ(lab().notes[3].at[0], 100 + 60 + 100) << "what is selected goes along";
    window_.scene().select({{}, {}, {}, {1}});
    window_.view().setFocus();
    QTest::keyClick(window_.view().viewport(), Qt::Key_Right);
    expectNews("arrow key");
    EXPECT_EQ(lab().notes[1].at, (CanvasPoint{270, -220}));
    act("delete");
    expectNews("delete");
    EXPECT_EQ(lab().notes.size(), 4U);
    for (std::size_t i = texts.size() - 1; i > 0; --i) {
        act("undo");
        EXPECT_EQ(text(), texts[i - 1]);
        EXPECT_EQ(window_.scene().notes().size(), lab().notes.size());
    }
    for (std::size_t i = 1; i < texts.size(); ++i) {
        act("redo");
        EXPECT_EQ(text(), texts[i]);
    }
}

TEST_F(NoteTest, ADragOfANoteLeavesNodesAndGroupsAsTheyAre) {
    LabFile before = lab();
    drag(middleOf(0), placeOf("A") + QPointF(30, 0));
    LabFile after = lab();
    EXPECT_NE(before.notes, after.notes);
    before.notes.clear();
    after.notes.clear();
    EXPECT_EQ(before, after);
}

TEST_F(NoteTest, WordsWrapAndNothingIsCutOff) {
    constexpr double kLetters = 10;  // a line is higher than its smallest letters
    const QSizeF line = NoteItem::sizeOf("word");
    const QSizeF lines = NoteItem::sizeOf("word\nword\nword");
    EXPECT_EQ(lines.width(), line.width());
    EXPECT_GT(lines.height(), line.height() + 2 * kLetters);
    QString sentence;
    for (int i = 0; i < 40; ++i)
        sentence += "word ";
    EXPECT_GT(NoteItem::sizeOf(sentence).height(), line.height() + kLetters);
    EXPECT_LT(NoteItem::sizeOf(sentence).width(), 340);
    const QString monster(80, 'm');
    EXPECT_GT(NoteItem::sizeOf(monster).width(), 500) << "one word stays one word";
    EXPECT_TRUE(note(0).boundingRect().contains(note(0).sheet()));
}

TEST_F(NoteTest, ANoteWithoutWordsIsNotTakenAndSaysSo) {
    click(middleOf(0));
    EXPECT_EQ(editor().toPlainText(), "Look here");
    const std::string before = text();
    editor().setPlainText(" \n ");
    QTest::keyClick(&editor(), Qt::Key_Return, Qt::ControlModifier);
    EXPECT_EQ(text(), before);
    EXPECT_FALSE(withNoteText(lab(), 7, "x").has_value());
    // Words that are typed are taken when the mouse goes back to the drawing.
    editor().setFocus();
    editor().setPlainText("There");
    click({-150, -200});
    EXPECT_EQ(lab().notes[0].text, "There");
}

TEST_F(NoteTest, ReachedByKeyAndNamedForScreenReaders) {
    const std::vector<QGraphicsItem*> order = window_.scene().walkOrder();
    ASSERT_EQ(order.back()->type(), NoteItem::Type) << "after everything else";
    window_.scene().walkTo(*order.back());
    EXPECT_EQ(window_.scene().selection().notes, std::set<std::size_t>{1});
    EXPECT_EQ(order.back()->toolTip(), "Note: Two lines");
    EXPECT_EQ(window_.scene().itemNamed(NoteItem::Type, "1"), order.back());
    EXPECT_EQ(window_.scene().itemNamed(NoteItem::Type, "2"), nullptr);
}

TEST_F(NoteTest, StandInPicturesOfTheDrawing) {
    const QString with = QString::fromStdString((folder_.path() / "with.svg").string());
    ASSERT_TRUE(window_.writePicture(with).has_value());
    const std::string picture = readFile(with.toStdString());
    EXPECT_NE(picture.find("Look here"), std::string::npos);
    window_.scene().select({{}, {}, {}, {0}});
    act("delete");
    ASSERT_TRUE(window_.writePicture(with).has_value());
    EXPECT_EQ(readFile(with.toStdString()).find("Look here"), std::string::npos);
}

TEST_F(NoteTest, ALockedDrawingKeepsThem) {
    act("lock");
    const std::string before = text();
    drag(middleOf(0), middleOf(0) + QPointF(60, 40));
    EXPECT_EQ(text(), before);
    EXPECT_EQ(note(0).pos(), QPointF(40, 160));
}

}  // namespace
}  // namespace peerscape::gui

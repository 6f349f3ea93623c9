#include "gui/panels/message_panel.hpp"

#include "gui/panels/event_list.hpp"
#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

TEST(HexDump, HasSixteenBytesInALineAndKnowsThemByTheirPlaces) {
    std::vector<std::uint8_t> bytes;
    for (int i = 0; i < 20; ++i)
        bytes.push_back(static_cast<std::uint8_t>(0x3c + i));
    const QString dump = MessagePanel::dumpOf(bytes);
    const QStringList lines = dump.split('\n');
    ASSERT_EQ(lines.size(), 2);
    EXPECT_EQ(lines[0], "0000  3c 3d 3e 3f 40 41 42 43 44 45 46 47 48 49 4a 4b  <=>?@ABCDEFGHIJK");
    EXPECT_EQ(lines[1], "0010  4c 4d 4e 4f                                      LMNO            ");
    EXPECT_EQ(MessagePanel::byteAt(dump.indexOf("3c ")), 0);
    EXPECT_EQ(MessagePanel::byteAt(dump.indexOf("4b  ") + 1), 15);
    EXPECT_EQ(MessagePanel::byteAt(dump.indexOf("4e ")), 18);
    EXPECT_EQ(MessagePanel::byteAt(dump.indexOf("LMNO") + 2), 18);
    EXPECT_EQ(MessagePanel::byteAt(0), -1);
    EXPECT_EQ(MessagePanel::dumpOf({}), "");
}

class MessageWindow : public WindowTest {
  protected:
    /// Clicks the first message of the list.
    void examineFirst() {
        open(kSquare);
        act("converge");
        for (int row = 0; row < window_.events().model().rowCount(); ++row) {
            const QModelIndex kind = window_.events().model().index(row, EventModel::Event);
            if (kind.data() != "message") continue;
            Q_EMIT window_.events().table().clicked(kind);
            settle();
            return;
        }
        FAIL() << "no message";
    }
    QTreeWidget& fields() { return window_.message().fields(); }
    QStringList marked() {
        QStringList texts;
        for (const QTextEdit::ExtraSelection& mark : window_.message().bytes().extraSelections())
            texts << mark.cursor.selectedText();
        return texts;
    }
};

TEST_F(MessageWindow, ShowsFieldsAndMarksTheirBytes) {
    examineFirst();
    ASSERT_EQ(fields().topLevelItemCount(), 3);
    EXPECT_EQ(fields().topLevelItem(0)->text(0), "IPv4");
    EXPECT_EQ(fields().topLevelItem(2)->text(0), "RIP");
    EXPECT_EQ(fields().currentItem(), fields().topLevelItem(2));
    fields().setCurrentItem(fields().topLevelItem(1)->child(1));
    EXPECT_EQ(marked(), (QStringList{"02 08", ".."})) << "port 520";
    EXPECT_GT(window_.message().consequences().topLevelItemCount(), 0);
}

TEST_F(MessageWindow, FindsTheFieldOfAByte) {
    examineFirst();
    QTextCursor cursor = window_.message().bytes().textCursor();
    // The destination port: bytes 22 and 23, in the second line.
    cursor.setPosition(
        static_cast<int>(window_.message().bytes().toPlainText().indexOf("\n") + 1 + 6 + 3 * 6));
    window_.message().bytes().setTextCursor(cursor);
    ASSERT_NE(fields().currentItem(), nullptr);
    EXPECT_EQ(fields().currentItem()->text(0), "destination port");
}

TEST_F(MessageWindow, GoesOnToWhatFollowed) {
    examineFirst();
    QTreeWidgetItem* next = window_.message().consequences().topLevelItem(0);
    const QString text = next->text(1).trimmed();
    Q_EMIT window_.message().consequences().itemActivated(next, 1);
    settle();
    EXPECT_TRUE(window_.message().findChild<QLabel*>()->text().contains(text.toHtmlEscaped()));
}

}  // namespace
}  // namespace peerscape::gui

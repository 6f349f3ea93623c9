#include "gui/panels/config_editor.hpp"

#include <QAbstractItemView>
#include <QCompleter>
#include <QLabel>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>
#include <gtest/gtest.h>

#include "gui/panels/inspector.hpp"
#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

class ConfigEditorTest : public testing::Test {
  protected:
    ConfigEditorTest() {
        editor_.show();
        editor_.setFocus();
    }
    QAbstractItemView* popup() { return editor_.findChild<QCompleter*>()->popup(); }

    ConfigEditor editor_{""};
};

TEST_F(ConfigEditorTest, UnderlinesWhatTheRouterWouldNotUnderstandAsOneTypes) {
    QTest::keyClicks(&editor_, "router rip");
    EXPECT_EQ(editor_.summary(), "");
    EXPECT_TRUE(editor_.extraSelections().isEmpty());
    QTest::keyClick(&editor_, Qt::Key_Return);
    QTest::keyClicks(&editor_, " netwrok 0.0.0.0/0");
    ASSERT_EQ(editor_.extraSelections().size(), 1);
    const QTextCursor marked = editor_.extraSelections().front().cursor;
    EXPECT_EQ(marked.selectedText(), "netwrok 0.0.0.0/0");
    EXPECT_EQ(marked.blockNumber(), 1);
    EXPECT_TRUE(editor_.summary().startsWith("✕ line 2: ")) << editor_.summary().toStdString();
    EXPECT_TRUE(editor_.problemAt(2).contains("network"));
    EXPECT_EQ(editor_.problemAt(1), "");
}

TEST_F(ConfigEditorTest, CompletesWhatIsChosenFromTheList) {
    QTest::keyClicks(&editor_, "router rip");
    QTest::keyClick(&editor_, Qt::Key_Return);
    QTest::keyClicks(&editor_, " netw");
    EXPECT_EQ(editor_.offers(), QStringList{"network"});
    QTest::keyClick(&editor_, Qt::Key_Space, Qt::ControlModifier);
    ASSERT_TRUE(popup()->isVisible());
    popup()->setCurrentIndex(popup()->model()->index(0, 0));
    QTest::keyClick(popup(), Qt::Key_Return);
    EXPECT_EQ(editor_.toPlainText(), "router rip\n network ");
    EXPECT_FALSE(popup()->isVisible());
}

TEST_F(ConfigEditorTest, ANewLineStandsAsFarInAsTheOneBefore) {
    QTest::keyClicks(&editor_, "router rip");
    QTest::keyClick(&editor_, Qt::Key_Return);
    QTest::keyClicks(&editor_, " network 10.0.0.0/8");
    QTest::keyClick(&editor_, Qt::Key_Return);
    QTest::keyClicks(&editor_, "network 11.0.0.0/8");
    EXPECT_EQ(editor_.toPlainText(), "router rip\n network 10.0.0.0/8\n network 11.0.0.0/8");
}

TEST_F(ConfigEditorTest, ColoursTheConfiguration) {
    editor_.setPlainText("! comment\nrouter rip\n no network 10.0.0.0/8");
    const auto formats = [&](int line) {
        return editor_.document()->findBlockByNumber(line).layout()->formats();
    };
    EXPECT_EQ(formats(0).front().format.foreground().color(), Theme::of(editor_.palette()).muted);
    EXPECT_EQ(formats(1).front().format.fontWeight(), QFont::Bold);
    ASSERT_GE(formats(2).size(), 2);
    EXPECT_EQ(formats(2).front().format.foreground().color(), Theme::of(editor_.palette()).bad);
    EXPECT_EQ(formats(2).back().format.foreground().color(), Theme::of(editor_.palette()).accent);
}

TEST_F(WindowTest, TheInspectorSaysWhatIsWrongWithAConfiguration) {
    open(kSquare);
    window_.scene().select({{"A"}, {}, {}});
    settle();
    auto* editor = qobject_cast<ConfigEditor*>(window_.inspector().field("config"));
    auto* problem = qobject_cast<QLabel*>(window_.inspector().field("configProblem"));
    ASSERT_TRUE(editor != nullptr && problem != nullptr);
    EXPECT_TRUE(problem->isHidden());
    editor->setPlainText("router rip\n netwrok 0.0.0.0/0\n");
    EXPECT_FALSE(problem->isHidden());
    EXPECT_TRUE(problem->text().contains("line 2"));
    editor->setPlainText("router rip\n network 0.0.0.0/0\n");
    EXPECT_TRUE(problem->isHidden());
}

}  // namespace
}  // namespace peerscape::gui

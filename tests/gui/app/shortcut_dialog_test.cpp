#include "gui/app/shortcut_dialog.hpp"

#include <QSettings>

#include "gui/app/shortcuts.hpp"
#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

class ShortcutWindow : public WindowTest {
  protected:
    ShortcutWindow() {
        for (const ActionEntry& entry : actionTable())
            actions_[entry.id] = window_.action(entry.id);
    }
    ~ShortcutWindow() override { QSettings().remove("shortcuts"); }

    QKeySequence keysOf(const char* id) { return window_.action(id)->shortcut(); }

    std::map<QString, QAction*> actions_;
};

TEST_F(ShortcutWindow, NewKeysWorkAtOnceAndInTheNextWindow) {
    ShortcutDialog dialog(actions_);
    dialog.choose("converge");
    dialog.press(QKeySequence("Ctrl+J"));
    ASSERT_TRUE(dialog.use().isEnabled());
    dialog.use().click();
    EXPECT_EQ(keysOf("converge"), QKeySequence("Ctrl+J"));
    EXPECT_TRUE(window_.action("converge")->toolTip().contains("Ctrl+J"));
    const MainWindow next;
    EXPECT_EQ(next.action("converge")->shortcut(), QKeySequence("Ctrl+J"));
}

TEST_F(ShortcutWindow, KeysOfAnotherActionAreNamedAndCanBeTaken) {
    ShortcutDialog dialog(actions_);
    dialog.choose("converge");
    dialog.press(QKeySequence("Ctrl+S"));
    EXPECT_EQ(dialog.remark(), "Ctrl+S belongs to “Save”.");
    EXPECT_EQ(keysOf("save"), QKeySequence("Ctrl+S")) << "nothing happens before it is confirmed";
    dialog.use().click();
    EXPECT_EQ(keysOf("converge"), QKeySequence("Ctrl+S"));
    EXPECT_TRUE(keysOf("save").isEmpty());
    dialog.choose("save");
    dialog.standard().click();
    EXPECT_EQ(keysOf("save"), QKeySequence("Ctrl+S"));
    EXPECT_TRUE(keysOf("converge").isEmpty()) << "two actions never have the same keys";
}

TEST_F(ShortcutWindow, AllStandardForgetsEveryChoice) {
    ShortcutDialog dialog(actions_);
    for (const char* id : {"save", "play"}) {
        dialog.choose(id);
        dialog.press(QKeySequence(id == std::string("save") ? "Ctrl+J" : "Ctrl+K"));
        dialog.use().click();
    }
    dialog.allStandard().click();
    for (const ActionEntry& entry : actionTable())
        EXPECT_EQ(keysOf(entry.id), standardKeys(entry)) << entry.id;
    QSettings settings;
    settings.beginGroup("shortcuts");
    EXPECT_TRUE(settings.childKeys().isEmpty());
}

TEST_F(ShortcutWindow, TheFilterLooksAtNamesAndKeys) {
    ShortcutDialog dialog(actions_);
    const auto shown = [&] {
        QStringList names;
        for (int row = 0; row < dialog.table().rowCount(); ++row) {
            if (!dialog.table().isRowHidden(row)) names << dialog.table().item(row, 0)->text();
        }
        return names;
    };
    EXPECT_EQ(shown().size(), static_cast<qsizetype>(actionTable().size()));
    dialog.filter("ctrl+shift+z");
    EXPECT_EQ(shown(), QStringList{"Redo"});
    dialog.filter("converged");
    EXPECT_TRUE(shown().contains("Run until converged"));
    EXPECT_FALSE(shown().contains("Save"));
}

TEST_F(ShortcutWindow, TheStandardKeysAreDifferent) {
    std::map<QString, std::string> holders;
    for (const ActionEntry& entry : actionTable()) {
        const QString keys = standardKeys(entry).toString();
        if (keys.isEmpty()) continue;
        EXPECT_EQ(holders[keys], "") << entry.id << " has the keys of " << holders[keys];
        holders[keys] = entry.id;
    }
}

}  // namespace
}  // namespace peerscape::gui

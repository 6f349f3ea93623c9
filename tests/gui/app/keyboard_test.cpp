// What can be done without a mouse, and what a screen reader can say.
#include <map>
#include <set>

#include <QAbstractButton>
#include <QComboBox>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QTabBar>

#include "gui/app/shortcut_dialog.hpp"
#include "gui/translations/language.hpp"
#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

/// The letter behind the '&' of a text; none: null.
QChar mnemonicOf(const QString& text) {
    for (qsizetype i = 0; i + 1 < text.size(); ++i) {
        if (text[i] != '&') continue;
        if (text[i + 1] != '&') return text[i + 1].toLower();
        ++i;
    }
    return {};
}

/// Actions of the menu that have the letter of another one, a line each.
std::string repeatedMnemonics(const QList<QAction*>& actions) {
    std::map<QChar, QString> holders;
    std::string lines;
    for (const QAction* action : actions) {
        const QChar letter = mnemonicOf(action->text());
        if (letter.isNull()) continue;
        QString& holder = holders[letter];
        if (!holder.isEmpty()) lines += (action->text() + " and " + holder + "\n").toStdString();
        holder = action->text();
    }
    return lines;
}

std::string repeatedMnemonics(const MainWindow& window) {
    std::string lines = repeatedMnemonics(window.menuBar()->actions());
    for (const QAction* top : window.menuBar()->actions()) {
        if (top->menu() != nullptr) lines += repeatedMnemonics(top->menu()->actions());
    }
    return lines;
}

/// What a screen reader calls the widget; empty: nothing.
QString nameOf(const QWidget& widget) {
    if (!widget.accessibleName().isEmpty()) return widget.accessibleName();
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) return button->text();
    if (const auto* box = qobject_cast<const QGroupBox*>(&widget)) return box->title();
    if (const auto* tabs = qobject_cast<const QTabBar*>(&widget)) return tabs->tabText(0);
    const QWidget* root = widget.window();
    for (const QLabel* label : root->findChildren<QLabel*>()) {
        if (label->buddy() == &widget) return label->text();
    }
    return {};
}

/// Widgets that take the keyboard and have no name, a line each.
std::string namelessIn(const QWidget& root) {
    std::string lines;
    for (const QWidget* widget : root.findChildren<QWidget*>()) {
        if ((widget->focusPolicy() & Qt::TabFocus) == 0) continue;
        // Parts of another widget, which has the name.
        if (widget->focusProxy() != nullptr || widget->objectName().startsWith("qt_")) continue;
        if (qobject_cast<const QComboBox*>(widget->parentWidget()) != nullptr) continue;
        if (widget->parentWidget()->inherits("QKeySequenceEdit")) continue;
        if (widget->parentWidget()->inherits("QComboBoxPrivateContainer")) continue;
        // Of docks that no longer stand behind each other.
        const auto* tabs = qobject_cast<const QTabBar*>(widget);
        if (tabs != nullptr && tabs->count() == 0) continue;
        if (nameOf(*widget).isEmpty())
            lines += std::string(widget->metaObject()->className()) + " '" +
                     widget->objectName().toStdString() + "' in " +
                     widget->parentWidget()->metaObject()->className() + "\n";
    }
    return lines;
}

TEST_F(WindowTest, EveryLetterOfAMenuIsThatOfOneAction) { EXPECT_EQ(repeatedMnemonics(window_), ""); }

TEST(Keyboard, EveryLetterOfAFrenchMenuIsThatOfOneAction) {
    speak("fr");
    {
        const MainWindow window;
        EXPECT_EQ(repeatedMnemonics(window), "");
    }
    speak("en");
}

TEST_F(WindowTest, EverythingThatTakesTheKeyboardHasAName) {
    EXPECT_EQ(namelessIn(window_), "") << "on the start page";
    open(kSquare);
    EXPECT_EQ(namelessIn(window_), "") << "with nothing selected";
    for (const Selection& selection :
         {Selection{{"A"}, {}, {}}, Selection{{}, {"ab"}, {}}, Selection{{}, {}, {"a"}}}) {
        window_.scene().select(selection);
        settle();
        EXPECT_EQ(namelessIn(window_), "");
    }
    std::map<QString, QAction*> actions;
    for (const ActionEntry& entry : actionTable())
        actions[entry.id] = window_.action(entry.id);
    const ShortcutDialog dialog(actions);
    EXPECT_EQ(namelessIn(dialog), "");
}

/// Tab goes round the panel's widgets and out of it: none of them keeps the keyboard.
TEST_F(WindowTest, TabLeavesEveryWidget) {
    open(kSquare);
    window_.scene().select({{"A"}, {}, {}});
    settle();
    window_.activateWindow();
    for (QWidget* widget : window_.findChildren<QWidget*>()) {
        const bool takesKeys = (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->isVisible() &&
                               widget->isEnabled() && widget->focusProxy() == nullptr;
        if (!takesKeys) continue;
        widget->setFocus(Qt::TabFocusReason);
        if (QApplication::focusWidget() != widget) continue;
        QTest::keyClick(widget, Qt::Key_Tab);
        EXPECT_NE(QApplication::focusWidget(), widget)
            << widget->metaObject()->className() << " " << nameOf(*widget).toStdString();
    }
}

}  // namespace
}  // namespace peerscape::gui

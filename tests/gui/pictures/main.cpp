// Pictures of the window, made by the window: what it is told on the command line it does, word by word,
// without a screen.
//
//   gui_pictures open=LAB act=converge link=ab act=fail prefix=10.4.0.0/16 grab=OUT.png
//
// open=LAB · act=ID (of gui/app/action_table.cpp) · link=NAME, node=NAME, none= (select) · prefix=P (its data
// plane) size=WxH · dark= · tab=TITLE (raises a panel) · wait=MS (lets messages fly) · grab=FILE,
// drawing=FILE (write a picture)
#include <cstdio>
#include <map>

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QPixmap>

#include "gui/app/main_window.hpp"

namespace peerscape::gui {
namespace {

/// Until everything asked for has been done and shown, and at least so long.
void settle(MainWindow& window, int milliseconds = 0) {
    QElapsedTimer since;
    since.start();
    do {
        window.session().finish();
        QApplication::processEvents(QEventLoop::AllEvents, 10);
    } while (since.elapsed() < milliseconds);
    QApplication::sendPostedEvents();
}

bool raisePanel(const MainWindow& window, const QString& title) {
    for (auto* panel : window.findChildren<QDockWidget*>()) {
        if (panel->windowTitle() != title) continue;
        panel->show();
        panel->raise();
        return true;
    }
    return false;
}

/// False: there is no such thing to do, or it failed.
bool perform(MainWindow& window, const QString& what, const QString& with) {
    if (what == "open") return window.openFile(with);
    if (what == "act") {
        QAction* action = window.action(with);
        if (action == nullptr || !action->isEnabled()) return false;
        action->trigger();
        return true;
    }
    const std::string name = with.toStdString();
    if (what == "link") {
        window.scene().select({{}, {name}, {}});
    } else if (what == "node") {
        window.scene().select({{name}, {}, {}});
    } else if (what == "none") {
        window.scene().select({});
    } else if (what == "prefix") {
        window.choosePrefix(with);
    } else if (what == "dark") {
        window.setDark(true);
    } else if (what == "size") {
        window.resize(with.section('x', 0, 0).toInt(), with.section('x', 1, 1).toInt());
    } else if (what == "tab") {
        return raisePanel(window, with);
    } else if (what == "wait") {
        settle(window, with.toInt());
    } else if (what == "drawing") {
        return window.writePicture(with).has_value();
    } else if (what == "grab") {
        return window.grab().save(with);
    } else {
        return false;
    }
    return true;
}

int makePictures(const QStringList& words) {
    MainWindow window;
    window.resize(1400, 900);
    window.show();
    settle(window);
    for (const QString& word : words) {
        if (!perform(window, word.section('=', 0, 0), word.section('=', 1))) {
            std::fprintf(stderr, "gui_pictures: '%s' is not possible here\n", qPrintable(word));
            return 1;
        }
        settle(window);
    }
    return 0;
}

}  // namespace
}  // namespace peerscape::gui

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QApplication::setApplicationName("Peerscape pictures");
    QApplication::setOrganizationName("Peerscape tests");
    QApplication::setStyle("Fusion");
    return peerscape::gui::makePictures(QApplication::arguments().mid(1));
}

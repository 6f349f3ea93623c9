#pragma once

#include <QAction>
#include <QApplication>
#include <QSettings>
#include <QTest>

#include "gui/app/main_window.hpp"
#include "gui/canvas/link_item.hpp"
#include "gui/canvas/node_item.hpp"
#include "tests/gui/gui_fixture.hpp"

namespace peerscape::gui {

/// A window with a lab in it, and hands: the mouse on the canvas, actions by their names.
class WindowTest : public testing::Test {
  protected:
    WindowTest() {
        window_.resize(1400, 900);
        window_.show();
    }
    ~WindowTest() override {
        window_.session().finish();
        // What one test has set is not what the next begins with.
        QSettings().remove("still");
    }

    void open(const std::string& text) {
        file_ = folder_.write("lab.yaml", text);
        ASSERT_TRUE(window_.openFile(QString::fromStdString(file_.string())));
        settle();
    }
    /// Until everything asked for has been done and shown.
    void settle() {
        window_.session().finish();
        QApplication::sendPostedEvents();
    }
    void act(const char* id) {
        QAction* action = window_.action(id);
        ASSERT_NE(action, nullptr) << id;
        ASSERT_TRUE(action->isEnabled()) << id;
        action->trigger();
        settle();
    }
    const LabFile& lab() { return window_.editor().lab(); }
    std::string text() { return writeLab(lab()); }
    const Snapshot& shot() { return *window_.session().snapshot(); }

    QPoint onScreen(QPointF at) { return window_.view().mapFromScene(at); }
    QPointF placeOf(const char* node) { return window_.scene().nodeNamed(node)->pos(); }
    void press(QPointF at) { QTest::mousePress(window_.view().viewport(), Qt::LeftButton, {}, onScreen(at)); }
    void moveTo(QPointF at) {
        QMouseEvent event(QEvent::MouseMove, onScreen(at),
                          window_.view().viewport()->mapToGlobal(onScreen(at)), Qt::NoButton, Qt::LeftButton,
                          {});
        QApplication::sendEvent(window_.view().viewport(), &event);
    }
    void release(QPointF at) {
        QTest::mouseRelease(window_.view().viewport(), Qt::LeftButton, {}, onScreen(at));
        settle();
    }
    void click(QPointF at) {
        press(at);
        release(at);
    }
    void drag(QPointF from, QPointF to) {
        press(from);
        moveTo((from + to) / 2);
        moveTo(to);
        release(to);
    }
    void selectLink(const char* name) {
        window_.scene().select({{}, {name}, {}});
        settle();
    }

    TemporaryFolder folder_;
    std::filesystem::path file_;
    MainWindow window_;
};

}  // namespace peerscape::gui

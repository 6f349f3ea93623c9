#pragma once

#include <QPoint>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QWidget>

namespace peerscape::gui {

/// Somebody at the screen: a real mouse and a real keyboard, by way of the X server (xdotool), which knows
/// nothing of what it clicks on.
class Hand {
  public:
    void click(QPoint screen) { act(at(screen) + QStringList{"click", "1"}); }
    void click(const QWidget& widget) { click(widget.mapToGlobal(widget.rect().center())); }
    void drag(QPoint from, QPoint to) {
        act(at(from) + QStringList{"mousedown", "1"} + at((from + to) / 2) + at(to) +
            QStringList{"mouseup", "1"});
    }
    /// A key or keys together, by their names in X: "r", "ctrl+s", "Return".
    void press(const QString& keys) { act({"key", keys}); }
    void type(const QString& text) { act({"type", "--delay", "4", text}); }
    /// Gives a window the keyboard, as a window manager would.
    void focus(const QWidget& window) { act({"windowfocus", "--sync", QString::number(window.winId())}); }

    bool hasFailed() const { return hasFailed_; }

  private:
    static QStringList at(QPoint screen) {
        return {"mousemove", QString::number(screen.x()), QString::number(screen.y())};
    }
    void act(const QStringList& words) {
        hasFailed_ = QProcess::execute("xdotool", words) != 0 || hasFailed_;
    }

    bool hasFailed_ = false;
};

}  // namespace peerscape::gui

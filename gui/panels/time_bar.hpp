#pragma once

#include <QComboBox>
#include <QLabel>
#include <QList>
#include <QProgressBar>
#include <QTimer>
#include <QToolButton>
#include <QWidget>

#include "gui/panels/time_strip.hpp"
#include "gui/session/session.hpp"

class QAction;

namespace peerscape::gui {

/// The buttons of time, the clock, the speed, the timelines, and the strip below them.
class TimeBar final : public QWidget {
    Q_OBJECT

  public:
    /// `buttons`: the window's actions in the order of their buttons; null: a gap.
    TimeBar(Session& session, const QList<QAction*>& buttons, QWidget* parent = nullptr);

    /// Something takes so long that it is shown, with a button that gives it up; in ms.
    static constexpr int kPatience = 400;

    /// Plays at the chosen speed.
    void play();
    TimeStrip& strip() const { return *strip_; }
    QProgressBar& progress() const { return *progress_; }
    QToolButton& stop() const { return *stop_; }

  private:
    void showRun();
    void showBusy();

    Session& session_;
    QLabel* clock_;
    QLabel* state_;
    QComboBox* speed_;
    QComboBox* timelines_;
    QProgressBar* progress_;
    QToolButton* stop_;
    QTimer patience_;
    TimeStrip* strip_;
};

}  // namespace peerscape::gui

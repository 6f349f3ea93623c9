#pragma once

#include <QComboBox>
#include <QLabel>
#include <QList>
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

    /// Plays at the chosen speed.
    void play();
    TimeStrip& strip() const { return *strip_; }

  private:
    void showRun();

    Session& session_;
    QLabel* clock_;
    QLabel* state_;
    QComboBox* speed_;
    QComboBox* timelines_;
    TimeStrip* strip_;
};

}  // namespace peerscape::gui

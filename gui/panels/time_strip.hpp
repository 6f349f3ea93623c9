#pragma once

#include <QWidget>

#include "gui/panels/event_density.hpp"
#include "gui/session/snapshot.hpp"

namespace peerscape::gui {

/// The whole run as a line: how many messages when, faults and convergence as marks, the present instant as a
/// handle that can be dragged back and forward.
class TimeStrip final : public QWidget {
    Q_OBJECT

  public:
    explicit TimeStrip(QWidget* parent = nullptr);

    void show(const SnapshotPtr& shot);
    QSize sizeHint() const override { return {400, 58}; }
    QSize minimumSizeHint() const override { return {120, 58}; }
    /// The instant at a place of the widget, and the reverse.
    SimTime timeAt(double x) const;
    double xOf(SimTime time) const;

  Q_SIGNALS:
    void picked(qint64 nanoseconds);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

  private:
    QRectF lane() const;
    void paintDensity(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;
    void paintScale(QPainter& painter) const;
    const TimeMark* markAt(double x) const;

    SnapshotPtr shot_;
    SimTime end_;  ///< of the line: a little more than the furthest instant
    EventDensity density_;
};

}  // namespace peerscape::gui

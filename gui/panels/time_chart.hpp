#pragma once

#include <QChartView>
#include <QLineSeries>

#include "gui/session/review.hpp"

namespace peerscape::gui {

/// A chart over the time of the lab in seconds, with a line at the present instant; a click goes there.
class TimeChart final : public QChartView {
    Q_OBJECT

  public:
    explicit TimeChart(QWidget* parent = nullptr);

    /// Takes the chart's place; its horizontal axis is time when `isOverTime`.
    void show(QChart* chart, bool isOverTime);
    void setNow(SimTime now);

  Q_SIGNALS:
    void picked(qint64 nanoseconds);

  protected:
    void mousePressEvent(QMouseEvent* event) override;

  private:
    void placeLine();

    QLineSeries* line_ = nullptr;  ///< the present instant; the chart owns it
    double top_ = 1;               ///< of the vertical axis
    SimTime now_;
};

/// Messages of every protocol over time.
QChart* messagesChart(const Review& review);
/// Pairs of a node and a network that packets get through to, of all there are.
QChart* reachabilityChart(const Review& review);
/// The metric that every router has for the prefix, over time; a gap is no route.
QChart* metricChart(const Review& review, const QString& prefix);
/// How often the routes of each router changed; the most restless first.
QChart* changesChart(const Review& review);

}  // namespace peerscape::gui

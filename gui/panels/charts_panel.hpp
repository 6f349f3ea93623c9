#pragma once

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QWidget>

#include "gui/panels/time_chart.hpp"
#include "gui/session/session.hpp"

namespace peerscape::gui {

/// The present timeline in pictures: messages, changes of routes, reachable pairs, the metric of a prefix.
/// What they show is found by running the timeline once more; small ones are run by themselves whenever there
/// is something new and the panel is seen, large ones when asked.
class ChartsPanel final : public QWidget {
    Q_OBJECT

  public:
    enum class Kind { Messages, Reachability, Metric, Changes };

    explicit ChartsPanel(Session& session, QWidget* parent = nullptr);

    /// Whether its dock is in front. What nobody sees is not found out.
    void setSeen(bool seen);
    void choose(Kind kind);
    /// Of the chart of metrics.
    void choosePrefix(const QString& prefix);
    TimeChart& chart() const { return *chart_; }

  private:
    /// What the charts are about: when any of it differs there is something new.
    struct Subject {
        QString timeline;
        SimTime furthest;
        std::size_t marks = 0;
        friend bool operator==(const Subject&, const Subject&) = default;
    };

    void showRun();
    void take(const ReviewPtr& review);
    void ask();
    void draw();

    Session& session_;
    QComboBox* kind_;
    QComboBox* prefix_;
    QPushButton* again_;
    QLabel* note_;
    TimeChart* chart_;
    bool isSeen_ = false;
    ReviewPtr review_;
    Subject subject_;  ///< of the review that was asked for last
};

}  // namespace peerscape::gui

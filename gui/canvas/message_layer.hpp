#pragma once

#include <map>
#include <vector>

#include <QElapsedTimer>
#include <QGraphicsItem>
#include <QTimer>

#include "gui/session/snapshot.hpp"

namespace peerscape::gui {

class LabScene;

/// Messages on their way: what was sent since the picture before flies along its cable, in the colour of its
/// protocol. Where too many were sent to be followed there stands how many, so that the picture never lies.
class MessageLayer final : public QGraphicsItem {
  public:
    explicit MessageLayer(LabScene& scene);

    QRectF boundingRect() const override;
    /// Nothing: what lies below it is what the mouse means.
    QPainterPath shape() const override { return {}; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

    /// The next picture; null: nothing runs.
    void show(const SnapshotPtr& shot);
    /// Hellos, keepalives and acknowledgements as well.
    void setShowsRoutine(bool shows) { showsRoutine_ = shows; }
    /// Nothing flies: all are counted.
    void setStill(bool isStill) { isStill_ = isStill; }
    std::size_t flying() const { return flights_.size(); }
    std::size_t counted(const QString& link) const;

  private:
    struct Flight {
        QString link;
        QString from;  ///< the sending node
        QString protocol;
        double delay = 0;  ///< ms of this picture's animation before it leaves
    };

    void advanceFlights();

    LabScene& scene_;
    std::vector<Flight> flights_;
    std::map<QString, std::size_t> counts_;  ///< by link
    SimTime shownUpTo_;
    QString timeline_;
    bool showsRoutine_ = false;
    bool isStill_ = false;
    QTimer timer_;
    QElapsedTimer since_;
};

}  // namespace peerscape::gui

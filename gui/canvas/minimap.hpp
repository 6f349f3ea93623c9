#pragma once

#include <QPixmap>
#include <QTimer>
#include <QWidget>

#include "gui/canvas/canvas_view.hpp"

namespace peerscape::gui {

class LabScene;

/// The whole drawing in small, in the corner of the view: groups, cables and nodes, and a frame around what
/// is in sight. A click or a drag brings that place into sight.
class Minimap final : public QWidget {
    Q_OBJECT

  public:
    Minimap(LabScene& scene, CanvasView& view);

    /// Where a point of the drawing stands on the map, and the reverse.
    QPointF onMap(QPointF at) const;
    QPointF inDrawing(QPointF at) const;
    /// How often the map was drawn: not for every frame of the drawing.
    int drawCount() const { return drawCount_; }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    void place();
    void measure();
    void draw();
    void paintItems(QPainter& painter) const;

    LabScene& scene_;
    CanvasView& view_;
    QTimer soon_;      ///< news are gathered for a moment
    QRectF shown_;     ///< the part of the drawing that the map shows: all of it
    QPixmap picture_;  ///< null: to be drawn
    int drawCount_ = 0;
};

}  // namespace peerscape::gui

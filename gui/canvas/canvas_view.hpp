#pragma once

#include <optional>

#include <QGraphicsView>

namespace peerscape::gui {

/// The window onto the drawing: zooms at the cursor, pans with the middle button.
class CanvasView final : public QGraphicsView {
    Q_OBJECT

  public:
    explicit CanvasView(QGraphicsScene* scene, QWidget* parent = nullptr);

    /// Everything in sight; asked again, the view from before.
    void fit();
    void resetZoom();
    void zoomBy(double factor);
    double zoom() const { return transform().m11(); }
    void centreOn(QPointF at);

  Q_SIGNALS:
    void zoomed();

  protected:
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

  private:
    struct View {
        QTransform transform;
        QPointF centre;
    };
    QRectF contentRect() const;
    void changed();

    std::optional<View> beforeFit_;
    std::optional<QPoint> panFrom_;
};

}  // namespace peerscape::gui

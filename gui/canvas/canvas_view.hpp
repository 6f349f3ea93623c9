#pragma once

#include <optional>

#include <QGraphicsView>

namespace peerscape::gui {

/// The window onto the drawing: zooms at the cursor, pans with the middle button.
class CanvasView final : public QGraphicsView {
    Q_OBJECT

  public:
    explicit CanvasView(QGraphicsScene* scene, QWidget* parent = nullptr);

    /// Everything in sight, now and until somebody looks elsewhere: it stays so when the window gets its
    /// size.
    void fit();
    /// Everything in sight; asked again, the view from before.
    void fitAndBack();
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
    void resizeEvent(QResizeEvent* event) override;
    /// Tab goes from item to item, and beyond the last one to what stands beside the drawing.
    bool focusNextPrevChild(bool next) override;

  private:
    struct View {
        QTransform transform;
        QPointF centre;
    };
    QRectF contentRect() const;
    void changed();

    std::optional<View> beforeFit_;
    bool staysFitted_ = false;
    std::optional<QPoint> panFrom_;
};

}  // namespace peerscape::gui

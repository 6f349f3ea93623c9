#include "gui/canvas/canvas_view.hpp"

#include <algorithm>
#include <cmath>

#include <QGraphicsItem>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include "gui/canvas/canvas_accessible.hpp"
#include "gui/canvas/lab_scene.hpp"

namespace peerscape::gui {

namespace {

constexpr double kLeastZoom = 0.05;
constexpr double kMostZoom = 8;
constexpr double kFitMost = 1.4;   ///< a small lab is not blown up to fill the screen
constexpr double kFitMargin = 30;  ///< around a drawing that is fitted

}  // namespace

CanvasView::CanvasView(QGraphicsScene* scene, QWidget* parent) : QGraphicsView(scene, parent) {
    setFrameShape(QFrame::NoFrame);
    setDragMode(RubberBandDrag);
    setTransformationAnchor(AnchorUnderMouse);
    setResizeAnchor(AnchorViewCenter);
    // One region is quicker than many, and every item sets the pen and brush that it paints with.
    setViewportUpdateMode(SmartViewportUpdate);
    setOptimizationFlags(DontSavePainterState | DontAdjustForAntialiasing);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    QAccessible::installFactory(&CanvasAccessible::make);
    setAccessibleName(tr("Drawing of the network"));
    setAccessibleDescription(
        tr("Routers, hosts, links, LANs and groups. The tables beside it say the same in words."));
}

QRectF CanvasView::contentRect() const {
    QRectF all;
    for (const QGraphicsItem* item : scene()->items()) {
        // What lies over the whole scene is none of its things.
        if (LabScene::keyOf(*item) && item->isVisible()) all |= item->sceneBoundingRect();
    }
    return all;
}

void CanvasView::changed() {
    beforeFit_.reset();
    staysFitted_ = false;
    Q_EMIT zoomed();
}

void CanvasView::fit() {
    changed();
    staysFitted_ = true;
    const QRectF content = contentRect().adjusted(-kFitMargin, -kFitMargin, kFitMargin, kFitMargin);
    if (content.width() <= 2 * kFitMargin || viewport()->width() < 1) return;
    const double scale =
        std::min({viewport()->width() / content.width(), viewport()->height() / content.height(), kFitMost});
    setTransform(QTransform::fromScale(scale, scale));
    centerOn(content.center());
    Q_EMIT zoomed();
}

void CanvasView::fitAndBack() {
    if (beforeFit_) {
        const View before = *beforeFit_;
        setTransform(before.transform);
        centerOn(before.centre);
        changed();
        return;
    }
    const View before{transform(), mapToScene(viewport()->rect().center())};
    fit();
    beforeFit_ = before;
}

void CanvasView::resizeEvent(QResizeEvent* event) {
    QGraphicsView::resizeEvent(event);
    if (staysFitted_) fit();
}

bool CanvasView::focusNextPrevChild(bool next) {
    auto* lab = qobject_cast<LabScene*>(scene());
    if (lab != nullptr && lab->walk(next)) return true;
    return QAbstractScrollArea::focusNextPrevChild(next);
}

void CanvasView::resetZoom() {
    setTransform(QTransform());
    changed();
}

void CanvasView::zoomBy(double factor) {
    const double wanted = std::clamp(zoom() * factor, kLeastZoom, kMostZoom);
    scale(wanted / zoom(), wanted / zoom());
    changed();
}

void CanvasView::centreOn(QPointF at) {
    centerOn(at);
    changed();
}

void CanvasView::wheelEvent(QWheelEvent* event) {
    const QPoint turned = event->angleDelta();
    if ((event->modifiers() & Qt::ShiftModifier) != 0) {
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - turned.y() - turned.x());
        changed();
        return;
    }
    zoomBy(std::pow(1.0015, turned.y()));
    event->accept();
}

void CanvasView::mousePressEvent(QMouseEvent* event) {
    staysFitted_ = false;
    if (event->button() == Qt::MiddleButton) {
        panFrom_ = event->pos();
        viewport()->setCursor(Qt::ClosedHandCursor);
        return;
    }
    QGraphicsView::mousePressEvent(event);
}

void CanvasView::mouseMoveEvent(QMouseEvent* event) {
    if (panFrom_) {
        const QPoint by = event->pos() - *panFrom_;
        panFrom_ = event->pos();
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - by.x());
        verticalScrollBar()->setValue(verticalScrollBar()->value() - by.y());
        changed();
        return;
    }
    QGraphicsView::mouseMoveEvent(event);
}

void CanvasView::mouseReleaseEvent(QMouseEvent* event) {
    if (panFrom_ && event->button() == Qt::MiddleButton) {
        panFrom_.reset();
        viewport()->unsetCursor();
        return;
    }
    QGraphicsView::mouseReleaseEvent(event);
}

}  // namespace peerscape::gui

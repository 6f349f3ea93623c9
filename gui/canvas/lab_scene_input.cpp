// What the mouse does on the canvas.
#include <algorithm>
#include <cmath>
#include <utility>

#include <QGraphicsSceneContextMenuEvent>
#include <QGraphicsSceneMouseEvent>
#include <QPaintEngine>
#include <QPainter>

#include "gui/canvas/group_item.hpp"
#include "gui/canvas/lab_scene.hpp"
#include "gui/canvas/node_item.hpp"

namespace peerscape::gui {

void LabScene::setTool(std::unique_ptr<Tool> tool) {
    tool_ = std::move(tool);
    if (tool_) clearSelection();
    update();
    Q_EMIT toolChanged();
}

void LabScene::cancel() {
    if (tool_ && tool_->cancel()) {
        update();
        Q_EMIT toolChanged();
    } else if (tool_) {
        setTool(nullptr);
    } else {
        clearSelection();
    }
}

void LabScene::drawBackground(QPainter* painter, const QRectF& rect) {
    painter->fillRect(rect, theme_->canvas);
    constexpr double kDots = 40;
    // Of a drawing seen from afar the dots would be a grey veil.
    if (painter->worldTransform().m11() < 0.5) return;
    const double left = std::floor(rect.left() / kDots) * kDots;
    const double top = std::floor(rect.top() / kDots) * kDots;
    QList<QPointF> dots;
    for (double x = left; x < rect.right(); x += kDots) {
        for (double y = top; y < rect.bottom(); y += kDots)
            dots << QPointF(x, y);
    }
    const QPaintEngine* engine = painter->paintEngine();
    if (engine != nullptr && engine->type() == QPaintEngine::Raster) {
        // Plain squares are painted at once, round dots one by one.
        for (const QPointF& dot : dots)
            painter->fillRect(QRectF(dot - QPointF(1, 1), QSizeF(2, 2)), theme_->grid);
        return;
    }
    painter->setPen(QPen(theme_->grid, 2, Qt::SolidLine, Qt::RoundCap));
    painter->drawPoints(dots.data(), static_cast<int>(dots.size()));
}

void LabScene::drawForeground(QPainter* painter, const QRectF&) {
    if (!tool_) return;
    painter->setRenderHint(QPainter::Antialiasing);
    tool_->paintPreview(*painter, *this);
}

void LabScene::mousePressEvent(QGraphicsSceneMouseEvent* event) {
    if (tool_ && event->button() == Qt::LeftButton) {
        tool_->setRepeating((event->modifiers() & Qt::ShiftModifier) != 0);
        tool_->press(*this, event->scenePos());
        Q_EMIT toolChanged();
        update();
        event->accept();
        return;
    }
    if (event->button() == Qt::RightButton) {
        // What is under the mouse is what the menu is about; a selection that it belongs to stays.
        QGraphicsItem* item = itemAt(event->scenePos(), QTransform());
        if (item != nullptr && !item->isSelected()) {
            clearSelection();
            item->setSelected(true);
        }
        event->accept();
        return;
    }
    QGraphicsScene::mousePressEvent(event);
    if (event->button() == Qt::LeftButton) beginDrag(event->scenePos());
}

void LabScene::mouseMoveEvent(QGraphicsSceneMouseEvent* event) {
    if (tool_) {
        tool_->setRepeating((event->modifiers() & Qt::ShiftModifier) != 0);
        tool_->move(*this, event->scenePos());
        update();
        return;
    }
    QGraphicsScene::mouseMoveEvent(event);
    if (drag_ && (event->buttons() & Qt::LeftButton) != 0) drag(*event);
}

void LabScene::mouseReleaseEvent(QGraphicsSceneMouseEvent* event) {
    if (tool_ && event->button() == Qt::LeftButton) {
        tool_->setRepeating((event->modifiers() & Qt::ShiftModifier) != 0);
        tool_->release(*this, event->scenePos());
        Q_EMIT toolChanged();
        update();
        return;
    }
    QGraphicsScene::mouseReleaseEvent(event);
    if (drag_) endDrag(*event);
}

void LabScene::mouseDoubleClickEvent(QGraphicsSceneMouseEvent* event) {
    if (tool_) return;
    if (const NodeItem* node = nodeAt(event->scenePos())) {
        Q_EMIT nodeActivated(node->name());
        return;
    }
    const auto* group = qgraphicsitem_cast<const GroupItem*>(itemAt(event->scenePos(), QTransform()));
    if (group != nullptr) toggleFolded({group->name().toStdString()});
}

void LabScene::contextMenuEvent(QGraphicsSceneContextMenuEvent* event) {
    // The key means what has the keyboard, wherever the mouse is.
    if (event->reason() == QGraphicsSceneContextMenuEvent::Keyboard && focusItem() != nullptr) {
        askMenuByKey();
    } else {
        Q_EMIT menuRequested(event->screenPos());
    }
    event->accept();
}

}  // namespace peerscape::gui

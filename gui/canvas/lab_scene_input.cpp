// What mouse and keys do on the canvas.
#include <algorithm>
#include <cmath>
#include <utility>

#include <QGraphicsSceneContextMenuEvent>
#include <QGraphicsSceneMouseEvent>
#include <QKeyEvent>
#include <QPainter>

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
    painter->setPen(QPen(theme_->grid, 2, Qt::SolidLine, Qt::RoundCap));
    const double left = std::floor(rect.left() / kDots) * kDots;
    const double top = std::floor(rect.top() / kDots) * kDots;
    QList<QPointF> dots;
    for (double x = left; x < rect.right(); x += kDots) {
        for (double y = top; y < rect.bottom(); y += kDots)
            dots << QPointF(x, y);
    }
    painter->drawPoints(dots.data(), static_cast<int>(dots.size()));
}

void LabScene::drawForeground(QPainter* painter, const QRectF&) {
    if (!tool_) return;
    painter->setRenderHint(QPainter::Antialiasing);
    tool_->paintPreview(*painter, *this);
}

void LabScene::mousePressEvent(QGraphicsSceneMouseEvent* event) {
    if (tool_ && event->button() == Qt::LeftButton) {
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
}

void LabScene::mouseMoveEvent(QGraphicsSceneMouseEvent* event) {
    if (tool_) {
        tool_->move(*this, event->scenePos());
        update();
        return;
    }
    QGraphicsScene::mouseMoveEvent(event);
    const bool isDragging = (event->buttons() & Qt::LeftButton) != 0 && mouseGrabberItem() != nullptr;
    if (!isDragging) return;
    arrange();
}

void LabScene::mouseReleaseEvent(QGraphicsSceneMouseEvent* event) {
    if (tool_ && event->button() == Qt::LeftButton) {
        tool_->release(*this, event->scenePos());
        Q_EMIT toolChanged();
        update();
        return;
    }
    QGraphicsScene::mouseReleaseEvent(event);
    takeMoves();
}

/// Nodes that stand elsewhere than the lab says have been dragged: one gesture, however many they are.
void LabScene::takeMoves() {
    const auto places = placesOf(editor_.lab());
    std::map<std::string, CanvasPoint> moved;
    for (const auto& [name, item] : nodes_) {
        const auto place = places.find(name.toStdString());
        if (place == places.end()) continue;
        const QPointF before(place->second[0], place->second[1]);
        if (item->pos() == before) continue;
        const QPointF after = snapped(item->pos());
        moved[place->first] = {after.x(), after.y()};
    }
    if (moved.empty()) return;
    const QString gesture = moved.size() == 1
                                ? tr("Move %1").arg(QString::fromStdString(moved.begin()->first))
                                : tr("Move %n nodes", nullptr, static_cast<int>(moved.size()));
    // Whoever had no place yet gets the one it is seen at: otherwise the others' moves would move it, too.
    std::map<std::string, CanvasPoint> all = places;
    for (const auto& [name, at] : moved)
        all[name] = at;
    editor_.apply(gesture, withPositions(editor_.lab(), all));
}

void LabScene::nudge(QPointF by) {
    std::map<std::string, CanvasPoint> all = placesOf(editor_.lab());
    const Selection selected = selection();
    if (selected.nodes.empty()) return;
    for (const std::string& name : selected.nodes) {
        CanvasPoint& at = all[name];
        at = {at[0] + by.x(), at[1] + by.y()};
    }
    editor_.apply(tr("Move %n nodes", nullptr, static_cast<int>(selected.nodes.size())),
                  withPositions(editor_.lab(), all));
}

void LabScene::mouseDoubleClickEvent(QGraphicsSceneMouseEvent* event) {
    if (tool_) return;
    if (const NodeItem* node = nodeAt(event->scenePos())) Q_EMIT nodeActivated(node->name());
}

void LabScene::contextMenuEvent(QGraphicsSceneContextMenuEvent* event) {
    Q_EMIT menuRequested(event->screenPos());
    event->accept();
}

void LabScene::keyPressEvent(QKeyEvent* event) {
    const double step = (event->modifiers() & Qt::ShiftModifier) != 0 ? 40 : 10;
    switch (event->key()) {
        case Qt::Key_Escape:
            cancel();
            return;
        case Qt::Key_Left:
            nudge({-step, 0});
            return;
        case Qt::Key_Right:
            nudge({step, 0});
            return;
        case Qt::Key_Up:
            nudge({0, -step});
            return;
        case Qt::Key_Down:
            nudge({0, step});
            return;
        default:
            QGraphicsScene::keyPressEvent(event);
    }
}

}  // namespace peerscape::gui

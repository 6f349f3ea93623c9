#include "gui/canvas/place_tool.hpp"

#include <QCoreApplication>

#include "gui/canvas/lab_scene.hpp"
#include "gui/canvas/node_item.hpp"

namespace peerscape::gui {

QString PlaceTool::hint() const {
    return kind_ == Kind::Router
               ? QCoreApplication::translate("PlaceTool", "Click where the router is to stand. Esc: done.")
               : QCoreApplication::translate("PlaceTool", "Click where the host is to stand. Esc: done.");
}

void PlaceTool::press(LabScene& scene, QPointF at) {
    const QPointF spot = LabScene::snapped(at);
    const CanvasPoint point{spot.x(), spot.y()};
    const LabFile& lab = scene.editor().lab();
    Made made = kind_ == Kind::Router ? withRouter(lab, point) : withHost(lab, point);
    const QString name = QString::fromStdString(made.name);
    scene.editor().apply(QCoreApplication::translate("PlaceTool", "Add %1").arg(name), std::move(made.lab));
    scene.select({{made.name}, {}, {}});
}

void PlaceTool::move(LabScene&, QPointF at) { at_ = LabScene::snapped(at); }

void PlaceTool::release(LabScene&, QPointF) {}

void PlaceTool::paintPreview(QPainter& painter, const LabScene& scene) const {
    if (!at_) return;
    QColor ghost = scene.theme().accent;
    painter.setPen(QPen(ghost, 1.5, Qt::DashLine));
    ghost.setAlpha(40);
    painter.setBrush(ghost);
    painter.drawEllipse(*at_, NodeItem::kRadius, NodeItem::kRadius);
}

}  // namespace peerscape::gui

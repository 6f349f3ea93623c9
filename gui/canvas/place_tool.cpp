#include "gui/canvas/place_tool.hpp"

#include <utility>

#include <QCoreApplication>

#include "gui/canvas/lab_scene.hpp"
#include "gui/canvas/node_item.hpp"
#include "gui/canvas/shapes.hpp"

namespace peerscape::gui {

namespace {

constexpr double kApart = 120;  ///< from one node to the next in the wake of a drag

}  // namespace

QString PlaceTool::hint() const {
    return kind_ == Kind::Router
               ? QCoreApplication::translate(
                     "PlaceTool",
                     "Click where the router is to stand; drag with Shift for several. Esc: done.")
               : QCoreApplication::translate(
                     "PlaceTool",
                     "Click where the host is to stand; drag with Shift for several. Esc: done.");
}

void PlaceTool::press(LabScene&, QPointF at) {
    at_ = LabScene::snapped(at);
    spots_ = {*at_};
}

void PlaceTool::move(LabScene&, QPointF at) {
    at_ = LabScene::snapped(at);
    if (spots_.empty()) return;
    if (!isRepeating_) {
        // Where it was let go counts; what has been left in the wake stays there.
        if (spots_.size() == 1) spots_.front() = *at_;
        return;
    }
    for (QPointF way = at - spots_.back(); lengthOf(way) >= kApart; way = at - spots_.back())
        spots_.push_back(LabScene::snapped(spots_.back() + way / lengthOf(way) * kApart));
}

void PlaceTool::release(LabScene& scene, QPointF at) {
    move(scene, at);
    const std::vector<QPointF> spots = std::exchange(spots_, {});
    if (spots.empty()) return;
    LabFile lab = scene.editor().lab();
    Selection placed;
    for (const QPointF& spot : spots) {
        const CanvasPoint point{spot.x(), spot.y()};
        Made made = kind_ == Kind::Router ? withRouter(lab, point) : withHost(lab, point);
        placed.nodes.insert(made.name);
        lab = std::move(made.lab);
    }
    // A name, since lupdate passes over a text with a cast beside it.
    const auto count = static_cast<int>(spots.size());
    const QString gesture = count == 1
                                ? QCoreApplication::translate("PlaceTool", "Add %1")
                                      .arg(QString::fromStdString(*placed.nodes.begin()))
                                : QCoreApplication::translate("PlaceTool", "Add %n nodes", nullptr, count);
    scene.editor().apply(gesture, std::move(lab));
    scene.select(placed);
}

bool PlaceTool::cancel() {
    const bool hadBegun = !spots_.empty();
    spots_.clear();
    return hadBegun;
}

void PlaceTool::paintPreview(QPainter& painter, const LabScene& scene) const {
    QColor ghost = scene.theme().accent;
    painter.setPen(QPen(ghost, 1.5, Qt::DashLine));
    ghost.setAlpha(40);
    painter.setBrush(ghost);
    for (const QPointF& spot : spots_)
        painter.drawEllipse(spot, NodeItem::kRadius, NodeItem::kRadius);
    if (spots_.empty() && at_) painter.drawEllipse(*at_, NodeItem::kRadius, NodeItem::kRadius);
}

}  // namespace peerscape::gui

#include "gui/canvas/link_tool.hpp"

#include <utility>

#include <QCoreApplication>

#include "gui/canvas/lab_scene.hpp"
#include "gui/canvas/lan_item.hpp"
#include "gui/canvas/node_item.hpp"

namespace peerscape::gui {

QString LinkTool::hint() const {
    return from_.isEmpty()
               ? QCoreApplication::translate("LinkTool", "Drag from node to node, or click both. Esc: done.")
               : QCoreApplication::translate("LinkTool", "Where does the cable from %1 go? Esc: nowhere.")
                     .arg(from_);
}

void LinkTool::press(LabScene& scene, QPointF at) {
    if (!from_.isEmpty()) {
        finish(scene, at);
        return;
    }
    const NodeItem* node = scene.nodeAt(at);
    if (node == nullptr) return;
    from_ = node->name();
    begin_ = at_ = node->pos();
}

void LinkTool::move(LabScene&, QPointF at) { at_ = at; }

void LinkTool::release(LabScene& scene, QPointF at) {
    if (from_.isEmpty()) return;
    const NodeItem* node = scene.nodeAt(at);
    // Released where it was pressed: the second click says where it goes.
    if (node != nullptr && node->name() == from_) return;
    if (node != nullptr || scene.lanAt(at) != nullptr) finish(scene, at);
}

void LinkTool::finish(LabScene& scene, QPointF at) {
    const QString from = std::exchange(from_, QString());
    const LabFile& lab = scene.editor().lab();
    const NodeItem* node = scene.nodeAt(at);
    const LanItem* lan = scene.lanAt(at);
    if (node != nullptr && node->name() == from) return;
    if (node == nullptr && lan == nullptr) return;
    const QString to = node != nullptr ? node->name() : lan->name();
    const QString gesture = QCoreApplication::translate("LinkTool", "Link %1 to %2").arg(from, to);
    if (node == nullptr) {
        scene.editor().apply(gesture, withLanEnd(lab, to.toStdString(), from.toStdString()));
        return;
    }
    auto made = withLink(lab, from.toStdString(), to.toStdString());
    if (made && scene.isRunning()) {
        scene.session().perform({lab_action::AddLink{made->lab.links.back()}, {}});
        return;
    }
    scene.editor().apply(gesture, labOf(std::move(made)));
}

bool LinkTool::cancel() {
    const bool hadBegun = !from_.isEmpty();
    from_.clear();
    return hadBegun;
}

void LinkTool::paintPreview(QPainter& painter, const LabScene& scene) const {
    if (from_.isEmpty()) return;
    painter.setPen(QPen(scene.theme().accent, 2.5, Qt::DashLine, Qt::RoundCap));
    const NodeItem* over = scene.nodeAt(at_);
    painter.drawLine(begin_, over != nullptr ? over->pos() : at_);
}

}  // namespace peerscape::gui

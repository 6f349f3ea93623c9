#include "gui/canvas/lan_tool.hpp"

#include <utility>

#include <QCoreApplication>

#include "gui/canvas/lab_scene.hpp"
#include "gui/canvas/node_item.hpp"

namespace peerscape::gui {

QString LanTool::hint() const {
    return QCoreApplication::translate("LanTool",
                                       "Click the router that the LAN is to belong to. Esc: done.");
}

void LanTool::press(LabScene& scene, QPointF at) {
    const NodeItem* node = scene.nodeAt(at);
    if (node == nullptr) return;
    auto made = withLan(scene.editor().lab(), node->name().toStdString());
    scene.editor().apply(QCoreApplication::translate("LanTool", "Add a LAN to %1").arg(node->name()),
                         labOf(std::move(made)));
}

}  // namespace peerscape::gui

#include "gui/canvas/link_tool.hpp"

#include <utility>

#include <QCoreApplication>

#include "gui/canvas/lab_scene.hpp"
#include "gui/canvas/lan_item.hpp"
#include "gui/canvas/node_item.hpp"

namespace peerscape::gui {

namespace {

/// The lab with the cables that the run has got meanwhile: their interfaces and names are taken.
LabFile asItRuns(const LabScene& scene) {
    LabFile lab = scene.editor().lab();
    const SnapshotPtr& shot = scene.session().snapshot();
    if (!shot) return lab;
    for (const LinkView& view : shot->links) {
        if (!view.isAdded) continue;
        LinkEntry link;
        link.name = view.name;
        for (const EndView& plug : view.ends) {
            EndEntry end;
            end.node.name = plug.node;
            end.interface = plug.interface;
            link.ends.push_back(std::move(end));
        }
        lab.links.push_back(std::move(link));
    }
    return lab;
}

}  // namespace

QString LinkTool::hint() const {
    if (chain_.empty())
        return QCoreApplication::translate(
            "LinkTool", "Drag from node to node, or click both; with Shift on to further ones. Esc: done.");
    return QCoreApplication::translate("LinkTool", "Where does the cable from %1 go? Esc: nowhere.")
        .arg(chain_.back());
}

void LinkTool::press(LabScene& scene, QPointF at) {
    at_ = at;
    isPressed_ = true;
    if (!chain_.empty()) {
        finish(scene, at, isRepeating_);
        return;
    }
    if (const NodeItem* node = scene.nodeAt(at)) chain_ = {node->name()};
}

void LinkTool::move(LabScene& scene, QPointF at) {
    at_ = at;
    if (!isRepeating_ || !isPressed_ || chain_.empty()) return;
    const NodeItem* node = scene.nodeAt(at);
    if (node != nullptr && node->name() != chain_.back()) chain_.push_back(node->name());
}

void LinkTool::release(LabScene& scene, QPointF at) {
    const bool wasPressed = std::exchange(isPressed_, false);
    if (chain_.empty() || !wasPressed) return;
    const NodeItem* node = scene.nodeAt(at);
    // Released where it was pressed: the second click says where it goes.
    if (chain_.size() == 1 && node != nullptr && node->name() == chain_.front()) return;
    if (chain_.size() > 1 || node != nullptr || scene.lanAt(at) != nullptr) finish(scene, at, false);
}

void LinkTool::finish(LabScene& scene, QPointF at, bool goesOn) {
    const NodeItem* node = scene.nodeAt(at);
    const LanItem* lan = scene.lanAt(at);
    if (node != nullptr && node->name() != chain_.back()) chain_.push_back(node->name());
    if (chain_.size() > 1) {
        link(scene);
    } else if (node == nullptr && lan != nullptr) {
        joinLan(scene, lan->name());
    }
    if (goesOn && chain_.size() > 1) {
        chain_ = {chain_.back()};
    } else {
        chain_.clear();
    }
    // The click that has ended one cable begins no other by being let go.
    isPressed_ = false;
}

void LinkTool::joinLan(LabScene& scene, const QString& lan) {
    const QString& from = chain_.back();
    scene.editor().apply(QCoreApplication::translate("LinkTool", "Link %1 to %2").arg(from, lan),
                         withLanEnd(scene.editor().lab(), lan.toStdString(), from.toStdString()));
}

void LinkTool::link(LabScene& scene) const {
    const bool isRunning = scene.isRunning();
    Result<LabFile> lab = isRunning ? asItRuns(scene) : scene.editor().lab();
    for (std::size_t i = 1; lab && i < chain_.size(); ++i) {
        lab = labOf(withLink(*lab, chain_[i - 1].toStdString(), chain_[i].toStdString()));
        if (lab && isRunning) scene.session().perform({lab_action::AddLink{lab->links.back()}, {}});
    }
    if (lab && isRunning) return;
    // A name, since lupdate passes over a text with a cast beside it.
    const auto count = static_cast<int>(chain_.size());
    const QString gesture =
        count == 2 ? QCoreApplication::translate("LinkTool", "Link %1 to %2").arg(chain_[0], chain_[1])
                   : QCoreApplication::translate("LinkTool", "Link %n nodes", nullptr, count);
    scene.editor().apply(gesture, std::move(lab));
}

bool LinkTool::cancel() {
    const bool hadBegun = !chain_.empty();
    chain_.clear();
    isPressed_ = false;
    return hadBegun;
}

void LinkTool::paintPreview(QPainter& painter, const LabScene& scene) const {
    if (chain_.empty()) return;
    painter.setPen(QPen(scene.theme().accent, 2.5, Qt::DashLine, Qt::RoundCap));
    QPolygonF way;
    for (const QString& name : chain_)
        way << scene.anchorOf(name);
    const NodeItem* over = scene.nodeAt(at_);
    way << (over != nullptr ? over->pos() : at_);
    painter.drawPolyline(way);
}

}  // namespace peerscape::gui

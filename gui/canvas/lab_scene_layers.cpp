// What of the run lies over the cables.
#include <utility>

#include "gui/canvas/lab_scene.hpp"
#include "gui/canvas/link_item.hpp"
#include "gui/canvas/node_item.hpp"

namespace peerscape::gui {

namespace {

QString q(const std::string& text) { return QString::fromStdString(text); }

}  // namespace

void LabScene::setLayer(Layer layer) {
    layer_ = layer;
    showLayer();
}

void LabScene::showLayer() {
    const SnapshotPtr& shot = session_.snapshot();
    std::map<QString, std::pair<bool, bool>> arrows;
    std::map<QString, NodeItem::Fate> fates;
    if (shot && layer_ == Layer::DataPlane) {
        for (const HopArrow& arrow : shot->arrows) {
            if (arrow.kind == HopArrow::Kind::Local) fates[q(arrow.from)] = NodeItem::Fate::Arrives;
            if (arrow.kind == HopArrow::Kind::None || arrow.kind == HopArrow::Kind::Discard)
                fates[q(arrow.from)] = NodeItem::Fate::Lost;
            const auto link = links_.find(q(arrow.link));
            if (link == links_.end()) continue;
            auto& [forward, backward] = arrows[link->first];
            (link->second->firstNode() == q(arrow.from) ? forward : backward) = true;
        }
    }
    const bool isPlain = arrows.empty() && fates.empty() && (!shot || layer_ != Layer::Sessions);
    if (isPlain && std::exchange(layerIsPlain_, isPlain)) return;
    layerIsPlain_ = isPlain;
    std::map<std::pair<QString, QString>, QString> sessions;
    if (shot && layer_ == Layer::Sessions) {
        for (const SessionView& view : shot->sessions)
            sessions[{q(view.node), q(view.neighbor)}] = q(view.state);
    }
    const auto stateAt = [&](const QString& node, const QString& neighbor) {
        const auto found = sessions.find({node, neighbor});
        return found == sessions.end() ? QString() : found->second;
    };
    for (const auto& [name, item] : nodes_)
        item->setFate(fates.contains(name) ? fates[name] : NodeItem::Fate::None);
    for (const auto& [name, item] : links_) {
        item->setArrows(arrows[name].first, arrows[name].second);
        const auto& [first, second] = ends_[name];
        item->setSessions(stateAt(first, second), stateAt(second, first));
    }
}

}  // namespace peerscape::gui

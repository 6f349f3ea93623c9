// What of the run lies over the cables.
#include <utility>

#include "gui/canvas/arrow_layer.hpp"
#include "gui/canvas/lab_scene.hpp"
#include "gui/canvas/link_item.hpp"
#include "gui/canvas/message_layer.hpp"
#include "gui/canvas/node_item.hpp"
#include "gui/canvas/overlays.hpp"
#include "gui/model/text.hpp"

namespace peerscape::gui {

void LabScene::setLayer(Layer layer) {
    layer_ = layer;
    showLayer();
    Q_EMIT layerChanged();
}

void LabScene::setStill(bool isStill) {
    isStill_ = isStill;
    arrows_->setStill(isStill);
    messages_->setStill(isStill);
}

Overlay LabScene::overlay() const {
    const SnapshotPtr& shot = session_.snapshot();
    if (layer_ == Layer::Relations) return relationsOf(editor_.lab(), *theme_);
    if (!shot) return {};
    switch (layer_) {
        case Layer::DataPlane:
            return dataPlaneOf(*shot);
        case Layer::ControlPlane:
            return controlPlaneOf(*shot);
        case Layer::Traffic:
            return trafficOf(*shot, *theme_);
        case Layer::Physical:
        case Layer::Sessions:
        case Layer::Relations:
            break;
    }
    return {};
}

void LabScene::showLayer() {
    const SnapshotPtr& shot = session_.snapshot();
    Overlay overlay = this->overlay();
    // Somebody who looks at another layer, prefix or timeline sees another picture, and not a change. Who
    // told whom comes with the picture after the one in which it was first asked for.
    const bool isKnown = shot && (layer_ != Layer::ControlPlane || !shot->tellings.empty());
    const ShownFor shownFor{layer_, isKnown ? shot->prefix : std::string(),
                            shot ? shot->timeline : std::string()};
    arrows_->show(std::move(overlay.arrows), shownFor == shownFor_);
    shownFor_ = shownFor;
    const bool isPlain =
        overlay.marks.empty() && overlay.tints.empty() && (!shot || layer_ != Layer::Sessions);
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
    for (const auto& [name, item] : nodes_) {
        const auto mark = overlay.marks.find(name);
        item->setMark(mark == overlay.marks.end() ? NodeMark::None : mark->second);
    }
    for (const auto& [name, item] : links_) {
        const auto tint = overlay.tints.find(name);
        item->setTint(tint == overlay.tints.end() ? std::nullopt : std::optional(tint->second));
        const auto& [first, second] = ends_[name];
        item->setSessions(stateAt(first, second), stateAt(second, first));
    }
    showLayerOfBundles(overlay);
}

}  // namespace peerscape::gui

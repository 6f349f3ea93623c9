#include "gui/app/drawn_area.hpp"

#include <QGraphicsItem>

#include "gui/canvas/lab_scene.hpp"
#include "gui/canvas/message_layer.hpp"

namespace peerscape::gui {

QRectF drawnArea(const QGraphicsScene& scene) {
    constexpr double kMargin = 30;
    QRectF area;
    for (const QGraphicsItem* item : scene.items()) {
        // What lies over the whole scene is none of its things.
        if (LabScene::keyOf(*item) && item->isVisible()) area |= item->sceneBoundingRect();
    }
    return area.adjusted(-kMargin, -kMargin, kMargin, kMargin);
}

HiddenMessages::HiddenMessages(const QGraphicsScene& scene) {
    for (QGraphicsItem* item : scene.items()) {
        if (dynamic_cast<MessageLayer*>(item) != nullptr && item->isVisible()) messages_ = item;
    }
    if (messages_ != nullptr) messages_->hide();
}

HiddenMessages::~HiddenMessages() {
    if (messages_ != nullptr) messages_->show();
}

}  // namespace peerscape::gui

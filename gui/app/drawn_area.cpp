#include "gui/app/drawn_area.hpp"

#include <QGraphicsItem>

#include "gui/canvas/message_layer.hpp"

namespace peerscape::gui {

QRectF drawnArea(const QGraphicsScene& scene) {
    constexpr double kMargin = 30;
    QRectF area;
    for (const QGraphicsItem* item : scene.items()) {
        if (dynamic_cast<const MessageLayer*>(item) == nullptr && item->isVisible())
            area |= item->sceneBoundingRect();
    }
    return area.adjusted(-kMargin, -kMargin, kMargin, kMargin);
}

}  // namespace peerscape::gui

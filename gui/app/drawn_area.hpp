#pragma once

#include <QGraphicsScene>
#include <QRectF>

namespace peerscape::gui {

/// What a picture of the drawing shows: everything that stands on it, and a margin.
QRectF drawnArea(const QGraphicsScene& scene);

}  // namespace peerscape::gui

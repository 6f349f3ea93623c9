#pragma once

#include <QGraphicsItem>
#include <QGraphicsScene>
#include <QRectF>

namespace peerscape::gui {

/// What a picture of the drawing shows: everything that stands on it, and a margin.
QRectF drawnArea(const QGraphicsScene& scene);

/// Messages on their way belong to an instant of the screen, and not into a picture: while this lives they
/// are not drawn.
class HiddenMessages {
  public:
    explicit HiddenMessages(const QGraphicsScene& scene);
    ~HiddenMessages();
    HiddenMessages(const HiddenMessages&) = delete;
    HiddenMessages& operator=(const HiddenMessages&) = delete;

  private:
    QGraphicsItem* messages_ = nullptr;
};

}  // namespace peerscape::gui

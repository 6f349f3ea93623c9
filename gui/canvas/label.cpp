#include "gui/canvas/label.hpp"

#include <algorithm>
#include <cmath>

namespace peerscape::gui {

void Label::setText(const QString& text) {
    words_ = QStaticText(text);
    words_.setTextFormat(Qt::PlainText);
    size_ = 0;
}

void Label::paint(QPainter& painter, QPointF top, const QColor& colour, const QColor& paper) const {
    const QTransform world = painter.worldTransform();
    const double scale = world.m11();
    const int size = std::max(1, static_cast<int>(std::round(font_.pixelSize() * scale)));
    if (size != size_) {
        size_ = size;
        sized_ = font_;
        sized_.setPixelSize(size);
        words_.prepare(QTransform(), sized_);
    }
    const QSizeF box = words_.size();
    const QPointF middle = world.map(top);
    const double margin = 4 * scale;
    painter.setWorldTransform(QTransform());
    if (paper.alpha() > 0)
        painter.fillRect(
            QRectF(middle.x() - box.width() / 2 - margin, middle.y(), box.width() + 2 * margin, box.height()),
            paper);
    painter.setFont(sized_);
    painter.setPen(colour);
    painter.drawStaticText(QPointF(middle.x() - box.width() / 2, middle.y()), words_);
    painter.setWorldTransform(world);
}

}  // namespace peerscape::gui

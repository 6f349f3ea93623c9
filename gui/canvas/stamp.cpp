#include "gui/canvas/stamp.hpp"

#include <cmath>

#include <QPaintDevice>
#include <QPaintEngine>
#include <QPixmapCache>

namespace peerscape::gui {

namespace {

constexpr double kClose = 1.5;  ///< from this zoom on there are few, and they are large

QPixmap pictureOf(double half, double scale, double ratio, const std::function<void(QPainter&)>& draw) {
    const int side = 2 * static_cast<int>(std::ceil(half * scale)) + 2;
    QPixmap picture(QSize(side, side) * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(side / 2.0, side / 2.0);
    painter.scale(scale, scale);
    draw(painter);
    return picture;
}

}  // namespace

void drawStamped(QPainter& painter, QPointF at, double half, const QString& key,
                 const std::function<void(QPainter&)>& draw) {
    const QTransform world = painter.worldTransform();
    // Whoever paints into a file that cannot be written paints without an engine.
    const QPaintEngine* engine = painter.paintEngine();
    const bool isOnScreen =
        engine != nullptr && engine->type() == QPaintEngine::Raster && world.type() <= QTransform::TxScale;
    const double scale = world.m11();
    if (!isOnScreen || scale > kClose) {
        painter.translate(at);
        draw(painter);
        painter.setWorldTransform(world);
        return;
    }
    const double ratio = painter.device()->devicePixelRatioF();
    const QString sized = QString("%1 %2 %3").arg(key).arg(scale, 0, 'f', 4).arg(ratio);
    QPixmap picture;
    if (!QPixmapCache::find(sized, &picture)) {
        picture = pictureOf(half, scale, ratio, draw);
        QPixmapCache::insert(sized, picture);
    }
    const double side = picture.width() / ratio;
    const QPointF corner = world.map(at) - QPointF(side / 2, side / 2);
    painter.setWorldTransform(QTransform());
    painter.drawPixmap(QPointF(std::round(corner.x()), std::round(corner.y())), picture);
    painter.setWorldTransform(world);
}

}  // namespace peerscape::gui

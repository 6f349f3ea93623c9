#include "gui/canvas/group_icon.hpp"

#include <array>

#include <QPainterPath>

namespace peerscape::gui {

namespace {

constexpr double kW = kGroupIconWidth;
constexpr double kH = kGroupIconHeight;

void drawBuilding(QPainter& painter, const QColor& line, const QColor& fill) {
    painter.setBrush(fill);
    painter.drawRect(QRectF(-kW + 6, -kH + 10, 2 * kW - 12, 2 * kH - 10));
    painter.drawPolygon(QPolygonF{QPointF(-kW, -kH + 10), QPointF(0, -kH - 6), QPointF(kW, -kH + 10)});
    painter.setBrush(line);
    painter.setPen(Qt::NoPen);
    for (const double y : {-13.0, 3.0}) {
        for (const double x : {-25.0, -10.0, 5.0, 20.0}) {
            const bool isDoor = y > 0 && x > -11 && x < 6;
            if (!isDoor) painter.drawRect(QRectF(x - 2, y, 8, 9));
        }
    }
    painter.drawRect(QRectF(-8, 12, 16, 20));
}

void drawCloud(QPainter& painter, const QColor&, const QColor& fill) {
    QPainterPath cloud;
    cloud.setFillRule(Qt::WindingFill);
    cloud.addRoundedRect(QRectF(-kW, -2, 2 * kW, kH), kH / 2, kH / 2);
    cloud.addEllipse(QPointF(-14, -6), 19, 19);
    cloud.addEllipse(QPointF(13, -9), 22, 22);
    painter.setBrush(fill);
    painter.drawPath(cloud.simplified());
}

void drawExchange(QPainter& painter, const QColor&, const QColor& fill) {
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(-kW + 4, -kH + 2, 2 * kW - 8, 2 * kH - 4), 10, 10);
    constexpr double kX = 24;
    constexpr double kY = 14;
    painter.drawLine(QPointF(-kX, -kY), QPointF(kX, kY));
    painter.drawLine(QPointF(-kX, kY), QPointF(kX, -kY));
    painter.drawLine(QPointF(-kX, 0), QPointF(kX, 0));
}

void drawPlates(QPainter& painter, const QColor&, const QColor& fill) {
    painter.setBrush(fill);
    for (const double y : {14.0, 0.0, -14.0})
        painter.drawRoundedRect(QRectF(-kW + 4, y - 14, 2 * kW - 8, 22), 7, 7);
}

struct Icon {
    const char* kind;
    void (*draw)(QPainter&, const QColor&, const QColor&);
};
constexpr std::array kIcons{Icon{"building", drawBuilding}, Icon{"as", drawCloud}, Icon{"ixp", drawExchange}};

}  // namespace

void drawGroupIcon(QPainter& painter, const QString& kind, const QColor& line, const QColor& fill) {
    painter.setPen(QPen(line, 2.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    for (const Icon& icon : kIcons) {
        if (kind.compare(QLatin1String(icon.kind), Qt::CaseInsensitive) != 0) continue;
        icon.draw(painter, line, fill);
        return;
    }
    drawPlates(painter, line, fill);
}

}  // namespace peerscape::gui

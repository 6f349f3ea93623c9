#include "gui/canvas/shapes.hpp"

#include <algorithm>
#include <cmath>

namespace peerscape::gui {

namespace {

constexpr double kDisc = 8;

void drawDisc(QPainter& painter, QPointF centre, const QColor& colour, const QColor& background) {
    painter.setPen(QPen(background, 2));
    painter.setBrush(colour);
    painter.drawEllipse(centre, kDisc, kDisc);
    painter.setPen(QPen(background, 2.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

/// Twice the area of the triangle; positive when c lies to the left of a-b.
double turn(QPointF a, QPointF b, QPointF c) {
    return (b.x() - a.x()) * (c.y() - a.y()) - (b.y() - a.y()) * (c.x() - a.x());
}

}  // namespace

double lengthOf(QPointF vector) { return std::hypot(vector.x(), vector.y()); }

void drawCross(QPainter& painter, QPointF centre, const QColor& colour, const QColor& background) {
    drawDisc(painter, centre, colour, background);
    constexpr double kArm = 3.2;
    painter.drawLine(centre + QPointF(-kArm, -kArm), centre + QPointF(kArm, kArm));
    painter.drawLine(centre + QPointF(-kArm, kArm), centre + QPointF(kArm, -kArm));
}

void drawTick(QPainter& painter, QPointF centre, const QColor& colour, const QColor& background) {
    drawDisc(painter, centre, colour, background);
    painter.drawPolyline(
        QPolygonF{centre + QPointF(-3.6, 0.2), centre + QPointF(-1, 3), centre + QPointF(3.8, -3)});
}

void drawWarning(QPainter& painter, QPointF centre, const QColor& colour, const QColor& background) {
    painter.setPen(QPen(background, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(colour);
    painter.drawPolygon(
        QPolygonF{centre + QPointF(0, -9), centre + QPointF(10, 8), centre + QPointF(-10, 8)});
    painter.setPen(QPen(background, 2.2, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(centre + QPointF(0, -3.5), centre + QPointF(0, 1.5));
    painter.drawPoint(centre + QPointF(0, 5));
}

void drawTurn(QPainter& painter, QPointF centre, const QColor& colour, const QColor& background) {
    drawDisc(painter, centre, colour, background);
    constexpr double kR = 4.2;
    painter.setBrush(Qt::NoBrush);
    painter.drawArc(QRectF(centre.x() - kR, centre.y() - kR, 2 * kR, 2 * kR), 40 * 16, 270 * 16);
    painter.setPen(Qt::NoPen);
    painter.setBrush(background);
    const QPointF tip = centre + QPointF(5.4, -0.4);
    painter.drawPolygon(QPolygonF{tip, tip + QPointF(-4.6, -1.4), tip + QPointF(-0.6, -5)});
}

void drawSource(QPainter& painter, QPointF centre, const QColor& colour, const QColor& background) {
    drawDisc(painter, centre, colour, background);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(background, 1.5));
    painter.drawEllipse(centre, 4.8, 4.8);
    painter.setPen(Qt::NoPen);
    painter.setBrush(background);
    painter.drawEllipse(centre, 2, 2);
}

void drawHead(QPainter& painter, QPointF from, QPointF tip, double size) {
    const QPointF back = from - tip;
    const double length = lengthOf(back);
    if (length < 1e-6) return;
    const QPointF along = back / length * size;
    const QPointF across(-along.y() * 0.55, along.x() * 0.55);
    painter.drawPolygon(QPolygonF{tip, tip + along + across, tip + along - across});
}

/// Andrew's monotone chain: lower side from left to right, then the upper side back.
QPolygonF convexHull(QPolygonF points) {
    if (points.size() < 3) return points;
    std::ranges::sort(
        points, [](QPointF a, QPointF b) { return a.x() < b.x() || (a.x() == b.x() && a.y() < b.y()); });
    QPolygonF hull;
    const auto addSide = [&hull](const auto& side, qsizetype least) {
        for (const QPointF& point : side) {
            while (hull.size() > least && turn(hull[hull.size() - 2], hull.back(), point) <= 0)
                hull.removeLast();
            hull.append(point);
        }
    };
    addSide(points, 1);
    const qsizetype lower = hull.size();
    QPolygonF back = points;
    std::ranges::reverse(back);
    back.removeFirst();
    addSide(back, lower);
    hull.removeLast();
    return hull;
}

}  // namespace peerscape::gui

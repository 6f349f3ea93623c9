#pragma once

#include <QColor>
#include <QPainter>
#include <QPointF>
#include <QPolygonF>

namespace peerscape::gui {

/// A cross on a disc: down, failed, lost.
void drawCross(QPainter& painter, QPointF centre, const QColor& colour, const QColor& background);
/// A tick on a disc: arrives, passed.
void drawTick(QPainter& painter, QPointF centre, const QColor& colour, const QColor& background);
/// A triangle with an exclamation mark.
void drawWarning(QPainter& painter, QPointF centre, const QColor& colour, const QColor& background);
/// A circle that bites its tail, on a disc: goes round.
void drawTurn(QPainter& painter, QPointF centre, const QColor& colour, const QColor& background);
/// A dot that sends rings: begins here.
void drawSource(QPainter& painter, QPointF centre, const QColor& colour, const QColor& background);
/// An arrow head whose point is at `tip`, seen from `from`.
void drawHead(QPainter& painter, QPointF from, QPointF tip, double size);
/// The corners of the smallest convex shape around the points, in order.
QPolygonF convexHull(QPolygonF points);
/// The length of a vector.
double lengthOf(QPointF vector);

}  // namespace peerscape::gui

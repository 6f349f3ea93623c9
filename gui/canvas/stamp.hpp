#pragma once

#include <functional>

#include <QPainter>
#include <QPointF>
#include <QString>

namespace peerscape::gui {

/// Draws at `at` what `draw` draws around the origin, within `half` units to every side. On a screen the
/// picture is drawn once for each size and kept under `key`, which must name everything that it depends on
/// but the size; from then on it costs as little as any small picture. Where lines are kept as lines (SVG,
/// PDF), and from close by, it is drawn each time.
void drawStamped(QPainter& painter, QPointF at, double half, const QString& key,
                 const std::function<void(QPainter&)>& draw);

}  // namespace peerscape::gui

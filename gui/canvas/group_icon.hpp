#pragma once

#include <QColor>
#include <QPainter>
#include <QString>

namespace peerscape::gui {

/// Half the width and height of the icon of a closed group.
inline constexpr double kGroupIconWidth = 40;
inline constexpr double kGroupIconHeight = 32;

/// The icon of a closed group around the origin: a house for a building, a cloud for an AS, crossing lines
/// for an exchange point, a stack of plates for anything else.
void drawGroupIcon(QPainter& painter, const QString& kind, const QColor& line, const QColor& fill);

}  // namespace peerscape::gui

#pragma once

#include <QIcon>
#include <QString>

#include "gui/style/theme.hpp"

namespace peerscape::gui {

/// The icon of that name ("router", "play", "nextEvent" …) in the theme's colours, drawn sharp at every size.
/// An unknown name gives an empty icon.
QIcon iconNamed(const QString& name, const Theme& theme);

}  // namespace peerscape::gui

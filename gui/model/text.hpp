#pragma once

#include <string>

#include <QString>

namespace peerscape::gui {

/// A text of the engine, which is UTF-8, as one of Qt's.
inline QString q(const std::string& text) { return QString::fromStdString(text); }

}  // namespace peerscape::gui

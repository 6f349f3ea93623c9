#pragma once

#include <QString>

namespace peerscape::gui {

/// What a first lesson does without. The drawing, time, failing and restoring, tables, events and the
/// exercises stay; what is hidden can be had back at any time.
bool isForBeginners(const QString& actionId);
/// The same of a panel, by its object name.
bool isPanelForBeginners(const QString& panel);

}  // namespace peerscape::gui

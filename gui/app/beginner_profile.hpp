#pragma once

#include <QString>
#include <QStringList>

namespace peerscape::gui {

/// What a first lesson does without. The drawing, time, failing and restoring, tables, events and the
/// exercises stay; what is hidden can be had back at any time.
bool isForBeginners(const QString& actionId);
/// The same of a panel, by its object name.
bool isPanelForBeginners(const QString& panel);
/// The ids of the actions that are hidden.
const QStringList& hiddenFromBeginners();

}  // namespace peerscape::gui

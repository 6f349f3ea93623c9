#pragma once

#include <map>
#include <optional>

#include <QKeySequence>
#include <QString>

#include "gui/app/action_table.hpp"

class QAction;

/// The keys of the window's actions: those of the table, or those that the user has chosen instead, which are
/// kept in the settings.
namespace peerscape::gui {

/// As the table has it; empty: none.
QKeySequence standardKeys(const ActionEntry& entry);
/// As they are chosen in the settings, else the standard ones.
QKeySequence chosenKeys(const ActionEntry& entry);
/// Keeps a choice. The standard keys are no choice, and an empty sequence is the choice of none.
void keepKeys(const ActionEntry& entry, const QKeySequence& keys);
/// Gives the action its keys, and a tool tip that tells them.
void giveKeys(QAction& action, const ActionEntry& entry, const QKeySequence& keys);

/// Another action that has these keys; null: nobody has.
const ActionEntry* holderOf(const QKeySequence& keys, const QString& exceptId,
                            const std::map<QString, QAction*>& actions);

}  // namespace peerscape::gui

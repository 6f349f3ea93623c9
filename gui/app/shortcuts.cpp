#include "gui/app/shortcuts.hpp"

#include <QAction>
#include <QSettings>

namespace peerscape::gui {

namespace {

QString settingOf(const ActionEntry& entry) { return QString("shortcuts/") + entry.id; }

}  // namespace

QKeySequence standardKeys(const ActionEntry& entry) { return QKeySequence(QString(entry.shortcut)); }

QKeySequence chosenKeys(const ActionEntry& entry) {
    const QVariant chosen = QSettings().value(settingOf(entry));
    return chosen.isValid() ? QKeySequence(chosen.toString(), QKeySequence::PortableText)
                            : standardKeys(entry);
}

void keepKeys(const ActionEntry& entry, const QKeySequence& keys) {
    QSettings settings;
    if (keys == standardKeys(entry)) {
        settings.remove(settingOf(entry));
    } else {
        settings.setValue(settingOf(entry), keys.toString(QKeySequence::PortableText));
    }
}

void giveKeys(QAction& action, const ActionEntry& entry, const QKeySequence& keys) {
    action.setShortcut(keys);
    const QString told = keys.toString(QKeySequence::NativeText);
    action.setToolTip(translated(entry.tip) + (told.isEmpty() ? QString() : " (" + told + ")"));
}

const ActionEntry* holderOf(const QKeySequence& keys, const QString& exceptId,
                            const std::map<QString, QAction*>& actions) {
    if (keys.isEmpty()) return nullptr;
    for (const ActionEntry& entry : actionTable()) {
        if (exceptId != entry.id && actions.at(entry.id)->shortcut() == keys) return &entry;
    }
    return nullptr;
}

}  // namespace peerscape::gui

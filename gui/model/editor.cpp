#include "gui/model/editor.hpp"

#include <utility>

#include "gui/model/edits.hpp"

namespace peerscape::gui {

Editor::Editor(QObject* parent) : QObject(parent) {
    constexpr int kRecoveryDelay = 500;  // ms: often enough to lose nothing, seldom enough not to be felt
    recoveryTimer_.setSingleShot(true);
    recoveryTimer_.setInterval(kRecoveryDelay);
    connect(&recoveryTimer_, &QTimer::timeout, this, &Editor::keepRecovery);
    connect(this, &Editor::changed, &recoveryTimer_, qOverload<>(&QTimer::start));
}

void Editor::replace(Document document) {
    document_ = std::move(document);
    Q_EMIT replaced();
    Q_EMIT changed();
}

void Editor::apply(const QString& gesture, LabFile next) {
    if (isLocked_) {
        Q_EMIT refused(tr("The drawing is locked. Unlock it in the Edit menu to change it."));
        return;
    }
    if (const auto reason = whyUnreadable(next)) {
        Q_EMIT refused(tr("That is not possible: %1.").arg(QString::fromStdString(*reason)));
        return;
    }
    const LabPtr before = document_.lab();
    document_.apply(gesture.toStdString(), std::move(next));
    if (document_.lab() != before) Q_EMIT changed();
}

void Editor::apply(const QString& gesture, Result<LabFile> next) {
    if (next) {
        apply(gesture, std::move(*next));
    } else {
        Q_EMIT refused(QString::fromStdString(next.error().message));
    }
}

void Editor::undo() {
    if (isLocked_ || !document_.canUndo()) return;
    document_.undo();
    Q_EMIT changed();
}

void Editor::redo() {
    if (isLocked_ || !document_.canRedo()) return;
    document_.redo();
    Q_EMIT changed();
}

Result<void> Editor::save() {
    auto done = document_.save();
    if (done) Q_EMIT saved();
    return done;
}

Result<void> Editor::saveAs(const std::filesystem::path& path) {
    auto done = document_.saveAs(path);
    if (done) Q_EMIT saved();
    return done;
}

void Editor::setLocked(bool locked) {
    isLocked_ = locked;
    Q_EMIT changed();
}

void Editor::keepRecovery() {
    if (auto done = document_.keepRecovery(); !done)
        Q_EMIT refused(QString::fromStdString(done.error().message));
}

}  // namespace peerscape::gui

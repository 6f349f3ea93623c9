#include "gui/panels/note_editor.hpp"

#include <QKeyEvent>

namespace peerscape::gui {

NoteEditor::NoteEditor(const QString& text, QWidget* parent) : QPlainTextEdit(parent) {
    QString shown = text;
    while (shown.endsWith('\n'))
        shown.chop(1);
    setPlainText(shown);
    told_ = shown;
    setAccessibleName(tr("Text of the note"));
    // Tab goes on to the next field, as everywhere else in the properties.
    setTabChangesFocus(true);
    setMinimumHeight(120);
}

void NoteEditor::keyPressEvent(QKeyEvent* event) {
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && (event->modifiers() & Qt::ControlModifier) != 0) {
        finish();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void NoteEditor::focusInEvent(QFocusEvent* event) {
    QPlainTextEdit::focusInEvent(event);
    // Whoever comes by key types over what is there.
    if (event->reason() == Qt::TabFocusReason) selectAll();
}

void NoteEditor::focusOutEvent(QFocusEvent* event) {
    QPlainTextEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason) finish();
}

void NoteEditor::finish() {
    if (toPlainText() == told_) return;
    told_ = toPlainText();
    Q_EMIT edited();
}

}  // namespace peerscape::gui

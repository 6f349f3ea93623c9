#pragma once

#include <QPlainTextEdit>

namespace peerscape::gui {

/// Where the words of a note are typed. They are ready when the field is left, or with Ctrl+Enter: so one
/// change is one step of undo.
class NoteEditor final : public QPlainTextEdit {
    Q_OBJECT

  public:
    explicit NoteEditor(const QString& text, QWidget* parent = nullptr);

    /// What has been typed is ready.
    void finish();

  Q_SIGNALS:
    /// The text is ready, and another one than before.
    void edited();

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    QString told_;  ///< what was ready last
};

}  // namespace peerscape::gui

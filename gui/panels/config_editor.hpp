#pragma once

#include <vector>

#include <QPlainTextEdit>

#include "scenarios/config/diagnostic.hpp"

class QCompleter;
class QStandardItemModel;

namespace peerscape::gui {

class ConfigHighlighter;

/// Where a router's configuration is written: coloured, what the router would not understand is underlined as
/// one types and says why in its tool tip, and Ctrl+Space offers what may stand here.
class ConfigEditor final : public QPlainTextEdit {
    Q_OBJECT

  public:
    explicit ConfigEditor(const QString& text, QWidget* parent = nullptr);

    /// What is wrong with the text as it is.
    const std::vector<Diagnostic>& problems() const { return problems_; }
    /// "line 3: …" of the first error, or else of the first warning; empty: all is well.
    QString summary() const;
    /// What is said of that line; empty: nothing.
    QString problemAt(int line) const;
    /// What Ctrl+Space offers at the cursor, as it would be written.
    QStringList offers() const;
    /// Opens the list of what may stand at the cursor.
    void offer();

  Q_SIGNALS:
    /// The text has been looked at again.
    void checked();

  protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void check();
    void underline();
    /// The part of the word before the cursor.
    QString begunWord() const;
    QString textToCursor() const;
    void fillOffers();
    void insert(const QString& word);

    ConfigHighlighter* highlighter_;
    QStandardItemModel* offers_;
    QCompleter* completer_;
    std::vector<Diagnostic> problems_;
};

}  // namespace peerscape::gui

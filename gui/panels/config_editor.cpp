#include "gui/panels/config_editor.hpp"

#include <algorithm>

#include <QAbstractItemView>
#include <QCompleter>
#include <QFontDatabase>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTextBlock>
#include <QToolTip>

#include "gui/model/text.hpp"
#include "gui/panels/config_highlighter.hpp"
#include "scenarios/config/config_choices.hpp"
#include "scenarios/config/config_reader.hpp"

namespace peerscape::gui {

namespace {

constexpr int kWord = Qt::UserRole;  // what is written; empty for what stands for something else

bool isBlank(QChar c) { return c == ' ' || c == '\t' || c == QChar::ParagraphSeparator; }

}  // namespace

ConfigEditor::ConfigEditor(const QString& text, QWidget* parent)
    : QPlainTextEdit(text, parent),
      highlighter_(new ConfigHighlighter(document(), Theme::of(palette()))),
      offers_(new QStandardItemModel(this)),
      completer_(new QCompleter(offers_, this)) {
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setLineWrapMode(QPlainTextEdit::NoWrap);
    // Tab leaves the editor: no keyboard is caught in it. A block is indented by a blank, as FRR does it.
    setTabChangesFocus(true);
    setPlaceholderText("router rip\n network 0.0.0.0/0");
    setAccessibleName(tr("Configuration"));
    setAccessibleDescription(tr("Ctrl+Space offers what may stand here"));
    completer_->setWidget(this);
    completer_->setCompletionRole(kWord);
    completer_->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    completer_->setMaxVisibleItems(12);
    connect(completer_, qOverload<const QModelIndex&>(&QCompleter::activated), this,
            [this](const QModelIndex& index) { insert(index.data(kWord).toString()); });
    connect(this, &QPlainTextEdit::textChanged, this, &ConfigEditor::check);
    check();
}

void ConfigEditor::check() {
    problems_ = readConfig(toPlainText().toStdString(), {"", 1, 1}, RouterConfig()).diagnostics;
    underline();
    Q_EMIT checked();
}

void ConfigEditor::underline() {
    const Theme& theme = Theme::of(palette());
    QList<QTextEdit::ExtraSelection> marks;
    for (const Diagnostic& problem : problems_) {
        const QTextBlock block = document()->findBlockByNumber(static_cast<int>(problem.place.line) - 1);
        if (!block.isValid()) continue;
        QTextEdit::ExtraSelection mark;
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        const bool isError = problem.severity == Severity::Error;
        mark.format.setUnderlineColor(isError ? theme.bad : theme.waiting);
        mark.cursor = QTextCursor(block);
        // From the word at fault to the end of the line; a line that ends too early, as a whole.
        const int begin = static_cast<int>(problem.place.column) - 1;
        if (begin < block.length() - 1) mark.cursor.setPosition(block.position() + std::max(0, begin));
        mark.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        marks.push_back(mark);
    }
    setExtraSelections(marks);
}

QString ConfigEditor::summary() const {
    const auto error = std::ranges::find(problems_, Severity::Error, &Diagnostic::severity);
    const auto shown = error != problems_.end() ? error : problems_.begin();
    if (shown == problems_.end()) return {};
    const QString text = tr("line %1: %2").arg(shown->place.line).arg(q(shown->message));
    return (error != problems_.end() ? "✕ " : "! ") + text;
}

QString ConfigEditor::problemAt(int line) const {
    QStringList said;
    for (const Diagnostic& problem : problems_) {
        if (static_cast<int>(problem.place.line) == line) said << q(problem.message);
    }
    return said.join("\n");
}

bool ConfigEditor::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QTextCursor at = cursorForPosition(viewport()->mapFrom(this, help->pos()));
        const QString said = problemAt(at.blockNumber() + 1);
        if (said.isEmpty()) {
            QToolTip::hideText();
        } else {
            QToolTip::showText(help->globalPos(), said, this);
        }
        return true;
    }
    return QPlainTextEdit::event(event);
}

void ConfigEditor::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() != QEvent::PaletteChange) return;
    highlighter_->setTheme(Theme::of(palette()));
    underline();
}

QString ConfigEditor::textToCursor() const { return toPlainText().left(textCursor().position()); }

QString ConfigEditor::begunWord() const {
    const QString text = textToCursor();
    qsizetype begin = text.size();
    while (begin > 0 && !isBlank(text[begin - 1]) && text[begin - 1] != '\n')
        --begin;
    return text.mid(begin);
}

void ConfigEditor::fillOffers() {
    offers_->clear();
    for (const Completion& choice : choicesAtEnd(textToCursor().toStdString())) {
        if (choice.text == "<cr>") continue;
        const QString word = q(choice.text);
        auto* item = new QStandardItem(choice.help.empty() ? word : word + "  —  " + q(choice.help));
        item->setData(choice.isVariable ? QString() : word, kWord);
        // What stands for something else, an address for instance, is told and cannot be chosen.
        item->setEnabled(!choice.isVariable);
        offers_->appendRow(item);
    }
}

QStringList ConfigEditor::offers() const {
    QStringList words;
    for (const Completion& choice : choicesAtEnd(textToCursor().toStdString())) {
        if (choice.text != "<cr>") words << q(choice.text);
    }
    return words;
}

void ConfigEditor::offer() {
    fillOffers();
    if (offers_->rowCount() == 0) {
        completer_->popup()->hide();
        return;
    }
    QRect place = cursorRect();
    const int wanted = completer_->popup()->sizeHintForColumn(0) +
                       completer_->popup()->verticalScrollBar()->sizeHint().width() + 8;
    place.setWidth(std::clamp(wanted, 160, 520));
    completer_->complete(place);
}

void ConfigEditor::insert(const QString& word) {
    if (word.isEmpty()) return;
    QTextCursor cursor = textCursor();
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, static_cast<int>(begunWord().size()));
    cursor.insertText(word + " ");
    setTextCursor(cursor);
}

void ConfigEditor::keyPressEvent(QKeyEvent* event) {
    const bool isOpen = completer_->popup()->isVisible();
    const bool isForList = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter ||
                           event->key() == Qt::Key_Escape || event->key() == Qt::Key_Tab;
    if (isOpen && isForList) {
        event->ignore();
        return;
    }
    if (event->key() == Qt::Key_Space && event->modifiers().testFlag(Qt::ControlModifier)) {
        offer();
        return;
    }
    const bool isNewLine = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const QString line = textCursor().block().text();
    QPlainTextEdit::keyPressEvent(event);
    if (isNewLine) {
        // The new line stands as far in as the one before it.
        qsizetype indent = 0;
        while (indent < line.size() && line[indent] == ' ')
            ++indent;
        insertPlainText(line.left(indent));
    }
    if (isOpen) {
        if (begunWord().isEmpty()) {
            completer_->popup()->hide();
        } else {
            offer();
        }
    }
}

}  // namespace peerscape::gui

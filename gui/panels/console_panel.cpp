#include "gui/panels/console_panel.hpp"

#include <algorithm>

#include <QBoxLayout>
#include <QFontDatabase>
#include <QKeyEvent>
#include <QScrollBar>

namespace peerscape::gui {

ConsolePanel::ConsolePanel(Session& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      output_(new QPlainTextEdit),
      prompt_(new QLabel),
      input_(new QLineEdit) {
    const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    output_->setReadOnly(true);
    output_->setLineWrapMode(QPlainTextEdit::NoWrap);
    output_->setFont(fixed);
    output_->setMaximumBlockCount(20'000);
    output_->setAccessibleName(tr("Answers of the router"));
    input_->setFont(fixed);
    prompt_->setFont(fixed);
    input_->setPlaceholderText(tr("show ip route"));
    input_->setAccessibleName(tr("Command line of the router"));
    input_->installEventFilter(this);
    auto* row = new QHBoxLayout;
    row->addWidget(prompt_);
    row->addWidget(input_, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6, 4, 6, 4);
    column->addWidget(output_, 1);
    column->addLayout(row);
    connect(input_, &QLineEdit::returnPressed, this, [this] {
        const QString line = input_->text();
        input_->clear();
        type(line);
    });
    connect(&session_, &Session::answered, this,
            [this](const QString&, const QString&, const QString& answer) { print(answer); });
    connect(&session_, &Session::snapshotChanged, this, &ConsolePanel::showRun);
    showRun();
}

QString ConsolePanel::prompt() const { return node_ + (isConfiguring_ ? "(config)# " : "# "); }

void ConsolePanel::showRun() {
    const SnapshotPtr& shot = session_.snapshot();
    const QString node = shot ? QString::fromStdString(shot->tables.node) : QString();
    if (node != node_) {
        isConfiguring_ = false;
        lines_.clear();
    }
    node_ = node;
    input_->setEnabled(!node.isEmpty());
    prompt_->setText(node.isEmpty() ? tr("Select a router to type at it.") : prompt());
}

void ConsolePanel::print(const QString& text) {
    if (text.isEmpty()) return;
    output_->appendPlainText(text.endsWith('\n') ? text.chopped(1) : text);
    output_->verticalScrollBar()->setValue(output_->verticalScrollBar()->maximum());
}

void ConsolePanel::type(const QString& line) {
    if (node_.isEmpty()) return;
    print(prompt() + line);
    const QString word = line.trimmed();
    if (word.isEmpty()) return;
    if (history_.isEmpty() || history_.back() != line) history_ << line;
    place_ = history_.size();
    if (isConfiguring_) {
        if (word != "end") {
            lines_ << line;
            return;
        }
        isConfiguring_ = false;
        session_.configure(node_, std::exchange(lines_, {}));
        prompt_->setText(prompt());
        return;
    }
    if (word == "configure" || word == "configure terminal" || word == "conf t") {
        isConfiguring_ = true;
        prompt_->setText(prompt());
        return;
    }
    session_.command(node_, line);
}

bool ConsolePanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == input_ && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if ((key == Qt::Key_Up || key == Qt::Key_Down) && !history_.isEmpty()) {
            place_ = std::clamp<qsizetype>(place_ + (key == Qt::Key_Up ? -1 : 1), 0, history_.size());
            input_->setText(place_ < history_.size() ? history_[place_] : QString());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace peerscape::gui

#include "gui/app/configure_dialog.hpp"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "gui/panels/config_editor.hpp"

namespace peerscape::gui {

ConfigureDialog::ConfigureDialog(const QString& node, QWidget* parent)
    : QDialog(parent), editor_(new ConfigEditor({})) {
    setWindowTitle(tr("Configure %1 from now on").arg(node));
    editor_->setAccessibleName(windowTitle());
    editor_->setPlaceholderText("router rip\n no network eth1");
    auto* problem = new QLabel;
    problem->setWordWrap(true);
    auto* note = new QLabel(
        tr("Lines as one types them at the router, on top of its configuration; `no` takes one away. The run "
           "takes them as an action at this instant; the lab file stays as it is."));
    note->setTextFormat(Qt::PlainText);
    note->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    QPushButton* take = buttons->button(QDialogButtonBox::Ok);
    auto* column = new QVBoxLayout(this);
    column->addWidget(editor_, 1);
    column->addWidget(problem);
    column->addWidget(note);
    column->addWidget(buttons);
    resize(460, 320);
    const auto refresh = [this, problem, take] {
        problem->setText(editor_->summary());
        problem->setVisible(!problem->text().isEmpty());
        take->setEnabled(canBeTaken());
    };
    connect(editor_, &ConfigEditor::checked, this, refresh);
    connect(editor_, &QPlainTextEdit::textChanged, this, refresh);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    refresh();
}

QStringList ConfigureDialog::lines() const {
    QStringList lines;
    for (const QString& line : editor_->toPlainText().split('\n')) {
        if (!line.trimmed().isEmpty()) lines << line;
    }
    return lines;
}

bool ConfigureDialog::canBeTaken() const {
    for (const Diagnostic& problem : editor_->problems()) {
        if (problem.severity == Severity::Error) return false;
    }
    return !lines().isEmpty();
}

}  // namespace peerscape::gui

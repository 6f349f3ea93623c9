#include "gui/app/checked_line.hpp"

#include <utility>

#include <QVBoxLayout>

#include "gui/style/theme.hpp"

namespace peerscape::gui {

CheckedLine::CheckedLine(const QString& name, const QString& text, Check check, QWidget* parent)
    : QWidget(parent), line_(new QLineEdit(text)), problem_(new QLabel), check_(std::move(check)) {
    line_->setAccessibleName(name);
    problem_->setWordWrap(true);
    QPalette colours = problem_->palette();
    colours.setColor(QPalette::WindowText, Theme::of(palette()).bad);
    problem_->setPalette(colours);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(line_);
    column->addWidget(problem_);
    setFocusProxy(line_);
    connect(line_, &QLineEdit::textChanged, this, &CheckedLine::showProblem);
    showProblem();
}

void CheckedLine::showProblem() {
    const QString problem = check_(text());
    problem_->setText(problem.isEmpty() ? QString() : "✕ " + problem);
    problem_->setVisible(!problem.isEmpty());
    Q_EMIT changed();
}

}  // namespace peerscape::gui

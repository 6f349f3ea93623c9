#pragma once

#include <functional>

#include <QLabel>
#include <QLineEdit>

namespace peerscape::gui {

/// A line of text that says below itself what is wrong with it, as one types.
class CheckedLine final : public QWidget {
    Q_OBJECT

  public:
    /// What was expected in place of the text; empty: it is right.
    using Check = std::function<QString(const QString& text)>;
    /// `name`: for screen readers.
    CheckedLine(const QString& name, const QString& text, Check check, QWidget* parent = nullptr);

    QString text() const { return line_->text().trimmed(); }
    void setText(const QString& text) { line_->setText(text); }
    void setPlaceholder(const QString& text) { line_->setPlaceholderText(text); }
    QString problem() const { return problem_->text(); }
    bool isRight() const { return problem_->text().isEmpty(); }

  Q_SIGNALS:
    void changed();

  private:
    void showProblem();

    QLineEdit* line_;
    QLabel* problem_;
    Check check_;
};

}  // namespace peerscape::gui

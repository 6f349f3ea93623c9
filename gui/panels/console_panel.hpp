#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStringList>
#include <QWidget>

#include "gui/session/session.hpp"

namespace peerscape::gui {

/// The prompt of the router that is looked at: what one types at a real one, at this instant of the lab.
/// Up and Down bring back what was typed before. `configure` lines go between `configure` and `end`.
class ConsolePanel final : public QWidget {
    Q_OBJECT

  public:
    explicit ConsolePanel(Session& session, QWidget* parent = nullptr);

    /// As if typed and finished with Enter.
    void type(const QString& line);
    QString text() const { return output_->toPlainText(); }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void showRun();
    void print(const QString& text);
    QString prompt() const;

    Session& session_;
    QPlainTextEdit* output_;
    QLabel* prompt_;
    QLineEdit* input_;
    QString node_;
    QStringList history_;
    qsizetype place_ = 0;  ///< in the history; its end: the line being typed
    bool isConfiguring_ = false;
    QStringList lines_;
};

}  // namespace peerscape::gui

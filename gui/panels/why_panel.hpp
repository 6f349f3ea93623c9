#pragma once

#include <QLabel>
#include <QTextBrowser>
#include <QTreeWidget>
#include <QWidget>

#include "gui/session/session.hpp"

namespace peerscape::gui {

/// Why a router has, or has not, a route: the chain of causes step by step, and the whole story beside it. A
/// step that is selected is shown on the drawing; a double click goes to its instant.
class WhyPanel final : public QWidget {
    Q_OBJECT

  public:
    explicit WhyPanel(Session& session, QWidget* parent = nullptr);

    void show(const StoryPtr& story);
    QTreeWidget& steps() const { return *steps_; }
    /// The whole story, with the question.
    QString text() const { return text_->toPlainText(); }

  Q_SIGNALS:
    /// Where the selected step happened; either may be empty.
    void stepChosen(const QString& node, const QString& link);

  private:
    void choose(const QTreeWidgetItem* item);

    Session& session_;
    QTreeWidget* steps_;
    QTextBrowser* text_;
};

}  // namespace peerscape::gui

#pragma once

#include <QLabel>
#include <QPushButton>
#include <QTextBrowser>
#include <QTreeWidget>
#include <QWidget>

#include "gui/model/editor.hpp"
#include "gui/session/session.hpp"

namespace peerscape::gui {

/// An exercise: what is to be done, as the lab says in its story, and its goals, which are what the lab
/// expects. A goal is met when the run has judged it so; nothing else is looked at.
class TaskPanel final : public QWidget {
    Q_OBJECT

  public:
    TaskPanel(Editor& editor, Session& session, QWidget* parent = nullptr);

    QTreeWidget& goals() const { return *goals_; }
    int met() const;
    int all() const { return goals_->topLevelItemCount(); }
    /// The hint that was asked for; empty: none is shown.
    QString hint() const { return hint_->text(); }

  Q_SIGNALS:
    /// The lab is to be switched on anew and all its steps to be taken.
    void checkAsked();
    /// All goals of the lab, as it is drawn now, have been looked at.
    void judged(int met, int all);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void showLab();
    void showRun();
    void showHint();

    Editor& editor_;
    Session& session_;
    QTextBrowser* story_;
    QTreeWidget* goals_;
    QLabel* summary_;
    QLabel* hint_;
    QPushButton* hintButton_;
    bool wasDone_ = false;  ///< all goals of this run have been looked at, and it was said
};

}  // namespace peerscape::gui

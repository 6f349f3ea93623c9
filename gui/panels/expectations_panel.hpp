#pragma once

#include <QLabel>
#include <QTreeWidget>
#include <QWidget>

#include "gui/session/session.hpp"

namespace peerscape::gui {

/// What the lab file expects of each step, and what became of it. A click on a failure goes to the instant it
/// first went wrong.
class ExpectationsPanel final : public QWidget {
    Q_OBJECT

  public:
    explicit ExpectationsPanel(Session& session, QWidget* parent = nullptr);

    QTreeWidget& tree() const { return *tree_; }
    /// "✓ 7", "✕ 2 of 9", "▲ 1 alarm": for the badge that is always in sight; empty: nothing was judged, and
    /// nothing is wrong.
    static QString badge(const Snapshot& shot);

  private:
    void showRun();
    void showAlarms(const Snapshot& shot);
    void goTo(QTreeWidgetItem* item);

    Session& session_;
    QLabel* summary_;
    QTreeWidget* tree_;
};

}  // namespace peerscape::gui

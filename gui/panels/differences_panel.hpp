#pragma once

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QWidget>

#include "gui/session/session.hpp"

namespace peerscape::gui {

/// What differs between the routing tables of now and those of another instant: one that was kept in mind, or
/// the same instant of another timeline.
class DifferencesPanel final : public QWidget {
    Q_OBJECT

  public:
    explicit DifferencesPanel(Session& session, QWidget* parent = nullptr);

    /// The present instant is what is compared with from now on.
    void keepThisInstant();
    /// Compares with the timeline of that name, at whatever instant is the present one; an empty name: with
    /// nothing.
    void compareWith(const QString& timeline);
    QTreeWidget& tree() const { return *tree_; }
    QString summary() const { return summary_->text(); }

  private:
    void showRun();
    void showTimelines(const Snapshot& shot);
    void setOther(const std::optional<OtherInstant>& other);

    Session& session_;
    QComboBox* timelines_;
    QPushButton* keep_;
    QLabel* summary_;
    QTreeWidget* tree_;
    ComparisonPtr shown_;
};

}  // namespace peerscape::gui

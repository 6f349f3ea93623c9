#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QWidget>

#include "gui/panels/event_model.hpp"
#include "gui/session/session.hpp"

namespace peerscape::gui {

/// What happened, row by row; a click goes to that instant and examines the event.
class EventList final : public QWidget {
    Q_OBJECT

  public:
    explicit EventList(Session& session, QWidget* parent = nullptr);

    EventModel& model() const { return *model_; }
    QTableView& table() const { return *table_; }

  Q_SIGNALS:
    /// A double click: the event that is examined is to be seen closely.
    void detailsAsked();

  private:
    void showRun();
    void goTo(const QModelIndex& index);
    void offerHiding(const QPoint& at);

    Session& session_;
    EventModel* model_;
    QTableView* table_;
    QLineEdit* filter_;
    QLabel* count_;
};

}  // namespace peerscape::gui

#pragma once

#include <set>
#include <vector>

#include <QAbstractTableModel>

#include "gui/session/snapshot.hpp"

namespace peerscape::gui {

/// The events of the timeline as rows: those that the filter lets pass, the latest last. What lies ahead of
/// the present instant is there too, and marked as such.
class EventModel final : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { Time, Node, Protocol, Event, Detail, ColumnCount };
    enum Role { TimeRole = Qt::UserRole, IdRole };

    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void show(const SnapshotPtr& shot);
    /// Only rows with this text anywhere in them.
    void setFilter(const QString& text);
    /// Hellos, keepalives and acknowledgements as well.
    void setShowsRoutine(bool shows);
    /// Hides all events of this kind and protocol; showAll() takes that back.
    void hideSuch(int row);
    void showAll();
    bool hidesSome() const { return !hidden_.empty(); }
    /// The last row that has happened by now; -1: none has.
    int presentRow() const;

  private:
    bool isShown(const EventRow& row) const;
    void refill();
    const EventRow& rowAt(int row) const { return shot_->events[shown_[static_cast<std::size_t>(row)]]; }

    SnapshotPtr shot_;
    std::vector<std::size_t> shown_;  ///< places in the snapshot's events
    std::size_t looked_ = 0;          ///< how many of those `shown_` is about
    std::uint64_t lastId_ = 0;        ///< of the last one looked at
    QString filter_;
    bool showsRoutine_ = false;
    std::set<std::pair<EventRow::Kind, std::string>> hidden_;
};

}  // namespace peerscape::gui

#include "gui/panels/event_model.hpp"

#include <algorithm>

#include <QApplication>
#include <QPalette>

#include "gui/model/text.hpp"
#include "gui/session/event_filter.hpp"
#include "gui/style/theme.hpp"

namespace peerscape::gui {

int EventModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(shown_.size());
}

int EventModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant EventModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || !shot_) return {};
    const EventRow& row = rowAt(index.row());
    const Theme& theme = Theme::of(QApplication::palette());
    switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole:
            switch (index.column()) {
                case Time:
                    return q(toString(row.time));
                case Node:
                    return q(row.node);
                case Protocol:
                    return q(row.protocol);
                case Event:
                    return nameOf(row.kind);
                case Detail:
                    return q(row.text);
                default:
                    return {};
            }
        case Qt::ForegroundRole:
            if (row.time > shot_->now) return theme.muted;
            if (index.column() == Protocol) return theme.ofProtocol(q(row.protocol));
            if (row.kind == EventRow::Kind::Action || row.kind == EventRow::Kind::Problem ||
                row.kind == EventRow::Kind::Drop)
                return theme.bad;
            if (row.kind == EventRow::Kind::Route) return theme.accent;
            return {};
        case Qt::TextAlignmentRole:
            return index.column() == Time ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
        case TimeRole:
            return static_cast<qlonglong>(row.time.count());
        case IdRole:
            return static_cast<qulonglong>(row.id);
        default:
            return {};
    }
}

QVariant EventModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
        case Time:
            return tr("Time");
        case Node:
            return tr("At");
        case Protocol:
            return tr("Protocol");
        case Event:
            return tr("Event");
        case Detail:
            return tr("What happened");
        default:
            return {};
    }
}

bool EventModel::isShown(const EventRow& row) const {
    if (hidden_.contains({row.kind, row.protocol})) return false;
    EventFilter filter;
    filter.words = filter_;
    filter.isRoutineToo = showsRoutine_;
    return matches(row, filter);
}

void EventModel::refill() {
    beginResetModel();
    shown_.clear();
    looked_ = shot_ ? shot_->events.size() : 0;
    for (std::size_t i = 0; i < looked_; ++i) {
        if (isShown(shot_->events[i])) shown_.push_back(i);
    }
    lastId_ = looked_ > 0 ? shot_->events[looked_ - 1].id : 0;
    endResetModel();
}

void EventModel::show(const SnapshotPtr& shot) {
    const bool goesOn = shot && shot_ && shot->timeline == shot_->timeline &&
                        shot->events.forgotten() == shot_->events.forgotten() &&
                        shot->events.size() >= looked_ && looked_ > 0 &&
                        shot->events[looked_ - 1].id == lastId_;
    shot_ = shot;
    if (!goesOn) {
        refill();
        return;
    }
    std::vector<std::size_t> more;
    for (std::size_t i = looked_; i < shot->events.size(); ++i) {
        if (isShown(shot->events[i])) more.push_back(i);
    }
    looked_ = shot->events.size();
    lastId_ = shot->events[looked_ - 1].id;
    if (!more.empty()) {
        const int first = rowCount();
        beginInsertRows({}, first, first + static_cast<int>(more.size()) - 1);
        shown_.insert(shown_.end(), more.begin(), more.end());
        endInsertRows();
    }
    // Whether a row lies ahead may have changed.
    if (!shown_.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1), {Qt::ForegroundRole});
}

void EventModel::setFilter(const QString& text) {
    filter_ = text;
    refill();
}

void EventModel::setShowsRoutine(bool shows) {
    showsRoutine_ = shows;
    refill();
}

void EventModel::hideSuch(int row) {
    if (row < 0 || row >= rowCount()) return;
    const EventRow& event = rowAt(row);
    hidden_.insert({event.kind, event.protocol});
    refill();
}

void EventModel::showAll() {
    hidden_.clear();
    refill();
}

int EventModel::presentRow() const {
    if (!shot_) return -1;
    const std::size_t happened = shot_->events.countUpTo(shot_->now);
    const auto ahead = std::ranges::lower_bound(shown_, happened);
    return static_cast<int>(ahead - shown_.begin()) - 1;
}

}  // namespace peerscape::gui

#include "gui/panels/state_model.hpp"

#include <algorithm>
#include <utility>

#include <QFont>

namespace peerscape::gui {

StateModel::StateModel(QStringList columns, std::set<int> quiet, QObject* parent)
    : QAbstractTableModel(parent), columns_(std::move(columns)), quiet_(std::move(quiet)) {}

StateModel::Contents StateModel::contents() const {
    Contents contents;
    for (const StateRow& row : rows_) {
        QStringList& texts = contents[row.key];
        for (int column = 0; column < static_cast<int>(row.cells.size()); ++column)
            texts << (quiet_.contains(column) ? QString() : row.cells[static_cast<std::size_t>(column)].text);
    }
    return contents;
}

void StateModel::show(std::vector<StateRow> rows) {
    const bool areSameRows = std::ranges::equal(rows, rows_, {}, &StateRow::key, &StateRow::key);
    if (!areSameRows) beginResetModel();
    rows_ = std::move(rows);
    Contents present = contents();
    if (!isFirst_ && present != present_) {
        before_ = std::move(present_);
        hasBefore_ = true;
    }
    present_ = std::move(present);
    isFirst_ = false;
    if (!areSameRows) {
        endResetModel();
    } else if (!rows_.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
}

void StateModel::forget() {
    beginResetModel();
    rows_.clear();
    present_.clear();
    before_.clear();
    hasBefore_ = false;
    isFirst_ = true;
    endResetModel();
}

void StateModel::setColumns(const QStringList& columns) {
    if (columns == columns_) return;
    beginResetModel();
    columns_ = columns;
    rows_.clear();
    endResetModel();
}

int StateModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int StateModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(columns_.size());
}

bool StateModel::isChanged(const StateRow& row, int column) const {
    if (!hasBefore_ || quiet_.contains(column)) return false;
    const auto old = before_.find(row.key);
    return old == before_.end() ||
           old->second.value(column) != row.cells[static_cast<std::size_t>(column)].text;
}

QString StateModel::before(const StateRow& row, int column) const {
    const auto old = before_.find(row.key);
    return old == before_.end() ? QString() : old->second.value(column);
}

QVariant StateModel::data(const QModelIndex& index, int role) const {
    const StateRow& row = rows_[static_cast<std::size_t>(index.row())];
    if (index.column() >= static_cast<int>(row.cells.size())) return {};
    const StateCell& cell = row.cells[static_cast<std::size_t>(index.column())];
    switch (role) {
        case Qt::DisplayRole:
        case Qt::AccessibleTextRole:
            return cell.text;
        case Qt::ToolTipRole:
            if (!isChanged(row, index.column())) return cell.text;
            return before_.contains(row.key)
                       ? tr("%1 — before: %2").arg(cell.text, before(row, index.column()))
                       : tr("%1 — new").arg(cell.text);
        case Qt::FontRole: {
            QFont font;
            font.setBold(isChanged(row, index.column()));
            font.setItalic(font.bold());
            return font;
        }
        case ChangedRole:
            return isChanged(row, index.column());
        case ToneRole:
            return static_cast<int>(cell.tone == Tone::Plain ? row.tone : cell.tone);
        case BarsRole:
            return cell.bars.empty() ? QVariant() : QVariant::fromValue(cell.bars);
        default:
            return {};
    }
}

QVariant StateModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return columns_.value(section);
}

}  // namespace peerscape::gui

#pragma once

#include <map>
#include <set>
#include <vector>

#include <QAbstractTableModel>
#include <QString>
#include <QStringList>

namespace peerscape::gui {

/// What a cell wants to say by its colour; its text says the same.
enum class Tone : std::uint8_t { Plain, Muted, Good, Bad, Waiting };

/// A bar in a cell: how much of the width it takes, from 0 to 1, and what is written on it.
struct CellBar {
    double part = 0;
    Tone tone = Tone::Plain;
    QString text;
};

struct StateCell {
    QString text;
    Tone tone = Tone::Plain;
    std::vector<CellBar> bars{};  ///< one below the other; then `text` is for those who cannot see them
};

/// A row of a table. Rows of two instants are the same row when they have the same key.
struct StateRow {
    QString key;
    std::vector<StateCell> cells;
    Tone tone = Tone::Plain;  ///< of those cells that have none
};

/// A table of the run at one instant, and which of its cells have changed since the instant before it that
/// had another content.
class StateModel final : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Role { BarsRole = Qt::UserRole, ChangedRole, ToneRole };

    /// `quiet`: columns that change all the time, so that their changes say nothing.
    StateModel(QStringList columns, std::set<int> quiet, QObject* parent = nullptr);

    void show(std::vector<StateRow> rows);
    /// What comes next is the first instant: nothing of it is marked.
    void forget();
    void setColumns(const QStringList& columns);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    const StateRow& row(int index) const { return rows_[static_cast<std::size_t>(index)]; }

  private:
    using Contents = std::map<QString, QStringList>;

    Contents contents() const;
    bool isChanged(const StateRow& row, int column) const;
    QString before(const StateRow& row, int column) const;

    QStringList columns_;
    std::set<int> quiet_;
    std::vector<StateRow> rows_;
    Contents present_;  ///< the texts of `rows_`, without those of quiet columns
    Contents before_;   ///< of the last instant that differed
    bool hasBefore_ = false;
    bool isFirst_ = true;
};

}  // namespace peerscape::gui

Q_DECLARE_METATYPE(std::vector<peerscape::gui::CellBar>)

#pragma once

#include <vector>

#include <QLabel>
#include <QWidget>

#include "gui/panels/state_machine.hpp"
#include "gui/panels/state_table.hpp"
#include "gui/session/snapshot.hpp"

namespace peerscape::gui {

/// The neighbours of a router, and of the chosen one the state machine and the reason why it is in its state.
class NeighborPage final : public QWidget {
    Q_OBJECT

  public:
    explicit NeighborPage(QWidget* parent = nullptr);

    void show(const Snapshot& shot);
    void forget();
    StateTable& table() const { return *table_; }
    StateMachine& machine() const { return *machine_; }
    QString reason() const { return reason_->text(); }

  private:
    void showChosen();
    /// How the other end of a BGP session sees it; null: it is not of this lab.
    const SessionView* otherEnd(const NeighborRow& neighbor) const;

    StateTable* table_;
    StateMachine* machine_;
    QLabel* reason_;
    QString node_;
    std::vector<NeighborRow> rows_;
    std::vector<SessionView> sessions_;
};

}  // namespace peerscape::gui

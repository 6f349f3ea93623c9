#include "gui/panels/neighbor_page.hpp"

#include <algorithm>

#include <QBoxLayout>

#include "gui/model/text.hpp"
#include "gui/panels/table_rows.hpp"

namespace peerscape::gui {

NeighborPage::NeighborPage(QWidget* parent)
    : QWidget(parent),
      table_(new StateTable(
          {tr("Protocol"), tr("Neighbor"), tr("State"), tr("Since"), tr("Interface"), tr("Address")}, {3},
          tr("Neighbors"))),
      machine_(new StateMachine),
      reason_(new QLabel) {
    table_->setColumnWidth(0, 65);
    table_->setColumnWidth(1, 70);
    table_->setColumnWidth(2, 105);
    table_->setColumnWidth(3, 85);
    table_->setColumnWidth(4, 70);
    reason_->setWordWrap(true);
    reason_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(table_, 1);
    column->addWidget(machine_);
    column->addWidget(reason_);
    connect(table_, &StateTable::selected, this, &NeighborPage::showChosen);
    showChosen();
}

void NeighborPage::show(const Snapshot& shot) {
    node_ = q(shot.tables.node);
    sessions_ = shot.sessions;
    if (rows_ != shot.tables.neighbors) {
        rows_ = shot.tables.neighbors;
        table_->show(neighborRows(rows_));
        if (table_->selectedKey().isEmpty() && table_->rowCount() > 0) table_->selectRow(0);
    }
    showChosen();
}

void NeighborPage::forget() {
    rows_.clear();
    table_->forget();
    showChosen();
}

const SessionView* NeighborPage::otherEnd(const NeighborRow& neighbor) const {
    const auto found = std::ranges::find_if(sessions_, [&](const SessionView& session) {
        return session.node == neighbor.name && q(session.neighbor) == node_;
    });
    return found == sessions_.end() ? nullptr : &*found;
}

void NeighborPage::showChosen() {
    const QModelIndex current = table_->currentIndex();
    if (!current.isValid() || current.row() >= static_cast<int>(rows_.size())) {
        machine_->hide();
        reason_->setText(tr("There is no neighbor."));
        return;
    }
    const NeighborRow& neighbor = rows_[static_cast<std::size_t>(current.row())];
    const SessionView* other = neighbor.protocol == "bgp" ? otherEnd(neighbor) : nullptr;
    machine_->show(q(neighbor.protocol), q(neighbor.state), other != nullptr ? q(other->state) : QString(),
                   node_, q(neighbor.name));
    QString text = tr("%1 of %2: %3.").arg(node_, q(neighbor.name), q(neighbor.reason));
    if (other != nullptr && !other->reason.empty())
        text += "\n" + tr("%1 of %2: %3.").arg(q(neighbor.name), node_, q(other->reason));
    reason_->setText(text);
}

}  // namespace peerscape::gui

#include "gui/panels/bgp_page.hpp"

#include <algorithm>

#include <QBoxLayout>
#include <QHeaderView>
#include <QSplitter>

#include "gui/model/text.hpp"
#include "gui/panels/table_rows.hpp"
#include "gui/session/ladder.hpp"

namespace peerscape::gui {

namespace {

StateCell cellOf(const LadderRung& rung) {
    QString text = q(rung.value);
    if (!rung.isCompared && !text.isEmpty()) text = "(" + text + ")";
    switch (rung.verdict) {
        case LadderRung::Verdict::Passed:
            return {text, rung.isCompared ? Tone::Plain : Tone::Muted, {}};
        case LadderRung::Verdict::Lost:
            return {"✕ " + text, Tone::Bad, {}};
        case LadderRung::Verdict::Out:
            return {"", Tone::Muted, {}};
    }
    return {};
}

}  // namespace

BgpPage::BgpPage(QWidget* parent)
    : QWidget(parent),
      paths_(new StateTable({"", tr("Prefix"), tr("From"), tr("AS path"), tr("Why not the best"),
                             tr("Next hop"), tr("Local pref."), tr("MED")},
                            {}, tr("BGP paths"))),
      verdict_(new QLabel),
      ladder_(new StateTable({}, {}, tr("Decision ladder"))) {
    paths_->setColumnWidth(0, 24);
    paths_->setColumnWidth(1, 126);
    paths_->setColumnWidth(2, 44);
    paths_->setColumnWidth(3, 84);
    paths_->setColumnWidth(4, 150);
    paths_->setColumnWidth(5, 90);
    ladder_->setSelectionMode(QAbstractItemView::NoSelection);
    verdict_->setWordWrap(true);
    auto* lower = new QWidget;
    auto* lowerColumn = new QVBoxLayout(lower);
    lowerColumn->setContentsMargins(0, 4, 0, 0);
    lowerColumn->addWidget(verdict_);
    lowerColumn->addWidget(ladder_, 1);
    auto* parts = new QSplitter(Qt::Vertical);
    parts->addWidget(paths_);
    parts->addWidget(lower);
    parts->setSizes({150, 220});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(parts);
    connect(paths_, &StateTable::selected, this, &BgpPage::showLadder);
    connect(paths_, &QTableView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT whyAsked(paths_->text(index.row(), 1)); });
    showLadder();
}

void BgpPage::show(const std::vector<BgpRow>& paths) {
    if (paths == rows_) return;
    rows_ = paths;
    paths_->show(bgpRows(paths));
    if (paths_->selectedKey().isEmpty() && paths_->rowCount() > 0) paths_->selectRow(0);
    showLadder();
}

void BgpPage::forget() {
    rows_.clear();
    paths_->forget();
    showLadder();
}

void BgpPage::showLadder() {
    const QModelIndex current = paths_->currentIndex();
    std::vector<const BgpRow*> candidates;
    const bool isChosen = current.isValid() && current.row() < static_cast<int>(rows_.size());
    const BgpRow* chosen = isChosen ? &rows_[static_cast<std::size_t>(current.row())] : nullptr;
    for (const BgpRow& row : rows_) {
        if (chosen != nullptr && row.prefix == chosen->prefix && !row.ladder.empty())
            candidates.push_back(&row);
    }
    ladder_->setVisible(candidates.size() > 1);
    if (chosen == nullptr) {
        verdict_->setText(tr("Select a path, and here stands how it was decided."));
        return;
    }
    const QString prefix = q(chosen->prefix);
    if (chosen->isBest) {
        verdict_->setText(candidates.size() == 1
                              ? tr("%1: there is no other path that could be used.").arg(prefix)
                              : tr("%1: the path from %2 is the best one.").arg(prefix, q(chosen->from)));
    } else if (chosen->ladder.empty()) {
        verdict_->setText(tr("%1: the path from %2 does not take part: %3.")
                              .arg(prefix, q(chosen->from), q(chosen->verdict)));
    } else {
        verdict_->setText(tr("%1: the path from %2 lost against that from %3: %4.")
                              .arg(prefix, q(chosen->from), q(candidates.front()->from), q(chosen->verdict)));
    }
    fillLadder(candidates);
}

void BgpPage::fillLadder(const std::vector<const BgpRow*>& candidates) {
    const QModelIndex current = paths_->currentIndex();
    QStringList columns{tr("Step")};
    for (const BgpRow* path : candidates) {
        const bool isChosen = path == &rows_[static_cast<std::size_t>(current.row())];
        columns << (isChosen ? "▶ " : "") + (path->isBest ? tr("%1 ✓").arg(q(path->from)) : q(path->from));
    }
    ladder_->forget();
    ladder_->setColumns(columns);
    const std::vector<LadderStep> steps = ladderSteps();
    std::vector<StateRow> rows;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        StateRow row;
        row.key = QString::number(i);
        row.cells.push_back({tr("%1 (%2)").arg(q(steps[i].name), q(steps[i].rule))});
        bool isTold = false;
        for (const BgpRow* path : candidates) {
            const LadderRung& rung = path->ladder[i];
            isTold = isTold || rung.verdict == LadderRung::Verdict::Lost ||
                     (rung.verdict == LadderRung::Verdict::Passed && !rung.value.empty() && rung.isCompared &&
                      !path->isBest);
            row.cells.push_back(cellOf(rung));
        }
        // A step that nobody is asked at says nothing.
        if (isTold) rows.push_back(std::move(row));
    }
    ladder_->show(std::move(rows));
    ladder_->setColumnWidth(0, 180);
    for (int column = 1; column < static_cast<int>(columns.size()); ++column)
        ladder_->setColumnWidth(column, 85);
}

}  // namespace peerscape::gui

#include "gui/panels/matrix_panel.hpp"

#include <algorithm>

#include <QBoxLayout>
#include <QHeaderView>

#include "gui/model/text.hpp"
#include "gui/style/theme.hpp"

namespace peerscape::gui {

namespace {

QString markOf(ReachMatrix::Verdict verdict) {
    switch (verdict) {
        case ReachMatrix::Verdict::Itself:
            return {};
        case ReachMatrix::Verdict::Reached:
            return "✓";
        case ReachMatrix::Verdict::Partly:
            return "◐";
        case ReachMatrix::Verdict::Lost:
            return "✕";
        case ReachMatrix::Verdict::Loops:
            return "↻";
        case ReachMatrix::Verdict::NoAddress:
            return "–";
    }
    return {};
}

QColor colourOf(ReachMatrix::Verdict verdict, const Theme& theme) {
    switch (verdict) {
        case ReachMatrix::Verdict::Reached:
            return theme.good;
        case ReachMatrix::Verdict::Partly:
            return theme.waiting;
        case ReachMatrix::Verdict::Lost:
        case ReachMatrix::Verdict::Loops:
            return theme.bad;
        case ReachMatrix::Verdict::Itself:
        case ReachMatrix::Verdict::NoAddress:
            return theme.muted;
    }
    return {};
}

QStringList listOf(const std::vector<std::string>& names) {
    QStringList list;
    for (const std::string& name : names)
        list << q(name);
    return list;
}

}  // namespace

MatrixPanel::MatrixPanel(Session& session, QWidget* parent)
    : QWidget(parent), session_(session), summary_(new QLabel), path_(new QLabel), table_(new QTableWidget) {
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setAccessibleName(tr("Who reaches whom"));
    table_->horizontalHeader()->setDefaultSectionSize(44);
    table_->horizontalHeader()->setMinimumSectionSize(30);
    table_->verticalHeader()->setDefaultSectionSize(24);
    path_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* row = new QHBoxLayout;
    row->addWidget(summary_);
    row->addWidget(path_, 1, Qt::AlignRight);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6, 4, 6, 4);
    column->addLayout(row);
    column->addWidget(table_, 1);
    connect(table_, &QTableWidget::currentCellChanged, this, &MatrixPanel::choose);
    connect(&session_, &Session::snapshotChanged, this, &MatrixPanel::showRun);
}

void MatrixPanel::setSeen(bool seen) {
    isSeen_ = seen;
    showRun();
}

/// Another lab begins with nothing being watched.
void MatrixPanel::watchWhileSeen() {
    Watch watch = session_.watch();
    watch.reach = isSeen_;
    session_.setWatch(watch);
}

void MatrixPanel::showRun() {
    watchWhileSeen();
    const SnapshotPtr& shot = session_.snapshot();
    if (!shot || !shot->reach) {
        summary_->setText(shot ? QString() : tr("Nothing runs yet."));
        if (!shot) table_->setRowCount(0);
        return;
    }
    const ReachMatrix& matrix = *shot->reach;
    showNames(matrix);
    const Theme& theme = Theme::of(palette());
    int reached = 0;
    int all = 0;
    for (std::size_t from = 0; from < matrix.nodes.size(); ++from) {
        for (std::size_t to = 0; to < matrix.nodes.size(); ++to) {
            const ReachMatrix::Verdict verdict = matrix.at(from, to).verdict;
            if (verdict != ReachMatrix::Verdict::Itself) ++all;
            if (verdict == ReachMatrix::Verdict::Reached) ++reached;
            QTableWidgetItem* item = table_->item(static_cast<int>(from), static_cast<int>(to));
            item->setText(markOf(verdict));
            item->setForeground(colourOf(verdict, theme));
            item->setToolTip(textOf(matrix, from, to));
        }
    }
    QString text = tr("%1 of %2 pairs reach each other").arg(reached).arg(all);
    if (matrix.furtherNodes > 0)
        text += " · " + tr("%n more nodes are not shown", nullptr, static_cast<int>(matrix.furtherNodes));
    summary_->setText(text);
    if (table_->currentRow() >= 0)
        path_->setText(textOf(matrix, static_cast<std::size_t>(table_->currentRow()),
                              static_cast<std::size_t>(table_->currentColumn())));
}

void MatrixPanel::showNames(const ReachMatrix& matrix) {
    const QStringList names = listOf(matrix.nodes);
    const auto count = static_cast<int>(names.size());
    QStringList present;
    for (int i = 0; i < table_->rowCount(); ++i)
        present << table_->verticalHeaderItem(i)->text();
    if (present == names) return;
    path_->clear();
    table_->clear();
    table_->setRowCount(count);
    table_->setColumnCount(count);
    table_->setVerticalHeaderLabels(names);
    table_->setHorizontalHeaderLabels(names);
    for (int row = 0; row < count; ++row) {
        for (int column = 0; column < count; ++column) {
            auto* item = new QTableWidgetItem;
            item->setTextAlignment(Qt::AlignCenter);
            table_->setItem(row, column, item);
        }
    }
}

QString MatrixPanel::textOf(const ReachMatrix& matrix, std::size_t from, std::size_t to) const {
    const ReachMatrix::Cell& cell = matrix.at(from, to);
    const QString way = listOf(cell.path).join(" → ");
    switch (cell.verdict) {
        case ReachMatrix::Verdict::Itself:
            return q(matrix.nodes[from]);
        case ReachMatrix::Verdict::Reached:
            return tr("%1 ✓ reaches %2").arg(way, q(matrix.addresses[to]));
        case ReachMatrix::Verdict::Partly:
            return tr("%1 ◐ some of the ways to %2 lead astray").arg(way, q(matrix.addresses[to]));
        case ReachMatrix::Verdict::Lost:
            return tr("%1 ✕ packets to %2 are lost there").arg(way, q(matrix.addresses[to]));
        case ReachMatrix::Verdict::Loops:
            return tr("%1 ↻ packets to %2 go round").arg(way, q(matrix.addresses[to]));
        case ReachMatrix::Verdict::NoAddress:
            return tr("%1 has no address that works").arg(q(matrix.nodes[to]));
    }
    return {};
}

void MatrixPanel::choose(int row, int column) {
    const SnapshotPtr& shot = session_.snapshot();
    if (row < 0 || column < 0 || !shot || !shot->reach) return;
    const ReachMatrix& matrix = *shot->reach;
    const auto from = static_cast<std::size_t>(row);
    const auto to = static_cast<std::size_t>(column);
    if (std::max(from, to) >= matrix.nodes.size()) return;
    path_->setText(textOf(matrix, from, to));
    const ReachMatrix::Cell& cell = matrix.at(from, to);
    if (!cell.path.empty()) Q_EMIT pathChosen(listOf(cell.path), listOf(cell.links));
}

}  // namespace peerscape::gui

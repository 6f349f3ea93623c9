#include "gui/panels/event_list.hpp"

#include <QBoxLayout>
#include <QCheckBox>
#include <QHeaderView>
#include <QMenu>

namespace peerscape::gui {

EventList::EventList(Session& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      model_(new EventModel(this)),
      table_(new QTableView),
      filter_(new QLineEdit),
      count_(new QLabel) {
    filter_->setPlaceholderText(tr("Filter: a router, a protocol, a prefix, any words"));
    filter_->setAccessibleName(tr("Filter"));
    filter_->setClearButtonEnabled(true);
    auto* routine = new QCheckBox(tr("Hellos, keepalives"));
    auto* row = new QHBoxLayout;
    row->addWidget(filter_, 1);
    row->addWidget(routine);
    row->addWidget(count_);
    table_->setModel(model_);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setAlternatingRowColors(true);
    table_->setShowGrid(false);
    table_->setWordWrap(false);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(22);
    table_->horizontalHeader()->setStretchLastSection(true);
    table_->horizontalHeader()->setHighlightSections(false);
    table_->setColumnWidth(EventModel::Time, 110);
    table_->setColumnWidth(EventModel::Node, 70);
    table_->setColumnWidth(EventModel::Protocol, 80);
    table_->setColumnWidth(EventModel::Event, 80);
    table_->setContextMenuPolicy(Qt::CustomContextMenu);
    table_->setAccessibleName(tr("Events"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6, 4, 6, 4);
    column->addLayout(row);
    column->addWidget(table_, 1);
    connect(filter_, &QLineEdit::textChanged, model_, &EventModel::setFilter);
    connect(routine, &QCheckBox::toggled, model_, &EventModel::setShowsRoutine);
    connect(table_, &QTableView::clicked, this, &EventList::goTo);
    connect(table_, &QTableView::activated, this, [this](const QModelIndex& index) {
        goTo(index);
        Q_EMIT detailsAsked();
    });
    connect(table_, &QTableView::customContextMenuRequested, this, &EventList::offerHiding);
    connect(&session_, &Session::snapshotChanged, this, &EventList::showRun);
    showRun();
}

void EventList::showRun() {
    const SnapshotPtr& shot = session_.snapshot();
    model_->show(shot);
    const std::size_t forgotten = shot ? shot->events.forgotten() : 0;
    count_->setText(forgotten == 0 ? tr("%n events", nullptr, model_->rowCount())
                                   : tr("the last %n events", nullptr, model_->rowCount()));
    const int present = model_->presentRow();
    if (present < 0) return;
    table_->selectRow(present);
    table_->scrollTo(model_->index(present, 0));
}

void EventList::goTo(const QModelIndex& index) {
    session_.pause();
    session_.seek(SimTime::atNanoseconds(index.data(EventModel::TimeRole).toLongLong()));
    session_.examine(index.data(EventModel::IdRole).toULongLong());
}

void EventList::offerHiding(const QPoint& at) {
    const QModelIndex index = table_->indexAt(at);
    QMenu menu;
    if (index.isValid())
        menu.addAction(tr("Hide such events"), this, [this, index] { model_->hideSuch(index.row()); });
    if (model_->hidesSome()) menu.addAction(tr("Show all again"), model_, &EventModel::showAll);
    if (!menu.isEmpty()) menu.exec(table_->viewport()->mapToGlobal(at));
}

}  // namespace peerscape::gui

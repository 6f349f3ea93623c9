#include "gui/panels/tables_panel.hpp"

#include <algorithm>

#include <QBoxLayout>
#include <QFontDatabase>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QScrollBar>

#include "gui/model/text.hpp"
#include "gui/panels/table_rows.hpp"

namespace peerscape::gui {

namespace {

void setWidths(StateTable& table, std::initializer_list<int> widths) {
    int column = 0;
    for (const int width : widths)
        table.setColumnWidth(column++, width);
}

}  // namespace

TablesPanel::TablesPanel(Session& session, QWidget* parent)
    : QWidget(parent), session_(session), title_(new QLabel), tabs_(new QTabWidget) {
    QFont font = title_->font();
    font.setBold(true);
    title_->setFont(font);
    title_->setWordWrap(true);
    tabs_->setDocumentMode(true);
    tabs_->setUsesScrollButtons(true);
    routes_ =
        addTable(tr("Routes"),
                 {"", tr("Prefix"), tr("Protocol"), tr("Distance/metric"), tr("Since"), tr("Via")}, {4}, 1);
    setWidths(*routes_, {22, 122, 78, 106, 100, 130});
    // The way is what one looks for: it stands before the age, and in sight.
    routes_->horizontalHeader()->moveSection(5, 4);
    fib_ = addTable(tr("FIB"), {tr("Prefix"), tr("Next hop"), tr("Interface"), tr("Protocol")}, {}, 0);
    setWidths(*fib_, {120, 100, 80, 70});
    interfaces_ =
        addTable(tr("Interfaces"), {tr("Interface"), tr("State"), tr("Link"), tr("Addresses")}, {}, -1);
    neighbors_ = new NeighborPage;
    tabs_->addTab(neighbors_, tr("Neighbors"));
    rip_ = addTable("RIP", {tr("Prefix"), tr("Metric"), tr("From"), tr("Timer")}, {3}, 0);
    setWidths(*rip_, {112, 52, 44, 130});
    eigrp_ = addTable("EIGRP", {tr("Prefix"), tr("Via"), tr("RD < FD?"), tr("Role"), tr("Distance")}, {}, 0);
    setWidths(*eigrp_, {90, 42, 100, 132, 60});
    eigrp_->verticalHeader()->setDefaultSectionSize(36);
    bgp_ = new BgpPage;
    tabs_->addTab(bgp_, "BGP");
    ownTabs_ = tabs_->count();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6, 4, 6, 4);
    column->addWidget(title_);
    column->addWidget(tabs_, 1);
    connect(bgp_, &BgpPage::whyAsked, this,
            [this](const QString& prefix) { Q_EMIT whyAsked(node_, prefix); });
    connect(&session_, &Session::snapshotChanged, this, &TablesPanel::showRun);
    showRun();
}

StateTable* TablesPanel::addTable(const QString& title, const QStringList& columns,
                                  const std::set<int>& quiet, int prefixColumn) {
    auto* table = new StateTable(columns, quiet, title);
    tabs_->addTab(table, title);
    if (prefixColumn >= 0) {
        connect(table, &QTableView::activated, this, [this, table, prefixColumn](const QModelIndex& index) {
            Q_EMIT whyAsked(node_, table->text(index.row(), prefixColumn));
        });
    }
    return table;
}

void TablesPanel::forget() {
    for (StateTable* table : {routes_, fib_, interfaces_, rip_, eigrp_})
        table->forget();
    bgp_->forget();
    neighbors_->forget();
}

void TablesPanel::showRun() {
    const SnapshotPtr& shot = session_.snapshot();
    const QString node = shot ? q(shot->tables.node) : QString();
    if (node != node_) forget();
    node_ = node;
    tabs_->setVisible(!node.isEmpty());
    if (node.isEmpty()) {
        title_->setText(tr("Select a router to see its tables."));
        return;
    }
    title_->setText(tr("%1 at %2 — double click a row: why?").arg(node, q(toString(shot->now))));
    const NodeTables& tables = shot->tables;
    routes_->show(routeRows(tables.routes));
    fib_->show(fibRows(tables.fib));
    const auto view = std::ranges::find(shot->nodes, tables.node, &NodeView::name);
    if (view != shot->nodes.end()) {
        interfaces_->show(interfaceRows(view->interfaces));
        const auto runs = [&](const char* protocol) {
            return std::ranges::find(view->protocols, protocol) != view->protocols.end();
        };
        tabs_->setTabVisible(tabs_->indexOf(rip_), runs("rip") || runs("ripng"));
        tabs_->setTabVisible(tabs_->indexOf(eigrp_), runs("eigrp") || !tables.eigrp.empty());
        tabs_->setTabVisible(tabs_->indexOf(bgp_), runs("bgp"));
        tabs_->setTabVisible(tabs_->indexOf(neighbors_), !view->protocols.empty());
    }
    rip_->show(ripRows(tables.rip));
    eigrp_->show(eigrpRows(tables.eigrp));
    bgp_->show(tables.bgp);
    neighbors_->show(*shot);
    showTexts(tables);
}

void TablesPanel::showTexts(const NodeTables& tables) {
    QStringList titles;
    for (const TextTable& table : tables.texts)
        titles << q(table.title);
    QStringList present;
    for (int i = ownTabs_; i < tabs_->count(); ++i)
        present << tabs_->tabText(i);
    if (titles != present) {
        while (tabs_->count() > ownTabs_)
            delete tabs_->widget(ownTabs_);
        texts_.clear();
        for (const QString& title : titles) {
            auto* text = new QPlainTextEdit;
            text->setReadOnly(true);
            text->setLineWrapMode(QPlainTextEdit::NoWrap);
            text->setTabChangesFocus(true);
            text->setAccessibleName(title);
            text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
            texts_[title] = text;
            tabs_->addTab(text, title);
        }
    }
    for (const TextTable& table : tables.texts) {
        QPlainTextEdit* text = texts_.at(q(table.title));
        if (text->toPlainText() == q(table.text)) continue;
        const int scrolled = text->verticalScrollBar()->value();
        text->setPlainText(q(table.text));
        text->setToolTip(q(table.command));
        text->verticalScrollBar()->setValue(scrolled);
    }
}

}  // namespace peerscape::gui

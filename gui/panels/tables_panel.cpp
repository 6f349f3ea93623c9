#include "gui/panels/tables_panel.hpp"

#include <algorithm>

#include <QBoxLayout>
#include <QFontDatabase>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QScrollBar>

#include "gui/style/theme.hpp"

namespace peerscape::gui {

namespace {

QString q(const std::string& text) { return QString::fromStdString(text); }

QTableWidget* makeTable(const QStringList& columns, const QString& name) {
    auto* table = new QTableWidget(0, static_cast<int>(columns.size()));
    table->setHorizontalHeaderLabels(columns);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setAlternatingRowColors(true);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(22);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setHighlightSections(false);
    table->setAccessibleName(name);
    return table;
}

void fill(QTableWidget& table, int row, const QStringList& cells, const QColor& colour, bool isChanged) {
    for (int column = 0; column < cells.size(); ++column) {
        auto* item = new QTableWidgetItem(cells[column]);
        item->setToolTip(cells[column]);
        if (colour.isValid()) item->setForeground(colour);
        QFont font = table.font();
        font.setItalic(isChanged);
        font.setBold(isChanged);
        item->setFont(font);
        table.setItem(row, column, item);
    }
}

}  // namespace

TablesPanel::TablesPanel(Session& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      title_(new QLabel),
      tabs_(new QTabWidget),
      routes_(makeTable({"", tr("Prefix"), tr("Protocol"), tr("Distance/metric"), tr("Since"), tr("Via")},
                        tr("Routes"))),
      interfaces_(makeTable({tr("Interface"), tr("State"), tr("Link"), tr("Addresses")}, tr("Interfaces"))) {
    QFont font = title_->font();
    font.setBold(true);
    title_->setFont(font);
    tabs_->setDocumentMode(true);
    tabs_->addTab(routes_, tr("Routes"));
    tabs_->addTab(interfaces_, tr("Interfaces"));
    routes_->setColumnWidth(0, 22);
    routes_->setColumnWidth(1, 110);
    routes_->setColumnWidth(2, 75);
    routes_->setColumnWidth(3, 60);
    routes_->setColumnWidth(5, 120);
    // The way is what one looks for: it stands before the age, and in sight.
    routes_->horizontalHeader()->moveSection(5, 4);
    routes_->setColumnWidth(4, 100);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6, 4, 6, 4);
    column->addWidget(title_);
    column->addWidget(tabs_, 1);
    connect(routes_, &QTableWidget::cellActivated, this,
            [this](int row) { Q_EMIT whyAsked(node_, routes_->item(row, 1)->text()); });
    connect(&session_, &Session::snapshotChanged, this, &TablesPanel::showRun);
    showRun();
}

void TablesPanel::showRun() {
    const SnapshotPtr& shot = session_.snapshot();
    const QString node = shot ? q(shot->tables.node) : QString();
    if (node != node_) before_.clear();
    node_ = node;
    tabs_->setVisible(!node.isEmpty());
    if (node.isEmpty()) {
        title_->setText(tr("Select a router to see its tables."));
        return;
    }
    title_->setText(
        tr("%1 at %2 — double click a route: why is it there?").arg(node, q(toString(shot->now))));
    showRoutes(shot->tables);
    const auto view = std::ranges::find(shot->nodes, node.toStdString(), &NodeView::name);
    if (view != shot->nodes.end()) showInterfaces(*view);
    showTexts(shot->tables);
}

void TablesPanel::showRoutes(const NodeTables& tables) {
    const Theme& theme = Theme::of(palette());
    std::set<QString> now;
    const int scrolled = routes_->verticalScrollBar()->value();
    routes_->setRowCount(static_cast<int>(tables.routes.size()));
    int row = 0;
    for (const RouteRow& route : tables.routes) {
        const QString mark = route.isSelected ? "✓" : "";
        const QStringList cells{
            mark,        q(route.prefix), q(route.protocol), q(route.preference), q(toString(route.since)),
            q(route.via)};
        // Without its age, which always changes.
        const QString what =
            QStringList{mark, cells[1], cells[2], cells[3], cells[5]}.join(QChar::LineSeparator);
        now.insert(what);
        const bool isChanged = !before_.empty() && !before_.contains(what);
        fill(*routes_, row++, cells,
             isChanged          ? theme.accent
             : route.isSelected ? QColor()
                                : theme.muted,
             isChanged);
    }
    before_ = std::move(now);
    routes_->verticalScrollBar()->setValue(scrolled);
}

void TablesPanel::showInterfaces(const NodeView& node) {
    const Theme& theme = Theme::of(palette());
    interfaces_->setRowCount(static_cast<int>(node.interfaces.size()));
    int row = 0;
    for (const InterfaceView& interface : node.interfaces) {
        QStringList addresses;
        for (const std::string& address : interface.addresses)
            addresses << q(address);
        const QString state = !interface.isAdminUp ? tr("■ shut down")
                              : interface.isUp     ? tr("▲ up")
                                                   : tr("✕ no carrier");
        const QColor colour = interface.isUp ? QColor() : interface.isAdminUp ? theme.bad : theme.muted;
        fill(*interfaces_, row++, {q(interface.name), state, q(interface.link), addresses.join(", ")}, colour,
             false);
    }
}

void TablesPanel::showTexts(const NodeTables& tables) {
    constexpr int kOwnTabs = 2;
    QStringList titles;
    for (const TextTable& table : tables.texts)
        titles << q(table.title);
    QStringList present;
    for (int i = kOwnTabs; i < tabs_->count(); ++i)
        present << tabs_->tabText(i);
    if (titles != present) {
        while (tabs_->count() > kOwnTabs)
            delete tabs_->widget(kOwnTabs);
        texts_.clear();
        for (const QString& title : titles) {
            auto* text = new QPlainTextEdit;
            text->setReadOnly(true);
            text->setLineWrapMode(QPlainTextEdit::NoWrap);
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

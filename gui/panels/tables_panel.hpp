#pragma once

#include <map>

#include <QLabel>
#include <QTabWidget>
#include <QWidget>

#include "gui/panels/bgp_page.hpp"
#include "gui/panels/neighbor_page.hpp"
#include "gui/panels/state_table.hpp"
#include "gui/session/session.hpp"

class QPlainTextEdit;

namespace peerscape::gui {

/// The tables of the router that is looked at, as they are at this instant; what has changed is marked. A
/// double click on a row with a prefix, or Enter, asks why it is there.
class TablesPanel final : public QWidget {
    Q_OBJECT

  public:
    explicit TablesPanel(Session& session, QWidget* parent = nullptr);

    StateTable& routes() const { return *routes_; }
    StateTable& fib() const { return *fib_; }
    StateTable& interfaces() const { return *interfaces_; }
    StateTable& rip() const { return *rip_; }
    StateTable& eigrp() const { return *eigrp_; }
    BgpPage& bgp() const { return *bgp_; }
    NeighborPage& neighbors() const { return *neighbors_; }
    QTabWidget& tabs() const { return *tabs_; }

  Q_SIGNALS:
    void whyAsked(const QString& node, const QString& prefix);

  private:
    /// A table whose rows have their prefix in that column.
    StateTable* addTable(const QString& title, const QStringList& columns, const std::set<int>& quiet,
                         int prefixColumn);
    void forget();
    void showRun();
    void showTexts(const NodeTables& tables);

    Session& session_;
    QLabel* title_;
    QTabWidget* tabs_;
    StateTable* routes_ = nullptr;
    StateTable* fib_ = nullptr;
    StateTable* interfaces_ = nullptr;
    StateTable* rip_ = nullptr;
    StateTable* eigrp_ = nullptr;
    BgpPage* bgp_ = nullptr;
    NeighborPage* neighbors_ = nullptr;
    int ownTabs_ = 0;
    std::map<QString, QPlainTextEdit*> texts_;
    QString node_;
};

}  // namespace peerscape::gui

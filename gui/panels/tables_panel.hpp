#pragma once

#include <map>
#include <set>

#include <QLabel>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableWidget>
#include <QWidget>

#include "gui/session/session.hpp"

class QPlainTextEdit;

namespace peerscape::gui {

/// The tables of the router that is looked at, as they are at this instant; what has changed since the
/// picture before is marked. A double click on a route asks why it is there.
class TablesPanel final : public QWidget {
    Q_OBJECT

  public:
    explicit TablesPanel(Session& session, QWidget* parent = nullptr);

    QTableWidget& routes() const { return *routes_; }

  Q_SIGNALS:
    void whyAsked(const QString& node, const QString& prefix);

  private:
    void showRun();
    void showInterfaces(const NodeView& node);
    void showRoutes(const NodeTables& tables);
    void showTexts(const NodeTables& tables);

    Session& session_;
    QLabel* title_;
    QTabWidget* tabs_;
    QTableWidget* routes_;
    QTableWidget* interfaces_;
    std::map<QString, QPlainTextEdit*> texts_;
    std::set<QString> before_;  ///< the rows of the picture before
    QString node_;
};

}  // namespace peerscape::gui

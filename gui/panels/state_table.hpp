#pragma once

#include <QTableView>

#include "gui/panels/state_model.hpp"

namespace peerscape::gui {

/// A table of the run at this instant. What has changed is bold, slanted and tinted, and its tool tip says
/// what stood there before.
class StateTable final : public QTableView {
    Q_OBJECT

  public:
    StateTable(const QStringList& columns, const std::set<int>& quiet, const QString& name,
               QWidget* parent = nullptr);

    /// Keeps the selected row and the place that was scrolled to.
    void show(std::vector<StateRow> rows);
    void forget() { model_->forget(); }
    void setColumns(const QStringList& columns) { model_->setColumns(columns); }
    int rowCount() const { return model_->rowCount(); }
    QString text(int row, int column) const { return model_->index(row, column).data().toString(); }
    bool isChanged(int row, int column) const {
        return model_->index(row, column).data(StateModel::ChangedRole).toBool();
    }
    /// Of the selected row; empty: none is.
    QString selectedKey() const;
    void selectKey(const QString& key);

  Q_SIGNALS:
    /// Another row is selected, or none.
    void selected(const QString& key);

  private:
    StateModel* model_;
    bool isShowing_ = false;
};

}  // namespace peerscape::gui

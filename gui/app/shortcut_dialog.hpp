#pragma once

#include <map>

#include <QDialog>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>

#include "gui/app/action_table.hpp"

namespace peerscape::gui {

/// Everything the window can do, with its keys, which can be changed here: press the keys, and they are the
/// action's from then on. Keys that another action has are named, and may be taken from it.
class ShortcutDialog final : public QDialog {
    Q_OBJECT

  public:
    /// `actions`: of the window, by the ids of the table.
    explicit ShortcutDialog(const std::map<QString, QAction*>& actions, QWidget* parent = nullptr);

    /// The action that is to be changed.
    void choose(const QString& id);
    /// As if the keys had been pressed.
    void press(const QKeySequence& keys);
    void filter(const QString& words) { filter_->setText(words); }
    QTableWidget& table() const { return *table_; }
    QPushButton& use() const { return *use_; }
    QPushButton& standard() const { return *standard_; }
    QPushButton& allStandard() const { return *allStandard_; }
    QString remark() const { return remark_->text(); }

  private:
    void addRow(const ActionEntry& entry);
    void showRows();
    void showChosen();
    void showConflict();
    void take();
    void assign(const ActionEntry& entry, const QKeySequence& keys);
    /// Gives the action its standard keys, and takes them from whoever has them.
    void restore(const ActionEntry& entry);
    /// Null: no row is selected.
    const ActionEntry* chosen() const;
    QKeySequence pressed() const;

    const std::map<QString, QAction*>& actions_;
    QLineEdit* filter_;
    QTableWidget* table_;
    QKeySequenceEdit* keys_;
    QPushButton* use_;
    QPushButton* none_;
    QPushButton* standard_;
    QPushButton* allStandard_;
    QLabel* remark_;
};

}  // namespace peerscape::gui

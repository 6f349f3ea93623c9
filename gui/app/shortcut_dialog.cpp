#include "gui/app/shortcut_dialog.hpp"

#include <QAction>
#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QHeaderView>

#include "gui/app/shortcuts.hpp"

namespace peerscape::gui {

namespace {

constexpr int kId = Qt::UserRole;

QString nameOf(const ActionEntry& entry) { return translated(entry.text).remove('&').remove("…"); }

QString textOf(const QKeySequence& keys) { return keys.toString(QKeySequence::NativeText); }

}  // namespace

ShortcutDialog::ShortcutDialog(const std::map<QString, QAction*>& actions, QWidget* parent)
    : QDialog(parent),
      actions_(actions),
      filter_(new QLineEdit),
      table_(new QTableWidget(0, 3)),
      keys_(new QKeySequenceEdit),
      use_(new QPushButton(tr("&Use these keys"))),
      none_(new QPushButton(tr("&No keys"))),
      standard_(new QPushButton(tr("&Standard keys"))),
      allStandard_(new QPushButton(tr("&All standard"))),
      remark_(new QLabel) {
    setWindowTitle(tr("What the window can do, and its keys"));
    resize(760, 640);
    filter_->setPlaceholderText(tr("Filter: words of the action, or keys"));
    filter_->setAccessibleName(tr("Filter"));
    filter_->setClearButtonEnabled(true);
    table_->setHorizontalHeaderLabels({tr("Action"), tr("Keys"), tr("What it does")});
    table_->horizontalHeader()->setStretchLastSection(true);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setTabKeyNavigation(false);
    table_->setAlternatingRowColors(true);
    table_->setShowGrid(false);
    table_->verticalHeader()->hide();
    table_->setAccessibleName(tr("What the window can do, and its keys"));
    keys_->setAccessibleName(tr("New keys"));
    remark_->setWordWrap(true);
    auto* label = new QLabel(tr("N&ew keys:"));
    label->setBuddy(keys_);
    auto* row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(keys_, 1);
    for (QPushButton* button : {use_, none_, standard_, allStandard_}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* column = new QVBoxLayout(this);
    column->addWidget(filter_);
    column->addWidget(table_, 1);
    column->addLayout(row);
    column->addWidget(remark_);
    column->addWidget(buttons);
    for (const ActionEntry& entry : actionTable())
        addRow(entry);
    table_->resizeColumnsToContents();
    connect(filter_, &QLineEdit::textChanged, this, &ShortcutDialog::showRows);
    connect(table_, &QTableWidget::itemSelectionChanged, this, &ShortcutDialog::showChosen);
    connect(keys_, &QKeySequenceEdit::keySequenceChanged, this, &ShortcutDialog::showConflict);
    connect(use_, &QPushButton::clicked, this, &ShortcutDialog::take);
    connect(none_, &QPushButton::clicked, this, [this] {
        if (const ActionEntry* entry = chosen()) assign(*entry, {});
        showChosen();
    });
    connect(standard_, &QPushButton::clicked, this, [this] {
        if (const ActionEntry* entry = chosen()) restore(*entry);
        showChosen();
    });
    connect(allStandard_, &QPushButton::clicked, this, [this] {
        for (const ActionEntry& entry : actionTable())
            assign(entry, standardKeys(entry));
        showChosen();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    showChosen();
}

void ShortcutDialog::addRow(const ActionEntry& entry) {
    const int row = table_->rowCount();
    table_->insertRow(row);
    auto* name = new QTableWidgetItem(nameOf(entry));
    name->setData(kId, QString(entry.id));
    table_->setItem(row, 0, name);
    table_->setItem(row, 1, new QTableWidgetItem(textOf(actions_.at(entry.id)->shortcut())));
    table_->setItem(row, 2, new QTableWidgetItem(translated(entry.tip)));
}

void ShortcutDialog::showRows() {
    for (int row = 0; row < table_->rowCount(); ++row) {
        bool isMeant = filter_->text().isEmpty();
        for (int column = 0; column < table_->columnCount(); ++column)
            isMeant =
                isMeant || table_->item(row, column)->text().contains(filter_->text(), Qt::CaseInsensitive);
        table_->setRowHidden(row, !isMeant);
    }
}

const ActionEntry* ShortcutDialog::chosen() const {
    const QList<QTableWidgetItem*> selected = table_->selectedItems();
    if (selected.isEmpty()) return nullptr;
    const QString id = table_->item(selected.front()->row(), 0)->data(kId).toString();
    for (const ActionEntry& entry : actionTable()) {
        if (id == entry.id) return &entry;
    }
    return nullptr;
}

QKeySequence ShortcutDialog::pressed() const {
    // One chord is enough, and several in a row would hide those that begin like them.
    const QKeySequence keys = keys_->keySequence();
    return keys.isEmpty() ? keys : QKeySequence(keys[0]);
}

void ShortcutDialog::choose(const QString& id) {
    for (int row = 0; row < table_->rowCount(); ++row) {
        if (table_->item(row, 0)->data(kId).toString() == id) table_->selectRow(row);
    }
}

void ShortcutDialog::press(const QKeySequence& keys) { keys_->setKeySequence(keys); }

void ShortcutDialog::showChosen() {
    const ActionEntry* entry = chosen();
    keys_->clear();
    keys_->setEnabled(entry != nullptr);
    none_->setEnabled(entry != nullptr && !actions_.at(entry->id)->shortcut().isEmpty());
    standard_->setEnabled(entry != nullptr && actions_.at(entry->id)->shortcut() != standardKeys(*entry));
    showConflict();
}

void ShortcutDialog::showConflict() {
    const ActionEntry* entry = chosen();
    const QKeySequence keys = pressed();
    use_->setEnabled(entry != nullptr && !keys.isEmpty());
    use_->setText(tr("&Use these keys"));
    if (entry == nullptr) {
        remark_->setText(tr("Select an action, and press its new keys in the field."));
        return;
    }
    const ActionEntry* holder = holderOf(keys, entry->id, actions_);
    if (holder == nullptr) {
        remark_->setText(keys.isEmpty() ? tr("Press the new keys of “%1” in the field.").arg(nameOf(*entry))
                                        : tr("%1 is free.").arg(textOf(keys)));
        return;
    }
    remark_->setText(tr("%1 belongs to “%2”.").arg(textOf(keys), nameOf(*holder)));
    use_->setText(tr("&Take them from there"));
}

void ShortcutDialog::take() {
    const ActionEntry* entry = chosen();
    const QKeySequence keys = pressed();
    if (entry == nullptr || keys.isEmpty()) return;
    if (const ActionEntry* holder = holderOf(keys, entry->id, actions_)) assign(*holder, {});
    assign(*entry, keys);
    showChosen();
}

void ShortcutDialog::restore(const ActionEntry& entry) {
    const QKeySequence keys = standardKeys(entry);
    if (const ActionEntry* holder = holderOf(keys, entry.id, actions_)) assign(*holder, {});
    assign(entry, keys);
}

void ShortcutDialog::assign(const ActionEntry& entry, const QKeySequence& keys) {
    keepKeys(entry, keys);
    giveKeys(*actions_.at(entry.id), entry, keys);
    for (int row = 0; row < table_->rowCount(); ++row) {
        if (table_->item(row, 0)->data(kId).toString() == entry.id)
            table_->item(row, 1)->setText(textOf(keys));
    }
}

}  // namespace peerscape::gui

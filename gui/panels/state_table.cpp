#include "gui/panels/state_table.hpp"

#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include "gui/style/theme.hpp"

namespace peerscape::gui {

namespace {

QColor colourOf(Tone tone, const Theme& theme) {
    switch (tone) {
        case Tone::Plain:
            return theme.text;
        case Tone::Muted:
            return theme.muted;
        case Tone::Good:
            return theme.good;
        case Tone::Bad:
            return theme.bad;
        case Tone::Waiting:
            return theme.waiting;
    }
    return theme.text;
}

class CellDelegate final : public QStyledItemDelegate {
  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Theme& theme = Theme::of(option.palette);
        const auto bars = index.data(StateModel::BarsRole).value<std::vector<CellBar>>();
        if (index.data(StateModel::ChangedRole).toBool() && !option.state.testFlag(QStyle::State_Selected)) {
            QColor tint = theme.accent;
            tint.setAlpha(theme.isDark ? 80 : 50);
            painter->fillRect(option.rect, tint);
        }
        if (bars.empty()) {
            QStyleOptionViewItem own = option;
            const auto tone = static_cast<Tone>(index.data(StateModel::ToneRole).toInt());
            if (tone != Tone::Plain) own.palette.setColor(QPalette::Text, colourOf(tone, theme));
            QStyledItemDelegate::paint(painter, own, index);
            return;
        }
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, option.palette.highlight());
        paintBars(*painter, QRectF(option.rect).adjusted(3, 2, -3, -2), bars, theme);
    }

  private:
    static void paintBars(QPainter& painter, const QRectF& room, const std::vector<CellBar>& bars,
                          const Theme& theme) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        const double height = room.height() / static_cast<double>(bars.size());
        QRectF line(room.left(), room.top(), room.width(), height - 1);
        for (const CellBar& bar : bars) {
            const QColor colour = colourOf(bar.tone, theme);
            QColor trough = colour;
            trough.setAlpha(25);
            QColor fill = colour;
            fill.setAlpha(theme.isDark ? 150 : 110);
            painter.setPen(Qt::NoPen);
            painter.setBrush(trough);
            painter.drawRoundedRect(line, 2, 2);
            painter.setBrush(fill);
            painter.drawRoundedRect(QRectF(line.left(), line.top(), line.width() * bar.part, line.height()),
                                    2, 2);
            painter.setPen(theme.text);
            painter.drawText(line.adjusted(5, 0, -3, 0), Qt::AlignVCenter | Qt::AlignLeft, bar.text);
            line.translate(0, height);
        }
        painter.restore();
    }
};

}  // namespace

StateTable::StateTable(const QStringList& columns, const std::set<int>& quiet, const QString& name,
                       QWidget* parent)
    : QTableView(parent), model_(new StateModel(columns, quiet, this)) {
    setModel(model_);
    setItemDelegate(new CellDelegate(this));
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setTabKeyNavigation(false);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(22);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setHighlightSections(false);
    setAccessibleName(name);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (!isShowing_) Q_EMIT selected(selectedKey());
    });
}

void StateTable::show(std::vector<StateRow> rows) {
    const QString key = selectedKey();
    const int scrolled = verticalScrollBar()->value();
    isShowing_ = true;
    model_->show(std::move(rows));
    if (selectedKey() != key) selectKey(key);
    isShowing_ = false;
    verticalScrollBar()->setValue(scrolled);
    if (selectedKey() != key) Q_EMIT selected(selectedKey());
}

QString StateTable::selectedKey() const {
    const QModelIndex current = currentIndex();
    return current.isValid() ? model_->row(current.row()).key : QString();
}

void StateTable::selectKey(const QString& key) {
    for (int row = 0; row < rowCount(); ++row) {
        if (model_->row(row).key == key) {
            selectRow(row);
            return;
        }
    }
}

}  // namespace peerscape::gui

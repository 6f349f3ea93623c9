#include "gui/panels/differences_panel.hpp"

#include <QBoxLayout>
#include <QFontDatabase>
#include <QHeaderView>
#include <QSignalBlocker>

#include "gui/model/text.hpp"
#include "gui/style/theme.hpp"

namespace peerscape::gui {

DifferencesPanel::DifferencesPanel(Session& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      timelines_(new QComboBox),
      keep_(new QPushButton(tr("Keep this instant in mind"))),
      summary_(new QLabel),
      tree_(new QTreeWidget) {
    timelines_->setAccessibleName(tr("Compare with"));
    timelines_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    keep_->setToolTip(tr("From now on tables are compared with those of the present instant"));
    tree_->setHeaderLabels({tr("Router"), tr("Routing table")});
    tree_->setColumnWidth(0, 140);
    tree_->setAlternatingRowColors(true);
    tree_->setAccessibleName(tr("Differences"));
    auto* row = new QHBoxLayout;
    row->addWidget(keep_);
    row->addWidget(timelines_);
    row->addWidget(summary_, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6, 4, 6, 4);
    column->addLayout(row);
    column->addWidget(tree_, 1);
    connect(keep_, &QPushButton::clicked, this, &DifferencesPanel::keepThisInstant);
    connect(timelines_, &QComboBox::activated, this,
            [this](int index) { compareWith(timelines_->itemData(index).toString()); });
    connect(&session_, &Session::snapshotChanged, this, &DifferencesPanel::showRun);
    connect(&session_, &Session::loadedChanged, this, [this] { setOther(std::nullopt); });
    showRun();
}

void DifferencesPanel::setOther(const std::optional<OtherInstant>& other) {
    Watch watch = session_.watch();
    watch.other = other;
    session_.setWatch(watch);
}

void DifferencesPanel::keepThisInstant() {
    const SnapshotPtr& shot = session_.snapshot();
    if (!shot) return;
    // What was kept of the same instant before, when less had been done at it, is let go of first.
    setOther(std::nullopt);
    setOther(OtherInstant{shot->timeline, shot->now});
}

void DifferencesPanel::compareWith(const QString& timeline) {
    setOther(timeline.isEmpty() ? std::nullopt
                                : std::optional(OtherInstant{timeline.toStdString(), std::nullopt}));
}

void DifferencesPanel::showTimelines(const Snapshot& shot) {
    const QSignalBlocker silence(timelines_);
    timelines_->clear();
    timelines_->addItem(tr("compare with nothing"), QString());
    const std::optional<OtherInstant>& other = session_.watch().other;
    for (const TimelineView& timeline : shot.timelines) {
        if (timeline.name != shot.timeline)
            timelines_->addItem(tr("compare with %1, at the same instant").arg(q(timeline.name)),
                                q(timeline.name));
    }
    if (other && other->time) {
        timelines_->addItem(tr("compare with %1 at %2").arg(q(other->timeline), q(toString(*other->time))));
        timelines_->setCurrentIndex(timelines_->count() - 1);
    } else if (other) {
        timelines_->setCurrentIndex(std::max(0, timelines_->findData(q(other->timeline))));
    }
}

void DifferencesPanel::showRun() {
    const SnapshotPtr& shot = session_.snapshot();
    keep_->setEnabled(shot != nullptr);
    timelines_->setEnabled(shot != nullptr);
    const ComparisonPtr comparison = shot ? shot->comparison : nullptr;
    if (shot) showTimelines(*shot);
    if (comparison == shown_ && comparison != nullptr) return;
    shown_ = comparison;
    tree_->clear();
    if (!comparison) {
        summary_->setText(tr("Keep an instant in mind, go on, and here stands what has changed."));
        return;
    }
    const Theme& theme = Theme::of(palette());
    QTreeWidgetItem* router = nullptr;
    for (const Comparison::Row& row : comparison->rows) {
        if (router == nullptr || router->text(0) != q(row.node)) {
            router = new QTreeWidgetItem(tree_, {q(row.node)});
            router->setExpanded(true);
        }
        auto* item = new QTreeWidgetItem(router, {row.isOnlyNow ? tr("+ now") : tr("− then"), q(row.text)});
        item->setFont(1, QFontDatabase::systemFont(QFontDatabase::FixedFont));
        for (int column = 0; column < 2; ++column)
            item->setForeground(column, row.isOnlyNow ? theme.good : theme.bad);
    }
    QString text = tr("against %1 at %2: ").arg(q(comparison->timeline), q(toString(comparison->time)));
    text += comparison->rows.empty()
                ? tr("the same tables")
                : tr("%n different rows", nullptr,
                     static_cast<int>(comparison->rows.size() + comparison->furtherRows));
    summary_->setText(text);
}

}  // namespace peerscape::gui

#include "gui/panels/expectations_panel.hpp"

#include <algorithm>

#include <QBoxLayout>
#include <QHeaderView>

#include "gui/model/text.hpp"
#include "gui/style/theme.hpp"

namespace peerscape::gui {

namespace {

QString markOf(ExpectationView::Verdict verdict) {
    switch (verdict) {
        case ExpectationView::Verdict::Pass:
            return "✓";
        case ExpectationView::Verdict::Fail:
            return "✕";
        case ExpectationView::Verdict::Warning:
            return "!";
        case ExpectationView::Verdict::Inconclusive:
            return "◆";
        case ExpectationView::Verdict::Skipped:
            return "–";
    }
    return {};
}

QColor colourOf(ExpectationView::Verdict verdict, const Theme& theme) {
    if (verdict == ExpectationView::Verdict::Pass) return theme.good;
    if (verdict == ExpectationView::Verdict::Fail) return theme.bad;
    return verdict == ExpectationView::Verdict::Skipped ? theme.muted : theme.waiting;
}

}  // namespace

ExpectationsPanel::ExpectationsPanel(Session& session, QWidget* parent)
    : QWidget(parent), session_(session), summary_(new QLabel), tree_(new QTreeWidget) {
    summary_->setWordWrap(true);
    tree_->setHeaderLabels({tr("Expectation"), tr("What was found")});
    tree_->header()->setStretchLastSection(true);
    tree_->setColumnWidth(0, 330);
    tree_->setAlternatingRowColors(true);
    tree_->setAccessibleName(tr("Expectations"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6, 4, 6, 4);
    column->addWidget(summary_);
    column->addWidget(tree_, 1);
    connect(tree_, &QTreeWidget::itemActivated, this, &ExpectationsPanel::goTo);
    connect(&session_, &Session::snapshotChanged, this, &ExpectationsPanel::showRun);
    showRun();
}

QString ExpectationsPanel::badge(const Snapshot& shot) {
    const auto failed = std::ranges::count_if(shot.expectations, [](const ExpectationView& e) {
        return e.verdict == ExpectationView::Verdict::Fail ||
               e.verdict == ExpectationView::Verdict::Inconclusive;
    });
    const auto all = static_cast<qlonglong>(shot.expectations.size());
    QStringList parts;
    if (!shot.alarms.empty()) parts << tr("▲ %n alarm(s)", nullptr, static_cast<int>(shot.alarms.size()));
    if (all != 0 && failed == 0) parts << tr("✓ %1 met").arg(all);
    if (failed != 0) parts << tr("✕ %1 of %2 not met").arg(static_cast<qlonglong>(failed)).arg(all);
    return parts.join("   ");
}

/// What the lab file watches, above all that it expects.
void ExpectationsPanel::showAlarms(const Snapshot& shot) {
    if (shot.alarms.empty()) return;
    const Theme& theme = Theme::of(palette());
    auto* head = new QTreeWidgetItem(tree_, {tr("Alarms"), tr("believed by")});
    for (const AlarmView& alarm : shot.alarms) {
        QStringList believers;
        for (const std::string& name : alarm.believers)
            believers << q(name);
        auto* item = new QTreeWidgetItem(head, {"▲  " + q(alarm.announcement), believers.join(", ")});
        item->setForeground(0, theme.bad);
        item->setToolTip(0, tr("The lab file's watch does not allow this origin."));
    }
    head->setExpanded(true);
}

void ExpectationsPanel::showRun() {
    const SnapshotPtr& shot = session_.snapshot();
    const Theme& theme = Theme::of(palette());
    tree_->clear();
    if (!shot) {
        summary_->clear();
        return;
    }
    showAlarms(*shot);
    if (shot->expectations.empty()) {
        summary_->setText(
            shot->nextStep.empty()
                ? tr("This lab expects nothing.")
                : tr("Run the step “%1” to see whether what it expects comes true.").arg(q(shot->nextStep)));
        return;
    }
    summary_->setText(badge(*shot));
    QTreeWidgetItem* step = nullptr;
    for (const ExpectationView& view : shot->expectations) {
        if (step == nullptr || step->text(0) != q(view.step)) {
            step = new QTreeWidgetItem(tree_, {q(view.step), q(toString(view.judgedAt))});
            step->setExpanded(true);
        }
        auto* item = new QTreeWidgetItem(step, {markOf(view.verdict) + "  " + q(view.claim), q(view.actual)});
        item->setForeground(0, colourOf(view.verdict, theme));
        const SimTime goal = view.firstWrongAt.value_or(view.judgedAt);
        item->setData(0, Qt::UserRole, static_cast<qlonglong>(goal.count()));
        item->setToolTip(0, q(view.remark.empty() ? view.claim : view.remark));
        item->setToolTip(1, q(view.actual));
        if (!view.remark.empty()) new QTreeWidgetItem(item, {q(view.remark)});
    }
}

void ExpectationsPanel::goTo(QTreeWidgetItem* item) {
    const QVariant time = item->data(0, Qt::UserRole);
    if (!time.isValid()) return;
    session_.pause();
    session_.seek(SimTime::atNanoseconds(time.toLongLong()));
}

}  // namespace peerscape::gui

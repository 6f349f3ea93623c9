#include "gui/panels/task_panel.hpp"

#include <algorithm>
#include <utility>

#include <QBoxLayout>
#include <QEvent>
#include <QHeaderView>

#include "gui/model/places.hpp"
#include "gui/model/text.hpp"
#include "gui/style/theme.hpp"

namespace peerscape::gui {

namespace {

constexpr int kHintRole = Qt::UserRole;
constexpr int kMetRole = Qt::UserRole + 1;
constexpr int kStepRole = Qt::UserRole + 2;

/// What the author calls the goal.
QString nameOf(const Expectation& goal) { return q(goal.name.empty() ? goal.pass : goal.name); }

}  // namespace

TaskPanel::TaskPanel(Editor& editor, Session& session, QWidget* parent)
    : QWidget(parent),
      editor_(editor),
      session_(session),
      story_(new QTextBrowser),
      goals_(new QTreeWidget),
      summary_(new QLabel),
      hint_(new QLabel),
      hintButton_(new QPushButton(tr("Hint"))) {
    auto* check = new QPushButton(tr("Check my solution"));
    check->setToolTip(tr("Switches the lab on anew, takes all its steps, and looks which goals are met"));
    story_->setAccessibleName(tr("What is to be done"));
    goals_->setAccessibleName(tr("Goals"));
    goals_->setHeaderHidden(true);
    goals_->setColumnCount(2);
    goals_->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    goals_->setRootIsDecorated(false);
    goals_->setWordWrap(true);
    hint_->setWordWrap(true);
    summary_->setWordWrap(true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(check);
    buttons->addWidget(hintButton_);
    buttons->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 6, 8, 6);
    column->addWidget(story_, 3);
    column->addWidget(summary_);
    column->addWidget(goals_, 2);
    column->addWidget(hint_);
    column->addLayout(buttons);
    connect(check, &QPushButton::clicked, this, &TaskPanel::checkAsked);
    connect(hintButton_, &QPushButton::clicked, this, &TaskPanel::showHint);
    connect(&editor_, &Editor::replaced, this, &TaskPanel::showLab);
    connect(&editor_, &Editor::changed, this, &TaskPanel::showRun);
    connect(&session_, &Session::snapshotChanged, this, &TaskPanel::showRun);
    showLab();
}

int TaskPanel::met() const {
    int count = 0;
    for (int i = 0; i < goals_->topLevelItemCount(); ++i)
        count += goals_->topLevelItem(i)->data(0, kMetRole).toBool() ? 1 : 0;
    return count;
}

void TaskPanel::showLab() {
    const LabFile& lab = editor_.lab();
    story_->setMarkdown((lab.title.empty() ? QString() : "## " + q(lab.title) + "\n\n") + q(lab.about));
    hint_->clear();
    hint_->hide();
    goals_->clear();
    for (const StepEntry& step : lab.steps) {
        for (const Expectation& goal : step.expectations) {
            auto* item = new QTreeWidgetItem(goals_);
            const QString name = nameOf(goal);
            item->setText(1, name.isEmpty() ? tr("What “%1” expects").arg(q(step.name)) : name);
            item->setData(0, kHintRole, q(goal.hint));
            item->setData(0, kStepRole, q(step.name));
        }
    }
    hintButton_->setVisible(std::ranges::any_of(lab.steps, [](const StepEntry& step) {
        return std::ranges::any_of(step.expectations,
                                   [](const Expectation& goal) { return !goal.hint.empty(); });
    }));
    showRun();
}

void TaskPanel::showRun() {
    const Theme& theme = Theme::of(palette());
    const SnapshotPtr& shot = session_.snapshot();
    const auto& loaded = session_.loaded();
    // A run of another drawing says nothing about this one.
    const bool isOfThis = shot && loaded != nullptr && isSameNetwork(*loaded, editor_.lab());
    const auto judgements = isOfThis ? shot->expectations : std::vector<ExpectationView>();
    std::size_t next = 0;
    for (int i = 0; i < goals_->topLevelItemCount(); ++i) {
        QTreeWidgetItem* item = goals_->topLevelItem(i);
        const std::string step = item->data(0, kStepRole).toString().toStdString();
        // What else was found wrong with the step before is no goal.
        while (next < judgements.size() && judgements[next].step != step)
            ++next;
        const ExpectationView* judgement = next < judgements.size() ? &judgements[next++] : nullptr;
        const bool isMet = judgement != nullptr && judgement->verdict == ExpectationView::Verdict::Pass;
        item->setData(0, kMetRole, isMet);
        item->setText(0, isMet ? "✓" : judgement != nullptr ? "✕" : "○");
        const QBrush colour = isMet                  ? QBrush(theme.good)
                              : judgement != nullptr ? QBrush(theme.bad)
                                                     : QBrush();
        item->setForeground(0, colour);
        item->setForeground(1, colour);
        item->setToolTip(1, judgement != nullptr ? q(judgement->actual) : QString());
    }
    const bool isDone = isOfThis && shot->nextStep.empty() && all() > 0;
    summary_->setText(all() == 0 ? tr("This lab sets no goals.")
                                 : tr("%1 of %2 goals met").arg(met()).arg(all()));
    if (isDone && !std::exchange(wasDone_, isDone)) Q_EMIT judged(met(), all());
    wasDone_ = isDone;
}

void TaskPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) showRun();
}

void TaskPanel::showHint() {
    for (int i = 0; i < goals_->topLevelItemCount(); ++i) {
        const QTreeWidgetItem* item = goals_->topLevelItem(i);
        const QString hint = item->data(0, kHintRole).toString();
        if (item->data(0, kMetRole).toBool() || hint.isEmpty()) continue;
        hint_->setText("→ " + hint);
        hint_->show();
        return;
    }
    hint_->setText(tr("There is no further hint."));
    hint_->show();
}

}  // namespace peerscape::gui

#include "gui/panels/charts_panel.hpp"

#include <algorithm>

#include <QBoxLayout>
#include <QSignalBlocker>

namespace peerscape::gui {

namespace {

/// Running as many events once more takes less than a second.
constexpr std::uint64_t kFewEvents = 50'000;

}  // namespace

ChartsPanel::ChartsPanel(Session& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      kind_(new QComboBox),
      prefix_(new QComboBox),
      again_(new QPushButton(tr("Draw again"))),
      note_(new QLabel),
      chart_(new TimeChart) {
    kind_->addItems({tr("Messages of every protocol"), tr("Reachable pairs"), tr("Metric of a prefix"),
                     tr("Changes of routes by router")});
    kind_->setAccessibleName(tr("Chart"));
    prefix_->setAccessibleName(tr("Prefix"));
    prefix_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    chart_->setAccessibleName(tr("Chart"));
    auto* row = new QHBoxLayout;
    row->addWidget(kind_);
    row->addWidget(prefix_);
    row->addWidget(again_);
    row->addWidget(note_, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6, 4, 6, 4);
    column->addLayout(row);
    column->addWidget(chart_, 1);
    connect(kind_, &QComboBox::currentIndexChanged, this, &ChartsPanel::draw);
    connect(prefix_, &QComboBox::currentIndexChanged, this, &ChartsPanel::draw);
    connect(again_, &QPushButton::clicked, this, &ChartsPanel::ask);
    connect(chart_, &TimeChart::picked, this, [this](qint64 time) {
        session_.pause();
        const SnapshotPtr& shot = session_.snapshot();
        if (shot) session_.seek(std::min(SimTime::atNanoseconds(time), shot->furthest));
    });
    connect(&session_, &Session::snapshotChanged, this, &ChartsPanel::showRun);
    connect(&session_, &Session::playingChanged, this, &ChartsPanel::showRun);
    connect(&session_, &Session::reviewed, this, &ChartsPanel::take);
    connect(&session_, &Session::loadedChanged, this, [this] {
        review_ = nullptr;
        subject_ = {};
        draw();
    });
    draw();
}

void ChartsPanel::choose(Kind kind) { kind_->setCurrentIndex(static_cast<int>(kind)); }

void ChartsPanel::choosePrefix(const QString& prefix) {
    const int place = prefix_->findText(prefix);
    if (place >= 0) prefix_->setCurrentIndex(place);
}

void ChartsPanel::setSeen(bool seen) {
    isSeen_ = seen;
    showRun();
}

void ChartsPanel::showRun() {
    const SnapshotPtr& shot = session_.snapshot();
    if (!isSeen_ || !shot) return;
    chart_->setNow(shot->now);
    const Subject present{QString::fromStdString(shot->timeline), shot->furthest, shot->marks.size()};
    const bool isNew = present != subject_;
    again_->setEnabled(isNew);
    if (isNew && !session_.isPlaying() && shot->eventsHandled < kFewEvents) ask();
    note_->setText(!isNew ? QString() : tr("The run has gone on since this was drawn."));
}

void ChartsPanel::ask() {
    const SnapshotPtr& shot = session_.snapshot();
    if (!shot) return;
    subject_ = {QString::fromStdString(shot->timeline), shot->furthest, shot->marks.size()};
    session_.review();
}

void ChartsPanel::take(const ReviewPtr& review) {
    if (review->isGivenUp) {
        subject_ = {};
        return;
    }
    review_ = review;
    const QString chosen =
        prefix_->count() > 0 ? prefix_->currentText() : QString::fromStdString(session_.watch().prefix);
    {
        const QSignalBlocker silence(prefix_);
        prefix_->clear();
        for (const std::string& prefix : review->prefixes)
            prefix_->addItem(QString::fromStdString(prefix));
        choosePrefix(chosen);
    }
    draw();
}

void ChartsPanel::draw() {
    const auto kind = static_cast<Kind>(kind_->currentIndex());
    prefix_->setVisible(kind == Kind::Metric);
    const Review nothing;
    const Review& review = review_ ? *review_ : nothing;
    switch (kind) {
        case Kind::Messages:
            chart_->show(messagesChart(review), true);
            break;
        case Kind::Reachability:
            chart_->show(reachabilityChart(review), true);
            break;
        case Kind::Metric:
            chart_->show(metricChart(review, prefix_->currentText()), true);
            break;
        case Kind::Changes:
            chart_->show(changesChart(review), false);
            break;
    }
}

}  // namespace peerscape::gui

#include "gui/panels/time_bar.hpp"

#include <array>

#include <QAction>
#include <QBoxLayout>
#include <QSignalBlocker>

namespace peerscape::gui {

namespace {

struct Speed {
    const char* text;
    Session::Pace pace;
    double factor;
};
constexpr std::array kSpeeds{
    Speed{QT_TRANSLATE_NOOP("peerscape::gui::TimeBar", "1 event a second"), Session::Pace::PerEvent, 1},
    Speed{QT_TRANSLATE_NOOP("peerscape::gui::TimeBar", "4 events a second"), Session::Pace::PerEvent, 4},
    Speed{QT_TRANSLATE_NOOP("peerscape::gui::TimeBar", "real time ÷ 100"), Session::Pace::RealTime, 0.01},
    Speed{QT_TRANSLATE_NOOP("peerscape::gui::TimeBar", "real time"), Session::Pace::RealTime, 1},
    Speed{QT_TRANSLATE_NOOP("peerscape::gui::TimeBar", "real time × 10"), Session::Pace::RealTime, 10},
    Speed{QT_TRANSLATE_NOOP("peerscape::gui::TimeBar", "real time × 100"), Session::Pace::RealTime, 100},
    Speed{QT_TRANSLATE_NOOP("peerscape::gui::TimeBar", "as fast as it goes, until converged"),
          Session::Pace::Fast, 0},
};
constexpr int kUsual = 4;

}  // namespace

TimeBar::TimeBar(Session& session, const QList<QAction*>& buttons, QWidget* parent)
    : QWidget(parent),
      session_(session),
      clock_(new QLabel),
      state_(new QLabel),
      speed_(new QComboBox),
      timelines_(new QComboBox),
      progress_(new QProgressBar),
      stop_(new QToolButton),
      strip_(new TimeStrip) {
    auto* row = new QHBoxLayout;
    row->setSpacing(3);
    for (QAction* action : buttons) {
        if (action == nullptr) {
            row->addSpacing(10);
            continue;
        }
        auto* button = new QToolButton;
        button->setDefaultAction(action);
        button->setAutoRaise(true);
        button->setIconSize({22, 22});
        button->setAccessibleName(action->text());
        row->addWidget(button);
    }
    QFont font = clock_->font();
    font.setPixelSize(20);
    font.setBold(true);
    clock_->setFont(font);
    clock_->setMinimumWidth(150);
    clock_->setAccessibleName(tr("Clock of the lab"));
    row->addSpacing(12);
    row->addWidget(clock_);
    // What it says must not make the window wider.
    state_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(state_, 1);
    progress_->setMaximumWidth(110);
    progress_->setTextVisible(false);
    progress_->setAccessibleName(tr("Progress"));
    stop_->setText(tr("■ Stop"));
    stop_->setToolTip(tr("Give up what is under way"));
    row->addWidget(progress_);
    row->addWidget(stop_);
    patience_.setSingleShot(true);
    patience_.setInterval(kPatience);
    timelines_->setAccessibleName(tr("Timeline"));
    timelines_->setToolTip(
        tr("An action in the past begins another timeline; here one goes from one to the other."));
    row->addWidget(timelines_);
    for (const Speed& speed : kSpeeds)
        speed_->addItem(tr(speed.text));
    speed_->setCurrentIndex(kUsual);
    speed_->setAccessibleName(tr("Speed"));
    row->addWidget(speed_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 4, 8, 2);
    column->setSpacing(2);
    column->addLayout(row);
    column->addWidget(strip_);
    connect(strip_, &TimeStrip::picked, this, [this](qint64 time) {
        session_.pause();
        session_.seek(SimTime::atNanoseconds(time));
    });
    connect(speed_, &QComboBox::activated, this, [this] {
        if (session_.isPlaying()) play();
    });
    connect(timelines_, &QComboBox::activated, this,
            [this](int index) { session_.switchTimeline(timelines_->itemData(index).toString()); });
    connect(&session_, &Session::snapshotChanged, this, &TimeBar::showRun);
    connect(&session_, &Session::busyChanged, this, &TimeBar::showBusy);
    connect(&session_, &Session::progressed, this, [this](double part) {
        progress_->setRange(0, 100);
        progress_->setValue(static_cast<int>(part * 100));
    });
    connect(stop_, &QToolButton::clicked, &session_, &Session::pause);
    connect(&patience_, &QTimer::timeout, this, [this] {
        progress_->show();
        stop_->show();
    });
    showBusy();
    showRun();
}

void TimeBar::play() {
    const Speed& speed = kSpeeds[static_cast<std::size_t>(speed_->currentIndex())];
    session_.play(speed.pace, speed.factor);
}

void TimeBar::showBusy() {
    if (session_.isBusy()) {
        if (!patience_.isActive() && progress_->isHidden()) patience_.start();
        return;
    }
    patience_.stop();
    progress_->hide();
    stop_->hide();
    // Until something is known of the next one: a bar that only moves.
    progress_->setRange(0, 0);
}

void TimeBar::showRun() {
    const SnapshotPtr& shot = session_.snapshot();
    strip_->show(shot);
    timelines_->setVisible(shot && shot->timelines.size() > 1);
    if (!shot) {
        clock_->setText("–");
        state_->clear();
        return;
    }
    clock_->setText(QString::fromStdString(toString(shot->now)));
    QStringList facts;
    if (shot->now < shot->furthest)
        facts << tr("in the past; the run reaches %1").arg(QString::fromStdString(toString(shot->furthest)));
    if (!shot->hasMore) facts << tr("nothing happens any more");
    state_->setText(facts.join(" · "));
    state_->setToolTip(state_->text());
    const QSignalBlocker silence(timelines_);
    timelines_->clear();
    for (const TimelineView& timeline : shot->timelines) {
        const QString name = QString::fromStdString(timeline.name);
        const QString text =
            timeline.parent.empty()
                ? name
                : tr("%1, from %2").arg(name, QString::fromStdString(toString(timeline.begun)));
        timelines_->addItem(text, name);
        if (timeline.name == shot->timeline) timelines_->setCurrentIndex(timelines_->count() - 1);
    }
}

}  // namespace peerscape::gui

#include "gui/session/session.hpp"

#include <cmath>
#include <utility>

#include <QCoreApplication>

#include "gui/model/refusal.hpp"
#include "gui/session/lab_run.hpp"

namespace peerscape::gui {

namespace {

constexpr int kTick = 33;                                   // ms: thirty pictures a second
constexpr auto kShowEvery = std::chrono::milliseconds(60);  // while something takes long

QString textOf(const Error& error) { return QString::fromStdString(toString(error)); }

}  // namespace

Session::Session(QObject* parent) : QObject(parent) {
    playTimer_.setInterval(kTick);
    playTimer_.setTimerType(Qt::PreciseTimer);
    connect(&playTimer_, &QTimer::timeout, this, &Session::tick);
}

Session::~Session() { givenUpBefore_ = UINT64_MAX; }

void Session::finish() {
    while (isBusy()) {
        worker_.waitUntilIdle();
        QCoreApplication::sendPostedEvents(this);
    }
}

void Session::post(std::function<void()> task) {
    if (pending_++ == 0) Q_EMIT busyChanged();
    worker_.post([this, task = std::move(task)] {
        task();
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (--pending_ == 0) Q_EMIT busyChanged();
            },
            Qt::QueuedConnection);
    });
}

void Session::publish(SnapshotPtr snapshot, std::uint64_t generation) {
    {
        const std::lock_guard lock(newsMutex_);
        const bool isOnItsWay = news_.has_value();
        news_ = News{std::move(snapshot), generation};
        if (isOnItsWay) return;
    }
    QMetaObject::invokeMethod(this, &Session::tellNews, Qt::QueuedConnection);
}

void Session::tellNews() {
    News news;
    {
        const std::lock_guard lock(newsMutex_);
        news = std::move(*std::exchange(news_, std::nullopt));
    }
    if (news.generation != generation_) return;
    SnapshotPtr before = std::exchange(snapshot_, std::move(news.snapshot));
    Q_EMIT snapshotChanged();
    // Of a large lab taking the old picture down is work that the window need not wait for.
    worker_.post([gone = std::move(before)] {});
}

void Session::load(std::shared_ptr<const LabFile> lab) {
    pause();
    const std::uint64_t generation = ++generation_;
    loaded_ = lab;
    post([this, lab = std::move(lab), generation, watch = watch_] {
        LabRun::Loaded loaded = LabRun::load(*lab);
        run_ = std::move(loaded.run);
        publish(run_ ? run_->snapshot(watch) : nullptr, generation);
        QMetaObject::invokeMethod(
            this, [this, problems = std::move(loaded.diagnostics)] { Q_EMIT diagnosed(problems); },
            Qt::QueuedConnection);
    });
    Q_EMIT loadedChanged();
}

void Session::unload() {
    pause();
    const std::uint64_t generation = ++generation_;
    loaded_ = nullptr;
    post([this, generation] {
        run_ = nullptr;
        publish(nullptr, generation);
    });
    Q_EMIT loadedChanged();
}

void Session::request(Request request) {
    post([this, request = std::move(request), number = requests_++, generation = generation_,
          watch = watch_] {
        if (!run_) return;
        lastShown_ = Clock::now();
        const KeepOn keepOn = [&] {
            if (Clock::now() - lastShown_ > kShowEvery) {
                publish(run_->snapshot(watch), generation);
                lastShown_ = Clock::now();
            }
            return !isGivenUp(number);
        };
        if (auto done = request(*run_, keepOn); !done) {
            QMetaObject::invokeMethod(
                this, [this, text = textOf(done.error())] { Q_EMIT refused(text); }, Qt::QueuedConnection);
        }
        publish(run_->snapshot(watch), generation);
    });
}

void Session::setWatch(const Watch& watch) {
    if (watch == watch_) return;
    watch_ = watch;
    request([](LabRun&, const KeepOn&) { return Result<void>{}; });
}

void Session::play(Pace pace, double factor) {
    stopPlaying();
    pace_ = pace;
    factor_ = factor;
    eventsDue_ = 0;
    if (pace == Pace::Fast) {
        isFast_ = true;
        converge();
        request([this](LabRun&, const KeepOn&) {
            QMetaObject::invokeMethod(this, &Session::stopPlaying, Qt::QueuedConnection);
            return Result<void>{};
        });
    } else {
        sinceTick_.start();
        playTimer_.start();
    }
    Q_EMIT playingChanged();
}

void Session::stopPlaying() {
    if (!isPlaying()) return;
    isFast_ = false;
    playTimer_.stop();
    Q_EMIT playingChanged();
}

void Session::pause() {
    givenUpBefore_ = requests_;
    stopPlaying();
}

void Session::tick() {
    // The lab goes no faster than it can: what is late is not made up for.
    if (isBusy()) return;
    const double seconds = static_cast<double>(sinceTick_.restart()) / 1000;
    if (snapshot_ && !snapshot_->hasMore) {
        stopPlaying();
        return;
    }
    if (pace_ == Pace::PerEvent) {
        eventsDue_ += seconds * factor_;
        if (eventsDue_ < 1) return;
        eventsDue_ = std::fmod(eventsDue_, 1.0);
        nextEvent();
        return;
    }
    const auto passed = Duration::nanoseconds(static_cast<std::int64_t>(seconds * factor_ * 1e9));
    request([passed](LabRun& run, const KeepOn& keepOn) { return run.seek(run.now() + passed, keepOn); });
}

void Session::nextEvent() {
    request([](LabRun& run, const KeepOn& keepOn) -> Result<void> {
        if (!run.nextEvent(keepOn))
            return refusal(QT_TRANSLATE_NOOP("Refusal", "nothing happens any more by itself"));
        return {};
    });
}

void Session::nextChange() {
    request([](LabRun& run, const KeepOn& keepOn) -> Result<void> {
        if (!run.nextChange(keepOn))
            return refusal(QT_TRANSLATE_NOOP("Refusal", "no table changes any more by itself"));
        return {};
    });
}

void Session::converge() {
    request([this, number = requests_](LabRun& run, const KeepOn& keepOn) -> Result<void> {
        if (!run.converge(keepOn) && !isGivenUp(number))
            return refusal(
                QT_TRANSLATE_NOOP("Refusal", "the lab does not come to rest within an hour of its time"));
        return {};
    });
}

void Session::previousEvent() {
    request([](LabRun& run, const KeepOn&) -> Result<void> {
        (void)run.previousEvent();
        return {};
    });
}

void Session::previousChange() {
    request([](LabRun& run, const KeepOn&) -> Result<void> {
        (void)run.previousChange();
        return {};
    });
}

void Session::seek(SimTime time) {
    request([time](LabRun& run, const KeepOn& keepOn) { return run.seek(time, keepOn); });
}

void Session::nextStep() {
    request([](LabRun& run, const KeepOn& keepOn) { return run.nextStep(keepOn); });
}

void Session::stepsUntilFailure() {
    request([](LabRun& run, const KeepOn& keepOn) { return run.stepsUntilFailure(keepOn); });
}

void Session::previousConvergence() {
    if (!snapshot_) return;
    SimTime goal = SimTime::start();
    for (const TimeMark& mark : snapshot_->marks) {
        if (mark.kind == TimeMark::Kind::Converged && mark.time < snapshot_->now)
            goal = std::max(goal, mark.time);
    }
    seek(goal);
}

void Session::nextConvergence() {
    if (!snapshot_) return;
    SimTime goal = SimTime::never();
    for (const TimeMark& mark : snapshot_->marks) {
        if (mark.kind == TimeMark::Kind::Converged && mark.time > snapshot_->now)
            goal = std::min(goal, mark.time);
    }
    if (goal.isNever()) return converge();
    seek(goal);
}

void Session::perform(LabAction action) {
    request([action = std::move(action)](LabRun& run, const KeepOn&) { return run.perform(action); });
}

void Session::configure(const QString& node, const QStringList& lines) {
    std::vector<std::string> texts;
    for (const QString& line : lines)
        texts.push_back(line.toStdString());
    request([this, name = node.toStdString(), texts](LabRun& run, const KeepOn&) {
        std::vector<std::string> warnings;
        auto done = run.configure(name, texts, warnings);
        for (const std::string& warning : warnings) {
            QMetaObject::invokeMethod(
                this, [this, text = QString::fromStdString(warning)] { Q_EMIT refused(text); },
                Qt::QueuedConnection);
        }
        return done;
    });
}

void Session::command(const QString& node, const QString& line) {
    request([this, node, line](LabRun& run, const KeepOn&) -> Result<void> {
        auto answer = run.command(node.toStdString(), line.toStdString());
        const QString text =
            QString::fromStdString(answer ? *answer : std::string("% ") + answer.error().message + "\n");
        QMetaObject::invokeMethod(
            this, [this, node, line, text] { Q_EMIT answered(node, line, text); }, Qt::QueuedConnection);
        return {};
    });
}

void Session::askWhy(const QString& node, const QString& prefix) {
    request([this, node, prefix](LabRun& run, const KeepOn&) -> Result<void> {
        auto story = run.why(node.toStdString(), prefix.toStdString());
        if (!story) return std::unexpected(story.error());
        QMetaObject::invokeMethod(
            this, [this, told = *story] { Q_EMIT explained(told); }, Qt::QueuedConnection);
        return {};
    });
}

void Session::examine(std::uint64_t event) {
    request([this, event](LabRun& run, const KeepOn&) -> Result<void> {
        auto view = run.examine(event);
        if (!view) return std::unexpected(view.error());
        QMetaObject::invokeMethod(
            this, [this, shown = *view] { Q_EMIT examined(shown); }, Qt::QueuedConnection);
        return {};
    });
}

std::function<bool(double part)> Session::teller(const KeepOn& keepOn) {
    return [this, &keepOn, told = -1.0](double part) mutable {
        constexpr double kStep = 0.01;
        if (part < told + kStep) return keepOn();
        told = part;
        QMetaObject::invokeMethod(this, [this, part] { Q_EMIT progressed(part); }, Qt::QueuedConnection);
        return keepOn();
    };
}

void Session::review() {
    request([this](LabRun& run, const KeepOn& keepOn) -> Result<void> {
        auto review = run.review(teller(keepOn));
        if (!review) return std::unexpected(review.error());
        QMetaObject::invokeMethod(
            this, [this, done = *review] { Q_EMIT reviewed(done); }, Qt::QueuedConnection);
        return {};
    });
}

void Session::capture(const QString& file, const std::set<std::string>& links) {
    request([this, file, links](LabRun& run, const KeepOn& keepOn) -> Result<void> {
        auto outcome = run.capture(file.toStdString(), links, teller(keepOn));
        if (!outcome) return std::unexpected(outcome.error());
        QMetaObject::invokeMethod(
            this, [this, file, done = *outcome] { Q_EMIT captured(file, done); }, Qt::QueuedConnection);
        return {};
    });
}

void Session::runUntilEvent(const EventFilter& filter, Duration limit) {
    request([this, filter, limit, number = requests_](LabRun& run, const KeepOn& keepOn) -> Result<void> {
        auto found = run.runUntilEvent(filter, limit, teller(keepOn));
        if (!found) return std::unexpected(found.error());
        if (!*found && isGivenUp(number)) return {};
        if (!*found)
            return refusal(
                QT_TRANSLATE_NOOP("Refusal", "there was no such event within %1 of the lab's time"),
                toString(limit));
        QMetaObject::invokeMethod(
            this, [this, event = **found] { Q_EMIT eventReached(event); }, Qt::QueuedConnection);
        return {};
    });
}

void Session::switchTimeline(const QString& name) {
    request([name = name.toStdString()](LabRun& run, const KeepOn&) { return run.switchTimeline(name); });
}

}  // namespace peerscape::gui

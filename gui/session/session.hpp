#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include "gui/session/captured.hpp"
#include "gui/session/event_filter.hpp"
#include "gui/session/message_view.hpp"
#include "gui/session/review.hpp"
#include "gui/session/snapshot.hpp"
#include "gui/session/story_view.hpp"
#include "gui/session/worker.hpp"
#include "scenarios/config/diagnostic.hpp"
#include "scenarios/format/lab_actions.hpp"
#include "scenarios/format/lab_file.hpp"

namespace peerscape::gui {

class LabRun;

/// THE DOOR to the engine: the one object through which the window runs a lab. The lab lives in a thread of
/// its own; requests are carried out one after the other, and what comes back are immutable snapshots. No
/// call here waits.
class Session : public QObject {
    Q_OBJECT

  public:
    explicit Session(QObject* parent = nullptr);
    ~Session() override;

    /// Begins anew with this lab, at the instant it is switched on.
    void load(std::shared_ptr<const LabFile> lab);
    /// Nothing runs any more.
    void unload();
    /// The lab of the present run, as it was given to load(); null: there is none.
    const std::shared_ptr<const LabFile>& loaded() const { return loaded_; }
    /// The latest snapshot; null: there is no run.
    const SnapshotPtr& snapshot() const { return snapshot_; }
    /// What the window looks at more closely.
    void setWatch(const Watch& watch);
    const Watch& watch() const { return watch_; }

    /// How time goes forward while the lab plays.
    enum class Pace { RealTime, PerEvent, Fast };
    /// `factor`: seconds of the lab in one second (RealTime), or events in one second (PerEvent).
    void play(Pace pace, double factor);
    /// Stops playing, and gives up what takes long.
    void pause();
    bool isPlaying() const { return playTimer_.isActive() || isFast_; }

    void nextEvent();
    void nextChange();
    void converge();
    void previousEvent();
    void previousChange();
    void seek(SimTime time);
    void nextStep();
    /// The lab file's remaining steps, up to the first one of which something fails.
    void stepsUntilFailure();
    /// To the convergence before this instant, or after it; when none is known ahead, time goes on until one.
    void previousConvergence();
    void nextConvergence();
    void perform(LabAction action);
    void configure(const QString& node, const QStringList& lines);
    /// The answer comes as answered().
    void command(const QString& node, const QString& line);
    /// The story comes as explained().
    void askWhy(const QString& node, const QString& prefix);
    /// One event closely; it comes as examined().
    void examine(std::uint64_t event);
    /// The whole timeline, for reports and charts; it comes as reviewed(). Takes as long as running it.
    void review();
    /// Writes what has crossed these links and LANs up to the present instant into a pcapng file; it ends
    /// with captured().
    void capture(const QString& file, const std::set<std::string>& links);
    /// Until the next event that is meant, at most for so long; it is told as eventReached().
    void runUntilEvent(const EventFilter& filter, Duration limit);
    void switchTimeline(const QString& name);

    /// Whether a request is under way.
    bool isBusy() const { return pending_ > 0; }
    /// Waits until all requests are done and their news have been told. For tests and for the end of the
    /// program.
    void finish();

  Q_SIGNALS:
    void snapshotChanged();
    void loadedChanged();
    void playingChanged();
    void busyChanged();
    /// How much is done of what takes long, from 0 to 1; told only where that is known.
    void progressed(double part);
    /// What is wrong with the lab that was to be loaded; empty when all is well.
    void diagnosed(const std::vector<peerscape::Diagnostic>& problems);
    /// A request could not be carried out; nothing was changed.
    void refused(const QString& sentence);
    void answered(const QString& node, const QString& line, const QString& answer);
    void examined(const peerscape::gui::MessageViewPtr& event);
    void reviewed(const peerscape::gui::ReviewPtr& review);
    void explained(const peerscape::gui::StoryPtr& story);
    void captured(const QString& file, const peerscape::gui::Captured& outcome);
    void eventReached(const peerscape::gui::EventRow& event);

  private:
    using Clock = std::chrono::steady_clock;
    using KeepOn = std::function<bool()>;
    using Request = std::function<Result<void>(LabRun&, const KeepOn&)>;

    /// Carries a request out on the run, if there is one, and shows what it came to.
    void request(Request request);
    void post(std::function<void()> task);
    /// What is told how much of a request is done: tells the window, and asks on.
    std::function<bool(double part)> teller(const KeepOn& keepOn);
    /// Has the window told of a snapshot. Of several that it had no time for only the last one is told.
    void publish(SnapshotPtr snapshot, std::uint64_t generation);
    void tellNews();
    void tick();
    void stopPlaying();
    bool isGivenUp(std::uint64_t request) const { return request < givenUpBefore_; }

    struct News {
        SnapshotPtr snapshot;
        std::uint64_t generation = 0;
    };

    // Of the worker's thread alone.
    std::unique_ptr<LabRun> run_;
    Clock::time_point lastShown_;

    std::atomic<std::uint64_t> givenUpBefore_ = 0;  ///< requests with a lower number
    std::mutex newsMutex_;
    std::optional<News> news_;  ///< that the window has not been told yet
    // Of the window's thread.
    std::uint64_t requests_ = 0;
    std::uint64_t generation_ = 0;  ///< of the run: what an earlier one had to say is not shown
    std::shared_ptr<const LabFile> loaded_;
    SnapshotPtr snapshot_;
    Watch watch_;
    QTimer playTimer_;
    QElapsedTimer sinceTick_;
    Pace pace_ = Pace::RealTime;
    double factor_ = 1;
    double eventsDue_ = 0;
    bool isFast_ = false;
    int pending_ = 0;
    Worker worker_;  ///< last: ends before anything its tasks use
};

}  // namespace peerscape::gui

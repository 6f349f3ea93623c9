#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/base/time.hpp"
#include "gui/session/captured.hpp"
#include "gui/session/event_filter.hpp"
#include "gui/session/message_view.hpp"
#include "gui/session/other_side.hpp"
#include "gui/session/review.hpp"
#include "gui/session/reviewer.hpp"
#include "gui/session/snapshot.hpp"
#include "gui/session/story_view.hpp"
#include "scenarios/config/diagnostic.hpp"
#include "scenarios/format/lab_actions.hpp"
#include "scenarios/format/lab_file.hpp"
#include "scenarios/world/branches.hpp"
#include "scenarios/world/lab_world.hpp"

namespace peerscape::gui {

/// A lab that runs for a window: time forward and back by the steps that people think in, edits at the
/// present instant, and all of it as snapshots. Knows no thread and no clock; the same calls give the same
/// snapshots.
///
/// An action in the past, before the furthest instant that the timeline has reached, begins another timeline;
/// the first one stays and can be gone back to.
class LabRun {
  public:
    /// Asked now and then while something takes long; false: it is given up where it stands.
    using KeepOn = std::function<bool()>;

    struct Loaded {
        std::unique_ptr<LabRun> run;  ///< null when there are errors
        std::vector<Diagnostic> diagnostics;
    };
    /// Expands the lab and switches it on.
    static Loaded load(const LabFile& lab);

    SimTime now() const { return std::as_const(*world_).lab().now(); }

    /// To the end of the given instant, back or forward.
    Result<void> seek(SimTime time, const KeepOn& keepOn = {});
    /// Until the event list has something new. False: nothing happens any more.
    bool nextEvent(const KeepOn& keepOn = {});
    /// Until a table has changed. False: none does, for the next ten minutes of lab time at least.
    bool nextChange(const KeepOn& keepOn = {});
    /// Until the next event that the filter lets pass. Nothing: there is none within `limit` of lab time, or
    /// `progress` has ended it.
    Result<std::optional<EventRow>> runUntilEvent(const EventFilter& filter, Duration limit,
                                                  const Reviewer::Progress& progress = {});
    /// Until nothing changes any more by itself. False: it does not come to rest within an hour of lab time.
    bool converge(const KeepOn& keepOn = {});
    /// To the latest event, or change of a table, before this instant; to the start where there is none.
    /// False: this is the start.
    bool previousEvent();
    bool previousChange();
    /// The lab file's next step: its actions, convergence, and what it expects. Given up, it has not been
    /// taken at all: a step is not left half done.
    Result<void> nextStep(const KeepOn& keepOn = {});
    /// The lab file's remaining steps, up to the first one of which something fails.
    Result<void> stepsUntilFailure(const KeepOn& keepOn = {});

    /// Carries out an action now.
    Result<void> perform(const LabAction& action);
    Result<void> configure(std::string_view node, const std::vector<std::string>& lines,
                           std::vector<std::string>& warnings);
    /// One line typed at the node, and its answer; a command that acts is an action.
    Result<std::string> command(std::string_view node, std::string_view line);
    /// What the last word of a line may become.
    std::vector<std::string> complete(std::string_view line) const;
    Result<void> switchTimeline(std::string_view name);

    /// Why the node has, or has not, a route to the prefix: the chain of causes.
    Result<StoryPtr> why(std::string_view node, std::string_view prefix) const;

    /// The event of that number closely, and what followed from it, as far as this timeline has been run. The
    /// run stays where it is.
    Result<MessageViewPtr> examine(std::uint64_t event);

    /// The whole of the present timeline, run once more in a copy.
    Result<ReviewPtr> review(const Reviewer::Progress& progress = {});
    /// Writes what has crossed the links and LANs of these names from the start up to this instant into one
    /// pcapng file.
    Result<Captured> capture(const std::filesystem::path& file, const std::set<std::string>& links,
                             const Reviewer::Progress& progress = {});

    SnapshotPtr snapshot(const Watch& watch);

  private:
    /// What has been seen of one timeline, up to the furthest instant.
    struct History {
        EventRows rows;
        std::uint64_t nextRecord = 0;  ///< the first that `rows` has not looked at
        std::vector<TimeMark> marks;
        std::vector<ExpectationView> expectations;
        std::vector<report::Step> steps;  ///< of the lab file, that were taken
    };

    explicit LabRun(std::unique_ptr<LabWorld> world);

    Lab& lab() { return world_->lab(); }
    History& history() { return histories_[branches_.presentName()]; }
    /// How far the present timeline reaches.
    SimTime furthest() const;
    /// Null when there is no such timeline.
    ComparisonPtr compare(const OtherInstant& other);
    /// Reads what the log has got since the last time.
    void follow();
    /// Before every action; the name of the timeline that it has begun.
    std::optional<std::string> beforeAction();
    void forgetTimeline(const std::string& begun);
    template <typename Outcome>
    Outcome act(const std::function<Outcome()>& action);
    bool runUntil(const std::function<bool()>& isReached, Duration limit, const KeepOn& keepOn);
    bool goBackTo(const std::function<bool(const EventRow&)>& isMeant);

    std::unique_ptr<LabWorld> world_;
    Branches branches_;
    std::map<std::string, History, std::less<>> histories_;  ///< by timeline
    std::size_t segmentsAtStart_ = 0;
    std::uint64_t actions_ = 0;           ///< on any timeline, so far
    std::optional<OtherSide> otherSide_;  ///< what tables are compared with
    std::vector<std::string> prefixes_;
    std::uint64_t prefixesAt_ = UINT64_MAX;  ///< the fingerprint that `prefixes_` belongs to
};

}  // namespace peerscape::gui

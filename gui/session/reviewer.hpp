#pragma once

#include <functional>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "engine/lab/forwarding_watch.hpp"
#include "engine/lab/lab.hpp"
#include "engine/record/tally.hpp"
#include "gui/session/review.hpp"
#include "gui/session/snapshot.hpp"
#include "scenarios/report/collector.hpp"
#include "scenarios/report/events_csv.hpp"
#include "scenarios/world/lab_world.hpp"
#include "scenarios/world/origins.hpp"

namespace peerscape::gui {

/// Runs a copy of a timeline once more from its start to an instant and reads along.
///
/// The report's steps are those of the lab file that were taken, and one for every action by hand: it lasts
/// until the next action or step. An action by hand has converged when the window has seen it converge.
class Reviewer {
  public:
    /// `copy`: the timeline, at its start. `steps`: of the lab file, as they were reported, in their order.
    /// `marks`: the timeline's, with its actions and convergences.
    Reviewer(const LabWorld& world, Lab copy, std::vector<report::Step> steps,
             const std::vector<TimeMark>& marks);

    /// Told now and then how much is done, from 0 to 1; false: the review ends where it stands.
    using Progress = std::function<bool(double part)>;
    Review review(SimTime end, const Progress& progress);

  private:
    /// A step of the report, and from when on records belong to it.
    struct Stretch {
        report::Step step;
        bool isByHand = false;
    };

    void addStretches(std::vector<report::Step> steps, const std::vector<TimeMark>& marks);
    void hand();
    void tellAlarmsBefore(SimTime instant);
    void take(std::span<const Record> records);
    /// Whether the record belongs to the stretch behind the present one.
    bool beginsNext(const Record& record) const;
    void endStretch(SimTime end);
    void note(const Record& record);

    const LabWorld& world_;
    Lab copy_;
    std::vector<TimeMark> marks_;
    std::vector<Stretch> stretches_;
    std::size_t present_ = 0;  ///< of the stretches
    Tally tally_;              ///< of the present stretch
    report::ReportCollector collector_;
    ForwardingWatch watch_;
    std::optional<OriginWatch> origins_;  ///< where the lab file watches any
    std::ostringstream events_;
    report::EventsCsv csv_;
    std::uint64_t handed_ = 0;  ///< records that were read
    std::map<Prefix, std::uint32_t> prefixes_;
    Review review_;
};

}  // namespace peerscape::gui

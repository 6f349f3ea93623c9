#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/time.hpp"
#include "engine/lab/forwarding_watch.hpp"
#include "engine/record/record.hpp"
#include "engine/sim/simulation.hpp"
#include "scenarios/report/report_data.hpp"

namespace peerscape::report {

/// What the watch over the forwarding graph has seen, as far as there is one.
struct ForwardingHistory {
    std::span<const LoopEpisode> loops;
    std::span<const BlackHoleEpisode> blackHoles;
    std::span<const ReachablePairs> reachablePairs;
};

/// Reads along while a run goes on, and keeps only what a report needs: memory grows with the number of steps
/// and routers, not with that of records.
class ReportCollector {
  public:
    void beginStep(SimTime begin);
    /// Records in their order, each once.
    void take(std::span<const Record> records);
    /// Completes the step that began last with what the records said, and keeps it.
    void endStep(Step step);
    /// The report, but for what only the caller knows: title, about, seed, fingerprint, program, hasFailed.
    ReportData finish(const Simulation& world, const ForwardingHistory& history);

  private:
    void noteAction(const Record& r, const record::ActionTaken& action);
    void noteChange(const Record& r);

    ReportData data_;
    std::set<ProtocolId> protocols_;
    bool isInStep_ = false;
    Step current_;
    std::map<NodeId, RouterConvergence> routers_;
};

/// At most about `most` of the points: of each stretch of time the first, the least and the last.
std::vector<Reachability> thinnedOut(std::span<const ReachablePairs> points, std::size_t most);

}  // namespace peerscape::report

#pragma once

#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "engine/base/prefix_map.hpp"
#include "engine/base/time.hpp"

namespace peerscape::eigrp {

/// When half of the active time has passed for each active destination (RFC 7868, 4.4.1.1). One failure may
/// make hundreds of them active; the next deadline is asked for after every packet.
class ActiveTimers {
  public:
    /// Starts the timer, again if it runs.
    void start(const Prefix& prefix, SimTime deadline) {
        stop(prefix);
        deadlines_[prefix] = deadline;
        order_.emplace(deadline, prefix);
    }
    void stop(const Prefix& prefix) {
        const SimTime* deadline = std::as_const(deadlines_).find(prefix);
        if (deadline == nullptr) return;
        order_.erase({*deadline, prefix});
        deadlines_.erase(prefix);
    }
    /// None: it does not run.
    std::optional<SimTime> deadlineOf(const Prefix& prefix) const {
        const SimTime* deadline = deadlines_.find(prefix);
        return deadline == nullptr ? std::nullopt : std::optional(*deadline);
    }
    /// Never, when none runs.
    SimTime next() const { return order_.empty() ? SimTime::never() : order_.begin()->first; }
    /// Those whose deadline has come, the oldest first. They go on running until stopped or started again.
    std::vector<Prefix> due(SimTime now) const {
        std::vector<Prefix> prefixes;
        for (const auto& [deadline, prefix] : order_) {
            if (deadline > now) break;
            prefixes.push_back(prefix);
        }
        return prefixes;
    }

  private:
    PrefixMap<SimTime> deadlines_;
    std::set<std::pair<SimTime, Prefix>> order_;
};

}  // namespace peerscape::eigrp

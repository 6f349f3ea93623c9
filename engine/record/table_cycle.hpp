#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/time.hpp"
#include "engine/record/record.hpp"
#include "engine/routing/rib.hpp"

namespace peerscape {

/// Tables that return to what they were: the reason why a run does not come to rest.
struct TableCycle {
    /// A selected route that differs on the way round.
    struct Change {
        SimTime time;
        NodeId node;
        std::shared_ptr<const RibChange> change;
    };

    std::vector<SimTime> returns;  ///< when the tables came to be the same again, oldest first; three or more
    std::vector<Change> lastRound;  ///< what changed from the last but one of these to the last

    /// How long a round takes on the average.
    Duration period() const;
};

/// The cycle that the tables of all routers are in at the end of these records, of which only route changes
/// count. Nothing unless the same tables have been there three times, with others in between, the last time
/// within the last two rounds: a state that was left for good is no cycle.
///
/// Of several states that return, the one at the end is named, or else the most frequent. Cost: the number of
/// records, times the logarithm of the states.
std::optional<TableCycle> findTableCycle(std::span<const Record> records);

}  // namespace peerscape

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/time.hpp"
#include "engine/record/record_log.hpp"

namespace peerscape {

/// What happened over a stretch of the log, counted.
struct Tally {
    struct Traffic {
        std::uint64_t messages = 0;             ///< packets put on a link
        std::uint64_t bytes = 0;                ///< of IP packets
        std::vector<std::uint64_t> messagesOf;  ///< by NodeId, as far as the last one that sent any
    };
    std::map<ProtocolId, Traffic> sent;  ///< by the protocol whose message it was
    std::uint64_t routeChanges = 0;      ///< changes of selected routes, all routers
    std::map<NodeId, std::uint64_t> routeChangesAt;
    std::map<DropReason, std::uint64_t>
        dropped;  ///< packets of flows, pings and users; not those of protocols
    std::uint64_t protocolPacketsDropped = 0;
    std::optional<SimTime> firstChange;  ///< of a selected route
    std::optional<SimTime> lastChange;
    std::optional<RecordId> lastChangeRecord;

    std::uint64_t lost() const;
    /// Counts one more record, which must come after all others.
    void count(const Record& r);
};

/// Counts the records from `begin` on, up to but without `end`.
Tally tally(const RecordLog& log, RecordId begin, RecordId end);

}  // namespace peerscape

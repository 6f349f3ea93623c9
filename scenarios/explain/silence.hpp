#pragma once

#include <optional>
#include <string>

#include "engine/record/record.hpp"
#include "engine/routing/rib.hpp"
#include "scenarios/explain/evidence.hpp"

namespace peerscape {

/// Why a neighbour was heard no more.
struct Silence {
    std::string sentence;            ///< when it was last heard, and what became of its messages since
    const Record* reason = nullptr;  ///< what the log says ended them; null when it does not say
};

/// Of a learned route that timed out: what happened between its neighbour's last word of it and `timeout`.
Silence whyNothingWasHeard(const Evidence& evidence, const Record& timeout, const RibChange& change);

/// The other end of the node's link or LAN that has the address; nothing when none has.
std::optional<InterfaceRef> neighborAt(const Evidence& evidence, InterfaceRef from, const IpAddress& address);

/// The last action before `before` that failed the segment silently; null when there is none.
const Record* lastSilencing(const RecordLog& log, SegmentId segment, RecordId before);

}  // namespace peerscape

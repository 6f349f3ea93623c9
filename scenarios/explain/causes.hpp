#pragma once

#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/record/record.hpp"
#include "engine/record/record_log.hpp"

namespace peerscape {

/// The records from `effect` back to its root, each the cause of the one before it. The last one is a root
/// unless the log no longer keeps what came before. Empty when the log does not keep `effect` itself. Cost:
/// the logarithm of the log for each record of the chain.
std::vector<const Record*> causeChain(const RecordLog& log, RecordId effect);

/// A fault, an edit, a command, or the configuration that a router was switched on with: what follows from
/// nothing else in the lab.
bool isRoot(const Record& record);

/// Whether the record is that of a router that passes on somebody else's packet.
bool isPassedOn(const RecordLog& log, const Record& sent);

/// The latest change of the node's selected route of the prefix before the record `before`; null when the log
/// keeps none. Cost: the log back to there.
const Record* lastRouteChange(const RecordLog& log, NodeId node, const Prefix& prefix, RecordId before);

}  // namespace peerscape

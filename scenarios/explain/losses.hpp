#pragma once

#include <cstddef>
#include <string>

#include "engine/base/ids.hpp"
#include "scenarios/explain/evidence.hpp"

namespace peerscape {

/// The last `most` lost packets, oldest first: number of the record, time, and where and why. A line each;
/// empty when none was lost.
std::string listLosses(const Evidence& evidence, std::size_t most);

/// What each measuring flow lost: how many packets, where, why, and when the first and the last.
std::string listFlowLosses(const Evidence& evidence);

/// One lost packet: the way it came, where and why it ended, and why that router had no better to do with it.
/// Fails when the log keeps no such loss.
Result<std::string> explainLoss(const Evidence& evidence, RecordId loss);

}  // namespace peerscape

#pragma once

#include <optional>
#include <string>

#include "engine/base/ids.hpp"
#include "engine/base/time.hpp"
#include "scenarios/explain/evidence.hpp"

namespace peerscape {

/// Which records are asked for. What is not named does not matter.
struct RecordFilter {
    std::optional<NodeId> node;  ///< actions on the whole lab are always among them
    SimTime from;
    SimTime to = SimTime::never();
};

/// The records in words, a line each: number, time, sentence. At most `most`, the last ones; a first line
/// says how many more there are.
std::string listRecords(const Evidence& evidence, const RecordFilter& filter, std::size_t most);

}  // namespace peerscape

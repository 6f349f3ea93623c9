#pragma once

#include <optional>

#include "engine/record/record.hpp"
#include "engine/topology/topology.hpp"
#include "gui/session/snapshot.hpp"

namespace peerscape::gui {

/// The record as a row of the event list. Nothing for those that only say how the engine went about it:
/// arrivals, timers, and the packets of measuring flows that were not lost.
std::optional<EventRow> eventRowOf(const Record& record, const Topology& topology);

}  // namespace peerscape::gui

#pragma once

#include <string>
#include <vector>

#include "engine/base/time.hpp"
#include "engine/record/record_log.hpp"
#include "gui/session/layers.hpp"
#include "scenarios/world/lab_world.hpp"

namespace peerscape::gui {

/// Loads are averages over so long.
inline constexpr Duration kLoadWindow = Duration::seconds(10);

/// Finds the loops of the data plane, and what leads into them or to where there is no route.
void markWaysForNothing(std::vector<HopArrow>& arrows);
/// Who has told whom of the prefix, by RIP, EIGRP and BGP, and where it begins; empty for what is no prefix.
std::vector<Telling> tellingsFor(const LabWorld& world, const std::string& prefix);
/// What the links have carried in the kLoadWindow before now, as far as the log remembers; links that have
/// carried nothing are left out.
std::vector<LinkLoad> loadsOf(const LabWorld& world, const RecordLog& log, SimTime now);

}  // namespace peerscape::gui

#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "engine/sim/simulation.hpp"
#include "scenarios/format/lab_file.hpp"
#include "scenarios/world/bgp_speakers.hpp"

namespace peerscape {

/// Routers that have one AS number and nothing to do with each other: pairs of positions in
/// BgpSpeakers::all(), of each part of such an AS its first router and the first one of the part before it.
/// What belongs together has a session, or a way of links (also of those that a step adds) over which no
/// other AS lies, or stands in one group or in related ones. Where `allowas-in` or `as-override` shows that
/// the number is shared on purpose, nobody is named; nor are groups that the check of the lab file has named
/// already.
std::vector<std::pair<std::size_t, std::size_t>> unrelatedSpeakers(const LabFile& lab,
                                                                   const Simulation& world,
                                                                   const BgpSpeakers& speakers);

}  // namespace peerscape

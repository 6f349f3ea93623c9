#pragma once

#include "engine/topology/topology.hpp"
#include "scenarios/config/diagnostic.hpp"
#include "scenarios/format/lab_file.hpp"

namespace peerscape {

/// The drawing that an expanded lab file describes. What the reader let pass and the engine refuses becomes a
/// problem.
Topology buildTopology(const LabFile& file, DiagnosticList& problems);

/// The ends of a link or LAN as the engine wants them; an end without an interface gets the next free `eth`
/// of its node.
Result<std::vector<EndSpec>> endsOf(const Topology& topology, const LinkEntry& link);

}  // namespace peerscape

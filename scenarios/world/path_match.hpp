#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/lab/prober.hpp"
#include "scenarios/format/lab_expectations.hpp"

namespace peerscape {

/// Whether the way of a packet fits a pattern of names: `*` stands for any number of nodes, `?` for one.
bool matchesPath(std::span<const std::string> pattern, std::span<const std::string> way);

/// Names of the nodes a traceroute went by, the sender first; "*" where nobody answered, an address nobody
/// has as it is.
std::vector<std::string> wayOf(const Simulation& world, NodeId from, const TracerouteResult& trace);

/// How packets end that do not arrive, as their sender sees it.
Disposition dispositionOf(const PingResult& answer, const TracerouteResult& trace);

}  // namespace peerscape

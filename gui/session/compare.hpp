#pragma once

#include <vector>

#include "engine/sim/simulation.hpp"
#include "gui/session/comparison.hpp"
#include "scenarios/explain/table_diff.hpp"

namespace peerscape::gui {

/// The routing table of one node.
using NodeTable = std::vector<TableRow>;

/// Of all nodes, by NodeId.
std::vector<NodeTable> tablesOfAll(const Simulation& world);

/// What differs in the routing tables of all nodes; how old routes are does not count. `timeline` and `time`
/// of the result are left to the caller.
Comparison compareTables(const std::vector<NodeTable>& other, const Simulation& now);

}  // namespace peerscape::gui

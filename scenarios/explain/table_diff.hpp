#pragma once

#include <string>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/sim/simulation.hpp"

namespace peerscape {

/// One line of a routing table, in the layout of `show ip route`, and what of it counts when tables are
/// compared: all but the age.
struct TableRow {
    std::string text;
    std::string content;
};

/// The node's IPv4 routes, then its IPv6 routes.
std::vector<TableRow> tableRows(const Simulation& world, NodeId node);

/// What differs: "- " and the row for rows of `before` only, "+ " for rows of `after` only, in the order of
/// the tables. Empty when nothing does.
std::string diffTables(const std::vector<TableRow>& before, const std::vector<TableRow>& after);

}  // namespace peerscape

#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "scenarios/report/layout.hpp"

namespace peerscape::report {

/// Places for the `nodes` of a graph whose distances are about the lengths of the shortest ways between them,
/// an edge counting 1. Nodes that cannot be told apart that way get the same place; parts that are not joined
/// stand beside each other.
///
/// Brandes and Pich, "Eigensolver Methods for Progressive Multidimensional Scaling of Large Data" (2006):
/// ways from a few pivots that lie far apart, squared, centred, and laid along their two principal
/// directions. Cost: linear in nodes and edges.
std::vector<Point> layOutByPivots(std::size_t nodes,
                                  const std::vector<std::pair<std::size_t, std::size_t>>& edges);

}  // namespace peerscape::report

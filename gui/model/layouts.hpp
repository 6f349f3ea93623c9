#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "gui/model/edits.hpp"

namespace peerscape::gui {

/// How nodes are given places anew.
enum class LayoutKind : std::uint8_t {
    Force,   ///< cables pull, nodes push each other away (Fruchterman and Reingold, 1991)
    Layers,  ///< providers above their customers; without relations, by distance from the best connected node
    Grid,    ///< rows and columns, groups together
    Circle,  ///< one circle, groups together
};

/// Places for all routers and hosts. The same lab always gets the same places. `pinned` nodes stay where they
/// are (placesOf()); only Force lets the others find places around them.
std::map<std::string, CanvasPoint> layOut(const LabFile& lab, LayoutKind kind,
                                          const std::set<std::string>& pinned);

/// These nodes in one row, or in one column: where they stand on the average, and a step apart at least.
std::map<std::string, CanvasPoint> inLine(const LabFile& lab, const std::set<std::string>& nodes, bool isRow);

}  // namespace peerscape::gui

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/config/diagnostic.hpp"
#include "scenarios/import/drawing.hpp"

/// GraphML (http://graphml.graphdrawing.org, "GraphML Primer"), as the Internet Topology Zoo uses it (Knight
/// et al., IEEE JSAC 29(9), 2011).
namespace peerscape {

/// A drawing, or what is wrong with the file. A usable drawing may come with warnings.
struct DrawingOutcome {
    std::optional<Drawing> drawing;       ///< present exactly when no diagnostic is an error
    std::vector<Diagnostic> diagnostics;  ///< in the order of the file
};

/// Reads the first graph of a GraphML file. Of the attributes those are used which the Topology Zoo has,
/// whatever their keys and the case of their names:
///  - of nodes `label`, `Longitude` and `Latitude`, `Internal` (0: a neighbour outside), `hyperedge` (1: a
///  shared network);
///  - of edges `LinkSpeedRaw` in bit/s, or else `LinkSpeed` with `LinkSpeedUnits` (K, M, G or T);
///  - of the graph `Network` or `label`, `NetworkDate`, `Source`.
/// Numbers that are none, or out of range, are warnings, and the attribute counts as absent. So are edges
/// from a node to itself, and graphs inside of graphs, which are left out. Errors are text that is not XML or
/// not GraphML, nodes without or with the same id, and edges that end nowhere.
DrawingOutcome readGraphml(std::string_view text, const std::string& file);

}  // namespace peerscape

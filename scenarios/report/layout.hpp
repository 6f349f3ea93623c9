#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace peerscape::report {

struct Point {
    double x = 0;
    double y = 0;

    friend constexpr Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
    friend constexpr Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
    friend constexpr Point operator*(Point a, double k) { return {a.x * k, a.y * k}; }
};
double lengthOf(Point p);

/// Places for the nodes of a graph. Those that have one keep it, only the scale changes. Where no node has
/// one, places are such that distances in the drawing are like those in the graph; then nodes are pushed
/// apart and pulled along the edges. The same graph always gets the same drawing.
///
/// `nearest`: how far apart joined nodes are at least (all nodes: about two thirds of it), in the units of
/// the result.
std::vector<Point> layOut(const std::vector<std::optional<Point>>& given,
                          const std::vector<std::pair<std::size_t, std::size_t>>& edges, double nearest);

}  // namespace peerscape::report

#include "scenarios/report/layout.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "scenarios/report/pivot_layout.hpp"

namespace peerscape::report {

namespace {

using Edges = std::vector<std::pair<std::size_t, std::size_t>>;

/// Fruchterman and Reingold, "Graph Drawing by Force-directed Placement" (1991): all nodes push each other
/// off with k²/d, edges pull with d²/k, and the steps become shorter.
///
/// `k`: how long an edge wants to be; `hottest`: how far a node may go in the first round.
void relax(std::vector<Point>& at, const std::vector<bool>& isFixed, const Edges& edges, double k,
           double hottest) {
    const std::size_t n = at.size();
    constexpr double kMostPairs = 4e7;
    constexpr double kRounds = 400;
    const auto rounds =
        static_cast<int>(std::clamp(kMostPairs / static_cast<double>(n * n + 1), 20.0, kRounds));
    std::vector<Point> force(n);
    for (int round = 0; round < rounds; ++round) {
        std::fill(force.begin(), force.end(), Point{});
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t j = i + 1; j < n; ++j) {
                const Point d = at[i] - at[j];
                const double square = std::max(d.x * d.x + d.y * d.y, 1e-6);
                const Point push = d * (k * k / square);
                force[i] = force[i] + push;
                force[j] = force[j] - push;
            }
        }
        for (const auto& [a, b] : edges) {
            const Point d = at[a] - at[b];
            const Point pull = d * (lengthOf(d) / k);
            force[a] = force[a] - pull;
            force[b] = force[b] + pull;
        }
        const double heat = hottest * (1 - static_cast<double>(round) / rounds);
        for (std::size_t i = 0; i < n; ++i) {
            const double length = lengthOf(force[i]);
            if (!isFixed[i] && length > 0) at[i] = at[i] + force[i] * (std::min(length, heat) / length);
        }
    }
}

/// The shortest edge and the shortest distance of any two nodes decide how much is too little.
double scaleFor(const std::vector<Point>& at, const Edges& edges, double nearest) {
    double shortestEdge = HUGE_VAL;
    double shortest = HUGE_VAL;
    double sum = 0;
    for (const auto& [a, b] : edges) {
        const double d = lengthOf(at[a] - at[b]);
        if (d > 0) shortestEdge = std::min(shortestEdge, d);
        sum += d;
    }
    for (std::size_t i = 0; i < at.size(); ++i) {
        for (std::size_t j = i + 1; j < at.size(); ++j) {
            if (const double d = lengthOf(at[i] - at[j]); d > 0) shortest = std::min(shortest, d);
        }
    }
    const double byEdges = std::isfinite(shortestEdge) ? nearest / shortestEdge : 0;
    const double byNodes = std::isfinite(shortest) ? nearest * 2 / 3 / shortest : 0;
    double scale = std::max(byEdges, byNodes);
    // Two nodes that nearly touch must not blow everything else up.
    constexpr double kLongest = 2.2;
    if (sum > 0) scale = std::min(scale, kLongest * nearest * static_cast<double>(edges.size()) / sum);
    return scale > 0 ? scale : 1;
}

/// How long the author's edges are, on the average.
std::optional<double> lengthOfEdges(const std::vector<std::optional<Point>>& given, const Edges& edges) {
    double sum = 0;
    double known = 0;
    for (const auto& [a, b] : edges) {
        if (!given[a] || !given[b]) continue;
        sum += lengthOf(*given[a] - *given[b]);
        ++known;
    }
    return sum > 0 ? std::optional(sum / known) : std::nullopt;
}

/// Those without a place on a circle around those that have one.
std::vector<Point> aroundGiven(const std::vector<std::optional<Point>>& given, double edge) {
    const auto n = static_cast<double>(given.size());
    Point centre;
    double count = 0;
    for (const auto& place : given) {
        if (!place) continue;
        centre = centre + *place;
        ++count;
    }
    centre = centre * (1 / count);
    const double radius = edge * std::max(1.0, n / (2 * std::numbers::pi));
    std::vector<Point> at;
    for (const auto& place : given) {
        const double angle = 2 * std::numbers::pi * static_cast<double>(at.size()) / n;
        at.push_back(place ? *place : centre + Point{-std::cos(angle) * radius, -std::sin(angle) * radius});
    }
    return at;
}

/// Enlarged, and every node a little off its place, each in another direction: those that stand on the same
/// place could not part.
std::vector<Point> spread(std::vector<Point> at, double edge) {
    constexpr double kGoldenAngle = 2.39996322972865332;
    for (std::size_t i = 0; i < at.size(); ++i) {
        const double angle = kGoldenAngle * static_cast<double>(i);
        at[i] = at[i] * edge + Point{std::cos(angle), std::sin(angle)} * (edge / 8);
    }
    return at;
}

}  // namespace

double lengthOf(Point p) { return std::hypot(p.x, p.y); }

std::vector<Point> layOut(const std::vector<std::optional<Point>>& given, const Edges& edges,
                          double nearest) {
    const auto isGiven = [](const std::optional<Point>& place) { return place.has_value(); };
    const std::vector<bool> isFixed = [&] {
        std::vector<bool> fixed;
        for (const auto& place : given)
            fixed.push_back(isGiven(place));
        return fixed;
    }();
    constexpr double kEdge = 100;
    std::vector<Point> at;
    if (std::none_of(given.begin(), given.end(), isGiven)) {
        at = spread(layOutByPivots(given.size(), edges), kEdge);
        relax(at, isFixed, edges, kEdge, kEdge);
    } else {
        const double edge = lengthOfEdges(given, edges).value_or(kEdge);
        at = aroundGiven(given, edge);
        if (!std::all_of(given.begin(), given.end(), isGiven))
            relax(at, isFixed, edges, edge, edge * std::sqrt(static_cast<double>(at.size())) / 4);
    }
    const double scale = scaleFor(at, edges, nearest);
    for (Point& p : at)
        p = p * scale;
    return at;
}

}  // namespace peerscape::report

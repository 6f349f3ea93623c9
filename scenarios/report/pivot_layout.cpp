#include "scenarios/report/pivot_layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>

namespace peerscape::report {

namespace {

using Vector = std::vector<double>;
using Neighbors = std::vector<std::vector<std::size_t>>;

constexpr std::size_t kMostPivots = 50;
constexpr double kUnreached = -1;

/// Lengths of the shortest ways from one node to all others.
Vector waysFrom(std::size_t from, const Neighbors& neighbors) {
    Vector ways(neighbors.size(), kUnreached);
    ways[from] = 0;
    std::deque<std::size_t> open{from};
    while (!open.empty()) {
        const std::size_t node = open.front();
        open.pop_front();
        for (const std::size_t next : neighbors[node]) {
            if (ways[next] != kUnreached) continue;
            ways[next] = ways[node] + 1;
            open.push_back(next);
        }
    }
    // What cannot be reached stands beside the rest.
    const double farthest = *std::max_element(ways.begin(), ways.end());
    std::replace(ways.begin(), ways.end(), kUnreached, farthest + 2);
    return ways;
}

/// Ways from the pivots, each the node farthest from those before.
std::vector<Vector> waysFromPivots(const Neighbors& neighbors) {
    const std::size_t n = neighbors.size();
    std::vector<Vector> ways;
    Vector nearest(n, HUGE_VAL);
    std::size_t pivot = 0;
    while (ways.size() < std::min(n, kMostPivots)) {
        ways.push_back(waysFrom(pivot, neighbors));
        for (std::size_t i = 0; i < n; ++i)
            nearest[i] = std::min(nearest[i], ways.back()[i]);
        pivot = static_cast<std::size_t>(std::max_element(nearest.begin(), nearest.end()) - nearest.begin());
    }
    return ways;
}

/// Squares the ways and takes away the means of rows and columns: what remains are products of coordinates.
void centre(std::vector<Vector>& ways) {
    const std::size_t n = ways.front().size();
    Vector means(n);
    double whole = 0;
    for (Vector& column : ways) {
        for (double& way : column)
            way *= way;
        for (std::size_t i = 0; i < n; ++i)
            means[i] += column[i] / static_cast<double>(ways.size());
    }
    for (const double mean : means)
        whole += mean / static_cast<double>(n);
    for (Vector& column : ways) {
        double own = 0;
        for (const double square : column)
            own += square / static_cast<double>(n);
        for (std::size_t i = 0; i < n; ++i)
            column[i] = -(column[i] - means[i] - own + whole) / 2;
    }
}

double product(const Vector& a, const Vector& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += a[i] * b[i];
    return sum;
}

/// Takes away the part that lies along `other`, and makes the length 1.
void makeOrthogonal(Vector& v, const Vector* other) {
    if (other != nullptr) {
        const double part = product(v, *other);
        for (std::size_t i = 0; i < v.size(); ++i)
            v[i] -= part * (*other)[i];
    }
    const double length = std::sqrt(product(v, v));
    if (length < 1e-12) return;
    for (double& x : v)
        x /= length;
}

/// The direction in which the columns differ most, and that is orthogonal to `other`: power iteration.
Vector principal(const std::vector<Vector>& columns, const Vector* other) {
    constexpr int kRounds = 100;
    const std::size_t n = columns.front().size();
    Vector v(n);
    // Any beginning will do that no symmetry of the graph cancels.
    for (std::size_t i = 0; i < n; ++i)
        v[i] = static_cast<double>((i * 7'919 + 13) % 1'009) / 1'009 - 0.5;
    for (int round = 0; round < kRounds; ++round) {
        makeOrthogonal(v, other);
        Vector next(n);
        for (const Vector& column : columns) {
            const double weight = product(column, v);
            for (std::size_t i = 0; i < n; ++i)
                next[i] += weight * column[i];
        }
        v = std::move(next);
    }
    makeOrthogonal(v, other);
    return v;
}

/// How far the drawing reaches in a principal direction: the root of the products' length along it.
double reachOf(const std::vector<Vector>& columns, const Vector& direction) {
    double squares = 0;
    for (const Vector& column : columns) {
        const double along = product(column, direction);
        squares += along * along;
    }
    const double share = static_cast<double>(direction.size()) / static_cast<double>(columns.size());
    return std::sqrt(std::sqrt(squares * share));
}

}  // namespace

std::vector<Point> layOutByPivots(std::size_t nodes,
                                  const std::vector<std::pair<std::size_t, std::size_t>>& edges) {
    std::vector<Point> at(nodes);
    if (nodes < 2) return at;
    Neighbors neighbors(nodes);
    for (const auto& [a, b] : edges) {
        neighbors[a].push_back(b);
        neighbors[b].push_back(a);
    }
    std::vector<Vector> columns = waysFromPivots(neighbors);
    centre(columns);
    const Vector x = principal(columns, nullptr);
    const Vector y = principal(columns, &x);
    const double width = reachOf(columns, x);
    const double height = reachOf(columns, y);
    for (std::size_t i = 0; i < nodes; ++i)
        at[i] = {x[i] * width, y[i] * height};
    return at;
}

}  // namespace peerscape::report

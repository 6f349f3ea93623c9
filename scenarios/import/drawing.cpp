#include "scenarios/import/drawing.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace peerscape {

double greatCircle(const GeoPoint& a, const GeoPoint& b) {
    constexpr double kEarthRadius = 6'371'000;  // metres
    constexpr double kRadians = std::numbers::pi / 180;
    const auto haversine = [](double angle) { return std::pow(std::sin(angle / 2), 2); };
    const double north = haversine((b.latitude - a.latitude) * kRadians);
    const double east = haversine((b.longitude - a.longitude) * kRadians);
    const double h = north + std::cos(a.latitude * kRadians) * std::cos(b.latitude * kRadians) * east;
    return 2 * kEarthRadius * std::asin(std::sqrt(std::clamp(h, 0.0, 1.0)));
}

}  // namespace peerscape

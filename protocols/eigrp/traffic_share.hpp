#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/ids.hpp"

/// How packets are spread over the paths of a route (RFC 7868 leaves it open; the "traffic share count" of
/// Cisco's routers).
namespace peerscape::eigrp {

enum class TrafficShare : std::uint8_t {
    Balanced,       ///< in inverse proportion to the metrics
    MinimumMetric,  ///< the best paths only, one of each interface; the others stand by
};

struct SharingPath {
    std::uint64_t metric = 0;  ///< composite
    InterfaceId interface;
};

/// The weights of the paths, the best of which stands first, in their order. Balanced: 240 for the best,
/// 240 * best / metric (rounded, at least 1) for the others, all divided by their greatest common divisor.
/// MinimumMetric: 1 or 0.
std::vector<std::uint8_t> trafficShares(std::span<const SharingPath> paths, TrafficShare share);

}  // namespace peerscape::eigrp

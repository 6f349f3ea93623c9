#include "protocols/eigrp/traffic_share.hpp"

#include <algorithm>
#include <numeric>

#include "engine/base/wide.hpp"

namespace peerscape::eigrp {
namespace {

/// Of the best path; it has many divisors, so that simple ratios become small numbers.
constexpr std::uint8_t kMostShares = 240;

std::uint8_t shareOf(std::uint64_t metric, std::uint64_t best) {
    if (metric <= best) return kMostShares;
    const Wide share = (Wide{kMostShares} * best + metric / 2) / metric;
    return std::max<std::uint8_t>(static_cast<std::uint8_t>(share), 1);
}

std::vector<std::uint8_t> balancedShares(std::span<const SharingPath> paths) {
    std::vector<std::uint8_t> shares;
    std::uint8_t divisor = 0;
    for (const SharingPath& path : paths) {
        shares.push_back(shareOf(path.metric, paths.front().metric));
        divisor = std::gcd(divisor, shares.back());
    }
    for (std::uint8_t& share : shares)
        share = static_cast<std::uint8_t>(share / divisor);
    return shares;
}

}  // namespace

std::vector<std::uint8_t> trafficShares(std::span<const SharingPath> paths, TrafficShare share) {
    if (share == TrafficShare::Balanced) return balancedShares(paths);
    std::vector<std::uint8_t> shares;
    std::vector<InterfaceId> used;
    for (const SharingPath& path : paths) {
        const bool isChosen =
            path.metric == paths.front().metric && std::ranges::find(used, path.interface) == used.end();
        if (isChosen) used.push_back(path.interface);
        shares.push_back(isChosen ? 1 : 0);
    }
    return shares;
}

}  // namespace peerscape::eigrp

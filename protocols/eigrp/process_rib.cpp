/// The paths of DUAL as routes for the RIB: those of least distance, and with variance some that are longer.
#include <algorithm>
#include <span>
#include <tuple>
#include <utility>

#include "engine/base/hash.hpp"
#include "engine/base/small_vector.hpp"
#include "engine/base/wide.hpp"
#include "protocols/eigrp/process.hpp"
#include "protocols/eigrp/traffic_share.hpp"

namespace peerscape::eigrp {
namespace {

/// Of the route to Null0 that keeps packets to the gaps of a summary from going round.
constexpr Distance kSummaryDistance = 5;

std::uint64_t hashOf(const RouteOffer& offer) {
    StableHash hash;
    hash.add(offer.distance).add(offer.metric).add(offer.tag);
    for (const NextHop& hop : offer.nextHops) {
        hash.add(static_cast<std::uint64_t>(hop.kind)).add(hop.gateway.hash()).add(hop.interface.value());
        hash.add(hop.weight);
    }
    return hash.value();
}

}  // namespace

/// The nearest first. Which of equal ways come first, or are used at all, must not hang on who was heard
/// first.
void EigrpProcess::sortForRib(std::vector<dual::Path>& paths) const {
    std::ranges::sort(paths, [this](const dual::Path& a, const dual::Path& b) {
        if (a.distance != b.distance) return a.distance < b.distance;
        if (dual::isLocal(a.source) || dual::isLocal(b.source)) return a.source < b.source;
        const PathAttributes first = attributes_[a.attributes];
        const PathAttributes second = attributes_[b.attributes];
        return std::tie(first.interface, first.gateway, a.source) <
               std::tie(second.interface, second.gateway, b.source);
    });
}

void EigrpProcess::updateRib(Step& step, const Prefix& prefix) {
    const dual::Entry* entry = topology_.find(prefix);
    std::vector<dual::Path> paths;
    if (entry != nullptr) {
        paths = config().variance > 1 ? dual::TopologyTable::feasiblePaths(*entry)
                                      : dual::TopologyTable::route(*entry);
    }
    if (paths.size() > 1) sortForRib(paths);
    if (paths.empty() || paths.front().source == dual::kRedistributed) {
        // Of a network that is gone from the table nobody knows whether it was offered; the RIB does.
        if (entry == nullptr || topology_.noteOffer(prefix, 0) != 0) step.out.withdraw(prefix);
        return;
    }
    RouteOffer offer = routeOf(prefix, paths);
    const std::uint64_t hash = hashOf(offer);
    if (topology_.noteOffer(prefix, hash) == hash) return;
    step.out.announce(std::move(offer));
}

/// The route that some of these paths make, the nearest of which comes first.
RouteOffer EigrpProcess::routeOf(const Prefix& prefix, std::span<const dual::Path> paths) const {
    const dual::CompositeDistance best = paths.front().distance;
    const PathAttributes first = attributes_[paths.front().attributes];
    const bool isSummary = paths.front().source == dual::kSummary;
    if (isSummary) paths = paths.first(1);
    RouteOffer offer;
    offer.prefix = prefix;
    offer.distance = isSummary           ? kSummaryDistance
                     : best.isExternal() ? config().externalDistance
                                         : config().internalDistance;
    offer.metric = CompositeMetric::value(best.metric())
                       .ribMetric(config().hasWideMetrics ? config().ribScale : std::uint8_t{1});
    offer.tag = first.exterior ? first.exterior->administrativeTag : 0;
    SmallVector<SharingPath, 4> sharing;
    for (const dual::Path& path : paths) {
        const bool isNearEnough =
            path.distance == best || Wide{path.distance.metric()} < Wide{best.metric()} * config().variance;
        const bool isUsed = path.source != dual::kRedistributed && isNearEnough;
        if (offer.nextHops.size() >= config().maximumPaths || !isUsed) break;
        const PathAttributes attributes = attributes_[path.attributes];
        sharing.push_back({path.distance.metric(), attributes.interface});
        offer.nextHops.push_back(isSummary ? NextHop::blackhole()
                                 : attributes.gateway.isUnspecified()
                                     ? NextHop::through(attributes.interface)
                                     : NextHop::via(attributes.gateway, attributes.interface));
    }
    // A single path needs no sums: a large lab computes millions of routes.
    if (sharing.size() == 1) return offer;
    const auto shares = trafficShares({sharing.data(), sharing.size()}, config().trafficShare);
    for (std::size_t i = 0; i < shares.size(); ++i)
        offer.nextHops[i].weight = shares[i];
    return offer;
}

}  // namespace peerscape::eigrp

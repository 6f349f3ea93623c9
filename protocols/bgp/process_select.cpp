// The decision process over what has changed (RFC 4271 section 9.1), and its outcome as routes for the RIB.
#include <algorithm>
#include <utility>

#include "engine/base/small_vector.hpp"
#include "protocols/bgp/policy_door.hpp"
#include "protocols/bgp/process.hpp"

namespace peerscape::bgp {

void BgpProcess::markDirty(const Prefix& prefix, RecordId cause) {
    const Family family = prefix.family();
    if (Destination* destination = tables_[family].edit(prefix)) destination->isToBeTold = true;
    dirty_[family].add(prefix, cause);
}

void BgpProcess::markAll(Family family, RecordId cause) {
    for (const std::uint32_t position : tables_[family].sorted())
        markDirty(tables_[family].at(position).first, cause);
}

void BgpProcess::selectDirty(Step& step) {
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        while (!dirty_[family].isEmpty() && !isDeferring(family)) {
            for (const PendingPrefixes::Item& item : dirty_[family].take()) {
                step.out.because(item.cause);
                select(step, item.prefix);
            }
        }
    }
    step.out.because(RecordId::none());
}

void BgpProcess::select(Step& step, const Prefix& prefix) {
    const Family family = prefix.family();
    Destination* found = tables_[family].edit(prefix);
    if (found == nullptr) return;
    Destination& destination = *found;
    const Path* const before = destination.bestPath();
    SmallVector<Candidate, 16> candidates;
    for (const Path& path : destination.paths)
        candidates.push_back({&path, &factsOf(path), isValid(path), nextHops_[path.nextHop].igpMetric});
    SmallVector<Outcome, 16> outcome(candidates.size());
    const std::size_t best = choose(candidates, decisionSettings(family), before, outcome);
    bool hasMultipath = std::exchange(destination.hasLostMultipath, false);
    for (std::size_t i = 0; i < outcome.size(); ++i) {
        Path& path = destination.paths[i];
        hasMultipath = hasMultipath || path.isMultipath || outcome[i].isMultipath;
        path.lostBy = outcome[i].lostBy;
        path.isMultipath = outcome[i].isMultipath;
    }
    const std::uint32_t chosen =
        best < candidates.size() ? static_cast<std::uint32_t>(best) : Destination::kNoPath;
    const bool hasLostBest = std::exchange(destination.hasLostBest, false);
    const bool isChanged = chosen != destination.best || hasLostBest;
    if (isChanged) {
        destination.version = static_cast<std::uint32_t>(++versions_[family]);
        noteConditions(step.env.now);
    }
    destination.best = chosen;
    const bool isToBeTold = std::exchange(destination.isToBeTold, false);
    // What is used is what was used before, unless something else has changed that it hangs on.
    if (isChanged || isToBeTold || hasMultipath) updateRib(step, prefix, destination);
    if (!config().families[family].aggregates.empty()) mayChangeAggregates_ = true;
    if (isChanged || isToBeTold || tellsSeveralPaths_) enqueue(prefix, step.env.cause);
    if (destination.isOver()) tables_[family].erase(prefix);
}

Distance BgpProcess::distanceOf(const Prefix& prefix, const Path& path) const {
    const FamilyConfig& settings = config().families[prefix.family()];
    const PeerFacts& facts = factsOf(path);
    const auto network = settings.networks.find(prefix);
    const bool isBackdoor = network != settings.networks.end() && network->second.isBackdoor;
    if (path.isLocal() || isBackdoor) return settings.distances.local;
    for (const auto& [source, distance] : settings.sourceDistances) {
        if (!source.contains(facts.address)) continue;
        const policy::AccessList* list = distance.accessList.empty() || policy_ == nullptr
                                             ? nullptr
                                             : policy_->accessList(prefix.family(), distance.accessList);
        if (distance.accessList.empty() || (list != nullptr && list->apply(prefix) == policy::Action::Permit))
            return distance.distance;
    }
    return facts.sort == PeerSort::External ? settings.distances.external : settings.distances.internal;
}

NextHop BgpProcess::ribHop(const Path& path) const {
    const NextHopTable::Entry& entry = nextHops_[path.nextHop];
    if (entry.value.linkLocal && entry.interface.isSome())
        return NextHop::via(*entry.value.linkLocal, entry.interface);
    if (entry.value.address.isLinkLocal()) return NextHop::via(entry.value.address, entry.interface);
    return NextHop::via(entry.value.address);
}

/// The best path with those that are used together with it; what this router originates is in the RIB
/// already, but for aggregates, which drop what no longer prefix catches.
std::optional<RouteOffer> BgpProcess::offerOf(const Env& env, const Prefix& prefix,
                                              const Destination& destination) const {
    const Path* best = destination.bestPath();
    if (best == nullptr) return std::nullopt;
    RouteOffer offer;
    offer.prefix = prefix;
    offer.distance = distanceOf(prefix, *best);
    offer.metric = best->attributes->med.value_or(0);
    if (best->source == PathSource::Aggregate) {
        offer.nextHops.push_back(NextHop::blackhole());
        return offer;
    }
    if (best->isLocal()) return std::nullopt;
    const Peer& peer = peers_.at(best->peer);
    offer.allowRecursion = !peer.isDirect;
    const std::string& tableMap = config().families[prefix.family()].tableMap;
    for (const Path& path : destination.paths) {
        if (&path != best && !path.isMultipath) continue;
        if (!tableMap.empty()) {
            PolicyRoute route{prefix, path.attributes, nextHops_[path.nextHop].value, path.weight};
            route.peer = route.source = factsOf(path).address;
            route.rpki = validate(prefix, path);
            if (!PolicyDoor(policy_, env).apply(tableMap, route).isPermitted) continue;
            if (&path == best) {
                offer.metric = route.attributes->med.value_or(0);
                offer.tag = route.tag;
            }
        }
        offer.nextHops.push_back(ribHop(path));
    }
    if (offer.nextHops.empty()) return std::nullopt;
    return offer;
}

void BgpProcess::updateRib(Step& step, const Prefix& prefix, Destination& destination) {
    const auto offer = offerOf(step.env, prefix, destination);
    if (!offer) {
        if (std::exchange(destination.offered, 0) != 0) step.out.withdraw(prefix);
        return;
    }
    StableHash hash;
    hash.add(offer->distance).add(offer->metric).add(offer->tag).add(offer->allowRecursion);
    for (const NextHop& hop : offer->nextHops)
        hash.add(static_cast<std::uint64_t>(hop.kind)).add(hop.interface.value()).add(hop.gateway.hash());
    const std::uint64_t offered = std::max<std::uint64_t>(hash.value(), 1);
    if (std::exchange(destination.offered, offered) != offered) step.out.announce(*offer);
}

void BgpProcess::learnNextHops(Step& step, const NextHopsChanged& changed) {
    std::vector<NextHopId> other;
    for (const NextHopState& state : changed.changes) {
        if (nextHops_.learn(state)) {
            for (const NextHopId id : nextHops_.withAddress(state.address))
                other.push_back(id);
        }
        for (auto [id, peer] : peers_) {
            if (peer.address() == state.address) refreshReachability(step, peer);
        }
    }
    if (other.empty()) return;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        for (const std::uint32_t position : tables_[family].sorted()) {
            const auto [prefix, destination] = tables_[family].at(position);
            const bool isConcerned = std::ranges::any_of(destination.paths, [&](const Path& path) {
                return !path.isLocal() && std::ranges::find(other, path.nextHop) != other.end();
            });
            if (isConcerned) markDirty(prefix, step.env.cause);
        }
    }
}

}  // namespace peerscape::bgp

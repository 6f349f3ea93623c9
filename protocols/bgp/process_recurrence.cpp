// Whether the process is again where it has been before.
#include <algorithm>

#include "engine/base/hash.hpp"
#include "protocols/bgp/process.hpp"

namespace peerscape::bgp {
namespace {

/// Time left until then; nothing is as good as over.
std::uint64_t left(SimTime until, SimTime now) {
    if (until.isNever()) return UINT64_MAX;
    return until <= now ? 0 : static_cast<std::uint64_t>((until - now).count());
}

void addNextHop(StableHash& hash, const BgpNextHop& hop) {
    hash.add(hop.address.hash()).add(hop.linkLocal ? hop.linkLocal->hash() : 0);
}

}  // namespace

/// Whether draws of chance, or the clock itself, have a say in what is chosen or told.
bool BgpProcess::isUpToChance() const {
    const auto& time = config().processingTime;
    if (time && time->least != time->most) return true;
    const auto isJittered = [&](const auto& entry) { return minimumInterval(entry.second) != Duration(); };
    if (config().hasJitter() && std::ranges::any_of(peers_, isJittered)) return true;
    // Advertisements go by the clock, and nobody compares where their hands stand.
    if (!advertising_.empty()) return true;
    if (hasConditions_ || !conditionsAt_.isNever() || !policyChangesAt_.isNever()) return true;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        if (isDeferring(family) || config().families[family].dampening || flaps_[family].isWaiting())
            return true;
    }
    return false;
}

/// Established, and heard of so lately that it stays so; or down for good.
bool BgpProcess::isSteady(const Peer& peer, SimTime now, SimTime since) const {
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        if (!peer.families[family].staleUntil.isNever()) return false;
    }
    if (!peer.session.isEstablished()) return peer.hasGivenUp(since);
    const bool isInPieces =
        std::ranges::any_of(peer.streams, [](const auto& entry) { return entry.second.pending() != 0; });
    if (isInPieces) return false;
    const Duration hold = Duration::seconds(peer.session.negotiated()->holdTime);
    return hold == Duration() || peer.session.lastReceived().value_or(SimTime()) + hold / 2 >= now;
}

void BgpProcess::addDestination(StableHash& hash, const Prefix& prefix,
                                const Destination& destination) const {
    hash.add(prefix.hash()).add(destination.best).add(destination.paths.size());
    // In their order, which decides among paths that are alike in everything else.
    for (const Path& path : destination.paths) {
        hash.add(path.peer.value()).add(path.pathId).add(path.sentPathId).add(path.weight);
        hash.add(static_cast<std::uint64_t>(path.source)).add(path.protocol.value());
        addNextHop(hash, nextHops_[path.nextHop].value);
        hash.add(nextHops_[path.nextHop].igpMetric).add(isValid(path)).add(path.isSuppressed);
        path.attributes->addTo(hash);
    }
    for (const Advertised& told : destination.advertised) {
        hash.add(told.peer.value()).add(told.pathId);
        addNextHop(hash, nextHops_[told.nextHop].value);
        told.attributes->addTo(hash);
    }
}

std::optional<std::uint64_t> BgpProcess::recurrentHash(SimTime now, SimTime since) const {
    if (isUpToChance()) return std::nullopt;
    StableHash hash;
    for (const auto& [id, peer] : peers_) {
        if (!isSteady(peer, now, since)) return std::nullopt;
        hash.add(id.value()).add(peer.session.isEstablished());
        for (const Family family : {Family::IPv4, Family::IPv6}) {
            const FamilyExchange& exchange = peer.families[family];
            hash.add(exchange.isUp).add(left(exchange.notBefore, now)).add(exchange.owesEndOfRib);
            hash.add(exchange.isRefreshing).add(exchange.hasHeldBack);
            for (const PendingPrefixes::Item& item : exchange.pending.items())
                hash.add(item.prefix.hash());
        }
    }
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        // Where a table keeps its prefixes hangs on its history, so their order must not count.
        std::uint64_t sum = 0;
        for (const auto& [prefix, destination] : tables_[family]) {
            StableHash one;
            addDestination(one, prefix, destination);
            sum += one.value();
        }
        hash.add(sum);
    }
    queue_.addTo(hash);
    hash.add(left(processedAt_, now));
    return hash.value();
}

}  // namespace peerscape::bgp

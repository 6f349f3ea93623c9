// Graceful restart (RFC 4724, RFC 8538) and the long-lived kind (RFC 9494): of neighbours, whose routes stay
// for a while, and of this process, which waits for its neighbours' tables before it chooses.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "protocols/bgp/process.hpp"

namespace peerscape::bgp {
namespace {

template <typename Entries>
auto entryOf(const Entries& entries, Family family) {
    const auto found =
        std::ranges::find_if(entries, [&](const auto& entry) { return entry.family == family; });
    return found == entries.end() ? nullptr : &*found;
}

/// What the neighbour's latest OPEN says: it has forwarded all the time (the F bits).
bool hasForwardingPreserved(const Peer& peer, Family family, bool isLongLived) {
    const Capabilities& said = peer.lastCapabilities;
    if (isLongLived) {
        const LongLivedFamily* entry = entryOf(said.longLived, family);
        return entry != nullptr && entry->isForwardingPreserved;
    }
    if (!said.gracefulRestart) return false;
    const GracefulFamily* entry = entryOf(said.gracefulRestart->families, family);
    return entry != nullptr && entry->isForwardingPreserved;
}

}  // namespace

/// The peer restarts and goes on forwarding: its routes stay for a while (RFC 4724 section 4.2).
bool BgpProcess::keepStale(Step& step, Peer& peer, Family family) {
    const auto& capability = peer.lastCapabilities.gracefulRestart;
    if (!capability || entryOf(capability->families, family) == nullptr) return false;
    FamilyExchange& exchange = peer.families[family];
    // Long-lived stale routes keep their time through further restarts (RFC 9494 section 4.2); others that
    // were stale already go, since the peer has not said them again.
    if (exchange.isLongLivedStale) {
        markStale(peer, family);
        keepLongLived(step, peer, family);
        return true;
    }
    forgetStale(step, peer, family);
    if (!markStale(peer, family)) return true;
    exchange.staleUntil = step.env.now + Duration::seconds(capability->restartTime);
    exchange.stalePathUntil = step.env.now + Duration::seconds(config().gracefulRestart.stalePathTime);
    step.out.note(fmt::format("{} may be restarting: its {} routes stay for {} s", peer.name(),
                              family == Family::IPv4 ? "IPv4" : "IPv6", capability->restartTime));
    return true;
}

/// The peer is back: what it did not forward meanwhile goes at once, the rest has until its End-of-RIB.
void BgpProcess::judgeStale(Step& step, Peer& peer, Family family) {
    FamilyExchange& exchange = peer.families[family];
    if (exchange.staleUntil.isNever()) return;
    if (hasForwardingPreserved(peer, family, exchange.isLongLivedStale)) {
        if (!exchange.isLongLivedStale) exchange.staleUntil = std::max(exchange.stalePathUntil, step.env.now);
        return;
    }
    exchange.staleUntil = SimTime::never();
    exchange.isLongLivedStale = false;
    forgetStale(step, peer, family);
}

void BgpProcess::reachEndOfRib(Step& step, Peer& peer, Family family) {
    FamilyExchange& exchange = peer.families[family];
    exchange.hasReceivedEndOfRib = true;
    if (exchange.staleUntil.isNever()) return;
    exchange.staleUntil = SimTime::never();
    exchange.isLongLivedStale = false;
    forgetStale(step, peer, family);
}

/// The restart time is over, or the time for the peer to say its routes again, or RFC 9494's.
void BgpProcess::expireStale(Step& step, Peer& peer, Family family) {
    FamilyExchange& exchange = peer.families[family];
    if (exchange.staleUntil > step.env.now) return;
    const Duration longer = longLivedTime(peer, family);
    const bool isAway = !peer.session.isEstablished();
    if (isAway && !exchange.isLongLivedStale && longer > Duration()) {
        exchange.isLongLivedStale = true;
        exchange.staleUntil = step.env.now + longer;
        return keepLongLived(step, peer, family);
    }
    exchange.staleUntil = SimTime::never();
    exchange.isLongLivedStale = false;
    forgetStale(step, peer, family);
}

/// For how long both sides are willing; zero: not at all. The smaller one counts, as in FRR.
Duration BgpProcess::longLivedTime(const Peer& peer, Family family) const {
    const LongLivedFamily* theirs = entryOf(peer.lastCapabilities.longLived, family);
    if (theirs == nullptr) return {};
    return Duration::seconds(std::min(theirs->staleTime, config().gracefulRestart.longLivedStaleTime));
}

/// Stale routes become the last choice, and say so to others; those that must not, go (RFC 9494 section 4.2).
void BgpProcess::keepLongLived(Step& step, const Peer& peer, Family family) {
    std::vector<Prefix> prefixes;
    for (const auto& [prefix, destination] : tables_[family]) {
        if (std::ranges::find(destination.paths, peer.id, &Path::peer) != destination.paths.end())
            prefixes.push_back(prefix);
    }
    std::ranges::sort(prefixes);
    for (const Prefix& prefix : prefixes) {
        for (std::size_t i = tables_[family].find(prefix)->paths.size(); i-- > 0;) {
            Destination& destination = *tables_[family].edit(prefix);
            Path& path = destination.paths[i];
            if (path.peer != peer.id || !path.isStale || path.isLongLivedStale) continue;
            if (path.attributes->hasCommunity(community::kNoLlgr)) {
                removePath(step, prefix, i);
                continue;
            }
            path.isLongLivedStale = true;
            if (!path.attributes->hasCommunity(community::kLlgrStale)) {
                SharedAttributes marked = path.attributes;
                CommunityValues& communities = marked.edit().communities.edit();
                communities.insert(std::ranges::upper_bound(communities, community::kLlgrStale),
                                   community::kLlgrStale);
                path.attributes = std::move(marked);
            }
            destination.hasLostBest = true;
            markDirty(prefix, step.env.cause);
        }
    }
}

/// Some neighbour at least is asked to keep this router's routes.
bool BgpProcess::restartsGracefully() const {
    const GracefulRestart& graceful = config().gracefulRestart;
    const auto isMeant = [&](const auto& entry) {
        return config().effective(entry.second).settings.gracefulRestart.value_or(false);
    };
    return !graceful.isDisabled && (graceful.isEnabled || std::ranges::any_of(config().neighbors, isMeant) ||
                                    std::ranges::any_of(config().interfaceNeighbors, isMeant));
}

/// Whether packets go on by the present routes should this process go away (RFC 4724 section 4.1).
void BgpProcess::retainRoutes(Step& step) {
    const GracefulRestart& graceful = config().gracefulRestart;
    const bool isMeant = restartsGracefully() && graceful.preservesForwarding;
    const Duration wanted = isMeant ? Duration::seconds(graceful.ribStaleTime) : Duration();
    if (std::exchange(retention_, wanted) != wanted) step.out.add(RetainRoutes{wanted});
}

/// Routes are chosen and in the RIB: what is left there of an earlier process holds no more.
void BgpProcess::releaseRoutes(Step& step) {
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        if (isDeferring(family) || !std::exchange(mayHaveRetained_[family], false)) continue;
        step.out.add(ReleaseRoutes{family});
    }
}

/// The process has just started, which its neighbours may take for a restart.
void BgpProcess::beginRestart(SimTime now) {
    const GracefulRestart& graceful = config().gracefulRestart;
    const bool isGraceful = restartsGracefully();
    // FRR says it after every start, and helpers do too.
    restartingUntil_ = now + Duration::seconds(graceful.restartTime);
    if (!isGraceful && config().updateDelay == 0) return;
    Duration wait;
    Duration deferral;
    if (isGraceful) {
        wait = Duration::seconds(graceful.restartTime);
        deferral = Duration::seconds(graceful.selectionDeferralTime);
    }
    const std::uint16_t establishWait = config().establishWait.value_or(config().updateDelay);
    peersAwaitedUntil_ = now + std::max(wait, Duration::seconds(establishWait));
    deferral = std::max(deferral, Duration::seconds(config().updateDelay));
    for (const Family family : {Family::IPv4, Family::IPv6})
        deferralUntil_[family] = now + deferral;
}

/// Whether the neighbour keeps our routes over a restart, and waits for them.
bool BgpProcess::restarts(const Peer& peer) const {
    const NeighborSettings& settings = peer.config.settings;
    const GracefulRestart& graceful = config().gracefulRestart;
    return !graceful.isDisabled && !settings.gracefulRestartDisabled.value_or(false) &&
           settings.gracefulRestart.value_or(graceful.isEnabled);
}

/// The peer's table has not come yet (RFC 4724 section 4.1). One that has restarted itself waits for ours;
/// one that is not there yet may still come until the restart time is over, unless an attempt has failed.
bool BgpProcess::isAwaited(const Peer& peer, Family family) const {
    const Session& session = peer.session;
    if (!config().isActivated(peer.config, family) || session.settings().isShutdown) return false;
    if (session.isEstablished()) {
        const FamilyExchange& exchange = peer.families[family];
        if (!exchange.isUp || exchange.hasReceivedEndOfRib) return false;
        const auto& restart = peer.lastCapabilities.gracefulRestart;
        // `update-delay` takes the keepalive after the first one for the end of a table, as FRR does.
        const bool isDelayed = config().updateDelay > 0 && session.counts().received.keepalives < 2;
        return isDelayed || (restart && !restart->hasRestarted && restarts(peer));
    }
    if (peersAwaitedUntil_.isNever()) return false;
    const auto& end = session.lastEnd();
    return end == nullptr || end->cause == SessionEnd::Cause::NoRoute;
}

/// Routes are chosen from now on when all tables are there, or the time is over.
void BgpProcess::endDeferral(Step& step) {
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        if (!isDeferring(family)) continue;
        const bool isOver = deferralUntil_[family] <= step.env.now;
        const auto isMissing = [&](const auto& entry) { return isAwaited(entry.second, family); };
        if (!isOver && std::ranges::any_of(peers_, isMissing)) continue;
        deferralUntil_[family] = SimTime::never();
        isFlushDue_ = true;
        if (!peers_.empty())
            step.out.note(fmt::format("{} routes are chosen from now on: {}",
                                      family == Family::IPv4 ? "IPv4" : "IPv6",
                                      isOver ? "the deferral time is over" : "all tables have come"));
    }
}

}  // namespace peerscape::bgp

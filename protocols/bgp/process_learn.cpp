// UPDATEs into the table, and routes out of it again.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "protocols/bgp/process.hpp"

namespace peerscape::bgp {

void BgpProcess::learn(Step& step, Peer& peer, const UpdateMessage& update) {
    if (const auto family = update.endOfRibFamily()) return reachEndOfRib(step, peer, *family);
    for (const UpdateMessage::Unreachable& part : update.withdrawn) {
        if (!peer.families[part.family].isUp) continue;
        for (const Nlri& route : part.prefixes)
            forgetRoute(step, peer, route);
    }
    for (const UpdateMessage::Reachable& part : update.announced) {
        if (!peer.families[part.family].isUp) continue;
        for (const Nlri& route : part.prefixes) {
            learnRoute(step, peer, route, update.attributes, part.nextHop);
            // Too many prefixes may have ended the session.
            if (!peer.session.isEstablished()) return;
        }
    }
}

void BgpProcess::learnRoute(Step& step, Peer& peer, const Nlri& route, const SharedAttributes& attributes,
                            const BgpNextHop& said) {
    const Family family = route.prefix.family();
    // Where two routers know each other by the link only, the global address may lie on no network of this
    // one.
    const bool isByLink = peer.isUnnumbered() && said.linkLocal;
    const BgpNextHop nextHop = isByLink ? BgpNextHop{*said.linkLocal, said.linkLocal} : said;
    keepReceived(peer, route, attributes, nextHop);
    ImportVerdict verdict = import(step.env, peer, family, route.prefix, attributes, nextHop);
    if (!verdict.isAccepted()) {
        step.out.note(std::make_shared<const RefusalRemark>(peer.address(), route.prefix, std::move(verdict)),
                      Note::Level::Detail);
        forgetRoute(step, peer, route, false);
        return checkMaximum(step, peer, family);
    }
    Path path;
    path.peer = peer.id;
    path.pathId = route.pathId;
    path.weight = verdict.weight;
    path.attributes = std::move(verdict.attributes);
    path.since = step.env.now;
    path.cause = step.env.cause;
    path.isDamped = dampAnnounced(step, peer, route, path.attributes, verdict.nextHop);
    putPath(step, route.prefix, std::move(path), verdict.nextHop, peer.interface);
    checkMaximum(step, peer, family);
}

/// `maximum-prefix … force` counts what policy refuses, too.
void BgpProcess::keepReceived(Peer& peer, const Nlri& route, const SharedAttributes& attributes,
                              const BgpNextHop& nextHop) {
    const Family family = route.prefix.family();
    const NeighborFamilySettings& settings = peer.settings(family);
    const bool isCounted = settings.maximumPrefix && settings.maximumPrefix->countsFiltered;
    if (!isCounted && !settings.keepsReceivedRoutes.value_or(false)) return;
    if (received_[family][route.prefix].put(peer.id, route.pathId, attributes, nextHop))
        ++peer.families[family].received;
}

/// `isWithdrawn`: the neighbour does not say it any more, rather than that policy refuses it.
void BgpProcess::forgetRoute(Step& step, Peer& peer, const Nlri& route, bool isWithdrawn) {
    const Family family = route.prefix.family();
    if (isWithdrawn && peer.families[family].received != 0) {
        if (ReceivedRoutes* received = received_[family].edit(route.prefix)) {
            if (received->remove(peer.id, route.pathId)) --peer.families[family].received;
            if (received->isEmpty()) received_[family].erase(route.prefix);
        }
    }
    const Destination* destination = tables_[family].find(route.prefix);
    if (destination == nullptr) return;
    const auto& paths = destination->paths;
    const auto found = std::ranges::find_if(
        paths, [&](const Path& p) { return p.peer == peer.id && p.pathId == route.pathId; });
    if (found == paths.end()) return;
    if (isWithdrawn) dampWithdrawn(step, peer, route);
    removePath(step, route.prefix, static_cast<std::size_t>(found - paths.begin()));
}

/// Adds the path, or puts it in the place of the one from the same source. One that says nothing new leaves
/// everything as it is but its staleness (RFC 4724 section 4.2).
void BgpProcess::putPath(Step& step, const Prefix& prefix, Path path, const BgpNextHop& nextHop,
                         InterfaceId interface) {
    Destination& destination = tables_[prefix.family()][prefix];
    const auto isSame = [&](const Path& p) {
        return p.peer == path.peer && p.pathId == path.pathId && p.source == path.source &&
               p.protocol == path.protocol;
    };
    const auto known = std::ranges::find_if(destination.paths, isSame);
    const bool needsInterface = nextHop.linkLocal || nextHop.address.isLinkLocal();
    const NextHopId guess = path.peer.isSome() ? peers_.at(path.peer).hop : NextHopId();
    path.nextHop = nextHops_.acquire(nextHop, needsInterface ? interface : InterfaceId(), guess);
    const bool isTracked = !path.isLocal();
    if (isTracked) nextHops_.track(path.nextHop, step.env, step.out);
    if (known == destination.paths.end()) {
        path.sentPathId = nextPathId(destination);
        if (path.peer.isSome()) ++peers_.at(path.peer).families[prefix.family()].accepted;
        destination.paths.push_back(std::move(path));
    } else {
        const bool isNews = known->attributes != path.attributes || known->nextHop != path.nextHop ||
                            known->weight != path.weight || known->isUsable != path.isUsable ||
                            known->isStale;
        if (isTracked) nextHops_.untrack(known->nextHop, step.out);
        nextHops_.release(known->nextHop);
        if (!isNews) return;
        path.sentPathId = known->sentPathId;
        path.isSuppressed = known->isSuppressed;
        destination.hasLostBest = destination.hasLostBest || &*known == destination.bestPath();
        destination.hasLostMultipath = destination.hasLostMultipath || known->isMultipath;
        *known = std::move(path);
    }
    markChanged(prefix, step.env.cause);
}

std::uint32_t BgpProcess::nextPathId(const Destination& destination) {
    std::uint32_t id = 1;
    while (std::ranges::find(destination.paths, id, &Path::sentPathId) != destination.paths.end())
        ++id;
    return id;
}

void BgpProcess::removePath(Step& step, const Prefix& prefix, std::size_t place) {
    Destination& destination = *tables_[prefix.family()].edit(prefix);
    Path& path = destination.paths[place];
    if (path.peer.isSome()) {
        --peers_.at(path.peer).families[prefix.family()].accepted;
        nextHops_.untrack(path.nextHop, step.out);
    }
    nextHops_.release(path.nextHop);
    destination.hasLostMultipath = destination.hasLostMultipath || path.isMultipath;
    destination.paths.erase(destination.paths.begin() + static_cast<std::ptrdiff_t>(place));
    if (destination.best != Destination::kNoPath) {
        if (destination.best == place) {
            destination.best = Destination::kNoPath;
            destination.hasLostBest = true;
        } else if (destination.best > place) {
            --destination.best;
        }
    }
    markChanged(prefix, step.env.cause);
}

template <typename Condition>
void BgpProcess::removePaths(Step& step, Family family, Condition condition) {
    std::vector<Prefix> concerned;
    for (const auto& [prefix, destination] : tables_[family]) {
        if (std::ranges::any_of(destination.paths, condition)) concerned.push_back(prefix);
    }
    std::ranges::sort(concerned);
    for (const Prefix& prefix : concerned) {
        for (std::size_t i = tables_[family].find(prefix)->paths.size(); i-- > 0;) {
            if (condition(tables_[family].find(prefix)->paths[i])) removePath(step, prefix, i);
        }
    }
}

void BgpProcess::forgetPeer(Step& step, Peer& peer, Family family) {
    std::vector<Prefix> received;
    for (const auto& [prefix, routes] : received_[family])
        received.push_back(prefix);
    for (const Prefix& prefix : received) {
        ReceivedRoutes& routes = *received_[family].edit(prefix);
        routes.removePeer(peer.id);
        if (routes.isEmpty()) received_[family].erase(prefix);
    }
    removePaths(step, family, [&](const Path& path) { return path.peer == peer.id; });
    peer.families[family].staleUntil = SimTime::never();
    peer.families[family].isLongLivedStale = false;
    peer.families[family].received = 0;
    flaps_[family].forgetPeer(peer.id);
}

void BgpProcess::forgetStale(Step& step, Peer& peer, Family family) {
    removePaths(step, family, [&](const Path& path) { return path.peer == peer.id && path.isStale; });
}

/// FRR 8.4.4 counts before it adds: one prefix more than the limit passes, the next one ends the session.
void BgpProcess::checkMaximum(Step& step, Peer& peer, Family family) {
    const auto& maximum = peer.settings(family).maximumPrefix;
    if (!maximum) return;
    FamilyExchange& exchange = peer.families[family];
    const std::uint32_t count = maximum->countsFiltered ? exchange.received : exchange.accepted;
    if (count > maximum->limit + 1 && !maximum->warnsOnly) {
        NotificationMessage notification;
        notification.subcode = subcode::kMaximumPrefixes;
        // RFC 4486 section 4: AFI, SAFI and the limit.
        ByteWriter data;
        data.u16(family == Family::IPv4 ? 1 : 2);
        data.u8(1);
        data.u32(maximum->limit);
        notification.data = data.take();
        step.out.note(fmt::format("{} has sent {} prefixes, {} are allowed: the session ends", peer.name(),
                                  count, maximum->limit),
                      Note::Level::Problem);
        const std::optional<std::uint16_t> wait = maximum->restartMinutes;
        run(step, peer, input::AutomaticStop{notification, "", true});
        if (wait) peer.restartAt = step.env.now + Duration::minutes(*wait);
        noteDeadline(peer, step.env.now);
        return;
    }
    if (exchange.hasWarnedOfMaximum ||
        count <= std::uint64_t{maximum->limit} * maximum->thresholdPercent / 100)
        return;
    exchange.hasWarnedOfMaximum = true;
    step.out.note(fmt::format("{} has sent {} prefixes; {} are allowed", peer.name(), count, maximum->limit),
                  Note::Level::Problem);
}

/// Judges again what a neighbour has said, after a change of policy; false when that is not known any more.
bool BgpProcess::reimport(Step& step, Peer& peer, Family family) {
    if (!peer.settings(family).keepsReceivedRoutes.value_or(false)) return false;
    std::vector<Prefix> prefixes;
    for (const auto& [prefix, routes] : received_[family])
        prefixes.push_back(prefix);
    std::ranges::sort(prefixes);
    for (const Prefix& prefix : prefixes) {
        const ReceivedRoutes routes = *received_[family].find(prefix);
        for (const ReceivedRoutes::Route& route : routes.of(peer.id)) {
            learnRoute(step, peer, {prefix, route.pathId}, route.attributes, route.nextHop);
            // Too many prefixes may have ended the session, and what it had sent is forgotten.
            if (!peer.session.isEstablished()) return true;
        }
    }
    return true;
}

}  // namespace peerscape::bgp

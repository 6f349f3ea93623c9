// Looking again: changes of policy, operators' clears, and route refresh (RFC 2918, RFC 7313).
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "protocols/bgp/process.hpp"
#include "protocols/policy/policy_difference.hpp"

namespace peerscape::bgp {
namespace {

/// What in a family's settings decides which routes come in, or go out.
auto inPolicy(const NeighborFamilySettings& s) {
    return std::tie(s.routeMap.in, s.prefixList.in, s.filterList.in, s.distributeList.in, s.weight,
                    s.allowAsIn, s.allowAsInOrigin, s.keepsReceivedRoutes);
}

}  // namespace

/// A route-map that changed, itself or a list that it names, counts for what is there only after the delay,
/// as in FRR; what comes meanwhile is judged by it at once. The lists of outgoing routes act at once; those
/// of incoming ones, only on what comes from now on.
void BgpProcess::notePolicyChanges(Step& step, const BgpProcessConfig& before) {
    if (before.policy == config_->policy) return;
    const policy::PolicySet none;
    const auto* old = dynamic_cast<const policy::PolicySet*>(before.policy.get());
    const policy::PolicyDifference difference(old == nullptr ? none : *old,
                                              policy_ == nullptr ? none : *policy_);
    for (auto [id, peer] : peers_) {
        for (const Family family : {Family::IPv4, Family::IPv6}) {
            const NeighborFamilySettings& settings = peer.settings(family);
            const auto isOther = [&](const std::optional<std::string>& list) {
                return list && difference.hasOtherList(*list);
            };
            if (isOther(settings.prefixList.out) || isOther(settings.filterList.out) ||
                isOther(settings.distributeList.out))
                enqueueTable(peer, family, step.env.cause);
        }
    }
    if (config().routeMapDelay == 0) return;
    for (const std::string& name : difference.routeMaps())
        changedRouteMaps_.insert(name);
    if (changedRouteMaps_.empty()) return;
    policyChangesAt_ = std::min(policyChangesAt_, step.env.now + Duration::seconds(config().routeMapDelay));
}

void BgpProcess::refreshPolicies(Step& step) {
    policyChangesAt_ = SimTime::never();
    const std::set<std::string> changed = std::exchange(changedRouteMaps_, {});
    refreshOrigination(step);
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        if (changed.contains(config().families[family].tableMap)) markAll(family, step.env.cause);
    }
    noteConditions(step.env.now);
    for (auto [id, peer] : peers_) {
        for (const Family family : {Family::IPv4, Family::IPv6}) {
            if (!peer.families[family].isUp) continue;
            const NeighborFamilySettings& settings = peer.settings(family);
            if (settings.routeMap.in && changed.contains(*settings.routeMap.in))
                askForRoutes(step, peer, family);
            enqueueTable(peer, family, step.env.cause);
        }
    }
    mayChangeAggregates_ = true;
}

void BgpProcess::judgeAllAgain(Step& step) {
    for (auto [id, peer] : peers_) {
        for (const Family family : {Family::IPv4, Family::IPv6}) {
            if (!peer.families[family].isUp) continue;
            askForRoutes(step, peer, family);
            enqueueTable(peer, family, step.env.cause);
        }
    }
}

void BgpProcess::refreshAfterChange(Step& step, Peer& peer, const NeighborConfig& before) {
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        if (!peer.families[family].isUp) continue;
        if (inPolicy(*before.families[family]) != inPolicy(peer.settings(family)))
            askForRoutes(step, peer, family);
        if (before.families[family] != peer.config.families[family])
            enqueueTable(peer, family, step.env.cause);
        // What the neighbour has told goes to other internal neighbours now, or no more (RFC 4456 section 6).
        if (before.families[family]->isReflectorClient == peer.settings(family).isReflectorClient) continue;
        for (auto [id, other] : peers_) {
            if (other.families[family].isUp) enqueueTable(other, family, step.env.cause);
        }
    }
}

/// Judges again what the neighbour has said: from memory, or by asking it to say it again.
void BgpProcess::askForRoutes(Step& step, Peer& peer, Family family) {
    if (reimport(step, peer, family)) return;
    const auto& negotiated = peer.session.negotiated();
    if (negotiated == nullptr || !negotiated->hasRouteRefresh) return;
    send(step, peer, peer.session.stream(), RouteRefreshMessage{family, RouteRefreshMessage::Kind::Request});
    peer.session.routeRefreshSent(step.env.now);
}

void BgpProcess::answerRefresh(Step& step, Peer& peer, const RouteRefreshMessage& refresh) {
    const Family family = refresh.family;
    FamilyExchange& exchange = peer.families[family];
    if (!exchange.isUp) return;
    switch (refresh.kind) {
        case RouteRefreshMessage::Kind::Request: {
            const bool isEnhanced = peer.wire.hasEnhancedRouteRefresh;
            // What still waits to be withdrawn would be forgotten otherwise.
            flush(step, peer, family);
            if (isEnhanced) sendRefreshMark(step, peer, family, RouteRefreshMessage::Kind::Begin);
            forgetAdvertised(peer, family);
            enqueueTable(peer, family, step.env.cause);
            flush(step, peer, family);
            if (isEnhanced) sendRefreshMark(step, peer, family, RouteRefreshMessage::Kind::End);
            return;
        }
        case RouteRefreshMessage::Kind::Begin:
            // What it does not say again until the End is gone (RFC 7313 section 4).
            exchange.isRefreshing = true;
            markStale(peer, family);
            return;
        case RouteRefreshMessage::Kind::End:
            if (std::exchange(exchange.isRefreshing, false)) forgetStale(step, peer, family);
            return;
    }
}

void BgpProcess::sendRefreshMark(Step& step, Peer& peer, Family family, RouteRefreshMessage::Kind kind) {
    send(step, peer, peer.session.stream(), RouteRefreshMessage{family, kind});
    peer.session.routeRefreshSent(step.env.now);
}

/// True when the neighbour has any paths here.
bool BgpProcess::markStale(const Peer& peer, Family family) {
    std::vector<Prefix> prefixes;
    for (const auto& [prefix, destination] : tables_[family]) {
        if (std::ranges::find(destination.paths, peer.id, &Path::peer) != destination.paths.end())
            prefixes.push_back(prefix);
    }
    for (const Prefix& prefix : prefixes) {
        for (Path& path : tables_[family].edit(prefix)->paths)
            path.isStale = path.isStale || path.peer == peer.id;
    }
    return !prefixes.empty();
}

/// "clear [ipv4|ipv6] [unicast] WHO [soft] [in|out]": WHO is `*`, `external`, `peer-group G`, an AS number,
/// or a neighbour's address or interface. The last family that is named counts.
void BgpProcess::command(Step& step, const Commanded& command) {
    const auto& words = command.words;
    if (words.empty() || words[0] != "clear") return;
    std::optional<Family> only;
    auto word = words.begin() + 1;
    for (; word != words.end() && (*word == "ipv4" || *word == "ipv6" || *word == "unicast"); ++word) {
        if (*word != "unicast") only = *word == "ipv4" ? Family::IPv4 : Family::IPv6;
    }
    const bool isGroup = word != words.end() && *word == "peer-group";
    if (isGroup) ++word;
    if (word == words.end()) return;
    const auto address = IpAddress::parse(*word);
    const std::string who = address ? toString(*address) : *word;
    const auto says = [&](std::string_view how) {
        return std::find(word + 1, words.end(), how) != words.end();
    };
    const bool isIn = says("in");
    const bool isOut = says("out");
    const bool isSoft = says("soft") || isIn || isOut;
    const auto isMeantFamily = [&](Family family) { return !only || *only == family; };
    const auto isMeant = [&](const Peer& peer) {
        if (only && !config().isActivated(peer.config, *only)) return false;
        if (isGroup) return peer.group == who;
        if (who == "*") return true;
        if (who == "external") return peer.isExternal();
        if (const auto number = Asn::parse(who)) return peer.facts.remoteAs == *number;
        return peer.name() == who;
    };
    for (auto [id, peer] : peers_) {
        if (!isMeant(peer)) continue;
        if (!isSoft) {
            NotificationMessage notification;
            notification.subcode = subcode::kAdministrativeReset;
            run(step, peer, input::AutomaticStop{notification, "", false});
            run(step, peer, input::ManualStart{});
            continue;
        }
        for (const Family family : {Family::IPv4, Family::IPv6}) {
            if (!peer.families[family].isUp || !isMeantFamily(family)) continue;
            if (isIn || !isOut) askForRoutes(step, peer, family);
            if (isOut || !isIn) enqueueTable(peer, family, step.env.cause);
        }
    }
}

}  // namespace peerscape::bgp

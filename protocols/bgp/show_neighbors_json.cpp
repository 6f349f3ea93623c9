// `show bgp neighbors json`: keys and their order are those of FRR 8.4.4, but for `reason`.
#include <array>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "protocols/bgp/neighbor_view.hpp"
#include "protocols/bgp/show_graceful_restart.hpp"
#include "protocols/bgp/show_neighbors.hpp"

namespace peerscape::bgp {
namespace {

std::string domainOf(const Capabilities& said) { return said.domain.empty() ? "n/a" : said.domain; }

void putHead(Json& json, const NeighborView& view) {
    const Peer& peer = view.peer;
    const NeighborSettings& configured = peer.config.settings;
    json["remoteAs"] = remoteAsOf(view.process, peer).value();
    json["localAs"] = peer.localAs.value();
    if (const auto& local = configured.localAs) {
        if (!local->prependsInbound) json["localAsNoPrepend"] = true;
        if (local->replacesOutbound) json["localAsReplaceAs"] = true;
    }
    const bool isInConfederation = view.process.config().confederation.has_value();
    if (peer.isInternal()) {
        json[isInConfederation ? "nbrConfedInternalLink" : "nbrInternalLink"] = true;
    } else {
        json[peer.facts.sort == PeerSort::Confederation ? "nbrConfedExternalLink" : "nbrExternalLink"] = true;
    }
    json["localRole"] = roleText(configured.localRole);
    json["remoteRole"] = roleText(view.isUp() ? view.theirs().role : std::optional<Role>());
    if (configured.description) json["nbrDesc"] = *configured.description;
    if (!hostnameOf(peer).empty()) json["hostname"] = hostnameOf(peer);
    if (!peer.group.empty()) json["peerGroup"] = peer.group;
    if (view.settings.isShutdown) json["adminShutDown"] = true;
}

void putState(Json& json, const NeighborView& view) {
    const Session& session = view.peer.session;
    const SimTime now = view.context.now;
    json["bgpVersion"] = 4;
    json["remoteRouterId"] = toString((view.isUp() ? view.peer.facts.routerId : RouterId()).address());
    json["localRouterId"] = toString(view.process.routerId().address());
    json["bgpState"] = name(session.state());
    if (view.isUp()) {
        const SimTime since = *session.lastEstablished();
        json["bgpTimerUpMsec"] = wholeMilliseconds(now - since);
        json["bgpTimerUpString"] = uptimeText(now - since);
        json["bgpTimerUpEstablishedEpoch"] = epochOf(since);
    } else {
        json["reason"] = session.reason(now);
    }
    if (session.lastReceived()) json["bgpTimerLastRead"] = wholeMilliseconds(now - *session.lastReceived());
    if (session.lastSent()) json["bgpTimerLastWrite"] = wholeMilliseconds(now - *session.lastSent());
    json["bgpTimerConfiguredHoldTimeMsecs"] = view.configuredHold() * 1000;
    json["bgpTimerConfiguredKeepAliveIntervalMsecs"] = view.configuredKeepalive() * 1000;
    json["bgpTimerHoldTimeMsecs"] = view.hold() * 1000;
    json["bgpTimerKeepAliveIntervalMsecs"] = view.keepalive() * 1000;
    json["extendedOptionalParametersLength"] = false;
    json["bgpTimerConfiguredConditionalAdvertisementsSec"] = view.process.config().conditionalPeriod;
}

Json addPathJson(const NeighborView& view) {
    Json json = Json::object();
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        const auto put = [&](std::string_view way, const Offered& offered) {
            if (!offered.isSaid()) return;
            const std::string key = offered.key();
            json[keyOf(family)]
                [fmt::format("{}{}{}", way, static_cast<char>(key[0] - 'a' + 'A'), key.substr(1))] = true;
        };
        put("tx", view.sendsPaths(family));
        put("rx", view.receivesPaths(family));
    }
    return json;
}

Json capabilitiesJson(const NeighborView& view) {
    Json json = Json::object();
    const auto put = [&](const char* key, const Offered& offered, std::string_view more = "") {
        if (offered.isSaid()) json[key] = offered.key() + std::string(more);
    };
    put("4byteAs", view.fourOctetAs());
    put("extendedMessage", view.extendedMessage());
    if (Json addPath = addPathJson(view); !addPath.empty()) json["addPath"] = std::move(addPath);
    put("longLivedGracefulRestart", view.longLived());
    const Capabilities& theirs = view.theirs();
    const bool isBoth = theirs.hasEarlyRouteRefresh && theirs.hasRouteRefresh;
    put("routeRefresh", view.routeRefresh(),
        !view.routeRefresh().isReceived ? ""
        : isBoth                        ? "OldNew"
        : theirs.hasRouteRefresh        ? "New"
                                        : "Old");
    put("enhancedRouteRefresh", view.enhancedRouteRefresh());
    put("extendedNexthop", view.extendedNextHop());
    Json families = Json::object();
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        if (const Offered offered = view.family(family); offered.isSaid())
            families[keyOf(family)] = {{offered.key(), true}};
    }
    json["multiprotocolExtensions"] = std::move(families);
    Json names = Json::object();
    if (!view.ours().hostname.empty()) {
        names["advHostName"] = view.ours().hostname;
        names["advDomainName"] = domainOf(view.ours());
    }
    if (!theirs.hostname.empty()) {
        names["rcvHostName"] = theirs.hostname;
        names["rcvDomainName"] = domainOf(theirs);
    }
    json["hostName"] = std::move(names);
    put("gracefulRestart", view.gracefulRestart());
    if (const auto& restart = theirs.gracefulRestart) {
        json["gracefulRestartRemoteTimerMsecs"] = restart->restartTime * 1000;
        json["addressFamiliesByPeer"] = "none";
        if (!restart->families.empty()) json["addressFamiliesByPeer"] = Json::object();
        for (const GracefulFamily& one : restart->families)
            json["addressFamiliesByPeer"][keyOf(one.family)] = {
                {"familyForwardingState", one.isForwardingPreserved ? "preserved" : "notPreserved"}};
    }
    return json;
}

Json messagesJson(const Session& session) {
    const MessageCounts& sent = session.counts().sent;
    const MessageCounts& received = session.counts().received;
    return {{"depthInq", 0},
            {"depthOutq", 0},
            {"opensSent", sent.opens},
            {"opensRecv", received.opens},
            {"notificationsSent", sent.notifications},
            {"notificationsRecv", received.notifications},
            {"updatesSent", sent.updates},
            {"updatesRecv", received.updates},
            {"keepalivesSent", sent.keepalives},
            {"keepalivesRecv", received.keepalives},
            {"routeRefreshSent", sent.routeRefreshes},
            {"routeRefreshRecv", received.routeRefreshes},
            {"capabilitySent", 0},
            {"capabilityRecv", 0},
            {"totalSent", sent.total()},
            {"totalRecv", received.total()}};
}

void putFilters(Json& json, const NeighborView& view, Family family) {
    const NeighborFamilySettings& settings = view.peer.settings(family);
    for (const Direction direction : {Direction::In, Direction::Out}) {
        const bool isIn = direction == Direction::In;
        const bool hasAny = settings.routeMap[direction] || settings.prefixList[direction] ||
                            settings.filterList[direction] || settings.distributeList[direction];
        if (hasAny) json[isIn ? "inboundPathPolicyConfig" : "outboundPathPolicyConfig"] = true;
        if (lacksPolicy(view.process, view.peer, family, direction)) {
            json[isIn ? "inboundEbgpRequiresPolicy" : "outboundEbgpRequiresPolicy"] =
                fmt::format("{} updates discarded due to missing policy", isIn ? "Inbound" : "Outbound");
        }
    }
    const auto put = [&](const char* key, const std::optional<std::string>& name) {
        if (name) json[key] = *name;
    };
    put("incomingUpdatePrefixFilterList", settings.prefixList.in);
    put("outgoingUpdatePrefixFilterList", settings.prefixList.out);
    put("incomingUpdateNetworkFilterList", settings.distributeList.in);
    put("outgoingUpdateNetworkFilterList", settings.distributeList.out);
    put("incomingUpdateAsPathFilterList", settings.filterList.in);
    put("outgoingUpdateAsPathFilterList", settings.filterList.out);
    put("routeMapForIncomingAdvertisements", settings.routeMap.in);
    put("routeMapForOutgoingAdvertisements", settings.routeMap.out);
}

void putPrivateAs(Json& json, const RemovePrivateAs& how) {
    constexpr std::array<std::string_view, 4> kKeys{
        "privateAsNumsRemovedInUpdatesToNbr", "privateAsNumsAllRemovedInUpdatesToNbr",
        "privateAsNumsReplacedInUpdatesToNbr", "privateAsNumsAllReplacedInUpdatesToNbr"};
    json[kKeys[(how.all ? 1U : 0U) + (how.replaces ? 2U : 0U)]] = true;
}

std::string_view sentCommunitiesJson(const SendCommunity& sent) {
    if (sent.standard && sent.extended) return "extendedAndStandard";
    if (sent.extended) return "extended";
    if (sent.standard) return "standard";
    return "large";
}

Json familyJson(const NeighborView& view, Family family) {
    const NeighborFamilySettings& settings = view.peer.settings(family);
    const FamilyExchange& exchange = view.peer.families[family];
    Json json = Json::object();
    const auto flag = [&](const char* key, const std::optional<bool>& isSo) {
        if (isSo.value_or(false)) json[key] = true;
    };
    if (!view.peer.group.empty()) json["peerGroupMember"] = view.peer.group;
    if (exchange.isUp) json["packetQueueLength"] = 0;
    flag("routeReflectorClient", settings.isReflectorClient);
    flag("routeServerClient", settings.isRouteServerClient);
    flag("inboundSoftConfigPermit", settings.keepsReceivedRoutes);
    if (settings.removePrivateAs) putPrivateAs(json, *settings.removePrivateAs);
    flag("addpathTxAllPaths", settings.sendsAllPaths);
    flag("addpathTxBestpathPerAS", settings.sendsBestPathPerAs);
    flag("overrideASNsInOutboundUpdates", settings.overridesAs);
    if (settings.nextHopSelf.value_or(false) || settings.nextHopSelfForced.value_or(false))
        json["routerAlwaysNextHop"] = true;
    const AttributeUnchanged unchanged = settings.attributeUnchanged.value_or(AttributeUnchanged{});
    flag("unchangedAsPathPropogatedToNbr", unchanged.asPath);
    flag("unchangedNextHopPropogatedToNbr", unchanged.nextHop);
    flag("unchangedMedPropogatedToNbr", unchanged.med);
    const SendCommunity sent = settings.sendCommunity.value_or(SendCommunity{});
    if (sent.standard || sent.extended || sent.large) json["commAttriSentToNbr"] = sentCommunitiesJson(sent);
    if (settings.defaultOriginate) {
        if (!settings.defaultOriginate->routeMap.empty())
            json["defaultRouteMap"] = settings.defaultOriginate->routeMap;
        json[exchange.isUp ? "defaultSent" : "defaultNotSent"] = true;
    }
    putFilters(json, view, family);
    json["acceptedPrefixCounter"] = exchange.accepted;
    if (exchange.isUp) json["sentPrefixCounter"] = exchange.sent;
    if (const auto& most = settings.maximumPrefix) {
        json["prefixAllowedMax"] = most->limit;
        if (most->warnsOnly) json["prefixAllowedMaxWarning"] = true;
        json["prefixAllowedWarningThresh"] = most->thresholdPercent;
        if (most->restartMinutes) json["prefixAllowedRestartIntervalMsecs"] = *most->restartMinutes * 60'000;
    }
    return json;
}

void putReset(Json& json, const NeighborView& view) {
    const auto& end = view.peer.session.lastEnd();
    if (!end) return;
    json["lastResetTimerMsecs"] = wholeMilliseconds(view.context.now - end->when);
    const std::string due = end->lastResetDueTo();
    const bool isNotification =
        end->cause == SessionEnd::Cause::NotificationReceived || due == "BGP Notification send";
    if (isNotification && end->notification) {
        const auto inner = end->notification->insideHardReset();
        const NotificationMessage shown = inner.value_or(*end->notification);
        json["lastErrorCodeSubcode"] = fmt::format("{:02X}{:02X}", static_cast<unsigned>(shown.code),
                                                   static_cast<unsigned>(shown.subcode));
        json["lastNotificationReason"] = shown.text();
        json["lastNotificationHardReset"] = inner.has_value();
    }
    json["lastResetDueTo"] = due;
    json["lastResetReason"] = end->text();
}

void putConnection(Json& json, const NeighborView& view) {
    const Session& session = view.peer.session;
    json["connectionsEstablished"] = session.counts().connectionsEstablished;
    json["connectionsDropped"] = session.counts().connectionsDropped;
    putReset(json, view);
    json[view.peer.isInternal() ? "internalBgpNbrMaxHopsAway" : "externalBgpNbrMaxHopsAway"] = view.hops();
    if (const Endpoints* ends = view.endpoints()) {
        json["hostLocal"] = toString(ends->localAddress);
        json["portLocal"] = ends->localPort;
        json["hostForeign"] = toString(view.peer.address());
        json["portForeign"] = ends->remotePort;
        const OwnAddresses& own = view.peer.own;
        if (own.ipv4) json["nexthop"] = toString(*own.ipv4);
        if (own.ipv6) json["nexthopGlobal"] = toString(*own.ipv6);
        if (own.linkLocal) json["nexthopLocal"] = toString(*own.linkLocal);
        json["bgpConnection"] = view.peer.interface.isSome() ? "sharedNetwork" : "nonSharedNetwork";
    } else {
        json["hostLocal"] = "Unknown";
        json["portLocal"] = -1;
        json["hostForeign"] = "Unknown";
        json["portForeign"] = -1;
    }
    json["connectRetryTimer"] = view.settings.connectRetry;
    const auto due = [&](Timer timer, const char* key) {
        if (const auto at = session.deadline(timer)) json[key] = wholeMilliseconds(*at - view.context.now);
    };
    due(Timer::IdleHold, "nextStartTimerDueInMsecs");
    due(Timer::ConnectRetry, "nextConnectTimerDueInMsecs");
    if (!view.settings.password.empty()) json["authenticationEnabled"] = 1;
}

}  // namespace

Json neighborJson(const ShowContext& context, const BgpProcess& process, const Peer& peer) {
    const NeighborView view(context, process, peer);
    Json json = Json::object();
    putHead(json, view);
    putState(json, view);
    if (view.isUp()) {
        json["neighborCapabilities"] = capabilitiesJson(view);
    }
    json["gracefulRestartInfo"] = gracefulRestartJson(view);
    json["messageStats"] = messagesJson(peer.session);
    json["minBtwnAdvertisementRunsTimerMsecs"] = process.minimumInterval(peer) / Duration::milliseconds(1);
    Json families = Json::object();
    for (const Family family : view.families)
        families[keyOf(family)] = familyJson(view, family);
    json["addressFamilyInfo"] = std::move(families);
    putConnection(json, view);
    return json;
}

}  // namespace peerscape::bgp

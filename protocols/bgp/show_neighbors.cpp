#include "protocols/bgp/show_neighbors.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "protocols/bgp/neighbor_view.hpp"
#include "protocols/bgp/show_graceful_restart.hpp"

namespace peerscape::bgp {
namespace {

std::string agoText(const std::optional<SimTime>& time, SimTime now) {
    return time ? uptimeText(now - *time) : "never";
}

std::string_view relationOf(const NeighborView& view) {
    const bool isInConfederation = view.process.config().confederation.has_value();
    switch (view.peer.facts.sort) {
        case PeerSort::Internal:
            return isInConfederation ? "confed-internal link" : "internal link";
        case PeerSort::Confederation:
            return "confed-external link";
        case PeerSort::External:
        case PeerSort::Local:
            break;
    }
    return "external link";
}

std::string headText(const NeighborView& view) {
    const Peer& peer = view.peer;
    const NeighborSettings& configured = peer.config.settings;
    std::string text = neighborHeading(view);
    text += fmt::format("  Local Role: {}\n", roleText(configured.localRole));
    text += fmt::format("  Remote Role: {}\n",
                        roleText(view.isUp() ? view.theirs().role : std::optional<Role>()));
    if (configured.description) text += fmt::format(" Description: {}\n", *configured.description);
    if (!hostnameOf(peer).empty()) text += fmt::format("Hostname: {}\n", hostnameOf(peer));
    if (!peer.group.empty())
        text += fmt::format(" Member of peer-group {} for session parameters\n", peer.group);
    if (view.settings.isShutdown) text += " Administratively shut down\n";
    return text;
}

std::string stateText(const NeighborView& view) {
    const Session& session = view.peer.session;
    const SimTime now = view.context.now;
    std::string text = fmt::format("  BGP version 4, remote router ID {}, local router ID {}\n",
                                   toString((view.isUp() ? view.peer.facts.routerId : RouterId()).address()),
                                   toString(view.process.routerId().address()));
    text += neighborStateLine(view);
    if (!view.isUp()) text += fmt::format("  Reason: {}\n", session.reason(now));
    text += fmt::format("  Last read {}, Last write {}\n", agoText(session.lastReceived(), now),
                        agoText(session.lastSent(), now));
    text += fmt::format("  Hold time is {} seconds, keepalive interval is {} seconds\n", view.hold(),
                        view.keepalive());
    text += fmt::format("  Configured hold time is {} seconds, keepalive interval is {} seconds\n",
                        view.configuredHold(), view.configuredKeepalive());
    return text + fmt::format("  Configured conditional advertisements interval is {} seconds\n",
                              view.process.config().conditionalPeriod);
}

std::string addPathText(const NeighborView& view) {
    std::string text;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        const Offered receives = view.receivesPaths(family);
        const Offered sends = view.sendsPaths(family);
        if (sends.isSaid()) text += fmt::format("      {}: TX {}\n", titleOf(family), sends.text());
        if (receives.isSaid()) text += fmt::format("      {}: RX {}\n", titleOf(family), receives.text());
    }
    return text.empty() ? "" : "    AddPath:\n" + text;
}

std::string capabilitiesText(const NeighborView& view) {
    std::string text = "  Neighbor capabilities:\n";
    const auto line = [&](std::string_view what, const Offered& offered, std::string_view more = "") {
        if (offered.isSaid()) text += fmt::format("    {}: {}{}\n", what, offered.text(), more);
    };
    line("4 Byte AS", view.fourOctetAs());
    line("Extended Message", view.extendedMessage());
    text += addPathText(view);
    line("Long-lived Graceful Restart", view.longLived());
    const bool isOldToo = view.theirs().hasEarlyRouteRefresh;
    const bool isNewToo = view.theirs().hasRouteRefresh;
    line("Route refresh", view.routeRefresh(),
         !view.routeRefresh().isReceived ? ""
         : isOldToo && isNewToo          ? "(old & new)"
         : isOldToo                      ? "(old)"
                                         : "(new)");
    line("Enhanced Route Refresh", view.enhancedRouteRefresh());
    line("Extended nexthop", view.extendedNextHop());
    for (const Family family : {Family::IPv4, Family::IPv6})
        line(fmt::format("Address Family {}", titleOf(family)), view.family(family));
    const auto names = [](const Capabilities& said) {
        return fmt::format("(name: {},domain name: {})", said.hostname,
                           said.domain.empty() ? "n/a" : said.domain);
    };
    std::string hostnames = "    Hostname Capability:";
    hostnames += view.ours().hostname.empty() ? " not advertised" : " advertised " + names(view.ours());
    hostnames += view.theirs().hostname.empty() ? " not received" : " received " + names(view.theirs());
    text += hostnames + "\n";
    if (view.gracefulRestart().isSaid()) text += gracefulCapabilityText(view);
    return text;
}

std::string messagesText(const Session& session) {
    const MessageCounts& sent = session.counts().sent;
    const MessageCounts& received = session.counts().received;
    std::string text =
        "  Message statistics:\n"
        "    Inq depth is 0\n"
        "    Outq depth is 0\n"
        "                         Sent       Rcvd\n";
    const auto line = [&](std::string_view what, std::uint64_t out, std::uint64_t in) {
        text += fmt::format("    {:<15}{:>10} {:>10}\n", what, out, in);
    };
    line("Opens:", sent.opens, received.opens);
    line("Notifications:", sent.notifications, received.notifications);
    line("Updates:", sent.updates, received.updates);
    line("Keepalives:", sent.keepalives, received.keepalives);
    line("Route Refresh:", sent.routeRefreshes, received.routeRefreshes);
    line("Capability:", 0, 0);
    line("Total:", sent.total(), received.total());
    return text;
}

std::string_view sentCommunities(const SendCommunity& sent) {
    if (sent.standard && sent.extended && sent.large) return "all";
    if (sent.standard && sent.extended) return "both";
    if (sent.standard) return "standard";
    if (sent.extended) return "extended";
    return "large";
}

std::string filtersText(const NeighborView& view, Family family) {
    const NeighborFamilySettings& settings = view.peer.settings(family);
    std::string text;
    for (const Direction direction : {Direction::In, Direction::Out}) {
        const std::string_view way = direction == Direction::In ? "Inbound" : "Outbound";
        const bool hasAny = settings.routeMap[direction] || settings.prefixList[direction] ||
                            settings.filterList[direction] || settings.distributeList[direction];
        if (hasAny) text += fmt::format("  {} path policy configured\n", way);
        if (lacksPolicy(view.process, view.peer, family, direction))
            text += fmt::format("  {} updates discarded due to missing policy\n", way);
    }
    const std::array<std::pair<std::string_view, const InAndOut<std::optional<std::string>>*>, 4> kinds{
        {{"prefix filter list", &settings.prefixList},
         {"network filter list", &settings.distributeList},
         {"AS path filter list", &settings.filterList},
         {"Route map for", &settings.routeMap}}};
    for (const auto& [words, names] : kinds) {
        for (const Direction direction : {Direction::In, Direction::Out}) {
            const auto& name = (*names)[direction];
            const bool isIn = direction == Direction::In;
            if (!name) continue;
            text += names == &settings.routeMap ? fmt::format("  {} {} advertisements is *{}\n", words,
                                                              isIn ? "incoming" : "outgoing", *name)
                                                : fmt::format("  {} update {} is *{}\n",
                                                              isIn ? "Incoming" : "Outgoing", words, *name);
        }
    }
    return text;
}

std::string familyText(const NeighborView& view, Family family) {
    const NeighborFamilySettings& settings = view.peer.settings(family);
    const FamilyExchange& exchange = view.peer.families[family];
    std::string text = fmt::format(" For address family: {}\n", titleOf(family));
    const auto lineIf = [&](bool isSo, std::string_view words) {
        if (isSo) text += fmt::format("  {}\n", words);
    };
    if (!view.peer.group.empty()) text += fmt::format("  {} peer-group member\n", view.peer.group);
    lineIf(!exchange.isUp, "Not part of any update group");
    lineIf(exchange.isUp, "Packet Queue length 0");
    lineIf(settings.isReflectorClient.value_or(false), "Route-Reflector Client");
    lineIf(settings.isRouteServerClient.value_or(false), "Route-Server Client");
    lineIf(settings.keepsReceivedRoutes.value_or(false), "Inbound soft reconfiguration allowed");
    lineIf(settings.removePrivateAs && settings.removePrivateAs->all && settings.removePrivateAs->replaces,
           "Private AS numbers (all) replaced in updates to this neighbor");
    lineIf(settings.removePrivateAs && !settings.removePrivateAs->all && settings.removePrivateAs->replaces,
           "Private AS numbers replaced in updates to this neighbor");
    lineIf(settings.removePrivateAs && settings.removePrivateAs->all && !settings.removePrivateAs->replaces,
           "Private AS numbers (all) removed in updates to this neighbor");
    lineIf(settings.removePrivateAs && !settings.removePrivateAs->all && !settings.removePrivateAs->replaces,
           "Private AS numbers removed in updates to this neighbor");
    lineIf(settings.sendsAllPaths.value_or(false), "Advertise all paths via addpath");
    lineIf(settings.sendsBestPathPerAs.value_or(false), "Advertise bestpath per AS via addpath");
    lineIf(settings.overridesAs.value_or(false),
           "Override ASNs in outbound updates if aspath equals remote-as");
    lineIf(settings.nextHopSelf.value_or(false) || settings.nextHopSelfForced.value_or(false),
           "NEXT_HOP is always this router");
    if (settings.attributeUnchanged) {
        lineIf(settings.attributeUnchanged->asPath, "AS_PATH is propagated unchanged to this neighbor");
        lineIf(settings.attributeUnchanged->nextHop, "NEXT_HOP is propagated unchanged to this neighbor");
        lineIf(settings.attributeUnchanged->med, "MED is propagated unchanged to this neighbor");
    }
    const SendCommunity sent = settings.sendCommunity.value_or(SendCommunity{});
    if (sent.standard || sent.extended || sent.large)
        text += fmt::format("  Community attribute sent to this neighbor({})\n", sentCommunities(sent));
    if (settings.defaultOriginate) {
        text += "  Default information originate";
        if (!settings.defaultOriginate->routeMap.empty())
            text += fmt::format(", default route-map *{}", settings.defaultOriginate->routeMap);
        text += exchange.isUp ? ", default sent\n" : ", default not sent\n";
    }
    text += filtersText(view, family);
    text += fmt::format("  {} accepted prefixes\n", exchange.accepted);
    if (const auto& most = settings.maximumPrefix) {
        text += fmt::format("  Maximum prefixes allowed {}{}\n", most->limit,
                            most->warnsOnly ? " (warning-only)" : "");
        text += fmt::format("  Threshold for warning message {}%", most->thresholdPercent);
        if (most->restartMinutes) text += fmt::format(", restart interval {} min", *most->restartMinutes);
        text += "\n";
    }
    return text + "\n";
}

/// "Notification received (Cease/Administrative Reset/Hard Reset)".
std::string resetText(const SessionEnd& end) {
    const bool isNotification = end.cause == SessionEnd::Cause::NotificationReceived ||
                                end.lastResetDueTo() == "BGP Notification send";
    if (!isNotification || !end.notification) return end.lastResetDueTo();
    const auto inner = end.notification->insideHardReset();
    return fmt::format("Notification {} ({}{})",
                       end.cause == SessionEnd::Cause::NotificationReceived ? "received" : "sent",
                       inner.value_or(*end.notification).text(), inner ? "/Hard Reset" : "");
}

std::string connectionText(const NeighborView& view) {
    const Session& session = view.peer.session;
    const SimTime now = view.context.now;
    std::string text =
        fmt::format("  Connections established {}; dropped {}\n", session.counts().connectionsEstablished,
                    session.counts().connectionsDropped);
    const auto& end = session.lastEnd();
    text += end ? fmt::format("  Last reset {},  {}\n", uptimeText(now - end->when), resetText(*end))
                : std::string("  Last reset never\n");
    text += fmt::format("  {} BGP neighbor may be up to {} hops away.\n",
                        view.peer.isInternal() ? "Internal" : "External", view.hops());
    if (const Endpoints* ends = view.endpoints()) {
        text +=
            fmt::format("Local host: {}, Local port: {}\n", toString(ends->localAddress), ends->localPort);
        text += fmt::format("Foreign host: {}, Foreign port: {}\n", toString(view.peer.address()),
                            ends->remotePort);
        const OwnAddresses& own = view.peer.own;
        if (own.ipv4) text += fmt::format("Nexthop: {}\n", toString(*own.ipv4));
        if (own.ipv6) text += fmt::format("Nexthop global: {}\n", toString(*own.ipv6));
        if (own.linkLocal) text += fmt::format("Nexthop local: {}\n", toString(*own.linkLocal));
        text += fmt::format("BGP connection: {}\n",
                            view.peer.interface.isSome() ? "shared network" : "non shared network");
    }
    text += fmt::format("BGP Connect Retry Timer in Seconds: {}\n", view.settings.connectRetry);
    const auto due = [&](Timer timer, std::string_view words) {
        if (const auto at = session.deadline(timer))
            text += fmt::format("Next {} timer due in {} seconds\n", words, wholeSeconds(*at - now));
    };
    due(Timer::IdleHold, "start");
    due(Timer::ConnectRetry, "connect");
    return text + (view.settings.password.empty() ? "" : "Peer Authentication Enabled\n") + "\n";
}

}  // namespace

std::string neighborHeading(const NeighborView& view) {
    const Peer& peer = view.peer;
    const NeighborSettings& configured = peer.config.settings;
    const AsNotation notation = view.process.config().notation;
    std::string text =
        fmt::format("BGP neighbor {} {}, remote AS {}, local AS {}", peer.key.interface.empty() ? "is" : "on",
                    (peer.isDynamic ? "*" : "") + peer.name() +
                        (peer.isUnnumbered() ? ": " + toString(peer.address()) : ""),
                    bgp::text(remoteAsOf(view.process, peer), notation), bgp::text(peer.localAs, notation));
    if (const auto& local = configured.localAs) {
        if (!local->prependsInbound) text += " no-prepend";
        if (local->replacesOutbound) text += " replace-as";
    }
    text += fmt::format(", {}\n", relationOf(view));
    return text;
}

std::string neighborStateLine(const NeighborView& view) {
    const Session& session = view.peer.session;
    std::string text = fmt::format("  BGP state = {}", name(session.state()));
    if (view.isUp()) text += fmt::format(", up for {}", agoText(session.lastEstablished(), view.context.now));
    return text + "\n";
}

std::string neighborText(const ShowContext& context, const BgpProcess& process, const Peer& peer) {
    const NeighborView view(context, process, peer);
    std::string text = headText(view) + stateText(view);
    if (view.isUp()) text += capabilitiesText(view);
    text += gracefulRestartText(view) + messagesText(peer.session);
    text += fmt::format("  Minimum time between advertisement runs is {} seconds\n\n",
                        process.minimumInterval(peer) / Duration::seconds(1));
    for (const Family family : view.families)
        text += familyText(view, family);
    return text + connectionText(view);
}

std::string showNeighbors(const ShowContext& context, std::optional<Family> family, std::string_view name,
                          Format format) {
    const BgpProcess* process = processOf(context);
    if (process == nullptr) return noInstanceForNeighbors(format);
    std::vector<const Peer*> peers = peersInOrder(*process);
    std::erase_if(peers, [&](const Peer* peer) {
        return (!name.empty() && peer->name() != name) || (family && !isActivated(*process, *peer, *family));
    });
    if (peers.empty() && !name.empty()) {
        return format == Format::AsJson ? frrText({{"bgpNoSuchNeighbor", true}})
                                        : "% No such neighbor in this view/vrf\n\n";
    }
    Json json = Json::object();
    std::string text;
    for (const Peer* peer : peers) {
        if (format == Format::AsJson) {
            json[peer->name()] = neighborJson(context, *process, *peer);
        } else {
            text += neighborText(context, *process, *peer);
        }
    }
    return format == Format::AsJson ? frrText(json) : text + "\n";
}

}  // namespace peerscape::bgp

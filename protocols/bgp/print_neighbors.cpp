/// The `neighbor` lines of `show running-config`.
#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "protocols/bgp/negotiation.hpp"
#include "protocols/bgp/print_lines.hpp"

namespace peerscape::bgp {
namespace {

std::string textOf(const RemoteAs& remoteAs, AsNotation notation) {
    switch (remoteAs.kind) {
        case RemoteAs::Kind::Internal:
            return "internal";
        case RemoteAs::Kind::External:
            return "external";
        case RemoteAs::Kind::Number:
            break;
    }
    return text(remoteAs.number, notation);
}

/// Writes lines that begin with `neighbor NAME`.
class NeighborPrinter {
  public:
    NeighborPrinter(std::string name, Lines& lines) : name_(std::move(name)), lines_(lines) {}

    void line(const std::string& words) { lines_.push_back("neighbor " + name_ + " " + words); }
    void negation(const std::string& words) { lines_.push_back("no neighbor " + name_ + " " + words); }
    void flag(std::optional<bool> value, const std::string& words) {
        if (value) *value ? line(words) : negation(words);
    }
    template <typename T>
    void number(const std::optional<T>& value, const std::string& words) {
        if (value) line(fmt::format("{} {}", words, *value));
    }
    void name(const std::optional<std::string>& value, const std::string& before,
              const std::string& behind = "") {
        if (value) line(before + " " + *value + behind);
    }
    void names(const InAndOut<std::optional<std::string>>& value, const std::string& words) {
        name(value.in, words, " in");
        name(value.out, words, " out");
    }

  private:
    std::string name_;
    Lines& lines_;
};

/// What makes it a neighbour.
void printHeader(const NeighborConfig& neighbor, bool isGroup, AsNotation notation, NeighborPrinter& out) {
    const auto& remoteAs = neighbor.settings.remoteAs;
    const std::string number = remoteAs ? "remote-as " + textOf(*remoteAs, notation) : "";
    const std::string membership = neighbor.group.empty() ? "" : "peer-group " + neighbor.group;
    if (isGroup) out.line("peer-group");
    if (neighbor.isInterface) {
        std::string line = neighbor.isV6Only ? "interface v6only" : "interface";
        if (!membership.empty()) line += " " + membership;
        if (membership.empty() && remoteAs) line += " " + number;
        out.line(line);
        if (!membership.empty() && remoteAs) out.line(number);
        return;
    }
    if (remoteAs) out.line(number);
    if (!membership.empty()) out.line(membership);
}

void printIdentity(const NeighborSettings& s, AsNotation notation, NeighborPrinter& out) {
    if (s.localAs) {
        out.line("local-as " + text(s.localAs->number, notation) +
                 (s.localAs->prependsInbound ? "" : " no-prepend") +
                 (s.localAs->replacesOutbound ? " replace-as" : ""));
    }
    out.name(s.description, "description");
    if (s.shutdown)
        out.line(s.shutdown->message.empty() ? "shutdown" : "shutdown message " + s.shutdown->message);
    out.name(s.password, "password");
    out.flag(s.isSolo, "solo");
    out.number(s.port, "port");
    out.flag(s.isPassive, "passive");
    out.number(s.ebgpMultihop, "ebgp-multihop");
    if (s.localRole) {
        out.line(fmt::format("local-role {}{}", name(*s.localRole),
                             s.hasStrictRole == true ? " strict-mode" : ""));
    }
    out.number(s.ttlSecurityHops, "ttl-security hops");
}

void printSession(const NeighborSettings& s, NeighborPrinter& out) {
    out.flag(s.disablesConnectedCheck, "disable-connected-check");
    out.flag(s.enforcesFirstAs, "enforce-first-as");
    if (s.updateSource) {
        const auto* address = std::get_if<IpAddress>(&*s.updateSource);
        out.line("update-source " +
                 (address != nullptr ? toString(*address) : std::get<std::string>(*s.updateSource)));
    }
    out.number(s.advertisementInterval, "advertisement-interval");
    if (s.timers) out.line(fmt::format("timers {} {}", s.timers->keepalive, s.timers->hold));
    out.number(s.connectRetry, "timers connect");
    out.number(s.delayOpen, "timers delayopen");
    out.flag(s.hasDynamicCapability, "capability dynamic");
    out.flag(s.hasExtendedNextHop, "capability extended-nexthop");
    out.flag(s.negotiatesNoCapabilities, "dont-capability-negotiate");
    out.flag(s.overridesCapabilities, "override-capability");
    out.flag(s.matchesCapabilitiesStrictly, "strict-capability-match");
    out.flag(s.detectsLoopsAtSender, "sender-as-path-loop-detection");
    out.flag(s.gracefulRestart, "graceful-restart");
    out.flag(s.gracefulRestartHelperOnly, "graceful-restart-helper");
    out.flag(s.gracefulRestartDisabled, "graceful-restart-disable");
}

/// Only what differs from the group's or the default.
void printSendCommunity(const SendCommunity& own, const SendCommunity& inherited, NeighborPrinter& out) {
    for (const bool isSent : {true, false}) {
        const auto changes = [&](bool SendCommunity::* kind) {
            return own.*kind != inherited.*kind && own.*kind == isSent;
        };
        const bool standard = changes(&SendCommunity::standard);
        const bool extended = changes(&SendCommunity::extended);
        const bool large = changes(&SendCommunity::large);
        const auto put = [&](const std::string& words) { isSent ? out.line(words) : out.negation(words); };
        if (standard && extended && large) {
            put("send-community all");
            continue;
        }
        if (standard) put("send-community");
        if (extended) put("send-community extended");
        if (large) put("send-community large");
    }
}

std::string textOf(const MaximumPrefix& value) {
    std::string line = fmt::format("maximum-prefix {}", value.limit);
    if (value.thresholdPercent != MaximumPrefix().thresholdPercent)
        line += fmt::format(" {}", value.thresholdPercent);
    if (value.warnsOnly) line += " warning-only";
    if (value.restartMinutes) line += fmt::format(" restart {}", *value.restartMinutes);
    if (value.countsFiltered) line += " force";
    return line;
}

void printPathOptions(const NeighborFamilySettings& s, NeighborPrinter& out) {
    out.flag(s.isActivated, "activate");
    out.flag(s.sendsAllPaths, "addpath-tx-all-paths");
    out.flag(s.sendsBestPathPerAs, "addpath-tx-bestpath-per-AS");
    out.flag(s.refusesAddPath, "disable-addpath-rx");
    out.flag(s.hasAigp, "aigp");
    out.flag(s.isReflectorClient, "route-reflector-client");
    if (s.nextHopSelfForced == true) {
        out.line("next-hop-self force");
    } else {
        out.flag(s.nextHopSelf, "next-hop-self");
    }
    if (s.removePrivateAs) {
        out.line(std::string("remove-private-AS") + (s.removePrivateAs->all ? " all" : "") +
                 (s.removePrivateAs->replaces ? " replace-AS" : ""));
    }
    out.flag(s.overridesAs, "as-override");
}

void printExchange(const NeighborFamilySettings& s, NeighborPrinter& out) {
    if (s.defaultOriginate) {
        out.line("default-originate" +
                 (s.defaultOriginate->routeMap.empty() ? "" : " route-map " + s.defaultOriginate->routeMap));
    }
    out.flag(s.keepsReceivedRoutes, "soft-reconfiguration inbound");
    if (s.maximumPrefix) out.line(textOf(*s.maximumPrefix));
    if (s.maximumPrefixOut) out.line(fmt::format("maximum-prefix-out {}", s.maximumPrefixOut->limit));
    out.flag(s.isRouteServerClient, "route-server-client");
    if (s.allowAsIn) out.line(*s.allowAsIn == 3 ? "allowas-in" : fmt::format("allowas-in {}", *s.allowAsIn));
    out.flag(s.allowAsInOrigin, "allowas-in origin");
    out.number(s.weight, "weight");
}

void printFilters(const NeighborFamilySettings& s, NeighborPrinter& out) {
    out.names(s.distributeList, "distribute-list");
    out.names(s.prefixList, "prefix-list");
    out.names(s.routeMap, "route-map");
    out.name(s.unsuppressMap, "unsuppress-map");
    if (s.conditionalAdvertisement) {
        const auto& condition = *s.conditionalAdvertisement;
        out.line(fmt::format("advertise-map {} {} {}", condition.advertiseMap,
                             condition.whenPresent ? "exist-map" : "non-exist-map", condition.conditionMap));
    }
    out.names(s.filterList, "filter-list");
    if (s.attributeUnchanged) {
        out.line(std::string("attribute-unchanged") + (s.attributeUnchanged->asPath ? " as-path" : "") +
                 (s.attributeUnchanged->nextHop ? " next-hop" : "") +
                 (s.attributeUnchanged->med ? " med" : ""));
    }
}

}  // namespace

std::vector<NamedNeighbor> neighborsInOrder(const BgpConfig& config) {
    std::vector<NamedNeighbor> neighbors;
    for (const auto& [name, neighbor] : config.interfaceNeighbors)
        neighbors.push_back({name, &neighbor});
    for (const auto& [address, neighbor] : config.neighbors)
        neighbors.push_back({toString(address), &neighbor});
    std::ranges::stable_sort(neighbors, {}, [](const NamedNeighbor& n) {
        return std::tuple(n.neighbor->group.empty(), std::string_view(n.neighbor->group));
    });
    std::vector<NamedNeighbor> all;
    for (const auto& [name, group] : config.groups)
        all.push_back({name, &group});
    all.insert(all.end(), neighbors.begin(), neighbors.end());
    return all;
}

void printNeighbors(const BgpConfig& config, Lines& lines) {
    for (const auto& [name, neighbor] : neighborsInOrder(config)) {
        NeighborPrinter out(name, lines);
        const auto group = config.groups.find(name);
        const bool isGroup = group != config.groups.end() && &group->second == neighbor;
        printHeader(*neighbor, isGroup, config.notation, out);
        printIdentity(neighbor->settings, config.notation, out);
        printSession(neighbor->settings, out);
    }
}

void printNeighborsOf(const BgpConfig& config, Family family, Lines& lines) {
    for (const auto& [name, neighbor] : neighborsInOrder(config)) {
        NeighborPrinter out(name, lines);
        const NeighborFamilySettings& settings = *neighbor->families[family];
        printPathOptions(settings, out);
        if (settings.sendCommunity) {
            const NeighborConfig* group = config.groupOf(*neighbor);
            const auto ofGroup = group != nullptr ? group->families[family]->sendCommunity : std::nullopt;
            printSendCommunity(*settings.sendCommunity, ofGroup.value_or(SendCommunity{}), out);
        }
        printExchange(settings, out);
        printFilters(settings, out);
    }
}

}  // namespace peerscape::bgp

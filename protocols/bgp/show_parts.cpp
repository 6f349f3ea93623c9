#include "protocols/bgp/show_parts.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace peerscape::bgp {
namespace {

constexpr std::int64_t kDay = 86'400;

/// FRR's name of a step of its decision process.
std::string_view reasonOf(DecisionStep step) {
    switch (step) {
        case DecisionStep::None:
        case DecisionStep::Invalid:
        case DecisionStep::PathId:
            return "Nothing left to compare";
        case DecisionStep::LongLivedStale:
            return "Path Staleness";
        case DecisionStep::Weight:
            return "Weight";
        case DecisionStep::LocalPreference:
            return "Local Pref";
        case DecisionStep::LocalRoute:
            return "Local Route";
        case DecisionStep::Aigp:
            return "AIGP";
        case DecisionStep::AsPathLength:
            return "AS Path";
        case DecisionStep::Origin:
            return "Origin";
        case DecisionStep::Med:
            return "MED";
        case DecisionStep::PeerType:
            return "Peer Type";
        case DecisionStep::IgpMetric:
            return "IGP Metric";
        case DecisionStep::ConfederationType:
            return "Confed Peer Type";
        case DecisionStep::OlderPath:
            return "Older Path";
        case DecisionStep::RouterId:
            return "Router ID";
        case DecisionStep::InternalClusterLength:
        case DecisionStep::ClusterLength:
            return "Cluster length";
        case DecisionStep::NeighborAddress:
            return "Neighbor IP";
    }
    return "";
}

/// Year, month and day of a day since 1970-01-01 in the Gregorian calendar.
std::tuple<std::int64_t, std::size_t, std::int64_t> civilDate(std::int64_t days) {
    const auto isLeap = [](std::int64_t year) {
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    };
    std::int64_t year = 1970;
    while (days >= (isLeap(year) ? 366 : 365)) {
        days -= isLeap(year) ? 366 : 365;
        ++year;
    }
    std::array<std::int64_t, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (isLeap(year)) lengths[1] = 29;
    std::size_t month = 0;
    while (days >= lengths[month])
        days -= lengths[month++];
    return {year, month, days + 1};
}

}  // namespace

const BgpProcess* processOf(const ShowContext& context) {
    return dynamic_cast<const BgpProcess*>(context.process);
}

Env envOf(const ShowContext& context) {
    Env env;
    env.now = context.now;
    env.hostname = context.hostname;
    env.interfaces = context.interfaces;
    return env;
}

std::string noInstance(Format format) {
    constexpr std::string_view kWords = "Default BGP instance not found";
    return format == Format::AsJson ? frrText({{"warning", kWords}}) : fmt::format("{}\n", kWords);
}

std::string noInstanceForNeighbors(Format format) {
    return format == Format::AsJson ? "{}\n" : "% BGP instance not found\n";
}

std::string uptimeText(Duration time) {
    const std::int64_t seconds = wholeSeconds(time);
    const std::int64_t days = seconds / kDay;
    const std::int64_t hours = seconds / 3600 % 24;
    if (days == 0) return fmt::format("{:02}:{:02}:{:02}", hours, seconds / 60 % 60, seconds % 60);
    if (days < 7) return fmt::format("{}d{:02}h{:02}m", days, hours, seconds / 60 % 60);
    if (days < 365) return fmt::format("{:02}w{}d{:02}h", days / 7, days % 7, hours);
    return fmt::format("{:02}y{:02}w{}d", days / 365, days % 365 / 7, days % 365 % 7);
}

std::int64_t wholeSeconds(Duration time) { return time / Duration::seconds(1); }
std::int64_t wholeMilliseconds(Duration time) { return wholeSeconds(time) * 1000; }
std::int64_t epochOf(SimTime time) { return wholeSeconds(time.sinceStart()); }

std::string dateText(SimTime time) {
    constexpr std::array<std::string_view, 7> kDays{"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::int64_t seconds = epochOf(time);
    const std::int64_t days = seconds / kDay;
    const auto [year, month, day] = civilDate(days);
    return fmt::format("{} {} {:2} {:02}:{:02}:{:02} {}", kDays[static_cast<std::size_t>(days % 7)],
                       kMonths[month], day, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60, year);
}

std::string_view titleOf(Family family) { return family == Family::IPv4 ? "IPv4 Unicast" : "IPv6 Unicast"; }
std::string_view keyOf(Family family) { return family == Family::IPv4 ? "ipv4Unicast" : "ipv6Unicast"; }

std::vector<const Peer*> peersInOrder(const BgpProcess& process) {
    std::vector<const Peer*> peers;
    for (const auto& [id, peer] : process.peers())
        peers.push_back(&peer);
    std::ranges::sort(peers, {}, [](const Peer* peer) { return std::pair(peer->group.empty(), peer->key); });
    return peers;
}

std::vector<const Peer*> peersInOrder(const BgpProcess& process, Family family) {
    std::vector<const Peer*> peers = peersInOrder(process);
    std::erase_if(peers, [&](const Peer* peer) { return !isActivated(process, *peer, family); });
    return peers;
}

bool isActivated(const BgpProcess& process, const Peer& peer, Family family) {
    return process.config().isActivated(peer.config, family);
}

bool lacksPolicy(const BgpProcess& process, const Peer& peer, Family family, Direction direction) {
    const NeighborFamilySettings& settings = peer.settings(family);
    const bool hasPolicy = settings.routeMap[direction] || settings.prefixList[direction] ||
                           settings.filterList[direction] || settings.distributeList[direction];
    return process.config().requiresEbgpPolicy && peer.isExternal() && !hasPolicy;
}

Asn remoteAsOf(const BgpProcess& process, const Peer& peer) {
    if (peer.session.isEstablished()) return peer.facts.remoteAs;
    const RemoteAs configured = peer.config.settings.remoteAs.value_or(RemoteAs{});
    return configured.kind == RemoteAs::Kind::Internal ? *process.config().number : configured.number;
}

std::string hostnameOf(const Peer& peer) { return peer.lastCapabilities.hostname; }

std::vector<const Path*> pathsInOrder(const Destination& destination) {
    std::vector<const Path*> paths;
    for (const Path& path : destination.paths)
        paths.insert(paths.begin(), &path);
    return paths;
}

std::string_view selectionReason(const BgpProcess& process, Family family, const Destination& destination) {
    const DecisionSettings settings = process.decisionSettings(family);
    const auto candidate = [&](const Path& path) {
        return Candidate{&path, &process.factsOf(path), process.isValid(path),
                         process.nextHops()[path.nextHop].igpMetric};
    };
    const Path* best = nullptr;
    std::string_view reason = "First path received";
    for (const Path* path : pathsInOrder(destination)) {
        if (!process.isValid(*path)) continue;
        if (best == nullptr) {
            best = path;
            continue;
        }
        const Comparison comparison =
            compare(candidate(*path), candidate(*best), settings, destination.bestPath());
        reason = reasonOf(comparison.step);
        if (comparison.isFirstBetter) best = path;
    }
    return reason;
}

bool isInMultipath(const Destination& destination, const Path& path) {
    if (path.isMultipath) return true;
    return isBest(destination, path) &&
           std::ranges::any_of(destination.paths, [](const Path& other) { return other.isMultipath; });
}

bool isBest(const Destination& destination, const Path& path) { return &path == destination.bestPath(); }

std::string_view wordOf(Origin origin) {
    return origin == Origin::Igp ? "IGP" : origin == Origin::Egp ? "EGP" : "incomplete";
}

char letterOf(Origin origin) { return origin == Origin::Igp ? 'i' : origin == Origin::Egp ? 'e' : '?'; }

IpAddress shownNextHop(const BgpProcess& process, const Path& path) {
    if (path.source == PathSource::Aggregate) return IpAddress::any(Family::IPv6);
    return process.nextHops()[path.nextHop].value.address;
}

}  // namespace peerscape::bgp

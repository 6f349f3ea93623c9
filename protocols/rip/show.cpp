#include "protocols/rip/show.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "protocols/rip/process.hpp"

namespace peerscape::rip {
namespace {

/// The code that `show ip route` gives routes of the protocol.
char letterOf(std::string_view protocol) {
    constexpr std::array<std::pair<std::string_view, char>, 15> kLetters{{{"connected", 'C'},
                                                                          {"kernel", 'K'},
                                                                          {"static", 'S'},
                                                                          {"rip", 'R'},
                                                                          {"ripng", 'R'},
                                                                          {"ospf", 'O'},
                                                                          {"ospf6", 'O'},
                                                                          {"isis", 'I'},
                                                                          {"bgp", 'B'},
                                                                          {"eigrp", 'E'},
                                                                          {"nhrp", 'N'},
                                                                          {"babel", 'A'},
                                                                          {"sharp", 'D'},
                                                                          {"openfabric", 'f'},
                                                                          {"vnc", 'v'}}};
    const auto* found = std::ranges::find(kLetters, protocol, [](const auto& pair) { return pair.first; });
    return found == kLetters.end() ? '?' : found->second;
}

char letterOf(RouteKind kind) {
    switch (kind) {
        case RouteKind::Learned:
            return 'n';
        case RouteKind::Static:
            return 's';
        case RouteKind::Default:
            return 'd';
        case RouteKind::Redistributed:
            return 'r';
        case RouteKind::Interface:
            return 'i';
    }
    return '?';
}

std::int64_t secondsUntil(SimTime deadline, SimTime now) {
    return std::max<std::int64_t>(0, (deadline - now) / Duration::seconds(1));
}

/// Minutes and seconds until the route's timer runs out; nothing when none runs.
std::string timeLeft(const Route& route, SimTime now) {
    if (route.timer == RouteTimer::None) return "";
    const auto left = secondsUntil(route.deadline, now);
    return fmt::format("{:02}:{:02}", left / 60 % 60, left % 60);
}

/// "00:00:05", "1d02h03m", "01w2d03h".
std::string interval(Duration duration) {
    const auto seconds = duration / Duration::seconds(1);
    const auto days = seconds / 86400;
    if (days == 0) return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if (days < 7) return fmt::format("{}d{:02}h{:02}m", days, seconds / 3600 % 24, seconds / 60 % 60);
    return fmt::format("{:02}w{}d{:02}h", days / 7, days % 7, seconds / 3600 % 24);
}

std::string padded(std::string text, std::size_t width) {
    if (text.size() < width) text.append(width - text.size(), ' ');
    return text;
}

std::string routeLine4(const RipProcess& process, const Prefix& prefix, const Route& route, SimTime now) {
    const RouteOrigin& origin = process.table().origin(route);
    const auto name = process.nameOf(origin.protocol);
    std::string line =
        padded(fmt::format("{}({}) {}", letterOf(name), letterOf(origin.kind), toString(prefix)), 24);
    line += fmt::format("{:<20} {:>2} ", origin.isDiscard ? "blackhole" : toString(origin.gateway),
                        route.metric.value());
    if (origin.kind == RouteKind::Learned) {
        line += fmt::format("{:<15} {:>3} {:>5}", toString(origin.from), route.tag, timeLeft(route, now));
    } else if (route.metric.isInfinite()) {
        line += fmt::format("{:<16}{:>3} {:>5}", "self", route.tag, timeLeft(route, now));
    } else {
        const bool hasMetric = origin.externalMetric != 0;
        const std::string from =
            hasMetric ? fmt::format("self ({}:{})", name, origin.externalMetric) : "self";
        line += fmt::format("{:<16}{:>3}", from, route.tag);
    }
    return line + "\n";
}

std::string routeLines6(const RipProcess& process, const Prefix& prefix, const Route& route,
                        const ShowContext& context) {
    const RouteOrigin& origin = process.table().origin(route);
    std::string via = route.metric.isInfinite() ? "kill" : "self";
    if (origin.kind == RouteKind::Learned) via = context.interfaces[origin.interface.value()].name;
    std::string lines =
        fmt::format("{}({}{}) {} \n", letterOf(process.nameOf(origin.protocol)),
                    process.isSuppressed(prefix, route) ? "S" : "", letterOf(origin.kind), toString(prefix));
    lines += std::string(18, ' ') + padded(toString(origin.gateway), 28) + padded(via, 9);
    lines += fmt::format(" {:>2}  {:>3}  ", route.metric.value(), route.tag);
    const bool hasTime = origin.kind == RouteKind::Learned || route.metric.isInfinite();
    return lines + (hasTime ? timeLeft(route, context.now) : "") + "\n";
}

/// Names of protocols and interfaces hold nothing that JSON would have to escape but for these two.
std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result + "\"";
}

std::string routeJson(const RipProcess& process, const Prefix& prefix, const Route& route,
                      const ShowContext& context) {
    const RouteOrigin& origin = process.table().origin(route);
    std::string json =
        fmt::format("{{\"code\":\"{}\",\"sub\":\"{}\",\"prefix\":\"{}\",\"nexthop\":\"{}\",\"metric\":{}",
                    letterOf(process.nameOf(origin.protocol)), letterOf(origin.kind), toString(prefix),
                    origin.isDiscard ? "blackhole" : toString(origin.gateway), route.metric.value());
    const bool isLearned = origin.kind == RouteKind::Learned;
    if (process.family() == Family::IPv6) {
        json += fmt::format(",\"interface\":{}",
                            quoted(isLearned ? context.interfaces[origin.interface.value()].name : "self"));
    }
    json += fmt::format(",\"from\":\"{}\"", isLearned ? toString(origin.from) : "self");
    if (route.tag != 0) json += fmt::format(",\"tag\":{}", route.tag);
    return json + "}";
}

std::string aggregateLines(const Prefix& aggregate) {
    return fmt::format("R(a) {} \n{:46}self       1    0\n", toString(aggregate), "");
}

/// The part of `status` on distribute-lists in one direction.
std::string filterLines(const RipConfig& config, Direction direction) {
    const auto describe = [&](std::string_view interface) {
        std::string lists;
        for (const bool isPrefixList : {false, true}) {
            for (const auto& list : config.distributeLists) {
                const bool isMeant = list.direction == direction && list.interface == interface;
                if (!isMeant || list.isPrefixList != isPrefixList) continue;
                lists += fmt::format("{} {}{}", lists.empty() ? "" : ",",
                                     isPrefixList ? "(prefix-list) " : "", list.list);
            }
        }
        return lists;
    };
    const std::string forAll = describe("");
    std::string text = fmt::format("  {} update filter list for all interface is{}\n",
                                   direction == Direction::Out ? "Outgoing" : "Incoming",
                                   forAll.empty() ? " not set" : forAll);
    std::vector<std::string> seen;
    for (const auto& list : config.distributeLists) {
        if (list.interface.empty() || std::ranges::find(seen, list.interface) != seen.end()) continue;
        seen.push_back(list.interface);
        const std::string lists = describe(list.interface);
        text += fmt::format("    {} filtered by{}\n", list.interface, lists.empty() ? " nothing" : lists);
    }
    return text;
}

std::string redistributionLine(const RipConfig& config) {
    // FRR lists them in the order of its protocol numbers.
    constexpr std::array<std::string_view, 11> kOrder{"kernel", "connected", "static",    "ospf",
                                                      "ospf6",  "isis",      "bgp",       "eigrp",
                                                      "nhrp",   "babel",     "openfabric"};
    std::string line = "  Redistributing:";
    for (const auto name : kOrder) {
        const auto isIt = [&](const Redistribution& r) { return r.name == name; };
        if (std::ranges::any_of(config.redistributions, isIt)) line += fmt::format(" {}", name);
    }
    return line + "\n";
}

std::string versionLines(const RipConfig& config) {
    if (config.family() == Family::IPv6) {
        return "  Default version control: send version 1, receive version 1 \n    Interface        Send  "
               "Recv\n";
    }
    const Versions send = config.versions.value_or(Versions{.v1 = false, .v2 = true});
    const std::string receive = config.versions ? fmt::format("version {} ", toString(*config.versions))
                                                : std::string("any version ");
    return fmt::format(
        "  Default version control: send version {}, receive {}\n    Interface        Send  Recv   "
        "Key-chain\n",
        toString(send), receive);
}

std::string interfaceLines(const RipProcess& process, const ShowContext& context) {
    std::string text;
    const RipConfig& config = process.config();
    for (const auto& interface : context.interfaces) {
        if (interface.id.value() >= process.interfaces().size()) continue;
        const InterfaceStatus& status = process.interfaces()[interface.id.value()];
        if (!status.isMatched) continue;
        if (config.family() == Family::IPv6) {
            text += fmt::format("    {:<17}{:<3}   {:<3}\n", interface.name, 1, 1);
        } else if (status.activity == InterfaceActivity::Running) {
            text += fmt::format("    {:<17}{:<3}   {:<3}    {}\n", interface.name,
                                toString(config.sendVersions(interface.name)),
                                toString(config.receiveVersions(interface.name)),
                                config.interface(interface.name).keyChain);
        }
    }
    return text;
}

std::string networkLines(const RipProcess& process, const ShowContext& context) {
    const RipConfig& config = process.config();
    std::string text = "  Routing for Networks:\n";
    auto networks = config.networks;
    std::ranges::sort(networks);
    for (const auto& network : networks)
        text += fmt::format("    {}\n", toString(network));
    for (const auto& interface : config.networkInterfaces)
        text += fmt::format("    {}\n", interface);
    auto neighbors = config.neighbors;
    std::ranges::sort(neighbors);
    for (const auto& neighbor : neighbors)
        text += fmt::format("    {}\n", toString(neighbor));
    if (config.family() == Family::IPv6) return text;
    std::string passive;
    for (const auto& interface : context.interfaces) {
        const auto id = interface.id.value();
        const bool isMatched = id < process.interfaces().size() && process.interfaces()[id].isMatched;
        if (isMatched && config.isPassive(interface.name)) passive += fmt::format("    {}\n", interface.name);
    }
    return text + (passive.empty() ? "" : "  Passive Interface(s):\n" + passive);
}

std::string peerLines(const RipProcess& process, SimTime now) {
    std::string text =
        "  Routing Information Sources:\n    Gateway          BadPackets BadRoutes  Distance Last Update\n";
    for (const Peer& peer : process.peers()) {
        if (peer.lastHeard + kPeerLifetime <= now) continue;
        const std::string ago = interval(now - peer.lastHeard);
        if (process.family() == Family::IPv4) {
            text += fmt::format("    {:<16} {:>9} {:>9} {:>9}   {}\n", toString(peer.address),
                                peer.badPackets, peer.badRoutes, kDefaultDistance, ago);
        } else {
            text += fmt::format("    {} \n{:>14} {:>10} {:>10} {:>10}      {}\n", toString(peer.address), " ",
                                peer.badPackets, peer.badRoutes, kDefaultDistance, ago);
        }
    }
    return text;
}

std::string distanceLines(const RipConfig& config) {
    std::string text =
        fmt::format("  Distance: (default is {})\n", config.distance.value_or(kDefaultDistance));
    auto sources = config.sourceDistances;
    std::ranges::sort(sources, {}, &SourceDistance::source);
    if (!sources.empty()) text += "    Address           Distance  List\n";
    for (const auto& entry : sources) {
        text +=
            fmt::format("    {:<20}  {:>4}  {}\n", toString(entry.source), entry.distance, entry.accessList);
    }
    return text;
}

const RipProcess* processOf(const ShowContext& context) {
    return dynamic_cast<const RipProcess*>(context.process);
}

std::string notFound(Family family) {
    return fmt::format("% {} instance not found\n", family == Family::IPv4 ? "RIP" : "RIPng");
}

}  // namespace

std::string tableJson(const ShowContext& context) {
    const auto& process = dynamic_cast<const RipProcess&>(*context.process);
    std::string json;
    for (const std::uint32_t position : process.table().routes().sorted()) {
        const auto& [prefix, route] = process.table().routes().at(position);
        json += (json.empty() ? "" : ",") + routeJson(process, prefix, route, context);
        for (const Route& other : process.table().alternatives(prefix))
            json += "," + routeJson(process, prefix, other, context);
    }
    return "[" + json + "]";
}

std::string showRoutes(const ShowContext& context, Family family) {
    const RipProcess* process = processOf(context);
    if (process == nullptr) return notFound(family);
    const bool isV4 = family == Family::IPv4;
    std::string text = fmt::format(
        "Codes: R - {}, C - connected, S - Static, O - OSPF, B - BGP\nSub-codes:\n"
        "      (n) - normal, (s) - static, (d) - default, (r) - redistribute,\n",
        isV4 ? "RIP" : "RIPng");
    text += isV4 ? "      (i) - interface\n\n     Network            Next Hop         Metric From            "
                   "Tag Time\n"
                 : "      (i) - interface, (a/S) - aggregated/Suppressed\n\n"
                   "   Network      Next Hop                      Via     Metric Tag Time\n";
    auto aggregates = process->config().aggregates;
    std::ranges::sort(aggregates);
    auto aggregate = aggregates.begin();
    const RouteTable& table = process->table();
    for (const auto position : table.routes().sorted()) {
        const auto& [prefix, route] = table.routes().at(position);
        while (aggregate != aggregates.end() && *aggregate <= prefix)
            text += aggregateLines(*aggregate++);
        const auto add = [&](const Route& r, const Prefix& p) {
            text += isV4 ? routeLine4(*process, p, r, context.now) : routeLines6(*process, p, r, context);
        };
        add(route, prefix);
        for (const Route& other : table.alternatives(prefix))
            add(other, prefix);
    }
    while (aggregate != aggregates.end())
        text += aggregateLines(*aggregate++);
    return text;
}

std::string showStatus(const ShowContext& context, Family family) {
    const RipProcess* process = processOf(context);
    if (process == nullptr) return notFound(family);
    const RipConfig& config = process->config();
    const auto seconds = [](Duration d) { return d / Duration::seconds(1); };
    const bool isV4 = family == Family::IPv4;
    std::string text = fmt::format("Routing Protocol is \"{}\"\n", isV4 ? "rip" : "RIPng");
    text += fmt::format("  Sending updates every {} seconds with +/-50%, next due in {} seconds\n",
                        seconds(config.timers.update), secondsUntil(process->nextUpdate(), context.now));
    text += fmt::format("  Timeout after {} seconds, garbage collect after {} seconds\n",
                        seconds(config.timers.timeout), seconds(config.timers.garbage));
    text += filterLines(config, Direction::Out) + filterLines(config, Direction::In);
    text += fmt::format("  Default redistribution metric is {}\n", config.defaultMetric);
    text += redistributionLine(config) + versionLines(config) + interfaceLines(*process, context);
    text += networkLines(*process, context) + peerLines(*process, context.now);
    return text + (isV4 ? distanceLines(config) : "");
}

}  // namespace peerscape::rip

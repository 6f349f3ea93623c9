#include "protocols/bgp/show_next_hops.hpp"

#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace peerscape::bgp {
namespace {

/// One address, and who needs to know whether it can be reached.
struct TrackedHop {
    const NextHopTable::Entry* entry = nullptr;
    const Peer* peer = nullptr;    ///< whose address it is
    std::vector<Prefix> prefixes;  ///< of the paths through it, one for each path
};

std::map<IpAddress, TrackedHop> trackedHops(const BgpProcess& process) {
    std::map<IpAddress, TrackedHop> hops;
    const auto hopAt = [&](NextHopId id) -> TrackedHop& {
        const NextHopTable::Entry& entry = process.nextHops()[id];
        TrackedHop& hop = hops[entry.value.address];
        hop.entry = &entry;
        return hop;
    };
    for (const auto& [id, peer] : process.peers())
        hopAt(peer.hop).peer = &peer;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        for (const auto& [prefix, destination] : process.table(family)) {
            for (const Path& path : destination.paths) {
                if (!path.isLocal()) hopAt(path.nextHop).prefixes.push_back(prefix);
            }
        }
    }
    return hops;
}

std::string textOf(const IpAddress& address, const TrackedHop& hop, bool namesPaths) {
    std::string text = fmt::format(" {} {}", toString(address), hop.entry->isReachable ? "valid" : "invalid");
    if (hop.entry->isReachable) text += fmt::format(" [IGP metric {}]", hop.entry->igpMetric);
    text += fmt::format(", #paths {}", hop.prefixes.size());
    if (hop.peer != nullptr) text += fmt::format(", peer {}", hop.peer->name());
    text += "\n";
    if (!hop.entry->isReachable && hop.peer != nullptr && hop.peer->isDirect) text += "  Must be Connected\n";
    if (!namesPaths || hop.prefixes.empty()) return text + "\n";
    text += "  Paths:\n";
    for (const Prefix& prefix : hop.prefixes)
        text += fmt::format("    {}/1 {}\n", prefix.family() == Family::IPv4 ? 1 : 2, toString(prefix));
    return text + "\n";
}

Json jsonOf(const TrackedHop& hop, bool namesPaths) {
    Json json = {{"valid", hop.entry->isReachable}};
    if (hop.peer != nullptr) json["peer"] = hop.peer->name();
    if (hop.entry->isReachable) json["igpMetric"] = hop.entry->igpMetric;
    json["pathCount"] = hop.prefixes.size();
    if (!namesPaths) return json;
    json["paths"] = Json::array();
    for (const Prefix& prefix : hop.prefixes) {
        json["paths"].push_back({{"afi", prefix.family() == Family::IPv4 ? "IPv4" : "IPv6"},
                                 {"safi", "unicast"},
                                 {"prefix", toString(prefix)}});
    }
    return json;
}

}  // namespace

std::string showNextHops(const ShowContext& context, const std::optional<IpAddress>& only, Format format) {
    const BgpProcess* process = processOf(context);
    if (process == nullptr) return noInstance(format);
    Json json = Json::object();
    std::string text = "Current BGP nexthop cache:\n";
    bool isKnown = false;
    for (const auto& [address, hop] : trackedHops(*process)) {
        if (only && address != *only) continue;
        isKnown = true;
        json[address.isV4() ? "ipv4" : "ipv6"][toString(address)] = jsonOf(hop, only.has_value());
        text += textOf(address, hop, only.has_value());
    }
    if (format == Format::AsJson) return frrText(json);
    return only && !isKnown ? "specified nexthop does not have entry\n" : text;
}

}  // namespace peerscape::bgp

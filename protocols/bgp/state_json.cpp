#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/base/check.hpp"
#include "protocols/bgp/process.hpp"
#include "protocols/bgp/show.hpp"

namespace peerscape::bgp {
namespace {

using Json = nlohmann::ordered_json;

std::string_view nameOf(PeerSort sort) {
    switch (sort) {
        case PeerSort::Local:
            return "local";
        case PeerSort::Internal:
            return "ibgp";
        case PeerSort::Confederation:
            return "confed";
        case PeerSort::External:
            return "ebgp";
    }
    return "";
}

/// Like FRR, a path inside the own part of a confederation is told from one of another part.
std::string typeOf(const BgpProcess& process, const Path& path) {
    const PeerFacts& facts = process.factsOf(path);
    const bool isInConfederation = process.config().confederation.has_value();
    if (facts.sort == PeerSort::Internal && isInConfederation) return "confed-ibgp";
    return std::string(nameOf(facts.sort));
}

template <typename T>
Json optionalJson(const std::optional<T>& value) {
    return value ? Json(*value) : Json();
}

Json pathJson(const BgpProcess& process, const Destination& destination, const Path& path) {
    const PathAttributes& attributes = *path.attributes;
    const RareAttributes& rare = *attributes.rare;
    const NextHopTable::Entry& hop = process.nextHops()[path.nextHop];
    const PeerFacts& facts = process.factsOf(path);
    Json json = {{"peer", path.isLocal() ? "local" : process.peers().at(path.peer).name()},
                 {"type", typeOf(process, path)},
                 {"as_path", attributes.asPath->text()},
                 {"as_path_len", attributes.asPath->length()},
                 {"origin", name(attributes.origin)},
                 {"next_hop", toString(hop.value.address)}};
    if (hop.value.linkLocal) json["next_hop_ll"] = toString(*hop.value.linkLocal);
    if (hop.igpMetric != 0) json["igp_metric"] = hop.igpMetric;
    json["med"] = optionalJson(attributes.med);
    json["local_pref"] = optionalJson(attributes.localPreference);
    json["weight"] = path.weight;
    if (!attributes.communities->empty()) {
        Json list = Json::array();
        for (const Community community : *attributes.communities)
            list.push_back(community::text(community));
        json["communities"] = std::move(list);
    }
    if (!rare.largeCommunities.empty()) {
        Json list = Json::array();
        for (const LargeCommunity& c : rare.largeCommunities)
            list.push_back(fmt::format("{}:{}:{}", c.global, c.local1, c.local2));
        json["large_communities"] = std::move(list);
    }
    if (rare.originatorId) json["originator_id"] = toString(rare.originatorId->address());
    if (!rare.clusterList.empty()) {
        Json list = Json::array();
        for (const RouterId id : rare.clusterList)
            list.push_back(toString(id.address()));
        json["cluster_list"] = std::move(list);
    }
    if (attributes.hasAtomicAggregate) json["atomic_aggregate"] = true;
    if (rare.aggregator) {
        json["aggregator"] = fmt::format("{} {}", rare.aggregator->number.value(),
                                         toString(rare.aggregator->routerId.address()));
    }
    if (path.isSuppressed) json["suppressed"] = true;
    json["valid"] = process.isValid(path);
    json["router_id"] = toString(facts.routerId.address());
    const bool isBest = &path == destination.bestPath();
    if (isBest) json["best"] = true;
    const bool isShared = std::ranges::any_of(destination.paths, [](const Path& p) { return p.isMultipath; });
    if (path.isMultipath || (isBest && isShared)) json["multipath"] = true;
    if (path.lostBy != DecisionStep::None) json["lost_by"] = nameOf(path.lostBy);
    return json;
}

Json tableJson(const BgpProcess& process, Family family) {
    Json json = Json::object();
    const PrefixMap<Destination>& table = process.table(family);
    for (const std::uint32_t position : table.sorted()) {
        const auto [prefix, destination] = table.at(position);
        if (destination.paths.empty()) continue;
        Json paths = Json::array();
        if (const Path* best = destination.bestPath()) paths.push_back(pathJson(process, destination, *best));
        for (const Path& path : destination.paths) {
            if (&path != destination.bestPath()) paths.push_back(pathJson(process, destination, path));
        }
        Json told = Json::array();
        for (const Advertised& advertised : destination.advertised)
            told.push_back(process.peers().at(advertised.peer).name());
        json[toString(prefix)] = {{"paths", std::move(paths)}, {"advertised_to", std::move(told)}};
    }
    return json;
}

Json neighborJson(const Peer& peer, bool isInConfederation, SimTime now) {
    const bool isUp = peer.session.isEstablished();
    const RemoteAs configured = peer.config.settings.remoteAs.value_or(RemoteAs{});
    Json json;
    json["remote_as"] = isUp ? peer.facts.remoteAs.value() : configured.number.value();
    json["local_as"] = peer.localAs.value();
    // In a confederation FRR's words for it tell other things apart, so nothing is said.
    if (!isInConfederation) json["type"] = nameOf(peer.facts.sort);
    json["state"] = isUp ? "Established" : "down";
    if (peer.session.settings().isShutdown) json["admin_shutdown"] = true;
    if (!isUp) {
        json["reason"] = peer.session.reason(now);
        return json;
    }
    json["remote_router_id"] = toString(peer.facts.routerId.address());
    json["hold"] = peer.session.negotiated()->holdTime;
    json["keepalive"] = peer.session.negotiated()->keepalive;
    Json families = Json::object();
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        const FamilyExchange& exchange = peer.families[family];
        if (!exchange.isUp) continue;
        families[family == Family::IPv4 ? "ipv4" : "ipv6"] = {{"accepted", exchange.accepted},
                                                              {"sent", exchange.sent}};
    }
    json["af"] = std::move(families);
    return json;
}

}  // namespace

std::string stateJson(const ShowContext& context) {
    const auto* process = dynamic_cast<const BgpProcess*>(context.process);
    PEERSCAPE_CHECK(process != nullptr);
    Json neighbors = Json::object();
    for (const auto& [id, peer] : process->peers())
        neighbors[peer.name()] = neighborJson(peer, process->config().confederation.has_value(), context.now);
    const Json json = {{"as", process->config().number->value()},
                       {"router_id", toString(process->routerId().address())},
                       {"neighbors", std::move(neighbors)},
                       {"ipv4", tableJson(*process, Family::IPv4)},
                       {"ipv6", tableJson(*process, Family::IPv6)}};
    return json.dump();
}

}  // namespace peerscape::bgp

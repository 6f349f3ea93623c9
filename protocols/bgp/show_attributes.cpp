#include "protocols/bgp/show_attributes.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace peerscape::bgp {
namespace {

/// "internal", "confed-external"; empty for paths of this router itself.
std::string_view relationOf(const PathInDetail& shown) {
    const bool isInConfederation = shown.process.config().confederation.has_value();
    switch (shown.process.factsOf(shown.path).sort) {
        case PeerSort::Internal:
            return isInConfederation ? "confed-internal" : "internal";
        case PeerSort::Confederation:
            return "confed-external";
        case PeerSort::External:
            return "external";
        case PeerSort::Local:
            break;
    }
    return "";
}

const NeighborFamilySettings* settingsOf(const PathInDetail& shown) {
    if (shown.path.isLocal()) return nullptr;
    return &shown.process.peers().at(shown.path.peer).settings(shown.prefix.family());
}

bool isFromReflectorClient(const PathInDetail& shown) {
    const auto* settings = settingsOf(shown);
    return settings != nullptr && settings->isReflectorClient.value_or(false);
}

bool isFromRouteServerClient(const PathInDetail& shown) {
    const auto* settings = settingsOf(shown);
    return settings != nullptr && settings->isRouteServerClient.value_or(false);
}

/// The next hop lies somewhere: of a path of this router itself that is always so, except for networks that
/// the router has no route to.
bool isAccessible(const PathInDetail& shown) {
    if (shown.path.isLocal()) return shown.path.isUsable;
    return shown.process.nextHops()[shown.path.nextHop].isReachable;
}

/// By which numbers a path is told apart from others with the same destination (RFC 7911).
struct PathIds {
    std::uint32_t received = 0;
    std::uint32_t sentWithAll = 0;
    std::uint32_t sentWithBestOfEachAs = 0;
    bool areThere() const { return received != 0 || sentWithAll != 0 || sentWithBestOfEachAs != 0; }
};

PathIds pathIdsOf(const PathInDetail& shown) {
    PathIds ids{shown.path.pathId};
    for (const auto& [id, peer] : shown.process.peers()) {
        const NeighborFamilySettings& settings = peer.settings(shown.prefix.family());
        if (settings.sendsAllPaths.value_or(false)) ids.sentWithAll = shown.path.sentPathId;
        if (settings.sendsBestPathPerAs.value_or(false)) ids.sentWithBestOfEachAs = shown.path.sentPathId;
    }
    return ids;
}

std::vector<std::string> communityTexts(const PathAttributes& attributes) {
    std::vector<std::string> texts;
    for (const Community value : *attributes.communities)
        texts.push_back(community::text(value));
    return texts;
}

std::vector<std::string> largeTexts(const PathAttributes& attributes) {
    std::vector<std::string> texts;
    for (const LargeCommunity& value : attributes.rare->largeCommunities)
        texts.push_back(policy::textOf(value));
    return texts;
}

std::vector<std::string> clusterTexts(const PathAttributes& attributes) {
    std::vector<std::string> texts;
    for (const RouterId id : attributes.rare->clusterList)
        texts.push_back(toString(id.address()));
    return texts;
}

/// "    10.0.13.3 (metric 20) from 10.0.13.3 (3.3.3.3)", and the link-local address of the next hop.
std::string nextHopText(const PathInDetail& shown) {
    const NextHopTable::Entry& hop = shown.process.nextHops()[shown.path.nextHop];
    const IpAddress address = shownNextHop(shown.process, shown.path);
    std::string text = fmt::format("    {}", toString(address));
    if (!isAccessible(shown)) {
        text += " (inaccessible)";
    } else if (hop.igpMetric != 0) {
        text += fmt::format(" (metric {})", hop.igpMetric);
    }
    const RareAttributes& rare = *shown.path.attributes->rare;
    const std::string from = shown.path.isLocal() ? toString(IpAddress::any(address.family()))
                                                  : shown.process.peers().at(shown.path.peer).name();
    const RouterId id = rare.originatorId.value_or(shown.process.factsOf(shown.path).routerId);
    text += fmt::format(" from {} ({})\n", from, toString(id.address()));
    if (hop.value.linkLocal) {
        text += fmt::format("    ({}) {}\n", toString(*hop.value.linkLocal),
                            isAccessible(shown) ? "(used)" : "(inaccessible)");
    }
    return text;
}

/// "  65002, (aggregated by 65001 1.1.1.1)".
std::string asPathText(const PathInDetail& shown) {
    const PathAttributes& attributes = *shown.path.attributes;
    std::string text = "  " + (attributes.asPath->isEmpty() ? "Local" : attributes.asPath->text());
    if (shown.path.isStale) text += ", (stale)";
    if (const auto& aggregator = attributes.rare->aggregator) {
        text += fmt::format(", (aggregated by {} {})", aggregator->number.value(),
                            toString(aggregator->routerId.address()));
    }
    if (isFromReflectorClient(shown)) text += ", (Received from a RR-client)";
    if (isFromRouteServerClient(shown)) text += ", (Received from a RS-client)";
    if (shown.path.isDamped) text += ", (suppressed due to dampening)";
    return text + "\n";
}

std::string originText(const PathInDetail& shown) {
    const Path& path = shown.path;
    const PathAttributes& attributes = *path.attributes;
    std::string text = fmt::format("      Origin {}", wordOf(attributes.origin));
    if (attributes.med) text += fmt::format(", metric {}", *attributes.med);
    if (attributes.localPreference) text += fmt::format(", localpref {}", *attributes.localPreference);
    if (path.weight != 0) text += fmt::format(", weight {}", path.weight);
    text += shown.process.isValid(path) ? ", valid" : ", invalid";
    switch (path.source) {
        case PathSource::Neighbor:
            text += fmt::format(", {}", relationOf(shown));
            break;
        case PathSource::Network:
            text += ", sourced, local";
            break;
        case PathSource::Redistributed:
            text += ", sourced";
            break;
        case PathSource::Aggregate:
            text += ", aggregated, local";
            break;
    }
    if (attributes.hasAtomicAggregate) text += ", atomic-aggregate";
    if (const auto& mark = attributes.rare->onlyToCustomer) text += fmt::format(", otc {}", mark->value());
    if (isInMultipath(shown.destination, path)) text += ", multipath";
    if (isBest(shown.destination, path)) {
        text += fmt::format(", best ({})",
                            selectionReason(shown.process, shown.prefix.family(), shown.destination));
    }
    if (const auto word = validationWord(shown.process, shown.prefix, path))
        text += fmt::format(", rpki validation-state: {}", *word);
    return text + "\n";
}

Json asPathJson(const AsPath& path) {
    Json segments = Json::array();
    for (const AsSegment& segment : path.segments()) {
        const auto type = [&]() -> std::string_view {
            switch (segment.type) {
                case SegmentType::Set:
                    return "as-set";
                case SegmentType::Sequence:
                    return "as-sequence";
                case SegmentType::ConfedSequence:
                    return "as-confed-sequence";
                case SegmentType::ConfedSet:
                    return "as-confed-set";
            }
            return "";
        }();
        segments.push_back({{"type", type}, {"list", segment.numbers}});
    }
    return {{"string", path.isEmpty() ? "Local" : path.text()},
            {"segments", std::move(segments)},
            {"length", path.length()}};
}

/// "noExport" for "no-export": what JSON calls well-known communities.
std::string keyOf(Community value) {
    std::string key;
    bool isWordStart = false;
    for (const char c : community::text(value)) {
        if (c == '-') {
            isWordStart = true;
            continue;
        }
        const bool isLetter = c >= 'A' && c <= 'Z';
        const char lower = isLetter ? static_cast<char>(c - 'A' + 'a') : c;
        const bool rises = isWordStart && c >= 'a' && c <= 'z';
        key += rises ? static_cast<char>(c - 'a' + 'A') : (isWordStart ? c : lower);
        isWordStart = false;
    }
    return key == "localAS" ? "localAs" : key;
}

void putCommunities(Json& json, const PathAttributes& attributes) {
    if (!attributes.communities->empty()) {
        Json list = Json::array();
        for (const Community value : *attributes.communities)
            list.push_back(keyOf(value));
        json["community"] = {{"string", fmt::format("{}", fmt::join(communityTexts(attributes), " "))},
                             {"list", std::move(list)}};
    }
    if (const auto& extended = attributes.rare->extendedCommunities; !extended.empty())
        json["extendedCommunity"] = {{"string", policy::textOf(std::span(extended))}};
    const auto large = largeTexts(attributes);
    if (!large.empty())
        json["largeCommunity"] = {{"string", fmt::format("{}", fmt::join(large, " "))}, {"list", large}};
}

Json nextHopsJson(const PathInDetail& shown) {
    const NextHopTable::Entry& hop = shown.process.nextHops()[shown.path.nextHop];
    const std::string hostname = shown.path.isLocal() ? std::string(shown.context.hostname)
                                                      : hostnameOf(shown.process.peers().at(shown.path.peer));
    const auto hopJson = [&](const IpAddress& address, bool isFirst, bool isUsed) {
        Json json = {{"ip", toString(address)}};
        if (!hostname.empty()) json["hostname"] = hostname;
        json["afi"] = address.isV4() ? "ipv4" : "ipv6";
        if (address.isV6()) json["scope"] = address.isLinkLocal() ? "link-local" : "global";
        if (isFirst && isAccessible(shown)) json["metric"] = hop.igpMetric;
        json["accessible"] = isAccessible(shown);
        if (isUsed) json["used"] = true;
        return json;
    };
    Json hops = Json::array();
    hops.push_back(hopJson(shownNextHop(shown.process, shown.path), true, !hop.value.linkLocal));
    if (hop.value.linkLocal) hops.push_back(hopJson(*hop.value.linkLocal, false, true));
    return hops;
}

Json peerJson(const PathInDetail& shown) {
    const PeerFacts& facts = shown.process.factsOf(shown.path);
    Json json;
    if (shown.path.isLocal()) {
        const Family family = shownNextHop(shown.process, shown.path).family();
        return {{"peerId", toString(IpAddress::any(family))},
                {"routerId", toString(facts.routerId.address())}};
    }
    const Peer& peer = shown.process.peers().at(shown.path.peer);
    json = {{"peerId", toString(peer.address())}, {"routerId", toString(facts.routerId.address())}};
    if (!hostnameOf(peer).empty()) json["hostname"] = hostnameOf(peer);
    if (!peer.key.interface.empty()) json["interface"] = peer.key.interface;
    json["type"] = relationOf(shown);
    return json;
}

void putSource(Json& json, const PathInDetail& shown) {
    const PathSource source = shown.path.source;
    if (source == PathSource::Aggregate) json["aggregated"] = true;
    if (source == PathSource::Network || source == PathSource::Redistributed) json["sourced"] = true;
    if (source == PathSource::Aggregate || source == PathSource::Network) json["local"] = true;
}

}  // namespace

bool sendsSeveralPaths(const BgpProcess& process, Family family) {
    return std::ranges::any_of(process.peers(), [&](const auto& entry) {
        const NeighborFamilySettings& settings = entry.second.settings(family);
        return settings.sendsAllPaths.value_or(false) || settings.sendsBestPathPerAs.value_or(false);
    });
}

std::vector<const Peer*> told(const BgpProcess& process, const Destination& destination, const Path* path) {
    std::vector<const Peer*> peers = peersInOrder(process);
    std::erase_if(peers, [&](const Peer* peer) {
        return std::ranges::none_of(destination.advertised, [&](const Advertised& one) {
            if (one.peer != peer->id) return false;
            if (path == nullptr) return true;
            return one.pathId == 0 ? isBest(destination, *path) : one.pathId == path->sentPathId;
        });
    });
    return peers;
}

Json toldJson(const std::vector<const Peer*>& peers) {
    Json json = Json::object();
    for (const Peer* peer : peers) {
        json[peer->name()] = Json::object();
        if (!hostnameOf(*peer).empty()) json[peer->name()]["hostname"] = hostnameOf(*peer);
    }
    return json;
}

std::string pathText(const PathInDetail& shown) {
    const Path& path = shown.path;
    const PathAttributes& attributes = *path.attributes;
    std::string text = asPathText(shown) + nextHopText(shown) + originText(shown);
    if (!attributes.communities->empty())
        text += fmt::format("      Community: {}\n", fmt::join(communityTexts(attributes), " "));
    if (const auto& extended = attributes.rare->extendedCommunities; !extended.empty())
        text += fmt::format("      Extended Community: {}\n", policy::textOf(std::span(extended)));
    const auto large = largeTexts(attributes);
    if (!large.empty()) text += fmt::format("      Large Community: {}\n", fmt::join(large, " "));
    const RareAttributes& rare = *attributes.rare;
    if (rare.originatorId || !rare.clusterList.empty()) {
        text += "      ";
        if (rare.originatorId) text += fmt::format("Originator: {}", toString(rare.originatorId->address()));
        if (!rare.clusterList.empty()) {
            text += ", Cluster list: ";
            for (const std::string& cluster : clusterTexts(attributes))
                text += cluster + " ";
        }
        text += "\n";
    }
    if (const PathIds ids = pathIdsOf(shown); ids.areThere()) {
        text += fmt::format("      AddPath ID: RX {}, TX-All {} TX-Best-Per-AS {}\n", ids.received,
                            ids.sentWithAll, ids.sentWithBestOfEachAs);
    }
    if (sendsSeveralPaths(shown.process, shown.prefix.family())) {
        const auto peers = told(shown.process, shown.destination, &path);
        if (!peers.empty()) text += "      Advertised to:";
        for (const Peer* peer : peers)
            text += " " + peer->name();
        text += peers.empty() ? "" : "\n";
    }
    return text + fmt::format("      Last update: {}\n", dateText(path.since));
}

Json pathJson(const PathInDetail& shown) {
    const Path& path = shown.path;
    const PathAttributes& attributes = *path.attributes;
    const RareAttributes& rare = *attributes.rare;
    Json json = {{"aspath", asPathJson(*attributes.asPath)}};
    if (path.isStale) json["stale"] = true;
    if (rare.aggregator) {
        json["aggregatorAs"] = rare.aggregator->number.value();
        json["aggregatorId"] = toString(rare.aggregator->routerId.address());
    }
    if (isFromReflectorClient(shown)) json["rxedFromRrClient"] = true;
    if (isFromRouteServerClient(shown)) json["rxedFromRsClient"] = true;
    if (path.isDamped) json["dampeningSuppressed"] = true;
    json["origin"] = wordOf(attributes.origin);
    if (attributes.med) json["metric"] = *attributes.med;
    if (attributes.localPreference) json["locPrf"] = *attributes.localPreference;
    if (path.weight != 0) json["weight"] = path.weight;
    json["valid"] = shown.process.isValid(path);
    json["version"] = shown.destination.version;
    putSource(json, shown);
    if (attributes.hasAtomicAggregate) json["atomicAggregate"] = true;
    if (rare.onlyToCustomer) json["otc"] = rare.onlyToCustomer->value();
    if (isInMultipath(shown.destination, path)) json["multipath"] = true;
    if (isBest(shown.destination, path)) {
        json["bestpath"] = {
            {"overall", true},
            {"selectionReason", selectionReason(shown.process, shown.prefix.family(), shown.destination)}};
    }
    if (const auto word = validationWord(shown.process, shown.prefix, path))
        json["rpkiValidationState"] = *word;
    putCommunities(json, attributes);
    if (rare.originatorId) json["originatorId"] = toString(rare.originatorId->address());
    if (!rare.clusterList.empty()) json["clusterList"] = {{"list", clusterTexts(attributes)}};
    if (const PathIds ids = pathIdsOf(shown); ids.areThere()) {
        json["addpathRxId"] = ids.received;
        json["addpathTxIdAll"] = ids.sentWithAll;
        json["addpathTxIdBestPerAS"] = ids.sentWithBestOfEachAs;
    }
    if (sendsSeveralPaths(shown.process, shown.prefix.family())) {
        Json peers = toldJson(told(shown.process, shown.destination, &path));
        if (!peers.empty()) json["advertisedTo"] = std::move(peers);
    }
    json["lastUpdate"] = {{"epoch", epochOf(path.since)}, {"string", dateText(path.since) + "\n"}};
    json["nexthops"] = nextHopsJson(shown);
    json["peer"] = peerJson(shown);
    return json;
}

std::optional<std::string_view> validationWord(const BgpProcess& process, const Prefix& prefix,
                                               const Path& path) {
    const auto state = process.validate(prefix, path);
    if (!state) return std::nullopt;
    switch (*state) {
        case policy::RpkiState::Valid:
            return "valid";
        case policy::RpkiState::Invalid:
            return "invalid";
        case policy::RpkiState::NotFound:
            return "not found";
    }
    return std::nullopt;
}

}  // namespace peerscape::bgp

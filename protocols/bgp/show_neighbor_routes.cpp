#include "protocols/bgp/show_neighbor_routes.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "protocols/bgp/show_filters.hpp"
#include "protocols/bgp/show_table.hpp"

namespace peerscape::bgp {
namespace {

struct Row {
    Prefix prefix;
    TableLine line;
};

bool hasInFront(std::span<const std::uint32_t> numbers, std::span<const std::uint32_t> first) {
    return numbers.size() >= first.size() && std::equal(first.begin(), first.end(), numbers.begin());
}

/// The path without the numbers that this router has put in front for the neighbour.
AsPath withoutOwnNumbers(const BgpProcess& process, const Peer& peer, const AsPath& path) {
    const BgpConfig& config = process.config();
    const auto& local = peer.config.settings.localAs;
    std::vector<std::uint32_t> own;
    if (peer.isExternal() && local) own.push_back(local->number.value());
    const bool showsReal = !peer.isExternal() || !local || !local->replacesOutbound;
    if (showsReal)
        own.push_back(
            (peer.isExternal() ? config.confederation.value_or(*config.number) : *config.number).value());
    AsPath rest;
    bool isFirst = true;
    for (AsSegment segment : path.segments()) {
        const bool isSequence =
            segment.type == SegmentType::Sequence || segment.type == SegmentType::ConfedSequence;
        if (std::exchange(isFirst, false) && isSequence && hasInFront(segment.numbers, own))
            segment.numbers.erase(segment.numbers.begin(),
                                  segment.numbers.begin() + static_cast<std::ptrdiff_t>(own.size()));
        if (!segment.numbers.empty()) rest.append(std::move(segment));
    }
    return rest;
}

/// FRR shows what it tells a neighbour before the own number goes in front, and itself as "0.0.0.0" or "::".
TableLine advertisedLine(const BgpProcess& process, const Peer& peer, Family family,
                         const Destination& destination, const Advertised& told) {
    TableLine line;
    const PathAttributes& attributes = *told.attributes;
    AsPath path = *attributes.asPath;
    const auto& unchanged = peer.settings(family).attributeUnchanged;
    const bool keepsPath =
        peer.settings(family).isRouteServerClient.value_or(false) || (unchanged && unchanged->asPath);
    const Path* best = destination.bestPath();
    if (!peer.isInternal() && !keepsPath) path = withoutOwnNumbers(process, peer, path);
    line.asPath = path.text();
    const IpAddress address = process.nextHops()[told.nextHop].value.address;
    const OwnAddresses& own = peer.own;
    const bool isOwn = address == own.ipv4 || address == own.ipv6 || address == own.linkLocal;
    const bool isAggregate = best != nullptr && best->source == PathSource::Aggregate;
    line.nextHop = !isOwn ? address : IpAddress::any(isAggregate ? Family::IPv6 : family);
    line.metric = attributes.med;
    line.localPreference = attributes.localPreference;
    if (best != nullptr) {
        line.weight = best->weight;
        if (!line.localPreference) line.localPreference = best->attributes->localPreference;
    }
    line.origin = attributes.origin;
    return line;
}

std::vector<Row> advertisedRows(const BgpProcess& process, const Peer& peer, Family family) {
    std::vector<Row> rows;
    const PrefixMap<Destination>& table = process.table(family);
    for (const std::uint32_t position : table.sorted()) {
        const auto [prefix, destination] = table.at(position);
        for (const Advertised& told : destination.advertised) {
            if (told.peer == peer.id)
                rows.push_back({prefix, advertisedLine(process, peer, family, destination, told)});
        }
    }
    return rows;
}

bool isPolicy(Refusal refusal) {
    return refusal == Refusal::PrefixList || refusal == Refusal::DistributeList ||
           refusal == Refusal::FilterList || refusal == Refusal::RouteMap || refusal == Refusal::NoPolicy;
}

struct ReceivedRows {
    std::vector<Row> all;
    std::vector<Row> filtered;
};

ReceivedRows receivedRows(const ShowContext& context, const BgpProcess& process, const Peer& peer,
                          Family family) {
    ReceivedRows rows;
    const Env env = envOf(context);
    const PrefixMap<ReceivedRoutes>& received = process.receivedRoutes(family);
    for (const std::uint32_t position : received.sorted()) {
        const auto [prefix, routes] = received.at(position);
        for (const ReceivedRoutes::Route& route : routes.of(peer.id)) {
            TableLine line;
            line.nextHop = route.nextHop.linkLocal.value_or(route.nextHop.address);
            line.metric = route.attributes->med;
            line.localPreference = route.attributes->localPreference;
            line.asPath = route.attributes->asPath->text();
            line.origin = route.attributes->origin;
            rows.all.push_back({prefix, line});
            const ImportVerdict verdict =
                process.import(env, peer, family, prefix, route.attributes, route.nextHop);
            if (verdict.refusal && isPolicy(*verdict.refusal)) rows.filtered.push_back({prefix, line});
        }
    }
    return rows;
}

Json rowJson(const Row& row) {
    Json json = {{"addrPrefix", toString(row.prefix.address())},
                 {"prefixLen", row.prefix.length()},
                 {"network", toString(row.prefix)}};
    json[row.line.nextHop.isV4() ? "nextHop" : "nextHopGlobal"] = toString(row.line.nextHop);
    if (row.line.metric) json["metric"] = *row.line.metric;
    if (row.line.localPreference) json["locPrf"] = *row.line.localPreference;
    json["weight"] = row.line.weight;
    json["path"] = row.line.asPath;
    json["bgpOriginCode"] = std::string(1, letterOf(row.line.origin));
    json["appliedStatusSymbols"] = {{"*", true}, {">", true}};
    return json;
}

std::string rowsJson(const BgpProcess& process, Family family, const std::vector<Row>& rows, const char* key,
                     std::size_t filtered) {
    Json routes = Json::object();
    for (const Row& row : rows)
        routes[toString(row.prefix)] = rowJson(row);
    Json json = Json::object();
    if (!rows.empty()) {
        json["bgpTableVersion"] = process.tableVersion(family);
        json["bgpLocalRouterId"] = toString(process.routerId().address());
        json["defaultLocPrf"] = process.config().defaultLocalPreference;
        json["localAS"] = process.config().number->value();
        json["bgpStatusCodes"] = {
            {"suppressed", "s"}, {"damped", "d"},   {"history", "h"},    {"valid", "*"}, {"best", ">"},
            {"multipath", "="},  {"internal", "i"}, {"ribFailure", "r"}, {"stale", "S"}, {"removed", "R"}};
        json["bgpOriginCodes"] = {{"igp", "i"}, {"egp", "e"}, {"incomplete", "?"}};
    }
    json[key] = std::move(routes);
    json["totalPrefixCounter"] = rows.size();
    json["filteredPrefixCounter"] = filtered;
    return frrText(json);
}

std::string rowsText(const BgpProcess& process, Family family, const std::vector<Row>& rows,
                     std::size_t filtered) {
    if (rows.empty()) return "";
    std::string text = tableHeader(process, family);
    for (Row row : rows) {
        row.line.marks = "*> ";
        row.line.network = toString(row.prefix);
        text += row.line.text();
    }
    text += fmt::format("\nTotal number of prefixes {}", rows.size());
    return text + (filtered == 0 ? "\n" : fmt::format(" ({} filtered)\n", filtered));
}

std::string noSuchNeighbor(Format format) {
    constexpr std::string_view kWords = "No such neighbor in this view/vrf";
    return format == Format::AsJson ? frrText({{"warning", kWords}}) : fmt::format("{}\n", kWords);
}

}  // namespace

std::string showNeighborRoutes(const ShowContext& context, Family family, std::string_view name,
                               NeighborRoutes which, Format format) {
    const BgpProcess* process = processOf(context);
    if (process == nullptr) return noInstance(format);
    const Peer* peer = process->peerNamed(name);
    if (peer == nullptr || !isActivated(*process, *peer, family)) return noSuchNeighbor(format);
    const auto shown = [&](const std::vector<Row>& rows, const char* key, std::size_t filtered) {
        return format == Format::AsJson ? rowsJson(*process, family, rows, key, filtered)
                                        : rowsText(*process, family, rows, filtered);
    };
    if (which == NeighborRoutes::Advertised)
        return shown(advertisedRows(*process, *peer, family), "advertisedRoutes", 0);
    if (!peer->settings(family).keepsReceivedRoutes.value_or(false)) {
        constexpr std::string_view kWords = "Inbound soft reconfiguration not enabled";
        return format == Format::AsJson ? frrText({{"warning", kWords}}) : fmt::format("% {}\n", kWords);
    }
    const ReceivedRows rows = receivedRows(context, *process, *peer, family);
    return which == NeighborRoutes::Received ? shown(rows.all, "receivedRoutes", rows.filtered.size())
                                             : shown(rows.filtered, "receivedRoutes", 0);
}

std::string showRoutesFrom(const ShowContext& context, Family family, std::string_view name, Format format) {
    const BgpProcess* process = processOf(context);
    if (process == nullptr) return noInstance(format);
    const Peer* peer = process->peerNamed(name);
    if (peer == nullptr || !isActivated(*process, *peer, family)) return noSuchNeighbor(format);
    if (format == Format::AsText && peer->families[family].accepted == 0) return "";
    return showTable(context, family, format, from(name));
}

}  // namespace peerscape::bgp

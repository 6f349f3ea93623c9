/// What stands in `address-family … unicast` about the routes of the whole family.
#include <algorithm>
#include <bit>

#include <fmt/format.h>

#include "protocols/bgp/command_list.hpp"

namespace peerscape::bgp {
namespace {

/// An address alone names the network of its old class.
Prefix classful(const IpAddress& address) { return Prefix(address, classfulLength(address)); }

/// `A.B.C.D/M`, `A.B.C.D A.B.C.D` with a mask, or `A.B.C.D`.
Result<Prefix> networkIn(const Arguments& arguments) {
    if (arguments.has("prefix")) return arguments.prefix("prefix");
    if (!arguments.has("mask")) return classful(arguments.address("network"));
    const std::uint32_t mask = arguments.address("mask").v4Number();
    const int length = std::countl_one(mask);
    if (length + std::countr_zero(mask) < 32) return failure("Inconsistent address and mask");
    return Prefix(arguments.address("network"), static_cast<std::uint8_t>(length));
}

Result<void> addNetwork(FamilyConfig& family, ConfigSession& session, const Arguments& arguments) {
    const auto network = networkIn(arguments);
    if (!network) return std::unexpected(network.error());
    if (arguments.has("label")) session.warn("'label-index' is understood but not modelled");
    family.networks[*network] = {std::string(arguments.text("map")), arguments.has("backdoor")};
    return {};
}

Result<void> removeNetwork(FamilyConfig& family, ConfigSession&, const Arguments& arguments) {
    const auto network = networkIn(arguments);
    if (!network) return std::unexpected(network.error());
    if (family.networks.erase(*network) == 0) return failure("Can't find static route specified");
    return {};
}

Result<void> addAggregate(FamilyConfig& family, ConfigSession& session, const Arguments& arguments) {
    const auto network = networkIn(arguments);
    if (!network) return std::unexpected(network.error());
    if (network->length() == addressBits(network->family())) {
        return failure(
            fmt::format("Specified prefix: {} will not result in any useful aggregation, disallowing",
                        toString(*network)));
    }
    AggregateAddress entry;
    entry.isSummaryOnly = arguments.has("summary-only");
    entry.hasAsSet = arguments.has("as-set");
    entry.routeMap = std::string(arguments.text("map"));
    entry.suppressMap = std::string(arguments.text("suppress"));
    entry.matchesMed = arguments.has("matching-MED-only");
    if (arguments.has("igp")) entry.origin = Origin::Igp;
    if (arguments.has("egp")) entry.origin = Origin::Egp;
    if (arguments.has("incomplete")) entry.origin = Origin::Incomplete;
    if (entry.isSummaryOnly && !entry.suppressMap.empty())
        return failure("'summary-only' and 'suppress-map' can't be used at the same time");
    if (entry.hasAsSet && configIn(session).rejectsAsSets) {
        session.warn("Ignoring as-set because `bgp reject-as-sets` is enabled.");
        entry.hasAsSet = false;
    }
    family.aggregates[*network] = std::move(entry);
    return {};
}

Result<void> removeAggregate(FamilyConfig& family, ConfigSession&, const Arguments& arguments) {
    const auto network = networkIn(arguments);
    if (!network) return std::unexpected(network.error());
    if (family.aggregates.erase(*network) == 0)
        return failure("There is no aggregate-address configuration.");
    return {};
}

void addNetworks(CommandList& list) {
    const std::string options = " [{route-map RMAP_NAME$map|label-index (0-1048560)$label|backdoor}]";
    list.addToFamilies("network @NETWORK" + options,
                       "Announces the network, with `network import-check` when the routing table has it.",
                       addNetwork, removeNetwork);
    list.addToFamilies(
        "aggregate-address @SUMMARY [{as-set|summary-only|route-map RMAP_NAME$map|origin "
        "<egp|igp|incomplete>|"
        "matching-MED-only|suppress-map RMAP_NAME$suppress}]",
        "Announces the network while there is a route inside it.", addAggregate, removeAggregate);
}

Result<void> redistribute(FamilyConfig& family, ConfigSession& session, const Arguments& arguments) {
    const std::string_view name = arguments.text("source");
    const auto protocol = session.protocolNamed ? session.protocolNamed(name) : std::nullopt;
    if (!protocol) {
        session.warn(fmt::format("no router of this lab runs {}: there is nothing to redistribute", name));
        return {};
    }
    const auto found = std::ranges::find(family.redistributions, *protocol, &Redistribution::protocol);
    Redistribution entry{*protocol, std::nullopt, std::string(arguments.text("map"))};
    if (arguments.has("metric")) entry.metric = static_cast<std::uint32_t>(arguments.number("metric"));
    if (found == family.redistributions.end()) {
        // In the order of their numbers, so that the order of the lines makes no difference.
        const auto place =
            std::ranges::lower_bound(family.redistributions, *protocol, {}, &Redistribution::protocol);
        family.redistributions.insert(place, std::move(entry));
        return {};
    }
    // As in FRR, what the new line does not mention stays as an earlier one had it.
    if (entry.metric) found->metric = entry.metric;
    if (!entry.routeMap.empty()) found->routeMap = std::move(entry.routeMap);
    return {};
}

Result<void> endRedistribution(FamilyConfig& family, ConfigSession& session, const Arguments& arguments) {
    const auto protocol =
        session.protocolNamed ? session.protocolNamed(arguments.text("source")) : std::nullopt;
    std::erase_if(family.redistributions, [&](const auto& r) { return protocol == r.protocol; });
    return {};
}

Result<void> setDampening(FamilyConfig& family, ConfigSession&, const Arguments& arguments) {
    Dampening dampening;
    if (arguments.has("half")) {
        dampening.halfLifeMinutes = static_cast<std::uint8_t>(arguments.number("half"));
        dampening.maximumMinutes = static_cast<std::uint8_t>(4 * dampening.halfLifeMinutes);
    }
    if (arguments.has("reuse")) {
        dampening.reuse = static_cast<std::uint16_t>(arguments.number("reuse"));
        dampening.suppress = static_cast<std::uint16_t>(arguments.number("suppress"));
        dampening.maximumMinutes = static_cast<std::uint8_t>(arguments.number("maximum"));
    }
    if (dampening.suppress < dampening.reuse)
        return failure("Suppress value cannot be less than reuse value");
    family.dampening = dampening;
    return {};
}

void addDistances(CommandList& list) {
    list.addToFamilies(
        "distance bgp (1-255)$external (1-255)$internal (1-255)$local",
        "The administrative distances of routes of eBGP, of iBGP, and of our own.",
        [](FamilyConfig& f, auto&, const Arguments& a) {
            return CommandList::set(f.distances, BgpDistances{static_cast<Distance>(a.number("external")),
                                                              static_cast<Distance>(a.number("internal")),
                                                              static_cast<Distance>(a.number("local"))});
        },
        [](FamilyConfig& f, auto&, auto&) { return CommandList::set(f.distances, BgpDistances{}); },
        "distance bgp [(1-255) (1-255) (1-255)]");
    list.addToFamilies(
        "distance (1-255)$distance @PREFIX$source [ACCESSLIST_NAME$list]",
        "The distance of routes from neighbours in the network.",
        [](FamilyConfig& f, auto&, const Arguments& a) -> Result<void> {
            f.sourceDistances[a.prefix("source")] = {static_cast<Distance>(a.number("distance")),
                                                     std::string(a.text("list"))};
            return {};
        },
        [](FamilyConfig& f, auto&, const Arguments& a) -> Result<void> {
            const auto found = f.sourceDistances.find(a.prefix("source"));
            if (found == f.sourceDistances.end()) return failure("Can't find specified prefix");
            if (found->second.distance != a.number("distance"))
                return failure("Distance does not match configured");
            f.sourceDistances.erase(found);
            return {};
        });
}

void addMaximumPaths(CommandList& list) {
    const auto count = [](const Arguments& a) { return static_cast<std::uint16_t>(a.number("count")); };
    list.addToFamilies(
        "maximum-paths (1-256)$count", "How many paths of eBGP may share the load.",
        [count](FamilyConfig& f, auto&, const Arguments& a) {
            return CommandList::set(f.maximumPaths, count(a));
        },
        [](FamilyConfig& f, auto&, auto&) {
            return CommandList::set(f.maximumPaths, FamilyConfig().maximumPaths);
        },
        "maximum-paths [(1-256)]");
    list.addToFamilies(
        "maximum-paths ibgp (1-256)$count [equal-cluster-length]",
        "How many paths of iBGP may share the load.",
        [count](FamilyConfig& f, auto&, const Arguments& a) {
            f.requiresEqualClusterLength = a.has("equal-cluster-length");
            return CommandList::set(f.maximumPathsInternal, count(a));
        },
        [](FamilyConfig& f, auto&, auto&) {
            f.requiresEqualClusterLength = false;
            return CommandList::set(f.maximumPathsInternal, FamilyConfig().maximumPathsInternal);
        },
        "maximum-paths ibgp [(1-256) [equal-cluster-length]]");
}

}  // namespace

void addFamilies(CommandList& list) {
    addNetworks(list);
    list.addToFamilies("redistribute @SOURCES [{metric (0-4294967295)$metric|route-map RMAP_NAME$map}]",
                       "Announces the routes of another protocol.", redistribute, endRedistribution);
    list.addToFamilies(
        "bgp dampening [(1-45)$half [(1-20000)$reuse (1-50000)$suppress (1-255)$maximum]]",
        "Routes that come and go too often are not used for a while (RFC 2439).", setDampening,
        [](FamilyConfig& f, auto&, auto&) { return CommandList::set(f.dampening, std::nullopt); },
        "bgp dampening [(1-45) [(1-20000) (1-50000) (1-255)]]");
    addDistances(list);
    addMaximumPaths(list);
    list.addToFamilies(
        "table-map RMAP_NAME$map", "What this route-map denies does not go into the routing table.",
        [](FamilyConfig& f, auto&, const Arguments& a) {
            return CommandList::set(f.tableMap, std::string(a.text("map")));
        },
        [](FamilyConfig& f, auto&, auto&) { return CommandList::set(f.tableMap, std::string()); },
        "table-map [RMAP_NAME]");
}

}  // namespace peerscape::bgp

#include "scenarios/import/as_lab.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace peerscape {

namespace {

constexpr std::uint32_t kPrefixes = 1U << 16;
constexpr std::uint8_t kPrefixLength = 24;

Prefix prefixNumber(std::uint32_t number) {
    constexpr std::uint32_t kTen = 10U << 24;
    constexpr std::uint32_t kHostBits = 32 - kPrefixLength;
    return {IpAddress::v4(kTen | number << kHostBits), kPrefixLength};
}

/// The ASes that announce, ascending and each once.
Result<std::vector<Asn>> originsOf(const AsGraph& graph, const AsOrigins& wished) {
    if (std::holds_alternative<EveryAs>(wished)) return graph.ases;
    const auto* named = std::get_if<std::vector<Asn>>(&wished);
    if (named == nullptr) return std::vector<Asn>();
    std::vector<Asn> origins = *named;
    std::ranges::sort(origins);
    const auto twice = std::ranges::unique(origins);
    origins.erase(twice.begin(), twice.end());
    for (const Asn asn : origins) {
        if (!graph.contains(asn))
            return failure(fmt::format("AS {} is to announce a prefix but is not in the lab", toString(asn)));
    }
    return origins;
}

LinkEntry linkOf(const AsLink& link) {
    LinkEntry entry;
    const std::string first = routerNameOf(link.first);
    const std::string second = routerNameOf(link.second);
    entry.name = first + "-" + second;
    for (const std::string& name : {first, second}) {
        EndEntry end;
        end.node.name = name;
        entry.ends.push_back(std::move(end));
    }
    entry.relation = link.relation;
    return entry;
}

}  // namespace

AsOrigins usualOrigins(const AsGraph& graph) {
    if (graph.ases.size() <= kMostOriginsUnasked) return EveryAs{};
    return std::vector<Asn>{graph.ases.front()};
}

std::string routerNameOf(Asn asn) { return "AS" + toString(asn); }

Result<std::vector<Prefix>> prefixesOf(const std::vector<Asn>& asns) {
    std::vector<bool> isTaken(kPrefixes);
    isTaken[0] = true;  // no AS has the number 0, and 10.0.0.0/24 looks like a mistake
    std::vector<Asn> large;
    for (const Asn asn : asns) {
        if (asn.value() < kPrefixes)
            isTaken[asn.value()] = true;
        else
            large.push_back(asn);
    }
    std::ranges::sort(large);
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t number = 0; number < kPrefixes && numbers.size() < large.size(); ++number) {
        if (!isTaken[number]) numbers.push_back(number);
    }
    if (numbers.size() < large.size()) {
        return failure(fmt::format("{} ASes are to announce prefixes, but there are only {} prefixes",
                                   asns.size(), kPrefixes - 1));
    }
    std::vector<Prefix> prefixes;
    for (const Asn asn : asns) {
        if (asn.value() < kPrefixes) {
            prefixes.push_back(prefixNumber(asn.value()));
        } else {
            const auto place = std::ranges::lower_bound(large, asn) - large.begin();
            prefixes.push_back(prefixNumber(numbers[static_cast<std::size_t>(place)]));
        }
    }
    return prefixes;
}

Result<LabFile> asLab(const AsGraph& graph, const AsLabOptions& options) {
    const auto origins = originsOf(graph, options.origins);
    if (!origins) return std::unexpected(origins.error());
    const auto prefixes = prefixesOf(*origins);
    if (!prefixes) return std::unexpected(prefixes.error());
    LabFile lab;
    lab.title = options.title;
    lab.about = options.about;
    std::size_t nextOrigin = 0;
    for (const Asn asn : graph.ases) {
        RouterEntry router;
        router.name = routerNameOf(asn);
        router.asn = asn;
        if (nextOrigin < origins->size() && (*origins)[nextOrigin] == asn)
            router.networks.push_back({(*prefixes)[nextOrigin++], {}});
        router.protocols = {IntentProtocol::Bgp};
        lab.routers.push_back(std::move(router));
    }
    for (const AsLink& link : graph.links)
        lab.links.push_back(linkOf(link));
    return lab;
}

}  // namespace peerscape

#include "protocols/bgp/attributes.hpp"

#include <algorithm>

namespace peerscape::bgp {

namespace community {

std::string text(Community community) { return policy::textOf(community); }

}  // namespace community

std::string_view name(Origin origin) {
    switch (origin) {
        case Origin::Igp:
            return "igp";
        case Origin::Egp:
            return "egp";
        case Origin::Incomplete:
            return "incomplete";
    }
    return "";
}

bool PathAttributes::hasCommunity(Community community) const {
    return std::ranges::binary_search(*communities, community);
}

void PathAttributes::addTo(StableHash& hash) const {
    const auto addOptional = [&](const auto& value, auto number) {
        hash.add(value.has_value());
        if (value) hash.add(number(*value));
    };
    const auto same = [](std::uint64_t number) { return number; };
    hash.add(static_cast<std::uint64_t>(origin)).add(hasAtomicAggregate);
    addOptional(med, same);
    addOptional(localPreference, same);
    asPath->addTo(hash);
    hash.add(communities->size());
    for (const Community community : *communities)
        hash.add(community);
    hash.add(rare->aggregator.has_value());
    if (rare->aggregator) hash.add(rare->aggregator->number.value()).add(rare->aggregator->routerId.number());
    hash.add(rare->extendedCommunities.size());
    for (const ExtendedCommunity community : rare->extendedCommunities)
        hash.add(community);
    hash.add(rare->largeCommunities.size());
    for (const LargeCommunity& community : rare->largeCommunities)
        hash.add(community.global).add(community.local1).add(community.local2);
    addOptional(rare->originatorId, [](RouterId id) { return id.number(); });
    hash.add(rare->clusterList.size());
    for (const RouterId id : rare->clusterList)
        hash.add(id.number());
    addOptional(rare->aigp, same);
    addOptional(rare->onlyToCustomer, [](Asn number) { return number.value(); });
    hash.add(rare->unknown.size());
    for (const UnknownAttribute& attribute : rare->unknown) {
        hash.add(attribute.flags).add(attribute.type).add(attribute.value.size());
        for (const std::uint8_t byte : attribute.value)
            hash.add(byte);
    }
}

}  // namespace peerscape::bgp

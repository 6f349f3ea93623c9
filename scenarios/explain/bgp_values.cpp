#include "scenarios/explain/bgp_values.hpp"

#include <fmt/format.h>

#include "protocols/bgp/decision.hpp"

namespace peerscape {

using bgp::DecisionStep;

std::string valueAt(const bgp::BgpProcess& process, Family family, DecisionStep step, const bgp::Path& path) {
    const bgp::PathAttributes& attributes = *path.attributes;
    const bgp::DecisionSettings settings = process.decisionSettings(family);
    const std::uint32_t metric = process.nextHops()[path.nextHop].igpMetric;
    const auto number = [](auto value) { return fmt::format("{}", value); };
    switch (step) {
        case DecisionStep::Weight:
            return number(path.weight);
        case DecisionStep::LocalPreference:
            return number(attributes.localPreference.value_or(settings.defaultLocalPreference));
        case DecisionStep::Aigp:
            return number(attributes.rare->aigp.value_or(0) + metric);
        case DecisionStep::AsPathLength:
            return number(attributes.asPath->length(settings.options.countsConfederation));
        case DecisionStep::Origin:
            return std::string(name(attributes.origin));
        case DecisionStep::Med:
            if (attributes.med) return number(*attributes.med);
            return settings.options.takesMissingMedAsWorst ? "none, which is the worst" : "none, which is 0";
        case DecisionStep::IgpMetric:
            return number(metric);
        case DecisionStep::InternalClusterLength:
        case DecisionStep::ClusterLength:
            return number(attributes.rare->clusterList.size());
        case DecisionStep::RouterId:
            return toString(attributes.rare->originatorId.value_or(process.factsOf(path).routerId).address());
        case DecisionStep::NeighborAddress:
            return toString(process.factsOf(path).address);
        case DecisionStep::PathId:
            return number(path.pathId);
        case DecisionStep::None:
        case DecisionStep::Invalid:
        case DecisionStep::LongLivedStale:
        case DecisionStep::LocalRoute:
        case DecisionStep::PeerType:
        case DecisionStep::ConfederationType:
        case DecisionStep::OlderPath:
            return "";
    }
    return "";
}

}  // namespace peerscape

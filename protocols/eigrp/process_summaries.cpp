/// Summaries, as routers make them: a network that is announced on an interface in place of those inside it,
/// while there is any. Packets to what is not there end at this router.
#include <utility>

#include "protocols/eigrp/process.hpp"

namespace peerscape::eigrp {

std::set<Prefix> EigrpProcess::wantedSummaries(const Env& env) const {
    std::set<Prefix> wanted;
    for (const auto& [id, link] : links_) {
        const auto& summaries = config().instance(env.interface(id).name).summaries;
        wanted.insert(summaries.begin(), summaries.end());
    }
    return wanted;
}

/// That of the best route inside, or as configured; none when nothing is inside.
std::optional<VectorMetric> EigrpProcess::summaryMetric(const Prefix& summary) const {
    dual::CompositeDistance best;
    dual::AttributesId attributes;
    for (const auto& [prefix, entry] : topology_.entries()) {
        const bool isInside = prefix != summary && summary.contains(prefix);
        if (!isInside || !entry.reportedAttributes.isSome() || entry.reported >= best) continue;
        best = entry.reported;
        attributes = entry.reportedAttributes;
    }
    if (!attributes.isSome()) return std::nullopt;
    for (const SummaryMetric& configured : config().summaryMetrics) {
        if (configured.prefix == summary) return configured.metric.vector();
    }
    return attributes_[attributes].total;
}

void EigrpProcess::refreshSummaries(Step& step) {
    // A summary may lie inside another one.
    while (std::exchange(mayChangeSummaries_, false))
        compareSummaries(step);
}

void EigrpProcess::compareSummaries(Step& step) {
    // Asked at every packet: configurations are many strings to compare.
    if (!hasSummaries_ && summaries_.empty()) return;
    std::map<Prefix, VectorMetric> present;
    for (const Prefix& summary : wantedSummaries(step.env)) {
        if (auto metric = summaryMetric(summary)) present.emplace(summary, std::move(*metric));
    }
    const auto before = std::exchange(summaries_, present);
    dual::Effects effects;
    for (const auto& [prefix, metric] : before) {
        if (!present.contains(prefix)) topology_.setLocal(prefix, dual::kSummary, {}, {}, effects);
    }
    for (const auto& [prefix, metric] : present) {
        const auto old = before.find(prefix);
        if (old != before.end() && old->second == metric) continue;
        topology_.setLocal(prefix, dual::kSummary, distanceOf(metric, false),
                           attributes_.add({.reported = metric,
                                            .total = metric,
                                            .gateway = IpAddress::any(family()),
                                            .interface = {},
                                            .exterior = std::nullopt}),
                           effects);
    }
    act(step, effects);
}

bool EigrpProcess::isHiddenBySummary(const InterfaceState& interface, const Prefix& prefix) const {
    if (!hasSummaries_ && summaries_.empty()) return false;
    for (const Prefix& summary : config().instance(interface.name).summaries) {
        if (prefix != summary && summary.contains(prefix)) return true;
        if (prefix == summary) return false;
    }
    // A summary of other interfaces.
    if (!summaries_.contains(prefix)) return false;
    const dual::Entry* entry = topology_.find(prefix);
    return entry != nullptr && entry->successor == dual::kSummary;
}

}  // namespace peerscape::eigrp

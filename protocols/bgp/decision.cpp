#include "protocols/bgp/decision.hpp"

#include <algorithm>
#include <array>
#include <compare>
#include <optional>
#include <tuple>
#include <vector>

#include "engine/base/check.hpp"
#include "engine/base/small_vector.hpp"

namespace peerscape::bgp {
namespace {

constexpr std::uint32_t kWorstMed = UINT32_MAX;

const PathAttributes& attributesOf(const Candidate& c) { return *c.path->attributes; }

/// What most comparisons read: the attributes themselves lie somewhere else.
const JudgedAttributes::Rank& rankOf(const Candidate& c) { return c.path->attributes.rank(); }

std::uint32_t medOf(const Candidate& c, const BestPathOptions& options) {
    if (rankOf(c).hasMed) return rankOf(c).med;
    return options.takesMissingMedAsWorst ? kWorstMed : 0;
}

/// The first number of the AS_CONFED_SEQUENCE that a path begins with.
std::optional<std::uint32_t> firstOfConfederation(const AsPath& path) {
    if (path.isEmpty()) return std::nullopt;
    const AsSegment& segment = path.segments().front();
    if (segment.type != SegmentType::ConfedSequence || segment.numbers.empty()) return std::nullopt;
    return segment.numbers.front();
}

/// MEDs say something only between paths from one neighbouring AS (RFC 4271 section 9.1.2.2 c).
bool mayCompareMed(const Candidate& a, const Candidate& b, const BestPathOptions& options) {
    if (options.alwaysComparesMed) return true;
    const AsPath& pathA = *attributesOf(a).asPath;
    const AsPath& pathB = *attributesOf(b).asPath;
    const bool areInternal = pathA.length() == 0 && pathB.length() == 0;
    if (areInternal && !pathA.hasConfederation() && !pathB.hasConfederation()) return true;
    if (areInternal && options.comparesMedInConfederation && pathA.hasConfederation() &&
        pathB.hasConfederation())
        return true;
    if (pathA.first() && pathA.first() == pathB.first()) return true;
    const auto confederation = firstOfConfederation(pathA);
    return confederation && confederation == firstOfConfederation(pathB);
}

RouterId identifierOf(const Candidate& c) {
    return rankOf(c).hasOriginator ? *attributesOf(c).rare->originatorId : c.peer->routerId;
}

/// The steps in their order: each says how the first path compares with the second; greater is better.
class Ladder {
  public:
    Ladder(const Candidate& a, const Candidate& b, const DecisionSettings& settings, const Path* selected)
        : a_(a), b_(b), settings_(settings), options_(settings.options), selected_(selected) {}

    Comparison run() const {
        // 0. What is only kept because its neighbour is away comes last (RFC 9494 section 4.3).
        if (const auto result =
                decideBy(DecisionStep::LongLivedStale, -isLongLivedStale(a_), -isLongLivedStale(b_)))
            return *result;
        // 1. Weight: highest.
        if (const auto result = decideBy(DecisionStep::Weight, a_.path->weight, b_.path->weight))
            return *result;
        // 2. Local preference: highest.
        if (const auto result =
                decideBy(DecisionStep::LocalPreference, localPreference(a_), localPreference(b_)))
            return *result;
        // 3. Originated here.
        if (const auto result = decideBy(DecisionStep::LocalRoute, a_.path->isLocal(), b_.path->isLocal()))
            return *result;
        // 4. AIGP: lowest, when both have it (RFC 7311 section 4).
        if (const auto result = aigp()) return *result;
        // 5. AS path: shortest.
        if (!options_.ignoresAsPath) {
            if (const auto result = decideBy(DecisionStep::AsPathLength, pathLength(b_), pathLength(a_)))
                return *result;
        }
        // 6. Origin: IGP, EGP, incomplete.
        if (const auto result = decideBy(DecisionStep::Origin, rankOf(b_).origin, rankOf(a_).origin))
            return *result;
        // 7. MED: lowest, where they may be compared.
        if (const auto result = decideBy(DecisionStep::Med, medOf(b_, options_), medOf(a_, options_))) {
            if (mayCompareMed(a_, b_, options_)) return *result;
        }
        // 8. eBGP before iBGP and confederation.
        if (const auto result = decideBy(DecisionStep::PeerType, isExternal(a_), isExternal(b_)))
            return *result;
        // 9. IGP metric to the next hop: lowest.
        if (const auto result = decideBy(DecisionStep::IgpMetric, b_.igpMetric, a_.igpMetric)) return *result;
        return lastSteps();
    }

  private:
    template <typename T>
    std::optional<Comparison> decideBy(DecisionStep step, const T& a, const T& b) const {
        if (a == b) return std::nullopt;
        return Comparison{b < a, step, false};
    }

    Comparison lastSteps() const {
        Comparison result;
        const bool areInternal = a_.peer->sort == PeerSort::Internal && b_.peer->sort == PeerSort::Internal;
        // 10. Between iBGP paths the shorter cluster list.
        std::optional<Comparison> decision;
        if (areInternal)
            decision = decideBy(DecisionStep::InternalClusterLength, clusterLength(b_), clusterLength(a_));
        const bool wasDecidedByClusters = decision.has_value();
        // 11. From another AS of the confederation before iBGP.
        if (!decision && settings_.isInConfederation) {
            const auto rank = [](const Candidate& c) { return c.peer->sort == PeerSort::Confederation; };
            decision = decideBy(DecisionStep::ConfederationType, rank(a_), rank(b_));
        }
        const bool isSetApart =
            wasDecidedByClusters ? settings_.requiresEqualClusterLength : decision.has_value();
        result.areEqualForMultipath = !isSetApart && mayShare();
        if (!decision) decision = tieBreak();
        result.isFirstBetter = decision->isFirstBetter;
        result.step = decision->step;
        return result;
    }

    Comparison tieBreak() const {
        // 12. Of two eBGP paths the one that is used already.
        if (!options_.comparesRouterId && isExternal(a_) && isExternal(b_)) {
            if (const auto result =
                    decideBy(DecisionStep::OlderPath, a_.path == selected_, b_.path == selected_))
                return *result;
        }
        // 13. Router-id, or originator: lowest.
        if (const auto result = decideBy(DecisionStep::RouterId, identifierOf(b_), identifierOf(a_)))
            return *result;
        // 14. Cluster list: shortest (RFC 4456 section 9).
        if (const auto result = decideBy(DecisionStep::ClusterLength, clusterLength(b_), clusterLength(a_)))
            return *result;
        // 15. Address of the neighbour: lowest.
        if (const auto result = decideBy(DecisionStep::NeighborAddress, b_.peer->address, a_.peer->address))
            return *result;
        // Two paths of one neighbour (RFC 7911), or two routes of this router's own.
        if (const auto result = decideBy(DecisionStep::PathId, b_.path->pathId, a_.path->pathId))
            return *result;
        if (const auto result = decideBy(DecisionStep::PathId, b_.path->source, a_.path->source))
            return *result;
        return {true, DecisionStep::PathId, false};
    }

    /// Whether two paths that are equal down to the IGP metric may carry packets together.
    bool mayShare() const {
        if (a_.path->isLocal() || b_.path->isLocal()) return false;
        const bool isSameSort = a_.peer->sort == b_.peer->sort;
        if (!isSameSort && !options_.acceptsPeerTypeMultipath) return false;
        if (options_.relaxesMultipath) return true;
        if (a_.peer->sort == PeerSort::Internal) return attributesOf(a_).asPath == attributesOf(b_).asPath;
        return a_.peer->remoteAs == b_.peer->remoteAs;
    }

    static int isLongLivedStale(const Candidate& c) {
        return c.path->isLongLivedStale || rankOf(c).isLongLivedStale ? 1 : 0;
    }
    std::uint32_t localPreference(const Candidate& c) const {
        return rankOf(c).hasLocalPreference ? rankOf(c).localPreference : settings_.defaultLocalPreference;
    }
    std::size_t pathLength(const Candidate& c) const {
        return options_.countsConfederation ? rankOf(c).lengthWithConfederation : rankOf(c).length;
    }
    static std::size_t clusterLength(const Candidate& c) { return attributesOf(c).rare->clusterList.size(); }
    static bool isExternal(const Candidate& c) { return c.peer->sort == PeerSort::External; }
    std::optional<Comparison> aigp() const {
        if (!options_.hasAigp) return std::nullopt;
        const auto& a = attributesOf(a_).rare->aigp;
        const auto& b = attributesOf(b_).rare->aigp;
        if (!a || !b) return std::nullopt;
        // The metric that is sent on includes the way to the next hop (RFC 7311 section 4.1).
        return decideBy(DecisionStep::Aigp, *b + b_.igpMetric, *a + a_.igpMetric);
    }

    const Candidate& a_;
    const Candidate& b_;
    const DecisionSettings& settings_;
    const BestPathOptions& options_;
    const Path* selected_;
};

/// The better of the candidates in this order; each is compared with the best so far, as FRR does. The order
/// matters where MEDs are compared only within an AS.
std::size_t bestOf(std::span<const Candidate> candidates, std::span<const std::size_t> order,
                   const DecisionSettings& settings, const Path* selected) {
    std::size_t best = candidates.size();
    for (const std::size_t i : order) {
        if (!candidates[i].isValid) continue;
        if (best == candidates.size() ||
            compare(candidates[i], candidates[best], settings, selected).isFirstBetter)
            best = i;
    }
    return best;
}

/// `bgp deterministic-med`: first the best of each neighbouring AS, then the best of those.
std::size_t bestOfEachAs(std::span<const Candidate> candidates, std::span<const std::size_t> order,
                         const DecisionSettings& settings, const Path* selected) {
    std::vector<std::size_t> winners;
    std::vector<bool> isDone(candidates.size(), false);
    for (const std::size_t i : order) {
        if (isDone[i]) continue;
        std::vector<std::size_t> group;
        for (const std::size_t j : order) {
            const AsPath& mine = *attributesOf(candidates[i]).asPath;
            const AsPath& other = *attributesOf(candidates[j]).asPath;
            const bool isSameAs = i == j || (mine.first() && mine.first() == other.first());
            if (isDone[j] || !isSameAs) continue;
            isDone[j] = true;
            group.push_back(j);
        }
        const std::size_t winner = bestOf(candidates, group, settings, selected);
        if (winner != candidates.size()) winners.push_back(winner);
    }
    return bestOf(candidates, winners, settings, selected);
}

void markMultipath(std::span<const Candidate> candidates, std::size_t best, const DecisionSettings& settings,
                   const Path* selected, std::span<Outcome> outcome) {
    const bool isInternal = candidates[best].peer->sort == PeerSort::Internal;
    const std::size_t most = isInternal ? settings.maximumPathsInternal : settings.maximumPaths;
    if (most <= 1) return;
    // Where there are too many, the better ones are used.
    std::vector<std::size_t> equal;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (i == best || !candidates[i].isValid) continue;
        if (compare(candidates[best], candidates[i], settings, selected).areEqualForMultipath)
            equal.push_back(i);
    }
    std::ranges::sort(equal, [&](std::size_t a, std::size_t b) {
        return compare(candidates[a], candidates[b], settings, selected).isFirstBetter;
    });
    for (const std::size_t i : equal) {
        const auto isTaken = [&](std::size_t j) { return j == best || (outcome[j].isMultipath && j != i); };
        std::size_t used = 1;
        bool isSameHop = false;
        for (std::size_t j = 0; j < candidates.size(); ++j) {
            if (!isTaken(j)) continue;
            used += j == best ? 0U : 1U;
            isSameHop = isSameHop || candidates[j].path->nextHop == candidates[i].path->nextHop;
        }
        if (used < most && !isSameHop) outcome[i].isMultipath = true;
    }
}

struct StepText {
    DecisionStep step;
    std::string_view name;
    std::string_view sentence;
};
constexpr std::array kSteps = std::to_array<StepText>({
    {DecisionStep::None, "", ""},
    {DecisionStep::Invalid, "invalid", "it cannot be used"},
    {DecisionStep::LongLivedStale, "long-lived-stale",
     "its neighbour is away, and it is only kept until it is back"},
    {DecisionStep::Weight, "weight", "its weight is lower"},
    {DecisionStep::LocalPreference, "local-pref", "its local preference is lower"},
    {DecisionStep::LocalRoute, "local-route", "the other one is originated here"},
    {DecisionStep::Aigp, "aigp", "its accumulated IGP metric is higher"},
    {DecisionStep::AsPathLength, "as-path-length", "its AS path is longer"},
    {DecisionStep::Origin, "origin", "its origin is worse"},
    {DecisionStep::Med, "med", "its MED is higher"},
    {DecisionStep::PeerType, "peer-type", "it comes from inside the AS, and the other one from outside"},
    {DecisionStep::IgpMetric, "igp-metric", "its next hop is farther away"},
    {DecisionStep::InternalClusterLength, "cluster-length", "its cluster list is longer"},
    {DecisionStep::ConfederationType, "confed-peer-type",
     "the other one comes from another AS of the confederation"},
    {DecisionStep::OlderPath, "older-path", "the other one was there first"},
    {DecisionStep::RouterId, "router-id", "the router-id of its neighbour is higher"},
    {DecisionStep::ClusterLength, "cluster-length", "its cluster list is longer"},
    {DecisionStep::NeighborAddress, "neighbor-ip", "the address of its neighbour is higher"},
    {DecisionStep::PathId, "path-id", "its path identifier is higher"},
});

const StepText& textOf(DecisionStep step) {
    const auto found = std::ranges::find(kSteps, step, &StepText::step);
    PEERSCAPE_CHECK(found != kSteps.end());
    return *found;
}

}  // namespace

Comparison compare(const Candidate& a, const Candidate& b, const DecisionSettings& settings,
                   const Path* selected) {
    return Ladder(a, b, settings, selected).run();
}

std::size_t choose(std::span<const Candidate> candidates, const DecisionSettings& settings,
                   const Path* selected, std::span<Outcome> outcome) {
    PEERSCAPE_CHECK(outcome.size() == candidates.size());
    // The latest first, which is how FRR keeps them.
    SmallVector<std::size_t, 16> order(candidates.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = order.size() - 1 - i;
    const std::size_t best = settings.options.isDeterministicMed
                                 ? bestOfEachAs(candidates, order, settings, selected)
                                 : bestOf(candidates, order, settings, selected);
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        outcome[i] = Outcome{};
        if (i == best) continue;
        const bool canCompare = candidates[i].isValid && best < candidates.size();
        outcome[i].lostBy = canCompare ? compare(candidates[best], candidates[i], settings, selected).step
                                       : DecisionStep::Invalid;
    }
    if (best < candidates.size() && candidates.size() > 1)
        markMultipath(candidates, best, settings, selected, outcome);
    return best;
}

std::string_view nameOf(DecisionStep step) { return textOf(step).name; }
std::string_view sentenceOf(DecisionStep step) { return textOf(step).sentence; }

}  // namespace peerscape::bgp

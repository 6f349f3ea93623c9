// `aggregate-address`: one route in place of those inside it (RFC 4271 section 9.2.2.2).
#include <algorithm>
#include <utility>

#include "protocols/bgp/policy_door.hpp"
#include "protocols/bgp/process.hpp"

namespace peerscape::bgp {
namespace {

/// What the routes inside an aggregate have in common.
struct Parts {
    std::size_t count = 0;
    Origin origin = Origin::Igp;
    std::vector<const AsPath*> paths;
    CommunityValues communities;
    std::vector<LargeCommunity> largeCommunities;
    std::vector<ExtendedCommunity> extendedCommunities;
    bool hasAtomicAggregate = false;
    std::optional<std::uint32_t> med;
    bool haveSameMed = true;

    void add(const PathAttributes& attributes) {
        if (count == 0) med = attributes.med;
        haveSameMed = haveSameMed && med == attributes.med;
        ++count;
        origin = std::max(origin, attributes.origin);
        paths.push_back(&*attributes.asPath);
        hasAtomicAggregate = hasAtomicAggregate || attributes.hasAtomicAggregate;
        const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
        append(communities, *attributes.communities);
        append(largeCommunities, attributes.rare->largeCommunities);
        append(extendedCommunities, attributes.rare->extendedCommunities);
    }
};

template <typename Values>
void makeSet(Values& values) {
    std::ranges::sort(values);
    const auto repeated = std::ranges::unique(values);
    values.erase(repeated.begin(), repeated.end());
}

std::vector<std::uint32_t> leadingSequence(const AsPath& path) {
    if (path.isEmpty() || path.segments().front().type != SegmentType::Sequence) return {};
    const auto& numbers = path.segments().front().numbers;
    return {numbers.begin(), numbers.end()};
}

/// The numbers that all paths begin with stay a sequence; all others become a set (RFC 4271 appendix F.6).
AsPath joined(const std::vector<const AsPath*>& paths) {
    std::vector<std::uint32_t> common = leadingSequence(*paths.front());
    for (const AsPath* path : paths) {
        const auto other = leadingSequence(*path);
        const auto differs = std::ranges::mismatch(common, other);
        common.erase(differs.in1, common.end());
    }
    AsSegment rest{SegmentType::Set, {}};
    for (const AsPath* path : paths) {
        std::size_t skipped = 0;
        for (const AsSegment& segment : path->segments()) {
            if (segment.type == SegmentType::ConfedSequence || segment.type == SegmentType::ConfedSet)
                continue;
            for (const std::uint32_t number : segment.numbers) {
                if (skipped++ < common.size()) continue;
                if (std::ranges::find(common, number) == common.end()) rest.numbers.push_back(number);
            }
        }
    }
    AsPath result = AsPath::sequence(common);
    if (!rest.numbers.empty()) result.append(std::move(rest));
    return result;
}

}  // namespace

void BgpProcess::refreshAggregates(Step& step) {
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        const auto& aggregates = config().families[family].aggregates;
        std::vector<Prefix> gone;
        for (const auto& [prefix, destination] : tables_[family]) {
            const bool hasAggregate = std::ranges::find(destination.paths, PathSource::Aggregate,
                                                        &Path::source) != destination.paths.end();
            if (hasAggregate && !aggregates.contains(prefix)) gone.push_back(prefix);
        }
        for (const Prefix& prefix : gone)
            removeLocal(step, prefix, PathSource::Aggregate, ProtocolId::none());
        std::set<Prefix> suppressed;
        for (const auto& [prefix, aggregate] : aggregates)
            refreshAggregate(step, prefix, aggregate, suppressed);
        suppress(step, family, suppressed);
    }
}

/// Adds the prefixes that it stands for to `suppressed`.
void BgpProcess::refreshAggregate(Step& step, const Prefix& prefix, const AggregateAddress& aggregate,
                                  std::set<Prefix>& suppressed) {
    const Family family = prefix.family();
    const PolicyDoor door(policy_, step.env);
    Parts parts;
    std::vector<Prefix> inside;
    for (const std::uint32_t position : tables_[family].sorted()) {
        const auto [candidate, destination] = tables_[family].at(position);
        if (!prefix.contains(candidate) || candidate.length() <= prefix.length()) continue;
        bool hasPart = false;
        for (const Path& path : destination.paths) {
            if (path.source == PathSource::Aggregate || !isValid(path)) continue;
            parts.add(*path.attributes);
            hasPart = true;
        }
        if (!hasPart) continue;
        PolicyRoute route{candidate, destination.paths.front().attributes, {}, 0};
        if (aggregate.isSummaryOnly ||
            (!aggregate.suppressMap.empty() && door.apply(aggregate.suppressMap, route).isPermitted))
            inside.push_back(candidate);
    }
    if (parts.count == 0 || (aggregate.matchesMed && !parts.haveSameMed))
        return removeLocal(step, prefix, PathSource::Aggregate, ProtocolId::none());
    suppressed.insert(inside.begin(), inside.end());
    PathAttributes attributes;
    attributes.origin = aggregate.origin.value_or(parts.origin);
    attributes.med = aggregate.matchesMed ? parts.med : std::optional<std::uint32_t>(0);
    if (aggregate.hasAsSet) {
        attributes.asPath = joined(parts.paths);
        makeSet(parts.communities);
        makeSet(parts.largeCommunities);
        makeSet(parts.extendedCommunities);
        if (!parts.communities.empty()) attributes.communities = parts.communities;
        attributes.rare.edit().largeCommunities = parts.largeCommunities;
        attributes.rare.edit().extendedCommunities = parts.extendedCommunities;
    }
    attributes.hasAtomicAggregate = !aggregate.hasAsSet || parts.hasAtomicAggregate;
    attributes.rare.edit().aggregator =
        Aggregator{config().confederation.value_or(*config().number), routerId_};
    PolicyRoute route{prefix, attributes, {IpAddress::any(family), std::nullopt}, kOwnWeight};
    if (!aggregate.routeMap.empty() && !door.apply(aggregate.routeMap, route).isPermitted)
        return removeLocal(step, prefix, PathSource::Aggregate, ProtocolId::none());
    Path path;
    path.source = PathSource::Aggregate;
    putLocal(step, route, std::move(path));
}

void BgpProcess::suppress(Step& step, Family family, const std::set<Prefix>& suppressed) {
    std::vector<Prefix> changed;
    for (const auto& [prefix, destination] : tables_[family]) {
        const bool isInside = suppressed.contains(prefix);
        const auto differs = [&](const Path& path) { return path.isSuppressed != isInside; };
        if (std::ranges::any_of(destination.paths, differs)) changed.push_back(prefix);
    }
    std::ranges::sort(changed);
    for (const Prefix& prefix : changed) {
        for (Path& path : tables_[family].edit(prefix)->paths)
            path.isSuppressed = suppressed.contains(prefix);
        markDirty(prefix, step.env.cause);
    }
}

}  // namespace peerscape::bgp

/// The clauses of route-maps on BGP's attributes, as FRR 8.4 understands them.
#include "protocols/bgp/route_attributes.hpp"

#include <algorithm>
#include <iterator>

#include "protocols/bgp/as_numbers.hpp"
#include "protocols/policy/policy_set.hpp"

namespace peerscape::bgp {
namespace {

using policy::Action;
using policy::PolicySet;

/// A list that does not exist matches nothing.
template <typename List, typename Values>
bool isPermittedBy(const List* list, const Values& values, bool isExact) {
    if (list == nullptr) return false;
    return (isExact ? list->applyExactly(values) : list->apply(values)) == Action::Permit;
}

/// Values in ascending order, none twice.
template <typename T>
std::vector<T> joined(const std::vector<T>& a, const std::vector<T>& b) {
    std::vector<T> all;
    std::ranges::set_union(a, b, std::back_inserter(all));
    return all;
}

}  // namespace

policy::MatchResult BgpRouteAttributes::matches(const policy::AttributeMatch& clause,
                                                const PolicySet& policy) const {
    const bool isMatch = std::visit([&](const auto& c) { return ask(c, policy); }, clause);
    return isMatch ? policy::MatchResult::Match : policy::MatchResult::NoMatch;
}

void BgpRouteAttributes::set(const policy::AttributeSet& clause, const PolicySet& policy) {
    std::visit([&](const auto& c) { apply(c, policy); }, clause);
}

const std::string& BgpRouteAttributes::pathText() const {
    if (!pathText_) pathText_ = attributes_.asPath->text();
    return *pathText_;
}

/// As in FRR, a route that came without one has 0 here; only the speaker's own have the default.
std::uint32_t BgpRouteAttributes::localPreference() const {
    return attributes_.localPreference.value_or(circumstances_.isLocal ? circumstances_.defaultLocalPreference
                                                                       : 0);
}

AsPath& BgpRouteAttributes::editPath() {
    pathText_.reset();
    return attributes_.asPath.edit();
}

bool BgpRouteAttributes::ask(const policy::MatchAsPath& clause, const PolicySet& policy) const {
    const auto* list = policy.asPathList(clause.list);
    return list != nullptr && list->apply(pathText()) == Action::Permit;
}

bool BgpRouteAttributes::ask(const policy::MatchCommunity& clause, const PolicySet& policy) const {
    return isPermittedBy(policy.communityList(clause.list), *attributes_.communities, clause.isExact);
}

bool BgpRouteAttributes::ask(const policy::MatchLargeCommunity& clause, const PolicySet& policy) const {
    return isPermittedBy(policy.largeCommunityList(clause.list), attributes_.rare->largeCommunities,
                         clause.isExact);
}

bool BgpRouteAttributes::ask(const policy::MatchExtendedCommunity& clause, const PolicySet& policy) const {
    return isPermittedBy(policy.extendedCommunityList(clause.list), attributes_.rare->extendedCommunities,
                         false);
}

bool BgpRouteAttributes::ask(const policy::MatchLocalPreference& clause, const PolicySet&) const {
    return localPreference() == clause.preference;
}

bool BgpRouteAttributes::ask(const policy::MatchOrigin& clause, const PolicySet&) const {
    return static_cast<std::uint8_t>(attributes_.origin) == static_cast<std::uint8_t>(clause.origin);
}

bool BgpRouteAttributes::ask(const policy::MatchPeer& clause, const PolicySet&) const {
    if (clause.isLocal) return circumstances_.isLocal;
    if (clause.address) return circumstances_.peer == clause.address;
    return !clause.name.empty() && circumstances_.peerInterface == clause.name;
}

bool BgpRouteAttributes::ask(const policy::MatchRouteSource& clause, const PolicySet& policy) const {
    if (!circumstances_.source || !circumstances_.source->isV4()) return false;
    const Prefix source = Prefix::host(*circumstances_.source);
    if (clause.isPrefixList) {
        const auto* list = policy.prefixList(Family::IPv4, clause.list);
        return list != nullptr && list->apply(source) == Action::Permit;
    }
    const auto* list = policy.accessList(Family::IPv4, clause.list);
    return list != nullptr && list->apply(source) == Action::Permit;
}

bool BgpRouteAttributes::ask(const policy::MatchRpki& clause, const PolicySet&) const {
    return circumstances_.rpki == clause.state;
}

void BgpRouteAttributes::apply(const policy::SetAsPathPrepend& clause, const PolicySet&) {
    if (clause.lastAsCount == 0) {
        editPath().prepend(AsPath::sequence(clause.numbers));
    } else if (const auto first = attributes_.asPath->first()) {
        editPath().prepend(*first, clause.lastAsCount);
    }
}

void BgpRouteAttributes::apply(const policy::SetAsPathExclude& clause, const PolicySet&) {
    for (const auto number : clause.numbers)
        editPath().remove(Asn::number(number));
}

void BgpRouteAttributes::apply(const policy::SetAsPathReplace& clause, const PolicySet&) {
    if (clause.number) {
        editPath().replace(Asn::number(*clause.number), circumstances_.localNumber);
        return;
    }
    AsPath replaced;
    for (AsSegment segment : attributes_.asPath->segments()) {
        std::ranges::fill(segment.numbers, circumstances_.localNumber.value());
        replaced.append(std::move(segment));
    }
    editPath() = std::move(replaced);
}

void BgpRouteAttributes::apply(const policy::SetCommunity& clause, const PolicySet&) {
    if (!clause.isAdditive) {
        attributes_.communities = clause.values;
        return;
    }
    CommunityValues communities;
    std::ranges::set_union(*attributes_.communities, *clause.values, std::back_inserter(communities));
    attributes_.communities = std::move(communities);
}

void BgpRouteAttributes::apply(const policy::SetLargeCommunity& clause, const PolicySet&) {
    auto& communities = attributes_.rare.edit().largeCommunities;
    communities = clause.isAdditive ? joined(communities, clause.values) : clause.values;
}

void BgpRouteAttributes::apply(const policy::SetCommunityDeletion& clause, const PolicySet& policy) {
    if (clause.isLarge) {
        const auto* list = policy.largeCommunityList(clause.list);
        if (list == nullptr || attributes_.rare->largeCommunities.empty()) return;
        std::erase_if(attributes_.rare.edit().largeCommunities,
                      [&](const LargeCommunity& community) { return list->deletes(community); });
        return;
    }
    const auto* list = policy.communityList(clause.list);
    if (list == nullptr || attributes_.communities->empty()) return;
    CommunityValues& communities = attributes_.communities.edit();
    const auto isDeleted = [&](Community community) { return list->deletes(community); };
    communities.erase(std::ranges::remove_if(communities, isDeleted).begin(), communities.end());
}

void BgpRouteAttributes::apply(const policy::SetExtendedCommunity& clause, const PolicySet&) {
    auto& communities = attributes_.rare.edit().extendedCommunities;
    communities = joined(communities, clause.values);
}

void BgpRouteAttributes::apply(const policy::SetNoExtendedCommunity&, const PolicySet&) {
    if (!attributes_.rare->extendedCommunities.empty()) attributes_.rare.edit().extendedCommunities.clear();
}

void BgpRouteAttributes::apply(const policy::SetLinkBandwidth& clause, const PolicySet&) {
    using Source = policy::SetLinkBandwidth::Source;
    constexpr double kOctetsOfMegabit = 1'000'000.0 / 8;
    double octets = clause.megabitsPerSecond * kOctetsOfMegabit;
    if (clause.source == Source::Multipaths) octets = circumstances_.multipaths * kOctetsOfMegabit;
    if (clause.source == Source::Cumulative) octets = circumstances_.cumulativeOctetsPerSecond;
    if (octets <= 0) return;
    const std::uint32_t owner = circumstances_.localNumber.value();
    const auto ownerInTwoOctets = static_cast<std::uint16_t>(owner > UINT16_MAX ? kAsTrans : owner);
    auto& communities = attributes_.rare.edit().extendedCommunities;
    std::erase_if(communities, policy::isLinkBandwidth);
    communities =
        joined(communities,
               {policy::linkBandwidth(ownerInTwoOctets, static_cast<float>(octets), clause.isTransitive)});
}

void BgpRouteAttributes::apply(const policy::SetLocalPreference& clause, const PolicySet&) {
    using Change = policy::SetLocalPreference::Change;
    const std::int64_t before = localPreference();
    std::int64_t preference = clause.amount;
    if (clause.change == Change::Add) preference = before + clause.amount;
    if (clause.change == Change::Subtract) preference = before - clause.amount;
    attributes_.localPreference =
        static_cast<std::uint32_t>(std::clamp<std::int64_t>(preference, 0, UINT32_MAX));
}

void BgpRouteAttributes::apply(const policy::SetWeight& clause, const PolicySet&) { weight_ = clause.weight; }

void BgpRouteAttributes::apply(const policy::SetOrigin& clause, const PolicySet&) {
    attributes_.origin = static_cast<Origin>(clause.origin);
}

void BgpRouteAttributes::apply(const policy::SetAtomicAggregate&, const PolicySet&) {
    attributes_.hasAtomicAggregate = true;
}

void BgpRouteAttributes::apply(const policy::SetAggregator& clause, const PolicySet&) {
    attributes_.rare.edit().aggregator =
        Aggregator{Asn::number(clause.number), RouterId(clause.address.v4Number())};
}

void BgpRouteAttributes::apply(const policy::SetOriginatorId& clause, const PolicySet&) {
    attributes_.rare.edit().originatorId = RouterId(clause.address.v4Number());
}

void BgpRouteAttributes::apply(const policy::SetAigp& clause, const PolicySet&) {
    const auto metric = clause.metric ? clause.metric : circumstances_.igpMetric;
    if (metric) attributes_.rare.edit().aigp = *metric;
}

void BgpRouteAttributes::apply(const policy::SetNextHopRule& clause, const PolicySet&) {
    using Rule = policy::SetNextHopRule::Rule;
    if (clause.rule == Rule::PreferGlobal) {
        nextHop_.prefersGlobal = true;
        return;
    }
    nextHop_.isPeerAddress = clause.rule == Rule::PeerAddress;
    nextHop_.isUnchanged = clause.rule == Rule::Unchanged;
}

}  // namespace peerscape::bgp

#include "protocols/bgp/show_filters.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "protocols/bgp/policy_door.hpp"
#include "protocols/policy/regular_expression.hpp"

namespace peerscape::bgp {
namespace {

/// Bits of the network part in the days of classes; none for addresses that no network has.
std::optional<std::uint8_t> networkLength(const IpAddress& address) {
    if (address.v4Number() >> 24 >= 224) return std::nullopt;
    return classfulLength(address);
}

template <typename Value>
bool hasAll(std::span<const Value> values, const std::vector<Value>& wanted, bool isExact) {
    if (isExact) return std::ranges::equal(values, wanted);
    return std::ranges::all_of(
        wanted, [&](const Value& value) { return std::ranges::find(values, value) != values.end(); });
}

/// The list of this name out of the router's policy, where there is one.
template <typename Get>
auto listOf(const BgpProcess& process, Get get) -> decltype(get(*process.policySet())) {
    return process.policySet() == nullptr ? nullptr : get(*process.policySet());
}

std::unexpected<std::string> missing(std::string_view name, std::string_view kind) {
    return std::unexpected(fmt::format("% {} {} not found\n", name, kind));
}

}  // namespace

PathFilter inside(const Prefix& prefix) {
    return [prefix](const BgpProcess&, const Prefix& shown, const Path&) { return prefix.contains(shown); };
}

PathFilter classless() {
    return [](const BgpProcess&, const Prefix& shown, const Path&) {
        return shown.family() == Family::IPv6 || shown.length() != networkLength(shown.address());
    };
}

PathFilter from(std::string_view neighbor) {
    return [name = std::string(neighbor)](const BgpProcess& process, const Prefix&, const Path& path) {
        return !path.isLocal() && process.peers().at(path.peer).name() == name;
    };
}

NamedFilter withCommunities(std::string_view words, bool isExact) {
    const auto wanted = policy::readCommunities(words);
    if (!words.empty() && !wanted) return std::unexpected("% Community malformed\n");
    return [wanted, isExact, isAny = words.empty()](const BgpProcess&, const Prefix&, const Path& path) {
        const std::span<const Community> values = *path.attributes->communities;
        return isAny ? !values.empty() : hasAll(values, *wanted, isExact);
    };
}

NamedFilter withLargeCommunities(std::string_view words, bool isExact) {
    const auto wanted = policy::readLargeCommunities(words);
    if (!words.empty() && !wanted) return std::unexpected("% Large-community malformed\n");
    return [wanted, isExact, isAny = words.empty()](const BgpProcess&, const Prefix&, const Path& path) {
        const std::span<const LargeCommunity> values = path.attributes->rare->largeCommunities;
        return isAny ? !values.empty() : hasAll(values, *wanted, isExact);
    };
}

NamedFilter matching(std::string_view expression) {
    auto compiled = policy::RegularExpression::compile(expression);
    if (!compiled) return std::unexpected(fmt::format("Can't compile regexp {}\n", expression));
    return [wanted = *std::move(compiled)](const BgpProcess&, const Prefix&, const Path& path) {
        return wanted.matches(path.attributes->asPath->text());
    };
}

NamedFilter permittedByFilterList(const BgpProcess& process, std::string_view name) {
    const auto* list = listOf(process, [&](const policy::PolicySet& set) { return set.asPathList(name); });
    if (list == nullptr) return missing(name, "AS-path access-list");
    return [list](const BgpProcess&, const Prefix&, const Path& path) {
        return list->apply(path.attributes->asPath->text()) == policy::Action::Permit;
    };
}

NamedFilter validatedAs(std::string_view state) {
    const policy::RpkiState wanted = state == "valid"     ? policy::RpkiState::Valid
                                     : state == "invalid" ? policy::RpkiState::Invalid
                                                          : policy::RpkiState::NotFound;
    return [wanted](const BgpProcess& process, const Prefix& prefix, const Path& path) {
        return process.validate(prefix, path) == wanted;
    };
}

NamedFilter permittedByPrefixList(const BgpProcess& process, Family family, std::string_view name) {
    const auto* list =
        listOf(process, [&](const policy::PolicySet& set) { return set.prefixList(family, name); });
    if (list == nullptr) return missing(name, "prefix-list");
    return [list](const BgpProcess&, const Prefix& prefix, const Path&) {
        return list->apply(prefix) == policy::Action::Permit;
    };
}

NamedFilter permittedByCommunityList(const BgpProcess& process, std::string_view name, bool isExact) {
    const auto* list = listOf(process, [&](const policy::PolicySet& set) { return set.communityList(name); });
    if (list == nullptr) return missing(name, "community-list");
    return [list, isExact](const BgpProcess&, const Prefix&, const Path& path) {
        const auto& values = *path.attributes->communities;
        return (isExact ? list->applyExactly(values) : list->apply(values)) == policy::Action::Permit;
    };
}

NamedFilter permittedByLargeCommunityList(const BgpProcess& process, std::string_view name, bool isExact) {
    const auto* list =
        listOf(process, [&](const policy::PolicySet& set) { return set.largeCommunityList(name); });
    if (list == nullptr) return missing(name, "large-community-list");
    return [list, isExact](const BgpProcess&, const Prefix&, const Path& path) {
        const auto& values = path.attributes->rare->largeCommunities;
        return (isExact ? list->applyExactly(values) : list->apply(values)) == policy::Action::Permit;
    };
}

NamedFilter permittedByRouteMap(const ShowContext& context, const BgpProcess& process,
                                std::string_view name) {
    const auto* map = listOf(process, [&](const policy::PolicySet& set) { return set.routeMap(name); });
    if (map == nullptr) return missing(name, "route-map");
    const Env env = envOf(context);
    return [env, name = std::string(name)](const BgpProcess& owner, const Prefix& prefix, const Path& path) {
        const NextHopTable::Entry& hop = owner.nextHops()[path.nextHop];
        PolicyRoute route{prefix, path.attributes, hop.value, path.weight};
        route.protocol = path.protocol;
        route.localNumber = *owner.config().number;
        route.isLocal = path.isLocal();
        if (!path.isLocal()) route.peer = route.source = owner.peers().at(path.peer).address();
        route.igpMetric = hop.igpMetric;
        return PolicyDoor(owner.policySet(), env).apply(name, route).isPermitted;
    };
}

}  // namespace peerscape::bgp

// What import policy makes of an announcement (RFC 4271 section 9.1.1, and what came later).
#include <algorithm>
#include <utility>

#include "protocols/bgp/import_memo.hpp"
#include "protocols/bgp/origin_validation.hpp"
#include "protocols/bgp/policy_door.hpp"
#include "protocols/bgp/process.hpp"

namespace peerscape::bgp {
namespace {

bool isImpossible(const Env& env, const Peer& from, const IpAddress& address) {
    // The usual case, and no address of this router: a session with it is up.
    if (address == from.address()) return false;
    if (address.isUnspecified() || address.isMulticast() || address.isLoopback()) return true;
    return std::ranges::any_of(env.interfaces,
                               [&](const InterfaceState& i) { return i.hasAddress(address); });
}

/// RFC 9234 section 5: what a customer must not send, and what a peer may not pass on.
bool isLeakFrom(const Peer& from, const PathAttributes& attributes) {
    const auto& mark = attributes.rare->onlyToCustomer;
    const auto role = from.config.settings.localRole;
    if (!mark || !role) return false;
    if (role == Role::Provider || role == Role::RouteServer) return true;
    return role == Role::Peer && *mark != from.facts.remoteAs;
}

}  // namespace

ImportVerdict BgpProcess::import(const Env& env, const Peer& from, Family family, const Prefix& prefix,
                                 const SharedAttributes& received, const BgpNextHop& nextHop) const {
    ImportVerdict verdict;
    const auto refuse = [&](Refusal why, std::string by = {}) {
        verdict.refusal = why;
        verdict.by = std::move(by);
        return verdict;
    };
    const NeighborFamilySettings& settings = from.settings(family);
    const NeighborSettings& session = from.config.settings;
    PolicyRoute route{prefix, received, nextHop, settings.weight.value_or(0)};
    route.peer = from.address();
    route.localNumber = from.localAs;
    route.source = from.address();
    route.interface = from.interface;
    route.rpki = originState(config(), prefix, *received->asPath);

    if (const auto own = ownNumberIn(from, family, *received->asPath))
        return refuse(Refusal::OwnAs, toString(*own));
    if (from.isInternal()) {
        if (received->rare->originatorId == routerId_) return refuse(Refusal::OwnOriginator);
        const RouterId cluster = config().clusterId.value_or(routerId_);
        if (std::ranges::find(received->rare->clusterList, cluster) != received->rare->clusterList.end())
            return refuse(Refusal::OwnCluster);
    }
    if (from.isExternal() && session.enforcesFirstAs.value_or(false) &&
        received->asPath->first() != from.facts.remoteAs)
        return refuse(Refusal::FirstAs, toString(from.facts.remoteAs));
    const auto hasSet = [](const AsSegment& s) {
        return s.type == SegmentType::Set || s.type == SegmentType::ConfedSet;
    };
    if (config().rejectsAsSets && std::ranges::any_of(received->asPath->segments(), hasSet))
        return refuse(Refusal::AsSet);
    if (isLeakFrom(from, *received))
        return refuse(Refusal::RouteLeak, toString(*received->rare->onlyToCustomer));

    const PolicyDoor door(policy_, env);
    if (const auto denied = door.denies(settings.distributeList.in, prefix, PolicyDoor::List::Access))
        return refuse(Refusal::DistributeList, *denied);
    if (const auto denied = door.denies(settings.prefixList.in, prefix, PolicyDoor::List::Prefix))
        return refuse(Refusal::PrefixList, *denied);
    if (const auto denied = door.denies(settings.filterList.in, *received->asPath))
        return refuse(Refusal::FilterList, *denied);
    const bool hasPolicy = settings.routeMap.in || settings.prefixList.in || settings.filterList.in ||
                           settings.distributeList.in;
    if (from.isExternal() && config().requiresEbgpPolicy && !hasPolicy) return refuse(Refusal::NoPolicy);

    if (from.isExternal()) {
        const auto& local = session.localAs;
        if (local && local->prependsInbound) route.attributes.edit().asPath.edit().prepend(local->number);
        if (received->localPreference) route.attributes.edit().localPreference.reset();
        const auto role = session.localRole;
        const bool isFromAbove =
            role == Role::Customer || role == Role::Peer || role == Role::RouteServerClient;
        if (isFromAbove && !received->rare->onlyToCustomer)
            route.attributes.edit().rare.edit().onlyToCustomer = from.facts.remoteAs;
    }
    if (settings.routeMap.in) {
        const PolicyAnswer answer = askRouteMap(door, *settings.routeMap.in, route);
        if (!answer.isPermitted) return refuse(Refusal::RouteMap, answer.by);
        if (answer.wantsPeerAddress) route.nextHop = {from.address(), std::nullopt};
        if (answer.prefersGlobal) route.nextHop.linkLocal.reset();
    }
    const bool isDrained = from.isExternal() && route.attributes->hasCommunity(community::kGracefulShutdown);
    if (config().hasGracefulShutdown && from.isExternal()) {
        CommunityValues communities = *route.attributes->communities;
        if (!route.attributes->hasCommunity(community::kGracefulShutdown)) {
            communities.insert(std::ranges::upper_bound(communities, community::kGracefulShutdown),
                               community::kGracefulShutdown);
            route.attributes.edit().communities = communities;
        }
        route.attributes.edit().localPreference = 0;
    } else if (isDrained) {
        // RFC 8326 section 3.2; FRR does it without being told.
        route.attributes.edit().localPreference = 0;
    }
    if (isImpossible(env, from, route.nextHop.address))
        return refuse(Refusal::NextHop, toString(route.nextHop.address));
    verdict.attributes = std::move(route.attributes);
    verdict.nextHop = route.nextHop;
    verdict.weight = route.weight;
    return verdict;
}

/// As PolicyDoor::apply(), but what has just been said of the same attributes is not asked again.
PolicyAnswer BgpProcess::askRouteMap(const PolicyDoor& door, const std::string& name,
                                     PolicyRoute& route) const {
    ImportMemo& memo = ImportMemo::ofThread();
    const std::shared_ptr<const SharedPolicy>& lists = config_->policy;
    if (const ImportMemo::Answer* known = memo.find(lists.get(), name, route.attributes)) {
        route.attributes = known->attributes;
        return known->said;
    }
    const SharedAttributes received = route.attributes;
    PolicyAnswer answer = door.apply(name, route);
    const policy::RouteMap* map = policy_ == nullptr ? nullptr : policy_->routeMap(name);
    if (map != nullptr && policy::hangsOnAttributesOnly(*map))
        memo.keep(lists, name, received, {answer, route.attributes});
    return answer;
}

/// Which of the router's own numbers stands in the path more often than is allowed.
std::optional<Asn> BgpProcess::ownNumberIn(const Peer& from, Family family, const AsPath& path) const {
    const NeighborFamilySettings& settings = from.settings(family);
    const std::size_t allowed = settings.allowAsIn.value_or(0);
    const auto isTooOften = [&](Asn number, std::size_t most) {
        if (settings.allowAsInOrigin.value_or(false) && path.origin() == number) return false;
        return path.countOf(number) > most;
    };
    if (isTooOften(*config().number, allowed)) return config().number;
    if (config().confederation && isTooOften(*config().confederation, allowed)) return config().confederation;
    const auto& local = from.config.settings.localAs;
    if (local && from.isExternal() && isTooOften(local->number, allowed)) return local->number;
    return std::nullopt;
}

}  // namespace peerscape::bgp

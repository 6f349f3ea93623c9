// What a neighbour is to be told of a destination: export policy, and what becomes of the attributes on the
// way.
#include <algorithm>
#include <utility>

#include "protocols/bgp/policy_door.hpp"
#include "protocols/bgp/private_numbers.hpp"
#include "protocols/bgp/process.hpp"
#include "protocols/bgp/wishes.hpp"

namespace peerscape::bgp {
namespace {

bool allowsClients(const Peer& peer, Family family) {
    return peer.settings(family).isReflectorClient.value_or(false);
}

/// RFC 9234 section 5: what came from a provider, a peer or a route server goes to customers only.
bool isLeakTo(const Peer& to, const PathAttributes& attributes) {
    const auto role = to.config.settings.localRole;
    const bool goesUpOrAcross =
        role == Role::Customer || role == Role::Peer || role == Role::RouteServerClient;
    return goesUpOrAcross && attributes.rare->onlyToCustomer.has_value();
}

void addCommunity(PathAttributes& attributes, Community community) {
    if (attributes.hasCommunity(community)) return;
    CommunityValues& communities = attributes.communities.edit();
    communities.insert(std::ranges::upper_bound(communities, community), community);
}

void trimCommunities(const SendCommunity& sent, PathAttributes& attributes) {
    if (!sent.standard && !attributes.communities->empty()) attributes.communities = {};
    if (!sent.extended && !attributes.rare->extendedCommunities.empty())
        attributes.rare.edit().extendedCommunities.clear();
    if (!sent.large && !attributes.rare->largeCommunities.empty())
        attributes.rare.edit().largeCommunities.clear();
}

}  // namespace

/// The rules that look at the path and its communities only; lists and route-maps follow.
std::optional<Withheld> BgpProcess::mayTell(const Env& env, const Peer& to, Family family,
                                            const Prefix& prefix, const Path& path) const {
    const PathAttributes& attributes = *path.attributes;
    const PeerSort from = factsOf(path).sort;
    if (attributes.hasCommunity(community::kNoAdvertise)) return Withheld::NoAdvertise;
    if (attributes.hasCommunity(community::kNoExport) && to.isExternal()) return Withheld::NoExport;
    if (attributes.hasCommunity(community::kLocalAs) && !to.isInternal()) return Withheld::LocalAs;
    if (prefix.length() == 0 && defaultFor(env, to, family)) return Withheld::DefaultOriginated;
    if (from == PeerSort::Internal && to.isInternal()) {
        if (path.peer == to.id) return Withheld::ToItsSource;
        const bool fromClient = allowsClients(peers_.at(path.peer), family);
        const bool toClient = allowsClients(to, family);
        if (!fromClient && !toClient) return hasClients(family) ? Withheld::NonClient : Withheld::Internal;
        if (fromClient && toClient && !config().reflectsBetweenClients) return Withheld::NonClient;
        if (attributes.rare->originatorId == to.facts.routerId) return Withheld::Originator;
    }
    if (to.config.settings.detectsLoopsAtSender.value_or(false) &&
        attributes.asPath->contains(to.facts.remoteAs))
        return Withheld::SenderLoop;
    if (isLeakTo(to, attributes)) return Withheld::RouteLeak;
    const bool isPeerByRole = to.config.settings.localRole == Role::Peer;
    if (attributes.hasCommunity(community::kNoPeer) && isPeerByRole) return Withheld::NoPeer;
    // RFC 9494 section 4.4.
    const bool isStale = path.isLongLivedStale || attributes.hasCommunity(community::kLlgrStale);
    const bool knowsStale =
        std::ranges::find(to.lastCapabilities.longLived, family, &LongLivedFamily::family) !=
        to.lastCapabilities.longLived.end();
    if (isStale && !knowsStale) return Withheld::LongLivedStale;
    return std::nullopt;
}

bool BgpProcess::hasClients(Family family) const {
    return std::ranges::any_of(peers_,
                               [&](const auto& entry) { return allowsClients(entry.second, family); });
}

/// RFC 4271 section 5.1.3, RFC 2545 section 3; the exceptions are FRR's.
BgpNextHop BgpProcess::nextHopFor(const Env& env, const Peer& to, Family family, const Path& path,
                                  bool isReflected) const {
    const BgpNextHop& present = nextHops_[path.nextHop].value;
    const NeighborFamilySettings& settings = to.settings(family);
    const bool isUnchanged = settings.isRouteServerClient.value_or(false) ||
                             (settings.attributeUnchanged && settings.attributeUnchanged->nextHop);
    const BgpNextHop self = ownNextHop(to, family);
    if (present.address.isUnspecified()) return self;
    // RFC 8950 section 4: who has not said that it understands such a next hop is not given one.
    if (present.address.family() != family && !to.wire.hasExtendedNextHop) return self;
    if (isUnchanged) return present;
    const bool isForced = settings.nextHopSelfForced.value_or(false);
    if (isForced || (settings.nextHopSelf.value_or(false) && !isReflected)) return self;
    if (to.isExternal() && !isOnSharedNetwork(env, to, present.address)) return self;
    if (present.address.isLinkLocal()) return self;
    // A link-local address is of no use to who is not on that link.
    return {present.address, std::nullopt};
}

BgpNextHop BgpProcess::ownNextHop(const Peer& to, Family family) {
    BgpNextHop self;
    if (family == Family::IPv4) {
        self.address = to.own.ipv4.value_or(IpAddress::any(Family::IPv4));
        if (!to.own.ipv4 && to.wire.hasExtendedNextHop && to.own.ipv6) self.address = *to.own.ipv6;
        if (!to.own.ipv4 && to.wire.hasExtendedNextHop && to.own.linkLocal) self.linkLocal = to.own.linkLocal;
    } else {
        self.address = to.own.ipv6.value_or(to.own.linkLocal.value_or(IpAddress::any(Family::IPv6)));
        self.linkLocal = to.own.linkLocal;
    }
    return self;
}

/// The neighbour reaches the next hop on the network that it shares with this router: packets need no detour
/// (RFC 4271 section 5.1.3, 2, third bullet). FRR does so for IPv4 only.
bool BgpProcess::isOnSharedNetwork(const Env& env, const Peer& to, const IpAddress& address) {
    if (address.isV6() || !to.interface.isSome() || address == to.address()) return false;
    const InterfaceState& interface = env.interface(to.interface);
    const InterfaceAddress* facing = interface.addressFacing(to.address());
    return facing != nullptr && facing->network().contains(address);
}

ExportVerdict BgpProcess::exportTo(const Env& env, const Peer& to, Family family, const Prefix& prefix,
                                   const Path& path) const {
    if (const auto why = mayTell(env, to, family, prefix, path)) {
        ExportVerdict verdict;
        verdict.withheld = why;
        return verdict;
    }
    return applyExportPolicy(env, to, family, prefix, path);
}

/// Lists, route-maps, and what becomes of the attributes. `hop`: what nextHopFor() would say, for those who
/// know.
ExportVerdict BgpProcess::applyExportPolicy(const Env& env, const Peer& to, Family family,
                                            const Prefix& prefix, const Path& path, Reasons reasons,
                                            const BgpNextHop* hop) const {
    ExportVerdict verdict;
    const auto refuse = [&](Withheld why, std::string by = {}) {
        verdict.withheld = why;
        verdict.by = std::move(by);
        return verdict;
    };
    const NeighborFamilySettings& settings = to.settings(family);
    const PolicyDoor door(policy_, env, reasons);
    bool isUnsuppressed = !path.isSuppressed;
    PolicyRoute route{prefix, path.attributes, nextHops_[path.nextHop].value, path.weight};
    route.peer = to.address();
    route.localNumber = to.localAs;
    if (!path.isLocal()) route.source = factsOf(path).address;
    route.isLocal = path.isLocal();
    route.defaultLocalPreference = config().defaultLocalPreference;
    route.protocol = path.protocol;
    route.igpMetric = nextHops_[path.nextHop].igpMetric;
    route.rpki = validate(prefix, path);
    if (!isUnsuppressed && settings.unsuppressMap)
        isUnsuppressed = door.apply(*settings.unsuppressMap, route).isPermitted;
    if (!isUnsuppressed) return refuse(Withheld::Suppressed);
    if (isHeldByCondition(env, to, family, route)) return refuse(Withheld::Condition);
    if (const auto denied = door.denies(settings.distributeList.out, prefix, PolicyDoor::List::Access))
        return refuse(Withheld::DistributeList, *denied);
    if (const auto denied = door.denies(settings.prefixList.out, prefix, PolicyDoor::List::Prefix))
        return refuse(Withheld::PrefixList, *denied);
    if (const auto denied = door.denies(settings.filterList.out, *path.attributes->asPath))
        return refuse(Withheld::FilterList, *denied);
    const bool hasPolicy = settings.routeMap.out || settings.prefixList.out || settings.filterList.out ||
                           settings.distributeList.out;
    if (to.isExternal() && config().requiresEbgpPolicy && !hasPolicy) return refuse(Withheld::NoPolicy);

    const PeerFacts& from = factsOf(path);
    const bool isReflected = from.sort == PeerSort::Internal && to.isInternal();
    const bool isTransparent = settings.isRouteServerClient.value_or(false);
    const AttributeUnchanged unchanged = settings.attributeUnchanged.value_or(AttributeUnchanged{});
    PathAttributes& attributes = route.attributes.edit();
    prepareAttributes(to, family, path, attributes);
    route.nextHop = hop != nullptr ? *hop : nextHopFor(env, to, family, path, isReflected);
    if (settings.routeMap.out) {
        const SharedAttributes original = route.attributes;
        const PolicyAnswer answer = door.apply(*settings.routeMap.out, route);
        if (!answer.isPermitted) return refuse(Withheld::RouteMap, answer.by);
        // A reflector does not change what it reflects, unless it is asked to.
        if (isReflected && !config().changesReflectedRoutes) route.attributes = original;
        if (answer.wantsPeerAddress) route.nextHop = ownNextHop(to, family);
        if (answer.wantsUnchangedNextHop) route.nextHop = nextHops_[path.nextHop].value;
    }
    finishAttributes(to, isTransparent || unchanged.asPath, route.attributes.edit());
    if (settings.sendCommunity) trimCommunities(*settings.sendCommunity, route.attributes.edit());
    verdict.attributes = std::move(route.attributes);
    verdict.nextHop = route.nextHop;
    return verdict;
}

/// Before the route-map: what does not leave the AS goes, and what the AS adds comes.
void BgpProcess::prepareAttributes(const Peer& to, Family family, const Path& path,
                                   PathAttributes& attributes) const {
    const NeighborFamilySettings& settings = to.settings(family);
    const PeerFacts& from = factsOf(path);
    const bool isTransparent = settings.isRouteServerClient.value_or(false);
    const bool keepsMed = isTransparent || (settings.attributeUnchanged && settings.attributeUnchanged->med);
    if (to.isExternal()) {
        attributes.localPreference.reset();
        // RFC 4271 section 5.1.4: another AS's MED is not passed on.
        if (!path.isLocal() && !keepsMed) attributes.med.reset();
        if (attributes.rare->originatorId || !attributes.rare->clusterList.empty()) {
            attributes.rare.edit().originatorId.reset();
            attributes.rare.edit().clusterList.clear();
        }
        if (attributes.rare->aigp && !settings.hasAigp.value_or(false)) attributes.rare.edit().aigp.reset();
    } else if (!attributes.localPreference) {
        attributes.localPreference = config().defaultLocalPreference;
    }
    if (attributes.rare->aigp) *attributes.rare.edit().aigp += nextHops_[path.nextHop].igpMetric;
    if (from.sort == PeerSort::Internal && to.isInternal()) {
        RareAttributes& rare = attributes.rare.edit();
        if (!rare.originatorId) rare.originatorId = from.routerId;
        rare.clusterList.insert(rare.clusterList.begin(), config().clusterId.value_or(routerId_));
    }
    if (!to.isInternal() && settings.removePrivateAs)
        removePrivate(attributes.asPath.edit(), *settings.removePrivateAs, *config().number,
                      to.facts.remoteAs);
    if (to.isExternal() && settings.overridesAs.value_or(false))
        attributes.asPath.edit().replace(to.facts.remoteAs, *config().number);
    if (config().hasGracefulShutdown) addCommunity(attributes, community::kGracefulShutdown);
}

/// After the route-map: the own number in front of the path (RFC 4271 section 5.1.2 b).
void BgpProcess::finishAttributes(const Peer& to, bool keepsAsPath, PathAttributes& attributes) const {
    if (to.facts.sort == PeerSort::Confederation && !keepsAsPath)
        attributes.asPath.edit().prepend(*config().number, 1, true);
    if (to.isExternal() && !keepsAsPath) {
        AsPath& asPath = attributes.asPath.edit();
        asPath.removeConfederation();
        const auto& local = to.config.settings.localAs;
        const Asn own = config().confederation.value_or(*config().number);
        if (!local || !local->replacesOutbound) asPath.prepend(own);
        if (local) asPath.prepend(local->number);
    }
    const auto role = to.config.settings.localRole;
    const bool goesDownOrAcross = role == Role::Provider || role == Role::RouteServer || role == Role::Peer;
    if (goesDownOrAcross && !attributes.rare->onlyToCustomer)
        attributes.rare.edit().onlyToCustomer = *config().number;
}

/// `default-originate`: always, or while the prefix of some route in the table passes the route-map, which
/// then sets the default route's attributes.
std::optional<Wish> BgpProcess::defaultFor(const Env& env, const Peer& to, Family family) const {
    const auto& wanted = to.settings(family).defaultOriginate;
    if (!wanted) return std::nullopt;
    PathAttributes attributes;
    attributes.origin = Origin::Igp;
    attributes.med = 0;
    if (!to.isExternal()) attributes.localPreference = config().defaultLocalPreference;
    PolicyRoute route{Prefix::defaultRoute(family), attributes, ownNextHop(to, family), 0};
    if (!wanted->routeMap.empty()) {
        const PolicyDoor door(policy_, env);
        const PrefixMap<Destination>& table = tables_[family];
        const PolicyRoute original = route;
        const auto passes = [&](std::uint32_t position) {
            const auto [prefix, destination] = table.at(position);
            route = original;
            route.prefix = prefix;
            return destination.bestPath() != nullptr && door.apply(wanted->routeMap, route).isPermitted;
        };
        if (std::ranges::none_of(table.sorted(), passes)) return std::nullopt;
    }
    finishAttributes(to, false, route.attributes.edit());
    return Wish{0, route.attributes, route.nextHop};
}

std::vector<Wish> BgpProcess::wishesFor(const Env& env, const Peer& to, const Prefix& prefix,
                                        const Destination* destination) const {
    const Family family = prefix.family();
    std::vector<Wish> wishes;
    if (prefix.length() == 0) {
        if (auto wish = defaultFor(env, to, family)) wishes.push_back(std::move(*wish));
    }
    if (destination == nullptr) return wishes;
    const NeighborFamilySettings& settings = to.settings(family);
    const bool sendsSeveral = to.wire.sendsPathIds[family];
    const auto wish = [&](const Path& path) {
        ExportVerdict verdict = exportTo(env, to, family, prefix, path);
        if (verdict.isTold())
            wishes.push_back({sendsSeveral ? path.sentPathId : 0, verdict.attributes, verdict.nextHop});
    };
    if (!sendsSeveral) {
        if (const Path* best = destination->bestPath()) wish(*best);
        return wishes;
    }
    for (const Path& path : destination->paths) {
        const bool isBest = &path == destination->bestPath();
        if (!isValid(path)) continue;
        if (settings.sendsBestPathPerAs.value_or(false) && !isBest && !isBestOfItsAs(*destination, path))
            continue;
        wish(path);
    }
    return wishes;
}

bool BgpProcess::isBestOfItsAs(const Destination& destination, const Path& path) const {
    const auto neighbor = path.attributes->asPath->first();
    const DecisionSettings settings = decisionSettings(Family::IPv4);
    const auto candidate = [&](const Path& p) {
        return Candidate{&p, &factsOf(p), isValid(p), nextHops_[p.nextHop].igpMetric};
    };
    return std::ranges::none_of(destination.paths, [&](const Path& other) {
        return &other != &path && isValid(other) && other.attributes->asPath->first() == neighbor &&
               bgp::compare(candidate(other), candidate(path), settings, destination.bestPath())
                   .isFirstBetter;
    });
}

}  // namespace peerscape::bgp

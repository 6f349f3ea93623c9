// The configuration as neighbours: which there are, what they are to this router, and where they are.
#include <algorithm>
#include <utility>

#include "engine/base/check.hpp"
#include "protocols/bgp/process.hpp"

namespace peerscape::bgp {
namespace {

constexpr std::uint8_t kLongestWay = 255;

std::optional<IpAddress> addressOf(const InterfaceState& interface, Family family) {
    const InterfaceAddress* address = interface.firstAddress(family);
    return address == nullptr ? std::nullopt : std::optional(address->address);
}

Capabilities capabilitiesFor(const BgpConfig& config, const NeighborConfig& neighbor, Asn localAs,
                             std::string_view hostname) {
    Capabilities offered;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        const NeighborFamilySettings& settings = *neighbor.families[family];
        if (!config.isActivated(neighbor, family)) continue;
        offered.families.push_back(family);
        const bool sends =
            settings.sendsAllPaths.value_or(false) || settings.sendsBestPathPerAs.value_or(false);
        const bool receives = !settings.refusesAddPath.value_or(false);
        if (sends || receives) {
            offered.addPath.emplace_back(family, sends && receives ? AddPathMode::Both
                                                 : sends           ? AddPathMode::Send
                                                                   : AddPathMode::Receive);
        }
    }
    offered.hasRouteRefresh = offered.hasEarlyRouteRefresh = true;
    offered.hasEnhancedRouteRefresh = true;
    offered.hasExtendedMessage = true;
    offered.fourOctetAs = localAs;
    offered.hasExtendedNextHop = neighbor.settings.hasExtendedNextHop.value_or(neighbor.isInterface);
    offered.role = neighbor.settings.localRole;
    offered.hostname = hostname;
    const bool isGraceful =
        !config.gracefulRestart.isDisabled && !neighbor.settings.gracefulRestartDisabled.value_or(false);
    if (isGraceful) {
        GracefulRestartCapability restart;
        restart.restartTime = config.gracefulRestart.restartTime;
        restart.signalsNotification = config.gracefulRestart.notifies;
        const bool restarts = neighbor.settings.gracefulRestart.value_or(config.gracefulRestart.isEnabled);
        for (const Family family : offered.families) {
            if (restarts) restart.families.push_back({family, config.gracefulRestart.preservesForwarding});
            // A stale time of 0 says that such routes are understood; the bit is always set, as in FRR.
            offered.longLived.push_back({family, true, config.gracefulRestart.longLivedStaleTime});
        }
        offered.gracefulRestart = restart;
    }
    return offered;
}

/// Anything that decides about routes, apart from what is said of single neighbours.
bool hasOtherRules(BgpConfig before, BgpConfig after) {
    for (BgpConfig* config : {&before, &after}) {
        config->neighbors.clear();
        config->interfaceNeighbors.clear();
        config->groups.clear();
        for (const Family family : {Family::IPv4, Family::IPv6}) {
            config->families[family].networks.clear();
            config->families[family].redistributions.clear();
        }
    }
    return before != after;
}

}  // namespace

void BgpProcess::usePolicy() {
    policy_ = dynamic_cast<const policy::PolicySet*>(config_->policy.get());
    own_.sort = PeerSort::Local;
    own_.remoteAs = config().number.value_or(Asn());
}

/// As FRR's zebra chooses: the highest address of a loopback, else of any interface.
void BgpProcess::refreshRouterId(const Env& env) {
    std::uint32_t highest[2] = {0, 0};
    for (const InterfaceState& interface : env.interfaces) {
        for (const InterfaceAddress& address : interface.addresses) {
            if (!address.address.isV4() || address.address.isLoopback()) continue;
            std::uint32_t& best = highest[interface.isLoopback ? 0 : 1];
            best = std::max(best, address.address.v4Number());
        }
    }
    const std::uint32_t chosen = highest[0] != 0 ? highest[0] : highest[1];
    routerId_ = config().routerId.value_or(RouterId(chosen));
    own_.routerId = routerId_;
}

void BgpProcess::configure(Step& step, std::shared_ptr<const BgpProcessConfig> next) {
    PEERSCAPE_CHECK(next != nullptr);
    const std::shared_ptr<const BgpProcessConfig> before = std::exchange(config_, std::move(next));
    usePolicy();
    retainRoutes(step);
    subscribe(step);
    refreshRouterId(step.env);
    refreshOrigination(step);
    refreshPeers(step);
    findAudiences();
    noteListeners(step.env);
    notePolicyChanges(step, *before);
    if (hasOtherRules(before->value, config())) {
        for (const Family family : {Family::IPv4, Family::IPv6})
            markAll(family, step.env.cause);
    }
    if (before->value.hasGracefulShutdown != config().hasGracefulShutdown) judgeAllAgain(step);
    changeDampening(step, before->value);
    noteConditions(step.env.now);
    mayChangeAggregates_ = true;
}

void BgpProcess::refreshPeers(Step& step) {
    refreshKeys(step);
    std::vector<PeerId> gone;
    for (const auto& [key, id] : byKey_) {
        const Peer& peer = peers_.at(id);
        const bool stays = peer.isDynamic               ? config().groups.contains(peer.group)
                           : peer.key.interface.empty() ? config().neighbors.contains(key.address)
                                                        : config().interfaceNeighbors.contains(key.interface);
        if (!stays) gone.push_back(id);
    }
    for (const PeerId id : gone)
        removePeer(step, id);
    hasConditions_ = false;
    for (const auto& [address, neighbor] : config().neighbors)
        refreshPeer(step, {address, {}}, config().effective(neighbor), false);
    for (const auto& [name, neighbor] : config().interfaceNeighbors)
        refreshPeer(step, {{}, name}, config().effective(neighbor), false);
    refreshAdvertising(step);
    std::vector<PeerId> dynamic;
    for (const auto& [id, peer] : peers_) {
        if (peer.isDynamic) dynamic.push_back(id);
    }
    for (const PeerId id : dynamic) {
        const Peer& peer = peers_.at(id);
        NeighborConfig member;
        member.group = peer.group;
        refreshPeer(step, peer.key, config().effective(member), true);
    }
}

PeerSort BgpProcess::sortOf(const NeighborConfig& neighbor) const {
    const RemoteAs remote = neighbor.settings.remoteAs.value_or(RemoteAs{});
    if (remote.kind == RemoteAs::Kind::External) return PeerSort::External;
    if (remote.kind == RemoteAs::Kind::Internal || remote.number == *config().number)
        return PeerSort::Internal;
    const bool isMember =
        config().confederation && config().confederationPeers.contains(remote.number.value());
    return isMember ? PeerSort::Confederation : PeerSort::External;
}

/// Outside a confederation the members are one AS (RFC 5065 section 4).
Asn BgpProcess::localAsFor(PeerSort sort, const NeighborConfig& neighbor) const {
    if (neighbor.settings.localAs && sort != PeerSort::Internal) return neighbor.settings.localAs->number;
    if (sort == PeerSort::External && config().confederation) return *config().confederation;
    return *config().number;
}

InterfaceId BgpProcess::interfaceFacing(const Env& env, const IpAddress& address) const {
    for (const InterfaceState& interface : env.interfaces) {
        if (interface.isUp() && interface.addressFacing(address) != nullptr) return interface.id;
    }
    return InterfaceId::none();
}

std::optional<IpAddress> BgpProcess::updateSource(const Env& env, const Peer& peer) const {
    const auto& source = peer.config.settings.updateSource;
    if (!source) return std::nullopt;
    if (const auto* address = std::get_if<IpAddress>(&*source)) return *address;
    const InterfaceState* interface = env.interfaceNamed(std::get<std::string>(*source));
    return interface == nullptr ? std::nullopt : addressOf(*interface, peer.address().family());
}

SessionSettings BgpProcess::sessionSettings(const Env& env, const Peer& peer) const {
    const NeighborSettings& neighbor = peer.config.settings;
    SessionSettings settings;
    settings.peer = peer.address();
    settings.localAddress = updateSource(env, peer);
    settings.port = neighbor.port.value_or(settings.port);
    settings.password = neighbor.password.value_or("");
    settings.localAs = peer.localAs;
    settings.remoteAs = neighbor.remoteAs.value_or(RemoteAs{});
    settings.identifier = routerId_;
    const SessionTimers timers = neighbor.timers.value_or(config().timers);
    settings.holdTime = timers.hold;
    settings.keepalive = timers.keepalive;
    settings.minimumHoldTime = config().minimumHoldTime;
    settings.connectRetry = neighbor.connectRetry.value_or(config().connectRetry);
    settings.delayOpen = neighbor.delayOpen.value_or(0);
    settings.isPassive = neighbor.isPassive.value_or(false);
    settings.isShutdown = neighbor.shutdown.has_value() || config().isShutdown;
    settings.shutdownWords = neighbor.shutdown ? neighbor.shutdown->message : config().shutdownMessage;
    const auto security = neighbor.ttlSecurityHops;
    settings.ttl = peer.isInternal() || security ? kLongestWay : neighbor.ebgpMultihop.value_or(1);
    settings.leastTtl = security ? static_cast<std::uint8_t>(kLongestWay + 1 - *security) : 0;
    settings.capabilities = capabilitiesFor(config(), peer.config, peer.localAs, env.hostname);
    settings.offersCapabilities = !neighbor.negotiatesNoCapabilities.value_or(false);
    settings.overridesCapabilities = neighbor.overridesCapabilities.value_or(false);
    settings.matchesCapabilitiesStrictly = neighbor.matchesCapabilitiesStrictly.value_or(false);
    settings.hasStrictRole = neighbor.hasStrictRole.value_or(false);
    return settings;
}

void BgpProcess::refreshPeer(Step& step, const PeerKey& key, const NeighborConfig& neighbor, bool isDynamic) {
    const auto known = byKey_.find(key);
    const bool isNew = known == byKey_.end();
    if (isNew) {
        const PeerId id(nextPeer_++);
        RandomStream random = random_;
        random_.next();
        Session session(std::make_shared<const SessionSettings>(), random);
        byKey_[key] = id;
        peers_.add(Peer(id, key, std::move(session)));
    }
    Peer& peer = peers_.at(byKey_.at(key));
    const PeerSort before = peer.facts.sort;
    const NeighborConfig old = std::exchange(peer.config, neighbor);
    peer.group = neighbor.group;
    for (const Family family : {Family::IPv4, Family::IPv6})
        hasConditions_ = hasConditions_ || peer.settings(family).conditionalAdvertisement.has_value();
    peer.session.setRestarting(!restartingUntil_.isNever());
    peer.isDynamic = isDynamic;
    peer.facts.sort = sortOf(neighbor);
    if (peer.isUnnumbered()) {
        locate(step, peer);
    } else {
        peer.facts.address = key.address;
    }
    peer.localAs = localAsFor(peer.facts.sort, neighbor);
    const NeighborSettings& settings = neighbor.settings;
    const bool wasDirect = peer.isDirect;
    peer.isDirect = peer.facts.sort != PeerSort::Internal && settings.ebgpMultihop.value_or(1) == 1 &&
                    !settings.ttlSecurityHops && !settings.disablesConnectedCheck.value_or(false) &&
                    !config().disablesConnectedCheck;
    if (!isNew && wasDirect != peer.isDirect) {
        for (const Family family : {Family::IPv4, Family::IPv6})
            markAll(family, step.env.cause);
    }
    configureSession(step, peer);
    if (isNew && !peer.isUnnumbered()) {
        peer.hop = nextHops_.acquire({key.address, std::nullopt});
        nextHops_.track(peer.hop, step.env, step.out);
        const Prefix everything = Prefix::defaultRoute(key.address.family());
        if (defaultRoutes_.insert(everything).second) step.out.add(TrackPrefix{everything, true});
    }
    refreshReachability(step, peer);
    if (isNew) run(step, peer, input::AutomaticStart{});
    if (!isNew && peer.session.isEstablished() &&
        (old.families != neighbor.families || before != peer.facts.sort))
        refreshAfterChange(step, peer, old);
    noteDeadline(peer, step.env.now);
}

void BgpProcess::removePeer(Step& step, PeerId id) {
    Peer& peer = peers_.at(id);
    NotificationMessage notification;
    notification.subcode = subcode::kPeerDeconfigured;
    run(step, peer, input::AutomaticStop{notification, "", true});
    for (const Family family : {Family::IPv4, Family::IPv6})
        forgetPeer(step, peer, family);
    for (const auto& [stream, text] : peer.streams)
        streams_.erase(stream.value());
    wakeUps_.erase({peer.wakeAt, id});
    if (peer.hop.isSome()) {
        nextHops_.untrack(peer.hop, step.out);
        nextHops_.release(peer.hop);
    }
    std::erase_if(conditions_, [&](const auto& entry) { return entry.first.first == id; });
    byKey_.erase(peer.key);
    peers_.erase(id);
}

/// A dynamic neighbour is one as long as it is connected, or its routes are kept for it, as in FRR.
void BgpProcess::removeLostDynamic(Step& step) {
    if (!std::exchange(mayHaveLostDynamic_, false)) return;
    std::vector<PeerId> lost;
    for (const auto& [id, peer] : peers_) {
        const bool isKept =
            !peer.families.ipv4.staleUntil.isNever() || !peer.families.ipv6.staleUntil.isNever();
        if (peer.isDynamic && !peer.session.stream().isSome() && !isKept) lost.push_back(id);
    }
    for (const PeerId id : lost)
        removePeer(step, id);
}

/// Who connects has to sign with the password of the neighbour, or of the group of its range.
void BgpProcess::refreshKeys(Step& step) {
    std::map<Prefix, std::string> wanted;
    for (const auto& [range, name] : config().listenRanges) {
        const auto group = config().groups.find(name);
        if (group != config().groups.end()) wanted[range] = group->second.settings.password.value_or("");
    }
    for (const auto& [address, neighbor] : config().neighbors)
        wanted[Prefix::host(address)] = config().effective(neighbor).settings.password.value_or("");
    for (const auto& [id, peer] : peers_) {
        const auto neighbor = config().interfaceNeighbors.find(peer.key.interface);
        if (neighbor != config().interfaceNeighbors.end() && peer.isLocated()) {
            wanted[Prefix::host(peer.address())] =
                config().effective(neighbor->second).settings.password.value_or("");
        }
    }
    std::erase_if(wanted, [](const auto& entry) { return entry.second.empty(); });
    for (const auto& [remote, key] : keys_) {
        if (!wanted.contains(remote)) step.out.add(SetStreamKey{remote, ""});
    }
    for (const auto& [remote, key] : wanted) {
        const auto known = keys_.find(remote);
        if (known == keys_.end() || known->second != key) step.out.add(SetStreamKey{remote, key});
    }
    keys_ = std::move(wanted);
}

/// An external neighbour has to be on a network of this router, unless the configuration says otherwise.
void BgpProcess::refreshReachability(Step& step, Peer& peer) {
    peer.interface = networkOf(step.env, peer);
    input::Reachability reachability;
    if (peer.isUnnumbered()) {
        reachability.isReachable = peer.interface.isSome() && peer.isLocated();
        reachability.why = peer.interface.isSome()
                               ? "nobody on " + peer.key.interface + " has said yet that it is there"
                               : peer.key.interface + " is down, or not there";
        reachability.endsSession = config().fallsOverFast;
    } else if (peer.isDirect) {
        reachability.isReachable = peer.interface.isSome();
        reachability.why = "the peer is on no network of this router, and ebgp-multihop is not configured";
        reachability.endsSession = config().fallsOverFast;
    } else if (step.env.rib != nullptr) {
        // A default route leads to a peer as well as any other.
        reachability.isReachable =
            step.env.rib->resolve(peer.address()).isReachable || isCoveredByDefault(step.env, peer);
        reachability.why = "no route to the peer";
    }
    peer.isReachable = reachability.isReachable;
    noteListener(step.env, peer);
    run(step, peer, reachability);
}

bool BgpProcess::isCoveredByDefault(const Env& env, const Peer& peer) const {
    return env.rib->selectedProtocol(Prefix::defaultRoute(peer.address().family())).isSome();
}

void BgpProcess::changeInterface(Step& step, InterfaceId id) {
    const RouterId before = routerId_;
    refreshRouterId(step.env);
    for (auto [peerId, peer] : peers_) {
        const bool isOn = peer.interface == id || networkOf(step.env, peer) == id;
        if (isOn && peer.isUnnumbered()) {
            locate(step, peer);
            configureSession(step, peer);
        }
        if (isOn) refreshReachability(step, peer);
        if (before != routerId_ && !config().routerId) configureSession(step, peer);
        noteDeadline(peer, step.env.now);
    }
    refreshAdvertising(step);
}

/// `bgp listen range`: the longest range around the address makes a neighbour of its group.
Peer* BgpProcess::acceptDynamic(Step& step, const IpAddress& address) {
    const std::string* group = nullptr;
    std::uint8_t longest = 0;
    for (const auto& [range, name] : config().listenRanges) {
        if (!range.contains(address) || (group != nullptr && range.length() < longest)) continue;
        group = &name;
        longest = range.length();
    }
    const auto count =
        std::ranges::count_if(peers_, [](const auto& entry) { return entry.second.isDynamic; });
    if (group == nullptr || !config().groups.contains(*group) || count >= config().listenLimit)
        return nullptr;
    NeighborConfig member;
    member.group = *group;
    NeighborConfig neighbor = config().effective(member);
    neighbor.settings.isPassive = true;
    const PeerKey key{address, {}};
    refreshPeer(step, key, neighbor, true);
    return &peers_.at(byKey_.at(key));
}

}  // namespace peerscape::bgp

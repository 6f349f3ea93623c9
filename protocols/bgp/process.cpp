#include "protocols/bgp/process.hpp"

#include <algorithm>

#include "engine/base/check.hpp"
#include "engine/base/hash.hpp"
#include "engine/base/overloaded.hpp"
#include "protocols/bgp/origin_validation.hpp"

namespace peerscape::bgp {
namespace {

constexpr std::uint16_t kPort = 179;

}  // namespace

std::unique_ptr<Process> BgpProcessConfig::start(std::shared_ptr<const ProcessConfig> self,
                                                 RandomStream random) const {
    return std::make_unique<BgpProcess>(std::dynamic_pointer_cast<const BgpProcessConfig>(self), random);
}

BgpProcess::BgpProcess(std::shared_ptr<const BgpProcessConfig> config, RandomStream random)
    : config_(std::move(config)), random_(random) {
    PEERSCAPE_CHECK(config_ != nullptr);
    usePolicy();
}

void BgpProcess::handle(const Env& env, const Input& input, Outbox& out) {
    Step step{env, out, &input};
    std::visit(Overloaded{
                   [&](const Started&) { start(step); },
                   [&](const Woken&) { wake(step); },
                   [&](const InterfaceChanged& in) { changeInterface(step, in.interface); },
                   [&](const StreamOpened& in) { opened(step, in); },
                   [&](const StreamAccepted& in) { accepted(step, in); },
                   [&](const StreamReceived& in) { received(step, in); },
                   [&](const StreamClosed& in) { closed(step, in); },
                   [&](const NextHopsChanged& in) { learnNextHops(step, in); },
                   [&](const PrefixesChanged& in) { changePrefixes(step, in); },
                   [&](const RoutesChanged& in) { changeRoutes(step, in); },
                   [&](const Configured& in) {
                       configure(step, std::dynamic_pointer_cast<const BgpProcessConfig>(in.config));
                   },
                   [&](const Commanded& in) { command(step, in); },
                   [&](const DatagramReceived& in) { hearDiscovery(step, in); },
               },
               input);
    finish(step);
}

void BgpProcess::start(Step& step) {
    for (const Family family : {Family::IPv4, Family::IPv6})
        step.out.add(ListenStream{family, kPort});
    beginRestart(step.env.now);
    retainRoutes(step);
    refreshRouterId(step.env);
    refreshOrigination(step);
    subscribe(step);
    refreshPeers(step);
}

/// What every input ends with: choose among what has changed, and tell it.
void BgpProcess::finish(Step& step) {
    endDeferral(step);
    removeLostDynamic(step);
    selectDirty(step);
    while (mayChangeAggregates_) {
        mayChangeAggregates_ = false;
        refreshAggregates(step);
        selectDirty(step);
    }
    releaseRoutes(step);
    flushAll(step);
}

void BgpProcess::wake(Step& step) {
    std::vector<PeerId> due;
    for (; !wakeUps_.empty() && wakeUps_.begin()->first <= step.env.now; wakeUps_.erase(wakeUps_.begin())) {
        due.push_back(wakeUps_.begin()->second);
        peers_.at(due.back()).wakeAt = SimTime::never();
    }
    for (const PeerId id : due) {
        Peer& peer = peers_.at(id);
        wakeSession(step, peer);
        for (const Family family : {Family::IPv4, Family::IPv6})
            expireStale(step, peer, family);
        if (peer.restartAt <= step.env.now) {
            peer.restartAt = SimTime::never();
            run(step, peer, input::AutomaticStart{});
        }
        noteDeadline(peer, step.env.now);
    }
    if (peersAwaitedUntil_ <= step.env.now) peersAwaitedUntil_ = SimTime::never();
    if (restartingUntil_ <= step.env.now) {
        restartingUntil_ = SimTime::never();
        for (auto [id, peer] : peers_)
            peer.session.setRestarting(false);
    }
    processDue(step);
    releaseDamped(step);
    if (conditionsAt_ <= step.env.now) {
        selectDirty(step);
        judgeConditions(step);
    }
    if (policyChangesAt_ <= step.env.now) refreshPolicies(step);
    advertiseDue(step);
}

/// Deadlines that move back find their old place in the list, and are looked at again there.
void BgpProcess::noteDeadline(Peer& peer, SimTime now) {
    SimTime deadline = std::min(peer.session.nextDeadline(), peer.restartAt);
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        const FamilyExchange& exchange = peer.families[family];
        deadline = std::min(deadline, exchange.staleUntil);
        // What may be told now is told before this input has been handled.
        const bool waits = exchange.isUp && !exchange.pending.isEmpty() && exchange.notBefore > now;
        if (waits) deadline = std::min(deadline, exchange.notBefore);
    }
    if (deadline >= peer.wakeAt) return;
    wakeUps_.erase({peer.wakeAt, peer.id});
    peer.wakeAt = deadline;
    wakeUps_.insert({deadline, peer.id});
}

SimTime BgpProcess::nextDeadline() const {
    const SimTime first = wakeUps_.empty() ? SimTime::never() : wakeUps_.begin()->first;
    const SimTime own = std::min({policyChangesAt_, restartingUntil_, peersAwaitedUntil_, conditionsAt_});
    const SimTime deferral = std::min(deferralUntil_.ipv4, deferralUntil_.ipv6);
    const SimTime next = std::min({first, own, deferral, processedAt_, nextAdvertisement()});
    return mayHaveFlaps_ ? std::min({next, flaps_.ipv4.nextRelease(), flaps_.ipv6.nextRelease()}) : next;
}

bool BgpProcess::settled(SimTime /*now*/, SimTime since) const {
    // What was under way when the network was last touched may have been sent before.
    constexpr Duration kUnderWay = Duration::seconds(1);
    if (!policyChangesAt_.isNever() || !conditionsAt_.isNever() || !queue_.isEmpty()) return false;
    if (isLookingForNeighbors()) return false;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        if (isDeferring(family) || (mayHaveFlaps_ && flaps_[family].isWaiting())) return false;
    }
    if (isAtRest()) return true;
    return std::ranges::all_of(peers_, [&](const auto& entry) {
        const Peer& peer = entry.second;
        const bool keepsStale =
            !peer.families.ipv4.staleUntil.isNever() || !peer.families.ipv6.staleUntil.isNever();
        if (keepsStale) return false;
        if (!peer.session.isEstablished()) return peer.hasGivenUp(since);
        for (const Family family : {Family::IPv4, Family::IPv6}) {
            const FamilyExchange& exchange = peer.families[family];
            if (!exchange.isUp) continue;
            if (!exchange.pending.isEmpty() || exchange.owesEndOfRib) return false;
        }
        // A neighbour that is there has been heard since.
        const bool listens = peer.session.negotiated()->holdTime != 0;
        return !listens || peer.session.lastReceived().value_or(SimTime()) > since + kUnderWay;
    });
}

std::uint64_t BgpProcess::stateHash() const {
    const auto hashOf = [&](const Prefix& prefix, const Destination& destination) {
        StableHash hash;
        hash.add(prefix.hash()).add(destination.best);
        for (const Path& path : destination.paths) {
            hash.add(path.peer.value()).add(path.pathId).add(path.weight);
            hash.add(nextHops_[path.nextHop].value.address.hash()).add(nextHops_[path.nextHop].igpMetric);
            hash.add(isValid(path)).add(path.isStale).add(path.isLongLivedStale).add(path.isSuppressed);
            path.attributes->addTo(hash);
        }
        for (const Advertised& told : destination.advertised) {
            hash.add(told.peer.value()).add(told.pathId);
            told.attributes->addTo(hash);
        }
        return hash.value();
    };
    StableHash hash;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        std::uint64_t sum = 0;
        for (const auto& [prefix, destination] : tables_[family])
            sum += hashOf(prefix, destination);
        hash.add(sum);
        hash.add(static_cast<std::uint64_t>(deferralUntil_[family].count()));
        flaps_[family].addTo(hash);
    }
    for (const auto& [id, peer] : peers_) {
        hash.add(id.value()).add(static_cast<std::uint64_t>(peer.session.state()));
        if (peer.isUnnumbered()) hash.add(peer.remote.hash());
        hash.add(static_cast<std::uint64_t>(peer.session.nextDeadline().count()));
        for (const Family family : {Family::IPv4, Family::IPv6}) {
            for (const PendingPrefixes::Item& item : peer.families[family].pending.items())
                hash.add(item.prefix.hash());
            hash.add(static_cast<std::uint64_t>(peer.families[family].staleUntil.count()));
        }
    }
    for (const auto& [interface, advertising] : advertising_) {
        hash.add(interface).add(advertising.count);
        hash.add(static_cast<std::uint64_t>(advertising.next.count()));
    }
    for (const auto& [key, isMet] : conditions_)
        hash.add(key.first.value()).add(isMet);
    hash.add(static_cast<std::uint64_t>(conditionsAt_.count()));
    queue_.addTo(hash);
    hash.add(static_cast<std::uint64_t>(processedAt_.count()));
    hash.add(static_cast<std::uint64_t>(policyChangesAt_.count())).add(random_.state());
    return hash.value();
}

const PeerFacts& BgpProcess::factsOf(const Path& path) const {
    return path.peer.isSome() ? peers_.at(path.peer).facts : own_;
}

bool BgpProcess::isValid(const Path& path) const {
    return path.isUsable && !path.isDamped && (path.isLocal() || nextHops_[path.nextHop].isReachable);
}

std::optional<policy::RpkiState> BgpProcess::validate(const Prefix& prefix, const Path& path) const {
    return originState(config(), prefix, *path.attributes->asPath);
}

const Peer* BgpProcess::peerAt(const IpAddress& address) const {
    for (const auto& [id, peer] : peers_) {
        if (peer.address() == address) return &peer;
    }
    return nullptr;
}

const Peer* BgpProcess::peerNamed(std::string_view name) const {
    for (const auto& [id, peer] : peers_) {
        if (peer.name() == name) return &peer;
    }
    return nullptr;
}

DecisionSettings BgpProcess::decisionSettings(Family family) const {
    const FamilyConfig& settings = config().families[family];
    return {config().bestPath,     config().defaultLocalPreference, config().confederation.has_value(),
            settings.maximumPaths, settings.maximumPathsInternal,   settings.requiresEqualClusterLength};
}

}  // namespace peerscape::bgp

// Keeps what is asked of all neighbours at every change side by side (listener.hpp).
#include <algorithm>

#include "protocols/bgp/process.hpp"

namespace peerscape::bgp {

/// Nothing holds it back, nothing else waits to be told with it, and no count or default route hangs on it.
bool BgpProcess::hearsNewsAtOnce(const Peer& peer, Family family, SimTime now) const {
    const FamilyExchange& exchange = peer.families[family];
    const NeighborFamilySettings& settings = peer.settings(family);
    return exchange.isUp && exchange.pending.isEmpty() && !exchange.owesEndOfRib &&
           exchange.notBefore <= now && minimumInterval(peer) == Duration() && !settings.maximumPrefixOut &&
           !settings.defaultOriginate && !peer.wire.sendsPathIds[family];
}

Listener BgpProcess::listenerOf(const Env& env, const Peer& peer, Family family) const {
    const FamilyExchange& exchange = peer.families[family];
    const NeighborFamilySettings& settings = peer.settings(family);
    Listener listener;
    listener.peer = peer.id;
    listener.hearsAtOnce = hearsNewsAtOnce(peer, family, env.now);
    const auto& negotiated = peer.session.negotiated();
    listener.isAtRest = peer.session.isEstablished() && negotiated != nullptr && negotiated->holdTime == 0 &&
                        peer.families.ipv4.staleUntil.isNever() && peer.families.ipv6.staleUntil.isNever();
    listener.audience = exchange.audience;
    listener.ownHop = exchange.ownHop;
    listener.remoteAs = peer.facts.remoteAs;
    listener.detectsLoops = peer.config.settings.detectsLoopsAtSender.value_or(false);
    listener.isPlain = family == Family::IPv4 && peer.isExternal() && exchange.audience.has_value() &&
                       !peer.config.settings.localRole && !settings.isRouteServerClient.value_or(false) &&
                       !settings.attributeUnchanged && exchange.ownHop.isSome() &&
                       nextHops_[exchange.ownHop].value == ownNextHop(peer, family);
    const bool isAlwaysNextHop =
        settings.nextHopSelf.value_or(false) || settings.nextHopSelfForced.value_or(false);
    if (isAlwaysNextHop || !peer.interface.isSome()) return listener;
    const InterfaceAddress* facing = env.interface(peer.interface).addressFacing(peer.address());
    listener.isOnNetwork = facing != nullptr;
    if (facing != nullptr) listener.network = facing->network();
    return listener;
}

Listener* BgpProcess::listener(PeerId peer, Family family) {
    std::vector<Listener>& all = listeners_[family];
    const auto place = std::ranges::lower_bound(all, peer, {}, &Listener::peer);
    return place == all.end() || place->peer != peer ? nullptr : &*place;
}

/// One neighbour's session has come up or gone, or what it carries has changed.
void BgpProcess::noteListener(const Env& env, const Peer& peer) {
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        std::vector<Listener>& all = listeners_[family];
        const auto place = std::ranges::lower_bound(all, peer.id, {}, &Listener::peer);
        const bool isKnown = place != all.end() && place->peer == peer.id;
        if (!peer.families[family].isUp) {
            if (isKnown) all.erase(place);
        } else if (isKnown) {
            *place = listenerOf(env, peer, family);
        } else {
            all.insert(place, listenerOf(env, peer, family));
        }
    }
}

/// Anything may have changed of any of them.
void BgpProcess::noteListeners(const Env& env) {
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        listeners_[family].clear();
        for (const auto& [id, peer] : peers_) {
            if (peer.families[family].isUp) listeners_[family].push_back(listenerOf(env, peer, family));
        }
    }
}

/// Every neighbour is there and at rest, as far as can be told without asking each of them.
bool BgpProcess::isAtRest() const {
    if (listeners_.ipv4.size() != peers_.size() || !listeners_.ipv6.empty()) return false;
    return std::ranges::all_of(
        listeners_.ipv4, [](const Listener& listener) { return listener.hearsAtOnce && listener.isAtRest; });
}

/// Something waits to be told to the neighbour: what is new waits behind it.
void BgpProcess::holdNewsBack(const Peer& peer, Family family) {
    if (Listener* known = listener(peer.id, family)) known->hearsAtOnce = false;
}

}  // namespace peerscape::bgp

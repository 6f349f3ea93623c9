// Route flap dampening (RFC 2439): routes of external neighbours that come and go are not used for a while.
#include <algorithm>
#include <utility>

#include "protocols/bgp/process.hpp"

namespace peerscape::bgp {
namespace {

template <typename Paths>
auto pathOf(Paths& paths, PeerId peer, std::uint32_t pathId) {
    const auto found = std::ranges::find_if(
        paths, [&](const Path& path) { return path.peer == peer && path.pathId == pathId; });
    return found == paths.end() ? nullptr : &*found;
}

}  // namespace

/// Null: its routes are not damped. Only external ones are (RFC 2439 section 4.3).
const Dampening* BgpProcess::dampingOf(const Peer& peer, Family family) const {
    const auto& settings = config().families[family].dampening;
    return settings && peer.isExternal() ? &*settings : nullptr;
}

/// What policy has accepted of the neighbour; true: it is not to be used for now.
bool BgpProcess::dampAnnounced(const Step& step, const Peer& peer, const Nlri& route,
                               const SharedAttributes& attributes, const BgpNextHop& nextHop) {
    const Family family = route.prefix.family();
    const Dampening* settings = dampingOf(peer, family);
    if (settings == nullptr) return false;
    mayHaveFlaps_ = true;
    const FlapKey key{route.prefix, peer.id, route.pathId};
    const Destination* destination = tables_[family].find(route.prefix);
    const Path* known = destination == nullptr ? nullptr : pathOf(destination->paths, peer.id, route.pathId);
    if (known != nullptr) {
        const bool isSame =
            known->attributes.shared() == attributes && nextHops_[known->nextHop].value == nextHop;
        if (isSame) return known->isDamped;
        // Other attributes: the former route is withdrawn by this one.
        flaps_[family].change(*settings, step.env.now, key);
    }
    return flaps_[family].announce(*settings, step.env.now, key);
}

void BgpProcess::dampWithdrawn(const Step& step, const Peer& peer, const Nlri& route) {
    const Family family = route.prefix.family();
    const Dampening* settings = dampingOf(peer, family);
    if (settings == nullptr) return;
    mayHaveFlaps_ = true;
    flaps_[family].withdraw(*settings, step.env.now, {route.prefix, peer.id, route.pathId});
}

void BgpProcess::releaseDamped(Step& step) {
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        if (flaps_[family].nextRelease() > step.env.now) continue;
        const Dampening& settings = *config().families[family].dampening;
        for (const FlapKey& key : flaps_[family].release(settings, step.env.now)) {
            Destination* destination = tables_[family].edit(key.prefix);
            Path* path = destination == nullptr ? nullptr : pathOf(destination->paths, key.peer, key.pathId);
            if (path == nullptr) continue;
            path->isDamped = false;
            destination->hasLostBest = true;
            markDirty(key.prefix, step.env.cause);
        }
    }
}

/// Other figures begin with a clean slate.
void BgpProcess::changeDampening(Step& step, const BgpConfig& before) {
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        if (before.families[family].dampening == config().families[family].dampening) continue;
        for (const auto& [key, record] : flaps_[family].records()) {
            Destination* destination = tables_[family].edit(key.prefix);
            Path* path = destination == nullptr ? nullptr : pathOf(destination->paths, key.peer, key.pathId);
            if (path == nullptr || !path->isDamped) continue;
            path->isDamped = false;
            destination->hasLostBest = true;
            markDirty(key.prefix, step.env.cause);
        }
        flaps_[family].clear();
    }
}

}  // namespace peerscape::bgp

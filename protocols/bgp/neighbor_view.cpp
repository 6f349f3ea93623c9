#include "protocols/bgp/neighbor_view.hpp"

#include <algorithm>

namespace peerscape::bgp {
namespace {

constexpr unsigned kMostHops = 255;

bool hasAddPath(const Capabilities& capabilities, Family family, AddPathMode mode) {
    return std::ranges::any_of(capabilities.addPath, [&](const auto& offer) {
        return offer.first == family && (offer.second == mode || offer.second == AddPathMode::Both);
    });
}

}  // namespace

std::string Offered::text() const {
    if (isAdvertised && isReceived) return "advertised and received";
    return isAdvertised ? "advertised" : "received";
}

std::string Offered::key() const {
    if (isAdvertised && isReceived) return "advertisedAndReceived";
    return isAdvertised ? "advertised" : "received";
}

NeighborView::NeighborView(const ShowContext& shown, const BgpProcess& owner, const Peer& one)
    : context(shown), process(owner), peer(one), settings(one.session.settings()) {
    if (peer.session.isEstablished()) negotiated = peer.session.negotiated().get();
    for (const Family candidate : {Family::IPv4, Family::IPv6}) {
        if (isActivated(process, peer, candidate)) families.push_back(candidate);
    }
}

std::uint16_t NeighborView::configuredKeepalive() const {
    return settings.keepalive != 0 ? settings.keepalive : static_cast<std::uint16_t>(settings.holdTime / 3);
}

unsigned NeighborView::hops() const {
    const NeighborSettings& configured = peer.config.settings;
    if (configured.ttlSecurityHops) return *configured.ttlSecurityHops;
    if (peer.isInternal()) return kMostHops;
    return configured.ebgpMultihop.value_or(1);
}

const Endpoints* NeighborView::endpoints() const {
    const auto found = peer.endpoints.find(peer.session.stream());
    return found == peer.endpoints.end() ? nullptr : &found->second;
}

std::string NeighborView::localGracefulMode() const {
    const NeighborSettings& own = peer.config.settings;
    if (own.gracefulRestartDisabled.value_or(false)) return "Disable";
    if (own.gracefulRestart.value_or(false)) return "Restart";
    if (own.gracefulRestartHelperOnly.value_or(false)) return "Helper";
    const GracefulRestart& all = process.config().gracefulRestart;
    return all.isDisabled ? "Disable*" : all.isEnabled ? "Restart*" : "Helper*";
}

std::string_view NeighborView::remoteGracefulMode() const {
    if (!isUp()) return "NotApplicable";
    if (!theirs().gracefulRestart) return "Disable";
    return theirs().gracefulRestart->families.empty() ? "Helper" : "Restart";
}

Offered NeighborView::fourOctetAs() const {
    return {ours().fourOctetAs.has_value(), theirs().fourOctetAs.has_value()};
}

Offered NeighborView::extendedMessage() const {
    return {ours().hasExtendedMessage, theirs().hasExtendedMessage};
}

Offered NeighborView::routeRefresh() const {
    return {ours().hasRouteRefresh, theirs().hasRouteRefresh || theirs().hasEarlyRouteRefresh};
}

Offered NeighborView::enhancedRouteRefresh() const {
    return {ours().hasEnhancedRouteRefresh, theirs().hasEnhancedRouteRefresh};
}

Offered NeighborView::gracefulRestart() const {
    return {ours().gracefulRestart.has_value(), theirs().gracefulRestart.has_value()};
}

Offered NeighborView::longLived() const { return {!ours().longLived.empty(), !theirs().longLived.empty()}; }

Offered NeighborView::extendedNextHop() const {
    return {ours().hasExtendedNextHop, theirs().hasExtendedNextHop};
}

Offered NeighborView::family(Family which) const { return {ours().offers(which), theirs().offers(which)}; }

Offered NeighborView::receivesPaths(Family which) const {
    return {hasAddPath(ours(), which, AddPathMode::Receive),
            hasAddPath(theirs(), which, AddPathMode::Receive)};
}

Offered NeighborView::sendsPaths(Family which) const {
    return {hasAddPath(ours(), which, AddPathMode::Send), hasAddPath(theirs(), which, AddPathMode::Send)};
}

std::string roleText(const std::optional<Role>& role) {
    return role ? std::string(name(*role)) : "undefined";
}

}  // namespace peerscape::bgp

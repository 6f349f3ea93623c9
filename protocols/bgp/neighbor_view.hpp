#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/bgp/show_parts.hpp"

/// What text and JSON of `show bgp neighbors` have in common.
namespace peerscape::bgp {

/// Something that a speaker can do: what the OPENs of an established session say of it.
struct Offered {
    bool isAdvertised = false;
    bool isReceived = false;
    bool isSaid() const { return isAdvertised || isReceived; }
    /// "advertised and received", "received".
    std::string text() const;
    /// "advertisedAndReceived", "received".
    std::string key() const;
};

/// One neighbour with what its session has agreed on.
struct NeighborView {
    NeighborView(const ShowContext& context, const BgpProcess& process, const Peer& peer);

    const ShowContext& context;
    const BgpProcess& process;
    const Peer& peer;
    const SessionSettings& settings;
    const Negotiated* negotiated = nullptr;  ///< null: not established
    std::vector<Family> families;            ///< activated here

    bool isUp() const { return negotiated != nullptr; }
    const Capabilities& ours() const { return settings.capabilities; }
    const Capabilities& theirs() const { return negotiated->peer; }
    std::uint16_t configuredHold() const { return settings.holdTime; }
    std::uint16_t configuredKeepalive() const;
    std::uint16_t hold() const { return isUp() ? negotiated->holdTime : settings.holdTime; }
    std::uint16_t keepalive() const { return isUp() ? negotiated->keepalive : configuredKeepalive(); }
    /// How far away it may be.
    unsigned hops() const;
    /// Of the session's connection; null: there is none.
    const Endpoints* endpoints() const;

    /// "Helper", "Restart", "Disable"; with a star what the whole router is set to.
    std::string localGracefulMode() const;
    /// As the peer's OPEN has it; "NotApplicable" without one.
    std::string_view remoteGracefulMode() const;

    Offered fourOctetAs() const;
    Offered extendedMessage() const;
    Offered routeRefresh() const;
    Offered enhancedRouteRefresh() const;
    Offered gracefulRestart() const;
    Offered longLived() const;
    Offered extendedNextHop() const;
    Offered family(Family family) const;
    /// Whether several paths may be received (sent), here and there.
    Offered receivesPaths(Family family) const;
    Offered sendsPaths(Family family) const;
};

/// "undefined", "provider", … as FRR names roles.
std::string roleText(const std::optional<Role>& role);

}  // namespace peerscape::bgp

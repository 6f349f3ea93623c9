#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/quantities.hpp"
#include "engine/base/time.hpp"
#include "protocols/bgp/config.hpp"
#include "protocols/bgp/message.hpp"
#include "protocols/bgp/session_settings.hpp"

/// What two OPENs agree on (RFC 4271 section 4.2 and 6.2, RFC 5492).
namespace peerscape::bgp {

/// What both sides of a session use from OpenConfirm on.
struct Negotiated {
    Asn remoteAs;
    RouterId remoteIdentifier;
    bool isInternal = false;       ///< both say the same AS
    std::uint16_t holdTime = 180;  ///< seconds, the smaller one; 0: no timers
    std::uint16_t keepalive = 60;  ///< seconds; 0: no timer
    PerFamily<bool> families;      ///< may carry routes
    bool hasFourOctetAs = false;   ///< AS_PATH has four octets per number (RFC 6793)
    bool hasExtendedMessage = false;
    bool hasRouteRefresh = false;          ///< the peer can be asked
    bool hasEnhancedRouteRefresh = false;  ///< both mark the beginning and the end
    PerFamily<bool> receivesPathIds;       ///< RFC 7911, per direction
    PerFamily<bool> sendsPathIds;
    bool hasExtendedNextHop = false;  ///< IPv4 with IPv6 next hops
    std::optional<Role> localRole;    ///< only when both have said one
    std::optional<Role> remoteRole;
    Capabilities peer;  ///< all that the peer said: its graceful restart, its host name

    std::size_t longestMessage() const { return hasExtendedMessage ? 65535 : 4096; }
    /// We take part in graceful restart too: the peer's routes may outlive the session.
    bool helpsRestart = false;
    /// Both have said the N bit: a NOTIFICATION need not end forwarding (RFC 8538).
    bool hasGracefulNotification = false;
    /// The peer can restart without losing the family, and we help it (RFC 4724).
    bool isGraceful(Family family) const;
    bool isGraceful() const { return isGraceful(Family::IPv4) || isGraceful(Family::IPv6); }
    friend bool operator==(const Negotiated&, const Negotiated&) = default;
};

/// An OPEN that cannot be accepted: what to answer, and why in words.
struct OpenRefusal {
    NotificationMessage notification;
    std::string why;  ///< "the peer says AS 65002, 65020 was expected"
    friend bool operator==(const OpenRefusal&, const OpenRefusal&) = default;
};

/// The OPEN that settings make.
OpenMessage openFor(const SessionSettings& settings);

/// Checks in the order of FRR: version, AS, identifier, hold time, role, capabilities.
std::expected<Negotiated, OpenRefusal> negotiate(const SessionSettings& settings, const OpenMessage& open);

/// Whether the two roles belong together (RFC 9234 section 4.2).
bool areRolesCompatible(Role local, Role remote);
/// "provider", "rs-server", … as FRR says them.
std::string_view name(Role role);

}  // namespace peerscape::bgp

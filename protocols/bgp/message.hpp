#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/bytes.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/quantities.hpp"
#include "engine/base/small_vector.hpp"
#include "protocols/bgp/attributes.hpp"

/// BGP's messages as values (RFC 4271 section 4). Their bytes are the business of wire.hpp.
namespace peerscape::bgp {

/// Directions in which paths with identifiers may go (RFC 7911 section 4).
enum class AddPathMode : std::uint8_t { Receive = 1, Send = 2, Both = 3 };

/// How a restarting speaker treats one family (RFC 4724 section 3).
struct GracefulFamily {
    Family family = Family::IPv4;
    bool isForwardingPreserved = false;
    friend bool operator==(const GracefulFamily&, const GracefulFamily&) = default;
};
struct GracefulRestartCapability {
    bool hasRestarted = false;         ///< the R bit
    bool signalsNotification = false;  ///< the N bit of RFC 8538
    std::uint16_t restartTime = 0;     ///< seconds, 0 to 4095
    std::vector<GracefulFamily> families;
    friend bool operator==(const GracefulRestartCapability&, const GracefulRestartCapability&) = default;
};
/// RFC 9494 section 3.
struct LongLivedFamily {
    Family family = Family::IPv4;
    bool isForwardingPreserved = false;
    std::uint32_t staleTime = 0;  ///< seconds, 24 bits
    friend bool operator==(const LongLivedFamily&, const LongLivedFamily&) = default;
};

/// What the peer is to the speaker's AS (RFC 9234 section 4), with the numbers on the wire.
enum class Role : std::uint8_t {
    Provider = 0,
    RouteServer = 1,
    RouteServerClient = 2,
    Customer = 3,
    Peer = 4
};

/// The capabilities of an OPEN that this speaker understands (RFC 5492).
struct Capabilities {
    std::vector<Family> families;          ///< unicast, RFC 4760; none: IPv4 unicast without saying so
    bool hasRouteRefresh = false;          ///< RFC 2918
    bool hasEarlyRouteRefresh = false;     ///< the same under Cisco's number, 128
    bool hasEnhancedRouteRefresh = false;  ///< RFC 7313
    bool hasExtendedMessage = false;       ///< RFC 8654
    std::optional<Asn> fourOctetAs;        ///< RFC 6793
    std::vector<std::pair<Family, AddPathMode>> addPath;  ///< RFC 7911
    bool hasExtendedNextHop = false;                      ///< IPv4 unicast with IPv6 next hops, RFC 8950
    std::optional<GracefulRestartCapability> gracefulRestart;
    std::vector<LongLivedFamily> longLived;  ///< RFC 9494
    std::optional<Role> role;                ///< RFC 9234
    std::string hostname;                    ///< FQDN capability (73); empty: not said
    std::string domain;
    struct Unknown {
        std::uint8_t code = 0;
        Bytes value;
        friend bool operator==(const Unknown&, const Unknown&) = default;
    };
    std::vector<Unknown> unknown;  ///< as they came, also those of families that are not carried here

    /// Whether routes of the family may be exchanged, as far as this side is concerned. Who names no family
    /// at all, not even one that is unknown here, means IPv4 unicast (RFC 4760 section 8).
    bool offers(Family family) const;
    friend bool operator==(const Capabilities&, const Capabilities&) = default;
};

struct OpenMessage {
    std::uint8_t version = 4;
    std::uint16_t myAs = 0;        ///< AS_TRANS (23456) for numbers of four octets (RFC 6793 section 9)
    std::uint16_t holdTime = 180;  ///< seconds; 0 or at least 3
    RouterId identifier;
    Capabilities capabilities;

    /// The four-octet number where it is said, else `myAs`.
    Asn number() const { return capabilities.fourOctetAs.value_or(Asn::number(myAs)); }
    friend bool operator==(const OpenMessage&, const OpenMessage&) = default;
};

/// A prefix in an UPDATE, with its path identifier where both sides use them (RFC 7911 section 3).
struct Nlri {
    Prefix prefix;
    std::uint32_t pathId = 0;
    friend auto operator<=>(const Nlri&, const Nlri&) = default;
};
/// Of one message; nearly always a single one, which costs no memory of its own.
using NlriList = SmallVector<Nlri, 1>;

/// An UPDATE (RFC 4271 section 4.3, RFC 4760). IPv4 may stand in its own fields or in the multiprotocol
/// attributes.
struct UpdateMessage {
    struct Reachable {
        Family family = Family::IPv4;
        bool isMultiprotocol = false;  ///< in MP_REACH_NLRI rather than at the end of the message
        BgpNextHop nextHop;
        NlriList prefixes;
        friend bool operator==(const Reachable&, const Reachable&) = default;
    };
    struct Unreachable {
        Family family = Family::IPv4;
        bool isMultiprotocol = false;  ///< in MP_UNREACH_NLRI rather than in the withdrawn routes
        NlriList prefixes;
        friend bool operator==(const Unreachable&, const Unreachable&) = default;
    };
    SmallVector<Unreachable, 1> withdrawn;  ///< at most one of either kind
    SmallVector<Reachable, 1> announced;    ///< at most one of either kind; all with `attributes`
    SharedAttributes attributes;

    static UpdateMessage endOfRib(Family family);
    /// The family whose End-of-RIB marker it is (RFC 4724 section 2).
    std::optional<Family> endOfRibFamily() const;
    friend bool operator==(const UpdateMessage&, const UpdateMessage&) = default;
};

/// Error codes of NOTIFICATION (RFC 4271 section 4.5, RFC 7313 section 5).
enum class ErrorCode : std::uint8_t {
    MessageHeader = 1,
    OpenMessage = 2,
    UpdateMessage = 3,
    HoldTimerExpired = 4,
    FiniteStateMachine = 5,
    Cease = 6,
    RouteRefresh = 7,
};
/// Subcodes, by code. `error_text.cpp` has their names.
namespace subcode {
enum Header : std::uint8_t { kConnectionNotSynchronized = 1, kBadMessageLength = 2, kBadMessageType = 3 };
enum Open : std::uint8_t {
    kUnspecific = 0,  ///< recognized but malformed (RFC 4271 section 6.2)
    kUnsupportedVersionNumber = 1,
    kBadPeerAs = 2,
    kBadBgpIdentifier = 3,
    kUnsupportedOptionalParameter = 4,
    kUnacceptableHoldTime = 6,
    kUnsupportedCapability = 7,
    kRoleMismatch = 11,
};
enum Update : std::uint8_t {
    kMalformedAttributeList = 1,
    kUnrecognizedWellKnownAttribute = 2,
    kMissingWellKnownAttribute = 3,
    kAttributeFlagsError = 4,
    kAttributeLengthError = 5,
    kInvalidOrigin = 6,
    kInvalidNextHop = 8,
    kOptionalAttributeError = 9,
    kInvalidNetworkField = 10,
    kMalformedAsPath = 11,
};
/// RFC 7313.
enum RouteRefresh : std::uint8_t { kInvalidMessageLength = 1 };
/// RFC 6608.
enum StateMachine : std::uint8_t {
    kUnexpectedInOpenSent = 1,
    kUnexpectedInOpenConfirm = 2,
    kUnexpectedInEstablished = 3,
};
/// RFC 4486, RFC 8538, RFC 9384.
enum Cease : std::uint8_t {
    kMaximumPrefixes = 1,
    kAdministrativeShutdown = 2,
    kPeerDeconfigured = 3,
    kAdministrativeReset = 4,
    kConnectionRejected = 5,
    kOtherConfigurationChange = 6,
    kConnectionCollisionResolution = 7,
    kOutOfResources = 8,
    kHardReset = 9,
};
}  // namespace subcode

struct NotificationMessage {
    ErrorCode code = ErrorCode::Cease;
    std::uint8_t subcode = 0;
    Bytes data;

    /// A Cease with the administrator's words (RFC 9003), at most 255 octets of UTF-8.
    static NotificationMessage shutdown(std::uint8_t subcode, std::string_view words);
    /// The same as a Hard Reset, which asks a graceful restarter not to keep its routes (RFC 8538 section 3).
    NotificationMessage hardReset() const;
    /// What a Hard Reset has in it.
    std::optional<NotificationMessage> insideHardReset() const;
    /// The administrator's words, where there are some.
    std::string shutdownText() const;
    /// "OPEN Message Error/Bad Peer AS", "Cease/Administrative Shutdown: …".
    std::string text() const;
    friend bool operator==(const NotificationMessage&, const NotificationMessage&) = default;
};

struct KeepaliveMessage {
    friend bool operator==(const KeepaliveMessage&, const KeepaliveMessage&) = default;
};

/// RFC 2918, RFC 7313.
struct RouteRefreshMessage {
    enum class Kind : std::uint8_t { Request = 0, Begin = 1, End = 2 };
    Family family = Family::IPv4;
    Kind kind = Kind::Request;
    friend bool operator==(const RouteRefreshMessage&, const RouteRefreshMessage&) = default;
};

using BgpMessage =
    std::variant<OpenMessage, UpdateMessage, NotificationMessage, KeepaliveMessage, RouteRefreshMessage>;

}  // namespace peerscape::bgp

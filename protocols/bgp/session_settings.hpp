#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/ip_address.hpp"
#include "engine/base/quantities.hpp"
#include "engine/base/time.hpp"
#include "protocols/bgp/attributes.hpp"
#include "protocols/bgp/config.hpp"
#include "protocols/bgp/message.hpp"

namespace peerscape::bgp {

/// All that a session has to know of its configuration. The process makes one from BgpConfig and shares it;
/// it is never changed once shared.
struct SessionSettings {
    /// The peer, for addresses to open and for words.
    IpAddress peer;
    std::optional<IpAddress> localAddress;  ///< `update-source`
    std::uint16_t port = 179;               ///< where the peer listens
    std::string password;                   ///< RFC 2385; empty: none

    Asn localAs;  ///< as the OPEN says it: with `local-as` that one, outside a confederation its identifier
    RemoteAs remoteAs;  ///< what the peer has to say
    RouterId identifier;

    std::uint16_t holdTime = 180;                       ///< seconds; 0 or at least 3
    std::uint16_t keepalive = 60;                       ///< seconds; 0: a third of the hold time
    std::uint16_t minimumHoldTime = 0;                  ///< seconds: a peer that wants less is refused
    std::uint16_t connectRetry = 120;                   ///< seconds, at least 1
    std::uint16_t delayOpen = 0;                        ///< seconds; 0: DelayOpen is FALSE
    Duration idleHold = Duration::seconds(1);           ///< before the first attempt, and after a success
    Duration longestIdleHold = Duration::seconds(120);  ///< the back-off doubles up to this
    Duration openWait = Duration::minutes(4);           ///< the "large" HoldTimer of OpenSent
    bool jittersTimers = true;                          ///< RFC 4271 section 10: times 0.75 to 1

    bool isPassive = false;  ///< PassiveTcpEstablishment
    bool isShutdown = false;
    std::string shutdownWords;  ///< RFC 9003
    /// TTL of what we send; accepted connections that came with less than `leastTtl` are refused (RFC 5082).
    std::uint8_t ttl = 1;
    std::uint8_t leastTtl = 0;

    Capabilities capabilities;                 ///< what we offer; families are those activated
    bool offersCapabilities = true;            ///< false: `dont-capability-negotiate`
    bool overridesCapabilities = false;        ///< `override-capability`
    bool matchesCapabilitiesStrictly = false;  ///< `strict-capability-match`
    bool hasStrictRole = false;                ///< RFC 9234: a peer that says no role is refused

    // Optional session attributes of RFC 4271 section 8, where FRR has no setting for them.
    bool dampsOscillations = true;                 ///< DampPeerOscillations
    bool notifiesWithoutOpen = true;               ///< SendNOTIFICATIONwithoutOPEN
    bool detectsCollisionWhenEstablished = false;  ///< CollisionDetectEstablishedState
    /// After an attempt to connect that failed, wait in Active for ConnectRetryTimer or the peer, as FRR,
    /// other routers and RFC 1771 do. False: event 18 leads from Connect to Idle, as RFC 4271 says.
    bool waitsInActive = true;
    /// Accept the peer's connection while IdleHoldTimer runs, as FRR does. False: refused, as RFC 4271 says.
    bool acceptsInIdleHold = true;
    bool hardResetsOnAdministrativeReset = true;  ///< `bgp hard-administrative-reset`, RFC 8538

    /// "no address family is activated": such a session is never started, as in FRR.
    bool hasFamilies() const { return !capabilities.families.empty(); }
    /// What differs between the two and takes effect only in a new session; empty: nothing. FRR's words, as
    /// in `lastResetDueTo`.
    static std::string whatNeedsReset(const SessionSettings& before, const SessionSettings& after);

    friend bool operator==(const SessionSettings&, const SessionSettings&) = default;
};

}  // namespace peerscape::bgp

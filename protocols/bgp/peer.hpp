#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "engine/base/ip_address.hpp"
#include "engine/base/prefetch.hpp"
#include "engine/base/time.hpp"
#include "protocols/bgp/config.hpp"
#include "protocols/bgp/decision.hpp"
#include "protocols/bgp/message_stream.hpp"
#include "protocols/bgp/path.hpp"
#include "protocols/bgp/pending_prefixes.hpp"
#include "protocols/bgp/session.hpp"
#include "protocols/bgp/wire.hpp"

namespace peerscape::bgp {

/// By what the configuration names a neighbour.
struct PeerKey {
    IpAddress address;
    std::string interface;  ///< of `neighbor eth0 interface`; else empty
    friend auto operator<=>(const PeerKey&, const PeerKey&) = default;
};

/// One address family with one neighbour, while the session is Established.
struct FamilyExchange {
    bool isUp = false;
    SimTime staleUntil = SimTime::never();  ///< when what is kept of a restarting neighbour goes (RFC 4724)
    /// The neighbours that are told the same; none: nobody else is for certain. See audience.hpp.
    std::optional<std::uint32_t> audience;
    NextHopId ownHop;  ///< this router itself, as the neighbour is mostly told; while the session is up
    PendingPrefixes pending;     ///< to be told
    SimTime notBefore;           ///< when the advertisement interval allows the next announcements
    std::uint32_t accepted = 0;  ///< paths in the table
    std::uint32_t sent = 0;      ///< prefixes the neighbour has from us
    bool owesEndOfRib = false;   ///< it follows the first table (RFC 4724 section 2)
    bool hasSentEndOfRib = false;
    bool hasReceivedEndOfRib = false;
    bool isRefreshing = false;  ///< between Begin and End of an enhanced refresh (RFC 7313)
    bool hasWarnedOfMaximum = false;
    SimTime stalePathUntil = SimTime::never();  ///< the same once it is back: `stalepath-time`
    bool isLongLivedStale = false;              ///< what is kept is kept by RFC 9494
    std::uint32_t received = 0;  ///< routes as the neighbour said them, before policy, where they are kept
    bool hasHeldBack = false;    ///< `maximum-prefix-out` has kept something from it
};

/// Addresses by which a neighbour can send packets to this router.
struct OwnAddresses {
    std::optional<IpAddress> ipv4;
    std::optional<IpAddress> ipv6;
    std::optional<IpAddress> linkLocal;
};

/// Between which addresses and ports a connection runs.
struct Endpoints {
    IpAddress localAddress;
    std::uint16_t localPort = 0;
    std::uint16_t remotePort = 0;
};

/// A neighbour as the process knows it: its session, and what has been exchanged with it.
struct Peer {
    Peer(PeerId number, PeerKey name, Session machine)
        : id(number), key(std::move(name)), session(std::move(machine)) {}

    PeerId id;
    PeerKey key;
    NeighborConfig config;  ///< with what it inherits

    // What UPDATEs read lies together; see prefetch().
    PeerFacts facts;
    Asn localAs;               ///< as the neighbour knows this router
    NextHopId hop;             ///< the way to it
    InterfaceId interface;     ///< the network it is on; none: it is farther away
    bool isReachable = false;  ///< an attempt to connect makes sense
    bool isDirect = false;     ///< an external neighbour that has to be on a network of this router
    WireOptions wire;
    SimTime restartAt = SimTime::never();  ///< `maximum-prefix N restart`: when the session may start again
    SimTime wakeAt = SimTime::never();     ///< as the process has noted it
    PerFamily<FamilyExchange> families;
    Session session;

    std::string group;  ///< of a dynamic neighbour, the group it was made from; else as configured
    bool isDynamic = false;
    SimTime attemptSince;  ///< when the attempt before the latest one ended
    IpAddress remote;      ///< of a neighbour by interface, once it is known; unspecified before
    std::optional<IpAddress> advertised;  ///< what it has said of itself on the interface (RFC 4861)
    OwnAddresses own;
    Capabilities lastCapabilities;  ///< of the latest session, also after its end
    std::map<StreamId, MessageStream> streams;
    std::map<StreamId, Endpoints> endpoints;  ///< of the streams that have come up

    /// Configured by its interface, and found there.
    bool isUnnumbered() const { return !key.interface.empty(); }
    IpAddress address() const { return isUnnumbered() ? remote : key.address; }
    bool isLocated() const { return !address().isUnspecified(); }
    const NeighborFamilySettings& settings(Family family) const { return *config.families[family]; }
    bool isExternal() const { return facts.sort == PeerSort::External; }
    bool isInternal() const { return facts.sort == PeerSort::Internal; }
    /// The session is down, and its next attempts will fail as the last one did: it is not started, or
    /// nothing leads to the peer, or a whole attempt has failed since the network was last touched.
    bool hasGivenUp(SimTime since) const {
        const bool waitsForPeer = session.settings().isPassive && session.state() == State::Active;
        return session.nextDeadline().isNever() || !isReachable || waitsForPeer || attemptSince > since;
    }
    /// Asks memory for what an UPDATE of the neighbour reads.
    void prefetch(Family family) const {
        prefetchForPolicy();
        peerscape::prefetch(families[family]);
        session.prefetch();
    }
    /// Asks memory for what policy reads of the neighbour.
    void prefetchForPolicy() const {
        prefetchBetween(*this, config.settings.remoteAs);
        prefetchBetween(facts, families);
    }
    /// Asks memory for what an UPDATE to the neighbour reads.
    void prefetchForSending(Family family) const {
        prefetchLine(this);
        prefetchBetween(wire, families);
        peerscape::prefetch(families[family]);
        session.prefetch();
    }
    /// "10.0.0.2", "eth0".
    std::string name() const { return key.interface.empty() ? toString(key.address) : key.interface; }
};

}  // namespace peerscape::bgp

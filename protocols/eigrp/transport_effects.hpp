#pragma once

#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/block_pool.hpp"
#include "engine/base/ip_address.hpp"
#include "protocols/eigrp/dual_types.hpp"
#include "protocols/eigrp/wire.hpp"

namespace peerscape::eigrp {

/// Why an adjacency has ended.
enum class DownReason : std::uint8_t {
    HoldTimeExpired,
    Goodbye,             ///< it is leaving (K-values 255)
    PeerTermination,     ///< it has dropped us
    KValueMismatch,      ///< KValuesDiffer says which
    RetryLimitExceeded,  ///< it does not acknowledge
    StuckInInit,         ///< it acknowledges our INIT, and never sends its own
    Restarted,           ///< it sent another INIT: Discovered follows
    ResetByUs,           ///< the caller wanted so, or settings changed
    InterfaceDown,       ///< or EIGRP is gone from it
};
/// "hold time expired", "peer termination received": for people.
std::string_view toString(DownReason reason);

/// The packet goes out, signed by the caller if there are keys.
struct SendPacket {
    std::optional<IpAddress> to;  ///< none: to the multicast group
    EigrpPacket packet;

    friend bool operator==(const SendPacket&, const SendPacket&) = default;
};

/// A neighbour is pending.
struct NeighborDiscovered {
    dual::NeighborId neighbor;
    IpAddress address;

    friend bool operator==(const NeighborDiscovered&, const NeighborDiscovered&) = default;
};

/// A neighbour is up: it is to be told the whole table, the last packet with the EOT flag (RFC 7868, 5.3.4).
struct NeighborUp {
    dual::NeighborId neighbor;

    friend bool operator==(const NeighborUp&, const NeighborUp&) = default;
};

/// A neighbour, pending or up, is gone, with all that waited for it.
struct NeighborDown {
    dual::NeighborId neighbor;
    IpAddress address;
    DownReason reason;

    friend bool operator==(const NeighborDown&, const NeighborDown&) = default;
};

/// A hello with other K-values: its sender is no neighbour (RFC 7868, 5.3.2).
struct KValuesDiffer {
    IpAddress from;
    KValues ours;
    KValues theirs;

    friend bool operator==(const KValuesDiffer&, const KValuesDiffer&) = default;
};

/// A packet of another autonomous system or virtual router (RFC 7868, 6.5), otherwise without effect.
struct PacketIgnored {
    IpAddress from;
    std::uint16_t autonomousSystem;

    friend bool operator==(const PacketIgnored&, const PacketIgnored&) = default;
};

/// What a neighbour that is up says: reliable packets once each and in order.
struct Deliver {
    dual::NeighborId from;
    EigrpPacket packet;

    friend bool operator==(const Deliver&, const Deliver&) = default;
};

/// The neighbour has told its whole table: the packet delivered last had the EOT flag.
struct EndOfTable {
    dual::NeighborId from;

    friend bool operator==(const EndOfTable&, const EndOfTable&) = default;
};

using TransportEffect = std::variant<SendPacket, NeighborDiscovered, NeighborUp, NeighborDown, KValuesDiffer,
                                     PacketIgnored, Deliver, EndOfTable>;
/// What a transport wants done, in order.
using TransportEffects = std::vector<TransportEffect, PoolAllocator<TransportEffect>>;

}  // namespace peerscape::eigrp

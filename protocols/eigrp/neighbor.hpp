#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/base/ip_address.hpp"
#include "engine/base/time.hpp"
#include "protocols/eigrp/dual_types.hpp"
#include "protocols/eigrp/round_trip.hpp"
#include "protocols/eigrp/wire.hpp"

namespace peerscape::eigrp {

/// Whether a reliable packet is later than another one of the same sender; numbers wrap around.
constexpr bool isNewer(std::uint32_t sequence, std::uint32_t than) {
    return static_cast<std::int32_t>(sequence - than) > 0;
}
/// The number of the next reliable packet. 0 says unreliable, and is left out.
constexpr std::uint32_t nextSequence(std::uint32_t sequence) {
    return sequence == UINT32_MAX ? 1 : sequence + 1;
}

/// What is to arrive exactly once and in order: an update, query, reply, SIA-query, SIA-reply or request.
struct ReliableMessage {
    Opcode opcode = Opcode::Update;
    TlvList tlvs;
    std::uint32_t flags = 0;  ///< PacketFlag::kEndOfTable, or none
};

/// RFC 7868, 5.3.5. Pending: heard of, its INIT exchange is not done; it takes no part in anything. Up: its
/// INIT has come, and it has acknowledged ours.
enum class NeighborState : std::uint8_t { Pending, Up };

/// A reliable packet in a neighbour's queue. Queues of one interface share what it says.
struct QueuedPacket {
    std::uint32_t sequence = 0;
    std::shared_ptr<const ReliableMessage> message;
};

/// The head of a queue while it is under way.
struct Flight {
    SimTime firstSent;
    SimTime deadline;  ///< without acknowledgment until then it is sent again
    Duration timeout;  ///< RTO as it has grown
    int retransmissions = 0;
};

/// A router at the other end of an interface, as Transport knows it.
struct Neighbor {
    dual::NeighborId id;
    IpAddress address;
    NeighborState state = NeighborState::Pending;
    SimTime since;  ///< in this state

    Duration holdTime;  ///< as it asks for
    SimTime holdDeadline;
    KValues kValues;
    std::optional<SoftwareVersion> softwareVersion;
    std::optional<PeerInformation> stub;

    std::uint32_t initSent = 0;              ///< the sequence number of ours
    std::optional<std::uint32_t> initHeard;  ///< the sequence number of its INIT packet
    SimTime initHeardAt;
    std::uint32_t lastHeard = 0;        ///< the newest reliable packet of this session; 0: none
    std::optional<std::uint32_t> owed;  ///< to be acknowledged
    /// Conditional Receive mode (RFC 7868, 5.2): the only packet with the CR flag that we may accept.
    std::optional<std::uint32_t> conditional;

    std::vector<QueuedPacket> queue;  ///< oldest first; only the head is ever under way
    std::optional<Flight> flight;     ///< none: the queue is empty, or its head has not been sent
    RoundTrip roundTrip;
    std::uint64_t retransmissions = 0;  ///< of all packets since it was discovered

    bool isUp() const { return state == NeighborState::Up; }
    bool readsWideMetrics() const { return softwareVersion && softwareVersion->readsWideMetrics(); }
    /// Whether this packet is the next one it has to acknowledge.
    bool awaits(std::uint32_t sequence) const { return !queue.empty() && queue.front().sequence == sequence; }
};

}  // namespace peerscape::eigrp

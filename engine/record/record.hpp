#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>

#include "engine/base/ids.hpp"
#include "engine/base/time.hpp"
#include "engine/routing/outbox.hpp"
#include "engine/routing/packet.hpp"
#include "engine/routing/remark.hpp"
#include "engine/routing/rib.hpp"

namespace peerscape {

struct Action;

/// Why a packet went no further.
enum class DropReason : std::uint8_t {
    NoRoute,    ///< no route to the destination
    Blackhole,  ///< a blackhole route
    Reject,     ///< a reject route
    TtlExpired,
    NeighborUnknown,   ///< nobody on the link has the next hop's address
    InterfaceDown,     ///< the way out is down
    LinkLoss,          ///< the link's random loss
    SilentFailure,     ///< the link swallows everything although both ends think it works
    LinkFailed,        ///< the link went down while the packet was on it
    QueueFull,         ///< drop-tail queue
    TooBig,            ///< larger than the MTU and not to be fragmented
    NotForwarding,     ///< the receiver is no router, or forwards nothing
    NoListener,        ///< for this node, but nobody listens there
    NoSource,          ///< the sender has no address to send from
    ReassemblyFailed,  ///< a fragment whose packet never became whole
    Malformed,         ///< what it carries cannot be read
    HeaderCorrupted,   ///< a bit of its IP header was flipped on the link
    ChecksumWrong,     ///< a bit of what it carries was flipped on the way
    TtlTooLow,         ///< from further away than the receiver allows (RFC 5082)
    SignatureWrong,    ///< its TCP signature is wrong, missing, or not expected (RFC 2385)
};
std::string_view toString(DropReason reason);

/// What a record can say. Past participles: each is a fact of its instant.
namespace record {

/// A fault, an edit, a command: the beginning of every chain of causes besides the start.
struct ActionTaken {
    std::shared_ptr<const std::string> text;
    /// What was done, for whoever wants to know more than the text says; null when it was not possible.
    std::shared_ptr<const Action> action{};
};
struct InterfaceChanged {
    InterfaceId interface;
    bool isUp = false;
};
struct ProcessStarted {
    ProtocolId protocol;
};
struct ProcessStopped {
    ProtocolId protocol;
};
/// A deadline of the process came.
struct ProcessWoken {
    ProtocolId protocol;
};
/// Routes of others, or reachability of next hops, were told to the process.
struct ProcessNotified {
    ProtocolId protocol;
};
struct PacketSent {
    InterfaceId interface;
    PacketPtr packet;
    InterfaceRef receiver{};  ///< whom the frame is addressed to; none: everybody on the link
};
struct PacketReceived {
    InterfaceId interface;
    PacketPtr packet;
};
/// The packet has reached the node it is for.
struct PacketDelivered {
    PacketPtr packet;
};
struct PacketDropped {
    InterfaceId interface;  ///< where it came in or would have gone out; none: made here
    DropReason reason = DropReason::NoRoute;
    PacketPtr packet;
};
/// The selected route of a prefix, and with it the FIB, changed.
struct RouteChanged {
    std::shared_ptr<const RibChange> change;
};
/// What a process wanted said.
struct Noted {
    ProtocolId protocol;
    Note::Level level = Note::Level::Event;
    std::shared_ptr<const Remark> remark;
};

using What =
    std::variant<ActionTaken, InterfaceChanged, ProcessStarted, ProcessStopped, ProcessWoken, ProcessNotified,
                 PacketSent, PacketReceived, PacketDelivered, PacketDropped, RouteChanged, Noted>;

}  // namespace record

/// One fact of a run. `cause` is the record it follows from; only actions and the start have none.
struct Record {
    RecordId id;
    RecordId cause;
    SimTime time;
    NodeId node;  ///< where; none: the whole lab
    record::What what;
};

}  // namespace peerscape

#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/routing/payload.hpp"
#include "engine/routing/route.hpp"

namespace peerscape {

class ProcessConfig;

/// The process has just been made; its configuration came with the constructor.
struct Started {};

/// The interface went up or down, got or lost an address, or was added: the new state is in Env.
struct InterfaceChanged {
    InterfaceId interface;
};

/// A packet for this process: UDP on a port it bound, or raw IP of a protocol number it bound.
struct DatagramReceived {
    InterfaceId interface;
    IpAddress source;
    IpAddress destination;
    std::uint16_t sourcePort = 0;       ///< 0 for raw IP
    std::uint16_t destinationPort = 0;  ///< 0 for raw IP
    std::uint8_t ttl = 0;               ///< as it arrived
    Payload payload;
};

/// Why a TCP connection ended or never came up.
enum class StreamEnd : std::uint8_t {
    ClosedByPeer,      ///< FIN
    ResetByPeer,       ///< RST after it was up
    Refused,           ///< RST to our SYN: nobody listens there
    TimedOut,          ///< no acknowledgement after all retransmissions
    NoRoute,           ///< the router has no route to the peer
    Unreachable,       ///< an ICMP error came back
    LocalAddressGone,  ///< the address it was bound to left the router
};

/// A connection that we opened is established.
struct StreamOpened {
    StreamId stream;
    IpAddress localAddress;
    std::uint16_t localPort = 0;
};

/// A connection that somebody opened to us is established.
struct StreamAccepted {
    StreamId stream;
    IpAddress localAddress;
    IpAddress remoteAddress;
    std::uint16_t localPort = 0;
    std::uint16_t remotePort = 0;
    std::uint8_t ttl = 0;
    InterfaceId interface{};  ///< where a link-local remote address is; none for all others
};

/// The next bytes of the stream, in order, none twice.
struct StreamReceived {
    StreamId stream;
    Bytes bytes;
    /// In their place: a whole message of the other end, which comes behind all bytes so far. Null: bytes.
    std::shared_ptr<const Message> message{};
};

struct StreamClosed {
    StreamId stream;
    StreamEnd why = StreamEnd::ClosedByPeer;
    std::string detail;  ///< for the reader: "TTL 1 ran out at R2"
};

/// A deadline that nextDeadline() named has come.
struct Woken {};

/// Selected routes of the protocols this process subscribed to have changed.
struct RoutesChanged {
    std::vector<RouteChange> changes;
};

/// Addresses this process tracks are reached in another way, or not any more.
struct NextHopsChanged {
    std::vector<NextHopState> changes;
};

/// Prefixes this process tracks have another selected route, or none any more (`withdrawn`).
struct PrefixesChanged {
    std::vector<RouteChange> changes;
};

/// The router's administrator changed the configuration: here is the new one, whole.
struct Configured {
    std::shared_ptr<const ProcessConfig> config;
};

/// An operator's command to the process, such as `clear ip rip`: the words behind the protocol's own.
struct Commanded {
    std::vector<std::string> words;
};

using Input =
    std::variant<Started, InterfaceChanged, DatagramReceived, StreamOpened, StreamAccepted, StreamReceived,
                 StreamClosed, Woken, RoutesChanged, NextHopsChanged, PrefixesChanged, Configured, Commanded>;

}  // namespace peerscape

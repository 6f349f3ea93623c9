#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "engine/base/ids.hpp"
#include "engine/routing/input.hpp"
#include "protocols/bgp/message.hpp"

/// What goes into a session.
namespace peerscape::bgp {

/// RFC 4271 section 8.2.2, in the order of progress.
enum class State : std::uint8_t { Idle, Connect, Active, OpenSent, OpenConfirm, Established };
std::string_view name(State state);

/// RFC 4271 section 8.1, with its numbers.
enum class Event : std::uint8_t {
    None = 0,  ///< not one of the RFC's
    ManualStart = 1,
    ManualStop = 2,
    AutomaticStart = 3,
    ManualStartPassive = 4,
    AutomaticStartPassive = 5,
    AutomaticStartDamped = 6,
    AutomaticStartDampedPassive = 7,
    AutomaticStop = 8,
    ConnectRetryTimerExpires = 9,
    HoldTimerExpires = 10,
    KeepaliveTimerExpires = 11,
    DelayOpenTimerExpires = 12,
    IdleHoldTimerExpires = 13,
    TcpConnectionValid = 14,
    TcpRequestInvalid = 15,
    TcpRequestAcked = 16,
    TcpConnectionConfirmed = 17,
    TcpConnectionFails = 18,
    BgpOpen = 19,
    BgpOpenWithDelayOpenTimer = 20,
    BgpHeaderError = 21,
    BgpOpenMessageError = 22,
    OpenCollisionDump = 23,
    NotificationVersionError = 24,
    NotificationReceived = 25,
    KeepaliveReceived = 26,
    UpdateReceived = 27,
    UpdateMessageError = 28,
};
/// The RFC's name: "TcpConnectionFails".
std::string_view name(Event event);

enum class Timer : std::uint8_t { ConnectRetry, Hold, Keepalive, DelayOpen, IdleHold };

/// Inputs. Those of a connection name its stream; what comes of a stream that the session has given up is
/// ignored.
namespace input {
/// An administrator's start: at once.
struct ManualStart {};
/// A start without haste: after IdleHoldTimer (about a second), as FRR starts a session that was configured.
/// Of one that waits in Idle it makes the wait short again: `clear bgp` is an AutomaticStop and this.
struct AutomaticStart {};
/// `shutdown`: stays Idle until a start.
struct ManualStop {
    std::string words;  ///< RFC 9003
};
/// The process ends the session; it starts again by itself after IdleHoldTimer unless `staysDown`.
struct AutomaticStop {
    NotificationMessage notification;
    std::string why;         ///< FRR's words for `lastResetDueTo`; empty: those for the notification
    bool staysDown = false;  ///< until a start: maximum-prefix without restart, a neighbour that is removed
};
/// The session looks at its timers by itself in wake(); this is for tests.
struct TimerExpired {
    Timer timer = Timer::ConnectRetry;
};
/// A SYN came, the connection is not there yet.
struct TcpConnectionValid {};
struct TcpRequestInvalid {};
/// The stream that OpenTcp asked for is up.
struct TcpRequestAcked {
    StreamId stream;
};
/// The peer has opened a stream to us.
struct TcpConnectionConfirmed {
    StreamId stream;
    std::uint8_t ttl = 255;  ///< as it arrived
};
struct TcpConnectionFails {
    StreamId stream;
    StreamEnd why = StreamEnd::ClosedByPeer;
    std::string detail;  ///< "TTL 1 ran out at R2"
};
struct OpenReceived {
    StreamId stream;
    OpenMessage open;
};
/// The codec found an error in a header, an OPEN or an UPDATE: the code of `notification` says where.
struct MessageError {
    StreamId stream;
    NotificationMessage notification;
};
/// Close the connection as the loser of a collision. The session finds collisions by itself.
struct OpenCollisionDump {};
struct NotificationReceived {
    StreamId stream;
    NotificationMessage notification;
};
struct KeepaliveReceived {
    StreamId stream;
};
/// An UPDATE that is worth reading: DeliverUpdate follows when it counts.
struct UpdateReceived {
    StreamId stream;
};
struct RouteRefreshReceived {
    StreamId stream;
};
/// The peer's address has become reachable or not (next-hop tracking, interfaces).
struct Reachability {
    bool isReachable = true;
    std::string why;           ///< "no route to the peer"
    bool endsSession = false;  ///< fast fallover: of a directly connected peer
};
}  // namespace input

using SessionInput =
    std::variant<input::ManualStart, input::AutomaticStart, input::ManualStop, input::AutomaticStop,
                 input::TimerExpired, input::TcpConnectionValid, input::TcpRequestInvalid,
                 input::TcpRequestAcked, input::TcpConnectionConfirmed, input::TcpConnectionFails,
                 input::OpenReceived, input::MessageError, input::OpenCollisionDump,
                 input::NotificationReceived, input::KeepaliveReceived, input::UpdateReceived,
                 input::RouteRefreshReceived, input::Reachability>;

}  // namespace peerscape::bgp

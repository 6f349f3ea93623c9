#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/time.hpp"
#include "engine/routing/input.hpp"
#include "engine/routing/outbox.hpp"
#include "protocols/bgp/message.hpp"
#include "protocols/bgp/negotiation.hpp"

/// What goes into a session and what comes out of it.
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

/// How a connection, an attempt to get one, or a session ended.
struct SessionEnd {
    enum class Cause : std::uint8_t {
        None,
        NoRoute,           ///< no attempt was made
        TcpFailed,         ///< the connection did not come up, or broke
        TtlTooLow,         ///< an accepted connection came from too far away (RFC 5082)
        OpenRefused,       ///< we refused the peer's OPEN
        NotificationSent,  ///< an error of the peer, an expired timer
        NotificationReceived,
        Stopped,      ///< by our administrator or our process
        Collision,    ///< the other connection was kept
        Superseded,   ///< the peer has restarted and opened a new connection (RFC 4724)
        Unreachable,  ///< an established session ended because the peer's address was lost
    };
    Cause cause = Cause::None;
    State state = State::Idle;  ///< when it happened
    Event event = Event::None;
    SimTime when;
    StreamEnd stream = StreamEnd::ClosedByPeer;       ///< of TcpFailed
    bool isManual = false;                            ///< of Stopped
    std::optional<NotificationMessage> notification;  ///< sent or received
    std::string detail;                               ///< words for the reader, or the administrator's
    std::uint16_t holdTime = 0;                       ///< seconds, of an expired HoldTimer

    /// Why, in one sentence without a full stop: "connection refused: nobody listens there".
    std::string text() const;
    /// FRR's `lastResetDueTo`: "BGP Notification received".
    std::string lastResetDueTo() const;
    friend bool operator==(const SessionEnd&, const SessionEnd&) = default;
};

/// Effects, in the order in which they are to happen.
namespace effect {
struct OpenTcp {
    StreamId stream;
};
struct CloseTcp {
    StreamId stream;
    bool reset = false;
};
struct SendMessage {
    StreamId stream;
    BgpMessage message;
};
/// The state is Established: tables may speak.
struct SessionEstablished {
    StreamId stream;
    std::shared_ptr<const Negotiated> negotiated;
};
/// The state was Established and is not any more.
struct SessionEnded {
    std::shared_ptr<const SessionEnd> why;
    /// Routes of graceful families may stay for the peer's restart time (RFC 4724 section 4.2); otherwise
    /// they go with the session.
    bool mayKeepRoutes = false;
};
/// The UPDATE (ROUTE-REFRESH) that was just handed in is for the tables.
struct DeliverUpdate {};
struct DeliverRouteRefresh {};
struct Note {
    peerscape::Note::Level level = peerscape::Note::Level::Event;
    std::shared_ptr<const Remark> remark;
};
}  // namespace effect

using SessionEffect =
    std::variant<effect::OpenTcp, effect::CloseTcp, effect::SendMessage, effect::SessionEstablished,
                 effect::SessionEnded, effect::DeliverUpdate, effect::DeliverRouteRefresh, effect::Note>;

/// Collects effects, and numbers streams from the process's counter.
class SessionOutbox {
  public:
    explicit SessionOutbox(std::uint32_t& nextStream) : nextStream_(nextStream) {}

    StreamId newStream() { return StreamId(nextStream_++); }
    void add(SessionEffect effect) { effects_.push_back(std::move(effect)); }
    const std::vector<SessionEffect>& effects() const { return effects_; }
    void clear() { effects_.clear(); }

  private:
    std::uint32_t& nextStream_;
    std::vector<SessionEffect> effects_;
};

/// Messages of one direction, by type.
struct MessageCounts {
    std::uint64_t opens = 0;
    std::uint64_t updates = 0;
    std::uint64_t notifications = 0;
    std::uint64_t keepalives = 0;
    std::uint64_t routeRefreshes = 0;

    std::uint64_t total() const { return opens + updates + notifications + keepalives + routeRefreshes; }
    friend bool operator==(const MessageCounts&, const MessageCounts&) = default;
};

/// What `show bgp neighbors` counts.
struct SessionCounts {
    MessageCounts sent;
    MessageCounts received;
    std::uint64_t connectionsEstablished = 0;
    std::uint64_t connectionsDropped = 0;
    friend bool operator==(const SessionCounts&, const SessionCounts&) = default;
};

}  // namespace peerscape::bgp

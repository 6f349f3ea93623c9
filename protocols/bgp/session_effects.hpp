#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/time.hpp"
#include "engine/routing/input.hpp"
#include "engine/routing/outbox.hpp"
#include "protocols/bgp/message.hpp"
#include "protocols/bgp/negotiation.hpp"
#include "protocols/bgp/session_input.hpp"

/// What comes out of a session.
namespace peerscape::bgp {

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

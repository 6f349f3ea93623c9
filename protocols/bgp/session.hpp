#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "engine/base/ids.hpp"
#include "engine/base/prefetch.hpp"
#include "engine/base/random.hpp"
#include "engine/base/time.hpp"
#include "protocols/bgp/message.hpp"
#include "protocols/bgp/negotiation.hpp"
#include "protocols/bgp/session_effects.hpp"
#include "protocols/bgp/session_input.hpp"
#include "protocols/bgp/session_settings.hpp"

/// A BGP session with one configured peer: the finite state machine of RFC 4271 section 8.
///
///             start (1, 3, 13)                 connected (16, 17)             OPEN (19)
///     Idle ───────────────────▶ Connect ─────────────────────▶ OpenSent ───────────────▶ OpenConfirm
///      │ ▲                       │  ▲                           │    ▲                        │
///      │ │ anything     fails(18)│  │ConnectRetryTimer (9)      │    │ connected (16, 17)     │ KEEPALIVE
///      (26) │ │ wrong, stops          ▼  │                  fails(18)│    │                        ▼ │
///      └─────────────────────  Active ◀───────────────────────┘────┘                   Established
///      └────────────────────────▶   start, passive (4, 5)
///
/// From every state an error, a stop or a NOTIFICATION leads to Idle, where IdleHoldTimer waits before the
/// next start, twice as long after each failure (DampPeerOscillations).
///
/// The peer may connect while we do: then there are two connections, each with a machine of its own, until
/// section 6.8 closes one. state() is that of the more advanced one.
namespace peerscape::bgp {

/// A plain value: a copy is a checkpoint. Events go in, effects come out, nothing else happens.
class Session {
  public:
    /// Idle, and not started. `random` feeds jitter only.
    Session(std::shared_ptr<const SessionSettings> settings, RandomStream random);

    void handle(SimTime now, const SessionInput& input, SessionOutbox& out);
    /// Lets all timers expire whose time has come.
    void wake(SimTime now, SessionOutbox& out);
    /// When wake() is to be called; never(): no timer runs.
    SimTime nextDeadline() const;
    /// Takes new settings. A session in progress ends where they cannot be changed under way (Cease/Other
    /// Configuration Change) and starts again; `shutdown` stops it, its absence starts it.
    void configure(SimTime now, std::shared_ptr<const SessionSettings> settings, SessionOutbox& out);

    /// For UPDATE and ROUTE-REFRESH messages, which the tables send by themselves on stream(): counts them,
    /// and restarts KeepaliveTimer (RFC 4271 section 8.2.2, Established).
    void updatesSent(SimTime now, std::uint64_t count = 1);
    void routeRefreshSent(SimTime now);

    /// UPDATEs on this stream are the tables' business: the session is Established on it.
    bool takesUpdatesOn(StreamId stream) const { return isEstablished() && main_.stream == stream; }
    /// The same as input::UpdateReceived on such a stream, which then has no effects: counts it, and restarts
    /// HoldTimer (RFC 4271 section 8.2.2, Established, event 27).
    void updateReceived(SimTime now);

    State state() const { return main_.state; }
    bool isEstablished() const { return main_.state == State::Established; }
    /// The stream is one of this session's.
    bool owns(StreamId stream) const;
    /// Of the leading connection; none() without one.
    StreamId stream() const { return main_.stream; }
    /// It was accepted, rather than opened by us.
    bool isStreamAccepted() const { return main_.isAccepted; }
    /// From OpenConfirm on; otherwise null.
    const std::shared_ptr<const Negotiated>& negotiated() const { return main_.negotiated; }
    /// What applies to decoding what comes on this stream: set once its OPEN was accepted.
    std::shared_ptr<const Negotiated> negotiatedOn(StreamId stream) const;

    const SessionSettings& settings() const { return *settings_; }
    const SessionCounts& counts() const { return counts_; }
    std::uint32_t connectRetryCounter() const { return connectRetryCounter_; }
    /// When the timer runs out; none when it does not run.
    std::optional<SimTime> deadline(Timer timer) const;
    /// When the state was reached that it is in.
    SimTime since() const { return since_; }
    /// When it was last established or, while it is not, when it last ceased to be.
    std::optional<SimTime> lastEstablished() const { return lastEstablished_; }
    /// The last message of any kind that came, and that went out.
    std::optional<SimTime> lastReceived() const { return lastReceived_; }
    std::optional<SimTime> lastSent() const { return lastSent_; }
    /// What ended the last session or attempt; null: nothing has ended yet.
    const std::shared_ptr<const SessionEnd>& lastEnd() const { return lastEnd_; }
    /// The last one that ended an established session: `lastReset…`.
    const std::shared_ptr<const SessionEnd>& lastReset() const { return lastReset_; }
    /// Why the session is not Established, or that it is: one sentence without a full stop.
    std::string reason(SimTime now) const;

    /// The OPEN that we send says that we have restarted (the R bit, RFC 4724 section 3) until this is false.
    void setRestarting(bool isRestarting) { isRestarting_ = isRestarting; }

    /// Asks memory for what every UPDATE reads of the session.
    void prefetch() const { prefetchBetween(main_, settings_); }
    /// The next step: for what it reads beside it.
    void prefetchNegotiated() const { prefetchLine(main_.negotiated.get()); }

  private:
    /// One connection and its machine.
    struct Machine {
        State state = State::Idle;
        StreamId stream;  ///< none: no connection, not even one coming up
        bool isUp = false;
        bool isAccepted = false;
        SimTime connectRetry = SimTime::never();
        SimTime hold = SimTime::never();
        SimTime keepalive = SimTime::never();
        SimTime delayOpen = SimTime::never();
        std::shared_ptr<const Negotiated> negotiated;

        SimTime nextDeadline() const;
    };
    /// One call from outside.
    struct Turn {
        SimTime now;
        SessionOutbox& out;
        State before = State::Idle;
        std::shared_ptr<const SessionEnd> endBefore;
        Event event = Event::None;  ///< the last one that was processed
    };
    /// An input as the machine sees it.
    struct Occurrence {
        Event event = Event::None;
        NotificationMessage notification;              ///< received, or to be sent
        std::shared_ptr<const Negotiated> negotiated;  ///< of a good OPEN
        SessionEnd end;                                ///< what it would end the connection with
        std::uint8_t messageType = 0;                  ///< RFC 4271 section 4.1; 0: no message
    };
    /// What else a way to Idle means.
    enum class Fall : std::uint8_t {
        Counted,  ///< ConnectRetryCounter grows, damping
        Quiet,    ///< neither
        Manual,   ///< the counter is zero again, and nothing starts by itself
    };

    // session_inputs.cpp
    void take(Turn& turn, const SessionInput& input);
    void start(Turn& turn, bool isAtOnce);
    void stop(Turn& turn, const Occurrence& what, bool staysDown);
    void accept(Turn& turn, const input::TcpConnectionConfirmed& accepted);
    void supersede(Turn& turn, StreamId stream);
    void noteReachability(Turn& turn, const input::Reachability& news);
    class Reading;
    Occurrence occurrenceOf(const Turn& turn, const Machine& machine, const SessionInput& input) const;
    Machine* machineFor(const SessionInput& input);
    void countReceived(SimTime now, const SessionInput& input);

    // session_states.cpp: a switch on the state, in it one on the event.
    void process(Turn& turn, Machine& machine, const Occurrence& what);
    void processIdle(Turn& turn, Machine& machine, const Occurrence& what);
    void processConnect(Turn& turn, Machine& machine, const Occurrence& what);
    void processActive(Turn& turn, Machine& machine, const Occurrence& what);
    void processBeforeOpen(Turn& turn, Machine& machine, const Occurrence& what);
    void processOpenSent(Turn& turn, Machine& machine, const Occurrence& what);
    void processOpenConfirm(Turn& turn, Machine& machine, const Occurrence& what);
    void processEstablished(Turn& turn, Machine& machine, const Occurrence& what);
    void processWrongMessage(Turn& turn, Machine& machine, const Occurrence& what);
    void takeOpen(Turn& turn, Machine& machine, const Occurrence& what);

    // session_actions.cpp
    void connect(Turn& turn, Machine& machine);
    void connectionIsUp(Turn& turn, Machine& machine);
    void sendOpen(Turn& turn, Machine& machine);
    void sendKeepalive(Turn& turn, Machine& machine);
    void send(Turn& turn, const Machine& machine, BgpMessage message);
    void close(Turn& turn, Machine& machine, bool reset = false);
    void establish(Turn& turn, Machine& machine);
    bool survivesCollision(Turn& turn, Machine& machine, const Negotiated& negotiated);
    void dump(Turn& turn, Machine& machine);
    void waitInActive(Turn& turn, Machine& machine, SessionEnd end);
    void fall(Turn& turn, Machine& machine, Fall kind, SessionEnd end,
              const NotificationMessage* sent = nullptr);
    void fallWith(Turn& turn, Machine& machine, Fall kind, const Occurrence& what);
    void holdIdle(SimTime now, bool doubles);
    void recordEnd(Turn& turn, const Machine& machine, SessionEnd end);
    bool mayKeepRoutes(const Machine& machine, const SessionEnd& end) const;
    NotificationMessage asSent(const Machine& machine, const NotificationMessage& notification) const;
    void restartHold(SimTime now, Machine& machine) const;
    void restartKeepalive(SimTime now, Machine& machine);
    void restartConnectRetry(SimTime now, Machine& machine);
    Duration jittered(Duration duration);

    // session.cpp
    void settle(Turn& turn);
    void expire(Turn& turn, Machine& machine, Timer timer);
    bool mayStart() const { return !settings_->isShutdown && settings_->hasFamilies(); }

    // What every UPDATE reads or writes comes first.
    Machine main_;
    SimTime idleHold_ = SimTime::never();
    std::optional<SimTime> lastReceived_;
    std::optional<SimTime> lastSent_;
    SessionCounts counts_;
    std::optional<Machine> rival_;

    std::shared_ptr<const SessionSettings> settings_;
    RandomStream random_;
    Duration nextIdleHold_;
    std::uint32_t connectRetryCounter_ = 0;
    bool isStarted_ = false;
    bool isReachable_ = true;
    std::string whyUnreachable_;  ///< while it is not
    bool isRestarting_ = false;
    SimTime since_;
    std::optional<SimTime> lastEstablished_;
    std::shared_ptr<const SessionEnd> lastEnd_;
    std::shared_ptr<const SessionEnd> lastReset_;
};

}  // namespace peerscape::bgp

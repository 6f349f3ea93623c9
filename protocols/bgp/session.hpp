#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "engine/base/ids.hpp"
#include "engine/base/random.hpp"
#include "engine/base/time.hpp"
#include "protocols/bgp/message.hpp"
#include "protocols/bgp/negotiation.hpp"
#include "protocols/bgp/session_settings.hpp"
#include "protocols/bgp/session_types.hpp"

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

    friend bool operator==(const Session&, const Session&);

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
    };
    /// One call from outside.
    struct Turn {
        SimTime now;
        SessionOutbox& out;
        Event event = Event::None;
    };
    /// What leads to Idle besides.
    enum class Fall : std::uint8_t {
        Counted,  ///< the counter grows by one, damping
        Quiet,    ///< neither
        Manual,   ///< the counter is zero again, nothing starts by itself
    };
    class Visitor;

    // session_states.cpp: a switch on the state, in it one on the event.
    void process(Turn& turn, Machine& machine, const SessionInput& input);
    void processIdle(Turn& turn, Machine& machine, const SessionInput& input);
    void processConnectOrActive(Turn& turn, Machine& machine, const SessionInput& input);
    void processOpenSent(Turn& turn, Machine& machine, const SessionInput& input);
    void processOpenConfirm(Turn& turn, Machine& machine, const SessionInput& input);
    void processEstablished(Turn& turn, Machine& machine, const SessionInput& input);

    std::shared_ptr<const SessionSettings> settings_;
    RandomStream random_;
    Machine main_;
    std::optional<Machine> rival_;
    SimTime idleHold_ = SimTime::never();
    Duration nextIdleHold_;
    std::uint32_t connectRetryCounter_ = 0;
    bool isStarted_ = false;
    bool isReachable_ = true;
    bool isRestarting_ = false;
    SimTime since_;
    std::optional<SimTime> lastEstablished_;
    std::optional<SimTime> lastReceived_;
    std::optional<SimTime> lastSent_;
    std::shared_ptr<const SessionEnd> lastEnd_;
    std::shared_ptr<const SessionEnd> lastReset_;
    SessionCounts counts_;
};

}  // namespace peerscape::bgp

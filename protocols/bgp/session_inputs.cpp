#include <utility>

#include "engine/base/overloaded.hpp"
#include "protocols/bgp/session.hpp"

/// From inputs to what the machines have to handle.
namespace peerscape::bgp {
namespace {

// Types of messages, RFC 4271 section 4.1 and RFC 2918.
constexpr std::uint8_t kOpen = 1;
constexpr std::uint8_t kUpdate = 2;
constexpr std::uint8_t kNotification = 3;
constexpr std::uint8_t kKeepalive = 4;
constexpr std::uint8_t kRouteRefresh = 5;

Event eventOf(Timer timer) {
    switch (timer) {
        case Timer::ConnectRetry:
            return Event::ConnectRetryTimerExpires;
        case Timer::Hold:
            return Event::HoldTimerExpires;
        case Timer::Keepalive:
            return Event::KeepaliveTimerExpires;
        case Timer::DelayOpen:
            return Event::DelayOpenTimerExpires;
        case Timer::IdleHold:
            break;
    }
    return Event::IdleHoldTimerExpires;
}

Event eventOf(const NotificationMessage& error) {
    switch (error.code) {
        case ErrorCode::OpenMessage:
            return Event::BgpOpenMessageError;
        case ErrorCode::UpdateMessage:
        case ErrorCode::RouteRefresh:
            return Event::UpdateMessageError;
        default:
            return Event::BgpHeaderError;
    }
}

std::uint8_t typeOf(Event error, ErrorCode code) {
    if (error == Event::BgpOpenMessageError) return kOpen;
    if (error == Event::UpdateMessageError) return code == ErrorCode::RouteRefresh ? kRouteRefresh : kUpdate;
    return 0;
}

bool isVersionError(const NotificationMessage& notification) {
    return notification.code == ErrorCode::OpenMessage &&
           notification.subcode == subcode::kUnsupportedVersionNumber;
}

}  // namespace

void Session::take(Turn& turn, const SessionInput& input) {
    if (std::holds_alternative<input::ManualStart>(input)) return start(turn, true);
    if (std::holds_alternative<input::AutomaticStart>(input))
        return start(turn, !settings_->dampsOscillations);
    if (const auto* stopped = std::get_if<input::AutomaticStop>(&input))
        return stop(turn, occurrenceOf(turn, main_, input), stopped->staysDown);
    if (std::holds_alternative<input::ManualStop>(input))
        return stop(turn, occurrenceOf(turn, main_, input), true);
    if (const auto* accepted = std::get_if<input::TcpConnectionConfirmed>(&input))
        return accept(turn, *accepted);
    if (const auto* news = std::get_if<input::Reachability>(&input)) return noteReachability(turn, *news);
    if (const auto* expired = std::get_if<input::TimerExpired>(&input))
        return expire(turn, main_, expired->timer);
    Machine* machine = machineFor(input);
    if (machine == nullptr) return;
    countReceived(turn.now, input);
    process(turn, *machine, occurrenceOf(turn, *machine, input));
}

Session::Machine* Session::machineFor(const SessionInput& input) {
    return std::visit(
        [&](const auto& one) -> Machine* {
            if constexpr (requires { one.stream; }) {
                if (!owns(one.stream)) return nullptr;
                return main_.stream == one.stream ? &main_ : &*rival_;
            } else {
                return &main_;
            }
        },
        input);
}

void Session::countReceived(SimTime now, const SessionInput& input) {
    MessageCounts& counts = counts_.received;
    const MessageCounts before = counts;
    std::visit(Overloaded{[&](const input::OpenReceived&) { ++counts.opens; },
                          [&](const input::NotificationReceived&) { ++counts.notifications; },
                          [&](const input::KeepaliveReceived&) { ++counts.keepalives; },
                          [&](const input::UpdateReceived&) { ++counts.updates; },
                          [&](const input::RouteRefreshReceived&) { ++counts.routeRefreshes; },
                          [&](const input::MessageError& error) {
                              const Event event = eventOf(error.notification);
                              const std::uint8_t type = typeOf(event, error.notification.code);
                              counts.opens += type == kOpen ? 1 : 0;
                              counts.updates += type == kUpdate ? 1 : 0;
                              counts.routeRefreshes += type == kRouteRefresh ? 1 : 0;
                          },
                          [](const auto&) {}},
               input);
    if (!(counts == before)) lastReceived_ = now;
}

/// Reads one input as an occurrence for one machine.
class Session::Reading {
  public:
    Reading(const Session& session, const Machine& machine, SimTime now)
        : session_(session), machine_(machine) {
        what.end.when = now;
        what.end.cause = SessionEnd::Cause::NotificationSent;
    }

    void operator()(const input::ManualStop& stopped) {
        what.event = Event::ManualStop;
        what.notification = NotificationMessage::shutdown(subcode::kAdministrativeShutdown, stopped.words);
        what.end.cause = SessionEnd::Cause::Stopped;
        what.end.isManual = true;
        what.end.detail = stopped.words;
    }
    void operator()(const input::AutomaticStop& stopped) {
        what.event = Event::AutomaticStop;
        what.notification = stopped.notification;
        what.end.cause = SessionEnd::Cause::Stopped;
        what.end.detail = stopped.why;
    }
    void operator()(const input::TimerExpired& expired) {
        what.event = eventOf(expired.timer);
        if (expired.timer != Timer::Hold) return;
        what.notification = {ErrorCode::HoldTimerExpired, 0, {}};
        what.end.holdTime =
            machine_.negotiated
                ? machine_.negotiated->holdTime
                : static_cast<std::uint16_t>(session_.settings_->openWait / Duration::seconds(1));
    }
    void operator()(const input::TcpConnectionFails& failed) {
        what.event = Event::TcpConnectionFails;
        what.end.cause = SessionEnd::Cause::TcpFailed;
        what.end.stream = failed.why;
        what.end.detail = failed.detail;
    }
    void operator()(const input::OpenReceived& received) {
        const bool isDelaying = !machine_.delayOpen.isNever();
        readMessage(isDelaying ? Event::BgpOpenWithDelayOpenTimer : Event::BgpOpen, kOpen);
        auto agreed = negotiate(*session_.settings_, received.open);
        if (agreed) {
            what.negotiated = std::make_shared<const Negotiated>(std::move(*agreed));
            return;
        }
        what.event = Event::BgpOpenMessageError;
        what.notification = std::move(agreed.error().notification);
        what.end.cause = SessionEnd::Cause::OpenRefused;
        what.end.detail = std::move(agreed.error().why);
    }
    void operator()(const input::MessageError& error) {
        what.notification = error.notification;
        const Event event = eventOf(error.notification);
        readMessage(event, typeOf(event, error.notification.code));
        if (event == Event::BgpOpenMessageError) what.end.cause = SessionEnd::Cause::OpenRefused;
    }
    void operator()(const input::OpenCollisionDump&) {
        what.event = Event::OpenCollisionDump;
        what.notification = {ErrorCode::Cease, subcode::kConnectionCollisionResolution, {}};
        what.end.cause = SessionEnd::Cause::Collision;
    }
    void operator()(const input::NotificationReceived& received) {
        const bool isVersion = isVersionError(received.notification);
        readMessage(isVersion ? Event::NotificationVersionError : Event::NotificationReceived, kNotification);
        what.notification = received.notification;
        what.end.cause = SessionEnd::Cause::NotificationReceived;
    }
    void operator()(const input::TcpConnectionValid&) { what.event = Event::TcpConnectionValid; }
    void operator()(const input::TcpRequestInvalid&) { what.event = Event::TcpRequestInvalid; }
    void operator()(const input::TcpRequestAcked&) { what.event = Event::TcpRequestAcked; }
    void operator()(const input::KeepaliveReceived&) { readMessage(Event::KeepaliveReceived, kKeepalive); }
    void operator()(const input::UpdateReceived&) { readMessage(Event::UpdateReceived, kUpdate); }
    void operator()(const input::RouteRefreshReceived&) { readMessage(Event::None, kRouteRefresh); }
    /// Starts, accepted connections and news of reachability have their own ways.
    void operator()(const auto&) {}

    Occurrence what;

  private:
    void readMessage(Event event, std::uint8_t type) {
        what.event = event;
        what.messageType = type;
    }

    const Session& session_;
    const Machine& machine_;
};

Session::Occurrence Session::occurrenceOf(const Turn& turn, const Machine& machine,
                                          const SessionInput& input) const {
    Reading reading(*this, machine, turn.now);
    std::visit(reading, input);
    reading.what.end.event = reading.what.event;
    return std::move(reading.what);
}

void Session::start(Turn& turn, bool isAtOnce) {
    if (!mayStart()) return;
    isStarted_ = true;
    if (main_.state != State::Idle) return;  // RFC 4271: start events are ignored elsewhere
    if (!isAtOnce) {
        turn.event = settings_->isPassive ? Event::AutomaticStartDampedPassive : Event::AutomaticStartDamped;
        nextIdleHold_ = settings_->idleHold;
        idleHold_ = turn.now + jittered(settings_->idleHold);
        return;
    }
    turn.event = settings_->isPassive ? Event::ManualStartPassive : Event::ManualStart;
    connectRetryCounter_ = 0;
    nextIdleHold_ = settings_->idleHold;
    idleHold_ = SimTime::never();
    connect(turn, main_);
}

void Session::stop(Turn& turn, const Occurrence& what, bool staysDown) {
    if (staysDown) {
        isStarted_ = false;
        idleHold_ = SimTime::never();
    }
    if (rival_) process(turn, *rival_, what);
    if (main_.state == State::Idle && what.end.isManual) recordEnd(turn, main_, what.end);
    process(turn, main_, what);
}

void Session::noteReachability(Turn& turn, const input::Reachability& news) {
    whyUnreachable_ = news.isReachable ? std::string() : news.why;
    const bool isNew = std::exchange(isReachable_, news.isReachable) != news.isReachable;
    if (!isNew) return;
    if (news.isReachable) {
        // As FRR's next-hop tracking does: there is no reason to wait for ConnectRetryTimer.
        if (main_.state == State::Active && !main_.stream.isSome() && !settings_->isPassive) {
            turn.event = Event::ConnectRetryTimerExpires;
            connect(turn, main_);
        } else if (main_.state == State::Idle && !idleHold_.isNever()) {
            nextIdleHold_ = settings_->idleHold;
            idleHold_ = std::min(idleHold_, turn.now + jittered(settings_->idleHold));
        }
        return;
    }
    const bool isComingUp = main_.stream.isSome() && !main_.isUp;
    if (!news.endsSession && !isComingUp) return;
    SessionEnd end;
    end.when = turn.now;
    end.cause = isComingUp ? SessionEnd::Cause::NoRoute : SessionEnd::Cause::Unreachable;
    end.detail = news.why;
    turn.event = Event::TcpConnectionFails;
    if (rival_ && news.endsSession) fall(turn, *rival_, Fall::Quiet, end);
    if (!main_.stream.isSome()) return;
    if (isComingUp) {
        close(turn, main_, true);
        waitInActive(turn, main_, std::move(end));
    } else {
        fall(turn, main_, Fall::Counted, std::move(end));
    }
}

void Session::accept(Turn& turn, const input::TcpConnectionConfirmed& accepted) {
    const auto refuse = [&] { turn.out.add(effect::CloseTcp{accepted.stream}); };
    if (accepted.ttl < settings_->leastTtl) {
        turn.event = Event::TcpRequestInvalid;
        SessionEnd end;
        end.when = turn.now;
        end.cause = SessionEnd::Cause::TtlTooLow;
        end.event = turn.event;
        end.detail = std::to_string(accepted.ttl);
        recordEnd(turn, main_, std::move(end));
        turn.out.add(effect::CloseTcp{accepted.stream, true});
        return;
    }
    if (main_.state == State::Idle) {
        const bool isWaiting = isStarted_ && mayStart() && !idleHold_.isNever();
        if (!isWaiting || !settings_->acceptsInIdleHold) return refuse();
        idleHold_ = SimTime::never();
        main_.state = State::Active;
    }
    turn.event = Event::TcpConnectionConfirmed;
    if (main_.state == State::Established && main_.negotiated->isGraceful())
        return supersede(turn, accepted.stream);
    // An accepted connection that got nowhere is one that the peer has forgotten.
    if (main_.isAccepted && main_.state != State::Established) {
        dump(turn, main_);
        idleHold_ = SimTime::never();
        main_.state = State::Active;
    }
    Machine* machine = &main_;
    if (main_.stream.isSome()) {
        if (rival_) dump(turn, *rival_);
        rival_ = Machine{};
        rival_->state = main_.state == State::Connect ? State::Connect : State::Active;
        machine = &*rival_;
    }
    machine->stream = accepted.stream;
    machine->isAccepted = true;
    connectionIsUp(turn, *machine);
}

/// RFC 4724 section 4.2: a new connection of a peer that can restart says that it has.
void Session::supersede(Turn& turn, StreamId stream) {
    SessionEnd end;
    end.when = turn.now;
    end.cause = SessionEnd::Cause::Superseded;
    end.event = turn.event;
    if (rival_) dump(turn, *rival_);
    rival_.reset();
    fall(turn, main_, Fall::Counted, std::move(end));
    idleHold_ = SimTime::never();
    main_.state = State::Active;
    main_.stream = stream;
    main_.isAccepted = true;
    connectionIsUp(turn, main_);
}

}  // namespace peerscape::bgp

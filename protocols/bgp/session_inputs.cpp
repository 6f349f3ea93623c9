#include <utility>

#include "protocols/bgp/session.hpp"

/// From inputs to what the machines have to handle.
namespace peerscape::bgp {
namespace {

template <typename... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};

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

Session::Occurrence Session::occurrenceOf(const Turn& turn, const Machine& machine,
                                          const SessionInput& input) const {
    using Cause = SessionEnd::Cause;
    Occurrence what;
    what.end.when = turn.now;
    what.end.cause = Cause::NotificationSent;
    const auto message = [&](Event event, std::uint8_t type) {
        what.event = event;
        what.messageType = type;
    };
    std::visit(
        Overloaded{[&](const input::ManualStop& stopped) {
                       what.event = Event::ManualStop;
                       what.notification =
                           NotificationMessage::shutdown(subcode::kAdministrativeShutdown, stopped.words);
                       what.end.cause = Cause::Stopped;
                       what.end.isManual = true;
                       what.end.detail = stopped.words;
                   },
                   [&](const input::AutomaticStop& stopped) {
                       what.event = Event::AutomaticStop;
                       what.notification = stopped.notification;
                       what.end.cause = Cause::Stopped;
                       what.end.detail = stopped.why;
                   },
                   [&](const input::TimerExpired& expired) {
                       what.event = eventOf(expired.timer);
                       if (expired.timer != Timer::Hold) return;
                       what.notification = {ErrorCode::HoldTimerExpired, 0, {}};
                       const bool isOpenWait = !machine.negotiated;
                       what.end.holdTime =
                           isOpenWait ? static_cast<std::uint16_t>(settings_->openWait / Duration::seconds(1))
                                      : machine.negotiated->holdTime;
                   },
                   [&](const input::TcpConnectionValid&) { what.event = Event::TcpConnectionValid; },
                   [&](const input::TcpRequestInvalid&) { what.event = Event::TcpRequestInvalid; },
                   [&](const input::TcpRequestAcked&) { what.event = Event::TcpRequestAcked; },
                   [&](const input::TcpConnectionFails& failed) {
                       what.event = Event::TcpConnectionFails;
                       what.end.cause = Cause::TcpFailed;
                       what.end.stream = failed.why;
                       what.end.detail = failed.detail;
                   },
                   [&](const input::OpenReceived& received) {
                       auto agreed = negotiate(*settings_, received.open);
                       const bool isDelayed = !machine.delayOpen.isNever();
                       message(isDelayed ? Event::BgpOpenWithDelayOpenTimer : Event::BgpOpen, kOpen);
                       if (agreed) {
                           what.negotiated = std::make_shared<const Negotiated>(std::move(*agreed));
                           return;
                       }
                       what.event = Event::BgpOpenMessageError;
                       what.notification = std::move(agreed.error().notification);
                       what.end.cause = Cause::OpenRefused;
                       what.end.detail = std::move(agreed.error().why);
                   },
                   [&](const input::MessageError& error) {
                       what.notification = error.notification;
                       message(eventOf(error.notification),
                               typeOf(eventOf(error.notification), error.notification.code));
                       if (what.event == Event::BgpOpenMessageError) what.end.cause = Cause::OpenRefused;
                   },
                   [&](const input::OpenCollisionDump&) {
                       what.event = Event::OpenCollisionDump;
                       what.notification = {ErrorCode::Cease, subcode::kConnectionCollisionResolution, {}};
                       what.end.cause = Cause::Collision;
                   },
                   [&](const input::NotificationReceived& received) {
                       message(isVersionError(received.notification) ? Event::NotificationVersionError
                                                                     : Event::NotificationReceived,
                               kNotification);
                       what.notification = received.notification;
                       what.end.cause = Cause::NotificationReceived;
                   },
                   [&](const input::KeepaliveReceived&) { message(Event::KeepaliveReceived, kKeepalive); },
                   [&](const input::UpdateReceived&) { message(Event::UpdateReceived, kUpdate); },
                   [&](const input::RouteRefreshReceived&) { message(Event::None, kRouteRefresh); },
                   [](const auto&) {}},
        input);
    what.end.event = what.event;
    return what;
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

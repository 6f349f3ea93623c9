#include <algorithm>
#include <utility>

#include "protocols/bgp/session.hpp"

/// What the machine does on its way from state to state.
namespace peerscape::bgp {
namespace {

/// RFC 8538 section 3, as FRR chooses: these end the session for good, routes and all.
bool isHard(const NotificationMessage& notification, bool isHardReset) {
    if (notification.code != ErrorCode::Cease) return false;
    switch (notification.subcode) {
        case subcode::kMaximumPrefixes:
        case subcode::kAdministrativeShutdown:
        case subcode::kPeerDeconfigured:
        case subcode::kHardReset:
            return true;
        case subcode::kAdministrativeReset:
            return isHardReset;
        default:
            return false;
    }
}

}  // namespace

/// Opens a connection, or waits for the peer's where none can or may be opened.
void Session::connect(Turn& turn, Machine& machine) {
    machine.stream = StreamId::none();
    machine.isUp = false;
    machine.isAccepted = false;
    machine.state = State::Active;
    machine.connectRetry = SimTime::never();
    // A passive session never connects: ConnectRetryTimer, which RFC 4271 starts here, stays off as in FRR.
    if (settings_->isPassive) return;
    restartConnectRetry(turn.now, machine);
    if (!isReachable_) {
        SessionEnd end;
        end.when = turn.now;
        end.cause = SessionEnd::Cause::NoRoute;
        end.detail = whyUnreachable_;
        return recordEnd(turn, machine, std::move(end));
    }
    machine.state = State::Connect;
    machine.stream = turn.out.newStream();
    turn.out.add(effect::OpenTcp{machine.stream});
}

void Session::connectionIsUp(Turn& turn, Machine& machine) {
    machine.isUp = true;
    machine.connectRetry = SimTime::never();
    if (settings_->delayOpen == 0) return sendOpen(turn, machine);
    machine.delayOpen = turn.now + Duration::seconds(settings_->delayOpen);
}

void Session::sendOpen(Turn& turn, Machine& machine) {
    machine.connectRetry = SimTime::never();
    machine.delayOpen = SimTime::never();
    OpenMessage open = openFor(*settings_);
    if (open.capabilities.gracefulRestart) open.capabilities.gracefulRestart->hasRestarted = isRestarting_;
    send(turn, machine, std::move(open));
    machine.hold = turn.now + settings_->openWait;
    machine.state = State::OpenSent;
}

void Session::sendKeepalive(Turn& turn, Machine& machine) {
    send(turn, machine, KeepaliveMessage{});
    restartKeepalive(turn.now, machine);
}

void Session::send(Turn& turn, const Machine& machine, BgpMessage message) {
    if (std::holds_alternative<OpenMessage>(message)) ++counts_.sent.opens;
    if (std::holds_alternative<KeepaliveMessage>(message)) ++counts_.sent.keepalives;
    if (std::holds_alternative<NotificationMessage>(message)) ++counts_.sent.notifications;
    lastSent_ = turn.now;
    turn.out.add(effect::SendMessage{machine.stream, std::move(message)});
}

void Session::close(Turn& turn, Machine& machine, bool reset) {
    if (machine.stream.isSome()) turn.out.add(effect::CloseTcp{machine.stream, reset});
    machine.stream = StreamId::none();
    machine.isUp = false;
}

void Session::establish(Turn& turn, Machine& machine) {
    machine.state = State::Established;
    restartHold(turn.now, machine);
    nextIdleHold_ = settings_->idleHold;
    lastEstablished_ = turn.now;
    ++counts_.connectionsEstablished;
    turn.out.add(effect::SessionEstablished{machine.stream, machine.negotiated});
    // An attempt of ours that is still under way has nothing to win.
    Machine* other = &machine == &main_ ? (rival_ ? &*rival_ : nullptr) : &main_;
    if (other != nullptr && other->stream.isSome() && !other->isUp) close(turn, *other, true);
}

/// RFC 4271 section 6.8: both sides keep the connection that the one with the higher identifier opened; with
/// equal identifiers the higher AS counts (RFC 6286 section 2.3).
bool Session::survivesCollision(Turn& turn, Machine& machine, const Negotiated& negotiated) {
    if (!rival_) return true;
    Machine& other = &machine == &main_ ? *rival_ : main_;
    if (other.state < State::OpenSent) return true;
    const bool isOurs = std::pair(settings_->identifier.number(), settings_->localAs.value()) >
                        std::pair(negotiated.remoteIdentifier.number(), negotiated.remoteAs.value());
    bool survives = machine.isAccepted != isOurs;
    if (other.state == State::Established &&
        (!settings_->detectsCollisionWhenEstablished || other.isAccepted == machine.isAccepted))
        survives = false;
    dump(turn, survives ? other : machine);
    return survives;
}

/// Closes a connection that another one replaces.
void Session::dump(Turn& turn, Machine& machine) {
    const NotificationMessage cease{ErrorCode::Cease, subcode::kConnectionCollisionResolution, {}};
    SessionEnd end;
    end.when = turn.now;
    end.cause = SessionEnd::Cause::Collision;
    end.event = Event::OpenCollisionDump;
    fall(turn, machine, Fall::Quiet, std::move(end), machine.state >= State::OpenSent ? &cease : nullptr);
}

void Session::waitInActive(Turn& turn, Machine& machine, SessionEnd end) {
    recordEnd(turn, machine, std::move(end));
    machine = Machine{};
    machine.state = State::Active;
    if (!settings_->isPassive) restartConnectRetry(turn.now, machine);
}

void Session::fallWith(Turn& turn, Machine& machine, Fall kind, const Occurrence& what) {
    SessionEnd end = what.end;
    if (end.cause == SessionEnd::Cause::NotificationReceived) end.notification = what.notification;
    fall(turn, machine, kind, std::move(end));
}

void Session::fall(Turn& turn, Machine& machine, Fall kind, SessionEnd end, const NotificationMessage* sent) {
    const bool wasEstablished = machine.state == State::Established;
    end.state = machine.state;
    if (sent != nullptr) {
        end.notification = *sent;
        if (machine.isUp) send(turn, machine, asSent(machine, *sent));
    }
    const bool keepsRoutes = wasEstablished && mayKeepRoutes(machine, end);
    close(turn, machine);
    recordEnd(turn, machine, std::move(end));
    if (wasEstablished) {
        ++counts_.connectionsDropped;
        lastEstablished_ = turn.now;
        lastReset_ = lastEnd_;
        turn.out.add(effect::SessionEnded{lastEnd_, keepsRoutes});
    }
    machine = Machine{};
    if (&machine != &main_) return;
    if (kind == Fall::Manual) connectRetryCounter_ = 0;
    if (kind == Fall::Counted) ++connectRetryCounter_;
    if (kind != Fall::Manual && isStarted_ && settings_->dampsOscillations)
        holdIdle(turn.now, kind == Fall::Counted);
}

/// RFC 4271 leaves the method to us; this is FRR's: a second, twice as long after each failure up to two
/// minutes.
void Session::holdIdle(SimTime now, bool doubles) {
    idleHold_ = now + jittered(nextIdleHold_);
    if (doubles) nextIdleHold_ = std::min(nextIdleHold_ * 2, settings_->longestIdleHold);
}

void Session::recordEnd(Turn& turn, const Machine& machine, SessionEnd end) {
    end.when = turn.now;
    if (end.state == State::Idle) end.state = machine.state;
    if (end.event == Event::None) end.event = turn.event;
    // Who signs with another password, or with none, is not answered at all (RFC 2385 section 3.0).
    const bool isUnanswered = end.cause == SessionEnd::Cause::TcpFailed &&
                              end.stream == StreamEnd::TimedOut && end.state < State::OpenSent;
    if (isUnanswered && !settings_->password.empty() && end.detail.empty())
        end.detail = "its password may differ, or it may have none";
    lastEnd_ = std::make_shared<const SessionEnd>(std::move(end));
}

/// RFC 4724 section 4.2 and RFC 8538 section 4.
bool Session::mayKeepRoutes(const Machine& machine, const SessionEnd& end) const {
    if (!machine.negotiated->isGraceful()) return false;
    switch (end.cause) {
        case SessionEnd::Cause::TcpFailed:
        case SessionEnd::Cause::Unreachable:
        case SessionEnd::Cause::Superseded:
            return true;
        case SessionEnd::Cause::Stopped:
        case SessionEnd::Cause::NotificationSent:
        case SessionEnd::Cause::NotificationReceived:
            return machine.negotiated->hasGracefulNotification && end.notification &&
                   !isHard(*end.notification, end.cause != SessionEnd::Cause::NotificationReceived &&
                                                  settings_->hardResetsOnAdministrativeReset);
        default:
            return false;
    }
}

/// A NOTIFICATION that ends the session for good says so to a peer that would keep our routes (RFC 8538
/// section 3).
NotificationMessage Session::asSent(const Machine& machine, const NotificationMessage& notification) const {
    const bool wraps = machine.state == State::Established && machine.negotiated->hasGracefulNotification &&
                       isHard(notification, settings_->hardResetsOnAdministrativeReset) &&
                       notification.subcode != subcode::kHardReset;
    return wraps ? notification.hardReset() : notification;
}

void Session::restartHold(SimTime now, Machine& machine) const {
    const std::uint16_t time = machine.negotiated->holdTime;
    machine.hold = time == 0 ? SimTime::never() : now + Duration::seconds(time);
}

void Session::restartKeepalive(SimTime now, Machine& machine) {
    if (!machine.negotiated) return;
    const std::uint16_t time = machine.negotiated->keepalive;
    machine.keepalive = time == 0 ? SimTime::never() : now + jittered(Duration::seconds(time));
}

void Session::restartConnectRetry(SimTime now, Machine& machine) {
    machine.connectRetry = now + jittered(Duration::seconds(settings_->connectRetry));
}

/// RFC 4271 section 10.
Duration Session::jittered(Duration duration) {
    return settings_->jittersTimers ? random_.between(duration * 3 / 4, duration) : duration;
}

}  // namespace peerscape::bgp

#include <utility>

#include "protocols/bgp/session.hpp"

/// The machine of RFC 4271 section 8.2.2. Where a line differs from the RFC's text, it says so.
namespace peerscape::bgp {

void Session::process(Turn& turn, Machine& machine, const Occurrence& what) {
    turn.event = what.event;
    switch (machine.state) {
        case State::Idle:
            return processIdle(turn, machine, what);
        case State::Connect:
            return processConnect(turn, machine, what);
        case State::Active:
            return processActive(turn, machine, what);
        case State::OpenSent:
            return processOpenSent(turn, machine, what);
        case State::OpenConfirm:
            return processOpenConfirm(turn, machine, what);
        case State::Established:
            return processEstablished(turn, machine, what);
    }
}

void Session::processIdle(Turn& turn, Machine& machine, const Occurrence& what) {
    // Start events are in start(). Everything else changes nothing here.
    if (what.event == Event::IdleHoldTimerExpires && isStarted_ && mayStart()) connect(turn, machine);
}

void Session::processConnect(Turn& turn, Machine& machine, const Occurrence& what) {
    switch (what.event) {
        case Event::ManualStop:
            return fallWith(turn, machine, Fall::Manual, what);
        case Event::ConnectRetryTimerExpires: {
            if (!machine.isUp) {
                SessionEnd end = what.end;
                end.cause = SessionEnd::Cause::TcpFailed;
                end.stream = StreamEnd::TimedOut;
                recordEnd(turn, machine, std::move(end));
            }
            close(turn, machine, true);
            machine.delayOpen = SimTime::never();
            return connect(turn, machine);
        }
        case Event::TcpConnectionFails:
            if (machine.isUp || settings_->waitsInActive) return waitInActive(turn, machine, what.end);
            machine.stream = StreamId::none();
            return fall(turn, machine, Fall::Quiet, what.end);
        default:
            return processBeforeOpen(turn, machine, what);
    }
}

void Session::processActive(Turn& turn, Machine& machine, const Occurrence& what) {
    switch (what.event) {
        case Event::ManualStop: {
            const bool notifies = !machine.delayOpen.isNever() && settings_->notifiesWithoutOpen;
            return fall(turn, machine, Fall::Manual, what.end, notifies ? &what.notification : nullptr);
        }
        case Event::ConnectRetryTimerExpires:
            return connect(turn, machine);
        case Event::TcpConnectionFails:
            // RFC 4271 restarts ConnectRetryTimer and goes to Idle, where its end is ignored: it is left off.
            machine.stream = StreamId::none();
            return fall(turn, machine, Fall::Counted, what.end);
        default:
            return processBeforeOpen(turn, machine, what);
    }
}

/// What Connect and Active have in common.
void Session::processBeforeOpen(Turn& turn, Machine& machine, const Occurrence& what) {
    const bool isDelaying = !machine.delayOpen.isNever();
    switch (what.event) {
        case Event::TcpConnectionValid:
        case Event::TcpRequestInvalid:
            return;
        case Event::TcpRequestAcked:
        case Event::TcpConnectionConfirmed:
            return connectionIsUp(turn, machine);
        case Event::DelayOpenTimerExpires:
            return sendOpen(turn, machine);
        case Event::BgpOpenWithDelayOpenTimer:
            sendOpen(turn, machine);
            return takeOpen(turn, machine, what);
        case Event::BgpHeaderError:
        case Event::BgpOpenMessageError:
            return fall(turn, machine, Fall::Counted, what.end,
                        settings_->notifiesWithoutOpen ? &what.notification : nullptr);
        case Event::NotificationVersionError:
            return fallWith(turn, machine, isDelaying ? Fall::Quiet : Fall::Counted, what);
        default:
            return fallWith(turn, machine, Fall::Counted, what);
    }
}

void Session::processOpenSent(Turn& turn, Machine& machine, const Occurrence& what) {
    switch (what.event) {
        case Event::ManualStop:
            return fall(turn, machine, Fall::Manual, what.end, &what.notification);
        case Event::AutomaticStop:
        case Event::HoldTimerExpires:
        case Event::BgpHeaderError:
        case Event::BgpOpenMessageError:
            return fall(turn, machine, Fall::Counted, what.end, &what.notification);
        case Event::OpenCollisionDump:
            return fall(turn, machine, rival_ ? Fall::Quiet : Fall::Counted, what.end, &what.notification);
        case Event::TcpConnectionValid:
        case Event::TcpRequestInvalid:
        case Event::TcpRequestAcked:
        case Event::TcpConnectionConfirmed:
            return;  // a second connection has a machine of its own
        case Event::TcpConnectionFails:
            return waitInActive(turn, machine, what.end);
        case Event::BgpOpen:
            return takeOpen(turn, machine, what);
        case Event::NotificationVersionError:
            return fallWith(turn, machine, Fall::Quiet, what);
        case Event::NotificationReceived:
            // By the RFC's list this is answered with a NOTIFICATION; no router does, and none would read it.
            return fallWith(turn, machine, Fall::Counted, what);
        default:
            return processWrongMessage(turn, machine, what);
    }
}

/// The way from OPEN to OpenConfirm, unless the OPEN shows that this connection is one too many.
void Session::takeOpen(Turn& turn, Machine& machine, const Occurrence& what) {
    if (!survivesCollision(turn, machine, *what.negotiated)) return;
    machine.negotiated = what.negotiated;
    machine.state = State::OpenConfirm;
    sendKeepalive(turn, machine);
    restartHold(turn.now, machine);
}

void Session::processOpenConfirm(Turn& turn, Machine& machine, const Occurrence& what) {
    switch (what.event) {
        case Event::ManualStop:
            return fall(turn, machine, Fall::Manual, what.end, &what.notification);
        case Event::AutomaticStop:
        case Event::HoldTimerExpires:
        case Event::BgpHeaderError:
        case Event::BgpOpenMessageError:
            return fall(turn, machine, Fall::Counted, what.end, &what.notification);
        case Event::OpenCollisionDump:
            return fall(turn, machine, rival_ ? Fall::Quiet : Fall::Counted, what.end, &what.notification);
        case Event::KeepaliveTimerExpires:
            return sendKeepalive(turn, machine);
        case Event::TcpConnectionValid:
        case Event::TcpRequestInvalid:
        case Event::TcpRequestAcked:
        case Event::TcpConnectionConfirmed:
            return;
        case Event::TcpConnectionFails:
            machine.stream = StreamId::none();
            return fall(turn, machine, Fall::Counted, what.end);
        case Event::NotificationReceived:
            return fallWith(turn, machine, Fall::Counted, what);
        case Event::NotificationVersionError:
            return fallWith(turn, machine, Fall::Quiet, what);
        case Event::KeepaliveReceived:
            return establish(turn, machine);
        default:
            // An OPEN too: the RFC has it checked for a collision, which is done when the first one comes.
            return processWrongMessage(turn, machine, what);
    }
}

void Session::processEstablished(Turn& turn, Machine& machine, const Occurrence& what) {
    switch (what.event) {
        case Event::ManualStop:
            return fall(turn, machine, Fall::Manual, what.end, &what.notification);
        case Event::AutomaticStop:
        case Event::HoldTimerExpires:
        case Event::OpenCollisionDump:
        case Event::UpdateMessageError:
        // The RFC's list has an FSM error for a bad header; section 6.1, and every router, names the error.
        case Event::BgpHeaderError:
            return fall(turn, machine, Fall::Counted, what.end, &what.notification);
        case Event::KeepaliveTimerExpires:
            return sendKeepalive(turn, machine);
        case Event::TcpConnectionValid:
        case Event::TcpRequestInvalid:
        case Event::TcpRequestAcked:
        case Event::TcpConnectionConfirmed:
            return;
        case Event::TcpConnectionFails:
            machine.stream = StreamId::none();
            return fall(turn, machine, Fall::Counted, what.end);
        case Event::NotificationVersionError:
        case Event::NotificationReceived:
            return fallWith(turn, machine, Fall::Counted, what);
        case Event::KeepaliveReceived:
            return restartHold(turn.now, machine);
        case Event::UpdateReceived:
            restartHold(turn.now, machine);
            return turn.out.add(effect::DeliverUpdate{});
        case Event::None:
            // RFC 2918 section 4: only a peer that was told so may ask.
            if (machine.negotiated->hasRouteRefresh) turn.out.add(effect::DeliverRouteRefresh{});
            return;
        default:
            return processWrongMessage(turn, machine, what);
    }
}

/// Finite State Machine Error, with the message's type as data (RFC 6608 section 4).
void Session::processWrongMessage(Turn& turn, Machine& machine, const Occurrence& what) {
    NotificationMessage error{ErrorCode::FiniteStateMachine, 0, {}};
    if (what.messageType != 0) {
        error.subcode = machine.state == State::OpenSent      ? subcode::kUnexpectedInOpenSent
                        : machine.state == State::OpenConfirm ? subcode::kUnexpectedInOpenConfirm
                                                              : subcode::kUnexpectedInEstablished;
        error.data = {what.messageType};
    }
    SessionEnd end = what.end;
    end.cause = SessionEnd::Cause::NotificationSent;
    fall(turn, machine, Fall::Counted, std::move(end), &error);
}

}  // namespace peerscape::bgp

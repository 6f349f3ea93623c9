#include "protocols/bgp/session.hpp"

#include <algorithm>
#include <utility>

#include "protocols/bgp/session_remarks.hpp"

namespace peerscape::bgp {

Session::Session(std::shared_ptr<const SessionSettings> settings, RandomStream random)
    : settings_(std::move(settings)), random_(random), nextIdleHold_(settings_->idleHold) {}

void Session::handle(SimTime now, const SessionInput& input, SessionOutbox& out) {
    Turn turn{now, out, state(), lastEnd_};
    take(turn, input);
    settle(turn);
}

void Session::wake(SimTime now, SessionOutbox& out) {
    // What comes first is handled first, and a lost connection's other timers are gone with it.
    while (nextDeadline() <= now) {
        Turn turn{now, out, state(), lastEnd_};
        const SimTime due = nextDeadline();
        if (idleHold_ == due) {
            expire(turn, main_, Timer::IdleHold);
        } else {
            Machine& machine = rival_ && rival_->nextDeadline() < main_.nextDeadline() ? *rival_ : main_;
            if (machine.hold == due)
                expire(turn, machine, Timer::Hold);
            else if (machine.delayOpen == due)
                expire(turn, machine, Timer::DelayOpen);
            else if (machine.connectRetry == due)
                expire(turn, machine, Timer::ConnectRetry);
            else
                expire(turn, machine, Timer::Keepalive);
        }
        settle(turn);
    }
}

void Session::expire(Turn& turn, Machine& machine, Timer timer) {
    switch (timer) {
        case Timer::IdleHold:
            idleHold_ = SimTime::never();
            break;
        case Timer::Hold:
            machine.hold = SimTime::never();
            break;
        case Timer::DelayOpen:
            machine.delayOpen = SimTime::never();
            break;
        case Timer::ConnectRetry:
            machine.connectRetry = SimTime::never();
            break;
        case Timer::Keepalive:
            machine.keepalive = SimTime::never();
            break;
    }
    process(turn, machine, occurrenceOf(turn, machine, input::TimerExpired{timer}));
}

SimTime Session::Machine::nextDeadline() const {
    return std::min({connectRetry, hold, keepalive, delayOpen});
}

SimTime Session::nextDeadline() const {
    const SimTime least = std::min(idleHold_, main_.nextDeadline());
    return rival_ ? std::min(least, rival_->nextDeadline()) : least;
}

std::optional<SimTime> Session::deadline(Timer timer) const {
    const SimTime at = [&] {
        switch (timer) {
            case Timer::ConnectRetry:
                return main_.connectRetry;
            case Timer::Hold:
                return main_.hold;
            case Timer::Keepalive:
                return main_.keepalive;
            case Timer::DelayOpen:
                return main_.delayOpen;
            case Timer::IdleHold:
                break;
        }
        return idleHold_;
    }();
    return at.isNever() ? std::nullopt : std::optional(at);
}

bool Session::owns(StreamId stream) const {
    if (!stream.isSome()) return false;
    return main_.stream == stream || (rival_ && rival_->stream == stream);
}

std::shared_ptr<const Negotiated> Session::negotiatedOn(StreamId stream) const {
    if (!owns(stream)) return nullptr;
    return main_.stream == stream ? main_.negotiated : rival_->negotiated;
}

/// The more advanced connection leads, and a machine without a connection makes room for one with.
void Session::settle(Turn& turn) {
    const auto rank = [](const Machine& machine) { return std::pair(machine.state, machine.isUp); };
    if (rival_ && !rival_->stream.isSome()) rival_.reset();
    if (rival_ && (!main_.stream.isSome() || rank(*rival_) > rank(main_))) {
        std::swap(main_, *rival_);
        rival_->connectRetry = SimTime::never();
        idleHold_ = SimTime::never();
        if (main_.state == State::Connect && !main_.isUp) restartConnectRetry(turn.now, main_);
        if (!rival_->stream.isSome()) rival_.reset();
    }
    const bool hasEnded = lastEnd_ != turn.endBefore;
    if (state() != turn.before) since_ = turn.now;
    if (state() == turn.before && !hasEnded) return;
    using Level = peerscape::Note::Level;
    const bool isSeen = turn.before == State::Established || state() == State::Established;
    const bool isProblem = hasEnded && lastEnd_->cause == SessionEnd::Cause::OpenRefused;
    turn.out.add(
        effect::Note{isProblem ? Level::Problem
                     : isSeen  ? Level::Event
                               : Level::Detail,
                     std::make_shared<const SessionRemark>(SessionRemark::Facts{
                         settings_->peer, turn.before, state(), turn.event, hasEnded ? lastEnd_ : nullptr})});
}

void Session::configure(SimTime now, std::shared_ptr<const SessionSettings> settings, SessionOutbox& out) {
    const std::shared_ptr<const SessionSettings> before = std::exchange(settings_, std::move(settings));
    if (before == settings_ || *before == *settings_) return;
    if (settings_->isShutdown) {
        if (!before->isShutdown) handle(now, input::ManualStop{settings_->shutdownWords}, out);
        return;
    }
    if (before->isShutdown) {
        handle(now, input::AutomaticStart{}, out);
        return;
    }
    const std::string why = SessionSettings::whatNeedsReset(*before, *settings_);
    if (why.empty()) return;
    const bool wasMeantToRun = isStarted_ || !before->hasFamilies();
    // The old settings may have been the reason of all failures: the back-off begins anew.
    nextIdleHold_ = settings_->idleHold;
    NotificationMessage cease{ErrorCode::Cease, subcode::kOtherConfigurationChange, {}};
    handle(now, input::AutomaticStop{std::move(cease), why, true}, out);
    nextIdleHold_ = settings_->idleHold;
    if (wasMeantToRun) handle(now, input::AutomaticStart{}, out);
}

void Session::updatesSent(SimTime now, std::uint64_t count) {
    counts_.sent.updates += count;
    lastSent_ = now;
    // With a hold time of 0 neither this timer nor the next ever runs.
    if (!main_.keepalive.isNever()) restartKeepalive(now, main_);
}

void Session::updateReceived(SimTime now) {
    ++counts_.received.updates;
    lastReceived_ = now;
    if (!main_.hold.isNever()) restartHold(now, main_);
}

void Session::routeRefreshSent(SimTime now) {
    ++counts_.sent.routeRefreshes;
    lastSent_ = now;
}

std::string SessionSettings::whatNeedsReset(const SessionSettings& before, const SessionSettings& after) {
    if (before.identifier != after.identifier) return "Router ID changed";
    if (before.localAs != after.localAs) return "Local AS change";
    if (!(before.remoteAs == after.remoteAs)) return "Remote AS changed";
    if (before.localAddress != after.localAddress) return "Update source change";
    if (before.capabilities.families != after.capabilities.families) return "Address family activated";
    if (!(before.capabilities == after.capabilities) || before.offersCapabilities != after.offersCapabilities)
        return "Capability changed";
    if (before.isPassive != after.isPassive) return "Passive config change";
    if (before.ttl != after.ttl || before.leastTtl != after.leastTtl) return "Multihop config change";
    if (before.password != after.password) return "Password config change";
    if (before.port != after.port || before.peer != after.peer) return "Neighbor address lost";
    // Timers of OPEN (holdTime, keepalive), as in FRR, count from the next session on; so do strictness and
    // overriding, since they are only looked at when an OPEN comes.
    return {};
}

}  // namespace peerscape::bgp

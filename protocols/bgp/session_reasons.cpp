#include <string>
#include <string_view>

#include <fmt/format.h>

#include "engine/base/ip_address.hpp"
#include "protocols/bgp/session.hpp"

/// Why a session is not Established, in sentences.
namespace peerscape::bgp {
namespace {

/// "Bad Peer AS" of "OPEN Message Error/Bad Peer AS".
std::string detailOf(const NotificationMessage& notification) {
    const std::string text = notification.text();
    const std::size_t slash = text.find('/');
    return slash == std::string::npos ? text : text.substr(slash + 1);
}

std::string withWords(std::string_view sentence, const std::string& words) {
    return words.empty() ? std::string(sentence) : fmt::format("{}: {}", sentence, words);
}

std::string tcpFailure(const SessionEnd& end) {
    const bool wasOpen = end.state >= State::OpenSent;
    switch (end.stream) {
        case StreamEnd::Refused:
            return "connection refused: nobody listens there";
        case StreamEnd::NoRoute:
            return "no route to the peer";
        case StreamEnd::Unreachable:
            return end.detail.empty() ? "the peer is unreachable" : end.detail;
        case StreamEnd::TimedOut:
            return withWords(wasOpen ? "connection lost: the peer does not acknowledge any more"
                                     : "connecting failed: the peer does not answer",
                             end.detail);
        case StreamEnd::LocalAddressGone:
            return "the address that the connection used is gone from this router";
        case StreamEnd::ClosedByPeer:
        case StreamEnd::ResetByPeer:
            break;
    }
    const std::string_view how = end.stream == StreamEnd::ClosedByPeer ? "closed" : "reset";
    if (end.state == State::Established) return fmt::format("the peer {} the connection", how);
    return fmt::format(
        "the peer accepted the connection and {} it without {}: probably it is not configured "
        "on the other side",
        how, end.state == State::OpenConfirm ? "a KEEPALIVE" : "an OPEN");
}

std::string received(const NotificationMessage& outer) {
    const NotificationMessage notification = outer.insideHardReset().value_or(outer);
    if (notification.code == ErrorCode::OpenMessage)
        return fmt::format("the peer refused our OPEN: {}", detailOf(notification));
    if (notification.code == ErrorCode::HoldTimerExpired)
        return "the peer's hold time expired: it heard nothing from us";
    if (notification.code != ErrorCode::Cease)
        return fmt::format("the peer ended the session: {}", notification.text());
    switch (notification.subcode) {
        case subcode::kAdministrativeShutdown:
            return withWords("the peer was shut down by its administrator", notification.shutdownText());
        case subcode::kAdministrativeReset:
            return withWords("the peer was reset by its administrator", notification.shutdownText());
        case subcode::kConnectionRejected:
            return "the peer rejected the connection: it is not configured on the other side";
        case subcode::kPeerDeconfigured:
            return "the peer has removed this session from its configuration";
        case subcode::kMaximumPrefixes:
            return "the peer got more prefixes from us than it allows";
        case subcode::kConnectionCollisionResolution:
            return "the peer kept another connection";
        default:
            return fmt::format("the peer ended the session: {}", detailOf(notification));
    }
}

std::string sent(const SessionEnd& end) {
    if (!end.notification) return "the session ended after an unexpected event";
    if (end.notification->code == ErrorCode::HoldTimerExpired)
        return end.state == State::OpenSent
                   ? fmt::format("no OPEN from the peer for {} s", end.holdTime)
                   : fmt::format("hold time expired: nothing heard for {} s", end.holdTime);
    return fmt::format("an error of the peer ended the session: {}", end.notification->text());
}

std::string stopped(const SessionEnd& end) {
    if (end.isManual) return withWords("shut down by its administrator", end.detail);
    if (!end.notification) return end.detail.empty() ? "stopped" : end.detail;
    const std::string detail = detailOf(*end.notification);
    return end.detail.empty() ? detail : fmt::format("{} ({})", end.detail, detail);
}

/// Whole seconds, rounded up: nobody waits 0 s.
std::int64_t secondsUntil(SimTime at, SimTime now) {
    return (at - now + Duration::nanoseconds(999'999'999)) / Duration::seconds(1);
}

}  // namespace

std::string_view name(State state) {
    switch (state) {
        case State::Idle:
            return "Idle";
        case State::Connect:
            return "Connect";
        case State::Active:
            return "Active";
        case State::OpenSent:
            return "OpenSent";
        case State::OpenConfirm:
            return "OpenConfirm";
        case State::Established:
            return "Established";
    }
    return "?";
}

std::string SessionEnd::text() const {
    switch (cause) {
        case Cause::None:
            return "";
        case Cause::NoRoute:
            return detail.empty() ? "no route to the peer" : detail;
        case Cause::TcpFailed:
            return tcpFailure(*this);
        case Cause::TtlTooLow:
            return fmt::format(
                "a connection was refused: it came with TTL {}, from further away than allowed", detail);
        case Cause::OpenRefused:
            return withWords("OPEN refused", !detail.empty() ? detail
                                             : notification  ? detailOf(*notification)
                                                             : std::string());
        case Cause::NotificationSent:
            return sent(*this);
        case Cause::NotificationReceived:
            return notification ? received(*notification) : "";
        case Cause::Stopped:
            return stopped(*this);
        case Cause::Collision:
            return "both sides had connected; the other connection is kept";
        case Cause::Superseded:
            return "the peer has restarted: it opened a new connection";
        case Cause::Unreachable:
            return detail.empty() ? "the peer's address was lost" : detail;
    }
    return "";
}

std::string SessionEnd::lastResetDueTo() const {
    switch (cause) {
        case Cause::None:
            return "";
        case Cause::NoRoute:
            return "Waiting for NHT";
        case Cause::TcpFailed:
            return state < State::OpenConfirm ? "Waiting for peer OPEN" : "Peer closed the session";
        case Cause::NotificationReceived:
            return "BGP Notification received";
        case Cause::Stopped:
            if (isManual) return "Admin. shutdown";
            if (!detail.empty()) return detail;
            if (notification && notification->code == ErrorCode::Cease &&
                notification->subcode == subcode::kAdministrativeReset)
                return "User reset";
            return "BGP Notification send";
        case Cause::TtlTooLow:
        case Cause::OpenRefused:
        case Cause::NotificationSent:
        case Cause::Collision:
            return "BGP Notification send";
        case Cause::Superseded:
            return "NSF peer closed the session";
        case Cause::Unreachable:
            return "Interface down";
    }
    return "";
}

std::string Session::reason(SimTime now) const {
    if (isEstablished()) return "established";
    if (settings_->isShutdown) return withWords("shut down by its administrator", settings_->shutdownWords);
    if (!settings_->hasFamilies()) return "no address family is activated";
    const auto after = [&](const std::string& phase) {
        const std::string why = lastEnd_ ? lastEnd_->text() : "";
        return why.empty() ? phase : fmt::format("{}; {}", why, phase);
    };
    switch (state()) {
        case State::Idle:
            if (idleHold_.isNever()) return lastEnd_ ? lastEnd_->text() : "not started";
            return after(fmt::format("waits {} s before the next attempt", secondsUntil(idleHold_, now)));
        case State::Connect:
            if (main_.isUp)
                return after(
                    fmt::format("connected; waits {} s more for the peer's OPEN before it sends its own",
                                secondsUntil(main_.delayOpen, now)));
            return after("connecting, no answer yet");
        case State::Active:
            if (main_.stream.isSome())
                return after(
                    fmt::format("connected; waits {} s more for the peer's OPEN before it sends its own",
                                secondsUntil(main_.delayOpen, now)));
            if (main_.connectRetry.isNever()) return after("waits for the peer to connect");
            return after(fmt::format("connects again in {} s, or the peer does",
                                     secondsUntil(main_.connectRetry, now)));
        case State::OpenSent:
            return after("connected; waits for the peer's OPEN");
        case State::OpenConfirm:
            return after("connected; waits for the peer's first KEEPALIVE");
        case State::Established:
            break;
    }
    return "established";
}

}  // namespace peerscape::bgp

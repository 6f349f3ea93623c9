#include "protocols/bgp/session_remarks.hpp"

#include <fmt/format.h>

#include "engine/base/hash.hpp"

namespace peerscape::bgp {

std::string_view name(Event event) {
    switch (event) {
        case Event::None:
            return "none";
        case Event::ManualStart:
            return "ManualStart";
        case Event::ManualStop:
            return "ManualStop";
        case Event::AutomaticStart:
            return "AutomaticStart";
        case Event::ManualStartPassive:
            return "ManualStart_with_PassiveTcpEstablishment";
        case Event::AutomaticStartPassive:
            return "AutomaticStart_with_PassiveTcpEstablishment";
        case Event::AutomaticStartDamped:
            return "AutomaticStart_with_DampPeerOscillations";
        case Event::AutomaticStartDampedPassive:
            return "AutomaticStart_with_DampPeerOscillations_and_PassiveTcpEstablishment";
        case Event::AutomaticStop:
            return "AutomaticStop";
        case Event::ConnectRetryTimerExpires:
            return "ConnectRetryTimer_Expires";
        case Event::HoldTimerExpires:
            return "HoldTimer_Expires";
        case Event::KeepaliveTimerExpires:
            return "KeepaliveTimer_Expires";
        case Event::DelayOpenTimerExpires:
            return "DelayOpenTimer_Expires";
        case Event::IdleHoldTimerExpires:
            return "IdleHoldTimer_Expires";
        case Event::TcpConnectionValid:
            return "TcpConnection_Valid";
        case Event::TcpRequestInvalid:
            return "Tcp_CR_Invalid";
        case Event::TcpRequestAcked:
            return "Tcp_CR_Acked";
        case Event::TcpConnectionConfirmed:
            return "TcpConnectionConfirmed";
        case Event::TcpConnectionFails:
            return "TcpConnectionFails";
        case Event::BgpOpen:
            return "BGPOpen";
        case Event::BgpOpenWithDelayOpenTimer:
            return "BGPOpen with DelayOpenTimer running";
        case Event::BgpHeaderError:
            return "BGPHeaderErr";
        case Event::BgpOpenMessageError:
            return "BGPOpenMsgErr";
        case Event::OpenCollisionDump:
            return "OpenCollisionDump";
        case Event::NotificationVersionError:
            return "NotifMsgVerErr";
        case Event::NotificationReceived:
            return "NotifMsg";
        case Event::KeepaliveReceived:
            return "KeepAliveMsg";
        case Event::UpdateReceived:
            return "UpdateMsg";
        case Event::UpdateMessageError:
            return "UpdateMsgErr";
    }
    return "?";
}

std::string SessionRemark::text() const {
    const std::string who = fmt::format("session with {}", toString(facts_.peer));
    const std::string why = facts_.end ? ": " + facts_.end->text() : std::string();
    const std::string event = facts_.event == Event::None ? "" : fmt::format(" ({})", name(facts_.event));
    if (facts_.from == facts_.to) return fmt::format("{} stays {}{}{}", who, name(facts_.to), event, why);
    if (facts_.to == State::Established) return fmt::format("{} is established", who);
    if (facts_.from == State::Established)
        return fmt::format("{} is down, {}{}{}", who, name(facts_.to), event, why);
    return fmt::format("{} goes from {} to {}{}{}", who, name(facts_.from), name(facts_.to), event, why);
}

void SessionRemark::addTo(StableHash& hash) const {
    hash.add(facts_.peer.hash())
        .add(std::uint64_t{static_cast<std::uint8_t>(facts_.from)} << 16 |
             std::uint64_t{static_cast<std::uint8_t>(facts_.to)} << 8 |
             static_cast<std::uint8_t>(facts_.event));
    hash.add(facts_.end != nullptr);
    if (!facts_.end) return;
    const SessionEnd& end = *facts_.end;
    hash.add(static_cast<std::uint64_t>(end.cause))
        .add(static_cast<std::uint64_t>(end.stream))
        .add(end.detail)
        .add(end.notification.has_value());
    if (!end.notification) return;
    hash.add(std::uint64_t{static_cast<std::uint8_t>(end.notification->code)} << 8 |
             end.notification->subcode);
    for (const std::uint8_t byte : end.notification->data)
        hash.add(byte);
}

}  // namespace peerscape::bgp

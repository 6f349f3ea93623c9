#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "engine/base/random.hpp"
#include "protocols/bgp/session.hpp"

namespace peerscape::bgp {

/// AS 65001 with identifier 1.1.1.1 that expects AS 65002 at 10.0.0.2; nothing is left to chance.
inline SessionSettings plainSettings() {
    SessionSettings settings;
    settings.peer = IpAddress::v4(0x0a000002);
    settings.localAs = Asn::number(65001);
    settings.remoteAs = {RemoteAs::Kind::Number, Asn::number(65002)};
    settings.identifier = RouterId(0x01010101);
    settings.capabilities.families = {Family::IPv4};
    settings.capabilities.hasRouteRefresh = true;
    settings.capabilities.fourOctetAs = settings.localAs;
    settings.jittersTimers = false;
    return settings;
}

/// The other side of plainSettings().
inline SessionSettings peerSettings() {
    SessionSettings settings = plainSettings();
    settings.peer = IpAddress::v4(0x0a000001);
    settings.localAs = Asn::number(65002);
    settings.remoteAs = {RemoteAs::Kind::Number, Asn::number(65001)};
    settings.identifier = RouterId(0x02020202);
    settings.capabilities.fourOctetAs = settings.localAs;
    return settings;
}

/// Graceful restart of IPv4, with the N bit or without.
inline GracefulRestartCapability graceful(bool signalsNotification = false) {
    return {false, signalsNotification, 120, {{Family::IPv4, true}}};
}

/// "connect, OPEN, NOTIFICATION 6/2, close, up, down": streams that are not `stream` are marked with
/// "@other".
inline std::string said(const SessionEffect& one, StreamId stream) {
    const auto at = [&](StreamId where) { return where == stream ? "" : "@other"; };
    if (const auto* closed = std::get_if<effect::CloseTcp>(&one))
        return fmt::format("close{}", at(closed->stream));
    if (std::holds_alternative<effect::OpenTcp>(one)) return "connect";
    if (std::holds_alternative<effect::SessionEstablished>(one)) return "up";
    if (const auto* ended = std::get_if<effect::SessionEnded>(&one))
        return ended->mayKeepRoutes ? "down, routes stay" : "down";
    if (std::holds_alternative<effect::DeliverUpdate>(one)) return "update";
    if (std::holds_alternative<effect::DeliverRouteRefresh>(one)) return "refresh";
    const auto* sent = std::get_if<effect::SendMessage>(&one);
    if (sent == nullptr) return "";
    std::string what = "?";
    if (std::holds_alternative<OpenMessage>(sent->message)) what = "OPEN";
    if (std::holds_alternative<KeepaliveMessage>(sent->message)) what = "KEEPALIVE";
    if (const auto* error = std::get_if<NotificationMessage>(&sent->message))
        what = fmt::format("NOTIFICATION {}/{}", static_cast<int>(error->code), error->subcode);
    return what + at(sent->stream);
}

/// A session by itself, with a hand on its clock and on its peer's mouth.
class Lone {
  public:
    explicit Lone(const SessionSettings& settings = plainSettings())
        : session(std::make_shared<const SessionSettings>(settings), RandomStream(1, "lone", "session")) {}

    Lone(const Lone& other)
        : now(other.now), nextStream(other.nextStream), session(other.session), notes(other.notes) {}
    Lone& operator=(const Lone&) = delete;

    /// What it did then, in order.
    std::string handle(const SessionInput& input) {
        return noting([&] { session.handle(now, input, out); });
    }
    std::string wait(Duration duration) {
        return noting([&] {
            const SimTime end = now + duration;
            while (session.nextDeadline() <= end) {
                now = session.nextDeadline();
                session.wake(now, out);
            }
            now = end;
        });
    }
    std::string configure(const SessionSettings& settings) {
        return noting(
            [&] { session.configure(now, std::make_shared<const SessionSettings>(settings), out); });
    }

    /// The peer's OPEN, as peerSettings() makes it.
    static OpenMessage open() { return openFor(peerSettings()); }
    StreamId stream() const { return session.stream(); }
    std::string connected() { return handle(input::TcpRequestAcked{stream()}); }
    std::string accepted(std::uint32_t number = 1000, std::uint8_t ttl = 255) {
        return handle(input::TcpConnectionConfirmed{StreamId(number), ttl});
    }
    std::string failed(StreamEnd why, std::string detail = {}) {
        return handle(input::TcpConnectionFails{stream(), why, std::move(detail)});
    }
    std::string opened(const OpenMessage& message = open()) {
        return handle(input::OpenReceived{stream(), message});
    }
    std::string keptAlive() { return handle(input::KeepaliveReceived{stream()}); }
    std::string notified(const NotificationMessage& message) {
        return handle(input::NotificationReceived{stream(), message});
    }
    /// From Idle to Established over a connection of its own.
    void establish(const OpenMessage& message = open()) {
        handle(input::ManualStart{});
        connected();
        opened(message);
        keptAlive();
    }
    std::string reason() const { return session.reason(now); }

    SimTime now = SimTime::start();
    std::uint32_t nextStream = 1;
    SessionOutbox out{nextStream};
    Session session;
    std::vector<std::string> notes;

  private:
    template <typename Action>
    std::string noting(Action action) {
        const StreamId before = session.stream();
        action();
        const StreamId reference = before.isSome() ? before : session.stream();
        std::string text;
        for (const SessionEffect& one : out.effects()) {
            if (const auto* note = std::get_if<effect::Note>(&one)) notes.push_back(note->remark->text());
            const std::string word = said(one, reference);
            if (!word.empty()) text += (text.empty() ? "" : ", ") + word;
        }
        out.clear();
        return text;
    }
};

}  // namespace peerscape::bgp

// Between TCP and the sessions: bytes become messages, and what a session wants becomes effects.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "engine/base/overloaded.hpp"
#include "protocols/bgp/message_payload.hpp"
#include "protocols/bgp/process.hpp"
#include "protocols/bgp/update_payload.hpp"

namespace peerscape::bgp {
namespace {

PeerKind kindOf(PeerSort sort) {
    switch (sort) {
        case PeerSort::Local:
        case PeerSort::Internal:
            return PeerKind::Internal;
        case PeerSort::Confederation:
            return PeerKind::Confederation;
        case PeerSort::External:
            return PeerKind::External;
    }
    return PeerKind::External;
}

}  // namespace

WireOptions BgpProcess::wireOptions(const Peer& peer, const Negotiated* negotiated) const {
    WireOptions options;
    options.peer = kindOf(peer.facts.sort);
    if (negotiated == nullptr) return options;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        options.families[family] = negotiated->families[family];
        options.sendsPathIds[family] = negotiated->sendsPathIds[family];
        options.receivesPathIds[family] = negotiated->receivesPathIds[family];
        options.isAigpSession = options.isAigpSession || peer.settings(family).hasAigp.value_or(false);
    }
    options.hasFourOctetAs = negotiated->hasFourOctetAs;
    options.hasExtendedMessage = negotiated->hasExtendedMessage;
    options.hasExtendedNextHop = negotiated->hasExtendedNextHop;
    options.hasEnhancedRouteRefresh = negotiated->hasEnhancedRouteRefresh;
    return options;
}

/// Lets the session do something, and does what it then wants.
template <typename Action>
void BgpProcess::drive(Step& step, Peer& peer, Action action) {
    SessionOutbox effects(nextStream_);
    const std::shared_ptr<const SessionEnd> before = peer.session.lastEnd();
    action(peer.session, effects);
    if (before != nullptr && peer.session.lastEnd() != before) peer.attemptSince = before->when;
    act(step, peer, effects);
    mayHaveLostDynamic_ = mayHaveLostDynamic_ || peer.isDynamic;
    noteDeadline(peer, step.env.now);
}

void BgpProcess::run(Step& step, Peer& peer, const SessionInput& input) {
    drive(step, peer,
          [&](Session& session, SessionOutbox& effects) { session.handle(step.env.now, input, effects); });
}

void BgpProcess::wakeSession(Step& step, Peer& peer) {
    drive(step, peer, [&](Session& session, SessionOutbox& effects) { session.wake(step.env.now, effects); });
}

void BgpProcess::configureSession(Step& step, Peer& peer) {
    auto settings = std::make_shared<const SessionSettings>(sessionSettings(step.env, peer));
    drive(step, peer, [&](Session& session, SessionOutbox& effects) {
        session.configure(step.env.now, std::move(settings), effects);
    });
}

void BgpProcess::act(Step& step, Peer& peer, const SessionOutbox& effects) {
    for (const SessionEffect& wanted : effects.effects()) {
        std::visit(
            Overloaded{
                [&](const effect::OpenTcp& open) {
                    const SessionSettings& settings = peer.session.settings();
                    streams_.insert(open.stream.value(), peer.id.value());
                    peer.streams[open.stream] = MessageStream();
                    const IpAddress remote = peer.address();
                    step.out.add(OpenStream{
                        open.stream, settings.localAddress, remote, settings.port, settings.ttl,
                        settings.leastTtl, settings.password,
                        remote.isV6() && remote.isLinkLocal() ? peer.interface : InterfaceId::none()});
                },
                [&](const effect::CloseTcp& close) {
                    step.out.add(CloseStream{close.stream, close.reset});
                    streams_.erase(close.stream.value());
                    peer.streams.erase(close.stream);
                    peer.endpoints.erase(close.stream);
                },
                [&](const effect::SendMessage& message) {
                    send(step, peer, message.stream, message.message);
                },
                [&](const effect::SessionEstablished& established) { establish(step, peer, established); },
                [&](const effect::SessionEnded& ended) { end(step, peer, ended); },
                [](const effect::DeliverUpdate&) {},
                [](const effect::DeliverRouteRefresh&) {},
                [&](const effect::Note& note) { step.out.note(note.remark, note.level); },
            },
            wanted);
    }
}

void BgpProcess::send(Step& step, Peer& peer, StreamId stream, const BgpMessage& message) {
    const auto negotiated = peer.session.negotiatedOn(stream);
    // Between established sessions a KEEPALIVE says nothing that is not known.
    const bool isNews = !std::holds_alternative<KeepaliveMessage>(message) || !peer.session.isEstablished();
    step.out.add(SendStream{
        stream, Payload(std::make_shared<const MessagePayload>(message, wireOptions(peer, negotiated.get()))),
        isNews});
}

/// Whose stream it is; null: nobody's any more.
Peer* BgpProcess::ownerOf(StreamId stream) {
    const std::uint32_t owner = streams_.find(stream.value());
    return owner == FlatIndex::kNone ? nullptr : &peers_.at(PeerId(owner));
}

void BgpProcess::opened(Step& step, const StreamOpened& opened) {
    Peer* const owner = ownerOf(opened.stream);
    if (owner == nullptr) return;
    Peer& peer = *owner;
    peer.own = ownAddresses(step.env, peer, opened.localAddress);
    noteListener(step.env, peer);
    peer.endpoints[opened.stream] = {opened.localAddress, opened.localPort, peer.session.settings().port};
    run(step, peer, input::TcpRequestAcked{opened.stream});
}

void BgpProcess::accepted(Step& step, const StreamAccepted& accepted) {
    const auto known = byKey_.find({accepted.remoteAddress, {}});
    Peer* peer = known != byKey_.end() ? &peers_.at(known->second)
                                       : peerOn(step.env, accepted.interface, accepted.remoteAddress);
    if (peer == nullptr) peer = acceptDynamic(step, accepted.remoteAddress);
    const auto source = peer == nullptr ? std::nullopt : updateSource(step.env, *peer);
    const bool isOtherAddress = source && *source != accepted.localAddress;
    if (peer == nullptr || isOtherAddress) {
        step.out.note(fmt::format("connection from {} to {} refused: no such neighbor is configured",
                                  toString(accepted.remoteAddress), toString(accepted.localAddress)),
                      Note::Level::Problem);
        step.out.add(CloseStream{accepted.stream, false});
        return;
    }
    streams_.insert(accepted.stream.value(), peer->id.value());
    peer->streams[accepted.stream] = MessageStream();
    peer->endpoints[accepted.stream] = {accepted.localAddress, accepted.localPort, accepted.remotePort};
    const SessionSettings& settings = peer->session.settings();
    step.out.add(SetStreamTtl{accepted.stream, settings.ttl, settings.leastTtl});
    peer->own = ownAddresses(step.env, *peer, accepted.localAddress);
    noteListener(step.env, *peer);
    run(step, *peer, input::TcpConnectionConfirmed{accepted.stream, accepted.ttl});
    // One that the session did not want is gone already.
    if (!peer->session.owns(accepted.stream)) {
        streams_.erase(accepted.stream.value());
        peer->streams.erase(accepted.stream);
        peer->endpoints.erase(accepted.stream);
    }
}

void BgpProcess::closed(Step& step, const StreamClosed& closed) {
    Peer* const owner = ownerOf(closed.stream);
    if (owner == nullptr) return;
    Peer& peer = *owner;
    streams_.erase(closed.stream.value());
    peer.streams.erase(closed.stream);
    peer.endpoints.erase(closed.stream);
    // The peer has closed its side; ours is of no use any more.
    if (closed.why == StreamEnd::ClosedByPeer) step.out.add(CloseStream{closed.stream, false});
    run(step, peer, input::TcpConnectionFails{closed.stream, closed.why, closed.detail});
}

void BgpProcess::received(Step& step, const StreamReceived& received) {
    Peer* const owner = ownerOf(received.stream);
    if (owner == nullptr) return;
    Peer& peer = *owner;
    if (received.message != nullptr && readWhole(step, peer, received)) return;
    const auto stream = peer.streams.find(received.stream);
    PEERSCAPE_CHECK(stream != peer.streams.end());
    stream->second.append(received.message == nullptr ? ByteView(received.bytes)
                                                      : ByteView(Payload(received.message).bytes()));
    // Any message may end the session, and with it the stream.
    while (peer.streams.contains(received.stream)) {
        const auto negotiated = peer.session.negotiatedOn(received.stream);
        auto message = peer.streams.at(received.stream).next(wireOptions(peer, negotiated.get()));
        if (!message) {
            run(step, peer, input::MessageError{received.stream, message.error().notification});
            return;
        }
        if (!*message) return;
        readMessage(step, peer, received.stream, **message);
    }
}

/// An UPDATE that needs no reading, since its bytes would say just what it is. False: read them.
bool BgpProcess::readWhole(Step& step, Peer& peer, const StreamReceived& received) {
    const UpdatePayload* payload = UpdatePayload::from(*received.message);
    const UpdateMessage* update = payload == nullptr ? nullptr : payload->asReadBy(peer.wire);
    if (update == nullptr || !peer.session.takesUpdatesOn(received.stream)) return false;
    peer.session.updateReceived(step.env.now);
    takeIn(step, peer, *update);
    noteDeadline(peer, step.env.now);
    return true;
}

void BgpProcess::readMessage(Step& step, Peer& peer, StreamId stream, ByteView bytes) {
    const auto negotiated = peer.session.negotiatedOn(stream);
    auto decoded = decode(bytes, wireOptions(peer, negotiated.get()));
    if (!decoded) {
        step.out.note(fmt::format("{}: {}", peer.name(), decoded.error().sentence), Note::Level::Problem);
        run(step, peer, input::MessageError{stream, decoded.error().notification});
        return;
    }
    for (const AttributeProblem& problem : decoded->problems)
        step.out.note(fmt::format("{}: {}", peer.name(), problem.sentence), Note::Level::Problem);
    if (!decoded->message) {
        // It says nothing about what is carried here, but the peer is alive.
        if (decoded->type == MessageType::Update) run(step, peer, input::UpdateReceived{stream});
        if (decoded->type == MessageType::RouteRefresh) run(step, peer, input::RouteRefreshReceived{stream});
        return;
    }
    const auto deliver = [&](const SessionInput& input, auto tables) {
        bool isDelivered = false;
        drive(step, peer, [&](Session& session, SessionOutbox& effects) {
            session.handle(step.env.now, input, effects);
            isDelivered = std::ranges::any_of(effects.effects(), [](const SessionEffect& e) {
                return std::holds_alternative<effect::DeliverUpdate>(e) ||
                       std::holds_alternative<effect::DeliverRouteRefresh>(e);
            });
        });
        if (isDelivered) tables();
    };
    std::visit(Overloaded{
                   [&](const OpenMessage& open) { run(step, peer, input::OpenReceived{stream, open}); },
                   [&](const NotificationMessage& notification) {
                       run(step, peer, input::NotificationReceived{stream, notification});
                   },
                   [&](const KeepaliveMessage&) { run(step, peer, input::KeepaliveReceived{stream}); },
                   [&](const UpdateMessage& update) {
                       deliver(input::UpdateReceived{stream}, [&] { takeIn(step, peer, update); });
                   },
                   [&](const RouteRefreshMessage& refresh) {
                       deliver(input::RouteRefreshReceived{stream}, [&] { takeIn(step, peer, refresh); });
                   },
               },
               *decoded->message);
}

/// The addresses of the interface that the session's own address stands on: next hops for both families
/// (RFC 4271 section 5.1.3, RFC 2545 section 3).
OwnAddresses BgpProcess::ownAddresses(const Env& env, const Peer& peer, const IpAddress& local) const {
    OwnAddresses own;
    // One link-local address may stand on several interfaces.
    const bool isLinkLocal = local.isV6() && local.isLinkLocal();
    const InterfaceId shared = networkOf(env, peer);
    const auto found = std::ranges::find_if(env.interfaces, [&](const InterfaceState& i) {
        return i.hasAddress(local) && (!isLinkLocal || !peer.isUnnumbered() || i.id == shared);
    });
    if (found != env.interfaces.end()) {
        for (const Family family : {Family::IPv4, Family::IPv6}) {
            const InterfaceAddress* first = found->firstAddress(family);
            if (first != nullptr) (family == Family::IPv4 ? own.ipv4 : own.ipv6) = first->address;
        }
    }
    if (!isLinkLocal || !own.ipv6) (local.isV4() ? own.ipv4 : own.ipv6) = local;
    // A link-local address means something only to who is on the same link.
    if (found != env.interfaces.end() && (shared == found->id || isLinkLocal))
        own.linkLocal = found->linkLocal;
    return own;
}

void BgpProcess::establish(Step& step, Peer& peer, const effect::SessionEstablished& established) {
    const Negotiated& negotiated = *established.negotiated;
    peer.facts.remoteAs = negotiated.remoteAs;
    peer.facts.routerId = negotiated.remoteIdentifier;
    peer.interface = networkOf(step.env, peer);
    peer.wire = wireOptions(peer, &negotiated);
    peer.lastCapabilities = negotiated.peer;
    peer.restartAt = SimTime::never();
    noteConditions(step.env.now);
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        FamilyExchange& exchange = peer.families[family];
        if (exchange.ownHop.isSome()) nextHops_.release(exchange.ownHop);
        const FamilyExchange kept = std::exchange(exchange, FamilyExchange{});
        exchange.isUp = negotiated.families[family];
        // What was kept over its restart counts until its End-of-RIB (RFC 4724 section 4.2).
        exchange.accepted = kept.accepted;
        exchange.received = kept.received;
        exchange.staleUntil = kept.staleUntil;
        exchange.stalePathUntil = kept.stalePathUntil;
        exchange.isLongLivedStale = kept.isLongLivedStale;
        if (!exchange.isUp) {
            forgetPeer(step, peer, family);
            continue;
        }
        judgeStale(step, peer, family);
        exchange.owesEndOfRib = true;
        exchange.ownHop = nextHops_.acquire(ownNextHop(peer, family));
        tellsSeveralPaths_ = tellsSeveralPaths_ || peer.wire.sendsPathIds[family];
        enqueueTable(peer, family, step.env.cause);
    }
    findAudience(peer);
    noteListener(step.env, peer);
}

void BgpProcess::end(Step& step, Peer& peer, const effect::SessionEnded& ended) {
    forgetQueued(peer);
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        FamilyExchange& exchange = peer.families[family];
        forgetAdvertised(peer, family);
        if (exchange.ownHop.isSome()) nextHops_.release(std::exchange(exchange.ownHop, NextHopId()));
        exchange.pending = PendingPrefixes();
        exchange.isUp = exchange.owesEndOfRib = exchange.isRefreshing = false;
        if (ended.mayKeepRoutes && keepStale(step, peer, family)) continue;
        forgetPeer(step, peer, family);
    }
    noteListener(step.env, peer);
}

}  // namespace peerscape::bgp

// TCP of a node: its connections ride on packets through the simulated network like everything else.
#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "engine/base/hash.hpp"
#include "engine/sim/simulation.hpp"
#include "engine/sim/tcp_message.hpp"
#include "engine/sim/tcp_signature.hpp"

namespace peerscape {

namespace {

constexpr std::uint32_t kTcpHeaderBytes = 20;
constexpr std::uint32_t kEthernetMtu = 1500;
constexpr std::uint8_t kStreamTrafficClass = 0xc0;  // CS6, as routing daemons ask for

std::uint32_t headerBytes(Family family) { return kTcpHeaderBytes + (family == Family::IPv4 ? 20U : 40U); }

/// RFC 9293 section 3.7.1: what fits into the MTU behind headers without options.
std::uint16_t segmentSizeFor(std::uint32_t mtu, Family family) {
    const std::uint32_t most = mtu > headerBytes(family) ? mtu - headerBytes(family) : 1;
    return static_cast<std::uint16_t>(std::min(most, std::uint32_t{0xffff} - headerBytes(family)));
}

/// RFC 6528 section 3: a clock of 4 µs, and for every pair of ends another beginning.
TcpSequence initialSequence(std::uint64_t secret, const StreamEnds& ends, SimTime now) {
    constexpr std::int64_t kTick = 4'000;
    StableHash hash(secret);
    hash.add(ends.local.hash()).add(ends.remote.hash()).add(ends.localPort).add(ends.remotePort);
    return TcpSequence(
        static_cast<std::uint32_t>(hash.value() + static_cast<std::uint64_t>(now.count() / kTick)));
}

/// "R2 (10.0.12.2)": for readers, who think in names.
std::string nameAndAddress(std::span<const NodeState> nodes, const IpAddress& address) {
    const auto owner =
        std::ranges::find_if(nodes, [&](const NodeState& node) { return node.isLocal(address); });
    return owner == nodes.end() ? toString(address) : fmt::format("{} ({})", owner->name, toString(address));
}

std::string_view describe(IcmpKind kind) {
    switch (kind) {
        case IcmpKind::NetworkUnreachable:
            return "network unreachable";
        case IcmpKind::HostUnreachable:
            return "host unreachable";
        case IcmpKind::PortUnreachable:
            return "port unreachable";
        default:
            return "unreachable";
    }
}

}  // namespace

TcpSettings Simulation::tcpSettings(NodeId node, const StreamEnds& ends, bool isSigned) const {
    const Family family = ends.remote.family();
    const NodeState& state = nodes_[node.value()];
    std::uint32_t mtu = kEthernetMtu;
    InterfaceId exit = ends.interface;
    if (!exit.isSome() && !state.isLocal(ends.remote)) {
        const auto hops = state.rib.lookUp(ends.remote);
        if (!hops.empty()) exit = hops.front().interface;
    }
    if (exit.isSome()) mtu = state.interfaces[exit.value()].mtu;
    TcpSettings settings;
    settings.maximumSegmentSize = segmentSizeFor(mtu, family);
    settings.assumedSegmentSize = family == Family::IPv4 ? 536 : 1220;
    if (isSigned) settings.optionBytes = TcpSegment::kSignatureBytes;
    return settings;
}

std::optional<IpAddress> Simulation::streamSource(NodeId node, const OpenStream& open) const {
    if (open.localAddress) return open.localAddress;
    if (!open.interface.isSome()) return sourceFor(node, open.remoteAddress);
    return nodes_[node.value()].interfaces[open.interface.value()].linkLocal;
}

bool Simulation::isOwnAddress(NodeId node, const IpAddress& address, InterfaceId interface) const {
    const NodeState& state = nodes_[node.value()];
    if (state.isLocal(address)) return true;
    return interface.isSome() && state.interfaces[interface.value()].hasAddress(address);
}

void Simulation::openStream(NodeId node, ProtocolId protocol, const OpenStream& open, RecordId cause,
                            RecordLog& log) {
    NodeState& state = nodes_[node.value()];
    const bool isReachable = open.interface.isSome() ? state.interfaces[open.interface.value()].isUp()
                                                     : state.isLocal(open.remoteAddress) ||
                                                           !state.rib.lookUp(open.remoteAddress).empty();
    const auto source = streamSource(node, open);
    StreamEnds ends{source.value_or(IpAddress::any(open.remoteAddress.family())), open.remoteAddress, 0,
                    open.remotePort, open.interface};
    ends.localPort = state.streams.freePort(ends);
    TcpConnection tcp(tcpSettings(node, ends, !open.key.empty()), ends.localPort, ends.remotePort,
                      initialSequence(options_.seed, ends, now_));
    Stream& stream = state.streams.add({.ends = ends,
                                        .id = open.stream,
                                        .owner = protocol,
                                        .ttl = open.ttl,
                                        .wasOpenedHere = true,
                                        .tcp = std::move(tcp),
                                        .leastTtl = open.leastTtl,
                                        .key = open.key});
    if (!isReachable || !source) stream.failure = StreamEnd::NoRoute;
    if (source && !isOwnAddress(node, *source, open.interface)) stream.failure = StreamEnd::LocalAddressGone;
    // The process hears of its failure later in this instant: it must not be entered again while it acts.
    if (stream.failure) return scheduleStreamWake(node, ends, cause);
    TcpOutput out;
    stream.tcp.open(now_, out);
    followUp(node, ends, std::move(out), cause, log);
}

void Simulation::sendStream(NodeId node, ProtocolId protocol, const SendStream& send, RecordId cause,
                            RecordLog& log) {
    Stream* stream = nodes_[node.value()].streams.find(protocol, send.stream);
    if (stream == nullptr) return;
    if (options_.streams == StreamModel::Messages && sendMessage(node, *stream, send, cause)) return;
    TcpOutput out;
    stream->tcp.send(now_, send.payload.bytes(), out, send.isNews);
    followUp(node, StreamEnds(stream->ends), std::move(out), cause, log);
}

void Simulation::closeStream(NodeId node, ProtocolId protocol, const CloseStream& close, RecordId cause,
                             RecordLog& log) {
    const Stream* stream = nodes_[node.value()].streams.find(protocol, close.stream);
    if (stream == nullptr) return;
    endStream(node, StreamEnds(stream->ends), close.reset, cause, log);
}

void Simulation::endStream(NodeId node, const StreamEnds& ends, bool reset, RecordId cause, RecordLog& log) {
    Stream& stream = *nodes_[node.value()].streams.find(ends);
    // What says that nothing more comes must not come before it.
    if (!reset && hasMessagesUnderWay(stream)) return closeBehindMessages(node, stream, cause);
    TcpOutput out;
    if (reset) stream.tcp.reset(out);
    if (!reset) stream.tcp.close(now_, out);
    followUp(node, ends, std::move(out), cause, log);
}

void Simulation::endStreamsOf(NodeId node, ProtocolId protocol, RecordId cause, RecordLog& log) {
    StreamTable& streams = nodes_[node.value()].streams;
    streams.stopListening(protocol);
    std::vector<StreamEnds> owned;
    streams.forEach([&](const Stream& stream) {
        if (stream.owner == protocol) owned.push_back(stream.ends);
    });
    // As a kernel does for a program that ends: FIN, and nobody is there any more.
    for (const StreamEnds& ends : owned) {
        streams.orphan(ends);
        // What was never read is lost, and the peer is told so (RFC 2525 section 2.17).
        endStream(node, ends, streams.find(ends)->tcp.hasUnread(), cause, log);
    }
}

void Simulation::resumeReading(NodeId node, ProtocolId protocol, RecordId cause, RecordLog& log) {
    std::vector<StreamEnds> owned;
    nodes_[node.value()].streams.forEach([&](const Stream& stream) {
        if (stream.owner == protocol) owned.push_back(stream.ends);
    });
    for (const StreamEnds& ends : owned) {
        Stream* stream = nodes_[node.value()].streams.find(ends);
        if (stream == nullptr) continue;
        TcpOutput out;
        stream->tcp.resumeReading(out);
        followUp(node, ends, std::move(out), cause, log);
    }
}

void Simulation::deliverSegment(NodeId node, const PacketPtr& packet, InterfaceId cameIn, RecordId cause,
                                RecordLog& log) {
    const auto segment = TcpMessage::segmentOf(*packet);
    if (!segment) return drop(node, cameIn, DropReason::Malformed, packet, cause, log);
    StreamTable& streams = nodes_[node.value()].streams;
    const StreamEnds ends{packet->destination, packet->source, segment->destinationPort, segment->sourcePort,
                          needsInterface(packet->source) ? cameIn : InterfaceId::none()};
    const auto isSigned = [&](const std::string& key) {
        return isSignedWith(key, *segment, packet->source, packet->destination);
    };
    if (Stream* stream = streams.find(ends)) {
        if (!isSigned(stream->key)) return drop(node, cameIn, DropReason::SignatureWrong, packet, cause, log);
        if (!stream->tcp.isComingUp() && packet->ttl < stream->leastTtl)
            return drop(node, cameIn, DropReason::TtlTooLow, packet, cause, log);
        // Nobody will ever read this (RFC 2525 section 2.17); answering with FIN's end would hide the loss.
        const bool isUnwanted = !stream->owner.isSome() && !segment->payload.empty();
        if (isUnwanted) return endStream(node, ends, true, cause, log);
        TcpOutput out;
        stream->tcp.receive(now_, *segment, out);
        followUp(node, ends, std::move(out), cause, log, packet->ttl);
        return prepareLane(node, ends);
    }
    const ProtocolId listener = streams.listenerOn(packet->destination.family(), segment->destinationPort);
    const std::string key = listener.isSome() ? streams.keyFor(listener, ends.remote) : std::string();
    if (listener.isSome() && !isSigned(key))
        return drop(node, cameIn, DropReason::SignatureWrong, packet, cause, log);
    if (listener.isSome() && segment->syn && !segment->ack && !segment->rst) {
        TcpConnection tcp(tcpSettings(node, ends, !key.empty()), ends.localPort, ends.remotePort,
                          initialSequence(options_.seed, ends, now_));
        Stream& stream = streams.add({.ends = ends,
                                      .id = streams.nextAcceptedId(),
                                      .owner = listener,
                                      .ttl = 64,
                                      .wasOpenedHere = false,
                                      .tcp = std::move(tcp),
                                      .key = key});
        if (nodes_[node.value()].slotOf(listener)->isFrozen) stream.tcp.stopReading();
        TcpOutput out;
        stream.tcp.accept(now_, *segment, out);
        return followUp(node, ends, std::move(out), cause, log, packet->ttl);
    }
    drop(node, cameIn, DropReason::NoListener, packet, cause, log);
    if (const auto answer = segment->resetForUnknown())
        sendSegment(node, ends, ProtocolId::none(), 64, key, *answer, cause, log);
}

void Simulation::hearIcmpError(NodeId node, const Packet& packet, const IcmpMessage& error,
                               InterfaceId cameIn, RecordId cause, RecordLog& log) {
    const Packet& about = *error.about();
    if (about.protocol != kIpProtocolTcp || about.isFragment()) return;
    NodeState& state = nodes_[node.value()];
    const StreamEnds ends{about.source, about.destination, about.sourcePort, about.destinationPort,
                          needsInterface(about.destination) ? cameIn : InterfaceId::none()};
    Stream* stream = state.streams.find(ends);
    if (stream == nullptr) return;
    TcpOutput out;
    if (error.kind() == IcmpKind::TooBig) {
        stream->tcp.limitSegmentSize(now_, segmentSizeFor(error.mtu(), about.source.family()), out);
    } else if (stream->tcp.isComingUp()) {
        // Later on an error is a hint only, and retransmission decides (RFC 5927 section 6).
        stream->tcp.abandon(StreamEnd::Unreachable, out);
    }
    const std::string detail =
        error.kind() == IcmpKind::TimeExceeded
            ? fmt::format("TTL {} ran out at {}", stream->ttl, nameAndAddress(nodes_, packet.source))
            : fmt::format("{}, says {}", describe(error.kind()), nameAndAddress(nodes_, packet.source));
    followUp(node, ends, std::move(out), cause, log, 0, detail);
}

void Simulation::wakeStream(const Event& event, RecordLog& log) {
    const StreamEnds ends = *std::static_pointer_cast<const StreamEnds>(event.object);
    Stream* stream = nodes_[event.node.value()].streams.find(ends);
    // One that is gone, or has moved its deadline, left this event behind.
    if (stream == nullptr || stream->wakeAt != now_) return;
    stream->wakeAt = SimTime::never();
    TcpOutput out;
    if (stream->failure) out.closed = stream->failure;
    if (!stream->failure) stream->tcp.wake(now_, out);
    followUp(event.node, ends, std::move(out), event.cause, log);
}

void Simulation::scheduleStreamWake(NodeId node, const StreamEnds& ends, RecordId cause) {
    Stream& stream = *nodes_[node.value()].streams.find(ends);
    // As with processes: a deadline that moved back finds the old event, which asks again.
    const SimTime deadline = stream.failure ? now_ : std::max(stream.tcp.nextDeadline(), now_);
    if (deadline >= stream.wakeAt || deadline.isNever()) return;
    stream.wakeAt = deadline;
    Event event;
    event.kind = Event::Kind::StreamWake;
    event.node = node;
    event.protocol = stream.owner;
    event.cause = cause;
    event.object = std::make_shared<const StreamEnds>(ends);
    agenda_.schedule(deadline, std::move(event));
}

void Simulation::followUp(NodeId node, const StreamEnds& ends, TcpOutput out, RecordId cause, RecordLog& log,
                          std::uint8_t ttl, std::string detail) {
    // Everything is in order before the owner hears: what it then does may change the table.
    StreamTable& streams = nodes_[node.value()].streams;
    Stream& stream = *streams.find(ends);
    streams.noteState(stream);
    const StreamId id = stream.id;
    const ProtocolId owner = stream.owner;
    const bool wasOpenedHere = stream.wasOpenedHere;
    const bool isOver = stream.tcp.isFinished() || stream.failure.has_value();
    for (TcpSegment& segment : out.segments)
        sendSegment(node, ends, owner, stream.ttl, stream.key, std::move(segment), cause, log);
    if (isOver) streams.remove(ends);
    if (!isOver) scheduleStreamWake(node, ends, cause);
    if (!owner.isSome()) return;

    if (out.opened && wasOpenedHere)
        dispatch(node, owner, StreamOpened{id, ends.local, ends.localPort}, cause, log);
    if (out.opened && !wasOpenedHere) {
        dispatch(
            node, owner,
            StreamAccepted{id, ends.local, ends.remote, ends.localPort, ends.remotePort, ttl, ends.interface},
            cause, log);
    }
    // The owner may have had enough meanwhile.
    const auto isWanted = [&] { return isOver || nodes_[node.value()].streams.find(owner, id) != nullptr; };
    if (!out.received.empty() && isWanted())
        dispatch(node, owner, StreamReceived{id, std::move(out.received)}, cause, log);
    if (out.closed && isWanted())
        dispatch(node, owner, StreamClosed{id, *out.closed, std::move(detail)}, cause, log);
}

void Simulation::sendSegment(NodeId node, const StreamEnds& ends, ProtocolId owner, std::uint8_t ttl,
                             std::string_view key, TcpSegment segment, RecordId cause, RecordLog& log) {
    if (!key.empty()) segment.signature = signatureOf(segment, ends.local, ends.remote, key);
    Packet packet = TcpMessage::packet(std::move(segment), ends.local, ends.remote);
    if (options_.bytesOnEveryHop) packet.payload = Payload(packet.payload.bytes());
    packet.owner = owner;
    packet.ttl = ttl;
    packet.trafficClass = kStreamTrafficClass;
    sendFrom(node, std::move(packet), ends.interface, cause, log);
}

}  // namespace peerscape

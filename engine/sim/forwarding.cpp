// The data plane of a node, hop by hop: RFC 1812 for IPv4, RFC 8200 and 4443 for IPv6.
#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

#include "engine/base/block_pool.hpp"
#include "engine/base/hash.hpp"
#include "engine/sim/damage.hpp"
#include "engine/sim/simulation.hpp"

namespace peerscape {

namespace {

constexpr std::uint8_t kUserTtl = 64;
/// Of datagrams that wait for a process that hangs: Linux's rmem_default, counted without its overhead.
constexpr std::size_t kSocketBufferBytes = 212'992;
/// Any number would do; it only decides which of the equal ways a flow happens to get.
constexpr std::uint64_t kHopChoice = 7;

/// Packets of one flow take one way, and of many flows each hop gets its weight's share: the hash sees what
/// the RFC 2992 "flow" is made of, and the node, so that routers in a row do not all choose alike.
const NextHop& chooseHop(const Packet& packet, NodeId node, std::span<const NextHop> hops) {
    if (hops.size() == 1) return hops.front();
    StableHash hash(kHopChoice);
    hash.add(node.value()).add(packet.source.hash()).add(packet.destination.hash()).add(packet.protocol);
    hash.add(std::uint64_t{packet.sourcePort} << 16 | packet.destinationPort);
    const auto isLikeFirst = [&](const NextHop& hop) { return hop.weight == hops.front().weight; };
    if (std::all_of(hops.begin(), hops.end(), isLikeFirst)) return hops[hash.value() % hops.size()];
    const auto addWeight = [](std::uint64_t sum, const NextHop& hop) { return sum + hop.weight; };
    std::uint64_t place =
        hash.value() % std::accumulate(hops.begin(), hops.end(), std::uint64_t{0}, addWeight);
    const NextHop* hop = hops.data();
    for (; place >= hop->weight; ++hop)
        place -= hop->weight;
    return *hop;
}

/// Errors about errors, about multicast, about nobody's packets and about later fragments are never sent (RFC
/// 1812 section 4.3.2.7, RFC 4443 section 2.4 (e)).
bool mayBeAnsweredWithError(const Packet& about) {
    const auto* icmp = wholeOf(about).payload.as<IcmpMessage>();
    return (icmp == nullptr || !icmp->isError()) && about.source.isUnicast() &&
           about.destination.isUnicast() && about.fragmentOffset == 0;
}

bool forwards(const NodeState& state, Family family) {
    return !state.isHost && (family == Family::IPv4 ? state.config->forwards4 : state.config->forwards6);
}

bool bindsGroup(const std::vector<IpAddress>& groups, const IpAddress& destination) {
    return !destination.isMulticast() || std::find(groups.begin(), groups.end(), destination) != groups.end();
}

}  // namespace

void Simulation::sendFrom(NodeId node, Packet packet, InterfaceId interface, RecordId cause, RecordLog& log) {
    NodeState& state = nodes_[node.value()];
    packet.identification = state.nextIdentification++;
    if (interface.isSome()) {
        const NextHop hop = NextHop::via(packet.destination, interface);
        if (packet.source.isUnspecified())
            packet.source = sourceVia(state, hop, packet.destination).value_or(packet.source);
        auto shared = makePooled<Packet>(std::move(packet));
        if (shared->source.isUnspecified())
            return drop(node, interface, DropReason::NoSource, shared, cause, log);
        return sendOver(node, hop, shared, InterfaceId::none(), cause, log);
    }
    if (packet.source.isUnspecified())
        packet.source = sourceFor(node, packet.destination).value_or(packet.source);
    auto shared = makePooled<Packet>(std::move(packet));
    if (state.isLocal(shared->destination)) return deliverToSelf(node, std::move(shared), cause);
    const auto hops = state.rib.lookUp(shared->destination);
    if (hops.empty()) return drop(node, InterfaceId::none(), DropReason::NoRoute, shared, cause, log);
    if (shared->source.isUnspecified())
        return drop(node, InterfaceId::none(), DropReason::NoSource, shared, cause, log);
    const NextHop hop = chooseHop(*shared, node, hops);
    sendOver(node, hop, shared, InterfaceId::none(), cause, log);
}

std::optional<IpAddress> Simulation::sourceFor(NodeId node, const IpAddress& destination) const {
    const NodeState& state = nodes_[node.value()];
    if (state.isLocal(destination)) return destination;
    const auto hops = state.rib.lookUp(destination);
    if (hops.empty()) return std::nullopt;
    return sourceVia(state, hops.front(), destination);
}

std::optional<IpAddress> Simulation::sourceVia(const NodeState& state, const NextHop& hop,
                                               const IpAddress& destination) const {
    const Family family = destination.family();
    if (hop.interface.isSome()) {
        const InterfaceState& out = state.interfaces[hop.interface.value()];
        // Link-local and link-scope multicast destinations are spoken to from the link-local address (RFC
        // 6724 rule 2).
        const bool linkScope = destination.isV6() && (destination.isLinkLocal() || destination.isMulticast());
        if (linkScope && out.linkLocal) return out.linkLocal;
        const IpAddress& neighbor = hop.kind == NextHop::Kind::Gateway ? hop.gateway : destination;
        if (const auto* facing = out.addressFacing(neighbor)) return facing->address;
        if (const auto* first = out.firstAddress(family)) return first->address;
    }
    for (const InterfaceState& interface : state.interfaces) {
        const auto* first = interface.isUp() ? interface.firstAddress(family) : nullptr;
        if (first != nullptr) return first->address;
    }
    return std::nullopt;
}

void Simulation::deliverToSelf(NodeId node, PacketPtr packet, RecordId cause) {
    // Through the agenda, at this instant: the sender's handler must not be entered again while its effects
    // are carried out.
    Event event;
    event.kind = Event::Kind::Arrival;
    event.node = node;
    event.number = SegmentId::none().value();
    event.cause = cause;
    event.object = std::move(packet);
    agenda_.schedule(now_, std::move(event));
}

void Simulation::receive(InterfaceRef at, const PacketPtr& packet, RecordId cause, RecordLog& log) {
    NodeState& state = nodes_[at.node.value()];
    const InterfaceState& interface = state.interfaces[at.interface.value()];
    const IpAddress& destination = packet->destination;
    // Broadcasts of the node's other networks are for the node itself, as on Linux, and never forwarded (RFC
    // 2644).
    const bool forThisNode = destination.isMulticast() || interface.hasAddress(destination) ||
                             state.isBroadcast(destination) || state.isLocal(destination);
    if (forThisNode && packet->isFragment()) return reassemble(at, packet, cause, log);
    if (forThisNode) return deliver(at.node, packet, at.interface, cause, log);
    if (!forwards(state, destination.family()) || destination.isLinkLocal() || packet->source.isLinkLocal()) {
        return drop(at.node, at.interface, DropReason::NotForwarding, packet, cause, log);
    }
    forward(at.node, packet, at.interface, cause, log);
}

void Simulation::reassemble(InterfaceRef at, const PacketPtr& fragment, RecordId cause, RecordLog& log) {
    const Reassembly::Outcome outcome = nodes_[at.node.value()].reassembly.add(fragment, now_);
    for (const PacketPtr& piece : outcome.discarded)
        drop(at.node, at.interface, DropReason::ReassemblyFailed, piece, cause, log);
    if (outcome.whole) return deliver(at.node, outcome.whole, at.interface, cause, log);
    if (!outcome.isFirstToCome) return;
    Event event;
    event.kind = Event::Kind::ReassemblyTimeout;
    event.node = at.node;
    event.interface = at.interface;
    event.cause = cause;
    event.object = std::make_shared<const Reassembly::Key>(Reassembly::keyOf(*fragment));
    agenda_.schedule(now_ + Reassembly::timeout(fragment->source.family()), std::move(event));
}

void Simulation::giveUpReassembly(const Event& event, RecordLog& log) {
    const auto key = std::static_pointer_cast<const Reassembly::Key>(event.object);
    const auto pieces = nodes_[event.node.value()].reassembly.expire(*key, now_);
    for (const PacketPtr& piece : pieces)
        drop(event.node, event.interface, DropReason::ReassemblyFailed, piece, event.cause, log);
    if (!pieces.empty())
        sendIcmpError(event.node, IcmpKind::ReassemblyTimeExceeded, pieces.front(), event.interface,
                      event.cause, log);
}

void Simulation::forward(NodeId node, const PacketPtr& packet, InterfaceId cameIn, RecordId cause,
                         RecordLog& log) {
    const auto hops = nodes_[node.value()].rib.lookUp(packet->destination);
    if (hops.empty()) {
        drop(node, cameIn, DropReason::NoRoute, packet, cause, log);
        return sendIcmpError(node, IcmpKind::NetworkUnreachable, packet, cameIn, cause, log);
    }
    const NextHop hop = chooseHop(*packet, node, hops);
    // As Linux does, first the way and then the TTL: with no way on, the sender hears of that.
    if (hop.isDiscard()) return sendOver(node, hop, packet, cameIn, cause, log);
    if (packet->ttl <= 1) {
        drop(node, cameIn, DropReason::TtlExpired, packet, cause, log);
        return sendIcmpError(node, IcmpKind::TimeExceeded, packet, cameIn, cause, log);
    }
    auto next = std::make_shared<Packet>(*packet);
    --next->ttl;
    sendOver(node, hop, next, cameIn, cause, log);
}

void Simulation::sendOver(NodeId node, const NextHop& hop, const PacketPtr& packet, InterfaceId cameIn,
                          RecordId cause, RecordLog& log) {
    switch (hop.kind) {
        case NextHop::Kind::Blackhole:
            return drop(node, cameIn, DropReason::Blackhole, packet, cause, log);
        case NextHop::Kind::Reject:
            drop(node, cameIn, DropReason::Reject, packet, cause, log);
            if (cameIn.isSome()) sendIcmpError(node, IcmpKind::HostUnreachable, packet, cameIn, cause, log);
            return;
        case NextHop::Kind::Interface:
            return transmit({node, hop.interface}, packet, packet->destination, cameIn, cause, log);
        case NextHop::Kind::Gateway:
            return transmit({node, hop.interface}, packet, hop.gateway, cameIn, cause, log);
    }
}

void Simulation::deliver(NodeId node, const PacketPtr& packet, InterfaceId cameIn, RecordId cause,
                         RecordLog& log) {
    if (packet->isDamaged) {
        if (!passesChecksum(*packet))
            return drop(node, cameIn, DropReason::ChecksumWrong, packet, cause, log);
        return deliver(node, std::make_shared<const Packet>(asReceived(*packet)), cameIn, cause, log);
    }
    const RecordId delivered =
        packet->owner.isSome() ? cause : log.append(now_, node, cause, record::PacketDelivered{packet});
    if (packet->protocol == kIpProtocolIcmp || packet->protocol == kIpProtocolIcmp6)
        return answerIcmp(node, packet, cameIn, delivered, log);
    if (const auto* flow = packet->payload.as<FlowMessage>())
        return countFlowArrival(*flow, packet->sizeBehindHeader());
    if (packet->protocol == kIpProtocolTcp) return deliverSegment(node, packet, cameIn, delivered, log);
    deliverDatagram(node, packet, cameIn, delivered, log);
}

void Simulation::deliverDatagram(NodeId node, const PacketPtr& packet, InterfaceId cameIn, RecordId cause,
                                 RecordLog& log) {
    NodeState& state = nodes_[node.value()];
    const Family family = packet->destination.family();
    ProtocolId listener;
    for (const ProcessSlot& slot : state.processes) {
        const bool byPort = packet->protocol == kIpProtocolUdp &&
                            std::any_of(slot.udp.begin(), slot.udp.end(), [&](const BindUdp& b) {
                                return b.family == family && b.port == packet->destinationPort &&
                                       bindsGroup(b.groups, packet->destination);
                            });
        const bool byNumber = std::any_of(slot.ip.begin(), slot.ip.end(), [&](const BindIp& b) {
            return b.family == family && b.protocol == packet->protocol &&
                   bindsGroup(b.groups, packet->destination);
        });
        if (byPort || byNumber) listener = slot.protocol;
    }
    if (listener.isSome()) {
        ProcessSlot& slot = *state.slotOf(listener);
        if (slot.isFrozen) {
            slot.heldDatagramBytes += packet->sizeBehindHeader();
            if (slot.heldDatagramBytes > kSocketBufferBytes) {
                slot.heldDatagramBytes -= packet->sizeBehindHeader();
                return drop(node, cameIn, DropReason::QueueFull, packet, cause, log);
            }
        }
        const DatagramReceived input{
            cameIn,      packet->source, packet->destination, packet->sourcePort, packet->destinationPort,
            packet->ttl, packet->payload};
        return dispatch(node, listener, input, cause, log);
    }
    // Multicast that nobody joined passes by unnoticed, as it would at a real network card; so does a
    // broadcast.
    if (!packet->destination.isUnicast() || state.isBroadcast(packet->destination)) return;
    drop(node, cameIn, DropReason::NoListener, packet, cause, log);
    sendIcmpError(node, IcmpKind::PortUnreachable, packet, cameIn, cause, log);
}

void Simulation::answerIcmp(NodeId node, const PacketPtr& packet, InterfaceId cameIn, RecordId cause,
                            RecordLog& log) {
    const auto* icmp = packet->payload.as<IcmpMessage>();
    if (icmp != nullptr && icmp->isError()) return hearIcmpError(node, *packet, *icmp, cameIn, cause, log);
    // Neighbor discovery is not the kernel's here but its users' (RFC 4861).
    if (icmp == nullptr && packet->destination.isMulticast())
        return deliverDatagram(node, packet, cameIn, cause, log);
    if (icmp == nullptr || icmp->kind() != IcmpKind::EchoRequest) return;
    // Linux leaves IPv4 requests to everybody unanswered (icmp_echo_ignore_broadcasts); IPv6 multicast it
    // answers.
    const bool toEverybody =
        !packet->destination.isUnicast() || nodes_[node.value()].isBroadcast(packet->destination);
    if (toEverybody && packet->destination.isV4()) return;
    const auto reply =
        IcmpMessage::echo(IcmpKind::EchoReply, icmp->identifier(), icmp->sequence(), icmp->dataBytes());
    const bool onLinkOnly = packet->source.isLinkLocal() && cameIn.isSome();
    std::optional<IpAddress> source = packet->destination;
    if (toEverybody) {
        const NextHop back = NextHop::via(packet->source, cameIn);
        source = onLinkOnly ? sourceVia(nodes_[node.value()], back, packet->source)
                            : sourceFor(node, packet->source);
    }
    if (!source) return;
    Packet answer = IcmpMessage::packet(reply, *source, packet->source);
    answer.ttl = kUserTtl;
    answer.dontFragment = false;
    sendFrom(node, std::move(answer), onLinkOnly ? cameIn : InterfaceId::none(), cause, log);
}

void Simulation::sendIcmpError(NodeId node, IcmpKind kind, const PacketPtr& about, InterfaceId cameIn,
                               RecordId cause, RecordLog& log, std::uint32_t mtu) {
    if (!mayBeAnsweredWithError(*about)) return;
    NodeState& state = nodes_[node.value()];
    IpAddress source = IpAddress::any(about->source.family());
    if (kind == IcmpKind::PortUnreachable) {
        source = about->destination;
    } else if (about->source.isV4() && cameIn.isSome()) {
        // From the interface the packet came in by, so that a traceroute shows the way in.
        if (const auto* address = state.interfaces[cameIn.value()].firstAddress(Family::IPv4))
            source = address->address;
    }
    const bool onLinkOnly = about->source.isLinkLocal() && cameIn.isSome();
    if (source.isUnspecified()) {
        const NextHop back = NextHop::via(about->source, cameIn);
        source = (onLinkOnly ? sourceVia(state, back, about->source) : sourceFor(node, about->source))
                     .value_or(source);
    }
    if (source.isUnspecified()) return;
    Packet error = IcmpMessage::packet(IcmpMessage::error(kind, about, mtu), source, about->source);
    error.ttl = kUserTtl;
    error.trafficClass = 0xc0;
    error.dontFragment = false;
    sendFrom(node, std::move(error), onLinkOnly ? cameIn : InterfaceId::none(), cause, log);
}

void Simulation::drop(NodeId node, InterfaceId interface, DropReason reason, const PacketPtr& packet,
                      RecordId cause, RecordLog& log) {
    countFlowLoss(*packet, reason);
    log.append(now_, node, cause, record::PacketDropped{interface, reason, packet});
}

}  // namespace peerscape

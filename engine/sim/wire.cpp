// Links and LANs: queue, serialisation, delay, and the ways they fail.
#include <algorithm>
#include <utility>

#include "engine/base/small_vector.hpp"
#include "engine/sim/damage.hpp"
#include "engine/sim/simulation.hpp"

namespace peerscape {

namespace {

/// Ethernet's 14 bytes in front and 4 behind are on the wire too.
constexpr std::size_t kFrameBytes = 18;
/// Linux asks three times, once a second, before it gives a neighbour up (net.ipv4.neigh: mcast_solicit,
/// retrans_time).
constexpr Duration kNeighborGivenUp = Duration::seconds(3);

}  // namespace

void Simulation::transmit(InterfaceRef from, const PacketPtr& packet, const IpAddress& nextHop,
                          InterfaceId cameIn, RecordId cause, RecordLog& log) {
    const InterfaceState& interface = nodes_[from.node.value()].interfaces[from.interface.value()];
    const SegmentId segmentId = topology_.interface(from).segment;
    if (!interface.isUp())
        return drop(from.node, from.interface, DropReason::InterfaceDown, packet, cause, log);
    if (packet->size() > interface.mtu) {
        // IPv6 is cut by its sender only (RFC 8200 section 5).
        const bool mayBeCut = !packet->dontFragment && (packet->source.isV4() || !cameIn.isSome());
        const auto pieces = mayBeCut ? fragment(packet, interface.mtu) : std::vector<PacketPtr>();
        for (const PacketPtr& piece : pieces)
            transmit(from, piece, nextHop, cameIn, cause, log);
        if (!pieces.empty()) return;
        drop(from.node, from.interface, DropReason::TooBig, packet, cause, log);
        return sendIcmpError(from.node, IcmpKind::TooBig, packet, cameIn, cause, log, interface.mtu);
    }
    const bool toAll = !nextHop.isUnicast() ||
                       std::any_of(interface.addresses.begin(), interface.addresses.end(),
                                   [&](const InterfaceAddress& a) { return a.broadcast() == nextHop; });
    SmallVector<InterfaceRef, 2> receivers;
    if (segmentId.isSome()) {
        for (const InterfaceRef end : topology_.segment(segmentId).ends) {
            if (end == from) continue;
            const InterfaceState& other = nodes_[end.node.value()].interfaces[end.interface.value()];
            if (toAll || other.hasAddress(nextHop)) receivers.push_back(end);
            // Should two ends claim the address, the first one that works has it: one packet never becomes
            // two.
            if (!toAll && receivers.size() > 1)
                receivers = {
                    nodes_[receivers[0].node.value()].interfaces[receivers[0].interface.value()].isUp()
                        ? receivers[0]
                        : end};
        }
    }
    if (receivers.empty() && !toAll) {
        drop(from.node, from.interface, DropReason::NeighborUnknown, packet, cause, log);
        Event event;
        event.kind = Event::Kind::NeighborTimeout;
        event.node = from.node;
        event.interface = cameIn;
        event.cause = cause;
        event.object = packet;
        agenda_.schedule(now_ + kNeighborGivenUp, std::move(event));
        return;
    }
    if (!segmentId.isSome()) return;

    SegmentState& segment = segments_[segmentId.value()];
    const std::size_t index = endOf(from);
    EndState& end = segment.ends[index];
    const SimTime starts = std::max(now_, end.busyUntil);
    if (starts - now_ > segment.properties.bandwidth.timeFor(segment.properties.queueBytes)) {
        return drop(from.node, from.interface, DropReason::QueueFull, packet, cause, log);
    }
    const std::size_t bytes = packet->size() + kFrameBytes;
    if (LoadMeter* meter = segment.meterOf(index)) meter->send(bytes, now_, segment.wireOf(index));
    end.busyUntil = starts + segment.properties.bandwidth.timeFor(bytes);
    const InterfaceRef addressee = toAll ? InterfaceRef{} : receivers.front();
    const RecordId sent =
        log.append(now_, from.node, cause, record::PacketSent{from.interface, packet, addressee});
    if (end.isSilent) return drop(from.node, from.interface, DropReason::SilentFailure, packet, sent, log);
    const SimTime arrival = end.busyUntil + segment.properties.delay;
    for (const InterfaceRef receiver : receivers) {
        if (segment.properties.isImpaired()) {
            carryImpaired(segmentId, receiver, packet, arrival, sent, log);
        } else {
            noteHeard(segmentId, receiver, true);
            scheduleArrival(segmentId, receiver, packet, arrival, sent);
        }
    }
}

void Simulation::scheduleArrival(SegmentId segment, InterfaceRef receiver, PacketPtr packet, SimTime time,
                                 RecordId sent) {
    Event event;
    event.kind = Event::Kind::Arrival;
    event.node = receiver.node;
    event.interface = receiver.interface;
    event.number = segment.value();
    event.epoch = segments_[segment.value()].epoch;
    event.cause = sent;
    event.object = std::move(packet);
    latestArrival_ = std::max(latestArrival_, time);
    agenda_.schedule(time, std::move(event));
}

void Simulation::arrive(const Event& event, RecordLog& log) {
    const auto packet = std::static_pointer_cast<const Packet>(event.object);
    if (!SegmentId(event.number).isSome())
        return deliver(event.node, packet, InterfaceId::none(), event.cause, log);
    const InterfaceState& interface = nodes_[event.node.value()].interfaces[event.interface.value()];
    const auto& ends = topology_.segment(SegmentId(event.number)).ends;
    const auto end = static_cast<std::size_t>(
        std::find(ends.begin(), ends.end(), InterfaceRef{event.node, event.interface}) - ends.begin());
    if (segments_[event.number].epoch != event.epoch)
        return drop(event.node, event.interface, DropReason::LinkFailed, packet, event.cause, log);
    if (!interface.isUp())
        return drop(event.node, event.interface, DropReason::InterfaceDown, packet, event.cause, log);
    if (segments_[event.number].ends[end].isDeaf) {
        return drop(event.node, event.interface, DropReason::SilentFailure, packet, event.cause, log);
    }
    if (hasDamagedHeader(*packet))
        return drop(event.node, event.interface, DropReason::HeaderCorrupted, packet, event.cause, log);
    const RecordId received =
        log.append(now_, event.node, event.cause, record::PacketReceived{event.interface, packet});
    receive({event.node, event.interface}, packet, received, log);
}

}  // namespace peerscape

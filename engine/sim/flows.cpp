// Measuring flows: a steady stream of numbered packets, each one accounted for.
#include <algorithm>
#include <memory>
#include <numeric>
#include <utility>

#include "engine/sim/damage.hpp"
#include "engine/sim/simulation.hpp"

namespace peerscape {

void FlowMessage::encode(ByteWriter& out) const {
    out.u32(flow_);
    out.u64(sequence_);
    out.u64(static_cast<std::uint64_t>(sentAt_.count()));
    out.zeros(encodedSize() - kLeastBytes);
}

std::uint64_t FlowCounters::lost() const {
    return std::accumulate(dropped.begin(), dropped.end(), std::uint64_t{0});
}

void Simulation::startFlow(const action::StartFlow& start, RecordId cause) {
    FlowState flow;
    flow.name = start.name;
    flow.from = start.from;
    flow.to = start.to;
    flow.source = start.source;
    flow.interval = start.interval;
    flow.payloadBytes = start.payloadBytes;
    if (start.lasting) flow.stopAt = now_ + *start.lasting;
    flows_.push_back(std::move(flow));
    Event event;
    event.kind = Event::Kind::FlowTick;
    event.number = static_cast<std::uint32_t>(flows_.size() - 1);
    event.cause = cause;
    agenda_.schedule(now_, std::move(event));
}

void Simulation::tickFlow(std::uint32_t number, RecordId cause, RecordLog& log) {
    FlowState& flow = flows_[number];
    if (now_ >= flow.stopAt) return;
    Packet packet;
    packet.source = flow.source.value_or(IpAddress::any(flow.to.family()));
    packet.destination = flow.to;
    packet.protocol = kIpProtocolUdp;
    packet.sourcePort = static_cast<std::uint16_t>(49152 + number % 16384);
    packet.destinationPort = kFlowPort;
    packet.payload =
        Payload(std::make_shared<const FlowMessage>(number, ++flow.counters.sent, now_, flow.payloadBytes));
    Event next;
    next.kind = Event::Kind::FlowTick;
    next.number = number;
    next.cause = cause;
    agenda_.schedule(now_ + flow.interval, std::move(next));
    sendFrom(flow.from, std::move(packet), InterfaceId::none(), cause, log);
}

void Simulation::countFlowArrival(const FlowMessage& message, std::size_t bytes) {
    FlowState& flow = flows_[message.flow()];
    FlowCounters& counters = flow.counters;
    if (const auto doubled = flow.doubled.find(message.sequence()); doubled != flow.doubled.end()) {
        const bool isFirst = !std::exchange(doubled->second.isReceived, true);
        endDoubled(flow, doubled->first, bytes, std::nullopt);
        if (!isFirst) {
            ++counters.duplicates;
            return;
        }
    }
    const Duration delay = now_ - message.sentAt();
    counters.leastDelay = counters.received == 0 ? delay : std::min(counters.leastDelay, delay);
    counters.mostDelay = std::max(counters.mostDelay, delay);
    counters.delaySum = counters.delaySum + delay;
    ++counters.received;
    if (message.sequence() < flow.latestReceived) ++counters.late;
    flow.latestReceived = std::max(flow.latestReceived, message.sequence());
}

void Simulation::countFlowLoss(const Packet& packet, DropReason reason) {
    const Packet& whole = wholeOf(packet);
    const auto* message = whole.payload.as<FlowMessage>();
    if (message == nullptr) return;
    FlowState& flow = flows_[message->flow()];
    const std::size_t bytes = sizeBeforeDamage(packet);
    if (flow.doubled.contains(message->sequence())) {
        endDoubled(flow, message->sequence(), bytes, reason);
        return;
    }
    const bool isPiece = bytes != whole.sizeBehindHeader();
    const auto known = isPiece ? flow.lostInPieces.find(message->sequence()) : flow.lostInPieces.end();
    if (known == flow.lostInPieces.end()) ++flow.counters.dropped[static_cast<std::size_t>(reason)];
    if (!isPiece) return;
    // One lost fragment loses the packet; the others are not counted again when they meet their end.
    std::size_t& ended = flow.lostInPieces[message->sequence()];
    ended += bytes;
    if (ended == whole.sizeBehindHeader()) flow.lostInPieces.erase(message->sequence());
}

void Simulation::countFlowCopy(const Packet& packet) {
    const Packet& whole = wholeOf(packet);
    const auto* message = whole.payload.as<FlowMessage>();
    if (message == nullptr) return;
    FlowState& flow = flows_[message->flow()];
    const auto [at, isNew] = flow.doubled.try_emplace(message->sequence());
    if (isNew) {
        at->second.bytesUnderWay = whole.sizeBehindHeader();
        if (const auto lost = flow.lostInPieces.find(message->sequence()); lost != flow.lostInPieces.end()) {
            at->second.bytesUnderWay -= lost->second;
            at->second.isCountedAsLost = true;
            flow.lostInPieces.erase(lost);
        }
    }
    at->second.bytesUnderWay += sizeBeforeDamage(packet);
}

/// Bytes of a packet that was doubled have met their end: they are received, or dropped for a reason.
void Simulation::endDoubled(FlowState& flow, std::uint64_t sequence, std::size_t bytes,
                            std::optional<DropReason> reason) {
    FlowState::Doubled& doubled = flow.doubled.at(sequence);
    doubled.bytesUnderWay -= std::min(bytes, doubled.bytesUnderWay);
    if (doubled.bytesUnderWay > 0) return;
    if (reason && !doubled.isReceived && !doubled.isCountedAsLost)
        ++flow.counters.dropped[static_cast<std::size_t>(*reason)];
    flow.doubled.erase(sequence);
}

}  // namespace peerscape

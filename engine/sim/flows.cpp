// Measuring flows: a steady stream of numbered packets, each one accounted for.
#include <algorithm>
#include <memory>
#include <numeric>
#include <utility>

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

void Simulation::countFlowArrival(const FlowMessage& message) {
    FlowState& flow = flows_[message.flow()];
    FlowCounters& counters = flow.counters;
    const Duration delay = now_ - message.sentAt();
    counters.leastDelay = counters.received == 0 ? delay : std::min(counters.leastDelay, delay);
    counters.mostDelay = std::max(counters.mostDelay, delay);
    counters.delaySum = counters.delaySum + delay;
    ++counters.received;
    if (message.sequence() < flow.latestReceived) ++counters.late;
    flow.latestReceived = std::max(flow.latestReceived, message.sequence());
}

}  // namespace peerscape

#include <algorithm>
#include <utility>

#include "protocols/eigrp/transport.hpp"

namespace peerscape::eigrp {

void Transport::multicast(ReliableMessage message, SimTime now, TransportEffects& effects) {
    const auto isUp = [](const auto& entry) { return entry.second.isUp(); };
    if (std::ranges::none_of(neighbors_, isUp)) return;
    const QueuedPacket queued{takeSequence(), std::make_shared<const ReliableMessage>(std::move(message))};
    for (auto& [address, neighbor] : neighbors_) {
        if (neighbor.isUp()) neighbor.queue.push_back(queued);
    }
    multicasts_.push_back(queued.sequence);
    transmit(now, effects);
}

void Transport::unicast(dual::NeighborId to, ReliableMessage message, SimTime now,
                        TransportEffects& effects) {
    const Neighbor* found = find(to);
    if (found == nullptr || !found->isUp()) return;
    neighbors_.at(found->address)
        .queue.push_back({takeSequence(), std::make_shared<const ReliableMessage>(std::move(message))});
    transmit(now, effects);
}

bool Transport::isReadyFor(std::optional<dual::NeighborId> to) const {
    if (!to) return multicasts_.empty();
    const Neighbor* neighbor = find(*to);
    return neighbor == nullptr || neighbor->queue.empty();
}

bool Transport::hasReadyNeighbor() const {
    return std::ranges::any_of(neighbors_, [](const auto& entry) { return entry.second.queue.empty(); });
}

Duration Transport::multicastFlowTimer() const {
    Duration sum;
    std::int64_t count = 0;
    for (const auto& [address, neighbor] : neighbors_) {
        if (!neighbor.roundTrip.smoothed()) continue;
        sum = sum + *neighbor.roundTrip.smoothed();
        ++count;
    }
    return count == 0 ? kInitialRto : eigrp::multicastFlowTimer(sum / count);
}

std::uint32_t Transport::takeSequence() { return std::exchange(nextSequence_, nextSequence(nextSequence_)); }

void Transport::acknowledge(Neighbor& neighbor, std::uint32_t sequence, SimTime now) {
    if (!neighbor.flight || !neighbor.awaits(sequence)) return;
    if (neighbor.flight->retransmissions == 0) neighbor.roundTrip.sample(now - neighbor.flight->firstSent);
    neighbor.flight.reset();
    neighbor.queue.erase(neighbor.queue.begin());
}

void Transport::transmit(SimTime now, TransportEffects& effects) {
    while (!multicasts_.empty() && isFlowOpen(now)) {
        const std::uint32_t sequence = multicasts_.front();
        multicasts_.erase(multicasts_.begin());
        transmitMulticast(sequence, now, effects);
    }
    for (auto& [address, neighbor] : neighbors_) {
        if (neighbor.queue.empty() || neighbor.flight) continue;
        const bool waitsForMulticast =
            std::ranges::find(multicasts_, neighbor.queue.front().sequence) != multicasts_.end();
        if (waitsForMulticast) continue;
        const Duration timeout = neighbor.roundTrip.retransmissionTimeout();
        neighbor.flight = Flight{now, now + timeout, backedOff(timeout)};
        transmitUnicast(neighbor, effects);
    }
}

/// The next multicast packet may go when all have acknowledged the last one, or the multicast flow timer
/// ends.
bool Transport::isFlowOpen(SimTime now) const {
    if (flowDeadline_ <= now) return true;
    return std::ranges::none_of(neighbors_,
                                [this](const auto& entry) { return entry.second.awaits(flowing_); });
}

void Transport::transmitMulticast(std::uint32_t sequence, SimTime now, TransportEffects& effects) {
    Sequence laggards;
    const QueuedPacket* queued = nullptr;
    const Duration flowTimer = multicastFlowTimer();
    for (auto& [address, neighbor] : neighbors_) {
        if (!neighbor.awaits(sequence)) {
            laggards.addresses.push_back(address);
            continue;
        }
        queued = &neighbor.queue.front();
        neighbor.flight = Flight{now, now + flowTimer, neighbor.roundTrip.retransmissionTimeout()};
    }
    if (queued == nullptr) return;  // all lag, or those it was for are gone
    EigrpPacket packet = packetOf(*queued);
    if (!laggards.addresses.empty()) {
        EigrpPacket hello = helloPacket();
        hello.tlvs.push_back(std::move(laggards));
        hello.tlvs.push_back(MulticastSequence{sequence});
        effects.push_back(SendPacket{std::nullopt, std::move(hello)});
        packet.flags |= PacketFlag::kConditionalReceive;
    }
    effects.push_back(SendPacket{std::nullopt, std::move(packet)});
    flowing_ = sequence;
    flowDeadline_ = now + flowTimer;
}

void Transport::transmitUnicast(Neighbor& neighbor, TransportEffects& effects) const {
    EigrpPacket packet = packetOf(neighbor.queue.front());
    packet.acknowledgment = neighbor.lastHeard;
    if (neighbor.owed == neighbor.lastHeard) neighbor.owed.reset();
    effects.push_back(SendPacket{neighbor.address, std::move(packet)});
}

void Transport::retransmit(Neighbor& neighbor, SimTime now, TransportEffects& effects) const {
    Flight& flight = *neighbor.flight;
    ++flight.retransmissions;
    ++neighbor.retransmissions;
    flight.deadline = now + flight.timeout;
    flight.timeout = backedOff(flight.timeout);
    transmitUnicast(neighbor, effects);
}

void Transport::sendOwed(Neighbor& neighbor, TransportEffects& effects) const {
    if (!neighbor.owed) return;
    EigrpPacket packet = blankPacket(Opcode::Hello);
    packet.acknowledgment = *std::exchange(neighbor.owed, std::nullopt);
    effects.push_back(SendPacket{neighbor.address, std::move(packet)});
}

EigrpPacket Transport::packetOf(const QueuedPacket& queued) const {
    EigrpPacket packet = blankPacket(queued.message->opcode);
    packet.flags = queued.message->flags;
    packet.sequence = queued.sequence;
    packet.tlvs = queued.message->tlvs;
    return packet;
}

}  // namespace peerscape::eigrp

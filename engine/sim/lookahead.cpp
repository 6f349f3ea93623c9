// What the next events will read. In a large lab each event meets another router, whose tables lie in memory
// far away: its state is asked for while the events before it are handled. Pointers have to be followed one
// after the other, so that this takes several steps for each event, each of which follows what the step
// before has asked for. It changes nothing but time.
#include <type_traits>
#include <variant>

#include "engine/base/prefetch.hpp"
#include "engine/sim/simulation.hpp"

namespace peerscape {
namespace {

/// From the events to the process; then come those of the process itself.
constexpr int kOwnSteps = 4;
constexpr int kSteps = kOwnSteps + Process::kPrefetchSteps;
/// The same for packets and deadlines.
constexpr std::uint8_t kPacketSteps = 4;
/// So few nodes lie in the caches.
constexpr std::size_t kFewNodes = 100;
/// As much of a message as is mostly read: a whole UPDATE.
constexpr std::size_t kMessageBytes = 288;

}  // namespace

void Simulation::lookAhead(const Event& present) {
    if (nodes_.size() <= kFewNodes) return;
    agenda_.foresee(kPacketSteps, [this](const Event& event, int step) { prefetchFor(event, step); });
    agenda_.prefetch(kSteps);
    const Event* before = &present;
    for (int step = kSteps - 1; step >= 0; --step) {
        const Event* event = agenda_.ahead(static_cast<std::size_t>(kSteps - 1 - step));
        // Where few events share an instant there is nothing to be won.
        if (event == nullptr) return;
        if (event->kind == Event::Kind::Message && event->object != nullptr)
            prefetchFor(*event, *before, step);
        before = event;
    }
}

/// For packets and deadlines. What the process reads of its own it asks for itself, a packet's routes at
/// once.
void Simulation::prefetchFor(const Event& event, int step) const {
    const bool isPacket = event.kind == Event::Kind::Arrival;
    if (!isPacket && event.kind != Event::Kind::Wake) return;
    const NodeState& node = nodes_[event.node.value()];
    const auto* packet = isPacket ? static_cast<const Packet*>(event.object.get()) : nullptr;
    const bool hasSegment = isPacket && SegmentId(event.number).isSome();
    const bool hasInterface = event.interface.isSome();
    if (step == 0) {
        if (isPacket) prefetch(*packet);
        if (hasSegment) prefetch(segments_[event.number]);
        prefetch(node.interfaces);
        prefetch(node.processes);
    } else if (step == 1) {
        if (isPacket) packet->payload.prefetch();
        if (hasSegment) prefetchLine(segments_[event.number].ends.data());
        if (hasInterface) prefetch(node.interfaces[event.interface.value()]);
        for (const ProcessSlot& slot : node.processes)
            prefetch(slot);
    } else if (step == 2) {
        if (hasInterface) prefetchLine(node.interfaces[event.interface.value()].addresses.data());
        for (const ProcessSlot& slot : node.processes) {
            prefetchLine(slot.process.get());
            prefetchLine(slot.ip.data());
            prefetchLine(slot.udp.data());
        }
    } else {
        const ProtocolId reader = isPacket ? packet->owner : event.protocol;
        const ProcessSlot* slot = reader.isSome() ? node.slotOf(reader) : nullptr;
        if (slot != nullptr) slot->process->prefetch();
    }
}

/// Of a node that hears several messages in an instant, everything but what belongs to the sender is asked
/// for once.
void Simulation::prefetchFor(const Event& event, const Event& before, int step) const {
    const NodeState& node = nodes_[event.node.value()];
    const bool isNear = before.kind == Event::Kind::Message && before.node == event.node;
    if (step == 0) {
        prefetch(static_cast<const Message*>(event.object.get()), kMessageBytes);
        if (isNear) return;
        prefetch(node.interfaces);
        prefetch(node.processes);
        node.streams.prefetch();
        prefetch(node.rib);
        return;
    }
    if (step == 1) {
        node.streams.prefetch(event.number);
        if (isNear) return;
        for (const ProcessSlot& slot : node.processes)
            prefetchBetween(slot, slot.tracked);
        return;
    }
    const Stream* stream = node.streams.at(event.number, event.epoch);
    if (stream == nullptr) return;
    const ProcessSlot* reader = node.slotOf(stream->owner);
    if (reader == nullptr) return;
    const StreamPlace& sender = stream->lane.peer;
    if (step == 2) {
        if (!isNear) prefetchLine(reader->process.get());
        if (sender.node.isSome()) nodes_[sender.node.value()].streams.prefetch();
        if (stream->lane.segment.isSome()) prefetch(segments_[stream->lane.segment.value()]);
    } else if (step == 3) {
        if (sender.node.isSome()) nodes_[sender.node.value()].streams.prefetch(sender.slot);
    } else {
        const auto& message = *static_cast<const Message*>(event.object.get());
        const auto* heard = isNear ? static_cast<const Message*>(before.object.get()) : nullptr;
        reader->process->prefetchFor(node.rib, stream->id, message, heard, step - kOwnSteps);
    }
}

/// What a process wants done, before any of it is.
void Simulation::prefetchFor(NodeId node, ProtocolId protocol, const Outbox& outbox) const {
    const NodeState& state = nodes_[node.value()];
    const auto forEach = [&]<typename Kind>(std::type_identity<Kind>, auto act) {
        for (const Effect& effect : outbox.effects()) {
            if (const auto* wanted = std::get_if<Kind>(&effect.action)) act(*wanted);
        }
    };
    state.rib.prefetch([&](auto visit) {
        forEach(std::type_identity<Announce>(), [&](const Announce& it) { visit(it.offer.prefix); });
        forEach(std::type_identity<Withdraw>(), [&](const Withdraw& it) { visit(it.prefix); });
    });
    constexpr std::type_identity<SendStream> kSends;
    forEach(kSends, [&](const SendStream& send) { state.streams.prefetch(protocol, send.stream); });
    forEach(kSends, [&](const SendStream& send) {
        if (const Stream* stream = state.streams.find(protocol, send.stream)) StreamTable::prefetch(*stream);
    });
    forEach(kSends, [&](const SendStream& send) {
        const Stream* stream = state.streams.find(protocol, send.stream);
        if (stream != nullptr && stream->lane.segment.isSome())
            prefetch(segments_[stream->lane.segment.value()]);
    });
}

}  // namespace peerscape

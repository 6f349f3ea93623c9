// Processes: starting and ending them, handing them inputs, and doing what their outboxes ask.
#include <algorithm>
#include <type_traits>
#include <utility>

#include "engine/base/check.hpp"
#include "engine/sim/simulation.hpp"

namespace peerscape {

namespace {

class TrafficOfNode final : public TrafficView {
  public:
    TrafficOfNode(const Simulation& world, NodeId node) : world_(world), node_(node) {}
    std::optional<InterfaceTraffic> trafficOf(InterfaceId interface) const override {
        return world_.trafficOf({node_, interface});
    }

  private:
    const Simulation& world_;
    NodeId node_;
};

}  // namespace

void Simulation::startProcess(NodeId node, ProtocolId protocol, RecordId cause, RecordLog& log) {
    NodeState& state = nodes_[node.value()];
    const auto config = state.config->processes.find(protocol);
    if (config == state.config->processes.end() || !config->second->isEnabled() ||
        state.slotOf(protocol) != nullptr)
        return;
    const RecordId started = log.append(now_, node, cause, record::ProcessStarted{protocol});
    RandomStream random(options_.seed, state.name, "process " + std::to_string(protocol.value()));
    ProcessSlot slot;
    slot.protocol = protocol;
    slot.process = ClonePtr<Process>(config->second->start(config->second, random));
    const auto at = std::find_if(state.processes.begin(), state.processes.end(),
                                 [&](const ProcessSlot& s) { return protocol < s.protocol; });
    state.processes.insert(at, std::move(slot));
    dispatch(node, protocol, Started{}, started, log);
}

void Simulation::stopProcess(NodeId node, ProtocolId protocol, bool mayComeBack, RecordId cause,
                             RecordLog& log) {
    NodeState& state = nodes_[node.value()];
    if (!mayComeBack && state.retainedUntil.erase(protocol) > 0) state.rib.withdrawAll(protocol, cause);
    const auto at = std::find_if(state.processes.begin(), state.processes.end(),
                                 [&](const ProcessSlot& s) { return s.protocol == protocol; });
    if (at == state.processes.end()) return settleRib(node, log);
    const RecordId stopped = log.append(now_, node, cause, record::ProcessStopped{protocol});
    const Duration retention = mayComeBack ? at->retention : Duration();
    state.processes.erase(at);
    endStreamsOf(node, protocol, stopped, log);
    if (retention > Duration()) {
        retainRoutes(node, protocol, retention, stopped, log);
    } else {
        state.rib.withdrawAll(protocol, stopped);
    }
    settleRib(node, log);
}

void Simulation::freeze(NodeId node, ProtocolId protocol) {
    NodeState& state = nodes_[node.value()];
    ProcessSlot* slot = state.slotOf(protocol);
    if (slot == nullptr) return;
    slot->isFrozen = true;
    state.streams.stopReading(protocol);
}

/// What it has missed comes in the order in which it happened; its deadlines, which have passed meanwhile,
/// come last, as the timers of a daemon do that looks at its sockets first.
void Simulation::thaw(NodeId node, ProtocolId protocol, RecordId cause, RecordLog& log) {
    ProcessSlot* slot = nodes_[node.value()].slotOf(protocol);
    if (slot == nullptr || !slot->isFrozen) return;
    slot->isFrozen = false;
    slot->heldDatagramBytes = 0;
    for (const HeldInput& held : std::exchange(slot->held, {}))
        dispatch(node, protocol, held.input, held.cause, log);
    resumeReading(node, protocol, cause, log);
    announceNews(node);
    if (ProcessSlot* present = nodes_[node.value()].slotOf(protocol)) scheduleWake(node, *present, cause);
}

void Simulation::dispatch(NodeId node, ProtocolId protocol, const Input& input, RecordId cause,
                          RecordLog& log) {
    NodeState& state = nodes_[node.value()];
    ProcessSlot* slot = state.slotOf(protocol);
    if (slot == nullptr) return;
    if (slot->isFrozen) {
        slot->held.push_back({input, cause});
        return;
    }
    Outbox outbox = std::move(spareOutbox_);
    const TrafficOfNode traffic(*this, node);
    const Env env{now_, cause, state.name, state.interfaces, &state.rib, &traffic};
    slot->process->handle(env, input, outbox);
    scheduleWake(node, *slot, cause);
    if (!outbox.effects().empty()) drain(node, protocol, outbox, cause, log);
    outbox.clear();
    spareOutbox_ = std::move(outbox);
}

void Simulation::dispatchToAll(NodeId node, const Input& input, RecordId cause, RecordLog& log) {
    std::vector<ProtocolId> protocols;
    for (const ProcessSlot& slot : nodes_[node.value()].processes)
        protocols.push_back(slot.protocol);
    for (const ProtocolId protocol : protocols)
        dispatch(node, protocol, input, cause, log);
}

void Simulation::scheduleWake(NodeId node, ProcessSlot& slot, RecordId cause) {
    // A deadline that moved back needs no new event: the old one will find it and ask again.
    const SimTime deadline = std::max(slot.process->nextDeadline(), now_);
    if (deadline >= slot.wakeAt || deadline.isNever()) return;
    slot.wakeAt = deadline;
    Event event;
    event.kind = Event::Kind::Wake;
    event.protocol = slot.protocol;
    event.node = node;
    event.cause = cause;
    agenda_.schedule(deadline, std::move(event));
}

void Simulation::drain(NodeId node, ProtocolId protocol, Outbox& outbox, RecordId cause, RecordLog& log) {
    prefetchFor(node, protocol, outbox);
    for (Effect& effect : outbox.effects()) {
        perform(node, protocol, effect.action, effect.cause.isSome() ? effect.cause : cause, log);
    }
    settleRib(node, log);
}

void Simulation::perform(NodeId node, ProtocolId protocol, EffectAction& action, RecordId cause,
                         RecordLog& log) {
    NodeState& state = nodes_[node.value()];
    ProcessSlot* slot = state.slotOf(protocol);
    PEERSCAPE_CHECK(slot != nullptr);
    std::visit(
        [&](auto& effect) {
            using T = std::decay_t<decltype(effect)>;
            if constexpr (std::is_same_v<T, BindUdp>) {
                std::erase_if(slot->udp, [&](const BindUdp& b) {
                    return b.family == effect.family && b.port == effect.port;
                });
                slot->udp.push_back(std::move(effect));
            } else if constexpr (std::is_same_v<T, BindIp>) {
                std::erase_if(slot->ip, [&](const BindIp& b) {
                    return b.family == effect.family && b.protocol == effect.protocol;
                });
                slot->ip.push_back(std::move(effect));
            } else if constexpr (std::is_same_v<T, SendDatagram>) {
                sendDatagram(node, protocol, effect, cause, log);
            } else if constexpr (std::is_same_v<T, ListenStream>) {
                state.streams.listen(effect.family, effect.port, protocol);
            } else if constexpr (std::is_same_v<T, OpenStream>) {
                openStream(node, protocol, effect, cause, log);
            } else if constexpr (std::is_same_v<T, SetStreamTtl>) {
                if (Stream* stream = state.streams.find(protocol, effect.stream)) {
                    stream->ttl = effect.ttl;
                    stream->leastTtl = effect.leastTtl;
                }
            } else if constexpr (std::is_same_v<T, SetStreamKey>) {
                state.streams.setKey(protocol, effect.remote, effect.key);
            } else if constexpr (std::is_same_v<T, SendStream>) {
                sendStream(node, protocol, effect, cause, log);
            } else if constexpr (std::is_same_v<T, CloseStream>) {
                closeStream(node, protocol, effect, cause, log);
            } else if constexpr (std::is_same_v<T, Announce>) {
                state.rib.offer(protocol, effect.offer, now_, cause);
            } else if constexpr (std::is_same_v<T, Withdraw>) {
                state.rib.withdraw(protocol, effect.prefix, effect.slot, cause);
            } else if constexpr (std::is_same_v<T, RetainRoutes>) {
                slot->retention = effect.time;
            } else if constexpr (std::is_same_v<T, ReleaseRoutes>) {
                releaseRoutes(node, protocol, effect.family, cause);
            } else if constexpr (std::is_same_v<T, SubscribeRoutes>) {
                subscribe(node, *slot, effect, cause);
            } else if constexpr (std::is_same_v<T, TrackNextHop>) {
                track(node, *slot, effect, cause);
            } else if constexpr (std::is_same_v<T, TrackPrefix>) {
                track(node, *slot, effect, cause);
            } else if constexpr (std::is_same_v<T, Note>) {
                log.append(now_, node, cause,
                           record::Noted{protocol, effect.level, std::move(effect.remark)});
            }
        },
        action);
}

void Simulation::sendDatagram(NodeId node, ProtocolId protocol, const SendDatagram& send, RecordId cause,
                              RecordLog& log) {
    Packet packet;
    packet.source = send.source.value_or(IpAddress::any(send.destination.family()));
    packet.destination = send.destination;
    packet.ttl = send.ttl;
    packet.protocol = send.ipProtocol == 0 ? kIpProtocolUdp : send.ipProtocol;
    packet.trafficClass = send.trafficClass;
    packet.sourcePort = send.sourcePort;
    packet.destinationPort = send.destinationPort;
    packet.owner = protocol;
    packet.payload = options_.bytesOnEveryHop ? Payload(send.payload.bytes()) : send.payload;
    sendFrom(node, std::move(packet), send.interface, cause, log);
}

}  // namespace peerscape

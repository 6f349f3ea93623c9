#include "engine/sim/simulation.hpp"

#include <algorithm>
#include <utility>

#include "engine/base/check.hpp"

namespace peerscape {

Simulation::Simulation(Topology topology, SimulationOptions options)
    : options_(options), topology_(std::move(topology)) {
    for (std::uint32_t s = 0; s < topology_.segments().size(); ++s) {
        const Segment& segment = topology_.segment(SegmentId(s));
        segments_.push_back({.properties = segment.properties,
                             .ends = std::vector<EndState>(segment.ends.size()),
                             .random = RandomStream(options_.seed, segment.name, "link")});
    }
    for (std::uint32_t n = 0; n < topology_.nodes().size(); ++n)
        addNodeState(NodeId(n));
}

void Simulation::step(RecordLog& log) {
    PEERSCAPE_CHECK(!agenda_.isEmpty());
    now_ = agenda_.nextTime();
    ++eventsHandled_;
    const Event event = agenda_.pop();
    lookAhead(event);
    switch (event.kind) {
        case Event::Kind::Arrival:
            return arrive(event, log);
        case Event::Kind::Wake: {
            ProcessSlot* slot = nodes_[event.node.value()].slotOf(event.protocol);
            // A process that was ended, or that has moved its deadline, left this one behind.
            if (slot == nullptr || slot->wakeAt != now_) return;
            slot->wakeAt = SimTime::never();
            if (slot->isFrozen) return;
            if (slot->process->nextDeadline() > now_) return scheduleWake(event.node, *slot, event.cause);
            const RecordId cause =
                log.append(now_, event.node, event.cause, record::ProcessWoken{event.protocol});
            return dispatch(event.node, event.protocol, Woken{}, cause, log);
        }
        case Event::Kind::Notify:
            return notify(event.node, log);
        case Event::Kind::Act:
            return applyOrNote(*std::static_pointer_cast<const Action>(event.object), log);
        case Event::Kind::NeighborTimeout:
            return sendIcmpError(event.node, IcmpKind::HostUnreachable,
                                 std::static_pointer_cast<const Packet>(event.object), event.interface,
                                 event.cause, log);
        case Event::Kind::FlowTick:
            return tickFlow(event.number, event.cause, log);
        case Event::Kind::ReassemblyTimeout:
            return giveUpReassembly(event, log);
        case Event::Kind::RetentionEnd:
            return endRetention(event, log);
        case Event::Kind::StreamWake:
            return wakeStream(event, log);
        case Event::Kind::Message:
            return deliverMessage(event, log);
    }
}

void Simulation::runUntil(SimTime time, RecordLog& log) {
    while (agenda_.nextTime() <= time)
        step(log);
    advanceTo(std::max(now_, time));
}

void Simulation::advanceTo(SimTime time) {
    PEERSCAPE_CHECK(time >= now_ && agenda_.nextTime() >= time);
    now_ = time;
}

void Simulation::schedule(SimTime time, std::shared_ptr<const Action> action) {
    Event event;
    event.kind = Event::Kind::Act;
    event.object = std::move(action);
    agenda_.schedule(std::max(time, now_), std::move(event));
}

std::optional<Simulation::Unsettled> Simulation::unsettled(SimTime since) const {
    for (std::uint32_t n = 0; n < nodes_.size(); ++n) {
        for (const ProcessSlot& slot : nodes_[n].processes) {
            // One that hangs changes nothing, whatever it has still to do.
            if (slot.isFrozen) continue;
            if (!slot.process->settled(now_, std::max(since, staleUntil_)))
                return Unsettled{NodeId(n), slot.protocol};
        }
        // Either somebody comes back who says anew what holds, or all of it goes.
        if (!nodes_[n].retainedUntil.empty())
            return Unsettled{NodeId(n), nodes_[n].retainedUntil.begin()->first};
        // Whether a connection that is still coming up will ever matter, its opener's process knows. And
        // last words that nobody acknowledges, however often they are repeated, reach nobody.
        if (!nodes_[n].streams.mayDeliverNews(now_)) continue;
        const Stream* delivering =
            nodes_[n].streams.findIf([&](const Stream& stream) { return isDeliveringNews(stream); });
        if (delivering != nullptr) return Unsettled{NodeId(n), delivering->owner};
    }
    return std::nullopt;
}

bool Simulation::isSettled(SimTime since) const {
    // Who spoke last is probably not done.
    const auto streamAt = [&](const StreamPlace& place) {
        return place.node.isSome() ? nodes_[place.node.value()].streams.at(place.slot, place.generation)
                                   : nullptr;
    };
    const Stream* hearer = streamAt(latestNewsTo_);
    const Stream* speaker = hearer == nullptr ? nullptr : streamAt(hearer->lane.peer);
    if (speaker != nullptr && isDeliveringNews(*speaker)) return false;
    return !unsettled(since);
}

Duration Simulation::longestHop() const {
    Duration longest;
    for (const SegmentState& segment : segments_) {
        for (const EndState& end : segment.ends) {
            const LinkProperties& properties = segment.properties;
            const Duration hold = properties.reorder.isZero() ? Duration() : properties.longestHold();
            longest = std::max(longest, properties.delay + hold + (std::max(end.busyUntil, now_) - now_));
        }
    }
    return longest;
}

std::uint64_t Simulation::stateHash() const {
    StableHash hash;
    hash.add(static_cast<std::uint64_t>(now_.count())).add(agenda_.hash());
    for (const NodeState& node : nodes_) {
        hash.add(node.name).add(node.rib.hash()).add(node.streams.hash());
        hash.add(node.nextIdentification).add(node.reassembly.hash()).add(node.notifyIsScheduled ? 1 : 0);
        hash.add(node.isCutOff ? 1 : 0);
        for (const ProtocolId protocol : node.stopped)
            hash.add(protocol.value());
        for (const auto& [protocol, until] : node.retainedUntil)
            hash.add(protocol.value()).add(static_cast<std::uint64_t>(until.count()));
        for (const InterfaceState& interface : node.interfaces) {
            hash.add(interface.isAdminUp ? 1 : 0).add(interface.hasCarrier ? 1 : 0).add(interface.mtu);
            for (const InterfaceAddress& address : interface.addresses)
                hash.add(address.address.hash()).add(address.length);
        }
        for (const ProcessSlot& slot : node.processes) {
            hash.add(slot.protocol.value())
                .add(static_cast<std::uint64_t>(slot.wakeAt.count()))
                .add(slot.process->stateHash())
                .add(static_cast<std::uint64_t>(slot.retention.count()))
                // What is held only grows until it is handled: its number tells it.
                .add(slot.isFrozen ? slot.held.size() + 1 : 0);
        }
    }
    for (const SegmentState& segment : segments_) {
        const LinkProperties& properties = segment.properties;
        hash.add(segment.isUp ? 1 : 0).add(segment.epoch).add(segment.random.state());
        hash.add(static_cast<std::uint64_t>(properties.delay.count())).add(properties.bandwidth.count());
        hash.add(properties.duplicate.count())
            .add(properties.reorder.count())
            .add(properties.corrupt.count());
        hash.add(properties.loss.count()).add(properties.mtu).add(properties.queueBytes);
        for (const EndState& end : segment.ends) {
            hash.add(end.isPlugged ? 1 : 0)
                .add(end.isSilent ? 1 : 0)
                .add(end.isDeaf ? 1 : 0)
                .add(static_cast<std::uint64_t>(end.busyUntil.count()));
        }
        for (const auto& meter : segment.meters) {
            if (meter) hash.add(meter->hash());
        }
    }
    for (const FlowState& flow : flows_) {
        hash.add(flow.counters.sent)
            .add(flow.counters.received)
            .add(flow.counters.lost())
            .add(flow.latestReceived);
        hash.add(static_cast<std::uint64_t>(flow.stopAt.count())).add(flow.lostInPieces.size());
        hash.add(flow.doubled.size());
    }
    return hash.value();
}

}  // namespace peerscape

// Messages of TCP connections that travel whole (StreamModel::Messages).
//
// A connection whose segments have all been acknowledged is quiet: its numbers stand still, and both ends
// have read everything. What is sent then can go beside the segments and leave those numbers alone. The lane
// is the way to the other end, found once and valid until the link, one of its interfaces, or the route
// changes. A message that finds the link broken on arrival becomes segments of its sender's connection, as
// does all that comes behind it: from then on TCP repeats it until it is acknowledged.
#include <algorithm>
#include <utility>

#include "engine/sim/simulation.hpp"

namespace peerscape {

bool Simulation::sendMessage(NodeId node, Stream& stream, const SendStream& send, RecordId cause) {
    // Nothing may overtake messages that are still under way, whatever has become of the link.
    if (!hasMessagesUnderWay(stream)) {
        stream.messagesInFlight = 0;
        if (!stream.isQuiet) return false;
        if (!hasLane(stream)) findLane(node, stream);
        if (!hasLane(stream)) return false;
    }
    if (hasLane(stream)) {
        const Duration delay = segments_[stream.lane.segment.value()].properties.delay;
        stream.lastMessageAt = std::max(stream.lastMessageAt, now_ + delay);
    }
    ++stream.messagesInFlight;
    if (send.isNews) {
        stream.lastNewsAt = stream.lastMessageAt;
        nodes_[node.value()].streams.noteNews(stream.lastNewsAt);
        latestNewsTo_ = stream.lane.peer;
    }
    scheduleMessage(stream.lastMessageAt, stream.lane.peer, send.payload.message(), cause);
    return true;
}

/// A connection that has come to rest will go on with messages: their way is looked for before there is
/// anything to be told, which is when a large lab has most to do.
void Simulation::prepareLane(NodeId node, const StreamEnds& ends) {
    if (options_.streams != StreamModel::Messages) return;
    Stream* stream = nodes_[node.value()].streams.find(ends);
    const bool isWanted = stream != nullptr && stream->isQuiet && !hasMessagesUnderWay(*stream);
    if (isWanted && !hasLane(*stream)) findLane(node, *stream);
}

void Simulation::closeBehindMessages(NodeId node, const Stream& stream, RecordId cause) {
    scheduleMessage(stream.lastMessageAt, nodes_[node.value()].streams.placeOf(node, stream.ends), nullptr,
                    cause);
}

void Simulation::scheduleMessage(SimTime time, const StreamPlace& to, std::shared_ptr<const void> message,
                                 RecordId cause) {
    Event event;
    event.kind = Event::Kind::Message;
    event.node = to.node;
    event.number = to.slot;
    event.epoch = to.generation;
    event.cause = cause;
    event.object = std::move(message);
    latestArrival_ = std::max(latestArrival_, time);
    agenda_.schedule(time, std::move(event));
}

void Simulation::deliverMessage(const Event& event, RecordLog& log) {
    StreamTable& streams = nodes_[event.node.value()].streams;
    Stream* stream = streams.at(event.number, event.epoch);
    if (stream == nullptr) return;
    if (event.object == nullptr)
        return endStream(event.node, StreamEnds(stream->ends), false, event.cause, log);
    const auto message = std::static_pointer_cast<const Message>(event.object);
    const StreamPlace from = stream->lane.peer;
    Stream* sender = nodes_[from.node.value()].streams.at(from.slot, from.generation);
    if (sender != nullptr) --sender->messagesInFlight;
    // One that hangs reads nothing: its window has to close, which only segments can bring about.
    const ProcessSlot* reader = nodes_[event.node.value()].slotOf(stream->owner);
    const bool isRead = reader == nullptr || !reader->isFrozen;
    const bool isCarried = hasLane(*stream) && (sender == nullptr || (sender->isQuiet && isRead));
    if (!isCarried) {
        if (sender == nullptr) return;
        TcpOutput out;
        sender->tcp.send(now_, Payload(message).bytes(), out);
        return followUp(from.node, StreamEnds(sender->ends), std::move(out), event.cause, log);
    }
    // Nobody will ever read this, as with a segment.
    if (!stream->owner.isSome())
        return endStream(event.node, StreamEnds(stream->ends), true, event.cause, log);
    StreamReceived received{stream->id, {}, message};
    if (options_.bytesOnEveryHop) received = {stream->id, Payload(message).bytes(), nullptr};
    dispatch(event.node, stream->owner, received, event.cause, log);
}

/// Those that found the other end gone were not counted when they came.
bool Simulation::hasMessagesUnderWay(const Stream& stream) const {
    return stream.messagesInFlight != 0 && stream.lastMessageAt >= now_;
}

bool Simulation::isDeliveringNews(const Stream& stream) const {
    return stream.isDelivering || (hasMessagesUnderWay(stream) && stream.lastNewsAt >= now_);
}

bool Simulation::hasLane(const Stream& stream) const {
    return stream.lane.segment.isSome() &&
           segments_[stream.lane.segment.value()].version == stream.lane.segmentVersion;
}

void Simulation::findLane(NodeId node, Stream& stream) {
    const StreamEnds& ends = stream.ends;
    const StreamEnds mirrored{ends.remote, ends.local, ends.remotePort, ends.localPort};
    // Where a packet from one node to the address would leave, if that is the network where it is.
    const auto exitTo = [&](NodeId from, const IpAddress& address) {
        const auto hops = nodes_[from.value()].rib.lookUp(address);
        if (hops.size() != 1 || !hops.front().interface.isSome()) return InterfaceRef{};
        const NextHop& hop = hops.front();
        const bool isNear = hop.kind == NextHop::Kind::Interface ||
                            (hop.kind == NextHop::Kind::Gateway && hop.gateway == address);
        return isNear ? InterfaceRef{from, hops.front().interface} : InterfaceRef{};
    };
    const InterfaceRef here = exitTo(node, ends.remote);
    if (!here.node.isSome()) return;
    const SegmentId segment = topology_.interface(here).segment;
    if (!segment.isSome() || !isFlawless(segment)) return;
    const auto& plugs = topology_.segment(segment).ends;
    const auto there = std::ranges::find_if(plugs, [&](const InterfaceRef& plug) {
        return nodes_[plug.node.value()].interfaces[plug.interface.value()].hasAddress(ends.remote);
    });
    if (there == plugs.end() || exitTo(there->node, ends.local) != *there) return;
    StreamTable& theirs = nodes_[there->node.value()].streams;
    Stream* peer = theirs.find(mirrored);
    // What is still under way from there was sent before the change, and must not find a lane as if nothing
    // had been.
    if (peer == nullptr || !peer->isQuiet || hasMessagesUnderWay(*peer)) return;
    StreamTable& ours = nodes_[node.value()].streams;
    const std::uint32_t version = segments_[segment.value()].version;
    ours.setLane(stream, {theirs.placeOf(there->node, mirrored), segment, version});
    theirs.setLane(*peer, {ours.placeOf(node, ends), segment, version});
}

bool Simulation::isFlawless(SegmentId id) const {
    const SegmentState& segment = segments_[id.value()];
    // Where routers measure what they carry, they are to see packets.
    if (!segment.isUp || segment.properties.isImpaired() || !segment.meters.empty()) return false;
    const auto& plugs = topology_.segment(id).ends;
    for (std::size_t i = 0; i < plugs.size(); ++i) {
        const InterfaceState& interface =
            nodes_[plugs[i].node.value()].interfaces[plugs[i].interface.value()];
        if (!interface.isUp() || segment.ends[i].isSilent || segment.ends[i].isDeaf) return false;
    }
    return true;
}

}  // namespace peerscape

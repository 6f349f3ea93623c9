#include "engine/sim/stream_table.hpp"

#include <algorithm>
#include <utility>

#include "engine/base/check.hpp"
#include "engine/base/hash.hpp"
#include "engine/base/prefetch.hpp"

namespace peerscape {

ProtocolId StreamTable::listenerOn(Family family, std::uint16_t port) const {
    const auto found = listeners_.find({family, port});
    return found == listeners_.end() ? ProtocolId::none() : found->second;
}

void StreamTable::stopListening(ProtocolId owner) {
    std::erase_if(listeners_, [&](const auto& listener) { return listener.second == owner; });
    std::erase_if(keys_, [&](const auto& key) { return key.first.first == owner; });
}

void StreamTable::setKey(ProtocolId owner, const Prefix& remote, std::string key) {
    if (key.empty()) {
        keys_.erase({owner, remote});
    } else {
        keys_[{owner, remote}] = std::move(key);
    }
}

std::string StreamTable::keyFor(ProtocolId owner, const IpAddress& remote) const {
    std::string key;
    int longest = -1;
    for (const auto& [about, candidate] : keys_) {
        if (about.first != owner || !about.second.contains(remote) || about.second.length() <= longest)
            continue;
        key = candidate;
        longest = about.second.length();
    }
    return key;
}

Stream* StreamTable::find(const StreamEnds& ends) {
    const auto found = byEnds_.find(ends);
    return found == byEnds_.end() ? nullptr : &*slots_[found->second].stream;
}

const Stream* StreamTable::find(ProtocolId owner, StreamId id) const {
    const std::uint32_t slot = byOwner_.find(ownerKey(owner, id));
    return slot == FlatIndex::kNone ? nullptr : &*slots_[slot].stream;
}

Stream* StreamTable::find(ProtocolId owner, StreamId id) {
    return const_cast<Stream*>(std::as_const(*this).find(owner, id));
}

Stream* StreamTable::at(std::uint32_t slot, std::uint32_t generation) {
    if (slot >= slots_.size() || slots_[slot].generation != generation) return nullptr;
    return slots_[slot].isTaken ? &*slots_[slot].stream : nullptr;
}

const Stream* StreamTable::at(std::uint32_t slot, std::uint32_t generation) const {
    return const_cast<StreamTable*>(this)->at(slot, generation);
}

void StreamTable::prefetch(std::uint32_t slot) const {
    // Up to the connection, and a little of what stands before the stream.
    constexpr std::size_t kBytes = 128;
    if (slot < slots_.size()) peerscape::prefetch(&slots_[slot], kBytes);
}

StreamPlace StreamTable::placeOf(NodeId node, const StreamEnds& ends) const {
    const auto found = byEnds_.find(ends);
    if (found == byEnds_.end()) return {};
    return {node, found->second, slots_[found->second].generation};
}

Stream& StreamTable::add(Stream stream) {
    if (freeSlots_.empty()) {
        freeSlots_.push_back(static_cast<std::uint32_t>(slots_.size()));
        slots_.emplace_back();
    }
    const std::uint32_t slot = freeSlots_.back();
    freeSlots_.pop_back();
    const std::uint64_t owner = ownerKey(stream.owner, stream.id);
    PEERSCAPE_CHECK(byOwner_.find(owner) == FlatIndex::kNone);
    PEERSCAPE_CHECK(byEnds_.emplace(stream.ends, slot).second);
    byOwner_.insert(owner, slot);
    slots_[slot].isTaken = true;
    return slots_[slot].stream.emplace(std::move(stream));
}

void StreamTable::remove(const StreamEnds& ends) {
    orphan(ends);
    const auto found = byEnds_.find(ends);
    if (found == byEnds_.end()) return;
    Slot& slot = slots_[found->second];
    if (slot.stream->isDelivering) --delivering_;
    slot.stream.reset();
    slot.isTaken = false;
    ++slot.generation;
    freeSlots_.push_back(found->second);
    byEnds_.erase(found);
}

void StreamTable::noteState(Stream& stream) {
    stream.isQuiet = stream.tcp.isQuiet();
    const bool isDelivering = stream.tcp.isDelivering();
    if (isDelivering == stream.isDelivering) return;
    stream.isDelivering = isDelivering;
    isDelivering ? ++delivering_ : --delivering_;
}

void StreamTable::orphan(const StreamEnds& ends) {
    Stream* stream = find(ends);
    if (stream == nullptr || !stream->owner.isSome()) return;
    byOwner_.erase(ownerKey(stream->owner, stream->id));
    stream->owner = ProtocolId::none();
}

void StreamTable::setLane(Stream& stream, const MessageLane& lane) {
    stream.lane = lane;
    const IpAddress& remote = stream.ends.remote;
    const auto at = std::ranges::lower_bound(laneEnds_, remote);
    if (at == laneEnds_.end() || *at != remote) laneEnds_.insert(at, remote);
    laneSpan_.include(remote);
}

void StreamTable::forgetLanesTo(const Prefix& network) {
    if (!laneSpan_.mayMeet(network)) return;
    const auto first = std::ranges::lower_bound(laneEnds_, network.address());
    if (first == laneEnds_.end() || !network.contains(*first)) return;
    std::erase_if(laneEnds_, [&](const IpAddress& end) { return network.contains(end); });
    for (Slot& slot : slots_) {
        if (slot.stream && network.contains(slot.stream->ends.remote)) slot.stream->lane.segment = {};
    }
}

void StreamTable::stopReading(ProtocolId owner) {
    for (Slot& slot : slots_) {
        if (slot.stream && slot.stream->owner == owner) slot.stream->tcp.stopReading();
    }
}

std::uint16_t StreamTable::freePort(StreamEnds ends) {
    for (std::uint32_t tried = 0; tried <= 0xffffU - kFirstPort; ++tried) {
        ends.localPort = nextPort_;
        nextPort_ = nextPort_ == 0xffff ? kFirstPort : static_cast<std::uint16_t>(nextPort_ + 1);
        if (!byEnds_.contains(ends)) return ends.localPort;
    }
    // 16,384 connections from one node to one port of another: no lab means that.
    PEERSCAPE_CHECK(false);
    return 0;
}

std::uint64_t StreamTable::hash() const {
    StableHash hash;
    hash.add(nextAccepted_).add(nextPort_);
    for (const auto& [key, owner] : listeners_)
        hash.add(key.first == Family::IPv4 ? 4 : 6).add(key.second).add(owner.value());
    forEach([&](const Stream& stream) {
        const StreamEnds& ends = stream.ends;
        hash.add(ends.local.hash()).add(ends.remote.hash()).add(ends.localPort).add(ends.remotePort);
        hash.add(ends.interface.value()).add(static_cast<std::uint64_t>(stream.lastNewsAt.count()));
        hash.add(stream.id.value()).add(stream.owner.value()).add(stream.ttl).add(stream.tcp.hash());
        hash.add(static_cast<std::uint64_t>(stream.wakeAt.count())).add(stream.failure ? 1 : 0);
        hash.add(stream.leastTtl).add(stream.key).add(stream.messagesInFlight);
    });
    for (const auto& [about, key] : keys_)
        hash.add(about.first.value()).add(about.second.hash()).add(key);
    return hash.value();
}

}  // namespace peerscape

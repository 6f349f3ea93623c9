#include "engine/sim/stream_table.hpp"

#include <utility>

#include "engine/base/check.hpp"
#include "engine/base/hash.hpp"

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
    const auto found = streams_.find(ends);
    return found == streams_.end() ? nullptr : &found->second;
}

const StreamEnds* StreamTable::endsOf(ProtocolId owner, StreamId id) const {
    const auto found = byOwner_.find({owner, id});
    return found == byOwner_.end() ? nullptr : &found->second;
}

Stream& StreamTable::add(const StreamEnds& ends, Stream stream) {
    const bool isNew = byOwner_.emplace(std::pair(stream.owner, stream.id), ends).second;
    const auto [at, wasFree] = streams_.emplace(ends, std::move(stream));
    PEERSCAPE_CHECK(isNew && wasFree);
    return at->second;
}

void StreamTable::remove(const StreamEnds& ends) {
    orphan(ends);
    streams_.erase(ends);
}

void StreamTable::orphan(const StreamEnds& ends) {
    Stream* stream = find(ends);
    if (stream == nullptr || !stream->owner.isSome()) return;
    byOwner_.erase({stream->owner, stream->id});
    stream->owner = ProtocolId::none();
}

std::uint16_t StreamTable::freePort(const IpAddress& local, const IpAddress& remote,
                                    std::uint16_t remotePort) {
    for (std::uint32_t tried = 0; tried <= 0xffffU - kFirstPort; ++tried) {
        const std::uint16_t port = nextPort_;
        nextPort_ = nextPort_ == 0xffff ? kFirstPort : static_cast<std::uint16_t>(nextPort_ + 1);
        if (!streams_.contains({local, remote, port, remotePort})) return port;
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
    for (const auto& [ends, stream] : streams_) {
        hash.add(ends.local.hash()).add(ends.remote.hash()).add(ends.localPort).add(ends.remotePort);
        hash.add(stream.id.value()).add(stream.owner.value()).add(stream.ttl).add(stream.tcp.hash());
        hash.add(static_cast<std::uint64_t>(stream.wakeAt.count())).add(stream.failure ? 1 : 0);
        hash.add(stream.leastTtl).add(stream.key);
    }
    for (const auto& [about, key] : keys_)
        hash.add(about.first.value()).add(about.second.hash()).add(key);
    return hash.value();
}

}  // namespace peerscape

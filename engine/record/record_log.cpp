#include "engine/record/record_log.hpp"

#include <algorithm>
#include <utility>

#include "engine/base/check.hpp"

namespace peerscape {

namespace {

void addRoute(StableHash& hash, const SelectedRoute& route) {
    hash.add(route.protocol.value()).add(route.slot).add(route.distance).add(route.metric).add(route.tag);
    for (const NextHop& hop : route.hops) {
        hash.add(static_cast<std::uint64_t>(hop.kind)).add(hop.interface.value()).add(hop.gateway.hash());
        if (hop.weight != 1) hash.add(hop.weight);
    }
}

struct ContentHash {
    StableHash hash;

    void operator()(const record::ActionTaken& r) { hash.add(*r.text); }
    void operator()(const record::InterfaceChanged& r) { hash.add(r.interface.value()).add(r.isUp ? 1 : 0); }
    void operator()(const record::ProcessStarted& r) { hash.add(r.protocol.value()); }
    void operator()(const record::ProcessStopped& r) { hash.add(r.protocol.value()); }
    void operator()(const record::ProcessWoken& r) { hash.add(r.protocol.value()); }
    void operator()(const record::ProcessNotified& r) { hash.add(r.protocol.value()); }
    void operator()(const record::PacketSent& r) { hash.add(r.interface.value()).add(hashOf(*r.packet)); }
    void operator()(const record::PacketReceived& r) { hash.add(r.interface.value()).add(hashOf(*r.packet)); }
    void operator()(const record::PacketDelivered& r) { hash.add(hashOf(*r.packet)); }
    void operator()(const record::PacketDropped& r) {
        hash.add(r.interface.value()).add(static_cast<std::uint64_t>(r.reason)).add(hashOf(*r.packet));
    }
    void operator()(const record::RouteChanged& r) {
        hash.add(r.change->prefix.hash());
        addRoute(hash, r.change->before);
        addRoute(hash, r.change->after);
    }
    void operator()(const record::Noted& r) {
        hash.add(r.protocol.value()).add(static_cast<std::uint64_t>(r.level));
        r.remark->addTo(hash);
    }
};

}  // namespace

std::string_view toString(DropReason reason) {
    switch (reason) {
        case DropReason::NoRoute:
            return "no route";
        case DropReason::Blackhole:
            return "blackhole route";
        case DropReason::Reject:
            return "reject route";
        case DropReason::TtlExpired:
            return "TTL ran out";
        case DropReason::NeighborUnknown:
            return "nobody on the link has the next hop's address";
        case DropReason::InterfaceDown:
            return "interface down";
        case DropReason::LinkLoss:
            return "lost on the link";
        case DropReason::SilentFailure:
            return "swallowed by a silently failed link";
        case DropReason::LinkFailed:
            return "link failed under way";
        case DropReason::QueueFull:
            return "queue full";
        case DropReason::TooBig:
            return "larger than the MTU";
        case DropReason::NotForwarding:
            return "this node does not forward";
        case DropReason::NoListener:
            return "nobody listens there";
        case DropReason::NoSource:
            return "no address to send from";
        case DropReason::ReassemblyFailed:
            return "other fragments are missing";
        case DropReason::Malformed:
            return "its contents cannot be read";
        case DropReason::HeaderCorrupted:
            return "its IP header was corrupted on the link";
        case DropReason::ChecksumWrong:
            return "corrupted on the way, as its checksum shows";
        case DropReason::TtlTooLow:
            return "from further away than the receiver allows";
        case DropReason::SignatureWrong:
            return "its TCP signature is wrong, missing, or not expected";
    }
    return "unknown";
}

std::uint64_t hashOf(const Packet& packet) {
    StableHash hash;
    hash.add(packet.source.hash()).add(packet.destination.hash());
    hash.add(std::uint64_t{packet.ttl} << 48 | std::uint64_t{packet.protocol} << 40 |
             std::uint64_t{packet.sourcePort} << 16 | packet.destinationPort);
    hash.add(packet.size());
    if (packet.isFragment()) hash.add(packet.identification).add(packet.fragmentOffset);
    if (packet.isDamaged) {
        for (const std::uint8_t byte : packet.encode())
            hash.add(byte);
    }
    return hash.value();
}

RecordId RecordLog::append(SimTime time, NodeId node, RecordId cause, record::What what) {
    const RecordId id(next_++);
    PEERSCAPE_CHECK(!cause.isSome() || cause < id);
    ContentHash content;
    std::visit(content, what);
    fingerprint_.add(static_cast<std::uint64_t>(time.count()))
        .add(node.value())
        .add(cause.value())
        .add(what.index())
        .add(content.hash.value());
    if (std::holds_alternative<record::RouteChanged>(what)) {
        lastRouteChange_ = time;
        ++routeChanges_;
    }
    if ((kinds_ >> what.index() & 1) != 0) kept_.push_back({id, cause, time, node, std::move(what)});
    return id;
}

std::size_t RecordLog::positionOf(RecordId id) const {
    const auto at = std::lower_bound(kept_.begin(), kept_.end(), id,
                                     [](const Record& r, RecordId wanted) { return r.id < wanted; });
    return static_cast<std::size_t>(at - kept_.begin());
}

const Record* RecordLog::find(RecordId id) const {
    const std::size_t position = positionOf(id);
    return position < kept_.size() && kept_[position].id == id ? &kept_[position] : nullptr;
}

void RecordLog::discardBefore(RecordId id) {
    kept_.erase(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(positionOf(id)));
}

void RecordLog::rewindTo(const Mark& mark) {
    PEERSCAPE_CHECK(mark.count <= next_);
    kept_.erase(kept_.begin() + static_cast<std::ptrdiff_t>(positionOf(RecordId(mark.count))), kept_.end());
    next_ = mark.count;
    fingerprint_ = mark.fingerprint;
    lastRouteChange_ = mark.lastRouteChange;
    routeChanges_ = mark.routeChanges;
}

}  // namespace peerscape

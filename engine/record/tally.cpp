#include "engine/record/tally.hpp"

namespace peerscape {

std::uint64_t Tally::lost() const {
    std::uint64_t sum = 0;
    for (const auto& [reason, count] : dropped)
        sum += count;
    return sum;
}

void Tally::count(const Record& r) {
    if (const auto* packet = std::get_if<record::PacketSent>(&r.what)) {
        const ProtocolId owner = packet->packet->owner;
        if (!owner.isSome()) return;
        auto& traffic = sent[owner];
        ++traffic.messages;
        traffic.bytes += packet->packet->size();
        if (r.node.value() >= traffic.messagesOf.size()) traffic.messagesOf.resize(r.node.value() + 1);
        ++traffic.messagesOf[r.node.value()];
    } else if (std::holds_alternative<record::RouteChanged>(r.what)) {
        ++routeChanges;
        ++routeChangesAt[r.node];
        if (!firstChange) firstChange = r.time;
        lastChange = r.time;
        lastChangeRecord = r.id;
    } else if (const auto* drop = std::get_if<record::PacketDropped>(&r.what)) {
        if (drop->packet->owner.isSome()) {
            ++protocolPacketsDropped;
        } else {
            ++dropped[drop->reason];
        }
    }
}

Tally tally(const RecordLog& log, RecordId begin, RecordId end) {
    Tally result;
    const auto& kept = log.kept();
    for (std::size_t i = log.positionOf(begin); i < kept.size() && kept[i].id < end; ++i)
        result.count(kept[i]);
    return result;
}

}  // namespace peerscape

#include "engine/record/tally.hpp"

namespace peerscape {

std::uint64_t Tally::lost() const {
    std::uint64_t sum = 0;
    for (const auto& [reason, count] : dropped)
        sum += count;
    return sum;
}

Tally tally(const RecordLog& log, RecordId begin, RecordId end) {
    Tally result;
    const auto& kept = log.kept();
    for (std::size_t i = log.positionOf(begin); i < kept.size() && kept[i].id < end; ++i) {
        const Record& r = kept[i];
        if (const auto* sent = std::get_if<record::PacketSent>(&r.what)) {
            if (!sent->packet->owner.isSome()) continue;
            auto& traffic = result.sent[sent->packet->owner];
            ++traffic.messages;
            traffic.bytes += sent->packet->size();
        } else if (std::holds_alternative<record::RouteChanged>(r.what)) {
            ++result.routeChanges;
            ++result.routeChangesAt[r.node];
            if (!result.firstChange) result.firstChange = r.time;
            result.lastChange = r.time;
            result.lastChangeRecord = r.id;
        } else if (const auto* drop = std::get_if<record::PacketDropped>(&r.what)) {
            if (drop->packet->owner.isSome()) {
                ++result.protocolPacketsDropped;
            } else {
                ++result.dropped[drop->reason];
            }
        }
    }
    return result;
}

}  // namespace peerscape

#include "scenarios/explain/causes.hpp"

#include <algorithm>

namespace peerscape {

bool isRoot(const Record& record) { return std::holds_alternative<record::ActionTaken>(record.what); }

std::vector<const Record*> causeChain(const RecordLog& log, RecordId effect) {
    std::vector<const Record*> chain;
    const Record* record = log.find(effect);
    while (record != nullptr) {
        chain.push_back(record);
        // A cause is always older, so the walk ends even in a log that somebody has damaged.
        const bool goesBack = record->cause.isSome() && record->cause < record->id;
        record = goesBack ? log.find(record->cause) : nullptr;
    }
    return chain;
}

bool isPassedOn(const RecordLog& log, const Record& sent) {
    const auto* left = std::get_if<record::PacketSent>(&sent.what);
    const Record* cause = left == nullptr ? nullptr : log.find(sent.cause);
    const auto* came = cause == nullptr || cause->node != sent.node
                           ? nullptr
                           : std::get_if<record::PacketReceived>(&cause->what);
    // An answer has the addresses the other way round.
    return came != nullptr && came->packet->source == left->packet->source &&
           came->packet->destination == left->packet->destination &&
           came->packet->protocol == left->packet->protocol;
}

const Record* lastRouteChange(const RecordLog& log, NodeId node, const Prefix& prefix, RecordId before) {
    const auto& kept = log.kept();
    for (std::size_t i = log.positionOf(before); i > 0; --i) {
        const Record& record = kept[i - 1];
        if (record.node != node) continue;
        const auto* changed = std::get_if<record::RouteChanged>(&record.what);
        if (changed != nullptr && changed->change->prefix == prefix) return &record;
    }
    return nullptr;
}

}  // namespace peerscape

#include "engine/sim/agenda.hpp"

#include <algorithm>

#include "engine/base/check.hpp"
#include "engine/base/hash.hpp"

namespace peerscape {

void Agenda::schedule(SimTime time, Event event) {
    std::uint32_t slot = 0;
    if (freeSlots_.empty()) {
        slot = static_cast<std::uint32_t>(events_.size());
        events_.push_back(std::move(event));
    } else {
        slot = freeSlots_.back();
        freeSlots_.pop_back();
        events_[slot] = std::move(event);
    }
    heap_.push_back({time, nextSequence_++, slot});
    std::push_heap(heap_.begin(), heap_.end(), Later{});
}

Event Agenda::pop() {
    PEERSCAPE_CHECK(!heap_.empty());
    std::pop_heap(heap_.begin(), heap_.end(), Later{});
    const std::uint32_t slot = heap_.back().slot;
    heap_.pop_back();
    freeSlots_.push_back(slot);
    return std::move(events_[slot]);
}

std::uint64_t Agenda::hash() const {
    // The heap's layout depends on its history, so the sum must not depend on the order.
    std::uint64_t sum = heap_.size();
    for (const Key& key : heap_) {
        const Event& event = events_[key.slot];
        StableHash hash(static_cast<std::uint64_t>(key.time.count()));
        hash.add(static_cast<std::uint64_t>(event.kind))
            .add(event.protocol.value())
            .add(event.interface.value());
        hash.add(event.node.value()).add(event.number).add(event.epoch);
        sum += hash.value();
    }
    return sum;
}

}  // namespace peerscape

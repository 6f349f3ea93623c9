#include "engine/sim/agenda.hpp"

#include <bit>

#include "engine/base/check.hpp"
#include "engine/base/hash.hpp"

namespace peerscape {

std::size_t Agenda::bucketOf(SimTime time) const {
    const auto differing =
        static_cast<std::uint64_t>(time.count()) ^ static_cast<std::uint64_t>(present_.count());
    return static_cast<std::size_t>(std::bit_width(differing));
}

void Agenda::put(std::size_t bucket, const Key& key) {
    buckets_[bucket].add(key);
    if (bucket != 0) used_ |= std::uint64_t{1} << (bucket - 1);
}

void Agenda::schedule(SimTime time, Event event) {
    PEERSCAPE_CHECK(time >= present_);
    auto slot = static_cast<std::uint32_t>(events_.size());
    if (freeSlots_.empty()) {
        events_.push_back(std::move(event));
    } else {
        slot = freeSlots_.back();
        freeSlots_.pop_back();
        events_[slot] = std::move(event);
    }
    put(bucketOf(time), {time, slot});
    ++size_;
}

SimTime Agenda::nextTime() const {
    if (size_ == 0) return SimTime::never();
    if (done_ < buckets_[0].keys.size()) return present_;
    return buckets_[static_cast<std::size_t>(std::countr_zero(used_)) + 1].earliest;
}

void Agenda::advance() {
    const auto lowest = static_cast<std::size_t>(std::countr_zero(used_)) + 1;
    buckets_[0].keys.clear();
    done_ = 0;
    Bucket& bucket = buckets_[lowest];
    present_ = bucket.earliest;
    used_ &= ~(std::uint64_t{1} << (lowest - 1));
    // All go to lower buckets, since they agree with the new present in the bit that gave them this one.
    for (const Key& key : bucket.keys)
        put(bucketOf(key.time), key);
    bucket.keys.clear();
    bucket.earliest = SimTime::never();
}

Event Agenda::pop() {
    PEERSCAPE_CHECK(size_ > 0);
    if (done_ == buckets_[0].keys.size()) advance();
    const std::uint32_t slot = buckets_[0].keys[done_++].slot;
    --size_;
    freeSlots_.push_back(slot);
    return std::move(events_[slot]);
}

std::uint64_t Agenda::hash() const {
    // The buckets' layout depends on their history, so the sum must not depend on the order.
    std::uint64_t sum = size_;
    for (std::size_t b = 0; b < kBuckets; ++b) {
        for (std::size_t i = b == 0 ? done_ : 0; i < buckets_[b].keys.size(); ++i) {
            const Key& key = buckets_[b].keys[i];
            const Event& event = events_[key.slot];
            StableHash hash(static_cast<std::uint64_t>(key.time.count()));
            hash.add(static_cast<std::uint64_t>(event.kind))
                .add(event.protocol.value())
                .add(event.interface.value());
            hash.add(event.node.value()).add(event.number).add(event.epoch);
            sum += hash.value();
        }
    }
    return sum;
}

}  // namespace peerscape

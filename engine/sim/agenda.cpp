#include "engine/sim/agenda.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

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
        foreseen_.push_back(0);
    } else {
        slot = freeSlots_.back();
        freeSlots_.pop_back();
        events_[slot] = std::move(event);
        foreseen_[slot] = 0;
    }
    ++size_;
    const Event& scheduled = events_[slot];
    const bool isMessage = scheduled.kind == Event::Kind::Message;
    const Key key{time, slot, isMessage ? scheduled.node : NodeId::none()};
    if (turns_.empty()) return put(bucketOf(time), key);
    ++issues_[turns_[turn_ - 1].rank].count;
    issued_.push_back(key);
    earliestIssued_ = std::min(earliestIssued_, time);
}

SimTime Agenda::nextTime() const {
    if (size_ == 0) return SimTime::never();
    if (turn_ < turns_.size() || done_ < buckets_[0].keys.size()) return present_;
    if (used_ == 0) return earliestIssued_;
    return std::min(buckets_[static_cast<std::size_t>(std::countr_zero(used_)) + 1].earliest,
                    earliestIssued_);
}

void Agenda::advance() {
    const auto lowest = static_cast<std::size_t>(std::countr_zero(used_)) + 1;
    buckets_[0].clear();
    done_ = 0;
    Bucket& bucket = buckets_[lowest];
    present_ = bucket.earliest;
    used_ &= ~(std::uint64_t{1} << (lowest - 1));
    if (bucket.earliest == bucket.latest) {
        // The messages of a whole lab may be on the way to one instant: they stay in their memory.
        std::swap(buckets_[0], bucket);
        return;
    }
    // All go to lower buckets, since they agree with the new present in the bit that gave them this one.
    for (const Key& key : bucket.keys)
        put(bucketOf(key.time), key);
    bucket.clear();
}

void Agenda::beginRound() {
    constexpr std::uint32_t kNone = UINT32_MAX;
    const auto& keys = buckets_[0].keys;
    const auto first = keys.begin() + static_cast<std::ptrdiff_t>(done_);
    const auto last = std::find_if(first, keys.end(), [](const Key& key) { return !key.hearer.isSome(); });
    const auto count = static_cast<std::size_t>(last - first);
    if (count < 2) return;
    // Nodes in the order in which they first come up: how many messages are there for each, and where do the
    // first of them go?
    std::vector<std::uint32_t> placeOf;
    for (auto key = first; key != last; ++key) {
        const std::size_t node = key->hearer.value();
        if (node >= groupOf_.size()) groupOf_.resize(node + 1, kNone);
        if (groupOf_[node] == kNone) {
            groupOf_[node] = static_cast<std::uint32_t>(placeOf.size());
            placeOf.push_back(0);
        }
        ++placeOf[groupOf_[node]];
    }
    std::exclusive_scan(placeOf.begin(), placeOf.end(), placeOf.begin(), std::uint32_t{0});
    turns_.resize(count);
    for (std::uint32_t rank = 0; rank < count; ++rank)
        turns_[placeOf[groupOf_[first[rank].hearer.value()]]++] = {first[rank].slot, rank};
    for (auto key = first; key != last; ++key)
        groupOf_[key->hearer.value()] = kNone;
    issues_.assign(count, {});
    done_ += count;
}

void Agenda::endRound() {
    turns_.clear();
    turn_ = 0;
    earliestIssued_ = SimTime::never();
    for (const Issue& issue : issues_) {
        for (std::uint32_t i = issue.begin; i < issue.begin + issue.count; ++i)
            put(bucketOf(issued_[i].time), issued_[i]);
    }
    issues_.clear();
    issued_.clear();
}

Event Agenda::pop() {
    PEERSCAPE_CHECK(size_ > 0);
    if (turn_ == turns_.size()) {
        endRound();
        if (done_ == buckets_[0].keys.size()) advance();
        beginRound();
    }
    std::uint32_t slot = 0;
    if (turns_.empty()) {
        slot = buckets_[0].keys[done_++].slot;
    } else {
        const Turn& turn = turns_[turn_++];
        issues_[turn.rank].begin = static_cast<std::uint32_t>(issued_.size());
        slot = turn.slot;
    }
    --size_;
    freeSlots_.push_back(slot);
    return std::move(events_[slot]);
}

std::uint64_t Agenda::hash() const {
    // The buckets' layout depends on their history, so the sum must not depend on the order.
    std::uint64_t sum = size_;
    const auto add = [&](SimTime time, std::uint32_t slot) {
        const Event& event = events_[slot];
        StableHash hash(static_cast<std::uint64_t>(time.count()));
        hash.add(static_cast<std::uint64_t>(event.kind))
            .add(event.protocol.value())
            .add(event.interface.value());
        hash.add(event.node.value()).add(event.number).add(event.epoch);
        sum += hash.value();
    };
    for (std::size_t b = 0; b < kBuckets; ++b) {
        for (std::size_t i = b == 0 ? done_ : 0; i < buckets_[b].keys.size(); ++i)
            add(buckets_[b].keys[i].time, buckets_[b].keys[i].slot);
    }
    for (std::size_t i = turn_; i < turns_.size(); ++i)
        add(present_, turns_[i].slot);
    for (const Key& key : issued_)
        add(key.time, key.slot);
    return sum;
}

}  // namespace peerscape

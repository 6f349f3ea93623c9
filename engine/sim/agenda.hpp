#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/prefetch.hpp"
#include "engine/base/time.hpp"

namespace peerscape {

/// Something that will happen. What the fields mean depends on the kind.
struct Event {
    enum class Kind : std::uint8_t {
        Arrival,  ///< the packet `object` reaches `interface` of `node` over segment `number`, whose epoch
                  ///< was `epoch`; segment none: from the node itself
        Wake,     ///< a deadline of the process `protocol` on `node`
        Notify,   ///< processes on `node` hear of routes and next hops that changed
        Act,      ///< an action of the timeline
        NeighborTimeout,    ///< nobody answered for the next hop of the packet `object`, which came by
                            ///< `interface`
        FlowTick,           ///< flow `number` sends its next packet
        StreamWake,         ///< a deadline of TCP on `node`
        ReassemblyTimeout,  ///< `node` gives up the fragments whose Reassembly::Key is `object`, which came
                            ///< by `interface`
        RetentionEnd,       ///< what has stayed of the process `protocol` on `node`, which is gone, goes too
        Message,  ///< the message `object` reaches the stream in slot `number` of `node`, whose generation
                  ///< was `epoch`; without object the stream itself is closed behind its messages
    };
    Kind kind = Kind::Wake;
    ProtocolId protocol;
    InterfaceId interface;
    NodeId node;
    std::uint32_t number = 0;
    std::uint32_t epoch = 0;
    RecordId cause;
    std::shared_ptr<const void> object;  ///< the Packet, the Action or the key; never changed
};

/// What is to happen, in the total order of (time, order of scheduling). A value: copying it is a checkpoint.
///
/// A radix heap (Ahuja, Mehlhorn, Orlin and Tarjan 1990): since time never goes back, an event need not be
/// sorted in among all others. It lies in a bucket by the highest bit in which its time differs from the time
/// that was popped last, and moves to lower buckets as that time comes near. Events of one time always share
/// a bucket, in the order of scheduling, so that order needs no number.
class Agenda {
  public:
    /// `time` must not lie before that of the last event popped.
    void schedule(SimTime time, Event event);

    bool isEmpty() const { return size_ == 0; }
    std::size_t size() const { return size_; }
    /// SimTime::never() when nothing is left.
    SimTime nextTime() const;
    /// Removes and returns what comes next; the agenda must not be empty.
    Event pop();
    /// What comes so many events after the next one, if that is certain: of those at the present instant.
    /// Null: none.
    const Event* ahead(std::size_t places) const {
        const auto& keys = buckets_[0].keys;
        return places < keys.size() - done_ ? &events_[keys[done_ + places].slot] : nullptr;
    }
    /// Asks memory for what ahead() gives.
    void prefetch(std::size_t places) const {
        if (const Event* event = ahead(places)) prefetchLine(event);
    }
    /// A number that differs when what is to happen, or when, differs; not the order among events of one
    /// instant, and not the objects' contents.
    std::uint64_t hash() const;

  private:
    struct Key {
        SimTime time;
        std::uint32_t slot = 0;
    };
    struct Bucket {
        std::vector<Key> keys;
        SimTime earliest = SimTime::never();

        void add(const Key& key) {
            keys.push_back(key);
            earliest = key.time < earliest ? key.time : earliest;
        }
    };
    /// One for the present time and one for each bit of a time.
    static constexpr std::size_t kBuckets = 65;

    std::size_t bucketOf(SimTime time) const;
    void put(std::size_t bucket, const Key& key);
    /// Makes the earliest time the present one: its events come to bucket 0, others of their bucket closer.
    void advance();

    std::array<Bucket, kBuckets> buckets_;
    std::uint64_t used_ = 0;  ///< bit b - 1: bucket b is not empty; bucket 0 is known by done_
    std::size_t done_ = 0;    ///< how many of bucket 0 have been popped
    SimTime present_;         ///< of the last event popped
    std::size_t size_ = 0;
    std::vector<Event> events_;
    std::vector<std::uint32_t> freeSlots_;
};

}  // namespace peerscape

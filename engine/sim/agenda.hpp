#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
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
/// Messages that follow one another in that order, at one time, are given out node by node, each node's in
/// their order: a round. In a large lab a node's state lies in memory far away, and so it is fetched once for
/// all that the node hears in an instant. What is scheduled while they are handled takes the places that it
/// would have had without rounds, so that each node hears the same, in the same order. An action from outside
/// counts to the message before it.
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
        if (turn_ + places < turns_.size()) return &events_[turns_[turn_ + places].slot];
        const std::size_t behind = turn_ + places - turns_.size();
        const auto& keys = buckets_[0].keys;
        if (behind >= keys.size() - done_) return nullptr;
        const Key& key = keys[done_ + behind];
        // Messages may yet be given out in another order.
        return key.hearer.isSome() ? nullptr : &events_[key.slot];
    }
    /// Asks memory for what ahead() gives.
    void prefetch(std::size_t places) const {
        if (const Event* event = ahead(places)) prefetchLine(event);
    }
    /// Visits about a dozen of those that come soon and are no messages, for which there is ahead():
    /// `visit(event, step)`. Each has another step with each call, from 0 to `steps` - 1; one that comes
    /// before it has had all of them was scheduled late. Which ones they are is a guess.
    template <typename Visit>
    void foresee(std::uint8_t steps, Visit visit);
    /// A number that differs when what is to happen, or when, differs; not the order among events of one
    /// instant, and not the objects' contents.
    std::uint64_t hash() const;

  private:
    struct Key {
        SimTime time;
        std::uint32_t slot = 0;
        NodeId hearer;  ///< of a message; none: it is something else
    };
    struct Bucket {
        std::vector<Key> keys;
        SimTime earliest = SimTime::never();
        SimTime latest;

        void add(const Key& key) {
            keys.push_back(key);
            earliest = std::min(earliest, key.time);
            latest = std::max(latest, key.time);
        }
        void clear() {
            keys.clear();
            earliest = SimTime::never();
            latest = {};
        }
    };
    static constexpr std::size_t kSoon = 12;  ///< so many are foreseen, or a few more
    /// One for the present time and one for each bit of a time.
    static constexpr std::size_t kBuckets = 65;

    /// One message of the round. Without rounds it would come in the place `rank` of them.
    struct Turn {
        std::uint32_t slot = 0;
        std::uint32_t rank = 0;
    };
    /// What was scheduled while a message was handled: so many keys of issued_.
    struct Issue {
        std::uint32_t begin = 0;
        std::uint32_t count = 0;
    };

    std::size_t bucketOf(SimTime time) const;
    void put(std::size_t bucket, const Key& key);
    /// Makes the earliest time the present one: its events come to bucket 0, others of their bucket closer.
    void advance();
    /// Where messages come next, they become the round.
    void beginRound();
    /// All of the round have been given out: what they have led to takes its places.
    void endRound();

    std::array<Bucket, kBuckets> buckets_;
    std::uint64_t used_ = 0;  ///< bit b - 1: bucket b is not empty; bucket 0 is known by done_
    std::size_t done_ = 0;    ///< how many of bucket 0 have been popped, or are in the round
    SimTime present_;         ///< of the last event popped
    std::size_t size_ = 0;
    std::vector<Event> events_;
    std::vector<std::uint32_t> freeSlots_;
    std::vector<std::uint8_t> foreseen_;  ///< by slot: how many times

    std::vector<Turn> turns_;    ///< the round; empty: none is under way
    std::size_t turn_ = 0;       ///< how many of it have been popped
    std::vector<Issue> issues_;  ///< by rank
    std::vector<Key> issued_;
    SimTime earliestIssued_ = SimTime::never();
    std::vector<std::uint32_t> groupOf_;  ///< by node; of use only while a round is made
};

template <typename Visit>
void Agenda::foresee(std::uint8_t steps, Visit visit) {
    const auto look = [&](std::span<const Key> keys) {
        for (const Key& key : keys) {
            std::uint8_t& seen = foreseen_[key.slot];
            if (seen > steps || key.hearer.isSome()) continue;
            // The event itself must be asked for first.
            if (seen++ == 0) {
                prefetchLine(&events_[key.slot]);
            } else {
                visit(static_cast<const Event&>(events_[key.slot]), seen - 2);
            }
        }
    };
    const auto present = std::span<const Key>(buckets_[0].keys).subspan(done_);
    std::size_t wanted = kSoon - std::min(kSoon, present.size());
    look(present.first(std::min(kSoon, present.size())));
    // What is in a bucket comes before what is in the next; inside there is no order, so that of many it
    // would be the wrong ones.
    for (std::uint64_t used = used_; used != 0 && wanted > 0; used &= used - 1) {
        const auto& keys = buckets_[static_cast<std::size_t>(std::countr_zero(used)) + 1].keys;
        if (keys.size() > 2 * kSoon) return;
        look(keys);
        wanted -= std::min(wanted, keys.size());
    }
}

}  // namespace peerscape

#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "engine/base/ids.hpp"
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
class Agenda {
  public:
    void schedule(SimTime time, Event event);

    bool isEmpty() const { return heap_.empty(); }
    std::size_t size() const { return heap_.size(); }
    /// SimTime::never() when nothing is left.
    SimTime nextTime() const { return heap_.empty() ? SimTime::never() : heap_.front().time; }
    /// Removes and returns what comes next; the agenda must not be empty.
    Event pop();
    /// A number that differs when what is to happen, or when, differs; not the order among events of one
    /// instant, and not the objects' contents.
    std::uint64_t hash() const;

  private:
    struct Key {
        SimTime time;
        std::uint64_t sequence = 0;
        std::uint32_t slot = 0;
    };
    struct Later {
        bool operator()(const Key& a, const Key& b) const {
            return a.time != b.time ? a.time > b.time : a.sequence > b.sequence;
        }
    };

    std::vector<Key> heap_;
    std::vector<Event> events_;
    std::vector<std::uint32_t> freeSlots_;
    std::uint64_t nextSequence_ = 0;
};

}  // namespace peerscape

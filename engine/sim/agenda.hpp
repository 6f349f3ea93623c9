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
        Arrival,            ///< `packet` reaches `interface` of `node` over segment `number`, whose epoch was `epoch`
        Wake,               ///< a deadline of the process `protocol` on `node`
        Notify,             ///< processes on `node` hear of routes and next hops that changed
        Act,                ///< an action of the timeline
        NeighborTimeout,    ///< nobody answered for the next hop of `packet` on `interface`
        FlowTick,           ///< flow `number` sends its next packet
        StreamWake,         ///< a deadline of TCP on `node`
    };
    Kind kind = Kind::Wake;
    ProtocolId protocol;
    InterfaceId interface;
    NodeId node;
    std::uint32_t number = 0;
    std::uint32_t epoch = 0;
    RecordId cause;
    std::shared_ptr<const void> object;   ///< the Packet or the Action; never changed
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

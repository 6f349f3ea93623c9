#pragma once

#include <variant>
#include <vector>

#include "engine/base/block_pool.hpp"
#include "engine/base/ip_address.hpp"
#include "protocols/eigrp/dual_types.hpp"

namespace peerscape::eigrp::dual {

/// The machine of the prefix has taken a transition, perhaps to the state it was in. Comes before what it
/// led to.
struct Passed {
    InputEvent event;
    State from;
    State to;
    /// IE8: who has replied, or is lost. When queries follow (IE3, IE4, IE11, IE12): whose path was of least
    /// distance and not feasible; none: there is no path.
    NeighborId neighbor{};
    CompositeDistance reported{};          ///< RD of that path
    CompositeDistance feasibleDistance{};  ///< the FD that it was compared with

    friend bool operator==(const Passed&, const Passed&) = default;
};

/// A message about the prefix is to be sent. SIA-queries and SIA-replies carry the distance that a reply
/// would; the caller sets the ACTIVE flag in what it sends while the prefix is active.
struct Send {
    Message message;
    NeighborId to;
    CompositeDistance reported;  ///< what this neighbour is told; infinity also for poison reverse
    AttributesId attributes;     ///< of the path that `reported` is the distance of; none with infinity

    friend bool operator==(const Send&, const Send&) = default;
};

/// TopologyTable::route() of the prefix may have changed.
struct RouteChanged {
    friend bool operator==(const RouteChanged&, const RouteChanged&) = default;
};

/// Replies are awaited from now on: the clock for siaIntervalPassed() starts again from zero.
struct ActiveTimerStarted {
    friend bool operator==(const ActiveTimerStarted&, const ActiveTimerStarted&) = default;
};

/// No reply is awaited any more.
struct ActiveTimerStopped {
    friend bool operator==(const ActiveTimerStopped&, const ActiveTimerStopped&) = default;
};

/// The neighbour is stuck in active: the caller resets it, and says so with loseNeighbor().
struct NeighborStuck {
    NeighborId neighbor;

    friend bool operator==(const NeighborStuck&, const NeighborStuck&) = default;
};

using Effect =
    std::variant<Passed, Send, RouteChanged, ActiveTimerStarted, ActiveTimerStopped, NeighborStuck>;

/// What a table wants done, in order: each effect with its destination.
struct EffectOn {
    Prefix prefix;
    Effect effect;

    friend bool operator==(const EffectOn&, const EffectOn&) = default;
};
using Effects = std::vector<EffectOn, PoolAllocator<EffectOn>>;

}  // namespace peerscape::eigrp::dual

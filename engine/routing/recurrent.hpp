#pragma once

#include <cstdint>
#include <optional>

#include "engine/base/time.hpp"

namespace peerscape {

/// A process that can tell whether it is again where it has been before: what a proof that a network will
/// never come to rest is made of. Process::stateHash() is of no use for that, since clocks, sequence numbers
/// and the state of a random stream never return.
class Recurrent {
  public:
    virtual ~Recurrent() = default;

    /// A number made of everything that decides which routes the process chooses and tells from `now` on,
    /// with instants counted from `now`. When it is the same at two instants, the same inputs at the same
    /// distances will bring about the same again.
    ///
    /// Nothing where that cannot be said: chance has a part in it (a jittered interval, a drawn processing
    /// time), something fades with time (dampening, routes kept over a restart), a neighbour has fallen
    /// silent, or one that is away may still come. `since`: the last disturbance.
    virtual std::optional<std::uint64_t> recurrentHash(SimTime now, SimTime since) const = 0;
};

}  // namespace peerscape

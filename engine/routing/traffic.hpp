#pragma once

#include <cstdint>
#include <optional>

#include "engine/base/ids.hpp"
#include "engine/base/time.hpp"

namespace peerscape {

/// What an interface carried of late: an average over `interval`, in which older seconds weigh less.
struct InterfaceTraffic {
    Duration interval;               ///< `load-interval`
    std::uint64_t outputRate = 0;    ///< bits per second that left the interface, frames and all
    std::uint8_t reliability = 255;  ///< the share of frames that arrived undamaged, in 255ths

    /// How full the output is, in 255ths: 1 to 255. A bandwidth of none is a bug of the caller.
    std::uint8_t load(std::uint64_t bitsPerSecond) const;
};

/// What a process may look up of its router's interfaces besides their state.
class TrafficView {
  public:
    virtual ~TrafficView() = default;
    /// Nothing where the configuration does not ask for it.
    virtual std::optional<InterfaceTraffic> trafficOf(InterfaceId interface) const = 0;
};

}  // namespace peerscape

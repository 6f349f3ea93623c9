#pragma once

#include "protocols/rip/process.hpp"

namespace peerscape::rip {

/// What all routes of one response have in common.
struct RipProcess::Reception {
    const InterfaceState& interface;
    IpAddress from;
    OriginId origin{};                ///< of routes whose next hop is the sender
    bool isFiltered = false;          ///< some list or route-map looks at what comes in here
    bool hasVaryingDistance = false;  ///< the distance of the sender's routes depends on an access-list
    std::uint32_t nextPosition = 0;   ///< behind the route of the last entry: where that of the next may be
    bool isInOrder = false;           ///< the last entry's route was there
};

/// One received route after the filters.
struct RipProcess::Heard {
    RipMetric metric;
    std::uint16_t tag = 0;
    IpAddress nextHop;  ///< unspecified: the sender
};

}  // namespace peerscape::rip

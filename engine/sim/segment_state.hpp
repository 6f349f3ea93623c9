#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/random.hpp"
#include "engine/base/time.hpp"
#include "engine/sim/load_meter.hpp"
#include "engine/topology/topology.hpp"

namespace peerscape {

/// One plug of a link or LAN.
struct EndState {
    bool isPlugged = true;
    bool isSilent = false;  ///< what this end sends vanishes
    bool isDeaf = false;    ///< what should reach this end vanishes
    SimTime busyUntil;      ///< when the wire is free for the next packet of this end
};

/// A link or LAN at one moment. A value.
struct SegmentState {
    LinkProperties properties;
    bool isUp = true;
    std::uint32_t epoch = 0;     ///< counts failures: what was on the wire then is lost
    std::uint32_t version = 0;   ///< counts whatever may change who hears whom
    std::vector<EndState> ends;  ///< as Segment::ends
    RandomStream random;         ///< of its losses and other impairments
    /// As `ends`, where routers measure what they carry; empty: nowhere.
    std::vector<std::optional<LoadMeter>> meters{};

    WireState wireOf(std::size_t end) const { return {ends[end].busyUntil, properties.bandwidth}; }
    LoadMeter* meterOf(std::size_t end) {
        return end < meters.size() && meters[end] ? &*meters[end] : nullptr;
    }
};

}  // namespace peerscape

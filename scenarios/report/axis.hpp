#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/time.hpp"

namespace peerscape::report {

struct Tick {
    double value = 0;  ///< in the units of the axis
    std::string text;
};

/// An axis of time from 0 to at least `length`, in the unit that suits it.
struct TimeAxis {
    std::string_view unit;  ///< "s", "ms", "µs", "ns"
    double perUnit = 1;     ///< nanoseconds
    std::vector<Tick> ticks;
};
TimeAxis timeAxis(Duration length, int mostTicks);

/// Whole numbers from 0 on; the last one is the end of the axis, at least `most` and at least 1.
std::vector<Tick> countAxis(std::uint64_t most, int mostTicks);

}  // namespace peerscape::report

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/record/record.hpp"
#include "engine/sim/simulation.hpp"

namespace peerscape::report {

/// A record in words, in the columns of events.csv.
struct RecordText {
    std::string_view kind;               ///< "route changed"
    std::string interface;               ///< empty: none
    std::string protocol;                ///< whose doing or whose message; empty: nobody's
    std::optional<std::uint64_t> bytes;  ///< of the IP packet
    std::string detail;                  ///< a sentence
};

RecordText describe(const Simulation& world, const Record& record);

}  // namespace peerscape::report

#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>

#include "engine/base/result.hpp"
#include "engine/lab/order_search.hpp"
#include "scenarios/runner/command_line.hpp"
#include "scenarios/world/lab_world.hpp"

namespace peerscape {

struct SweepOptions {
    WorldOptions world;
    std::string step;  ///< whose messages are looked at; empty: the first of which that can be done
    std::uint64_t walks = OrderSearchOptions().walks;
    std::size_t mostQueued = OrderSearchOptions().mostQueued;
};

/// More routers with BGP than these have more orders than anybody can try.
inline constexpr std::size_t kMostSweptRouters = 6;

struct SweptStep {
    std::string name;
    OrderSearchResult orders;
};

/// All orders in which the BGP messages can arrive that a step of the lab brings about. The steps before it
/// run as usual and have to converge. Messages take no processing time, and advertisement intervals are zero:
/// they do nothing but leave some orders out. Of the step counts what it does before its first `wait`. Fails
/// where the lab has no such step, or too many routers, or sessions come up in it.
Result<SweptStep> sweepOrdersOf(LabWorld& world, const SweepOptions& options);

/// `peerscape sweep LAB --orders`.
ExitCode sweepOrders(const std::filesystem::path& lab, const SweepOptions& options, std::ostream& out,
                     std::ostream& err);

}  // namespace peerscape

#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <vector>

#include "engine/base/time.hpp"
#include "scenarios/runner/command_line.hpp"
#include "scenarios/world/lab_world.hpp"

namespace peerscape {

struct RunOptions {
    WorldOptions world;
    std::optional<SimTime> until;
    std::optional<Duration> quietWindow;  ///< see RunLimits
    std::filesystem::path state;          ///< empty: no state files
    std::filesystem::path report;         ///< empty: no report
    std::filesystem::path pcap;           ///< empty: no captures
    std::filesystem::path mrt;            ///< empty: no MRT files
    bool showProgress = false;            ///< on `err`, a line that is overwritten
};

/// `peerscape run`: all labs, one after the other. The worst of their exit codes; nothing runs unless all are
/// valid.
ExitCode runLabs(const std::vector<std::filesystem::path>& labs, const RunOptions& options, std::ostream& out,
                 std::ostream& err);

/// `peerscape check`.
ExitCode checkLabs(const std::vector<std::filesystem::path>& labs, const WorldOptions& options,
                   std::ostream& out, std::ostream& err);

}  // namespace peerscape

#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

#include "scenarios/runner/command_line.hpp"
#include "scenarios/world/lab_world.hpp"

namespace peerscape {

/// `peerscape expand LAB [-o LAB]`: the lab with every interface, address and configuration written out in
/// one file, to be read, and to go on from by hand.
ExitCode expandLabFile(const std::filesystem::path& lab, const std::string& target,
                       const WorldOptions& options, std::ostream& out, std::ostream& err);

}  // namespace peerscape

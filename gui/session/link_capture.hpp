#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <string>

#include "engine/base/result.hpp"
#include "engine/lab/lab.hpp"
#include "gui/session/captured.hpp"
#include "scenarios/world/lab_world.hpp"

namespace peerscape::gui {

struct CaptureOrder {
    std::filesystem::path file;   ///< pcapng
    std::set<std::string> links;  ///< and LANs, by name
};

/// Runs `copy`, which stands at its start, up to `end`, and writes what crosses the links into the file: of
/// one link the very bytes that `peerscape run --pcap` writes. `progress` is told now and then how much is
/// done, from 0 to 1; false: it is given up, and the file removed.
Result<Captured> captureLinks(const LabWorld& world, Lab copy, SimTime end, const CaptureOrder& order,
                              const std::function<bool(double part)>& progress);

}  // namespace peerscape::gui

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/record/record.hpp"
#include "engine/sim/simulation.hpp"
#include "scenarios/capture/file_names.hpp"
#include "scenarios/capture/pcapng.hpp"
#include "scenarios/capture/segment_capture.hpp"

namespace peerscape::capture {

/// Writes what goes over the links and LANs of a run into files, while the run goes on: each into a file of
/// its own, or chosen ones into one file. A link that is added later takes part from when it appears.
class Captures {
  public:
    /// Files go into `folder`, which must be there; `about` stands in each of them. The world must stay where
    /// it is.
    Captures(std::filesystem::path folder, const Simulation& world, SectionInfo about);
    /// The links and LANs of these names go into one file.
    Captures(std::filesystem::path file, std::set<std::string, std::less<>> links, const Simulation& world,
             SectionInfo about);

    /// Makes the files; of links that are added later when they appear.
    Result<void> begin();
    /// All records in their order, none left out. What cannot be written is reported by finish().
    void take(std::span<const Record> records);
    /// Writes what is left, and says what could not be written.
    Result<void> finish();
    /// How many frames were written.
    std::uint64_t frames() const;

  private:
    void addNewSegments();
    void addFile(const std::filesystem::path& path);
    void note(const Result<void>& written);
    Result<void> outcome() const;
    SegmentCapture* captureAt(NodeId node, InterfaceId interface);

    std::filesystem::path path_;                                ///< the folder, or the one file
    std::optional<std::set<std::string, std::less<>>> chosen_;  ///< nothing: a file for each
    const Simulation& world_;
    SectionInfo about_;
    FileNames names_;
    std::vector<std::unique_ptr<SegmentCapture>> files_;
    std::vector<SegmentCapture*> fileOf_;  ///< by SegmentId; null: not captured
    std::optional<Error> failure_;         ///< the first thing that could not be written
};

}  // namespace peerscape::capture

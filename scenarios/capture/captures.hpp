#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/record/record.hpp"
#include "engine/sim/simulation.hpp"
#include "scenarios/capture/file_names.hpp"
#include "scenarios/capture/pcapng.hpp"
#include "scenarios/capture/segment_capture.hpp"

namespace peerscape::capture {

/// Writes what goes over each link and LAN of a run into a file of its own, while the run goes on. A link
/// that is added later gets its file when it appears.
class Captures {
  public:
    /// Files go into `folder`, which must be there; `about` stands in each of them. The world must stay where
    /// it is.
    Captures(std::filesystem::path folder, const Simulation& world, SectionInfo about);

    /// Makes the files of the links that there are.
    Result<void> begin();
    /// All records in their order, none left out. What cannot be written is reported by finish().
    void take(std::span<const Record> records);
    /// Writes what is left, and says what could not be written.
    Result<void> finish();

  private:
    void addNewSegments();
    void note(const Result<void>& written);
    Result<void> outcome() const;
    SegmentCapture* captureAt(NodeId node, InterfaceId interface);

    std::filesystem::path folder_;
    const Simulation& world_;
    SectionInfo about_;
    FileNames names_;
    std::vector<SegmentCapture> segments_;  ///< by SegmentId
    std::optional<Error> failure_;          ///< the first thing that could not be written
};

}  // namespace peerscape::capture

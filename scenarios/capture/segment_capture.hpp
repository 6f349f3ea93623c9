#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/result.hpp"
#include "engine/record/record.hpp"
#include "engine/topology/topology.hpp"
#include "scenarios/capture/capture_file.hpp"
#include "scenarios/capture/pcapng.hpp"

namespace peerscape::capture {

/// A file with what goes over one link or LAN, or over several: every frame once, as its sender put it on the
/// wire.
///
/// A frame is written when it is known which ends it has reached, and frames stand in the order they were
/// sent, so what is on the wire waits here: as much as the wire holds, however long the run is.
class SegmentCapture {
  public:
    explicit SegmentCapture(std::filesystem::path file) : file_(std::move(file)) {}

    /// Makes the file.
    Result<void> begin(const SectionInfo& about);
    /// From here on frames of this link or LAN belong here; its ends are interfaces of the file.
    Result<void> add(const Topology& topology, SegmentId segment);
    void frameSent(const Topology& topology, const Record& r, const record::PacketSent& sent);
    void frameReceived(const Topology& topology, const Record& r, const record::PacketReceived& received);
    /// `drop` tells what became of a frame; of what happens to packets elsewhere nothing is noted.
    void frameLost(const Topology& topology, const Record& r, const record::PacketDropped& drop);
    /// Writes what is still on the wire.
    Result<void> finish(const Topology& topology);
    /// How many frames the file has.
    std::uint64_t frames() const { return frames_; }

  private:
    struct Loss {
        InterfaceRef at;  ///< the end that did not get it; none: nobody did
        RecordId record;
        DropReason reason = DropReason::LinkLoss;
    };
    /// A frame as it came to one end, other than it was sent.
    struct Damage {
        InterfaceRef at;
        RecordId record;
        PacketPtr packet;
    };
    struct Frame {
        RecordId record;
        SimTime time;
        InterfaceRef sender;
        InterfaceRef receiver;  ///< none: everybody
        PacketPtr packet;
        std::size_t awaited = 0;            ///< ends of which it is not known whether they get it
        std::vector<InterfaceRef> decided;  ///< the other ends
        std::vector<Loss> losses;
        std::vector<Damage> damages;

        /// What becomes of it at the end is known now; of what comes again it was known before.
        void decide(InterfaceRef end);
    };

    Frame* frameOf(RecordId record);
    void writeDecided(const Topology& topology);
    void write(const Topology& topology, const Frame& frame);
    void writeFrame(const Topology& topology, const Frame& frame, const Packet& packet, std::string comment);
    static std::string commentOn(const Topology& topology, const Frame& frame);

    CaptureFile file_;
    std::uint64_t frames_ = 0;
    std::map<InterfaceRef, std::uint32_t> interfaces_;  ///< positions of their blocks
    std::deque<Frame> onWire_;                          ///< by record
};

}  // namespace peerscape::capture

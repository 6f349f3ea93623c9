#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>

#include "engine/base/result.hpp"
#include "engine/record/record.hpp"
#include "engine/sim/simulation.hpp"
#include "protocols/bgp/message_stream.hpp"
#include "protocols/bgp/mrt.hpp"
#include "scenarios/capture/file_names.hpp"
#include "scenarios/mrt/stream_follower.hpp"

namespace peerscape::mrt {

/// Writes what each BGP router hears, and how its sessions change, into a file of its own while a run goes
/// on: BGP4MP records of RFC 6396, as route collectors have them. The start of the lab stands where others
/// have 1970-01-01.
class UpdateDumps {
  public:
    /// Files go into `folder`, which must be there. The world must stay where it is.
    UpdateDumps(std::filesystem::path folder, const Simulation& world);

    /// All records in their order, none left out.
    void take(std::span<const Record> records);
    /// Writes what is left, and says what could not be written.
    Result<void> finish();

  private:
    /// One direction of a TCP connection, as the router that hears it sees it.
    struct Key {
        NodeId node;
        IpAddress local;
        IpAddress remote;
        std::uint16_t localPort = 0;
        std::uint16_t remotePort = 0;
        friend auto operator<=>(const Key&, const Key&) = default;
    };
    struct Direction {
        StreamFollower follower;
        bgp::MessageStream messages;
        bool saysFourOctetAs = false;  ///< its OPEN has the capability
    };

    void hear(const Record& record, const Packet& packet);
    void note(const Record& record, const record::Noted& noted);
    void write(NodeId node, const Bytes& bytes);
    std::optional<bgp::mrt::Session> sessionWith(NodeId node, const IpAddress& remote,
                                                 const IpAddress& local) const;

    std::filesystem::path folder_;
    const Simulation& world_;
    capture::FileNames names_;
    std::map<NodeId, std::ofstream> files_;
    std::map<NodeId, std::filesystem::path> paths_;
    std::map<Key, Direction> directions_;
};

}  // namespace peerscape::mrt

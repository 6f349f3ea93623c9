#pragma once

#include <cstdint>
#include <optional>

#include "engine/base/bytes.hpp"
#include "engine/sim/tcp_reassembly.hpp"
#include "engine/sim/tcp_segment.hpp"

namespace peerscape::mrt {

/// Puts together what one side of a TCP connection has said, from the segments that reached the other side.
class StreamFollower {
  public:
    /// The bytes that are now in order, none twice. Nothing before the SYN counts; a new SYN, with another
    /// number, begins a new connection between the same ports.
    Bytes take(const TcpSegment& segment);
    /// The segment was the first one of a new connection.
    bool hasBegunAnew() const { return hasBegunAnew_; }

  private:
    std::optional<TcpSequence> first_;  ///< of the stream's bytes
    TcpReassembly reassembly_;
    bool hasBegunAnew_ = false;
};

}  // namespace peerscape::mrt

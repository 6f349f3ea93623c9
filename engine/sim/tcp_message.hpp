#pragma once

#include <utility>

#include "engine/base/result.hpp"
#include "engine/routing/packet.hpp"
#include "engine/routing/payload.hpp"
#include "engine/sim/tcp_segment.hpp"

namespace peerscape {

/// A TCP segment as it travels: it knows its addresses, since the checksum covers them.
class TcpMessage final : public Message {
  public:
    TcpMessage(TcpSegment segment, const IpAddress& source, const IpAddress& destination)
        : segment_(std::move(segment)), source_(source), destination_(destination) {}

    const TcpSegment& segment() const { return segment_; }

    void encode(ByteWriter& out) const override { out.append(segment_.encode(source_, destination_)); }
    std::size_t encodedSize() const override { return segment_.encodedSize(); }

    /// The packet that carries the segment from `source` to `destination`.
    static Packet packet(TcpSegment segment, const IpAddress& source, const IpAddress& destination);
    /// The segment in a packet, whether it travelled as a message or as bytes.
    static Result<TcpSegment> segmentOf(const Packet& packet);

  private:
    TcpSegment segment_;
    IpAddress source_;
    IpAddress destination_;
};

}  // namespace peerscape

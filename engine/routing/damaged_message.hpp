#pragma once

#include <utility>

#include "engine/base/bytes.hpp"
#include "engine/routing/packet.hpp"
#include "engine/routing/payload.hpp"

namespace peerscape {

/// What a packet carries in which a bit was flipped under way: everything behind the IP header, as bytes, for
/// only they can be wrong.
class DamagedMessage final : public Message {
  public:
    DamagedMessage(PacketPtr original, Bytes header, Bytes behindHeader)
        : original_(std::move(original)),
          header_(std::move(header)),
          behindHeader_(std::move(behindHeader)) {}

    /// The packet as it was before: for those who count packets. Its receiver cannot know it.
    const PacketPtr& original() const { return original_; }
    /// The IP header as it came, if it cannot be read any more; otherwise empty.
    const Bytes& header() const { return header_; }
    void encode(ByteWriter& out) const override { out.append(behindHeader_); }
    std::size_t encodedSize() const override { return behindHeader_.size(); }

  private:
    PacketPtr original_;
    Bytes header_;
    Bytes behindHeader_;
};

}  // namespace peerscape

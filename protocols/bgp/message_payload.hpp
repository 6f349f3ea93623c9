#pragma once

#include <cstddef>
#include <utility>

#include "engine/routing/payload.hpp"
#include "protocols/bgp/wire.hpp"

namespace peerscape::bgp {

/// A message on its way: bytes when somebody looks. UPDATEs have UpdatePayload.
class MessagePayload final : public Message {
  public:
    MessagePayload(BgpMessage message, const WireOptions& options)
        : message_(std::move(message)), options_(options) {}

    void encode(ByteWriter& out) const override { out.append(bgp::encode(message_, options_)); }
    std::size_t encodedSize() const override { return bgp::encodedSize(message_, options_); }

  private:
    BgpMessage message_;
    WireOptions options_;
};

}  // namespace peerscape::bgp

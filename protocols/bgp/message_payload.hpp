#pragma once

#include <cstddef>
#include <utility>

#include "engine/routing/payload.hpp"
#include "protocols/bgp/wire.hpp"

namespace peerscape::bgp {

/// A message on its way: bytes when somebody looks.
class MessagePayload final : public Message {
  public:
    template <typename OneMessage>
    MessagePayload(OneMessage&& message, const WireOptions& options)
        : message_(std::forward<OneMessage>(message)), options_(options) {}

    const BgpMessage& message() const { return message_; }
    /// The message as one of this type; null: it is of another.
    static const MessagePayload* from(const Message& message);
    /// The message, when whoever reads its bytes by these options has it again just so and without complaint;
    /// else null, and the bytes have to be read. Only the UPDATEs of which large labs have millions are
    /// looked at.
    const BgpMessage* asReadBy(const WireOptions& reader) const;
    void encode(ByteWriter& out) const override { out.append(bgp::encode(message_, options_)); }
    std::size_t encodedSize() const override { return bgp::encodedSize(message_, options_); }

  private:
    BgpMessage message_;
    WireOptions options_;
};

}  // namespace peerscape::bgp

#pragma once

#include <cstddef>
#include <utility>

#include "engine/routing/payload.hpp"
#include "protocols/bgp/wire.hpp"

namespace peerscape::bgp {

/// An UPDATE on its way: bytes when somebody looks. Apart from all other messages, since it is smaller than
/// they are, and a large lab has hundreds of thousands of them on the way at once.
class UpdatePayload final : public Message {
  public:
    UpdatePayload(UpdateMessage&& update, const WireOptions& options)
        : update_(std::move(update)), options_(options) {}

    const UpdateMessage& update() const { return update_; }
    /// The message as an UPDATE; null: it is another one.
    static const UpdatePayload* from(const Message& message);
    /// The UPDATE, when whoever reads its bytes by these options has it again just so and without complaint;
    /// else null, and the bytes have to be read.
    const UpdateMessage* asReadBy(const WireOptions& reader) const;
    void encode(ByteWriter& out) const override { out.append(bgp::encode(update_, options_)); }
    std::size_t encodedSize() const override { return bgp::encodedSize(update_, options_); }

  private:
    UpdateMessage update_;
    WireOptions options_;
};

}  // namespace peerscape::bgp

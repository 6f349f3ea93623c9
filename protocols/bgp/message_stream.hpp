#pragma once

#include <cstddef>
#include <expected>
#include <optional>

#include "engine/base/bytes.hpp"
#include "protocols/bgp/wire.hpp"

namespace peerscape::bgp {

/// What is wrong with a header (RFC 4271 section 6.1, RFC 8654 section 5), of which at least kHeaderSize
/// bytes are there; the length is compared with what the type needs, not with how many bytes have come.
std::optional<MessageFailure> headerFailure(ByteView header, const WireOptions& options);

/// Cuts the bytes of a TCP connection into messages.
class MessageStream {
  public:
    void append(ByteView bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
    /// The next whole message with its header; none, while it has not come in full. A bad header fails as
    /// soon as it is there, and again with every further call.
    std::expected<std::optional<Bytes>, MessageFailure> next(const WireOptions& options);
    /// Bytes that wait for the rest of their message.
    std::size_t pending() const { return bytes_.size() - taken_; }

    friend bool operator==(const MessageStream& a, const MessageStream& b) { return a.rest() == b.rest(); }

  private:
    Bytes rest() const { return {bytes_.begin() + static_cast<std::ptrdiff_t>(taken_), bytes_.end()}; }

    Bytes bytes_;
    std::size_t taken_ = 0;  ///< of them, in messages that have been handed out
};

}  // namespace peerscape::bgp

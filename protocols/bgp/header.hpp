#pragma once

#include "engine/base/bytes.hpp"
#include "protocols/bgp/wire.hpp"

/// The header that all messages have (RFC 4271 section 4.1).
namespace peerscape::bgp {

MessageType typeOf(const BgpMessage& message);
/// The header with a length of 0, which withSize() puts right when the message is whole.
void writeHeader(MessageType type, ByteWriter& out);
Bytes withSize(ByteWriter& out);

}  // namespace peerscape::bgp

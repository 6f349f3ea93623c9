#pragma once

#include <expected>

#include "engine/base/bytes.hpp"
#include "protocols/bgp/wire.hpp"

/// Reading UPDATEs, and what becomes of the malformed ones (RFC 4271 section 6.3, RFC 7606).
namespace peerscape::bgp {

/// Reads what stands behind the header of an UPDATE.
std::expected<DecodedMessage, MessageFailure> decodeUpdate(ByteView body, const WireOptions& options);

}  // namespace peerscape::bgp

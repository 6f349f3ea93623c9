#pragma once

#include <optional>
#include <string_view>

#include "engine/base/ip_address.hpp"
#include "engine/sim/tcp_segment.hpp"

namespace peerscape {

/// The digest that the TCP MD5 signature option of this segment carries (RFC 2385 section 2.0): over pseudo
/// header, header without options and without checksum, payload, key. The segment need not carry one yet.
TcpSignature signatureOf(const TcpSegment& segment, const IpAddress& source, const IpAddress& destination,
                         std::string_view key);

/// Whether the segment is what an end with this key may take (RFC 2385 section 3.0): signed with it or, with
/// the empty key, not signed.
bool isSignedWith(std::string_view key, const TcpSegment& segment, const IpAddress& source,
                  const IpAddress& destination);

}  // namespace peerscape

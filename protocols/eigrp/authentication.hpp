#pragma once

#include <string_view>

#include "engine/base/bytes.hpp"
#include "engine/base/ip_address.hpp"
#include "protocols/eigrp/wire.hpp"

/// Authentication of packets (RFC 7868, 6.7.2). The RFC says that a digest is there, not what it covers; what
/// stands here reproduces the digests of Cisco's routers and of FRR's, as far as their packets are known.
///
/// Both digests are made with the checksum as zero, before it is filled in.
///
/// MD5 (type 2) covers the bytes in front of the digest; then the key, filled up with zeros to 16 bytes,
/// longer ones whole; then what follows the digest, without the last 20 bytes of the packet. Of a hello that
/// has only parameters and a software version, 20 bytes together, nothing else is covered. An update with the
/// INIT flag is no secret: of it the first 40 bytes are covered, and no key. Known from the cracker john
/// (run/eigrp2john.py and its test values, of IOS 12.4 and 15.4) and FRR's eigrpd. Not known: IOS with TLV
/// version 1.2, INIT updates that have more in them than the digest, and digests that are not the first TLV.
/// FRR covers no more of any hello than of the simplest.
///
/// HMAC-SHA-256 (type 3) covers the whole packet with zeros for the digest. The key is a line feed, the
/// password, and the packet's source address as text. Known for IPv4 from john's test value of IOS 15; that
/// IPv6 addresses are written as RFC 5952 asks is a guess.
namespace peerscape::eigrp {

/// An authentication TLV of the type (MD5 or SHA-256) that waits for its digest. Real routers put it first.
/// SHA-256 has no key number: routers send 0.
Authentication blankAuthentication(std::uint16_t type, std::uint32_t keyId);

/// Puts the digest under `key` into a packet whose authentication TLV waits for it; `source` is the address
/// in the packet's IP header.
EigrpPacket withDigest(EigrpPacket packet, std::string_view key, const IpAddress& source);

/// Whether an encoded packet has an authentication TLV, and its digest is the one that `key` gives. Its
/// checksum does not matter.
bool hasValidDigest(ByteView bytes, std::string_view key, const IpAddress& source);

}  // namespace peerscape::eigrp

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/bytes.hpp"
#include "engine/base/ip_address.hpp"
#include "protocols/bgp/message.hpp"

/// Prefixes as UPDATEs carry them: a length in bits and as many octets as it needs (RFC 4271 section 4.3),
/// with a path identifier in front where both sides agreed on that (RFC 7911 section 3).
namespace peerscape::bgp {

/// Address family identifiers (RFC 4760); unicast is the only subsequent one carried here.
inline constexpr std::uint8_t kUnicast = 1;
constexpr std::uint16_t afiOf(Family family) { return family == Family::IPv4 ? 1 : 2; }
/// The family of the two numbers; none: not carried here.
std::optional<Family> familyOf(std::uint16_t afi, std::uint8_t safi);

/// "IPv4", "IPv6".
constexpr std::string_view nameOf(Family family) { return family == Family::IPv4 ? "IPv4" : "IPv6"; }

/// 4 or 16 octets.
void encode(const IpAddress& address, ByteWriter& out);

std::size_t encodedSize(const Nlri& nlri, bool hasPathId);
std::size_t encodedSize(const NlriList& prefixes, bool hasPathIds);
void encode(const NlriList& prefixes, bool hasPathIds, ByteWriter& out);

struct DecodedPrefixes {
    NlriList prefixes;
    std::optional<std::string> problem;  ///< a length beyond the family's, or too few octets
};
DecodedPrefixes decodePrefixes(ByteView bytes, Family family, bool hasPathIds);

/// Takes those away that no route can have, multicast and IPv6's link-local ones (RFC 4271 section 6.3), and
/// gives them back.
std::vector<Prefix> takeForeign(NlriList& prefixes);

}  // namespace peerscape::bgp

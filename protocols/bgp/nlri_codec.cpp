#include "protocols/bgp/nlri_codec.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace peerscape::bgp {
namespace {

constexpr std::size_t octetsFor(std::uint8_t bits) { return (bits + 7U) / 8U; }

Prefix prefixFrom(ByteView octets, Family family, std::uint8_t length) {
    std::array<std::uint8_t, 16> bytes{};
    std::ranges::copy(octets, bytes.begin());
    return Prefix(IpAddress::fromBytes(ByteView(bytes).first(addressBits(family) / 8)), length);
}

/// A prefix that no unicast route can have.
bool isForeign(const Prefix& prefix) {
    const IpAddress& address = prefix.address();
    if (address.isV4()) return prefix.length() >= 4 && address.isMulticast();
    return (prefix.length() >= 8 && address.isMulticast()) ||
           (prefix.length() >= 10 && address.isLinkLocal());
}

}  // namespace

std::optional<Family> familyOf(std::uint16_t afi, std::uint8_t safi) {
    if (safi != kUnicast) return std::nullopt;
    if (afi == afiOf(Family::IPv4)) return Family::IPv4;
    if (afi == afiOf(Family::IPv6)) return Family::IPv6;
    return std::nullopt;
}

void encode(const IpAddress& address, ByteWriter& out) { out.append(address.bytes()); }

std::size_t encodedSize(const Nlri& nlri, bool hasPathId) {
    return (hasPathId ? 4U : 0U) + 1 + octetsFor(nlri.prefix.length());
}

std::size_t encodedSize(const NlriList& prefixes, bool hasPathIds) {
    std::size_t size = 0;
    for (const Nlri& nlri : prefixes)
        size += encodedSize(nlri, hasPathIds);
    return size;
}

void encode(const NlriList& prefixes, bool hasPathIds, ByteWriter& out) {
    for (const Nlri& nlri : prefixes) {
        if (hasPathIds) out.u32(nlri.pathId);
        out.u8(nlri.prefix.length());
        out.append(nlri.prefix.address().bytes().first(octetsFor(nlri.prefix.length())));
    }
}

DecodedPrefixes decodePrefixes(ByteView bytes, Family family, bool hasPathIds) {
    DecodedPrefixes decoded;
    ByteReader in(bytes);
    while (in.left() > 0) {
        const std::uint32_t pathId = hasPathIds ? in.u32() : 0;
        const std::uint8_t length = in.u8();
        if (!in.ranOut() && length > addressBits(family)) {
            decoded.problem = fmt::format("a prefix of {} says that it has {} bits", nameOf(family), length);
            return decoded;
        }
        const ByteView octets = in.take(octetsFor(length));
        if (in.ranOut()) {
            decoded.problem = "the last prefix is cut off";
            return decoded;
        }
        decoded.prefixes.push_back({prefixFrom(octets, family, length), pathId});
    }
    return decoded;
}

std::vector<Prefix> takeForeign(NlriList& prefixes) {
    std::vector<Prefix> foreign;
    const auto gone = std::remove_if(prefixes.begin(), prefixes.end(), [&](const Nlri& nlri) {
        if (!isForeign(nlri.prefix)) return false;
        foreign.push_back(nlri.prefix);
        return true;
    });
    prefixes.erase(gone, prefixes.end());
    return foreign;
}

}  // namespace peerscape::bgp

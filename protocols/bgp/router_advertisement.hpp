#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "engine/base/bytes.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/result.hpp"
#include "engine/base/time.hpp"

/// The part of IPv6 neighbor discovery (RFC 4861) by which routers at the two ends of a link find each
/// other's link-local address, for `neighbor eth0 interface`.
namespace peerscape::bgp {

/// ff02::1 and ff02::2.
inline constexpr IpAddress kAllNodes = IpAddress::v6(0xff02000000000000ULL, 1);
inline constexpr IpAddress kAllRouters = IpAddress::v6(0xff02000000000000ULL, 2);
/// RFC 4861 sections 6.1.1 and 6.1.2: proof that the packet has crossed no router.
inline constexpr std::uint8_t kDiscoveryHopLimit = 255;

/// A Router Solicitation (section 4.1) or Router Advertisement (section 4.2); a host would find a default
/// router by them, and here their sender's address is what matters.
struct DiscoveryMessage {
    enum class Kind : std::uint8_t { Solicitation, Advertisement };
    Kind kind = Kind::Advertisement;
    Duration routerLifetime;       ///< of an advertisement, whole seconds: so long the sender is a router
    std::uint64_t macAddress = 0;  ///< lower 48 bits: the source link-layer address option

    /// With the checksum, which covers the addresses.
    Bytes encode(const IpAddress& source, const IpAddress& destination) const;
    /// Nothing: it is another message of ICMPv6. Fails for one that sections 6.1.1 and 6.1.2 call invalid.
    static Result<std::optional<DiscoveryMessage>> decode(ByteView bytes, const IpAddress& source,
                                                          const IpAddress& destination);

    friend bool operator==(const DiscoveryMessage&, const DiscoveryMessage&) = default;
};

}  // namespace peerscape::bgp

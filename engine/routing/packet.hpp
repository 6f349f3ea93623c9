#pragma once

#include <cstdint>
#include <memory>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/routing/payload.hpp"

namespace peerscape {

/// Protocol numbers of the IP header (IANA "Assigned Internet Protocol Numbers").
inline constexpr std::uint8_t kIpProtocolIcmp = 1;
inline constexpr std::uint8_t kIpProtocolTcp = 6;
inline constexpr std::uint8_t kIpProtocolUdp = 17;
inline constexpr std::uint8_t kIpProtocolFragment6 = 44;
inline constexpr std::uint8_t kIpProtocolIcmp6 = 58;

/// An IP packet under way. Shared and never changed once sent: a router that forwards one makes a new one.
struct Packet {
    IpAddress source;
    IpAddress destination;
    std::uint8_t ttl = 64;  ///< IPv6: hop limit
    std::uint8_t protocol = 0;
    std::uint8_t trafficClass = 0;
    bool dontFragment = true;
    bool moreFragments = false;        ///< a fragment, and not the last
    std::uint32_t fragmentOffset = 0;  ///< bytes of the whole in front of this fragment, a multiple of 8
    std::uint16_t identification = 0;  ///< IPv4; IPv6 in fragments only
    std::uint16_t sourcePort = 0;      ///< UDP; TCP's stand here too, for the flow hash
    std::uint16_t destinationPort = 0;
    /// A bit of it was flipped under way: the payload is a DamagedMessage, everything behind the IP header.
    bool isDamaged = false;
    ProtocolId owner;  ///< whose message it carries; none: ICMP, flows, TCP without an owner
    Payload
        payload;  ///< behind the UDP header, or behind the IP header for everything else and for fragments

    static constexpr std::uint32_t kFragmentHeader6Bytes = 8;

    /// A piece of a packet: its payload is a stretch of what stood behind the IP header.
    bool isFragment() const { return moreFragments || fragmentOffset != 0; }
    /// Bytes of the IP header, with IPv6's fragment header where there is one.
    std::size_t headerSize() const;
    /// What stands between it and the payload is a UDP header.
    bool hasUdpHeader() const { return protocol == kIpProtocolUdp && !isFragment() && !isDamaged; }
    /// Bytes behind it.
    std::size_t sizeBehindHeader() const;
    /// Bytes of the whole IP packet.
    std::size_t size() const;
    /// The whole IP packet as it stands on the wire, checksums included (RFC 791, 8200, 768, 2460
    /// section 8.1).
    Bytes encode() const;
    /// What stands behind the IP header: the UDP header, if it has one, and the payload.
    Bytes encodeBehindHeader() const;
};

using PacketPtr = std::shared_ptr<const Packet>;

/// The checksum of an upper-layer message with its pseudo header (RFC 768, RFC 9293 section 3.1, RFC 8200
/// section 8.1).
std::uint16_t upperLayerChecksum(const IpAddress& source, const IpAddress& destination, std::uint8_t protocol,
                                 ByteView message);

}  // namespace peerscape

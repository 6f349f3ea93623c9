#pragma once

#include <cstddef>

#include "engine/base/bytes.hpp"
#include "engine/routing/packet.hpp"

/// Packets in which a bit was flipped under way, and what routers and hosts make of them.
namespace peerscape {

/// The packet with one bit of its bytes flipped, counted from the first of the IP header; `bit` is less than
/// eight times its size.
///
/// A header of IPv4 cannot be read any more, since its checksum is wrong. One of IPv6 has none (RFC 8200): it
/// is read as it now stands, and is another packet to all routers on the way, unless its version or its
/// length is impossible. The flow label is not modelled, so that its bits have no effect.
PacketPtr withFlippedBit(const PacketPtr& packet, std::size_t bit);

/// The IP header cannot be read: whoever gets the packet drops it without a word (RFC 1812 section 5.2.2).
bool hasDamagedHeader(const Packet& packet);

/// The packet with these bytes behind its header in place of its own, and with the ports that stand in them.
Packet damaged(const Packet& packet, PacketPtr original, Bytes bytes);

/// Whether the checksum of what a damaged packet carries is right all the same, as far as it is the host that
/// checks it: UDP (RFC 768: 0 says that there is none; not in IPv6, RFC 8200 section 8.1), TCP and ICMP.
bool passesChecksum(const Packet& packet);

/// What its receiver takes a damaged packet for whose checksum is right: one of bytes that are what they are.
/// Of the data of measuring packets and pings nobody can tell, so that these are as they were sent.
Packet asReceived(const Packet& packet);

/// How many bytes stood behind the IP header before any damage.
std::size_t sizeBeforeDamage(const Packet& packet);

}  // namespace peerscape

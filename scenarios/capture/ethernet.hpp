#pragma once

#include <cstdint>

#include "engine/base/bytes.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/routing/packet.hpp"

namespace peerscape::capture {

/// Where a frame goes whose packet is for more than one neighbour: the group's MAC address (RFC 1112 section
/// 6.4, RFC 2464 section 7), or that of everybody. MAC addresses are the lower 48 bits.
std::uint64_t groupMacAddress(const IpAddress& destination);

/// The packet in an Ethernet II frame (RFC 894, RFC 2464): not padded to 60 bytes and without the check
/// sequence, as captures at the sender show frames.
Bytes ethernetFrame(std::uint64_t destination, std::uint64_t source, const Packet& packet);

}  // namespace peerscape::capture

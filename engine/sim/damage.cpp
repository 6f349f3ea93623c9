#include "engine/sim/damage.hpp"

#include <memory>
#include <utility>

#include "engine/routing/damaged_message.hpp"
#include "engine/sim/flow.hpp"
#include "engine/sim/fragments.hpp"
#include "engine/sim/icmp.hpp"

namespace peerscape {

namespace {

constexpr std::size_t kHeader6Bytes = 40;
constexpr std::size_t kUdpHeaderBytes = 8;
constexpr std::size_t kPortsBytes = 4;

Bytes from(const Bytes& bytes, std::size_t begin) {
    return {bytes.begin() + static_cast<std::ptrdiff_t>(begin), bytes.end()};
}

PacketPtr unreadable(const PacketPtr& packet, const Bytes& bytes) {
    auto result = std::make_shared<Packet>(*packet);
    const auto end = bytes.begin() + static_cast<std::ptrdiff_t>(packet->headerSize());
    result->isDamaged = true;
    result->payload = Payload(
        std::make_shared<const DamagedMessage>(packet, Bytes(bytes.begin(), end), Bytes(end, bytes.end())));
    return result;
}

/// A fragment header of which one of the bytes 40 to 47 has changed (RFC 8200 section 4.5).
PacketPtr withFragmentHeader(const PacketPtr& packet, const Bytes& bytes) {
    Packet next = *packet;
    ByteReader header(ByteView(bytes).subspan(kHeader6Bytes));
    next.protocol = header.u8();
    header.u8();
    const std::uint16_t place = header.u16();
    next.fragmentOffset = place & 0xfff8U;
    next.moreFragments = (place & 1U) != 0;
    // We keep 16 of its 32 bits; that the number is another one is all that matters.
    const std::uint16_t high = header.u16();
    next.identification = static_cast<std::uint16_t>(high ^ header.u16());
    const bool isAsBefore =
        next.protocol == packet->protocol && next.fragmentOffset == packet->fragmentOffset &&
        next.moreFragments == packet->moreFragments && next.identification == packet->identification;
    if (isAsBefore) return packet;  // a reserved bit
    return std::make_shared<const Packet>(damaged(next, packet, from(bytes, packet->headerSize())));
}

/// An IPv6 header of which the byte `at` has changed (RFC 8200 section 3).
PacketPtr withHeader6(const PacketPtr& packet, const Bytes& bytes, std::size_t at) {
    const std::size_t headerSize = packet->headerSize();
    if (at >= kHeader6Bytes) return withFragmentHeader(packet, bytes);
    ByteReader header(bytes);
    const std::uint32_t first = header.u32();
    const std::size_t length = header.u16();
    if (first >> 28 != 6 || length < headerSize - kHeader6Bytes || length > bytes.size() - kHeader6Bytes)
        return unreadable(packet, bytes);
    Packet next = *packet;
    const std::uint8_t nextHeader = header.u8();
    next.ttl = header.u8();
    next.trafficClass = static_cast<std::uint8_t>(first >> 20);
    // These matter to nobody behind the header.
    if (at < 4 || at == 7) return std::make_shared<const Packet>(std::move(next));
    next.source = IpAddress::fromBytes(header.take(16));
    next.destination = IpAddress::fromBytes(header.take(16));
    if (at == 6) {
        // Without its fragment header in front of it nothing is a fragment.
        next.protocol = nextHeader;
        next.fragmentOffset = 0;
        next.moreFragments = false;
        return std::make_shared<const Packet>(damaged(next, packet, from(bytes, kHeader6Bytes)));
    }
    // What is longer than it says is cut (as Linux does).
    const Bytes cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(kHeader6Bytes + length));
    return std::make_shared<const Packet>(damaged(next, packet, from(cut, headerSize)));
}

bool passesUdpChecksum(const Packet& packet, ByteView bytes) {
    if (bytes.size() < kUdpHeaderBytes) return false;
    const std::size_t length = ByteReader(bytes.subspan(4)).u16();
    if (length < kUdpHeaderBytes || length > bytes.size()) return false;
    const bool hasNone = ByteReader(bytes.subspan(6)).u16() == 0;
    if (hasNone) return packet.source.isV4();
    return upperLayerChecksum(packet.source, packet.destination, kIpProtocolUdp, bytes.first(length)) == 0;
}

}  // namespace

PacketPtr withFlippedBit(const PacketPtr& packet, std::size_t bit) {
    const std::size_t at = bit / 8;
    Bytes bytes = packet->encode();
    bytes[at] ^= static_cast<std::uint8_t>(0x80U >> bit % 8);
    const std::size_t headerSize = packet->headerSize();
    if (at >= headerSize)
        return std::make_shared<const Packet>(damaged(*packet, packet, from(bytes, headerSize)));
    return packet->source.isV4() ? unreadable(packet, bytes) : withHeader6(packet, bytes, at);
}

bool hasDamagedHeader(const Packet& packet) {
    const auto* message = packet.isDamaged ? packet.payload.as<DamagedMessage>() : nullptr;
    return message != nullptr && !message->header().empty();
}

Packet damaged(const Packet& packet, PacketPtr original, Bytes bytes) {
    Packet result = packet;
    result.isDamaged = true;
    const bool hasPorts = packet.protocol == kIpProtocolUdp || packet.protocol == kIpProtocolTcp;
    if (hasPorts && !packet.isFragment() && bytes.size() >= kPortsBytes) {
        ByteReader ports(bytes);
        result.sourcePort = ports.u16();
        result.destinationPort = ports.u16();
    }
    result.payload =
        Payload(std::make_shared<const DamagedMessage>(std::move(original), Bytes(), std::move(bytes)));
    return result;
}

bool passesChecksum(const Packet& packet) {
    const Bytes bytes = packet.payload.bytes();
    switch (packet.protocol) {
        case kIpProtocolUdp:
            return passesUdpChecksum(packet, bytes);
        case kIpProtocolIcmp:
            return packet.source.isV4() && internetChecksum(bytes) == 0;
        case kIpProtocolTcp:
        case kIpProtocolIcmp6:
            return upperLayerChecksum(packet.source, packet.destination, packet.protocol, bytes) == 0;
        default:
            return true;
    }
}

Packet asReceived(const Packet& packet) {
    Packet result = packet;
    result.isDamaged = false;
    const Packet& whole = wholeOf(packet);
    const bool isUdp = packet.protocol == kIpProtocolUdp;
    const bool isFlow = isUdp && whole.payload.as<FlowMessage>() != nullptr;
    const bool isIcmp = packet.protocol == whole.protocol && whole.payload.as<IcmpMessage>() != nullptr;
    if (isFlow || isIcmp) {
        result.payload = whole.payload;
        return result;
    }
    Bytes bytes = packet.payload.bytes();
    if (isUdp) {
        bytes.resize(ByteReader(ByteView(bytes).subspan(4)).u16());
        bytes = from(bytes, kUdpHeaderBytes);
    }
    result.payload = Payload(std::move(bytes));
    return result;
}

std::size_t sizeBeforeDamage(const Packet& packet) {
    const Packet* at = &packet;
    while (const auto* message = at->payload.as<DamagedMessage>())
        at = message->original().get();
    return at->sizeBehindHeader();
}

}  // namespace peerscape

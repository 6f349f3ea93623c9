#include "engine/routing/packet.hpp"

#include <algorithm>

#include "engine/routing/damaged_message.hpp"

namespace peerscape {

namespace {

constexpr std::size_t kIpv4HeaderBytes = 20;
constexpr std::size_t kIpv6HeaderBytes = 40;
constexpr std::size_t kUdpHeaderBytes = 8;

Bytes encodeUdp(const Packet& packet) {
    ByteWriter udp;
    udp.u16(packet.sourcePort);
    udp.u16(packet.destinationPort);
    udp.u16(static_cast<std::uint16_t>(kUdpHeaderBytes + packet.payload.size()));
    udp.u16(0);
    udp.append(packet.payload.bytes());
    const std::uint16_t checksum =
        upperLayerChecksum(packet.source, packet.destination, kIpProtocolUdp, udp.bytes());
    // An all-zero checksum means "none" (RFC 768), so zero is sent as all ones.
    udp.patchU16(6, checksum == 0 ? 0xffff : checksum);
    return udp.take();
}

void writeIpv4Header(ByteWriter& out, const Packet& packet, std::size_t size) {
    out.u8(0x45);
    out.u8(packet.trafficClass);
    out.u16(static_cast<std::uint16_t>(size));
    out.u16(packet.identification);
    const std::uint32_t flags = (packet.dontFragment ? 0x4000U : 0U) | (packet.moreFragments ? 0x2000U : 0U);
    out.u16(static_cast<std::uint16_t>(flags | packet.fragmentOffset / 8));
    out.u8(packet.ttl);
    out.u8(packet.protocol);
    out.u16(0);
    out.append(packet.source.bytes());
    out.append(packet.destination.bytes());
    out.patchU16(10, internetChecksum(out.bytes()));
}

void writeIpv6Header(ByteWriter& out, const Packet& packet, std::size_t payloadSize) {
    out.u32(6U << 28 | static_cast<std::uint32_t>(packet.trafficClass) << 20);
    out.u16(static_cast<std::uint16_t>(payloadSize));
    out.u8(packet.isFragment() ? kIpProtocolFragment6 : packet.protocol);
    out.u8(packet.ttl);
    out.append(packet.source.bytes());
    out.append(packet.destination.bytes());
    if (!packet.isFragment()) return;
    // RFC 8200 section 4.5.
    out.u8(packet.protocol);
    out.u8(0);
    out.u16(static_cast<std::uint16_t>(packet.fragmentOffset | (packet.moreFragments ? 1U : 0U)));
    out.u32(packet.identification);
}

}  // namespace

std::size_t Packet::headerSize() const {
    if (source.isV4()) return kIpv4HeaderBytes;
    return kIpv6HeaderBytes + (isFragment() ? kFragmentHeader6Bytes : 0);
}

std::size_t Packet::sizeBehindHeader() const {
    return (hasUdpHeader() ? kUdpHeaderBytes : 0) + payload.size();
}

std::size_t Packet::size() const { return headerSize() + sizeBehindHeader(); }

Bytes Packet::encodeBehindHeader() const { return hasUdpHeader() ? encodeUdp(*this) : payload.bytes(); }

Bytes Packet::encode() const {
    const Bytes inner = encodeBehindHeader();
    ByteWriter out;
    const auto* damage = isDamaged ? payload.as<DamagedMessage>() : nullptr;
    if (damage != nullptr && !damage->header().empty()) {
        out.append(damage->header());
    } else if (source.isV4()) {
        writeIpv4Header(out, *this, kIpv4HeaderBytes + inner.size());
    } else {
        writeIpv6Header(out, *this, headerSize() - kIpv6HeaderBytes + inner.size());
    }
    out.append(inner);
    return out.take();
}

std::uint16_t upperLayerChecksum(const IpAddress& source, const IpAddress& destination, std::uint8_t protocol,
                                 ByteView message) {
    ByteWriter pseudo;
    pseudo.append(source.bytes());
    pseudo.append(destination.bytes());
    pseudo.u32(static_cast<std::uint32_t>(message.size()));
    pseudo.u32(protocol);
    // The pseudo header has an even length, so its sum can be continued over the message.
    const auto folded = static_cast<std::uint16_t>(~internetChecksum(pseudo.bytes()));
    return internetChecksum(message, folded);
}

}  // namespace peerscape

#include "scenarios/capture/ethernet.hpp"

namespace peerscape::capture {

namespace {

constexpr std::uint64_t kEverybody = 0xffffffffffff;
constexpr std::uint64_t kGroup4 = 0x01005e000000;
constexpr std::uint64_t kGroup4Bits = 0x7fffff;
constexpr std::uint64_t kGroup6 = 0x333300000000;

constexpr std::uint16_t kEtherTypeIpv4 = 0x0800;
constexpr std::uint16_t kEtherTypeIpv6 = 0x86dd;

void writeMacAddress(ByteWriter& out, std::uint64_t address) {
    out.u16(static_cast<std::uint16_t>(address >> 32));
    out.u32(static_cast<std::uint32_t>(address));
}

}  // namespace

std::uint64_t groupMacAddress(const IpAddress& destination) {
    if (!destination.isMulticast()) return kEverybody;
    const ByteView bytes = destination.bytes();
    const std::uint64_t last = ByteReader(bytes.last(4)).u32();
    return destination.isV4() ? kGroup4 | (last & kGroup4Bits) : kGroup6 | last;
}

Bytes ethernetFrame(std::uint64_t destination, std::uint64_t source, const Packet& packet) {
    ByteWriter out;
    writeMacAddress(out, destination);
    writeMacAddress(out, source);
    out.u16(packet.source.isV4() ? kEtherTypeIpv4 : kEtherTypeIpv6);
    out.append(packet.encode());
    return out.take();
}

}  // namespace peerscape::capture

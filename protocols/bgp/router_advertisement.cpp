#include "protocols/bgp/router_advertisement.hpp"

#include "engine/routing/packet.hpp"

namespace peerscape::bgp {
namespace {

constexpr std::uint8_t kTypeSolicitation = 133;
constexpr std::uint8_t kTypeAdvertisement = 134;
constexpr std::uint8_t kOptionSourceLinkLayer = 1;
constexpr std::uint8_t kHopLimitForHosts = 64;
constexpr std::size_t kSolicitationBytes = 8;
constexpr std::size_t kAdvertisementBytes = 16;
constexpr std::size_t kOptionUnit = 8;  ///< lengths of options count these

/// Section 4.6.1; other options are skipped. None may have the length 0 (section 4.6).
Result<std::uint64_t> macAddressIn(ByteReader options) {
    std::uint64_t found = 0;
    while (options.left() >= 2) {
        const std::uint8_t type = options.u8();
        const std::size_t length = options.u8() * kOptionUnit;
        if (length == 0 || options.left() + 2 < length)
            return failure("an option of neighbor discovery has an impossible length");
        ByteReader option(options.take(length - 2));
        if (type != kOptionSourceLinkLayer) continue;
        const std::uint64_t high = option.u16();
        found = high << 32 | option.u32();
    }
    return found;
}

}  // namespace

Bytes DiscoveryMessage::encode(const IpAddress& source, const IpAddress& destination) const {
    const bool isSolicitation = kind == Kind::Solicitation;
    ByteWriter out;
    out.u8(isSolicitation ? kTypeSolicitation : kTypeAdvertisement);
    out.u8(0);
    out.u16(0);
    if (isSolicitation) {
        out.u32(0);
    } else {
        out.u8(kHopLimitForHosts);
        out.u8(0);  // neither DHCPv6 flag
        out.u16(static_cast<std::uint16_t>(routerLifetime / Duration::seconds(1)));
        out.u32(0);  // reachable time: unspecified
        out.u32(0);  // retransmission time: unspecified
    }
    out.u8(kOptionSourceLinkLayer);
    out.u8(1);
    out.u16(static_cast<std::uint16_t>(macAddress >> 32));
    out.u32(static_cast<std::uint32_t>(macAddress));
    out.patchU16(2, upperLayerChecksum(source, destination, kIpProtocolIcmp6, out.bytes()));
    return out.take();
}

Result<std::optional<DiscoveryMessage>> DiscoveryMessage::decode(ByteView bytes, const IpAddress& source,
                                                                 const IpAddress& destination) {
    if (bytes.empty() || (bytes[0] != kTypeSolicitation && bytes[0] != kTypeAdvertisement))
        return std::optional<DiscoveryMessage>();
    DiscoveryMessage message;
    if (bytes[0] == kTypeSolicitation) message.kind = Kind::Solicitation;
    const bool isSolicitation = message.kind == Kind::Solicitation;
    if (bytes.size() < (isSolicitation ? kSolicitationBytes : kAdvertisementBytes))
        return failure("a message of neighbor discovery is cut off");
    if (upperLayerChecksum(source, destination, kIpProtocolIcmp6, bytes) != 0)
        return failure("a message of neighbor discovery has a wrong checksum");
    if (bytes[1] != 0) return failure("a message of neighbor discovery has a code other than 0");
    ByteReader in(bytes.subspan(4));
    if (isSolicitation) {
        in.u32();
    } else {
        in.u16();
        message.routerLifetime = Duration::seconds(in.u16());
        in.u32();
        in.u32();
    }
    const auto macAddress = macAddressIn(in);
    if (!macAddress) return std::unexpected(macAddress.error());
    message.macAddress = *macAddress;
    return message;
}

}  // namespace peerscape::bgp

/// Messages of neighbor discovery: what is read says the same when it is written and read again. The checksum
/// is made right first, since hardly any input would get past it.
#include <cstddef>
#include <cstdint>

#include "engine/base/check.hpp"
#include "engine/routing/packet.hpp"
#include "protocols/bgp/router_advertisement.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace peerscape;
    const IpAddress source = IpAddress::v6(0xfe80000000000000ULL, 1);
    Bytes bytes(data, data + size);
    (void)bgp::DiscoveryMessage::decode(bytes, source, bgp::kAllNodes);
    if (size >= 4) {
        bytes[2] = bytes[3] = 0;
        const std::uint16_t sum = upperLayerChecksum(source, bgp::kAllNodes, kIpProtocolIcmp6, bytes);
        bytes[2] = static_cast<std::uint8_t>(sum >> 8);
        bytes[3] = static_cast<std::uint8_t>(sum);
    }
    const auto message = bgp::DiscoveryMessage::decode(bytes, source, bgp::kAllNodes);
    if (!message || !*message) return 0;
    const auto again =
        bgp::DiscoveryMessage::decode((*message)->encode(source, bgp::kAllNodes), source, bgp::kAllNodes);
    PEERSCAPE_CHECK(again.has_value() && *again == *message);
    return 0;
}

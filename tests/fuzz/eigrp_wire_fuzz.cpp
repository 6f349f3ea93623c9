/// Whatever arrives as IP protocol 88: decoding must not stumble, and what it accepts must survive a round
/// trip. The checksum is made right, since hardly any input would get past it.
#include <cstddef>
#include <cstdint>
#include <variant>

#include "engine/base/check.hpp"
#include "protocols/eigrp/authentication.hpp"
#include "protocols/eigrp/describe.hpp"
#include "protocols/eigrp/wire.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace peerscape;
    if (size == 0) return 0;
    const Family family = (data[0] & 1) == 0 ? Family::IPv4 : Family::IPv6;
    Bytes bytes(data + 1, data + size);
    const auto source = IpAddress::any(family);
    (void)eigrp::decode(family, bytes);
    (void)eigrp::hasValidDigest(bytes, "secret", source);
    if (bytes.size() < eigrp::kHeaderSize) return 0;
    const std::uint16_t checksum = eigrp::packetChecksum(bytes);
    bytes[2] = static_cast<std::uint8_t>(checksum >> 8);
    bytes[3] = static_cast<std::uint8_t>(checksum);
    (void)eigrp::fields(family, bytes);
    const auto packet = eigrp::decode(family, bytes);
    if (!packet) return 0;
    for (const eigrp::Tlv& tlv : packet->tlvs) {
        const auto* route = std::get_if<eigrp::Route>(&tlv);
        if (route == nullptr) continue;
        const eigrp::VectorMetric metric = route->vector();
        (void)eigrp::classicComposite(metric, {255, 255, 255, 255, 255, 255});
        (void)eigrp::wideComposite(metric, {255, 255, 255, 255, 255, 255});
        PEERSCAPE_CHECK(!metric.isUnreachable() || metric.through(metric).isUnreachable());
    }
    const eigrp::EigrpMessage message(*packet);
    ByteWriter writer;
    message.encode(writer);
    PEERSCAPE_CHECK(writer.size() == message.encodedSize() && writer.size() == bytes.size());
    const auto again = eigrp::decode(family, writer.bytes());
    PEERSCAPE_CHECK(again.has_value() && *again == *packet);
    return 0;
}

#pragma once

#include <string>
#include <string_view>

#include "protocols/eigrp/wire.hpp"
#include "tests/protocols/bytes.hpp"

namespace peerscape::eigrp::test {

using peerscape::test::hex;
using peerscape::test::ip;
using peerscape::test::net;

/// The same bytes with the checksum that belongs to them.
inline Bytes withChecksum(Bytes bytes) {
    const std::uint16_t checksum = packetChecksum(bytes);
    bytes[2] = static_cast<std::uint8_t>(checksum >> 8);
    bytes[3] = static_cast<std::uint8_t>(checksum);
    return bytes;
}

inline Bytes encoded(const EigrpPacket& packet) {
    ByteWriter writer;
    EigrpMessage(packet).encode(writer);
    return writer.take();
}

}  // namespace peerscape::eigrp::test

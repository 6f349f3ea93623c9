// TCP segments: whatever can be read is written again as something that reads back the same; and whatever
// comes, a connection survives it.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "engine/base/check.hpp"
#include "engine/routing/packet.hpp"
#include "engine/sim/tcp_connection.hpp"
#include "engine/sim/tcp_segment.hpp"

using namespace peerscape;

namespace {

const IpAddress kSource = IpAddress::v4(0x0a000001);
const IpAddress kDestination = IpAddress::v4(0x0a000002);

/// The same bytes with a right checksum, which guessing would hardly find.
Bytes withChecksum(Bytes bytes) {
    if (bytes.size() < TcpSegment::kHeaderBytes) return bytes;
    bytes[16] = bytes[17] = 0;
    const std::uint16_t checksum = upperLayerChecksum(kSource, kDestination, kIpProtocolTcp, bytes);
    bytes[16] = static_cast<std::uint8_t>(checksum >> 8);
    bytes[17] = static_cast<std::uint8_t>(checksum);
    return bytes;
}

/// Each segment of a run of them: one byte of length, then what stands behind the IP header.
void feed(TcpConnection& connection, ByteView data) {
    SimTime now;
    std::uint64_t received = 0;
    int ends = 0;
    ByteReader reader(data);
    while (reader.left() > 0) {
        const ByteView piece = reader.take(reader.u8());
        TcpOutput out;
        now = now + Duration::milliseconds(50);
        if (connection.nextDeadline() <= now) connection.wake(now, out);
        const auto segment =
            TcpSegment::decode(withChecksum(Bytes(piece.begin(), piece.end())), kSource, kDestination);
        if (segment) {
            PEERSCAPE_CHECK(TcpSegment::decode(segment->encode(kSource, kDestination), kSource,
                                               kDestination) == *segment);
            connection.receive(now, *segment, out);
        } else {
            connection.send(now, piece, out);
        }
        if (piece.size() == 1) connection.close(now, out);
        received += out.received.size();
        ends += out.closed ? 1 : 0;
        PEERSCAPE_CHECK(received == connection.receivedBytes() && ends <= 1);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    TcpSettings settings;
    settings.maximumSegmentSize = 20;
    TcpConnection active(settings, 179, 40001, TcpSequence(0));
    TcpOutput out;
    active.open(SimTime::start(), out);
    feed(active, ByteView(data, size));
    TcpSegment syn;
    syn.syn = true;
    TcpConnection passive(settings, 179, 40001, TcpSequence(0));
    passive.accept(SimTime::start(), syn, out);
    feed(passive, ByteView(data, size));
    return 0;
}

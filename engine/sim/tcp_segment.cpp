#include "engine/sim/tcp_segment.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "engine/routing/packet.hpp"

namespace peerscape {

namespace {

constexpr std::uint8_t kFin = 0x01;
constexpr std::uint8_t kSyn = 0x02;
constexpr std::uint8_t kRst = 0x04;
constexpr std::uint8_t kPsh = 0x08;
constexpr std::uint8_t kAck = 0x10;

constexpr std::uint8_t kOptionEnd = 0;
constexpr std::uint8_t kOptionNone = 1;
constexpr std::uint8_t kOptionMaximumSegmentSize = 2;
constexpr std::uint8_t kMaximumSegmentSizeBytes = 4;
constexpr std::uint8_t kOptionSignature = 19;
constexpr std::uint8_t kSignatureOptionBytes = 18;

/// Reads the options that lie between header and payload (RFC 9293 section 3.2).
Result<void> readOptions(ByteReader options, TcpSegment& segment) {
    while (options.left() > 0) {
        const std::uint8_t kind = options.u8();
        if (kind == kOptionEnd) return {};
        if (kind == kOptionNone) continue;
        const std::uint8_t length = options.u8();
        // MUST-7: be prepared for illegal lengths.
        if (options.ranOut() || length < 2)
            return failure(fmt::format("TCP option {} has the illegal length {}", kind, length));
        ByteReader value(options.take(length - 2U));
        if (options.ranOut()) return failure(fmt::format("TCP option {} is cut off", kind));
        const bool isSize = kind == kOptionMaximumSegmentSize && segment.syn;
        if (!isSize && kind != kOptionSignature) continue;
        if (length != (isSize ? kMaximumSegmentSizeBytes : kSignatureOptionBytes))
            return failure(fmt::format("TCP option {} has the illegal length {}", kind, length));
        if (isSize) segment.maximumSegmentSize = value.u16();
        if (!isSize)
            std::ranges::copy(value.take(TcpSignature().size()), segment.signature.emplace().begin());
    }
    return {};
}

}  // namespace

Bytes TcpSegment::encode(const IpAddress& source, const IpAddress& destination) const {
    PEERSCAPE_CHECK(source.family() == destination.family());
    ByteWriter out;
    out.u16(sourcePort);
    out.u16(destinationPort);
    out.u32(sequence.number());
    out.u32(acknowledgment.number());
    out.u8(static_cast<std::uint8_t>((encodedSize() - payload.size()) / 4 << 4));
    out.u8(static_cast<std::uint8_t>((fin ? kFin : 0) | (syn ? kSyn : 0) | (rst ? kRst : 0) |
                                     (psh ? kPsh : 0) | (ack ? kAck : 0)));
    out.u16(window);
    out.u32(0);  // checksum, filled in below, and urgent pointer
    if (maximumSegmentSize) {
        out.u8(kOptionMaximumSegmentSize);
        out.u8(kMaximumSegmentSizeBytes);
        out.u16(*maximumSegmentSize);
    }
    if (signature) {
        out.u8(kOptionNone);
        out.u8(kOptionNone);
        out.u8(kOptionSignature);
        out.u8(kSignatureOptionBytes);
        out.append(*signature);
    }
    out.append(payload);
    out.patchU16(16, upperLayerChecksum(source, destination, kIpProtocolTcp, out.bytes()));
    return out.take();
}

Result<TcpSegment> TcpSegment::decode(ByteView bytes, const IpAddress& source, const IpAddress& destination) {
    ByteReader reader(bytes);
    TcpSegment segment;
    segment.sourcePort = reader.u16();
    segment.destinationPort = reader.u16();
    segment.sequence = TcpSequence(reader.u32());
    segment.acknowledgment = TcpSequence(reader.u32());
    const std::size_t headerBytes = static_cast<std::size_t>(reader.u8() >> 4) * 4;
    const std::uint8_t flags = reader.u8();
    segment.window = reader.u16();
    reader.u32();
    if (reader.ranOut()) return failure(fmt::format("{} bytes are too short for a TCP header", bytes.size()));
    if (headerBytes < kHeaderBytes || headerBytes > bytes.size()) {
        return failure(fmt::format("the TCP header claims {} bytes, of {}", headerBytes, bytes.size()));
    }
    if (upperLayerChecksum(source, destination, kIpProtocolTcp, bytes) != 0)
        return failure("the TCP checksum is wrong");
    segment.fin = (flags & kFin) != 0;
    segment.syn = (flags & kSyn) != 0;
    segment.rst = (flags & kRst) != 0;
    segment.psh = (flags & kPsh) != 0;
    segment.ack = (flags & kAck) != 0;
    if (const auto read = readOptions(ByteReader(reader.take(headerBytes - kHeaderBytes)), segment); !read)
        return std::unexpected(read.error());
    const ByteView rest = bytes.subspan(headerBytes);
    segment.payload.assign(rest.begin(), rest.end());
    return segment;
}

std::optional<TcpSegment> TcpSegment::resetForUnknown() const {
    if (rst) return std::nullopt;
    TcpSegment reset;
    reset.sourcePort = destinationPort;
    reset.destinationPort = sourcePort;
    reset.rst = true;
    if (ack) {
        reset.sequence = acknowledgment;
    } else {
        reset.ack = true;
        reset.acknowledgment = sequence + sequenceLength();
    }
    return reset;
}

std::string toString(const TcpSegment& segment) {
    std::string text;
    const auto addFlag = [&](bool isSet, std::string_view name) {
        if (isSet) text += fmt::format("{}{}", text.empty() ? "" : ",", name);
    };
    addFlag(segment.syn, "SYN");
    addFlag(segment.fin, "FIN");
    addFlag(segment.rst, "RST");
    addFlag(segment.psh, "PSH");
    addFlag(segment.ack, "ACK");
    if (text.empty()) text = "none";
    text += fmt::format(" seq {}", segment.sequence.number());
    if (segment.ack) text += fmt::format(" ack {}", segment.acknowledgment.number());
    text += fmt::format(" win {}", segment.window);
    if (segment.maximumSegmentSize) text += fmt::format(" mss {}", *segment.maximumSegmentSize);
    if (segment.signature) text += " md5";
    return text + fmt::format(" len {}", segment.payload.size());
}

}  // namespace peerscape

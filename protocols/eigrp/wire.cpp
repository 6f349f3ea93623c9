#include "protocols/eigrp/wire.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "protocols/eigrp/tlv_codec.hpp"

namespace peerscape::eigrp {
namespace {

constexpr std::uint8_t kVersion = 2;
constexpr std::size_t kChecksumOffset = 2;

bool isSpoken(std::uint8_t opcode) {
    return (opcode >= static_cast<std::uint8_t>(Opcode::Update) &&
            opcode <= static_cast<std::uint8_t>(Opcode::Hello)) ||
           opcode == static_cast<std::uint8_t>(Opcode::SiaQuery) ||
           opcode == static_cast<std::uint8_t>(Opcode::SiaReply);
}

Result<void> checkHeader(ByteView bytes) {
    if (bytes.size() < kHeaderSize) {
        return failure(fmt::format("{} bytes are too few for a header", bytes.size()));
    }
    if (bytes[0] != kVersion) return failure(fmt::format("version {} at byte 0 is not 2", bytes[0]));
    if (!isSpoken(bytes[1])) return failure(fmt::format("opcode {} at byte 1 is not spoken", bytes[1]));
    const std::uint16_t found = ByteReader(bytes.subspan(kChecksumOffset)).u16();
    const std::uint16_t expected = packetChecksum(bytes);
    if (found != expected) {
        return failure(fmt::format("checksum {:#06x} at byte 2 should be {:#06x}", found, expected));
    }
    return {};
}

}  // namespace

IpAddress groupOf(Family family) {
    return family == Family::IPv4 ? IpAddress::v4(0xe000000a) : IpAddress::v6(0xff02000000000000, 0xa);
}

std::string_view toString(Opcode opcode) {
    switch (opcode) {
        case Opcode::Update:
            return "update";
        case Opcode::Request:
            return "request";
        case Opcode::Query:
            return "query";
        case Opcode::Reply:
            return "reply";
        case Opcode::Hello:
            return "hello";
        case Opcode::SiaQuery:
            return "SIA-query";
        case Opcode::SiaReply:
            return "SIA-reply";
    }
    return "unknown opcode";
}

bool EigrpPacket::isGoodbye() const {
    const auto* parameter = find<Parameter>();
    return opcode == Opcode::Hello && parameter != nullptr && parameter->kValues.areGoodbye();
}

bool EigrpPacket::terminates(const IpAddress& neighbor) const {
    const auto* termination = find<PeerTermination>();
    return opcode == Opcode::Hello && termination != nullptr &&
           std::ranges::find(termination->addresses, neighbor) != termination->addresses.end();
}

EigrpMessage::EigrpMessage(EigrpPacket content) : content_(std::move(content)), encodedSize_(kHeaderSize) {
    for (const Tlv& tlv : content_.tlvs)
        encodedSize_ += eigrp::encodedSize(tlv);
}

void EigrpMessage::encode(ByteWriter& out) const {
    const std::size_t start = out.size();
    out.u8(kVersion);
    out.u8(static_cast<std::uint8_t>(content_.opcode));
    out.u16(0);
    out.u32(content_.flags);
    out.u32(content_.sequence);
    out.u32(content_.acknowledgment);
    out.u16(content_.virtualRouter);
    out.u16(content_.autonomousSystem);
    for (const Tlv& tlv : content_.tlvs)
        encodeTlv(tlv, out);
    const ByteView packet = ByteView(out.bytes()).subspan(start);
    out.patchU16(start + kChecksumOffset, internetChecksum(packet));
}

std::uint16_t packetChecksum(ByteView bytes) {
    // Subtracting a number is adding its complement.
    const std::uint16_t found = ByteReader(bytes.subspan(kChecksumOffset)).u16();
    return internetChecksum(bytes, static_cast<std::uint16_t>(~found));
}

Result<EigrpPacket> decode(Family family, ByteView bytes) {
    if (auto header = checkHeader(bytes); !header) return std::unexpected(header.error());
    ByteReader in(bytes);
    EigrpPacket packet;
    packet.family = family;
    in.u8();
    packet.opcode = static_cast<Opcode>(in.u8());
    in.u16();
    packet.flags = in.u32();
    packet.sequence = in.u32();
    packet.acknowledgment = in.u32();
    packet.virtualRouter = in.u16();
    packet.autonomousSystem = in.u16();
    while (in.left() > 0) {
        const std::size_t at = in.position();
        if (in.left() < kTlvHeaderSize) {
            return failure(fmt::format("{} bytes at byte {} are too few for a TLV", in.left(), at));
        }
        const std::uint16_t type = in.u16();
        const std::size_t length = in.u16();
        if (length < kTlvHeaderSize || length - kTlvHeaderSize > in.left()) {
            return failure(fmt::format("TLV {:#06x} at byte {} has length {}, {} bytes are left", type, at,
                                       length, in.left() + kTlvHeaderSize));
        }
        auto tlv = decodeTlv(type, in.take(length - kTlvHeaderSize));
        if (!tlv) return failure(fmt::format("TLV {:#06x} at byte {}: {}", type, at, tlv.error().message));
        packet.tlvs.push_back(std::move(*tlv));
    }
    return packet;
}

}  // namespace peerscape::eigrp

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/base/bytes.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/result.hpp"
#include "engine/routing/payload.hpp"
#include "protocols/eigrp/tlv.hpp"

/// The packets of EIGRP (RFC 7868, section 6) as values and as bytes. Pure: what is here knows neither
/// routers nor time. Where the RFC and real routers differ, the bytes are those of the routers: the next hop
/// of wide routes, the order of topology and address family in front of them, and the TID list.
namespace peerscape::eigrp {

/// RFC 7868, 6.1.
inline constexpr std::uint8_t kIpProtocolEigrp = 88;
inline constexpr std::size_t kHeaderSize = 20;

/// The multicast group of the family's routers: 224.0.0.10 or ff02::a (RFC 7868, section 8).
IpAddress groupOf(Family family);

/// RFC 7868, 6.5. A hello that acknowledges is an acknowledgment.
enum class Opcode : std::uint8_t {
    Update = 1,
    Request = 2,
    Query = 3,
    Reply = 4,
    Hello = 5,
    SiaQuery = 10,
    SiaReply = 11,
};
std::string_view toString(Opcode opcode);

/// Bits of the header's flags (RFC 7868, 6.5).
struct PacketFlag {
    static constexpr std::uint32_t kInit = 0x01;
    static constexpr std::uint32_t kConditionalReceive = 0x02;
    static constexpr std::uint32_t kRestart = 0x04;
    static constexpr std::uint32_t kEndOfTable = 0x08;
};

/// What a packet says.
struct EigrpPacket {
    Family family = Family::IPv4;
    Opcode opcode = Opcode::Hello;
    std::uint32_t flags = 0;
    std::uint32_t sequence = 0;        ///< 0: needs no acknowledgment
    std::uint32_t acknowledgment = 0;  ///< 0: none
    std::uint16_t virtualRouter = 0;
    std::uint16_t autonomousSystem = 1;
    TlvList tlvs;

    bool has(std::uint32_t flag) const { return (flags & flag) != 0; }
    bool isAcknowledgment() const { return opcode == Opcode::Hello && acknowledgment != 0; }
    /// The sender is leaving (all K-values 255; RFC 7868, 6.7.7).
    bool isGoodbye() const;
    /// The sender has dropped the neighbour with this address (RFC 7868, 6.7.7).
    bool terminates(const IpAddress& neighbor) const;
    /// The first TLV of the type, if any.
    template <typename T>
    const T* find() const {
        for (const Tlv& tlv : tlvs) {
            if (const T* found = std::get_if<T>(&tlv)) return found;
        }
        return nullptr;
    }

    friend bool operator==(const EigrpPacket&, const EigrpPacket&) = default;
};

/// A packet on its way: immutable, shared by all who look at it. A TLV that does not fit into 65535 bytes is
/// a bug of the sender.
class EigrpMessage final : public Message {
  public:
    explicit EigrpMessage(EigrpPacket content);

    const EigrpPacket& content() const { return content_; }
    void encode(ByteWriter& out) const override;
    std::size_t encodedSize() const override { return encodedSize_; }

  private:
    EigrpPacket content_;
    std::size_t encodedSize_ = 0;
};

/// Reads the bytes behind the IP header; the family is that of the IP packet. Fails, saying what and at which
/// byte, on another version, a wrong checksum, an opcode that is not spoken any more, and on malformed TLVs,
/// which cost the whole packet (RFC 7868, 6.6). Host bits of destinations are read as zeros. TLVs that are
/// not understood are kept.
Result<EigrpPacket> decode(Family family, ByteView bytes);

/// The checksum that belongs into the header, whatever stands there (RFC 7868, 6.5). At least a header's
/// bytes.
std::uint16_t packetChecksum(ByteView bytes);

}  // namespace peerscape::eigrp

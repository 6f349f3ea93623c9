#pragma once

#include <cstdint>
#include <memory>

#include "engine/base/result.hpp"
#include "engine/routing/packet.hpp"
#include "engine/routing/payload.hpp"

namespace peerscape {

/// What an ICMP or ICMPv6 message says; the numbers differ between the families, the meanings do not.
enum class IcmpKind : std::uint8_t {
    EchoRequest,
    EchoReply,
    TimeExceeded,
    NetworkUnreachable,  ///< ICMPv6: no route to destination
    HostUnreachable,     ///< ICMPv6: address unreachable
    PortUnreachable,
    TooBig,  ///< ICMP: fragmentation needed and DF set
    ReassemblyTimeExceeded,
};

/// An ICMP (RFC 792) or ICMPv6 (RFC 4443) message.
class IcmpMessage final : public Message {
  public:
    static std::shared_ptr<const IcmpMessage> echo(IcmpKind kind, std::uint16_t identifier,
                                                   std::uint16_t sequence, std::uint16_t dataBytes);
    /// An error about `about`, carried in its beginning: up to 548 bytes, the whole fitting in 576 (RFC 1812
    /// section 4.3.2.3).
    static std::shared_ptr<const IcmpMessage> error(IcmpKind kind, PacketPtr about, std::uint32_t mtu = 0);

    IcmpKind kind() const { return kind_; }
    std::uint16_t identifier() const { return identifier_; }
    std::uint16_t sequence() const { return sequence_; }
    std::uint16_t dataBytes() const { return dataBytes_; }
    const PacketPtr& about() const { return about_; }
    std::uint32_t mtu() const { return mtu_; }
    bool isError() const { return about_ != nullptr; }

    /// The packet that carries this from `source` to `destination`.
    static Packet packet(std::shared_ptr<const IcmpMessage> message, const IpAddress& source,
                         const IpAddress& destination);

    void encode(ByteWriter& out) const override;
    std::size_t encodedSize() const override;

  private:
    IcmpKind kind_ = IcmpKind::EchoRequest;
    std::uint16_t identifier_ = 0;
    std::uint16_t sequence_ = 0;
    std::uint16_t dataBytes_ = 0;
    std::uint32_t mtu_ = 0;
    PacketPtr about_;
    // An ICMPv6 checksum covers the addresses (RFC 4443 section 2.3), so the message must know them.
    IpAddress source_;
    IpAddress destination_;
};

}  // namespace peerscape

#include "engine/sim/icmp.hpp"

#include <algorithm>
#include <utility>

namespace peerscape {

namespace {

constexpr std::size_t kHeaderBytes = 8;
constexpr std::size_t kMostQuoted4 = 548;  // RFC 1812 section 4.3.2.3: the datagram does not exceed 576 bytes
constexpr std::size_t kMostQuoted6 = 1232;  // RFC 4443 section 2.4 (c): the packet does not exceed 1280 bytes

struct TypeAndCode {
    std::uint8_t type;
    std::uint8_t code;
};

TypeAndCode numbersOf(IcmpKind kind, Family family) {
    const bool v4 = family == Family::IPv4;
    switch (kind) {
        case IcmpKind::EchoRequest:
            return v4 ? TypeAndCode{8, 0} : TypeAndCode{128, 0};
        case IcmpKind::EchoReply:
            return v4 ? TypeAndCode{0, 0} : TypeAndCode{129, 0};
        case IcmpKind::TimeExceeded:
            return v4 ? TypeAndCode{11, 0} : TypeAndCode{3, 0};
        case IcmpKind::NetworkUnreachable:
            return v4 ? TypeAndCode{3, 0} : TypeAndCode{1, 0};
        case IcmpKind::HostUnreachable:
            return v4 ? TypeAndCode{3, 1} : TypeAndCode{1, 3};
        case IcmpKind::PortUnreachable:
            return v4 ? TypeAndCode{3, 3} : TypeAndCode{1, 4};
        case IcmpKind::ReassemblyTimeExceeded:
            return v4 ? TypeAndCode{11, 1} : TypeAndCode{3, 1};
        case IcmpKind::TooBig:
            return v4 ? TypeAndCode{3, 4} : TypeAndCode{2, 0};
    }
    return {0, 0};
}

}  // namespace

std::shared_ptr<const IcmpMessage> IcmpMessage::echo(IcmpKind kind, std::uint16_t identifier,
                                                     std::uint16_t sequence, std::uint16_t dataBytes) {
    auto message = std::make_shared<IcmpMessage>();
    message->kind_ = kind;
    message->identifier_ = identifier;
    message->sequence_ = sequence;
    message->dataBytes_ = dataBytes;
    return message;
}

std::shared_ptr<const IcmpMessage> IcmpMessage::error(IcmpKind kind, PacketPtr about, std::uint32_t mtu) {
    auto message = std::make_shared<IcmpMessage>();
    message->kind_ = kind;
    message->mtu_ = mtu;
    message->about_ = std::move(about);
    return message;
}

Packet IcmpMessage::packet(std::shared_ptr<const IcmpMessage> message, const IpAddress& source,
                           const IpAddress& destination) {
    auto addressed = std::make_shared<IcmpMessage>(*message);
    addressed->source_ = source;
    addressed->destination_ = destination;
    Packet packet;
    packet.source = source;
    packet.destination = destination;
    packet.protocol = source.isV4() ? kIpProtocolIcmp : kIpProtocolIcmp6;
    packet.payload = Payload(std::shared_ptr<const Message>(std::move(addressed)));
    return packet;
}

void IcmpMessage::encode(ByteWriter& out) const {
    const Family family = source_.family();
    const auto [type, code] = numbersOf(kind_, family);
    ByteWriter message;
    message.u8(type);
    message.u8(code);
    message.u16(0);
    if (isError()) {
        message.u32(kind_ == IcmpKind::TooBig ? mtu_ : 0);
        const Bytes original = about_->encode();
        const std::size_t quoted =
            std::min(original.size(), family == Family::IPv4 ? kMostQuoted4 : kMostQuoted6);
        message.append(ByteView(original).first(quoted));
    } else {
        message.u16(identifier_);
        message.u16(sequence_);
        // The pattern that ping puts into its packets.
        for (std::uint16_t i = 0; i < dataBytes_; ++i)
            message.u8(static_cast<std::uint8_t>(i));
    }
    const std::uint16_t checksum =
        family == Family::IPv4 ? internetChecksum(message.bytes())
                               : upperLayerChecksum(source_, destination_, kIpProtocolIcmp6, message.bytes());
    message.patchU16(2, checksum);
    out.append(message.bytes());
}

std::size_t IcmpMessage::encodedSize() const {
    if (!isError()) return kHeaderBytes + dataBytes_;
    return kHeaderBytes + std::min(about_->size(), source_.isV4() ? kMostQuoted4 : kMostQuoted6);
}

}  // namespace peerscape

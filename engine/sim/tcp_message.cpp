#include "engine/sim/tcp_message.hpp"

#include <memory>

namespace peerscape {

Packet TcpMessage::packet(TcpSegment segment, const IpAddress& source, const IpAddress& destination) {
    Packet packet;
    packet.source = source;
    packet.destination = destination;
    packet.protocol = kIpProtocolTcp;
    packet.sourcePort = segment.sourcePort;
    packet.destinationPort = segment.destinationPort;
    packet.payload = Payload(std::make_shared<const TcpMessage>(std::move(segment), source, destination));
    return packet;
}

Result<TcpSegment> TcpMessage::segmentOf(const Packet& packet) {
    if (const auto* message = packet.payload.as<TcpMessage>()) return message->segment();
    return TcpSegment::decode(packet.payload.bytes(), packet.source, packet.destination);
}

}  // namespace peerscape

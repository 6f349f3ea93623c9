#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "protocols/eigrp/wire.hpp"

namespace peerscape::eigrp {

/// The kinds of packets that are counted; an acknowledgment is no hello here.
enum class PacketKind : std::uint8_t { Hello, Update, Query, Reply, Acknowledgment, SiaQuery, SiaReply };
inline constexpr std::size_t kPacketKinds = 7;

/// How many packets a process has sent and received, retransmissions included. Nothing it does depends on
/// them.
class Traffic {
  public:
    void countSent(const EigrpPacket& packet) { count(sent_, packet); }
    /// Those that pass authentication.
    void countReceived(const EigrpPacket& packet) { count(received_, packet); }

    std::uint64_t sent(PacketKind kind) const { return sent_[static_cast<std::size_t>(kind)]; }
    std::uint64_t received(PacketKind kind) const { return received_[static_cast<std::size_t>(kind)]; }

  private:
    using Counters = std::array<std::uint64_t, kPacketKinds>;

    static void count(Counters& counters, const EigrpPacket& packet) {
        if (packet.isAcknowledgment()) return increase(counters, PacketKind::Acknowledgment);
        switch (packet.opcode) {
            case Opcode::Hello:
                return increase(counters, PacketKind::Hello);
            case Opcode::Update:
                return increase(counters, PacketKind::Update);
            case Opcode::Query:
                return increase(counters, PacketKind::Query);
            case Opcode::Reply:
                return increase(counters, PacketKind::Reply);
            case Opcode::SiaQuery:
                return increase(counters, PacketKind::SiaQuery);
            case Opcode::SiaReply:
                return increase(counters, PacketKind::SiaReply);
            case Opcode::Request:
                return;  // routers do not print them
        }
    }
    static void increase(Counters& counters, PacketKind kind) { ++counters[static_cast<std::size_t>(kind)]; }

    Counters sent_{};
    Counters received_{};
};

}  // namespace peerscape::eigrp

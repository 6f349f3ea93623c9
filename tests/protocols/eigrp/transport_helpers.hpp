#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "protocols/eigrp/transport.hpp"
#include "tests/protocols/eigrp/helpers.hpp"

namespace peerscape::eigrp::test {

using dual::NeighborId;

constexpr SimTime at(std::int64_t milliseconds) {
    return SimTime::after(Duration::milliseconds(milliseconds));
}

inline TransportSettings settingsOf(std::string_view address) {
    TransportSettings settings;
    settings.address = ip(address);
    return settings;
}

/// A message that is known again: its TLV is a number.
inline ReliableMessage message(std::uint16_t number, Opcode opcode = Opcode::Update,
                               std::uint32_t flags = 0) {
    return {opcode, {OtherTlv{number, {}}}, flags};
}
inline std::uint16_t numberOf(const EigrpPacket& packet) { return packet.find<OtherTlv>()->type; }

/// The effects of one kind, in order.
template <typename T>
std::vector<T> only(const TransportEffects& effects) {
    std::vector<T> found;
    for (const TransportEffect& effect : effects) {
        if (const T* one = std::get_if<T>(&effect)) found.push_back(*one);
    }
    return found;
}

/// One router's end of a LAN: a transport at 10.0.0.1 whose neighbours the test plays packet by packet.
class Bench {
  public:
    explicit Bench(const TransportSettings& settings = settingsOf("10.0.0.1"),
                   std::uint32_t firstSequence = 1)
        : transport(settings, firstSequence) {
        transport.start(now, effects);
        effects.clear();
    }

    /// What the packet leads to. The neighbour's id is the last byte of its address.
    TransportEffects hear(std::string_view from, const EigrpPacket& packet) {
        const NeighborId fresh(static_cast<std::uint16_t>(ip(from).v4Number() & 0xff));
        transport.hear(ip(from), packet, fresh, now, effects);
        return std::exchange(effects, {});
    }
    TransportEffects multicast(ReliableMessage what) {
        transport.multicast(std::move(what), now, effects);
        return std::exchange(effects, {});
    }
    TransportEffects unicast(std::uint16_t to, ReliableMessage what) {
        transport.unicast(NeighborId(to), std::move(what), now, effects);
        return std::exchange(effects, {});
    }
    void pass(Duration time) { now = now + time; }
    TransportEffects wake() {
        transport.wake(now, effects);
        return std::exchange(effects, {});
    }
    /// Goes to the next deadline; what happens there.
    TransportEffects next() {
        now = transport.nextDeadline();
        return wake();
    }

    /// A neighbour whose address ends so is up: INIT `sequence` heard, ours acknowledged after 10 ms.
    void bringUp(std::uint16_t last, std::uint32_t sequence = 100) {
        const std::string address = "10.0.0." + std::to_string(last);
        const std::uint32_t init = only<SendPacket>(hear(address, hello())).back().packet.sequence;
        pass(Duration::milliseconds(10));
        EigrpPacket answer = reliable(sequence, PacketFlag::kInit);
        answer.acknowledgment = init;
        hear(address, answer);
    }

    static EigrpPacket hello(const KValues& kValues = {}, std::uint16_t holdTime = 15) {
        EigrpPacket packet;
        packet.tlvs = {Parameter{kValues, holdTime}, SoftwareVersion{}};
        return packet;
    }
    static EigrpPacket acknowledgment(std::uint32_t sequence) {
        EigrpPacket packet;
        packet.acknowledgment = sequence;
        return packet;
    }
    static EigrpPacket reliable(std::uint32_t sequence, std::uint32_t flags = 0) {
        EigrpPacket packet;
        packet.opcode = Opcode::Update;
        packet.sequence = sequence;
        packet.flags = flags;
        return packet;
    }

    const Neighbor& neighbor(std::uint16_t id) const { return *transport.find(NeighborId(id)); }

    SimTime now = SimTime::start();
    TransportEffects effects;
    Transport transport;
};

}  // namespace peerscape::eigrp::test

#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/time.hpp"
#include "engine/routing/packet.hpp"
#include "engine/routing/payload.hpp"

namespace peerscape {

/// What a fragment carries: a piece of what stands behind the IP header of the whole packet.
class FragmentPiece final : public Message {
  public:
    FragmentPiece(PacketPtr whole, std::uint32_t offset, std::uint32_t length)
        : whole_(std::move(whole)), offset_(offset), length_(length) {}

    /// The packet it was cut from, as it was when it was first cut.
    const PacketPtr& whole() const { return whole_; }
    std::uint32_t offset() const { return offset_; }
    void encode(ByteWriter& out) const override;
    std::size_t encodedSize() const override { return length_; }

  private:
    PacketPtr whole_;
    std::uint32_t offset_;
    std::uint32_t length_;
};

/// Cuts a packet, or a fragment once more, into fragments of at most `mtu` bytes, first piece first (RFC 791
/// section 3.2, RFC 8200 section 4.5). Empty when the MTU leaves no room for eight bytes of each.
std::vector<PacketPtr> fragment(const PacketPtr& packet, std::uint32_t mtu);

/// The packet a fragment was cut from, and the one that a damaged packet was before; any other packet itself.
const Packet& wholeOf(const Packet& packet);

/// Fragments that wait at their destination for the missing ones. A value.
class Reassembly {
  public:
    /// Fragments of one packet agree in these (RFC 791 section 2.3, RFC 8200 section 4.5).
    struct Key {
        IpAddress source;
        IpAddress destination;
        std::uint8_t protocol = 0;
        std::uint16_t identification = 0;

        friend auto operator<=>(const Key&, const Key&) = default;
    };
    static Key keyOf(const Packet& fragment) {
        return {fragment.source, fragment.destination, fragment.protocol, fragment.identification};
    }

    /// What became of a fragment that came.
    struct Outcome {
        PacketPtr whole;  ///< complete now, with the TTL of the first piece; otherwise nothing
        std::vector<PacketPtr> discarded;  ///< pieces that contradict each other, or came twice
        bool isFirstToCome = false;        ///< somebody must call expire() when timeout() has passed
    };
    Outcome add(const PacketPtr& fragment, SimTime now);

    /// Gives up the packet if it began to come at least a timeout ago: its pieces, in order; none if it did
    /// not.
    std::vector<PacketPtr> expire(const Key& key, SimTime now);

    /// How long the pieces of a packet wait for the others: Linux's ipfrag_time and ip6frag_time.
    static constexpr Duration timeout(Family family) {
        return family == Family::IPv4 ? Duration::seconds(30) : Duration::seconds(60);
    }

    /// How many packets are incomplete.
    std::size_t size() const { return incomplete_.size(); }
    std::uint64_t hash() const;

  private:
    struct Incomplete {
        SimTime since;
        std::map<std::uint32_t, PacketPtr> pieces;  ///< by offset; they never overlap
    };
    std::map<Key, Incomplete> incomplete_;
};

}  // namespace peerscape

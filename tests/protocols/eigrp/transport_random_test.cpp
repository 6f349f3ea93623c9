#include <array>
#include <map>

#include <gtest/gtest.h>

#include "engine/base/random.hpp"
#include "tests/protocols/eigrp/transport_helpers.hpp"

namespace peerscape::eigrp {
namespace {

using namespace test;

/// Follows one transport's effects: nobody comes up twice, speaks while not up, or leaves unknown.
class Follower {
  public:
    void follow(const TransportEffects& effects) {
        for (const TransportEffect& effect : effects) {
            if (const auto* found = std::get_if<NeighborDiscovered>(&effect)) {
                EXPECT_TRUE(states_.emplace(found->neighbor, NeighborState::Pending).second);
            } else if (const auto* up = std::get_if<NeighborUp>(&effect)) {
                EXPECT_EQ(states_.at(up->neighbor), NeighborState::Pending);
                states_[up->neighbor] = NeighborState::Up;
            } else if (const auto* down = std::get_if<NeighborDown>(&effect)) {
                EXPECT_EQ(states_.erase(down->neighbor), 1U);
            } else if (const auto* deliver = std::get_if<Deliver>(&effect)) {
                EXPECT_EQ(states_.at(deliver->from), NeighborState::Up);
                ++delivered;
            }
        }
    }
    std::size_t size() const { return states_.size(); }
    int delivered = 0;

  private:
    std::map<NeighborId, NeighborState> states_;
};

/// Any packet, but with small numbers, so that they often mean something, and often with the acknowledgment
/// that is awaited.
EigrpPacket anyPacket(RandomStream& random, const Neighbor* sender) {
    constexpr std::array kOpcodes{Opcode::Hello, Opcode::Hello, Opcode::Update, Opcode::Query,
                                  Opcode::SiaReply};
    EigrpPacket packet;
    packet.opcode = kOpcodes[random.below(kOpcodes.size())];
    packet.flags = static_cast<std::uint32_t>(random.below(3) == 0 ? random.below(16) : 0);
    packet.sequence = static_cast<std::uint32_t>(random.below(30));
    packet.acknowledgment = static_cast<std::uint32_t>(random.below(30));
    if (sender != nullptr && !sender->queue.empty() && random.below(2) == 0) {
        packet.acknowledgment = sender->queue.front().sequence;
    }
    packet.autonomousSystem = random.below(50) == 0 ? 2 : 1;
    if (packet.opcode != Opcode::Hello || random.below(4) == 0) return packet;
    KValues kValues = random.below(100) == 0 ? KValues::goodbye() : KValues{};
    if (random.below(100) == 0) kValues.k2 = 1;
    packet.tlvs = {Parameter{kValues, static_cast<std::uint16_t>(random.below(60))}};
    if (random.below(3) == 0) {
        packet.tlvs.push_back(Sequence{{random.below(2) == 0 ? ip("10.0.0.1") : ip("10.0.0.2")}});
        packet.tlvs.push_back(MulticastSequence{static_cast<std::uint32_t>(random.below(30))});
    }
    if (random.below(100) == 0) packet.tlvs.push_back(PeerTermination{{ip("10.0.0.1")}});
    return packet;
}

TEST(EigrpTransportRandom, NothingThatIsHeardConfusesIt) {
    int delivered = 0;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        RandomStream random(seed, "transport", "random");
        Bench bench;
        Follower follower;
        for (int i = 0; i < 1000; ++i) {
            const auto other = static_cast<std::uint16_t>(2 + random.below(3));
            const std::uint64_t what = random.below(10);
            if (what == 0) {
                follower.follow(bench.multicast(message(1)));
            } else if (what == 1) {
                follower.follow(bench.unicast(other, message(1)));
            } else if (what < 4) {
                follower.follow(bench.next());
                ASSERT_GT(bench.transport.nextDeadline(), bench.now);
            } else {
                const Neighbor* sender = bench.transport.find(NeighborId(other));
                follower.follow(bench.hear("10.0.0." + std::to_string(other), anyPacket(random, sender)));
            }
            ASSERT_GE(bench.transport.nextDeadline(), bench.now);
            ASSERT_EQ(bench.transport.neighbors().size(), follower.size());
        }
        delivered += follower.delivered;
    }
    EXPECT_GT(delivered, 1000);
}

}  // namespace
}  // namespace peerscape::eigrp

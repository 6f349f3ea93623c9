#include "engine/sim/tcp_reassembly.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "engine/base/random.hpp"

namespace peerscape {
namespace {

Bytes stretch(std::uint64_t from, std::uint64_t to) {
    Bytes bytes;
    for (std::uint64_t i = from; i < to; ++i)
        bytes.push_back(static_cast<std::uint8_t>(i * 7));
    return bytes;
}

TEST(TcpReassembly, WaitsForWhatIsMissing) {
    TcpReassembly reassembly;
    Bytes out;
    reassembly.add(3, stretch(3, 6), out);
    EXPECT_TRUE(out.empty());
    reassembly.add(0, stretch(0, 3), out);
    EXPECT_EQ(out, stretch(0, 6));
    EXPECT_EQ(reassembly.received(), 6U);
}

TEST(TcpReassembly, IgnoresWhatItHas) {
    TcpReassembly reassembly;
    Bytes out;
    reassembly.add(0, stretch(0, 4), out);
    reassembly.add(0, stretch(0, 4), out);
    reassembly.add(2, stretch(2, 6), out);
    reassembly.add(1, stretch(1, 3), out);
    EXPECT_EQ(out, stretch(0, 6));
}

TEST(TcpReassembly, IsCompleteWhenAllUpToTheEndHasCome) {
    TcpReassembly reassembly;
    Bytes out;
    EXPECT_FALSE(reassembly.isComplete());
    reassembly.endsAt(4);
    EXPECT_FALSE(reassembly.isComplete());
    reassembly.add(0, stretch(0, 9), out);
    EXPECT_EQ(out, stretch(0, 4));  // nothing stands behind the end
    EXPECT_TRUE(reassembly.isComplete());
}

TEST(TcpReassembly, AnEndCutsOffWhatCameEarlyFromBehindIt) {
    TcpReassembly reassembly;
    Bytes out;
    reassembly.add(2, stretch(2, 8), out);
    reassembly.add(9, stretch(9, 12), out);
    reassembly.endsAt(5);
    reassembly.endsAt(7);  // the first word counts
    reassembly.add(0, stretch(0, 2), out);
    EXPECT_EQ(out, stretch(0, 5));
    EXPECT_TRUE(reassembly.isComplete());
}

TEST(TcpReassembly, EveryOrderAndOverlapGivesTheSameStream) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        RandomStream random(seed, "test", "reassembly");
        const std::uint64_t size = 1 + random.below(200);
        TcpReassembly reassembly;
        reassembly.endsAt(size);
        Bytes out;
        for (int i = 0; i < 4'000 && !reassembly.isComplete(); ++i) {
            const std::uint64_t from = random.below(size);
            reassembly.add(from, stretch(from, std::min(size, from + 1 + random.below(40))), out);
        }
        ASSERT_TRUE(reassembly.isComplete()) << seed;
        EXPECT_EQ(out, stretch(0, size)) << seed;
    }
}

}  // namespace
}  // namespace peerscape

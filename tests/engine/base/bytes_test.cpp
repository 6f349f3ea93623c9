#include "engine/base/bytes.hpp"

#include <array>

#include <gtest/gtest.h>

#include "engine/base/random.hpp"

namespace peerscape {
namespace {

TEST(Bytes, AreWrittenInNetworkOrder) {
    ByteWriter writer;
    writer.u8(0x01);
    writer.u16(0x0203);
    writer.u32(0x04050607);
    writer.u64(0x08090a0b0c0d0e0f);
    writer.zeros(2);
    writer.append(Bytes{0xff});
    writer.patchU16(1, 0xabcd);
    EXPECT_EQ(writer.size(), 18U);
    EXPECT_EQ(toHex(writer.take()), "01 ab cd 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 00 00 ff");
}

TEST(Bytes, AreReadInNetworkOrder) {
    const Bytes bytes{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    ByteReader reader(bytes);
    EXPECT_EQ(reader.u8(), 1U);
    EXPECT_EQ(reader.u16(), 0x0203U);
    EXPECT_EQ(reader.u32(), 0x04050607U);
    EXPECT_EQ(reader.u64(), 0x08090a0b0c0d0e0fU);
    EXPECT_EQ(reader.position(), 15U);
    EXPECT_EQ(reader.left(), 1U);
    EXPECT_FALSE(reader.ranOut());
    EXPECT_EQ(toHex(reader.take(1)), "10");
    EXPECT_FALSE(reader.ranOut());
}

TEST(Bytes, PastTheEndAreZerosAndRemembered) {
    const Bytes bytes{0xff};
    ByteReader reader(bytes);
    EXPECT_EQ(reader.u16(), 0xff00U);
    EXPECT_TRUE(reader.ranOut());
    EXPECT_EQ(reader.u64(), 0U);
    ByteReader other(bytes);
    EXPECT_EQ(other.take(5).size(), 1U);
    EXPECT_TRUE(other.ranOut());
    EXPECT_EQ(other.left(), 0U);
}

// RFC 1071 section 3: the sum of these bytes is ddf2.
TEST(InternetChecksum, GivesTheNumbersOfRfc1071) {
    const Bytes example{0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7};
    EXPECT_EQ(internetChecksum(example), static_cast<std::uint16_t>(~0xddf2));
    EXPECT_EQ(internetChecksum({}), 0xffffU);
    EXPECT_EQ(internetChecksum(Bytes{0xff, 0xff}), 0U);
}

// An IPv4 header with its checksum in place sums up to zero (RFC 791 section 3.1); this one is a widely
// printed example.
TEST(InternetChecksum, OfAHeaderWithItsChecksumIsZero) {
    Bytes header{0x45, 0x00, 0x00, 0x73, 0x00, 0x00, 0x40, 0x00, 0x40, 0x11,
                 0x00, 0x00, 0xc0, 0xa8, 0x00, 0x01, 0xc0, 0xa8, 0x00, 0xc7};
    EXPECT_EQ(internetChecksum(header), 0xb861U);
    header[10] = 0xb8;
    header[11] = 0x61;
    EXPECT_EQ(internetChecksum(header), 0U);
}

TEST(InternetChecksum, TreatsAnOddLastByteAsTheUpperHalf) {
    EXPECT_EQ(internetChecksum(Bytes{0x12, 0x34, 0x56}), internetChecksum(Bytes{0x12, 0x34, 0x56, 0x00}));
}

TEST(InternetChecksum, CanBeContinuedFromAnEvenLength) {
    RandomStream random(1, "test", "checksum");
    for (int i = 0; i < 200; ++i) {
        Bytes bytes(random.below(3'000));
        for (auto& byte : bytes)
            byte = static_cast<std::uint8_t>(random.next());
        const std::size_t cut = random.below(bytes.size() / 2 + 1) * 2;
        const auto first = static_cast<std::uint16_t>(~internetChecksum(ByteView(bytes).first(cut)));
        EXPECT_EQ(internetChecksum(ByteView(bytes).subspan(cut), first), internetChecksum(bytes));
    }
}

}  // namespace
}  // namespace peerscape

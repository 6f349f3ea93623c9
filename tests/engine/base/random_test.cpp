#include "engine/base/random.hpp"

#include <array>

#include <gtest/gtest.h>

#include "engine/base/clone_ptr.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/ip_address.hpp"

namespace peerscape {
namespace {

// These numbers are part of what a lab's fingerprint means: when they change, every recorded run changes.
TEST(RandomStream, GivesTheSameNumbersEverywhere) {
    RandomStream random(1, "R1", "rip");
    const std::array<std::uint64_t, 4> golden{2144863005272963653U, 11117134914626785064U,
                                              633239090240333486U, 17605737363111865865U};
    for (const std::uint64_t expected : golden)
        EXPECT_EQ(random.next(), expected);
    RandomStream bounded(42, "B", "");
    const std::array<std::uint64_t, 8> below{99, 6, 44, 52, 65, 49, 75, 88};
    for (const std::uint64_t expected : below)
        EXPECT_EQ(bounded.below(100), expected);
    EXPECT_EQ(RandomStream(7, "R1", "jitter").between(Duration::seconds(25), Duration::seconds(35)).count(),
              25021815883);
}

TEST(StableHash, GivesTheSameNumbersEverywhere) {
    EXPECT_EQ(mixBits(1), 12994781566227106604U);
    EXPECT_EQ(StableHash().add(std::uint64_t{1}).add("R1").value(), 12663071190040276919U);
    EXPECT_EQ(IpAddress::parse("10.1.0.7")->hash(), 8891710003016229026U);
    EXPECT_EQ(Prefix::parse("2001:db8::/32")->hash(), 10341752383533601644U);
}

TEST(StableHash, KeepsNeighbouringTextsApart) {
    EXPECT_NE(StableHash().add("ab").add("c").value(), StableHash().add("a").add("bc").value());
    EXPECT_NE(StableHash().add("").add("a").value(), StableHash().add("a").add("").value());
}

TEST(RandomStream, DependsOnSeedOwnerAndPurpose) {
    const auto first = RandomStream(1, "R1", "rip").next();
    EXPECT_NE(first, RandomStream(2, "R1", "rip").next());
    EXPECT_NE(first, RandomStream(1, "R2", "rip").next());
    EXPECT_NE(first, RandomStream(1, "R1", "bgp").next());
    EXPECT_NE(RandomStream(1, "a", "bc").next(), RandomStream(1, "ab", "c").next());
}

TEST(RandomStream, ACopyGoesOnAsTheOriginal) {
    RandomStream original(1, "R1", "rip");
    original.next();
    RandomStream copy = original;
    EXPECT_EQ(copy, original);
    EXPECT_EQ(copy.next(), original.next());
    original.next();
    EXPECT_NE(copy, original);
}

TEST(RandomStream, DrawsStayInTheirBoundsAndReachAll) {
    RandomStream random(1, "test", "bounds");
    std::array<int, 7> seen{};
    for (int i = 0; i < 70'000; ++i)
        ++seen.at(random.below(7));
    for (const int count : seen)
        EXPECT_NEAR(count, 10'000, 500);
    EXPECT_EQ(random.below(1), 0U);
}

TEST(RandomStream, BetweenIncludesBothEnds) {
    RandomStream random(1, "test", "between");
    bool sawLeast = false;
    bool sawMost = false;
    for (int i = 0; i < 1'000; ++i) {
        const auto n = random.between(Duration::nanoseconds(-2), Duration::nanoseconds(2)).count();
        ASSERT_GE(n, -2);
        ASSERT_LE(n, 2);
        sawLeast = sawLeast || n == -2;
        sawMost = sawMost || n == 2;
    }
    EXPECT_TRUE(sawLeast && sawMost);
    EXPECT_EQ(random.between(Duration::seconds(5), Duration::seconds(5)), Duration::seconds(5));
    EXPECT_EQ(random.between(Duration::seconds(5), Duration::seconds(4)), Duration::seconds(5));
}

TEST(Id, TheAbsentOneIsNamed) {
    EXPECT_FALSE(NodeId().isSome());
    EXPECT_EQ(NodeId(), NodeId::none());
    EXPECT_TRUE(NodeId(0).isSome());
    EXPECT_LT(NodeId(0), NodeId(1));
    EXPECT_FALSE(InterfaceId::none().isSome());
}

struct Shape {
    virtual ~Shape() = default;
    virtual std::unique_ptr<Shape> clone() const { return std::make_unique<Shape>(*this); }
    int size = 0;
};

TEST(ClonePtr, CopiesWhatItHolds) {
    ClonePtr<Shape> original(std::make_unique<Shape>());
    original->size = 1;
    ClonePtr<Shape> copy = original;
    original->size = 2;
    EXPECT_EQ(copy->size, 1);
    copy = original;
    EXPECT_EQ(copy->size, 2);
    EXPECT_NE(copy.get(), original.get());
    const ClonePtr<Shape> nothing;
    copy = nothing;
    EXPECT_FALSE(copy);
}

}  // namespace
}  // namespace peerscape

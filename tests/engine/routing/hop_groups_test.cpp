#include "engine/routing/hop_groups.hpp"

#include <map>

#include <gtest/gtest.h>

#include "engine/base/random.hpp"

namespace peerscape {
namespace {

NextHop through(std::uint16_t n) { return NextHop::through(InterfaceId(n)); }

TEST(HopGroups, KeepsEqualSetsOnce) {
    HopGroups groups;
    const HopGroupId a = groups.acquire({through(1), through(2)});
    const HopGroupId b = groups.acquire({through(1), through(2)});
    const HopGroupId other = groups.acquire({through(2), through(1)});
    EXPECT_EQ(a, b);
    EXPECT_NE(a, other) << "the order of hops is the order of use";
    EXPECT_EQ(groups.size(), 2U);
    groups.release(a);
    ASSERT_EQ(groups.hops(b).size(), 2U);
    EXPECT_EQ(groups.hops(b)[1], through(2));
    groups.release(b);
    EXPECT_EQ(groups.size(), 1U);
}

TEST(HopGroups, NoHopsAreTheEmptyGroup) {
    HopGroups groups;
    const HopGroupId none = groups.acquire({});
    EXPECT_FALSE(none.isSome());
    EXPECT_TRUE(groups.hops(none).empty());
    groups.release(none);
    EXPECT_EQ(groups.size(), 0U);
}

TEST(HopGroups, FreedPlacesAreUsedAgain) {
    HopGroups groups;
    const HopGroupId first = groups.acquire({through(1)});
    groups.release(first);
    const HopGroupId second = groups.acquire({through(2)});
    EXPECT_EQ(first.value(), second.value());
    EXPECT_EQ(groups.hops(second)[0], through(2));
}

TEST(HopGroupsProperty, AlwaysHoldWhatIsInUse) {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        RandomStream random(seed, "hop groups", "property");
        // Few ways out, whose sets are compared one by one, and many, which need an index.
        const std::uint64_t ways = seed % 2 == 0 ? 4 : 40;
        HopGroups groups;
        std::vector<std::pair<HopGroupId, NextHops>> inUse;
        for (int i = 0; i < 400; ++i) {
            // Now more come than go, now more go.
            const bool mostlyGrows = i % 100 < 60;
            const bool isGrowing = (random.below(4) == 0) != mostlyGrows;
            if (inUse.empty() || isGrowing) {
                NextHops hops;
                for (std::uint64_t n = random.below(3); n > 0; --n) {
                    hops.push_back(through(static_cast<std::uint16_t>(random.below(ways))));
                    // Sets that differ in nothing else look alike to the index.
                    hops.back().weight = static_cast<std::uint8_t>(random.below(3));
                }
                inUse.emplace_back(groups.acquire(hops), hops);
            } else {
                const auto at = inUse.begin() + static_cast<std::ptrdiff_t>(random.below(inUse.size()));
                groups.release(at->first);
                inUse.erase(at);
            }
            std::map<NextHops, HopGroupId> distinct;
            for (const auto& [id, hops] : inUse) {
                const auto held = groups.hops(id);
                ASSERT_TRUE(std::equal(held.begin(), held.end(), hops.begin(), hops.end()));
                if (hops.empty()) continue;
                ASSERT_EQ(distinct.try_emplace(hops, id).first->second, id);
            }
            ASSERT_EQ(groups.size(), distinct.size());
        }
    }
}

TEST(HopGroupsDeathTest, ReleasingAFreeGroupIsABug) {
    HopGroups groups;
    const HopGroupId id = groups.acquire({through(1)});
    groups.release(id);
    EXPECT_DEATH(groups.release(id), "users > 0");
}

}  // namespace
}  // namespace peerscape

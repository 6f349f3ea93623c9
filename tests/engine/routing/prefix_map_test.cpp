// The table under the RIB, against a plain list of everything in it.
#include "engine/base/prefix_map.hpp"

#include <map>

#include <gtest/gtest.h>

#include "engine/base/random.hpp"

namespace peerscape {
namespace {

IpAddress randomAddress(RandomStream& random) {
    if (random.below(3) == 0)
        return IpAddress::v6(0x20010db800000000ULL | random.below(4) << 16, random.below(4));
    return IpAddress::v4(0x0a000000U | static_cast<std::uint32_t>(random.below(3)) << 16 |
                         static_cast<std::uint32_t>(random.below(8)) << 5);
}

Prefix randomPrefix(RandomStream& random) {
    const IpAddress address = randomAddress(random);
    return {address, static_cast<std::uint8_t>(random.below(address.bits() + 1U))};
}

TEST(PrefixMapProperty, FindsAndMatchesAsBruteForceDoes) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        RandomStream random(seed, "prefix map", "property");
        PrefixMap<int> table;
        std::map<Prefix, int> right;
        for (int i = 0; i < 300; ++i) {
            const Prefix prefix = randomPrefix(random);
            if (random.below(3) == 0) {
                ASSERT_EQ(table.erase(prefix), right.erase(prefix) == 1);
            } else {
                table[prefix] = right[prefix] = i;
            }
            ASSERT_EQ(table.size(), right.size());
            const IpAddress address = randomAddress(random);
            const bool evenOnly = random.below(2) == 0;
            const auto accept = [&](const auto& entry) { return !evenOnly || entry.second % 2 == 0; };
            const std::pair<const Prefix, int>* longest = nullptr;
            for (const auto& entry : right) {
                if (entry.first.contains(address) && accept(entry) &&
                    (longest == nullptr || entry.first.length() > longest->first.length()))
                    longest = &entry;
            }
            const auto found = table.longestMatch(address, accept);
            ASSERT_EQ(found.has_value(), longest != nullptr);
            if (!found) continue;
            ASSERT_EQ(found->first, longest->first);
            ASSERT_EQ(found->second, longest->second);
        }
        auto at = right.begin();
        for (const std::uint32_t position : table.sorted()) {
            ASSERT_EQ(table.at(position).first, at->first);
            ASSERT_EQ(*table.find(at->first), at->second);
            ++at;
        }
        ASSERT_EQ(at, right.end());
    }
}

TEST(PrefixMap, CopiesAreIndependentAndClearedMapsEmpty) {
    PrefixMap<int> table;
    table[Prefix::parse("10.0.0.0/8").value()] = 1;
    PrefixMap<int> copy = table;
    copy.clear();
    EXPECT_TRUE(copy.empty());
    EXPECT_FALSE(copy.longestMatch(IpAddress::parse("10.0.0.1").value()).has_value());
    EXPECT_NE(table.find(Prefix::parse("10.0.0.0/8").value()), nullptr);
    EXPECT_EQ(table.find(Prefix::parse("10.0.0.0/9").value()), nullptr);
}

}  // namespace
}  // namespace peerscape

#include "protocols/bgp/pending_prefixes.hpp"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "engine/base/random.hpp"

namespace peerscape::bgp {
namespace {

Prefix numbered(std::uint64_t n) {
    return Prefix(IpAddress::v4(static_cast<std::uint32_t>(0x0a000000U + (n << 8))), 24);
}

std::vector<Prefix> prefixesOf(const PendingPrefixes::Items& items) {
    std::vector<Prefix> prefixes;
    for (const PendingPrefixes::Item& item : items)
        prefixes.push_back(item.prefix);
    return prefixes;
}

TEST(PendingPrefixes, EachIsThereOnceWithTheLatestCause) {
    PendingPrefixes pending;
    pending.add(numbered(1), RecordId(1));
    pending.add(numbered(2), RecordId(2));
    pending.add(numbered(1), RecordId(3));
    const PendingPrefixes::Items items = pending.take();
    EXPECT_EQ(prefixesOf(items), (std::vector{numbered(1), numbered(2)}));
    EXPECT_EQ(items.front().cause, RecordId(3));
    EXPECT_TRUE(pending.isEmpty());
}

/// Few are searched one by one, many by an index; both must say the same.
TEST(PendingPrefixesProperty, FewAndManyEqualAList) {
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        RandomStream random(seed, "pending prefixes", "property");
        PendingPrefixes pending;
        std::vector<Prefix> list;
        for (int i = 0; i < 300; ++i) {
            const Prefix prefix = numbered(random.below(40));
            const auto known = std::ranges::find(list, prefix);
            if (random.below(3) != 0) {
                pending.add(prefix, RecordId(1));
                if (known == list.end()) list.push_back(prefix);
            } else if (random.below(40) == 0) {
                ASSERT_EQ(prefixesOf(pending.take()), list);
                list.clear();
            } else {
                ASSERT_EQ(pending.remove(prefix), known != list.end());
                if (known != list.end()) list.erase(known);
            }
            const PendingPrefixes copy = pending;
            ASSERT_EQ(prefixesOf(copy.items()), list) << "seed " << seed;
        }
    }
}

}  // namespace
}  // namespace peerscape::bgp

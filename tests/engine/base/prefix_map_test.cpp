#include "engine/base/prefix_map.hpp"

#include <array>
#include <map>
#include <utility>

#include <gtest/gtest.h>

#include "engine/base/random.hpp"
#include "tests/engine/base/values.hpp"

namespace peerscape {
namespace {

TEST(PrefixMap, AnEmptyOneFindsNothing) {
    const PrefixMap<int> map;
    EXPECT_TRUE(map.empty());
    EXPECT_EQ(map.find(net("10.0.0.0/8")), nullptr);
    EXPECT_FALSE(map.longestMatch(ip("10.0.0.1")).has_value());
    EXPECT_TRUE(map.sorted().empty());
}

TEST(PrefixMap, FindsTheLongestMatchOfTheRightFamily) {
    PrefixMap<int> map;
    map[net("0.0.0.0/0")] = 1;
    map[net("10.0.0.0/8")] = 2;
    map[net("10.1.0.0/16")] = 3;
    map[net("10.1.0.7/32")] = 4;
    const PrefixMap<int>& seen = map;
    EXPECT_EQ(seen.longestMatch(ip("10.1.0.7"))->second, 4);
    EXPECT_EQ(seen.longestMatch(ip("10.1.0.8"))->second, 3);
    EXPECT_EQ(seen.longestMatch(ip("10.2.0.0"))->second, 2);
    EXPECT_EQ(seen.longestMatch(ip("11.0.0.0"))->second, 1);
    EXPECT_FALSE(seen.longestMatch(ip("::")).has_value());
    EXPECT_EQ(seen.longestMatch(ip("10.1.0.7"), [](const auto& entry) { return entry.second < 3; })->second,
              2);
}

TEST(PrefixMap, ErasesByTheKeyOfTheEntryItself) {
    PrefixMap<int> map;
    map[net("10.0.0.0/8")] = 1;
    map[net("10.1.0.0/16")] = 2;
    map[net("2001:db8::/32")] = 3;
    EXPECT_TRUE(map.erase((*map.begin()).first));
    EXPECT_EQ(map.size(), 2U);
    EXPECT_FALSE(map.longestMatch(ip("10.2.0.0")).has_value());
    EXPECT_EQ(map.longestMatch(ip("10.1.0.0"))->second, 2);
    EXPECT_EQ(map.longestMatch(ip("2001:db8::1"))->second, 3);
    EXPECT_FALSE(map.erase(net("10.0.0.0/8")));
}

TEST(PrefixMap, SortsAsPrefixesAreOrdered) {
    PrefixMap<int> map;
    for (const char* text : {"2001:db8::/32", "10.1.0.0/16", "10.0.0.0/8", "::/0", "10.0.0.0/16"})
        map[net(text)] = 0;
    std::string order;
    for (const auto position : map.sorted())
        order += toString(map.at(position).first) + " ";
    EXPECT_EQ(order, "10.0.0.0/8 10.0.0.0/16 10.1.0.0/16 ::/0 2001:db8::/32 ");
}

/// Prefixes that nest and collide often: few bits vary, at both ends of the address.
Prefix somePrefix(RandomStream& random) {
    const Family family = random.below(2) == 0 ? Family::IPv4 : Family::IPv6;
    const std::uint8_t bits = addressBits(family);
    const auto length =
        static_cast<std::uint8_t>(random.below(3) == 0 ? random.below(bits + 1U) : bits - random.below(6));
    IpAddress address = IpAddress::any(family).plus(random.below(64));
    if (random.below(2) == 0)
        address = family == Family::IPv4 ? IpAddress::v4(static_cast<std::uint32_t>(random.next()))
                                         : IpAddress::v6(random.next(), random.next());
    return Prefix(address, length);
}

class PrefixMapAgainstStdMap : public testing::TestWithParam<std::uint64_t> {
  protected:
    using Reference = std::map<Prefix, int>;

    const Reference::value_type* slowMatch(const IpAddress& address) const {
        const Reference::value_type* best = nullptr;
        for (const auto& entry : reference_) {
            if (entry.first.contains(address) &&
                (best == nullptr || entry.first.length() > best->first.length()))
                best = &entry;
        }
        return best;
    }

    void expectSameMatch(const IpAddress& address) const {
        const auto* expected = slowMatch(address);
        const auto found = map_.longestMatch(address);
        ASSERT_EQ(!found.has_value(), expected == nullptr) << toString(address);
        if (found) {
            EXPECT_EQ(found->first, expected->first);
        }
    }

    static void expectEqual(const PrefixMap<int>& map, const Reference& reference) {
        ASSERT_EQ(map.size(), reference.size());
        auto expected = reference.begin();
        for (const auto position : map.sorted()) {
            EXPECT_EQ(map.at(position).first, expected->first);
            EXPECT_EQ(map.at(position).second, expected->second);
            ++expected;
        }
        for (const auto& [prefix, value] : reference) {
            ASSERT_NE(map.find(prefix), nullptr) << toString(prefix);
            EXPECT_EQ(*map.find(prefix), value);
            // Whatever the hint.
            for (const std::uint32_t hint : {0U, 5U, static_cast<std::uint32_t>(map.size())}) {
                const std::uint32_t position = map.positionNear(prefix, hint);
                ASSERT_NE(position, PrefixMap<int>::kNone);
                EXPECT_EQ(map.at(position).first, prefix);
            }
        }
    }

    void insertOrErase(RandomStream& random, int value) {
        if (random.below(5) < 3 || reference_.empty()) {
            const Prefix prefix = somePrefix(random);
            map_[prefix] = value;
            reference_[prefix] = value;
        } else {
            // Mostly something that is there.
            auto victim = reference_.lower_bound(somePrefix(random));
            if (victim == reference_.end()) victim = reference_.begin();
            const Prefix prefix = random.below(4) == 0 ? somePrefix(random) : victim->first;
            EXPECT_EQ(map_.erase(prefix), reference_.erase(prefix) == 1);
        }
    }

    PrefixMap<int> map_;
    Reference reference_;
};

TEST_P(PrefixMapAgainstStdMap, AgreesAfterEveryChange) {
    RandomStream random(GetParam(), "test", "prefix map");
    PrefixMap<int> copy;
    Reference referenceCopy;
    for (int i = 0; i < 600; ++i) {
        insertOrErase(random, i);
        ASSERT_EQ(map_.size(), reference_.size());
        expectSameMatch(somePrefix(random).address());
        if (i % 100 == 50) expectEqual(map_, reference_);
        if (i % 70 == 60) {
            map_.sort();
            auto expected = reference_.begin();
            for (const auto& [prefix, value] : map_)
                ASSERT_EQ(prefix, (expected++)->first);
            expectEqual(map_, reference_);
        }
        if (i == 300) {
            copy = map_;
            referenceCopy = reference_;
        }
    }
    expectEqual(map_, reference_);
    expectEqual(copy, referenceCopy);  // what happened to the original did not reach its copy
    while (!map_.empty())
        map_.erase((*map_.begin()).first);
    EXPECT_FALSE(map_.longestMatch(ip("10.0.0.1")).has_value());
    expectEqual(copy, referenceCopy);
}

INSTANTIATE_TEST_SUITE_P(Seeds, PrefixMapAgainstStdMap, testing::Range<std::uint64_t>(0, 60));

TEST(PrefixMap, TheSameHistoryGivesTheSameOrderOfEntries) {
    PrefixMap<int> a;
    PrefixMap<int> b;
    RandomStream randomA(7, "test", "order");
    RandomStream randomB(7, "test", "order");
    for (int i = 0; i < 500; ++i) {
        const Prefix prefixA = somePrefix(randomA);
        const Prefix prefixB = somePrefix(randomB);
        if (i % 3 == 0) {
            a.erase(prefixA);
            b.erase(prefixB);
        } else {
            a[prefixA] = i;
            b[prefixB] = i;
        }
    }
    EXPECT_TRUE(std::equal(a.begin(), a.end(), b.begin(), b.end()));
}

TEST(PrefixMap, FindsEverythingInLargeTables) {
    PrefixMap<std::uint32_t> map;
    const auto prefix = [](std::uint32_t i) { return Prefix(IpAddress::v4(i * 2'654'435'761U), 32); };
    constexpr std::uint32_t kMany = 100'000;  // more than two bytes of position can tell
    for (std::uint32_t i = 0; i < kMany; ++i)
        map[prefix(i)] = i;
    for (std::uint32_t i = 0; i < kMany; i += 3)
        ASSERT_TRUE(map.erase(prefix(i)));
    for (std::uint32_t i = 0; i < kMany; ++i) {
        const std::uint32_t* found = std::as_const(map).find(prefix(i));
        ASSERT_EQ(found != nullptr, i % 3 != 0) << i;
        if (found != nullptr) {
            ASSERT_EQ(*found, i);
        }
    }
}

TEST(PrefixMap, ClearedItIsAsNew) {
    PrefixMap<int> map;
    map[net("10.0.0.0/8")] = 1;
    map.clear();
    EXPECT_TRUE(map.empty());
    EXPECT_FALSE(map.longestMatch(ip("10.0.0.1")).has_value());
    EXPECT_EQ(map[net("10.0.0.0/8")], 0);
}

TEST(PrefixMap, EachEntryLiesInALineOfMemoryOfItsOwnWhereThatIsWanted) {
    PrefixMap<int, 64> map;
    for (std::uint32_t i = 0; i < 300; ++i)
        map[Prefix(IpAddress::v4(i << 8), 24)] = static_cast<int>(i);
    map.erase(Prefix(IpAddress::v4(7 << 8), 24));
    const PrefixMap<int, 64> copy = map;
    map[Prefix(IpAddress::v4(9 << 8), 24)] = -9;
    for (const auto* one : std::array{&std::as_const(map), &copy}) {
        EXPECT_EQ(one->size(), 299U);
        for (const auto& [prefix, value] : *one) {
            const auto begin = reinterpret_cast<std::uintptr_t>(&prefix);
            EXPECT_EQ(begin % 64, 0U);
            EXPECT_LE(reinterpret_cast<std::uintptr_t>(&value + 1) - begin, 64U);
        }
    }
    EXPECT_EQ(*map.find(Prefix(IpAddress::v4(9 << 8), 24)), -9);
    EXPECT_EQ(*copy.find(Prefix(IpAddress::v4(9 << 8), 24)), 9);
    EXPECT_EQ(copy.find(Prefix(IpAddress::v4(7 << 8), 24)), nullptr);
}

}  // namespace
}  // namespace peerscape

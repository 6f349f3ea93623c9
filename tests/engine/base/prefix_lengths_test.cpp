#include "engine/base/prefix_lengths.hpp"

#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "engine/base/random.hpp"
#include "tests/engine/base/values.hpp"

namespace peerscape {
namespace {

std::string listOf(const PrefixLengths& lengths) {
    std::string text;
    for (const auto& use : lengths.inUse())
        text += (use.family == Family::IPv4 ? "4/" : "6/") + std::to_string(use.length) + " ";
    return text;
}

TEST(PrefixLengths, NamesTheLongestFirstAndIpv4BeforeIpv6) {
    PrefixLengths lengths;
    EXPECT_TRUE(lengths.inUse().empty());
    for (const char* text :
         {"10.0.0.0/8", "2001:db8::/32", "10.1.0.0/24", "::/0", "0.0.0.0/0", "10.2.0.0/24"})
        lengths.add(net(text));
    EXPECT_EQ(listOf(lengths), "4/24 4/8 4/0 6/32 6/0 ");
}

TEST(PrefixLengths, ALengthIsInUseAsLongAsAnyPrefixHasIt) {
    PrefixLengths lengths;
    lengths.add(net("10.1.0.0/24"));
    lengths.add(net("10.2.0.0/24"));
    lengths.remove(net("10.1.0.0/24"));
    EXPECT_EQ(listOf(lengths), "4/24 ");
    lengths.remove(net("10.2.0.0/24"));
    EXPECT_EQ(listOf(lengths), "");
}

TEST(PrefixLengths, CountsAsManyAsThereAreWhateverComesAndGoes) {
    RandomStream random(7, "lengths", "come and go");
    std::map<std::pair<Family, int>, std::uint32_t> expected;
    std::vector<Prefix> present;
    PrefixLengths lengths;
    for (int i = 0; i < 5000; ++i) {
        if (!present.empty() && random.below(2) == 0) {
            const std::size_t place = random.below(present.size());
            lengths.remove(present[place]);
            const auto key = std::pair(present[place].family(), int{present[place].length()});
            if (--expected[key] == 0) expected.erase(key);
            present[place] = present.back();
            present.pop_back();
        } else {
            const bool isV6 = random.below(2) == 0;
            const auto length = static_cast<std::uint8_t>(random.below(isV6 ? 129 : 33));
            const Prefix prefix(IpAddress::any(isV6 ? Family::IPv6 : Family::IPv4), length);
            lengths.add(prefix);
            ++expected[{prefix.family(), prefix.length()}];
            present.push_back(prefix);
        }
        ASSERT_EQ(lengths.inUse().size(), expected.size());
    }
    for (const auto& use : lengths.inUse())
        EXPECT_EQ(use.count, (expected[{use.family, use.length}])) << int{use.length};
}

}  // namespace
}  // namespace peerscape

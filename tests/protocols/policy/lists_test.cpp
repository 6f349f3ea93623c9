/// What prefix-lists and access-lists permit.
#include "protocols/policy/lists.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "engine/base/random.hpp"
#include "tests/protocols/policy/reader.hpp"

namespace peerscape::policy {
namespace {

using test::net;
using test::Reader;

/// Whether the list "L", made of these lines, permits the network.
bool permits(std::string_view lines, std::string_view network) {
    Reader reader;
    EXPECT_EQ(reader.read(lines), "") << lines;
    const Prefix prefix = net(network);
    const PolicySet& policy = reader.policy();
    if (const auto* list = policy.prefixList(prefix.family(), "L"))
        return list->apply(prefix) == Action::Permit;
    const auto* list = policy.accessList(prefix.family(), "L");
    EXPECT_NE(list, nullptr);
    return list != nullptr && list->apply(prefix) == Action::Permit;
}

struct Case {
    const char* lines;
    const char* permitted;
    const char* denied;
};

TEST(PrefixLists, PermitWhatTheirEntriesSay) {
    const Case cases[] = {
        {"ip prefix-list L permit 10.0.0.0/8", "10.0.0.0/8", "10.1.0.0/16"},
        {"ip prefix-list L permit 10.0.0.0/8 le 16", "10.0.0.0/8", "10.1.1.0/24"},
        {"ip prefix-list L permit 10.0.0.0/8 le 16", "10.1.0.0/16", "0.0.0.0/0"},
        {"ip prefix-list L permit 10.0.0.0/8 ge 16", "10.1.1.1/32", "10.0.0.0/8"},
        {"ip prefix-list L permit 10.0.0.0/8 ge 16 le 24", "10.1.1.0/24", "10.1.1.0/25"},
        {"ip prefix-list L permit 10.0.0.0/8 le 24 ge 16", "10.1.0.0/16", "10.0.0.0/15"},
        {"ip prefix-list L permit 10.0.0.0/8 ge 8 le 8", "10.0.0.0/8", "10.0.0.0/9"},
        {"ip prefix-list L permit 0.0.0.0/0", "0.0.0.0/0", "10.0.0.0/8"},
        {"ip prefix-list L permit 0.0.0.0/0 ge 0", "0.0.0.0/0", "10.0.0.0/8"},
        {"ip prefix-list L permit 0.0.0.0/0 le 0", "0.0.0.0/0", "10.0.0.0/8"},
        {"ip prefix-list L deny 10.0.0.0/8 le 32\nip prefix-list L permit any", "11.0.0.0/8", "10.9.0.0/16"},
        {"ip prefix-list L seq 20 permit any\nip prefix-list L seq 10 deny 10.0.0.0/8", "10.0.0.0/9",
         "10.0.0.0/8"},
        {"ipv6 prefix-list L permit 2001:db8::/32 ge 48 le 64", "2001:db8:1:2::/64", "2001:db8::/32"},
        {"ipv6 prefix-list L deny ::/0\nipv6 prefix-list L permit any", "2001:db8::/32", "::/0"},
    };
    for (const Case& c : cases) {
        EXPECT_TRUE(permits(c.lines, c.permitted)) << c.lines << " / " << c.permitted;
        EXPECT_FALSE(permits(c.lines, c.denied)) << c.lines << " / " << c.denied;
    }
}

TEST(PrefixLists, PermitEverythingWhenThereIsOnlyADescription) {
    EXPECT_TRUE(permits("ip prefix-list L description to be filled", "10.0.0.0/8"));
}

TEST(AccessLists, PermitWhatTheirEntriesSay) {
    const Case cases[] = {
        {"access-list L permit 10.0.0.0/8", "10.1.0.0/16", "11.0.0.0/8"},
        {"access-list L permit 10.0.0.0/8", "10.0.0.0/8", "0.0.0.0/0"},
        {"access-list L permit 10.0.0.0/8 exact-match", "10.0.0.0/8", "10.1.0.0/16"},
        {"access-list L deny 10.1.0.0/16\naccess-list L permit any", "10.2.0.0/16", "10.1.2.0/24"},
        {"access-list L seq 7 permit any\naccess-list L seq 3 deny 10.0.0.0/8", "11.0.0.0/8", "10.0.0.0/8"},
        {"access-list L permit 10.0.0.0 0.0.255.255", "10.0.7.0/24", "10.1.0.0/24"},
        {"access-list L permit 10.0.9.9 0.0.255.255", "10.0.7.0/24", "10.1.0.0/24"},
        {"access-list L permit 10.0.0.0 0.255.0.255", "10.7.0.0/24", "10.7.1.0/24"},
        {"access-list L permit 10.0.0.1", "10.0.0.1/32", "10.0.0.0/31"},
        {"access-list L permit host 10.0.0.1", "10.0.0.1/32", "10.0.0.2/32"},
        {"access-list L permit ip any any", "10.0.0.0/8", "2001:db8::/32"},
        {"access-list L permit ip 10.0.0.0 0.255.255.255 host 255.255.0.0", "10.9.0.0/16", "10.9.0.0/24"},
        {"access-list L permit ip host 10.0.0.0 255.255.0.0 0.0.255.0", "10.0.0.0/24", "10.0.0.0/25"},
        {"ipv6 access-list L permit 2001:db8::/32", "2001:db8:1::/48", "2001:db9::/32"},
        {"ipv6 access-list L permit 2001:db8::/32 exact-match", "2001:db8::/32", "2001:db8:1::/48"},
    };
    for (const Case& c : cases) {
        EXPECT_TRUE(permits(c.lines, c.permitted)) << c.lines << " / " << c.permitted;
        if (net(c.denied).family() == net(c.permitted).family()) {
            EXPECT_FALSE(permits(c.lines, c.denied)) << c.lines << " / " << c.denied;
        }
    }
}

TEST(AccessLists, DenyEverythingWhenThereIsOnlyARemark) {
    EXPECT_FALSE(permits("access-list L remark to be filled", "10.0.0.0/8"));
}

/// The bits of an address, first to last: what the brute force compares.
std::string bitsOf(const Prefix& prefix) {
    std::string bits;
    for (std::uint8_t i = 0; i < prefix.length(); ++i)
        bits += prefix.address().bit(i) ? '1' : '0';
    return bits;
}

/// A network whose first bits are few, so that random ones meet.
Prefix randomNetwork(RandomStream& random) {
    const auto length = static_cast<std::uint8_t>(random.below(13));
    return Prefix(IpAddress::v4(static_cast<std::uint32_t>(random.below(4)) << 30U |
                                static_cast<std::uint32_t>(random.below(4)) << 20U),
                  length);
}

// The index by content must follow every change: compared with looking at all entries of a plain map.
TEST(NumberedEntries, AgreeWithAPlainMap) {
    RandomStream random(7, "R1", "entries");
    NumberedEntries<PrefixListEntry> entries;
    std::map<std::uint32_t, PrefixListEntry> plain;
    for (int round = 0; round < 5000; ++round) {
        PrefixListEntry entry;
        entry.prefix = Prefix(IpAddress::v4(static_cast<std::uint32_t>(random.below(8)) << 24U), 8);
        const auto number = static_cast<std::uint32_t>(1 + random.below(12));
        const auto isEqual = [&](const auto& e) { return e.second == entry; };
        ASSERT_EQ(entries.isElsewhere(entry, number),
                  std::ranges::any_of(plain, [&](const auto& e) { return isEqual(e) && e.first != number; }));
        switch (random.below(4)) {
            case 0:
                ASSERT_EQ(entries.erase(number), plain.erase(number) == 1);
                break;
            case 1:
                ASSERT_EQ(entries.erase(entry), std::erase_if(plain, isEqual) > 0);
                break;
            default:
                entries.put(number, entry);
                plain.insert_or_assign(number, entry);
        }
        ASSERT_TRUE(std::ranges::equal(entries, plain));
        ASSERT_EQ(entries.size(), plain.size());
        ASSERT_EQ(entries.nextNumber(), plain.empty() ? 5 : plain.rbegin()->first + 5);
    }
}

TEST(NumberedEntries, TheGreatestNumberHasNoNext) {
    NumberedEntries<PrefixListEntry> entries;
    entries.put(UINT32_MAX - 1, {});
    EXPECT_EQ(entries.nextNumber(), UINT32_MAX);
}

TEST(PrefixLists, AgreeWithComparingEveryBitOfEveryEntry) {
    RandomStream random(7, "R1", "prefix-lists");
    for (int round = 0; round < 300; ++round) {
        PrefixList list;
        const auto entries = 1 + random.below(5);
        for (std::uint32_t i = 0; i < entries; ++i) {
            PrefixListEntry entry;
            entry.action = random.below(2) == 0 ? Action::Deny : Action::Permit;
            entry.prefix = randomNetwork(random);
            const auto shortest = entry.prefix.length();
            if (random.below(2) == 0) entry.ge = static_cast<std::uint8_t>(shortest + random.below(4));
            const std::uint8_t least = entry.ge.value_or(shortest);
            if (random.below(2) == 0) entry.le = static_cast<std::uint8_t>(least + random.below(4));
            list.entries.put(5 * (i + 1), entry);
        }
        for (int probe = 0; probe < 40; ++probe) {
            const Prefix network = randomNetwork(random);
            Action expected = Action::Deny;
            for (const auto& [sequence, entry] : list.entries) {
                if (!bitsOf(network).starts_with(bitsOf(entry.prefix))) continue;
                const bool isExact = entry.ge.value_or(0) == 0 && entry.le.value_or(0) == 0;
                const int least = isExact ? entry.prefix.length() : entry.ge.value_or(0);
                const int most = isExact ? entry.prefix.length() : entry.le.value_or(0) == 0 ? 32 : *entry.le;
                if (network.length() < least || network.length() > most) continue;
                expected = entry.action;
                break;
            }
            ASSERT_EQ(list.apply(network), expected) << toString(network) << " in round " << round;
        }
    }
}

}  // namespace
}  // namespace peerscape::policy

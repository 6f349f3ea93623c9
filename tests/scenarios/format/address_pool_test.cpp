#include "scenarios/format/address_pool.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "scenarios/format/lab_reader.hpp"

namespace peerscape {
namespace {

Prefix prefix(const std::string& text) { return Prefix::parse(text).value(); }

TEST(UsedNetworks, OverlapWithWiderAndNarrowerOnes) {
    UsedNetworks used;
    used.add(prefix("10.1.0.0/16"));
    used.add(prefix("10.2.3.4/32"));
    EXPECT_TRUE(used.overlaps(prefix("10.1.2.0/24")));
    EXPECT_TRUE(used.overlaps(prefix("10.1.0.0/16")));
    EXPECT_TRUE(used.overlaps(prefix("10.0.0.0/8")));
    EXPECT_TRUE(used.overlaps(prefix("10.2.3.0/24")));
    EXPECT_FALSE(used.overlaps(prefix("10.2.4.0/24")));
    EXPECT_FALSE(used.overlaps(prefix("10.0.0.0/16")));
}

TEST(UsedNetworks, IgnoreADefaultRoute) {
    UsedNetworks used;
    used.add(prefix("0.0.0.0/0"));
    EXPECT_FALSE(used.overlaps(prefix("10.0.0.0/8")));
}

TEST(UsedNetworks, LookIntoConfigurations) {
    const LabOutcome outcome = readLab(
        "peerscape: 1\nrouters:\n  A:\n    config: |\n      ip route 172.20.0.0/24 172.20.1.1\n", "lab.yaml");
    const UsedNetworks used(outcome.lab.value());
    EXPECT_TRUE(used.overlaps(prefix("172.20.0.4/30")));
    EXPECT_TRUE(used.overlaps(prefix("172.20.1.0/30")));
    EXPECT_FALSE(used.overlaps(prefix("172.20.1.4/30")));
}

TEST(AddressPool, LeavesOutUsedNetworksAndEnds) {
    UsedNetworks used;
    used.add(prefix("10.0.0.4/30"));
    AddressPool pool(prefix("10.0.0.0/28"));
    std::vector<std::string> taken;
    while (const auto network = pool.take(30, used))
        taken.push_back(toString(*network));
    EXPECT_EQ(taken, (std::vector<std::string>{"10.0.0.0/30", "10.0.0.8/30", "10.0.0.12/30"}));
}

TEST(AddressPool, AlignsWiderNetworksAfterNarrowerOnes) {
    UsedNetworks used;
    AddressPool pool(prefix("10.0.0.0/16"));
    EXPECT_EQ(pool.take(30, used), prefix("10.0.0.0/30"));
    EXPECT_EQ(pool.take(24, used), prefix("10.0.1.0/24"));
    EXPECT_EQ(pool.take(24, used), prefix("10.0.2.0/24"));
}

TEST(AddressPool, EndsAtTheEndOfTheAddressSpace) {
    UsedNetworks used;
    AddressPool pool(prefix("255.255.255.252/30"));
    int count = 0;
    while (pool.take(32, used))
        ++count;
    EXPECT_EQ(count, 4);
}

TEST(AddressPool, WorksForIpv6) {
    UsedNetworks used;
    used.add(prefix("2001:db8:f000:1::/64"));
    AddressPool pool(prefix("2001:db8:f000::/48"));
    EXPECT_EQ(pool.take(64, used), prefix("2001:db8:f000::/64"));
    EXPECT_EQ(pool.take(64, used), prefix("2001:db8:f000:2::/64"));
}

TEST(HostOf, CountsWithoutNetworkAndBroadcastAddresses) {
    const struct {
        const char* network;
        std::uint64_t number;
        const char* host;  ///< empty: there is none
    } cases[] = {
        {"10.1.0.0/16", 0, "10.1.0.1"},
        {"10.1.0.0/30", 1, "10.1.0.2"},
        {"10.1.0.0/30", 2, ""},
        {"10.1.0.0/31", 0, "10.1.0.0"},
        {"10.1.0.0/31", 1, "10.1.0.1"},
        {"10.1.0.0/31", 2, ""},
        {"10.1.0.9/32", 0, "10.1.0.9"},
        {"10.1.0.9/32", 1, ""},
        {"2001:db8::/64", 0, "2001:db8::1"},
        {"2001:db8::/126", 2, "2001:db8::3"},
        {"2001:db8::/126", 3, ""},
        {"2001:db8::/127", 0, "2001:db8::"},
    };
    for (const auto& c : cases) {
        const auto host = hostOf(prefix(c.network), c.number);
        EXPECT_EQ(host ? toString(*host) : "", c.host) << c.network << " " << c.number;
    }
}

}  // namespace
}  // namespace peerscape

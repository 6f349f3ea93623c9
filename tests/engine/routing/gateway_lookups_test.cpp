#include "engine/routing/gateway_lookups.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/random.hpp"
#include "tests/engine/base/values.hpp"

namespace peerscape {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

NextHop via(std::string_view gateway) { return NextHop::via(*IpAddress::parse(gateway)); }

std::set<std::string> into(const GatewayLookUps& lookUps, const Prefix& network) {
    std::set<std::string> prefixes;
    lookUps.forEachInto(network, [&](const Prefix& prefix) { prefixes.insert(toString(prefix)); });
    return prefixes;
}

TEST(GatewayLookUps, NamesWhoLeansOnANetwork) {
    GatewayLookUps lookUps;
    EXPECT_TRUE(lookUps.isEmpty());
    lookUps.add(0, net("10.1.0.0/16"), HopGroupId(0), std::vector{via("192.0.2.1")});
    lookUps.add(1, net("10.2.0.0/16"), HopGroupId(0), std::vector{via("192.0.2.1")});
    lookUps.add(2, net("10.3.0.0/16"), HopGroupId(1), std::vector{via("192.0.2.200"), via("198.51.100.1")});
    EXPECT_THAT(into(lookUps, net("192.0.2.0/25")), UnorderedElementsAre("10.1.0.0/16", "10.2.0.0/16"));
    EXPECT_THAT(into(lookUps, net("192.0.2.0/24")),
                UnorderedElementsAre("10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16"));
    EXPECT_THAT(into(lookUps, net("198.51.100.0/24")), ElementsAre("10.3.0.0/16"));
    EXPECT_THAT(into(lookUps, net("203.0.113.0/24")), IsEmpty());
    lookUps.remove(0, HopGroupId(0), std::vector{via("192.0.2.1")});
    EXPECT_THAT(into(lookUps, net("192.0.2.0/25")), ElementsAre("10.2.0.0/16"));
    lookUps.remove(1, HopGroupId(0), std::vector{via("192.0.2.1")});
    lookUps.remove(2, HopGroupId(1), std::vector{via("192.0.2.200"), via("198.51.100.1")});
    EXPECT_TRUE(lookUps.isEmpty());
}

TEST(GatewayLookUps, HopsThatAreNotLookedUpLeanOnNothing) {
    GatewayLookUps lookUps;
    const std::vector hops{NextHop::via(*IpAddress::parse("192.0.2.1"), InterfaceId(0)),
                           NextHop::through(InterfaceId(1)), NextHop::blackhole()};
    lookUps.add(0, net("10.1.0.0/16"), HopGroupId(0), hops);
    EXPECT_TRUE(lookUps.isEmpty());
    lookUps.remove(0, HopGroupId(0), hops);
}

TEST(GatewayLookUps, SaysAtOnceWhatItCertainlyDoesNotMeet) {
    GatewayLookUps lookUps;
    EXPECT_FALSE(lookUps.mayMeet(net("0.0.0.0/0")));
    lookUps.add(7, net("10.1.0.0/16"), HopGroupId(0), std::vector{via("192.0.2.1")});
    EXPECT_TRUE(lookUps.mayMeet(net("0.0.0.0/0")));
    EXPECT_FALSE(lookUps.mayMeet(net("10.1.0.0/16")));
    EXPECT_FALSE(lookUps.mayMeet(net("2001:db8::/32")));
}

/// Routes come and go in cells that are used again, beside a plain list of them.
TEST(GatewayLookUpsProperty, AreThoseOfAListThatIsLookedThrough) {
    struct Route {
        Prefix prefix;
        HopGroupId group;
        std::vector<NextHop> hops;
    };
    std::vector<std::vector<NextHop>> groups;
    for (const char* one : {"192.0.2.1", "192.0.2.9", "198.51.100.1", "2001:db8::1"})
        groups.push_back({via(one)});
    groups.push_back({via("192.0.2.1"), via("198.51.100.1")});
    groups.push_back({via("192.0.2.1"), NextHop::blackhole(), via("192.0.2.1")});
    groups.push_back({NextHop::through(InterfaceId(1))});
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        RandomStream random(seed, "test", "look-ups");
        GatewayLookUps lookUps;
        std::map<std::uint32_t, Route> routes;
        // Later the cells before the first one are used as well.
        for (int step = 0; step < 300; ++step) {
            const auto cell =
                static_cast<std::uint32_t>(step < 100 ? 20 + random.below(20) : random.below(90));
            if (const auto at = routes.find(cell); at != routes.end()) {
                lookUps.remove(cell, at->second.group, at->second.hops);
                routes.erase(at);
            } else {
                const auto group = static_cast<std::uint32_t>(random.below(groups.size()));
                const Prefix prefix(IpAddress::v4(0x0a000000U + (cell << 8)), 24);
                lookUps.add(cell, prefix, HopGroupId(group), groups[group]);
                routes[cell] = {prefix, HopGroupId(group), groups[group]};
            }
            for (const char* text :
                 {"192.0.2.0/24", "192.0.2.8/29", "198.51.100.0/24", "0.0.0.0/0", "::/0"}) {
                std::set<std::string> expected;
                for (const auto& [at, route] : routes) {
                    if (std::ranges::any_of(route.hops, [&](const NextHop& hop) {
                            return isLookedUp(hop) && net(text).contains(hop.gateway);
                        }))
                        expected.insert(toString(route.prefix));
                }
                ASSERT_EQ(into(lookUps, net(text)), expected)
                    << text << ", seed " << seed << ", step " << step;
            }
        }
    }
}

}  // namespace
}  // namespace peerscape

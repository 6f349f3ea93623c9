// Rules that look at communities, roles and paths, asked through whole processes.
#include "tests/protocols/bgp/speakers.hpp"

namespace peerscape::bgp::test {
namespace {

const std::string kOrigin = " network 192.0.2.0/24\n";
std::string marking(const std::string& community) {
    return kOrigin + " neighbor 10.0.0.2 route-map MARK out\nroute-map MARK permit 10\n set community " +
           community + "\n";
}
/// R1 tells R2, which tells R3.
Speakers lineOf(const std::string& first, const std::string& second, const std::string& third = "") {
    return Speakers({router(65001, {{2, 65002}}, first), router(65002, {{1, 65001}, {3, 65003}}, second),
                     router(65003, {{2, 65002}}, third)});
}
void converge(Speakers& speakers) {
    speakers.start();
    speakers.run(Duration::seconds(10));
    ASSERT_TRUE(speakers.isEstablished(2, 1));
}

TEST(NoPeer, IsToldToNoPeerByRole) {
    Speakers plain = lineOf(marking("no-peer"), "");
    converge(plain);
    EXPECT_TRUE(plain.hasRoute(3, "192.0.2.0/24"));
    Speakers speakers = lineOf(marking("no-peer"), " neighbor 10.0.0.3 local-role peer\n",
                               " neighbor 10.0.0.2 local-role peer\n");
    converge(speakers);
    ASSERT_TRUE(speakers.isEstablished(2, 3));
    EXPECT_TRUE(speakers.hasRoute(2, "192.0.2.0/24"));
    EXPECT_FALSE(speakers.hasRoute(3, "192.0.2.0/24"));
    EXPECT_EQ(speakers.exportTo(2, 3, "192.0.2.0/24").withheld, Withheld::NoPeer);
}

TEST(NoExport, StaysInTheAs) {
    Speakers speakers = lineOf(marking("no-export"), "");
    converge(speakers);
    EXPECT_TRUE(speakers.hasRoute(2, "192.0.2.0/24"));
    EXPECT_EQ(speakers.exportTo(2, 3, "192.0.2.0/24").withheld, Withheld::NoExport);
}

TEST(GracefulShutdown, MakesARouteTheLastChoiceInsideTheAs) {
    Speakers speakers = lineOf(marking("graceful-shutdown"), "");
    converge(speakers);
    EXPECT_EQ(speakers.path(2, "192.0.2.0/24", 1)->attributes->localPreference, 0U);
}

TEST(Roles, WhatCameFromAProviderGoesToNoPeer) {
    Speakers speakers = lineOf(kOrigin + " neighbor 10.0.0.2 local-role provider\n",
                               " neighbor 10.0.0.1 local-role customer\n neighbor 10.0.0.3 local-role peer\n",
                               " neighbor 10.0.0.2 local-role peer\n");
    converge(speakers);
    ASSERT_NE(speakers.path(2, "192.0.2.0/24", 1), nullptr);
    EXPECT_EQ(speakers.path(2, "192.0.2.0/24", 1)->attributes->rare->onlyToCustomer, Asn::number(65001));
    EXPECT_EQ(speakers.exportTo(2, 3, "192.0.2.0/24").withheld, Withheld::RouteLeak);
}

TEST(TableMap, DecidesWhatTheRouterItselfUses) {
    const auto second = [](const std::string& map) {
        return " network 198.51.100.0/24\n address-family ipv4 unicast\n  table-map TABLE\n" + map;
    };
    Speakers speakers = lineOf(kOrigin, second("route-map TABLE deny 10\n"));
    converge(speakers);
    EXPECT_FALSE(speakers.hasRoute(2, "192.0.2.0/24"));
    EXPECT_TRUE(speakers.hasRoute(3, "192.0.2.0/24")) << "neighbours are told all the same";
    Speakers marked = lineOf(kOrigin, second("route-map TABLE permit 10\n set metric 7\n set tag 9\n"));
    converge(marked);
    ASSERT_TRUE(marked.hasRoute(2, "192.0.2.0/24"));
    EXPECT_EQ(marked.at(2).rib.at(net("192.0.2.0/24")).metric, 7U);
    EXPECT_EQ(marked.at(2).rib.at(net("192.0.2.0/24")).tag, 9U);
}

TEST(TableMap, CountsAfterItsRouteMapHasChanged) {
    const auto second = [](const std::string& action) {
        return " address-family ipv4 unicast\n  table-map TABLE\nroute-map TABLE " + action + " 10\n";
    };
    Speakers speakers = lineOf(kOrigin, second("deny"));
    converge(speakers);
    ASSERT_FALSE(speakers.hasRoute(2, "192.0.2.0/24"));
    speakers.reconfigure(2, router(65002, {{1, 65001}, {3, 65003}}, second("permit")));
    speakers.run(Duration::seconds(6));
    EXPECT_TRUE(speakers.hasRoute(2, "192.0.2.0/24"));
}

TEST(NextHop, PreferGlobalTakesTheGlobalAddress) {
    const std::string family = " address-family ipv6 unicast\n  neighbor 10.0.0.";
    const auto told = [&](const std::string& map) {
        Speakers speakers({router(65001, {{2, 65002}}, family + "2 activate\n  network 2001:db8:1::/48\n"),
                           router(65002, {{1, 65001}}, family + "1 activate\n" + map)});
        speakers.start();
        speakers.run(Duration::seconds(10));
        const auto& rib = speakers.at(2).rib;
        const auto found = rib.find(net("2001:db8:1::/48"));
        return found == rib.end() ? std::string() : toString(found->second.nextHops.front().gateway);
    };
    EXPECT_EQ(told(""), "fe80::1");
    EXPECT_EQ(told("  neighbor 10.0.0.1 route-map GLOBAL in\n"
                   "route-map GLOBAL permit 10\n set ipv6 next-hop prefer-global\n"),
              "2001:db8::1");
}

TEST(MinimumHoldTime, RefusesAPeerThatWantsLess) {
    Speakers speakers({router(65001, {{2, 65002}}, " bgp minimum-holdtime 20\n"),
                       router(65002, {{1, 65001}}, " timers bgp 3 9\n")});
    speakers.start();
    speakers.run(Duration::seconds(10));
    EXPECT_FALSE(speakers.isEstablished(1, 2));
    EXPECT_NE(speakers.peer(1, 2).session.reason(speakers.now()).find("bgp minimum-holdtime is 20"),
              std::string::npos)
        << speakers.peer(1, 2).session.reason(speakers.now());
    Speakers enough({router(65001, {{2, 65002}}, " bgp minimum-holdtime 9\n"),
                     router(65002, {{1, 65001}}, " timers bgp 3 9\n")});
    enough.start();
    enough.run(Duration::seconds(10));
    EXPECT_TRUE(enough.isEstablished(1, 2));
}

TEST(RejectAsSets, RefusesAggregatesWithSets) {
    const std::string parts = kOrigin + " network 192.0.3.0/24\n";
    const auto hears = [&](const std::string& third) {
        Speakers speakers = lineOf(parts,
                                   " aggregate-address 192.0.2.0/23 as-set\n"
                                   " network 192.0.2.128/25\n",
                                   third);
        converge(speakers);
        return speakers.hasRoute(3, "192.0.2.0/23");
    };
    EXPECT_TRUE(hears(""));
    EXPECT_FALSE(hears(" bgp reject-as-sets\n"));
}

}  // namespace
}  // namespace peerscape::bgp::test

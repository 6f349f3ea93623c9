// The pace of BGP, as a lab file says it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/world/bgp_labs.hpp"

namespace peerscape {
namespace {

using testing::HasSubstr;
using testing::Not;

/// After how long C, two links away, hears of the second of two changes at A.
Duration secondNewsAfter(const std::string& ofLab, const std::string& linesOfB = "") {
    const auto router = [](int number, const std::string& lines) {
        return fmt::format(
            "    config: |\n      router bgp {}\n       bgp router-id 1.1.1.{}\n"
            "       no bgp ebgp-requires-policy\n{}",
            65000 + number, number, lines);
    };
    const auto world = settledWorld(
        "peerscape: 1\ntitle: Paced\n" + ofLab + "routers:\n  A:\n" +
        router(1, neighbor("10.0.0.2", 65002, {"advertisement-interval 0"}) +
                      "       address-family ipv4 unicast\n        network 192.0.1.0/24\n") +
        "  B:\n" + router(2, neighbor("10.0.0.1", 65001) + neighbor("10.0.0.6", 65003) + linesOfB) +
        "  C:\n" + router(3, neighbor("10.0.0.5", 65002)) +
        "links:\n"
        "  - {name: ab, ends: {\"A:eth0\": [10.0.0.1/30], \"B:eth0\": [10.0.0.2/30]}, delay: 1ms}\n"
        "  - {name: bc, ends: {\"B:eth1\": [10.0.0.5/30], \"C:eth0\": [10.0.0.6/30]}, delay: 1ms}\n"
        "lans:\n  - {name: na, ends: {\"A:lan0\": [192.0.1.1/24]}}\n");
    Lab& lab = world->lab();
    const auto lan = *world->simulation().topology().segmentNamed("na");
    const auto set = [&](bool isUp) {
        EXPECT_TRUE(lab.apply({"lan", action::SetSegment{lan, isUp}}).has_value());
        lab.runUntil(lab.now() + Duration::milliseconds(100));
    };
    lab.runUntil(lab.now() + Duration::minutes(2));
    set(false);
    set(true);  // C hears of it at once, and now the interval runs
    const SimTime told = lab.now();
    set(false);
    set(true);
    for (int tenths = 0; tenths < 600; ++tenths) {
        if (hasRoute(*world, "C", "192.0.1.1")) return lab.now() - told;
        lab.runUntil(lab.now() + Duration::milliseconds(100));
    }
    return Duration::minutes(1);
}

TEST(BgpPacing, IsFrrsWithoutAWord) { EXPECT_LT(secondNewsAfter(""), Duration::seconds(1)); }

TEST(BgpPacing, OfTheRfcIsHalfAMinuteBetweenAses) {
    const Duration exact = secondNewsAfter("bgp: {advertisement-interval: rfc, jitter: false}\n");
    EXPECT_GT(exact, Duration::seconds(29));
    EXPECT_LE(exact, Duration::seconds(31));
    const Duration jittered = secondNewsAfter("bgp: {advertisement-interval: rfc}\n");
    EXPECT_GT(jittered, Duration::seconds(21));
    EXPECT_LE(jittered, Duration::seconds(30));
}

TEST(BgpPacing, ARouterAndANeighborMaySayOtherwise) {
    const std::string lab = "bgp: {advertisement-interval: {external: 30s}, jitter: false}\n";
    const Duration byRouter = secondNewsAfter(lab, "       bgp advertisement-interval 10 0\n");
    EXPECT_GT(byRouter, Duration::seconds(9));
    EXPECT_LE(byRouter, Duration::seconds(11));
    EXPECT_LT(secondNewsAfter(lab,
                              "       bgp advertisement-interval 10 0\n"
                              "       neighbor 10.0.0.6 advertisement-interval 0\n"),
              Duration::seconds(1));
}

TEST(BgpPacing, OfALabStaysOutOfConfigurations) {
    const auto world = makeWorld("bgp: {advertisement-interval: rfc, jitter: false}\n" +
                                 pairOf(neighbor("10.0.0.2", 65002), neighbor("10.0.0.1", 65001)));
    const auto answer = world->command(*world->nodeNamed("A"), "show running-config");
    ASSERT_TRUE(answer.has_value());
    EXPECT_THAT(*answer, Not(HasSubstr("interval")));
    EXPECT_THAT(*answer, Not(HasSubstr("jitter")));
}

}  // namespace
}  // namespace peerscape

// BGP sessions in whole labs: who comes to talk with whom, over which distance, and by which names.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/world/bgp_labs.hpp"

namespace peerscape {
namespace {

using testing::HasSubstr;

TEST(BgpSessionsOfLabs, WithoutCapabilitiesIpv4IsExchangedAllTheSame) {
    const auto world = settledWorld(
        pairOf(neighbor("10.0.0.2", 65002, {"dont-capability-negotiate"}), neighbor("10.0.0.1", 65001)));
    ASSERT_TRUE(isUp(*world, "A", "10.0.0.2")) << reasonAt(*world, "A", "10.0.0.2");
    EXPECT_TRUE(hasRoute(*world, "A", "192.0.2.1"));
    EXPECT_TRUE(hasRoute(*world, "B", "192.0.1.1"));
    const bgp::Capabilities& said = peerOf(*world, "B", "10.0.0.1").lastCapabilities;
    EXPECT_EQ(said, bgp::Capabilities());
    EXPECT_FALSE(peerOf(*world, "A", "10.0.0.2").wire.hasFourOctetAs);
}

TEST(BgpSessionsOfLabs, WithoutCapabilitiesThereIsNoIpv6) {
    const std::string six = "       address-family ipv6 unicast\n        neighbor {} activate\n";
    const auto world =
        settledWorld(pairOf(neighbor("10.0.0.2", 65002, {"dont-capability-negotiate"}) +
                                fmt::format(fmt::runtime(six), "10.0.0.2"),
                            neighbor("10.0.0.1", 65001) + fmt::format(fmt::runtime(six), "10.0.0.1")));
    ASSERT_TRUE(isUp(*world, "A", "10.0.0.2"));
    EXPECT_TRUE(peerOf(*world, "A", "10.0.0.2").families.ipv4.isUp);
    EXPECT_FALSE(peerOf(*world, "A", "10.0.0.2").families.ipv6.isUp);
}

TEST(BgpSessionsOfLabs, StrictCapabilityMatchRefusesWhoLacksOne) {
    const auto world = settledWorld(pairOf(neighbor("10.0.0.2", 65002, {"dont-capability-negotiate"}),
                                           neighbor("10.0.0.1", 65001, {"strict-capability-match"})));
    EXPECT_FALSE(isUp(*world, "B", "10.0.0.1"));
    EXPECT_THAT(reasonAt(*world, "B", "10.0.0.1"), HasSubstr("OPEN refused"));
    EXPECT_THAT(reasonAt(*world, "A", "10.0.0.2"),
                HasSubstr("the peer refused our OPEN: Unsupported Capability"));
}

TEST(BgpSessionsOfLabs, OverrideCapabilityForgivesAPeerWithoutAFamilyInCommon) {
    const std::string onlySix = "       no bgp default ipv4-unicast\n";
    const std::string activate = "       address-family ipv6 unicast\n        neighbor 10.0.0.1 activate\n";
    const auto world = [&](const std::vector<std::string>& words) {
        return settledWorld(pairOf(neighbor("10.0.0.2", 65002, words),
                                   onlySix + neighbor("10.0.0.1", 65001, words) + activate));
    };
    const auto refused = world({});
    EXPECT_FALSE(isUp(*refused, "A", "10.0.0.2"));
    EXPECT_THAT(reasonAt(*refused, "A", "10.0.0.2"), HasSubstr("no address family in common"));
    const auto forgiven = world({"override-capability"});
    EXPECT_TRUE(isUp(*forgiven, "A", "10.0.0.2")) << reasonAt(*forgiven, "A", "10.0.0.2");
}

/// A and C are two links apart, and know the way by static routes; B speaks no BGP.
std::string farApart(const std::string& linesOfA, const std::string& linesOfC) {
    return "peerscape: 1\ntitle: Far apart\nrouters:\n"
           "  A:\n    config: |\n      ip route 10.0.2.0/30 10.0.1.2\n      router bgp 65001\n"
           "       bgp router-id 1.1.1.1\n       no bgp ebgp-requires-policy\n" +
           linesOfA +
           "  B: {}\n"
           "  C:\n    config: |\n      ip route 10.0.1.0/30 10.0.2.1\n      router bgp 65003\n"
           "       bgp router-id 1.1.1.3\n       no bgp ebgp-requires-policy\n" +
           linesOfC +
           "       address-family ipv4 unicast\n        network 192.0.3.0/24\n"
           "links:\n"
           "  - {name: ab, ends: {\"A:eth0\": [10.0.1.1/30], \"B:eth0\": [10.0.1.2/30]}, delay: 2ms}\n"
           "  - {name: bc, ends: {\"B:eth1\": [10.0.2.1/30], \"C:eth0\": [10.0.2.2/30]}, delay: 2ms}\n"
           "lans:\n  - {name: nc, ends: {\"C:lan0\": [192.0.3.1/24]}}\n";
}

TEST(BgpSessionsOfLabs, EbgpMultihopReachesBeyondTheNextRouter) {
    const auto world = settledWorld(farApart(neighbor("10.0.2.2", 65003, {"ebgp-multihop 2"}),
                                             neighbor("10.0.1.1", 65001, {"ebgp-multihop 2"})));
    ASSERT_TRUE(isUp(*world, "A", "10.0.2.2")) << reasonAt(*world, "A", "10.0.2.2");
    EXPECT_TRUE(hasRoute(*world, "A", "192.0.3.1"));
}

TEST(BgpSessionsOfLabs, WithoutEbgpMultihopNoAttemptIsMade) {
    const auto world = settledWorld(farApart(neighbor("10.0.2.2", 65003), neighbor("10.0.1.1", 65001)));
    EXPECT_FALSE(isUp(*world, "A", "10.0.2.2"));
    EXPECT_THAT(reasonAt(*world, "A", "10.0.2.2"),
                HasSubstr("the peer is on no network of this router, and ebgp-multihop is not configured"));
    EXPECT_FALSE(hasRoute(*world, "A", "192.0.3.1"));
}

TEST(BgpSessionsOfLabs, AConnectedCheckThatIsDisabledDoesNotMakePacketsLiveLonger) {
    const auto world = settledWorld(farApart(neighbor("10.0.2.2", 65003, {"disable-connected-check"}),
                                             neighbor("10.0.1.1", 65001, {"disable-connected-check"})));
    EXPECT_FALSE(isUp(*world, "A", "10.0.2.2"));
    EXPECT_THAT(reasonAt(*world, "A", "10.0.2.2"), HasSubstr("TTL 1 ran out at B (10.0.1.2)"));
}

/// So long after a cut of the link A's session with B ends.
Duration endsAfter(const std::string& lines) {
    const auto world = settledWorld(
        pairOf(lines + neighbor("10.0.0.2", 65002, {"timers 3 9"}), neighbor("10.0.0.1", 65001)));
    Lab& lab = world->lab();
    EXPECT_TRUE(isUp(*world, "A", "10.0.0.2"));
    const SimTime cut = lab.now();
    const auto link = *world->simulation().topology().segmentNamed("ab");
    EXPECT_TRUE(lab.apply({"cut", action::SetSegment{link, false}}).has_value());
    while (isUp(*world, "A", "10.0.0.2") && lab.now() < cut + Duration::minutes(1))
        lab.runUntil(lab.now() + Duration::milliseconds(100));
    return lab.now() - cut;
}

TEST(BgpSessionsOfLabs, ACableThatFailsEndsThemAtOnceUnlessTheyAreToldToWait) {
    EXPECT_EQ(endsAfter(""), Duration());
    const Duration patient = endsAfter("       no bgp fast-external-failover\n");
    EXPECT_GT(patient, Duration::seconds(5));
    EXPECT_LE(patient, Duration::seconds(9));
}

// Neighbours by interface.

/// A - B - C, without an IPv4 address on any link.
std::string unnumbered(const std::string& more = "") {
    const auto router = [&](int number, const std::vector<std::string>& interfaces) {
        std::string text = fmt::format(
            "    config: |\n      router bgp {}\n       bgp router-id 1.1.1.{}\n"
            "       no bgp ebgp-requires-policy\n       bgp bestpath compare-routerid\n",
            65000 + number, number);
        for (const std::string& name : interfaces)
            text += fmt::format("       neighbor {} interface remote-as external\n", name);
        text += fmt::format(
            "       address-family ipv4 unicast\n        network 192.0.{}.0/24\n"
            "       exit-address-family\n       address-family ipv6 unicast\n"
            "        network 2001:db8:{}::/64\n",
            number, number);
        for (const std::string& name : interfaces)
            text += fmt::format("        neighbor {} activate\n", name);
        return text;
    };
    return "peerscape: 1\ntitle: Unnumbered\nrouters:\n  A:\n" + router(1, {"eth0"}) + "  B:\n" +
           router(2, {"eth0", "eth1"}) + "  C:\n" + router(3, {"eth0"}) +
           "links:\n"
           "  - {name: ab, ends: {\"A:eth0\": [], \"B:eth0\": []}, delay: 2ms}\n"
           "  - {name: bc, ends: {\"B:eth1\": [], \"C:eth0\": []}, delay: 2ms}\n"
           "lans:\n"
           "  - {name: na, ends: {\"A:lan0\": [192.0.1.1/24, \"2001:db8:1::1/64\"]}}\n"
           "  - {name: nb, ends: {\"B:lan0\": [192.0.2.1/24, \"2001:db8:2::1/64\"]}}\n"
           "  - {name: nc, ends: {\"C:lan0\": [192.0.3.1/24, \"2001:db8:3::1/64\"]}}\n" +
           more;
}

TEST(BgpUnnumbered, NeighborsFindEachOtherByTheirLinks) {
    const FinishedRun run = runLab(unnumbered(
        "steps:\n  - name: start\n    expect:\n"
        "      - {session: {router: A, neighbor: B}}\n"
        "      - {session: {router: C, neighbor: B}}\n"
        "      - {best: {router: A, prefix: 192.0.3.0/24, as-path: [65002, 65003]}}\n"
        "      - {reaches: {from: A, to: 192.0.3.1, source: 192.0.1.1, path: [A, B, C]}}\n"
        "      - {reaches: {from: C, to: \"2001:db8:1::1\", source: \"2001:db8:3::1\", path: [C, B, A]}}\n"));
    for (const ExpectationResult& result : run.last().expectations)
        EXPECT_EQ(toString(result.verdict), "pass") << result.expected << "; actual: " << result.actual;
    EXPECT_THAT(run.ask("A", "show ip route 192.0.3.0/24"), HasSubstr("fe80::"));
    EXPECT_THAT(run.ask("A", "show bgp neighbors eth0"), HasSubstr("BGP neighbor on eth0: fe80::"));
    EXPECT_THAT(run.ask("B", "show bgp summary"), HasSubstr("eth1"));
}

TEST(BgpUnnumbered, ALinkThatFailsAndComesBackTakesTheSessionAlong) {
    const auto world = settledWorld(unnumbered());
    ASSERT_TRUE(hasRoute(*world, "A", "192.0.3.1"));
    const auto set = [&](bool isUp) {
        const auto segment = world->simulation().topology().segmentNamed("bc");
        ASSERT_TRUE(world->lab().apply({"cut", action::SetSegment{*segment, isUp}}).has_value());
        ASSERT_TRUE(world->lab().runUntilConverged(Duration::minutes(10)).isConverged);
    };
    set(false);
    EXPECT_FALSE(hasRoute(*world, "A", "192.0.3.1"));
    EXPECT_THAT(reasonAt(*world, "B", "eth1"), HasSubstr("eth1 is down"));
    set(true);
    EXPECT_TRUE(isUp(*world, "B", "eth1")) << reasonAt(*world, "B", "eth1");
    EXPECT_TRUE(hasRoute(*world, "A", "192.0.3.1"));
}

TEST(BgpUnnumbered, ARestartedProcessFindsItsNeighborsAtOnce) {
    const auto world = settledWorld(unnumbered());
    const NodeId b = *world->nodeNamed("B");
    ASSERT_TRUE(world->lab().apply({"stop", action::SetProcess{b, bgp::kBgp, false}}).has_value());
    world->lab().runUntil(world->lab().now() + Duration::seconds(30));
    ASSERT_TRUE(world->lab().apply({"start", action::SetProcess{b, bgp::kBgp, true}}).has_value());
    world->lab().runUntil(world->lab().now() + Duration::milliseconds(100));
    EXPECT_TRUE(peerOf(*world, "B", "eth0").isLocated());
    EXPECT_TRUE(peerOf(*world, "B", "eth1").isLocated());
    ASSERT_TRUE(world->lab().runUntilConverged(Duration::minutes(10)).isConverged);
    EXPECT_TRUE(hasRoute(*world, "A", "192.0.3.1"));
}

TEST(BgpUnnumbered, NobodyAtTheOtherEndIsSaidInWords) {
    const std::string lab =
        "peerscape: 1\ntitle: Alone\nrouters:\n  A:\n    config: |\n"
        "      router bgp 65001\n       neighbor eth0 interface remote-as external\n"
        "  B:\n    config: |\n      hostname B\n"
        "links:\n  - {name: ab, ends: {\"A:eth0\": [], \"B:eth0\": []}, delay: 2ms}\n";
    const FinishedRun run = runLab(
        lab +
        "steps:\n  - name: start\n    expect:\n      - {session: {router: A, neighbor: B, state: Active}}\n");
    EXPECT_EQ(toString(run.expectation().verdict), "pass") << run.expectation().actual;
    EXPECT_TRUE(run.last().convergence.isConverged);
    EXPECT_THAT(reasonAt(*run.world, "A", "eth0"), HasSubstr("nobody on eth0 has said yet that it is there"));
}

TEST(BgpUnnumbered, WhoHasNotAgreedToItIsToldANextHopOfIpv4) {
    // Of A - B - C only A and B know each other by their link.
    const auto world = settledWorld(
        "peerscape: 1\ntitle: Mixed\nrouters:\n"
        "  A:\n    config: |\n      router bgp 65001\n       bgp router-id 1.1.1.1\n"
        "       no bgp ebgp-requires-policy\n       neighbor eth0 interface remote-as external\n"
        "       address-family ipv4 unicast\n        network 192.0.1.0/24\n"
        "  B:\n    config: |\n      router bgp 65002\n       no bgp ebgp-requires-policy\n"
        "       neighbor eth0 interface remote-as external\n" +
        neighbor("10.0.0.2", 65003) + neighbor("10.0.0.10", 65002) +
        "  C:\n    config: |\n      router bgp 65003\n       no bgp ebgp-requires-policy\n" +
        neighbor("10.0.0.1", 65002) + "  D:\n    config: |\n      router bgp 65002\n" +
        neighbor("10.0.0.9", 65002) +
        "links:\n"
        "  - {name: ab, ends: {\"A:eth0\": [], \"B:eth0\": []}, delay: 2ms}\n"
        "  - {name: bc, ends: {\"B:eth1\": [10.0.0.1/30], \"C:eth0\": [10.0.0.2/30]}, delay: 2ms}\n"
        "  - {name: bd, ends: {\"B:eth2\": [10.0.0.9/30], \"D:eth0\": [10.0.0.10/30]}, delay: 2ms}\n"
        "lans:\n  - {name: na, ends: {\"A:lan0\": [192.0.1.1/24]}}\n");
    for (const std::string name : {"C", "D"}) {
        ASSERT_TRUE(hasRoute(*world, name, "192.0.1.1")) << name;
        const auto answer = world->command(*world->nodeNamed(name), "show ip route 192.0.1.0/24");
        EXPECT_THAT(answer.value_or(""), HasSubstr(name == "C" ? "10.0.0.1" : "10.0.0.9"));
    }
    EXPECT_FALSE(peerOf(*world, "C", "10.0.0.1").wire.hasExtendedNextHop);
}

TEST(BgpUnnumbered, OnANetworkOfTwoTheNeighborHasTheOtherAddress) {
    const std::string line = "       neighbor eth0 interface remote-as external\n";
    std::string lab = pairOf(line, line);
    for (auto at = lab.find("/29"); at != std::string::npos; at = lab.find("/29"))
        lab.replace(at, 3, "/30");
    const auto world = settledWorld(lab);
    EXPECT_EQ(toString(peerOf(*world, "A", "eth0").address()), "10.0.0.2");
    EXPECT_EQ(toString(peerOf(*world, "B", "eth0").address()), "10.0.0.1");
    EXPECT_TRUE(hasRoute(*world, "A", "192.0.2.1"));
    const std::string six = "       neighbor eth0 interface v6only remote-as external\n";
    std::string onlySix = pairOf(six, six);
    for (auto at = onlySix.find("/29"); at != std::string::npos; at = onlySix.find("/29"))
        onlySix.replace(at, 3, "/30");
    const auto other = settledWorld(onlySix);
    EXPECT_TRUE(peerOf(*other, "A", "eth0").address().isLinkLocal());
    EXPECT_TRUE(hasRoute(*other, "A", "192.0.2.1"));
}

}  // namespace
}  // namespace peerscape

// What is said of BGP's routes, of those that are missing, and of its sessions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/explain/bgp_absence.hpp"
#include "tests/scenarios/explain/eigrp_fixture.hpp"

namespace peerscape {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(BgpStory, GoesFromTheBestPathBackToTheNetworkStatement) {
    const Asked asked = std::move(Asked::shipped("bgp-four-buildings").converge());
    EXPECT_TRUE(standInOrder(
        asked.explain("A", "198.51.100.192/26"),
        {"D put 198.51.100.192/26 into its table: connected",
         "D told A that 198.51.100.192/26 is reachable with AS path 65004 (BGP UPDATE, 1 prefix, path 65004, "
         "next hop 192.0.2.6 from 192.0.2.6 to 192.0.2.5), out of eth0; it reached A on eth1 at ",
         "D announces it because of 'network 198.51.100.192/26' (",
         "A put 198.51.100.192/26 into its table: bgp, distance 20, metric 0, via 192.0.2.6 on eth1.",
         "How BGP of A chooses (2 paths):\n  from D (192.0.2.6): AS path 65004, next hop 192.0.2.6, since ",
         "): the best one.\n  from B (192.0.2.2): AS path 65002 65004, next hop 192.0.2.2, since ",
         "lost at the step as-path-length: its AS path is longer (2 against 1).\n"}));
}

TEST(BgpStory, ALinkThatFailsEndsTheSession) {
    Asked asked = Asked::shipped("bgp-four-buildings");
    asked.converge().fail("ad").run(Duration::seconds(1));
    EXPECT_TRUE(
        standInOrder(asked.explain("A", "198.51.100.192/26"),
                     {"Link ad failed.", "A lost its interface eth1.",
                      "The BGP session of A with D ended: the peer is on no network of this router",
                      "A put 198.51.100.192/26 into its table: bgp, distance 20, metric 0, via 192.0.2.2",
                      "How BGP of A chooses (1 path):\n  from B (192.0.2.2): AS path 65002 65004"}));
}

TEST(BgpStory, AMessageThatOthersPassOnIsToldOnce) {
    Asked asked = Asked::shipped("bgp-over-rip");
    asked.converge()
        .configure("R1", {"router bgp 65001", "address-family ipv4 unicast",
                          "neighbor 203.0.113.2 next-hop-self", "neighbor 203.0.113.3 next-hop-self"})
        .converge();
    const std::string text = asked.explain("R3", "198.51.100.64/26");
    EXPECT_THAT(text, HasSubstr("R1 told R3 that 198.51.100.64/26 is reachable with AS path 65002"));
    EXPECT_THAT(text,
                HasSubstr("from 203.0.113.1 to 203.0.113.3), out of eth1, by way of R2; it reached R3 on "));
    EXPECT_THAT(text, Not(HasSubstr("R2 told")));
    // Paths that are not in the table, and why.
    EXPECT_THAT(text, HasSubstr("none from C (192.0.2.6): C tells it with AS path 65003 65001 65002, and R3 "
                                "refuses it: the AS path has the own number 65001: a loop.\n"));
    EXPECT_THAT(text,
                HasSubstr("none from R2 (203.0.113.2): R2 has it (AS path 65002) and does not tell R3: a "
                          "route from an internal neighbor goes to no other internal neighbor.\n"));
}

TEST(BgpDecision, GivesBothValuesOfTheStepThatDecided) {
    Asked asked = Asked::shipped("bgp-local-preference");
    asked.converge()
        .configure("A", {"route-map FROM-B permit 10", "set local-preference 200", "exit", "router bgp 65001",
                         "address-family ipv4 unicast", "neighbor 192.0.2.2 route-map FROM-B in"})
        .converge();
    EXPECT_THAT(asked.explain("A", "198.51.100.192/26"),
                HasSubstr("lost at the step local-pref: its local preference is lower (100 against 200).\n"));
    Asked exits = Asked::shipped("bgp-med-and-hot-potato");
    EXPECT_THAT(exits.converge().explain("A3", "198.51.100.0/24"),
                HasSubstr("lost at the step igp-metric: its next hop is farther away (3 against 2).\n"));
    EXPECT_THAT(exits.explain("A2", "198.51.100.0/24"),
                HasSubstr("lost at the step peer-type: it comes from inside the AS, and the other one from "
                          "outside.\n"));
}

TEST(BgpWhyNot, TheNextHopCannotBeReached) {
    Asked asked = Asked::shipped("bgp-over-rip");
    const std::string text = asked.converge().whyNot("R3", "198.51.100.64/26");
    EXPECT_THAT(text, HasSubstr("from R1 (203.0.113.1): AS path 65002, next hop 192.0.2.1, since "));
    EXPECT_THAT(text, HasSubstr("cannot be used: R3 has no route to its next hop 192.0.2.1 ('why-not R3 "
                                "192.0.2.1' says why).\n"));
    // What RIP would need to tell of a BGP route is beside the point.
    EXPECT_THAT(text, Not(HasSubstr("no redistribute")));
}

TEST(BgpWhyNot, TheRuleThatWithholdsOrRefusesIsNamed) {
    Asked asked = Asked::shipped("bgp-default-deny");
    EXPECT_THAT(
        asked.converge().whyNot("A", "198.51.100.64/26"),
        HasSubstr("In BGP, A knows no path to it:\n  B has it (an empty AS path) and does not tell A: no "
                  "export policy for an external neighbor (RFC 8212).\n"));
    asked
        .configure("B", {"router bgp 65002", "address-family ipv4 unicast",
                         "neighbor 192.0.2.1 prefix-list OWN out"})
        .converge();
    EXPECT_THAT(asked.whyNot("A", "198.51.100.64/26"),
                HasSubstr("B tells it with AS path 65002, and A refuses it: no import policy for an external "
                          "neighbor (RFC 8212).\n"));
    Asked filtered = Asked::shipped("bgp-prefix-list");
    filtered.converge()
        .configure("Provider", {"router bgp 65001", "address-family ipv4 unicast",
                                "neighbor 192.0.2.2 prefix-list UP-TO-24 in"})
        .converge();
    EXPECT_THAT(
        filtered.whyNot("Provider", "198.51.100.64/28"),
        HasSubstr("and Provider refuses it: denied by prefix-list UP-TO-24 (no entry of it matches).\n"));
}

TEST(BgpWhyNot, FollowsTheSessionsToWhereTheNewsStops) {
    Asked asked = Asked::shipped("bgp-over-rip");
    asked.converge()
        .configure("R1", {"router bgp 65001", "address-family ipv4 unicast",
                          "neighbor 203.0.113.2 next-hop-self", "neighbor 203.0.113.3 next-hop-self"})
        .converge()
        .fail("r2-r3")
        .run(Duration::minutes(10));
    EXPECT_TRUE(standInOrder(asked.whyNot("C", "198.51.100.64/26"),
                             {"How it was lost:\n", "Link r2-r3 failed.",
                              "R3 told C that 198.51.100.64/26 is out of reach (BGP UPDATE, 1 withdrawn",
                              "In BGP, C knows no path to it:\n",
                              "R3 has no session with R1 (203.0.113.1): ", "no route to the peer",
                              "R1 has a path to it.\n", "BGP has no path to it either on: R3.\n"}));
}

TEST(BgpWhyNot, ARouteThatNobodyPutIntoBgp) {
    Asked asked = Asked::shipped("bgp-four-buildings");
    asked.converge()
        .configure("D", {"router bgp 65004", "address-family ipv4 unicast", "no network 198.51.100.192/26"})
        .converge();
    EXPECT_THAT(
        asked.whyNot("C", "198.51.100.192/26"),
        HasSubstr("D has it (connected, directly on lan0), but not in BGP: no network statement names it, "
                  "and no redistribute statement takes it.\n"));
    asked.configure("D", {"router bgp 65004", "address-family ipv4 unicast", "network 198.51.100.0/25"})
        .converge();
    EXPECT_THAT(
        asked.whyNot("C", "198.51.100.0/25"),
        HasSubstr("D has 'network 198.51.100.0/25', but no such route in its table, and announces only "
                  "what it has.\n"));
}

TEST(BgpNeighbor, SaysWhyTheSessionIsDownAndHowTheOtherSideSeesIt) {
    Asked asked = Asked::shipped("bgp-stuck-neighbors");
    asked.run(Duration::minutes(5));
    const auto about = [&](std::string_view neighbor) {
        return explainNeighbor(asked.evidence(), asked.node("H"), neighbor).value();
    };
    EXPECT_TRUE(standInOrder(
        about("WrongAs"),
        {"The session of H with WrongAs (192.0.2.2) is Idle: OPEN refused: the peer says AS 65001, 65009 was "
         "expected",
         "For WrongAs its session with H (192.0.2.1) is Idle: the peer refused our OPEN: Bad Peer AS",
         "What happened last:\n", "OPEN refused: the peer says AS 65001, 65009 was expected (record "}));
    EXPECT_THAT(about("192.0.2.10"), HasSubstr("Unaware has no neighbor with an address of H.\n"));
    EXPECT_THAT(about("Shut"), HasSubstr("is Idle: shut down by its administrator.\n"));
    const auto unknown = explainNeighbor(asked.evidence(), asked.node("H"), "192.0.2.99");
    ASSERT_FALSE(unknown.has_value());
    EXPECT_EQ(unknown.error().message, "H has no neighbor '192.0.2.99'");
}

}  // namespace
}  // namespace peerscape

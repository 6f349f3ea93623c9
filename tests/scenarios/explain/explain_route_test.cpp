// From the configuration line or the fault to the row of the table, on real labs.
#include "scenarios/explain/explain_route.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/explain/explain_fixture.hpp"

namespace peerscape {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// Whether the parts stand in the text in this order.
testing::AssertionResult inOrder(const std::string& text, const std::vector<std::string>& parts) {
    std::size_t at = 0;
    for (const std::string& part : parts) {
        at = text.find(part, at);
        if (at == std::string::npos)
            return testing::AssertionFailure() << "'" << part << "' is missing or out of order in:\n" << text;
    }
    return testing::AssertionSuccess();
}

TEST(ExplainRoute, GoesFromTheFarRoutersLineToTheRow) {
    Asked asked(ripLine(""));
    const std::string text = asked.converge().explain("A", "10.3.0.0/16");
    EXPECT_TRUE(inOrder(
        text, {"0.000000 s  C switched on with its configuration.", "C's interface lan0 is up.",
               "C put 10.3.0.0/16 into its table: connected, directly on lan0.",
               "Configured by 'C:lan0: 10.3.0.1/16 on LAN lan-c' (lab.yaml:24).",
               "C told B that 10.3.0.0/16 is reachable with metric 1", "out of eth0; it reached B on eth1 at",
               "C announces it because of 'network 0.0.0.0/0' (lab.yaml:18).",
               "B put 10.3.0.0/16 into its table: rip, distance 120, metric 2, via 2.2.2.2 on eth1.",
               "B told A that 10.3.0.0/16 is reachable with metric 2",
               "A put 10.3.0.0/16 into its table: rip, distance 120, metric 3, via 1.1.1.2 on eth0.",
               "The table of A now:\nR>* 10.3.0.0/16 [120/3] via 1.1.1.2, eth0, weight 1, "}));
    EXPECT_THAT(text, Not(HasSubstr("timer")));
}

TEST(ExplainRoute, AConnectedNetworkLeadsToItsAddress) {
    Asked asked(
        "peerscape: 1\nrouters:\n  A:\n    config: |\n      interface lan0\n       ip address 10.1.0.1/16\n");
    EXPECT_TRUE(inOrder(asked.explain("A", "10.1.0.0/16"),
                        {"A switched on", "A's interface lan0 is up.", "A put 10.1.0.0/16",
                         "Configured by 'ip address 10.1.0.1/16' (lab.yaml:6).", "C>* 10.1.0.0/16"}));
}

TEST(ExplainRoute, AStaticRouteLeadsToItsLine) {
    Asked asked = Asked::shipped("four-buildings-static");
    EXPECT_THAT(asked.converge().explain("A", "10.4.0.0/16"),
                ContainsRegex("Configured by 'ip route 10.4.0.0/16 1.1.1.2' \\(.*lab.yaml:[0-9]+\\)."));
}

TEST(ExplainRoute, ALineThatWasTypedHasNoPlace) {
    Asked asked(kStaticLine);
    asked.converge().configure("A", {"ip route 10.77.0.0/16 1.1.1.2"});
    EXPECT_TRUE(inOrder(
        asked.run(Duration::seconds(1)).explain("A", "10.77.0.0/16"),
        {"A configured: ip route 10.77.0.0/16 1.1.1.2.",
         "Configured by 'ip route 10.77.0.0/16 1.1.1.2' (typed while the lab ran).", "S>* 10.77.0.0/16"}));
}

TEST(ExplainRoute, ALostRouteLeadsToTheLinkThatFailed) {
    Asked asked(ripLine(""));
    asked.converge().fail("bc").run(Duration::seconds(3));
    EXPECT_TRUE(inOrder(
        asked.explain("A", "10.3.0.0/16"),
        {"A has no route to 10.3.0.0/16.", "How it was lost:", "Link bc failed.",
         "B lost its interface eth1.", "B took 10.3.0.0/16 out of its table",
         "B told A that 10.3.0.0/16 is out of reach (metric 16)",
         "A took 10.3.0.0/16 out of its table; it was: rip, distance 120, metric 3, via 1.1.1.2 on eth0.",
         "RIP holds it with metric 16, out of reach, and forgets it at"}));
}

TEST(ExplainRoute, ARouteThatTimedOutLeadsToTheSilentFailure) {
    Asked asked(ripLine(""));
    asked.converge().silence("bc").run(Duration::seconds(25));
    EXPECT_TRUE(
        inOrder(asked.explain("A", "10.3.0.0/16"),
                {"Link bc failed silently.", "B last heard of 10.3.0.0/16 from C (2.2.2.2) at ",
                 "of its messages since then were lost on bc (", "B took 10.3.0.0/16 out of its table",
                 "B told A that 10.3.0.0/16 is out of reach"}));
}

TEST(ExplainRoute, ARouteThatTimedOutLeadsToTheProcessThatEnded) {
    Asked asked(ripLine(""));
    asked.converge();
    ASSERT_TRUE(asked.world().setProcess(asked.node("C"), "rip", false).has_value());
    EXPECT_TRUE(inOrder(asked.run(Duration::seconds(25)).explain("B", "10.3.0.0/16"),
                        {"rip on C stopped.", "C ended RIP.", "Since then its process no longer ran.",
                         "B took 10.3.0.0/16 out of its table"}));
}

TEST(ExplainRoute, OtherRoutesSayWhatSpeaksAgainstThem) {
    Asked asked(
        ripLine("       network 0.0.0.0/0\n      ip route 10.3.0.0/16 1.1.1.2\n      ip route 10.3.0.0/16 "
                "9.9.9.9 5\n"));
    const std::string text = asked.converge().explain("A", "10.3.0.0/16");
    EXPECT_THAT(text, HasSubstr("S>* 10.3.0.0/16 [1/0] via 1.1.1.2"));
    EXPECT_THAT(text,
                HasSubstr("Not selected: rip, distance 120, metric 3, via 1.1.1.2 on eth0: its distance "
                          "120 is higher than 1."));
}

TEST(ExplainRoute, OffersThatRipDidNotTakeSayWhy) {
    Asked asked = Asked::shipped("four-buildings-rip");
    EXPECT_THAT(
        asked.converge().explain("A", "10.4.0.0/16"),
        ContainsRegex("(B|C) offered it on eth[01] with metric 2: metric 3 is no better than that of the "
                      "route heard first."));
    EXPECT_THAT(
        asked.explain("A", "10.2.0.0/16"),
        HasSubstr("C offered it on eth1 with metric 3: with its cost that is metric 4, more than 2."));
}

TEST(ExplainRoute, ALogThatWasCutSaysSo) {
    Asked asked(ripLine(""));
    asked.converge();
    asked.lab().log().discardBefore(RecordId(asked.lab().log().count()));
    EXPECT_THAT(asked.explain("A", "10.3.0.0/16"), StartsWith("The log no longer keeps how it came.\n"));
}

}  // namespace
}  // namespace peerscape

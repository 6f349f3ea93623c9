// Where news of a network stopped, and by which rule: one lab for each rule.
#include "scenarios/explain/why_not.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/explain/explain_fixture.hpp"

namespace peerscape {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kEverywhere = "       network 0.0.0.0/0\n";
const std::string kTarget = "10.3.0.0/16";

/// What stops 10.3.0.0/16 of C on its way to A when B is given these lines.
std::string whenBHas(const std::string& lines) {
    Asked asked(ripLine("", lines));
    return asked.run(Duration::seconds(30)).whyNot("A", kTarget);
}
std::string whenAHas(const std::string& lines) {
    Asked asked(ripLine(lines));
    return asked.run(Duration::seconds(30)).whyNot("A", kTarget);
}

TEST(WhyNot, ARouteThatIsThereIsShown) {
    Asked asked(ripLine(""));
    EXPECT_THAT(asked.converge().whyNot("A", kTarget),
                StartsWith("A has a route to 10.3.0.0/16:\nR>* 10.3.0.0/16 [120/3] via 1.1.1.2"));
}

TEST(WhyNot, NobodyHasIt) {
    Asked asked(ripLine(""));
    EXPECT_EQ(asked.converge().whyNot("A", "10.9.0.0/16"),
              "A has no route to 10.9.0.0/16.\nWhy there is none now:\n"
              "  Routers around it that have no route either: B, C.\n"
              "  No node of the lab that it is cabled to has the route.\n");
}

TEST(WhyNot, OfAnAddressLooksForTheLongestPrefixAroundIt) {
    Asked asked(ripLine("", "", "       network 2.2.2.0/30\n"));
    asked.converge();
    EXPECT_THAT(whyNot(asked.evidence(), asked.node("A"), IpAddress::parse("10.3.7.7").value()),
                StartsWith("A has no route to 10.3.0.0/16.\n"));
    EXPECT_THAT(whyNot(asked.evidence(), asked.node("A"), IpAddress::parse("2.2.2.2").value()),
                StartsWith("A has a route to 2.2.2.2:\nR>* 2.2.2.0/30"));
    EXPECT_EQ(whyNot(asked.evidence(), asked.node("A"), IpAddress::parse("99.9.9.9").value()),
              "A has no route to 99.9.9.9, and neither has any other node of the lab.\n");
}

TEST(WhyNot, APassiveInterface) {
    EXPECT_THAT(
        whenBHas(kEverywhere + "       passive-interface eth0\n"),
        HasSubstr("B does not announce it on ab: its interface eth0 is passive (passive-interface).\n"));
}

TEST(WhyNot, ANetworkThatNoStatementCovers) {
    Asked asked(ripLine("", "", "       network 2.2.2.0/30\n"));
    const std::string text = asked.converge().whyNot("A", kTarget);
    EXPECT_THAT(text,
                HasSubstr("C has it (connected, directly on lan0), and it stops on the way to B over bc:"));
    EXPECT_THAT(text,
                HasSubstr("C does not announce it on bc: its own table does not hold it.\n    C has it as: "
                          "connected, directly on lan0; no network statement covers it and there is no "
                          "redistribute connected.\n"));
    EXPECT_THAT(text, HasSubstr("Routers around it that have no route either: B.\n"));
}

TEST(WhyNot, AnInterfaceThatNoStatementCovers) {
    EXPECT_THAT(whenBHas("       network 2.2.2.0/30\n"),
                HasSubstr("B does not announce it on ab: no network statement covers its interface eth0.\n"));
    EXPECT_THAT(whenAHas("       network 10.0.0.0/8\n"),
                HasSubstr("RIP of A does not run on eth0: no network statement covers it.\n"));
}

TEST(WhyNot, ADistributeList) {
    const std::string list = "      access-list NO deny 10.3.0.0/16\n      access-list NO permit any\n";
    EXPECT_THAT(
        whenBHas(kEverywhere + "       distribute-list NO out eth0\n" + list),
        HasSubstr(
            "B does not announce it on ab: distribute-list NO out denies it: seq 5 deny 10.3.0.0/16.\n"));
    EXPECT_THAT(
        whenAHas(kEverywhere + "       distribute-list NO in\n" + list),
        ContainsRegex("B told A of it at [0-9.]+ s with metric 2, and A does not take it: distribute-list NO "
                      "in denies it: seq 5 deny 10.3.0.0/16.\n"));
    const std::string prefixes = "      ip prefix-list P permit 10.1.0.0/16\n";
    EXPECT_THAT(whenAHas(kEverywhere + "       distribute-list prefix P in eth0\n" + prefixes),
                HasSubstr("distribute-list prefix P in denies it: no entry of it matches.\n"));
}

TEST(WhyNot, ARouteMap) {
    const std::string map = "      route-map RM deny 10\n";
    EXPECT_THAT(whenBHas(kEverywhere + "       route-map RM out eth0\n" + map),
                HasSubstr("B does not announce it on ab: route-map RM deny 10.\n"));
    EXPECT_THAT(whenAHas(kEverywhere + "       route-map RM in eth0\n" + map),
                HasSubstr("and A does not take it: route-map RM deny 10.\n"));
}

TEST(WhyNot, AMetricOfSixteen) {
    const std::string all = "      access-list ALL permit any\n";
    EXPECT_THAT(whenBHas(kEverywhere + "       offset-list ALL out 14 eth0\n" + all),
                HasSubstr("with what an offset-list or route-map adds its metric is 16.\n"));
    EXPECT_THAT(whenAHas(kEverywhere + "       offset-list ALL in 14\n" + all),
                HasSubstr("and A does not take it: metric 2 and the cost 14 make 16, out of reach.\n"));
}

TEST(WhyNot, AProtocolThatDoesNotRun) {
    Asked asked(
        "peerscape: 1\nrouters: {A: {}, B: {config: \"router rip\\n network 0.0.0.0/0\\n\"}}\nlinks:\n"
        "  - {name: ab, ends: {\"A:eth0\": [1.1.1.1/30], \"B:eth0\": [1.1.1.2/30]}}\n"
        "lans:\n  - {name: b, ends: {\"B:lan0\": [10.3.0.1/16]}}\n");
    EXPECT_THAT(asked.converge().whyNot("A", kTarget), HasSubstr("    A does not run RIP.\n"));
    Asked line(ripLine(""));
    line.converge();
    ASSERT_TRUE(line.world().setProcess(line.node("B"), "rip", false).has_value());
    EXPECT_THAT(line.run(Duration::seconds(30)).whyNot("A", kTarget), HasSubstr("\n  C has it"));
}

TEST(WhyNot, AStoppedProcess) {
    Asked asked(ripLine(""));
    asked.converge();
    ASSERT_TRUE(asked.world().setProcess(asked.node("A"), "rip", false).has_value());
    EXPECT_THAT(asked.whyNot("A", kTarget), HasSubstr("    RIP on A was stopped.\n"));
}

TEST(WhyNot, ALinkThatFailedOrIsSilent) {
    Asked failed(ripLine(""));
    EXPECT_THAT(failed.converge().fail("ab").whyNot("A", kTarget), HasSubstr("    ab has failed.\n"));
    Asked pulled(ripLine(""));
    EXPECT_THAT(pulled.converge().fail("A:eth0").whyNot("A", kTarget),
                HasSubstr("    The cable of A:eth0 is pulled.\n"));
    Asked silent(ripLine(""));
    EXPECT_THAT(silent.converge().silence("ab").run(Duration::seconds(20)).whyNot("A", kTarget),
                HasSubstr("    What B sends over ab vanishes.\n"));
}

TEST(WhyNot, AuthenticationThatFails) {
    Asked asked = Asked::shipped("rip-authentication");
    EXPECT_THAT(
        asked.converge().whyNot("R1", kTarget),
        ContainsRegex("R1 refuses what R3 says, such as its message of [0-9.]+ s: its digest is wrong.\n"));
}

TEST(WhyNot, AVersionThatIsNotAccepted) {
    Asked asked(ripLine("       version 1\n" + kEverywhere));
    EXPECT_THAT(
        asked.run(Duration::seconds(30)).whyNot("A", kTarget),
        ContainsRegex("A refuses what B says, such as its message of [0-9.]+ s: version 2 is not accepted on "
                      "eth0.\n"));
}

TEST(WhyNot, AStaticRouteThatCannotBeUsed) {
    Asked asked(ripLine("      ip route 10.9.0.0/16 9.9.9.9\n      ip route 10.9.0.0/16 lan7\n"));
    const std::string text = asked.converge().whyNot("A", "10.9.0.0/16");
    EXPECT_THAT(text, ContainsRegex(
                          "Its static route 'ip route 10.9.0.0/16 [^']*' \\(lab.yaml:[0-9]+\\) is not used: "
                          "its next hop 9.9.9.9 cannot be reached.\n"));
    EXPECT_THAT(text, HasSubstr("is not used: there is no interface lan7.\n"));
}

TEST(WhyNot, NewsThatIsStillUnderWay) {
    Asked asked(ripLine(""));
    const std::string text = asked.run(Duration::milliseconds(1010)).whyNot("A", kTarget);
    EXPECT_THAT(text, HasSubstr("    No rule speaks against it, but"));
    EXPECT_THAT(text, ContainsRegex("    The next update of (B|C) is due at [0-9.]+ s.\n"));
}

}  // namespace
}  // namespace peerscape

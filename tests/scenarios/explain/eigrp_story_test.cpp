// How EIGRP's routes came and went: adjacencies, updates, queries and replies, lost neighbours.
#include <algorithm>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/explain/records_view.hpp"
#include "tests/scenarios/explain/eigrp_fixture.hpp"

namespace peerscape {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kFar = "10.3.0.0/16";

TEST(ExplainEigrp, GoesFromTheFarRoutersLineToTheRow) {
    Asked asked(eigrpLine());
    const std::string text = asked.converge().explain("A", kFar);
    EXPECT_TRUE(standInOrder(
        text, {"C switched on with its configuration.", "C put 10.3.0.0/16 into its table: connected",
               "C told B that 10.3.0.0/16 is reachable with metric 28160 (EIGRP update, AS 1, ",
               "from 2.2.2.2 to 2.2.2.1), out of eth0; it reached B on eth1 at ",
               "C announces it because of 'network 0.0.0.0/0' (lab.yaml:",
               "C tells its new neighbor B all it knows.\n",
               "B put 10.3.0.0/16 into its table: eigrp, distance 90, metric 30720, via 2.2.2.2 on eth1.",
               "B told A that 10.3.0.0/16 is reachable with metric 30720 (EIGRP update, ",
               "A put 10.3.0.0/16 into its table: eigrp, distance 90, metric 33280, via 1.1.1.2 on eth0.",
               "The table of A now:\nE>* 10.3.0.0/16 [90/33280] via 1.1.1.2, eth0, "}));
    EXPECT_THAT(text, Not(HasSubstr("timer")));
}

TEST(ExplainEigrp, SpeaksOfIpv6AsOfIpv4) {
    const std::string block = "      ipv6 router eigrp 1\n";
    const std::string eth0 = "      interface eth0\n       ipv6 eigrp 1\n";
    const std::string lan0 = "      interface lan0\n       ipv6 eigrp 1\n";
    Asked asked("peerscape: 1\nrouters:\n  A:\n    config: |\n" + eth0 + block + "  B:\n    config: |\n" +
                eth0 + lan0 + block +
                "links:\n  - {name: ab, ends: {\"A:eth0\": [\"2001:db8:1::1/64\"], \"B:eth0\": "
                "[\"2001:db8:1::2/64\"]}}\n"
                "lans:\n  - {name: lan-b, ends: {\"B:lan0\": [\"2001:db8:2::1/64\"]}}\n");
    EXPECT_TRUE(standInOrder(
        asked.converge().explain("A", "2001:db8:2::/64"),
        {"B told A that 2001:db8:2::/64 is reachable with metric 28160 (EIGRP for IPv6 update, AS 1, ",
         "B announces it because of 'ipv6 eigrp 1' (lab.yaml:13).",
         "B tells its new neighbor A all it knows.",
         "A put 2001:db8:2::/64 into its table: eigrp6, distance 90, metric 30720, via fe80::",
         "How EIGRP of A weighs it:", "Delay: 100 (A:eth0) + 100 (B:lan0) = 200 us.", "via B fe80::"}));
    asked.fail("ab").run(Duration::seconds(1));
    EXPECT_TRUE(standInOrder(
        asked.explain("A", "2001:db8:2::/64"),
        {"A lost its neighbor B on eth0: interface down.",
         "In A, 2001:db8:2::/64 goes active (Active 1, IE4): no way is left; there is nobody to ask.",
         "B and A are no neighbors in EIGRP for IPv6."}));
}

TEST(ExplainEigrp, AnAdjacencyLeadsToTheLinkThatCameBack) {
    Asked asked(eigrpLine());
    asked.converge().fail("bc").run(Duration::seconds(1));
    ASSERT_TRUE(asked.world().setTarget("bc", true).has_value());
    EXPECT_TRUE(standInOrder(asked.converge().explain("B", kFar),
                             {"C told B that 10.3.0.0/16 is reachable",
                              "C tells its new neighbor B all it knows. That goes back to ",
                              " s: Link bc restored.\n", "B put 10.3.0.0/16 into its table"}));
}

TEST(ExplainEigrp, ALostRouteLeadsOverTheQueryToTheLinkThatFailed) {
    Asked asked(eigrpLine());
    asked.converge().fail("bc").run(Duration::seconds(1));
    EXPECT_TRUE(standInOrder(asked.explain("A", kFar),
                             {"How it was lost:", "Link bc failed.", "B lost its interface eth1.",
                              "B lost its neighbor C on eth1: interface down.",
                              "In B, 10.3.0.0/16 goes active (Active 1, IE4): no way is left; asked: A.",
                              "B took 10.3.0.0/16 out of its table",
                              "B asked A for a way to 10.3.0.0/16, having none itself (EIGRP query, ",
                              "In A, 10.3.0.0/16 goes active (Active 3, IE3): the successor asks, and no way "
                              "is left; there is nobody "
                              "to ask.",
                              "A took 10.3.0.0/16 out of its table"}));
}

TEST(ExplainEigrp, AnExpiredHoldTimeLeadsToTheSilentFailure) {
    Asked asked(eigrpLine());
    asked.converge().silence("bc").run(Duration::seconds(20));
    EXPECT_TRUE(standInOrder(
        asked.explain("B", kFar),
        {"Link bc failed silently.", "B last heard C (2.2.2.2) at ",
         "of its messages since then were lost on bc (swallowed by a silently failed link)",
         "B lost its neighbor C on eth1: hold time expired.", "B took 10.3.0.0/16 out of its table"}));
}

TEST(ExplainEigrp, AnExpiredHoldTimeLeadsToTheProcessThatEnded) {
    Asked asked(eigrpLine());
    asked.converge();
    ASSERT_TRUE(asked.world().setProcess(asked.node("C"), "eigrp", false).has_value());
    EXPECT_TRUE(
        standInOrder(asked.run(Duration::seconds(20)).explain("B", kFar),
                     {"eigrp on C stopped.", "C ended EIGRP.", "Since then its process no longer ran.",
                      "B lost its neighbor C on eth1: hold time expired."}));
}

TEST(ExplainEigrp, AGoodbyeLeadsToTheConfiguration) {
    Asked asked(eigrpLine());
    asked.converge().configure("C", {"router eigrp 1", "no network 0.0.0.0/0"});
    EXPECT_TRUE(standInOrder(asked.run(Duration::seconds(1)).explain("B", kFar),
                             {"C configured: router eigrp 1 (and 1 more).",
                              "C sent B a packet (EIGRP goodbye, AS 1 from 2.2.2.2 to 224.0.0.10)",
                              "B lost its neighbor C on eth1: goodbye received."}));
}

TEST(ExplainEigrp, ARetryLimitLeadsToThePacketsThatNeverArrived) {
    // C is not to miss B for ten minutes, so that it is B who notices.
    Asked asked(eigrpLine("", "      interface eth1\n       ip hold-time eigrp 1 600\n" + kEigrpEverywhere));
    asked.converge();
    const Topology& topology = asked.world().simulation().topology();
    const SegmentId segment = *topology.segmentNamed("bc");
    const auto& ends = topology.segment(segment).ends;
    const auto b = std::ranges::find(ends, asked.node("B"), &InterfaceRef::node);
    ASSERT_TRUE(asked.lab()
                    .apply({"B is not heard", action::SetSilence{segment, true, *b, true, false}})
                    .has_value());
    asked.configure("A", {"interface eth0", "ip address 10.9.0.1/16"});
    EXPECT_TRUE(standInOrder(
        asked.run(Duration::minutes(2)).explain("B", kFar),
        {"C last acknowledged a packet of B at ",
         "of its messages since then were lost on bc (swallowed by a silently failed link).",
         "B lost its neighbor C on eth1: retry limit exceeded.", "B took 10.3.0.0/16 out of its table"}));
}

TEST(ExplainEigrp, AFeasibleSuccessorTakesOverWithoutAsking) {
    Asked asked = Asked::shipped("eigrp-feasible-successor");
    asked.converge().fail("ab").run(Duration::seconds(1));
    EXPECT_TRUE(standInOrder(
        asked.explain("A", "10.4.0.0/16"),
        {"Before that it had another route and lost it:",
         "A took 10.4.0.0/16 out of its table; it was: eigrp, distance 90, metric 33280, via 10.0.12.2 on "
         "eth0.",
         "And now:", "Link ab failed.", "A lost its neighbor B on eth0: interface down.",
         "A asks nobody: C is a feasible successor, which told it at ",
         " s that 10.4.0.0/16 is reachable with metric 30720.", "A put 10.4.0.0/16 into its table"}));
}

TEST(ExplainEigrp, TheQueryWaveIsToldFromQuestionToReply) {
    Asked asked = Asked::shipped("eigrp-query-wave");
    asked.converge().fail("cd").run(Duration::seconds(1));
    EXPECT_TRUE(standInOrder(
        asked.explain("C", "10.4.0.0/16"),
        {"In C, 10.4.0.0/16 goes active (Active 1, IE4): no way is left; asked: B.",
         "And now:", "A replied to B that 10.4.0.0/16 is reachable with metric 33280 (EIGRP reply, ",
         "B had asked A, which heard it at ",
         "In B, 10.4.0.0/16 is passive again (IE13): all replies are in; the way is now via A, "
         "distance "
         "35840.",
         "B replied to C that 10.4.0.0/16 is reachable with metric 35840 (EIGRP reply, ",
         "C had asked B, which heard it at ",
         "In C, 10.4.0.0/16 is passive again (IE15): all replies are in; the way is now via B, "
         "distance "
         "38400."}));
}

TEST(ExplainEigrp, RecordsLetTheComputationBeFollowed) {
    Asked asked = Asked::shipped("eigrp-query-wave");
    asked.converge().fail("cd").run(Duration::seconds(1));
    EXPECT_TRUE(standInOrder(
        listRecords(asked.evidence(), {}, 2000),
        {"C's EIGRP noted: neighbor 10.0.34.2 (eth1) is down: interface down.",
         "C's EIGRP noted: 10.4.0.0/16 goes active (Active 1, IE4): no way is left; asked: 10.0.23.1.",
         "C sent out of eth0: EIGRP query, AS 1, ", "10.4.0.0/16 unreachable",
         ") from 10.0.23.2 to 10.0.23.1.",
         "B's EIGRP noted: 10.4.0.0/16 goes active (Active 3, IE3): the successor asks, and the best way "
         "left, via "
         "10.0.12.1, has reported distance 33280, not less than the feasible distance 33280; asked: "
         "10.0.12.1.",
         "A sent out of eth0: EIGRP reply, AS 1, ", "10.4.0.0/16", ") from 10.0.12.1 to 10.0.12.2.",
         "B's EIGRP noted: 10.4.0.0/16 is passive again (IE13)"}));
}

TEST(ExplainEigrp, RecordsNameWhoHasRepliedAndWhoIsAwaited) {
    Asked asked = Asked::shipped("eigrp-feasible-successor");
    asked.converge().fail("lan-a").run(Duration::seconds(1));
    EXPECT_THAT(
        listRecords(asked.evidence(), {}, 2000),
        testing::ContainsRegex("A's EIGRP noted: 10.1.0.0/16 goes active [^\n]*no way is left; asked: "
                               "10.0.12.2, 10.0.13.2.\n(.*\n)*.*A's EIGRP noted: 10.1.0.0/16: 10.0.1[23].2 "
                               "has replied; still awaited: 10.0.1[23].2.\n"));
}

}  // namespace
}  // namespace peerscape

// Which rule of EIGRP stops a network: one lab for each.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/explain/eigrp_fixture.hpp"

namespace peerscape {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

/// What stops 10.3.0.0/16 of C on its way to A.
std::string whenTheyHave(const std::string& a, const std::string& b, const std::string& c = "") {
    Asked asked(eigrpLine(a, b, c));
    return asked.run(Duration::seconds(20)).whyNot("A", "10.3.0.0/16");
}

TEST(WhyNotEigrp, APassiveInterface) {
    const std::string text = whenTheyHave("", kEigrpEverywhere + "       passive-interface eth0\n");
    EXPECT_THAT(text, HasSubstr("    B and A are no neighbors in EIGRP.\n"));
    EXPECT_THAT(
        text,
        HasSubstr("B does not announce it on ab: its interface eth0 is passive (passive-interface).\n"));
}

TEST(WhyNotEigrp, AnInterfaceThatNoStatementCovers) {
    EXPECT_THAT(whenTheyHave("", "      router eigrp 1\n       network 2.2.2.0/30\n"),
                HasSubstr("B does not announce it on ab: no network statement covers its interface eth0.\n"));
    EXPECT_THAT(whenTheyHave("      router eigrp 1\n       network 10.0.0.0/8\n", ""),
                HasSubstr("EIGRP of A does not run on eth0: no network statement covers it.\n"));
}

TEST(WhyNotEigrp, ANetworkThatNoStatementCovers) {
    EXPECT_THAT(
        whenTheyHave("", "", "      router eigrp 1\n       network 2.2.2.0/30\n"),
        HasSubstr("C does not announce it on bc: its topology table does not hold it.\n    C has it as: "
                  "connected, directly on lan0; no network statement covers it and there is no "
                  "redistribute connected.\n"));
}

TEST(WhyNotEigrp, OtherKValuesMakeNoNeighbors) {
    EXPECT_THAT(
        whenTheyHave("", kEigrpEverywhere + "       metric weights 1 1 1 0 0\n",
                     kEigrpEverywhere + "       metric weights 1 1 1 0 0\n"),
        ContainsRegex("B and A are no neighbors in EIGRP.\n.*B refuses what A says, such as its message of "
                      "[0-9.]+ s: its K-values are 1 0 1 0 0 0, and here they are 1 1 1 0 0 0.\n.*A refuses "
                      "what B says, such as its message of [0-9.]+ s: its K-values are 1 1 1 0 0 0"));
}

TEST(WhyNotEigrp, AnotherAutonomousSystemMakesNoNeighbors) {
    EXPECT_THAT(whenTheyHave("      router eigrp 2\n       network 0.0.0.0/0\n", ""),
                ContainsRegex("A refuses what B says, such as its message of [0-9.]+ s: it is of autonomous "
                              "system 1, and this is 2.\n"));
}

TEST(WhyNotEigrp, AuthenticationAtOneEnd) {
    const std::string keys =
        "      key chain KC\n       key 1\n        key-string secret\n      interface eth0\n"
        "       ip authentication mode eigrp 1 md5\n       ip authentication key-chain eigrp 1 KC\n";
    EXPECT_THAT(whenTheyHave(keys + kEigrpEverywhere, ""),
                ContainsRegex("A refuses what B says, such as its message of [0-9.]+ s: it is not "
                              "authenticated.\n"));
}

TEST(WhyNotEigrp, ADistributeList) {
    const std::string list = "      access-list NO deny 10.3.0.0/16\n      access-list NO permit any\n";
    EXPECT_THAT(
        whenTheyHave("", kEigrpEverywhere + "       distribute-list NO out eth0\n" + list),
        HasSubstr(
            "B does not announce it on ab: distribute-list NO out denies it: seq 5 deny 10.3.0.0/16.\n"));
    EXPECT_THAT(whenTheyHave(kEigrpEverywhere + "       distribute-list NO in\n" + list, ""),
                ContainsRegex("B told A of it at [0-9.]+ s with metric 30720, and A does not take it: "
                              "distribute-list NO in denies it: seq 5 deny 10.3.0.0/16.\n"));
}

TEST(WhyNotEigrp, AStubTellsNothingThatItLearned) {
    EXPECT_THAT(
        whenTheyHave("", kEigrpEverywhere + "       eigrp stub\n"),
        HasSubstr("B does not announce it on ab: it is a stub (eigrp stub connected summary) and does not "
                  "announce such.\n"));
}

TEST(WhyNotEigrp, ASummaryStandsForIt) {
    EXPECT_THAT(whenTheyHave("", "      interface eth0\n       ip summary-address eigrp 1 10.0.0.0/8\n" +
                                     kEigrpEverywhere),
                HasSubstr("B does not announce it on ab: its summary 10.0.0.0/8 on eth0 stands for it.\n"));
}

TEST(WhyNotEigrp, TooManyHops) {
    EXPECT_THAT(
        whenTheyHave(kEigrpEverywhere + "       metric maximum-hops 1\n", ""),
        HasSubstr("and A does not take it: it is 1 hops away, and from 1 on (metric maximum-hops) nothing "
                  "is reachable.\n"));
}

TEST(WhyNotEigrp, AStoppedProcess) {
    Asked asked(eigrpLine());
    asked.converge();
    ASSERT_TRUE(asked.world().setProcess(asked.node("A"), "eigrp", false).has_value());
    EXPECT_THAT(asked.whyNot("A", "10.3.0.0/16"), HasSubstr("    EIGRP on A was stopped.\n"));
}

TEST(WhyNotEigrp, NothingRunsAtEitherEnd) {
    Asked asked(
        "peerscape: 1\nrouters: {A: {}, B: {}}\nlinks:\n"
        "  - {name: ab, ends: {\"A:eth0\": [1.1.1.1/30], \"B:eth0\": [1.1.1.2/30]}}\n"
        "lans:\n  - {name: b, ends: {\"B:lan0\": [10.3.0.1/16]}}\n");
    EXPECT_THAT(asked.converge().whyNot("A", "10.3.0.0/16"),
                HasSubstr("    No routing protocol runs on B, and none on A.\n"));
}

}  // namespace
}  // namespace peerscape

// The arithmetic of EIGRP's metrics and the feasibility test of every way, on whole labs.
#include "scenarios/explain/weighing.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/explain/eigrp_fixture.hpp"

namespace peerscape {
namespace {

using testing::HasSubstr;

std::string weighed(const Asked& asked, std::string_view router, std::string_view prefix) {
    return weighing(asked.evidence(), asked.node(router), Prefix::parse(prefix).value());
}
std::string eigrpWith(const std::string& line) { return kEigrpEverywhere + "       " + line + "\n"; }

TEST(Weighing, OfAClassicMetricToTheLetter) {
    Asked asked(eigrpLine(
        "", "      interface eth1\n       eigrp bandwidth 1544\n       delay 2000\n" + kEigrpEverywhere));
    EXPECT_EQ(
        weighed(asked.converge(), "A", "10.3.0.0/16"),
        "How EIGRP of A weighs it:\n"
        "  metric = 256 * (10^7 / bandwidth + delay), bandwidth in kbit/s, delay in tens of us (K-values 1 0 "
        "1 "
        "0 0)\n"
        "         = 256 * (10^7 / 1544 + 2020) = 256 * (6476 + 2020) = 2174976\n"
        "  Slowest link: B:eth1, 1544 kbit/s.\n"
        "  Delay: 100 (A:eth0) + 20000 (B:eth1) + 100 (C:lan0) = 20200 us.\n"
        "  Ways (distance/reported distance); the feasible distance is 2174976:\n"
        "    via B 1.1.1.2 (2174976/2172416), eth0: reported distance 2172416 < feasible distance 2174976: "
        "successor, the least distance.\n");
    EXPECT_THAT(asked.explain("A", "10.3.0.0/16"), HasSubstr("[90/2174976] via 1.1.1.2"));
}

TEST(Weighing, CountsLoadAndReliabilityWhenTheKValuesDo) {
    const std::string k = eigrpWith("metric weights 1 2 3 4 5");
    Asked asked(
        eigrpLine("      interface eth0\n       eigrp load 56\n       eigrp reliability 200\n" + k, k, k));
    // (25600 + 2*25600/200 + 3*7680) * 5 / (200 + 4), each division cut.
    EXPECT_TRUE(standInOrder(
        weighed(asked.converge(), "A", "10.3.0.0/16"),
        {"metric = (B + 2 * B / (256 - load) + 3 * D) * 5 / (reliability + 4) (K-values 1 2 3 4 5)\n",
         "where B = 256 * 10^7 / 100000 kbit/s = 25600, D = 256 * tens of us = 7680; all divisions are cut\n",
         "= (25600 + 2 * 25600 / (256 - 56) + 3 * 7680) * 5 / (200 + 4) = 1198\n"}));
    EXPECT_THAT(asked.explain("A", "10.3.0.0/16"), HasSubstr("[90/1198]"));
}

TEST(Weighing, DividesWideMetricsByTheRibScale) {
    const std::string wide = eigrpWith("metric version 64bit");
    Asked asked(eigrpLine(wide, wide, wide));
    EXPECT_TRUE(standInOrder(
        weighed(asked.converge(), "A", "10.3.0.0/16"),
        {"metric = B + D (K-values 1 0 1 0 0 0)\n",
         "where B = 65536 * 10^7 / 100000 kbit/s = 6553600, D = 65536 * 300000000 ps / 10^6 = 19660800; all "
         "divisions are cut\n",
         "= 6553600 + 19660800 = 26214400\n",
         "For the routing table it is divided by the rib-scale: 26214400 / 128 = 204800\n"}));
    EXPECT_THAT(asked.explain("A", "10.3.0.0/16"), HasSubstr("[90/204800]"));
}

TEST(Weighing, OffsetListsAreTermsOfTheSum) {
    const std::string list = "      access-list L permit 10.3.0.0/16\n";
    Asked asked(
        eigrpLine(eigrpWith("offset-list L in 256") + list, eigrpWith("offset-list L out 512") + list));
    EXPECT_THAT(
        weighed(asked.converge(), "A", "10.3.0.0/16"),
        HasSubstr("Delay: 100 (A:eth0) + 10 (offset-list in on A:eth0) + 20 (offset-list out of B) + 100 "
                  "(B:eth1) + 100 (C:lan0) = 330 us.\n"));
}

TEST(Weighing, RedistributedRoutesBeginWithTheirSeedMetric) {
    Asked asked = Asked::shipped("rip-into-eigrp");
    asked.converge();
    const std::string text = weighed(asked, "R", "10.8.0.0/16");
    EXPECT_THAT(text, HasSubstr("Slowest link: redistributed by BR, 10000 kbit/s.\n"));
    EXPECT_THAT(text, HasSubstr("Delay: 100 (R:eth0) + 1000 (redistributed by BR) = 1100 us.\n"));
}

TEST(Weighing, SummariesBeginWithTheirOwnMetric) {
    Asked asked(eigrpLine(
        "", "      interface eth0\n       ip summary-address eigrp 1 10.0.0.0/8\n" + kEigrpEverywhere));
    asked.converge();
    EXPECT_THAT(weighed(asked, "A", "10.0.0.0/8"),
                HasSubstr("Delay: 100 (A:eth0) + 200 (summary of B) = 300 us.\n"));
    EXPECT_THAT(weighed(asked, "B", "10.0.0.0/8"), HasSubstr("summary (30720/0): successor, its own.\n"));
}

TEST(Weighing, SaysWhatItKnowsWhileTheRoutersDisagree) {
    Asked asked(eigrpLine());
    asked.converge().configure("B", {"interface eth1", "delay 50"});
    // Two milliseconds are on their way to A.
    EXPECT_THAT(
        weighed(asked.run(Duration::milliseconds(1)), "A", "10.3.0.0/16"),
        HasSubstr("Slowest link 100000 kbit/s, sum of delays 300 us, as it was told. The links one by one "
                  "are not known now: B has 100000 kbit/s and 600 us there now, and had told 100000 "
                  "kbit/s and 200 us.\n"));
}

TEST(Weighing, TestsEveryWayForFeasibility) {
    Asked asked = Asked::shipped("eigrp-feasible-successor");
    asked.converge();
    EXPECT_THAT(weighed(asked, "A", "10.4.0.0/16"),
                HasSubstr("via C 10.0.13.2 (35840/30720), eth1: reported distance 30720 < feasible distance "
                          "33280: feasible successor.\n"));
    EXPECT_THAT(
        weighed(asked, "A", "10.0.24.0/30"),
        HasSubstr("via C 10.0.13.2 (35840/30720), eth1: reported distance 30720 >= feasible distance 30720: "
                  "not feasible, it might lead back through here.\n"));
    EXPECT_THAT(weighed(asked, "A", "10.1.0.0/16"),
                HasSubstr("connected on lan0 (28160/0): successor, its own.\n"));
}

TEST(Weighing, TestsFeasibleWaysForVariance) {
    Asked asked = Asked::shipped("eigrp-unequal-cost");
    asked.converge().configure("A", {"router eigrp 1", "variance 4"}).converge();
    EXPECT_THAT(
        weighed(asked, "A", "10.4.0.0/16"),
        HasSubstr("feasible successor; distance 99840 < variance 4 * 33280 = 133120: used as well.\n"));
    asked.configure("A", {"interface eth1", "delay 420"}).converge();
    EXPECT_THAT(
        weighed(asked, "A", "10.4.0.0/16"),
        HasSubstr("feasible successor; distance 138240 >= variance 4 * 33280 = 133120: not used beside "
                  "it.\n"));
    asked.configure("A", {"interface eth1", "delay 20", "router eigrp 1", "maximum-paths 1"}).converge();
    EXPECT_THAT(weighed(asked, "A", "10.4.0.0/16"),
                HasSubstr("it might be used, but other ways fill the table"));
}

TEST(Weighing, NamesWhoHasNotReplied) {
    Asked asked(eigrpLine());
    asked.converge().silence("ab").fail("bc").run(Duration::seconds(1));
    const std::string text = asked.explain("B", "10.3.0.0/16");
    EXPECT_TRUE(standInOrder(
        text,
        {"B has no route to 10.3.0.0/16.",
         "How EIGRP of B weighs it:", "Ways (distance/reported distance), while it asks:\n", "    none.\n",
         "It is active (Active 1): it found by itself that no way is feasible. It asked at ",
         " s and changes nothing until all have replied.\n", "    No reply yet from A 1.1.1.1, eth0.\n"}));
}

TEST(Weighing, AWayIsNotChosenWhileItAsks) {
    Asked asked = Asked::shipped("eigrp-query-wave");
    asked.converge().fail("cd").run(Duration::microseconds(1500));
    const std::string text = asked.explain("B", "10.4.0.0/16");
    EXPECT_TRUE(standInOrder(
        text,
        {"and B does not take it: it is active for the network and chooses nothing before all have replied.",
         "    via A 10.0.12.1 (35840/33280), eth0: not chosen before all have replied.\n",
         "It is active (Active 3): the successor asks, and no other way is feasible.",
         "    No reply yet from A 10.0.12.1, eth0.\n"}));
}

TEST(Weighing, OfWhatEigrpDoesNotHoldIsNothing) {
    Asked asked(eigrpLine());
    EXPECT_EQ(weighed(asked.converge(), "A", "10.99.0.0/16"), "");
}

}  // namespace
}  // namespace peerscape

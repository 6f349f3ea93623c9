/// The layouts of `show ip eigrp …`: FRR 8.4's where FRR has the command, else IOS's.
#include "protocols/eigrp/show.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/protocols/eigrp/helpers.hpp"
#include "tests/protocols/eigrp/process_pair.hpp"

namespace peerscape::eigrp {
namespace {

using test::kPlain;
using test::net;
using test::ProcessPair;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

ProcessPair neighbors(std::string_view first = kPlain, std::string_view second = kPlain) {
    ProcessPair pair(first, second);
    pair.start();
    pair.runFor(Duration::seconds(1));
    return pair;
}

TEST(EigrpShow, TheTopologyTable) {
    const ProcessPair pair = neighbors();
    const std::string feasible = showTopology(pair.context(0), Family::IPv4, TopologyRows::Feasible);
    EXPECT_THAT(feasible, HasSubstr("P  10.0.0.0/30, 1 successors, FD is 28160\n       via Connected, eth0\n"
                                    "P  10.1.0.0/16, 1 successors, FD is 28160\n       via Connected, lan0\n"
                                    "P  10.2.0.0/16, 1 successors, FD is 30720\n"
                                    "       via 10.0.0.2 (30720/28160), eth0\n"));
    EXPECT_THAT(showTopology(pair.context(0), Family::IPv4, TopologyRows::AllLinks),
                HasSubstr("       via Connected, eth0\n       via 10.0.0.2 (30720/28160), eth0\n"));
    EXPECT_THAT(showTopology(pair.context(0), Family::IPv4, TopologyRows::Active),
                Not(HasSubstr("10.2.0.0")));
}

TEST(EigrpShow, ActiveDestinationsAndWhoHasNotReplied) {
    ProcessPair pair = neighbors();
    pair.router(1).isMute = true;
    pair.setLan(0, false);
    pair.runFor(Duration::seconds(12));
    const std::string rows =
        "A  10.1.0.0/16, 0 successors, FD is Inaccessible\n"
        "    1 replies, active 0:00:12, query-origin: Local origin\n"
        "      Remaining replies:\n"
        "         via 10.0.0.2, r, eth0\n";
    EXPECT_THAT(showTopology(pair.context(0), Family::IPv4, TopologyRows::Active), HasSubstr(rows));
    EXPECT_THAT(showTopology(pair.context(0), Family::IPv4, TopologyRows::Active),
                Not(HasSubstr("10.2.0.0")));
    EXPECT_THAT(showTopology(pair.context(0), Family::IPv4, TopologyRows::ZeroSuccessors), HasSubstr(rows));
    EXPECT_THAT(showTopology(pair.context(0), Family::IPv4, TopologyRows::ZeroSuccessors),
                Not(HasSubstr("10.2.0.0")));
    EXPECT_THAT(showEntry(pair.context(0), Family::IPv4, net("10.1.0.0/16")),
                HasSubstr("  State is Active, Query origin flag is 1, 0 Successor(s), FD is Inaccessible\n"
                          "  Waiting for the reply of 10.0.0.2\n"));
    EXPECT_THAT(showTopologySummary(pair.context(0), Family::IPv4),
                HasSubstr("3 routes, 1 of them active, 1 pending replies\n"
                          "EIGRP-IPv4(1) enabled on 1 interfaces, 1 neighbors present on 1 interfaces\n"));
}

TEST(EigrpShow, SinceWhenItIsActiveDoesNotMoveWithTheSiaQueries) {
    const std::string patient = "interface eth0\n ip hold-time eigrp 1 600\n";
    const std::string quick = " timers active-time 20\n";
    ProcessPair pair = neighbors(kPlain + quick, patient + kPlain);
    // R2 hears nothing, and so does not reply; what it sends is heard, or its neighbour would be lost.
    pair.router(1).isMute = true;
    pair.setLan(0, false);
    pair.runFor(Duration::seconds(15));
    EXPECT_THAT(showTopology(pair.context(0), Family::IPv4, TopologyRows::Active),
                HasSubstr("active 0:00:15, query-origin: Local origin\n      Remaining replies:\n"
                          "         via 10.0.0.2, rs, eth0\n"));
}

TEST(EigrpShow, OneDestinationWithItsVectorMetrics) {
    const ProcessPair pair = neighbors(kPlain, "interface eth0\n delay 30\n" + std::string(kPlain));
    EXPECT_EQ(showEntry(pair.context(0), Family::IPv4, net("10.2.0.0/16")),
              "EIGRP-IPv4 Topology Entry for AS(1)/ID(10.1.0.1) for 10.2.0.0/16\n"
              "  State is Passive, Query origin flag is 1, 1 Successor(s), FD is 30720\n"
              "  Descriptor Blocks:\n"
              "  10.0.0.2 (eth0), from 10.0.0.2\n"
              "      Composite metric is (30720/28160), route is Internal\n"
              "      Vector metric:\n"
              "        Minimum bandwidth is 100000 Kbit\n"
              "        Total delay is 200 microseconds\n"
              "        Reliability is 255/255\n"
              "        Load is 1/255\n"
              "        Minimum MTU is 1500\n"
              "        Hop count is 1\n");
    EXPECT_THAT(showEntry(pair.context(0), Family::IPv4, net("10.1.0.0/16")),
                HasSubstr("  0.0.0.0 (lan0), from Connected\n      Composite metric is (28160/0), route is "
                          "Internal\n"));
    EXPECT_EQ(showEntry(pair.context(0), Family::IPv4, net("10.77.0.0/16")),
              "% Entry 10.77.0.0/16 is not in the topology table\n");
}

TEST(EigrpShow, ExternalDataOfADestination) {
    ProcessPair pair =
        neighbors(kPlain, kPlain + std::string(" redistribute static metric 1000 10 255 1 1500\n"));
    pair.handle(1, RoutesChanged{{RouteChange{.prefix = net("192.168.0.0/16"),
                                              .protocol = test::kStatic,
                                              .withdrawn = false,
                                              .slot = 0,
                                              .distance = 1,
                                              .metric = 7,
                                              .tag = 99,
                                              .nextHops = {NextHop::blackhole()}}}});
    pair.runFor(Duration::seconds(1));
    EXPECT_THAT(showEntry(pair.context(0), Family::IPv4, net("192.168.0.0/16")),
                HasSubstr("      Composite metric is (2565120/2562560), route is External\n"));
    EXPECT_THAT(showEntry(pair.context(0), Family::IPv4, net("192.168.0.0/16")),
                HasSubstr("        Originating router is 10.2.0.1\n"
                          "      External data:\n"
                          "        AS number of route is 0\n"
                          "        External protocol is static, external metric is 7\n"
                          "        Administrator tag is 99 (0x00000063)\n"));
}

TEST(EigrpShow, NeighborsAndInterfaces) {
    const ProcessPair pair = neighbors();
    EXPECT_THAT(showNeighbors(pair.context(0), Family::IPv4),
                HasSubstr("0   10.0.0.2          eth0                 14     0:00:00  "));
    EXPECT_THAT(showInterfaces(pair.context(0), Family::IPv4),
                HasSubstr("eth0               100000      10      1       0                 5       15\n"));
}

TEST(EigrpShow, TrafficCountsWhatBothSidesSaid) {
    ProcessPair pair = neighbors();
    pair.setLan(1, false);
    pair.runFor(Duration::seconds(1));
    const Traffic& first = pair.router(0).process->traffic();
    const Traffic& second = pair.router(1).process->traffic();
    for (const PacketKind kind : {PacketKind::Hello, PacketKind::Update, PacketKind::Query, PacketKind::Reply,
                                  PacketKind::Acknowledgment, PacketKind::SiaQuery, PacketKind::SiaReply}) {
        EXPECT_EQ(first.sent(kind), second.received(kind)) << static_cast<int>(kind);
        EXPECT_EQ(second.sent(kind), first.received(kind)) << static_cast<int>(kind);
    }
    // R2 asks R1 for the network of its lan0 that is gone, and R1 replies.
    EXPECT_THAT(showTraffic(pair.context(0), Family::IPv4),
                HasSubstr("  Queries sent/received: 0/1\n  Replies sent/received: 1/0\n"));
    EXPECT_THAT(showTraffic(pair.context(0), Family::IPv4),
                testing::StartsWith("EIGRP-IPv4 Traffic Statistics for AS(1)\n  Hellos sent/received: "));
    EXPECT_GT(first.sent(PacketKind::Acknowledgment), 0U);
}

TEST(EigrpShow, ACopyGoesOnCounting) {
    const ProcessPair pair = neighbors();
    const ShowContext original = pair.context(0);
    const auto copy = original.process->clone();
    ShowContext ofCopy = original;
    ofCopy.process = copy.get();
    EXPECT_EQ(showTraffic(ofCopy, Family::IPv4), showTraffic(original, Family::IPv4));
}

TEST(EigrpShow, NothingRuns) {
    ShowContext nothing;
    for (const std::string& text :
         {showTraffic(nothing, Family::IPv6), showTopologySummary(nothing, Family::IPv6),
          showEntry(nothing, Family::IPv6, net("10.0.0.0/8")), showNeighbors(nothing, Family::IPv6)})
        EXPECT_EQ(text, "% EIGRP for IPv6 is not running\n");
}

TEST(EigrpClear, DropsTheNeighborWhichIsToldAndFoundAgain) {
    for (const std::string& which : {std::string(), std::string("10.0.0.2"), std::string("eth0")}) {
        ProcessPair pair = neighbors();
        Commanded command{{"clear"}};
        if (!which.empty()) command.words.push_back(which);
        pair.handle(0, command);
        EXPECT_THAT(pair.router(0).notes, Contains("neighbor 10.0.0.2 (eth0) is down: reset by this router"))
            << which;
        pair.runFor(Duration::milliseconds(2));
        EXPECT_THAT(pair.router(1).notes,
                    Contains("neighbor 10.0.0.1 (eth0) is down: peer termination received"));
        pair.runFor(Duration::seconds(10));
        EXPECT_THAT(showNeighbors(pair.context(0), Family::IPv4), HasSubstr("0   10.0.0.2 ")) << which;
        EXPECT_THAT(showTopology(pair.context(0), Family::IPv4, TopologyRows::Feasible),
                    HasSubstr("via 10.0.0.2 (30720/28160)"));
    }
}

TEST(EigrpClear, LeavesOthersAlone) {
    for (const char* which : {"10.0.0.9", "lan0"}) {
        ProcessPair pair = neighbors();
        const std::size_t before = pair.router(0).notes.size();
        pair.handle(0, Commanded{{"clear", which}});
        EXPECT_EQ(pair.router(0).notes.size(), before) << which;
    }
}

}  // namespace
}  // namespace peerscape::eigrp

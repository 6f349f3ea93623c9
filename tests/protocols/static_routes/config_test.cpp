/// The lines, read and printed back, and the rules by which they replace each other.
#include "protocols/static_routes/config.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/protocols/static_routes/reader.hpp"

namespace peerscape::static_routes {
namespace {

using test::Reader;

TEST(StaticCommands, PrintWhatTheyRead) {
    // Each line alone: as it is written, and as it is printed when that differs.
    const std::pair<const char*, const char*> lines[] = {
        {"ip route 10.0.0.0/8 192.0.2.1", nullptr},
        {"ip route 10.0.0.0/8 192.0.2.1 200", nullptr},
        {"ip route 10.0.0.0/8 192.0.2.1 tag 5 200", nullptr},
        {"ip route 10.0.0.0/8 192.0.2.1 200 tag 5", "ip route 10.0.0.0/8 192.0.2.1 tag 5 200"},
        {"ip route 10.0.0.0/8 192.0.2.1 1", "ip route 10.0.0.0/8 192.0.2.1"},
        {"ip route 10.0.0.0 255.0.0.0 192.0.2.1", "ip route 10.0.0.0/8 192.0.2.1"},
        {"ip route 10.1.2.3 255.255.255.255 eth0 7", "ip route 10.1.2.3/32 eth0 7"},
        {"ip route 0.0.0.0 0.0.0.0 192.0.2.1", "ip route 0.0.0.0/0 192.0.2.1"},
        {"ip route 10.9.9.9/8 192.0.2.1", "ip route 10.0.0.0/8 192.0.2.1"},
        {"ip route 10.0.0.0/8 eth0", nullptr},
        {"ip route 10.0.0.0/8 192.0.2.1 eth0", nullptr},
        {"ip route 10.0.0.0/8 192.0.2.1 eth0 onlink 9", "ip route 10.0.0.0/8 192.0.2.1 eth0 9 onlink"},
        {"ip route 10.0.0.0/8 Null0", nullptr},
        {"ip route 10.0.0.0/8 null0 254", "ip route 10.0.0.0/8 Null0 254"},
        {"ip route 10.0.0.0/8 blackhole", nullptr},
        {"ip route 10.0.0.0/8 reject tag 4294967295", nullptr},
        {"ip route 10.0.0.0/8 192.0.2.1 Null0", "ip route 10.0.0.0/8 192.0.2.1"},
        {"ip route 10.0.0.0/8 192.0.2.1 vrf default", "ip route 10.0.0.0/8 192.0.2.1"},
        {"ipv6 route 2001:db8::/32 2001:db8:1::1", nullptr},
        {"ipv6 route ::/0 fe80::1 eth0 20", nullptr},
        {"ipv6 route 2001:db8::1/32 eth1", "ipv6 route 2001:db8::/32 eth1"},
        {"ipv6 route 2001:db8::/32 fe80::1 eth0 onlink", nullptr},
        {"ipv6 route 2001:db8::/32 blackhole", nullptr},
        {"ipv6 route 2001:db8::/32 Null0", nullptr},
        {"ipv6 route 2001:db8::/32 reject 5", nullptr},
    };
    for (const auto& [written, printed] : lines) {
        Reader reader;
        EXPECT_EQ(reader.read(written), "") << written;
        EXPECT_TRUE(reader.warnings().empty()) << written;
        EXPECT_EQ(reader.print(), std::string(printed == nullptr ? written : printed) + "\n");
        EXPECT_EQ(reader.read(std::string("no ") + written), "") << written;
        EXPECT_EQ(reader.print(), "") << written;
        EXPECT_FALSE(reader.config().isEnabled()) << written;
    }
}

TEST(StaticCommands, RefuseWhatIsNoRoute) {
    for (const char* line : {
             "ip route 10.0.0.0/8",
             "ip route 10.0.0.0/33 192.0.2.1",
             "ip route 10.0.0.0 255.0.255.0 192.0.2.1",
             "ip route 10.0.0.0 0.0.0.255 192.0.2.1",
             "ip route 10.0.0.0/8 eth0 0",
             "ip route 10.0.0.0/8 eth0 256",
             "ip route 10.0.0.0/8 192.0.2.1 tag 0",
             "ip route 10.0.0.0/8 eth0 onlink",
             "ip route 10.0.0.0/8 2001:db8::1",
             "ipv6 route 2001:db8::/32 192.0.2.1",
             "ipv6 route 2001:db8::/129 eth0",
         }) {
        Reader reader;
        EXPECT_NE(reader.read(line), "") << line;
        EXPECT_EQ(reader.print(), "") << line;
    }
}

TEST(StaticCommands, LeaveOutAndReportWhatIsNotModelled) {
    for (const char* tail : {"vrf RED", "nexthop-vrf RED", "label 100", "table 7", "5 table 7 tag 3"}) {
        Reader reader;
        const std::string line = std::string("ip route 10.0.0.0/8 192.0.2.1 ") + tail;
        EXPECT_EQ(reader.read(line), "") << tail;
        EXPECT_EQ(reader.warnings().size(), 1U) << tail;
        EXPECT_EQ(reader.print(), "") << tail;
    }
    Reader reader;
    EXPECT_EQ(reader.read("ipv6 route 2001:db8::/32 from 2001:db8:1::/48 eth0"), "");
    EXPECT_EQ(reader.warnings().size(), 1U);
    EXPECT_EQ(reader.read("ip route 10.0.0.0/8 192.0.2.1 color 4"), "");
    EXPECT_EQ(reader.warnings().size(), 2U);
    EXPECT_EQ(reader.print(), "ip route 10.0.0.0/8 192.0.2.1\n");
}

TEST(StaticCommands, KeepARouteWhenItsNoFormNamesAnotherVrf) {
    Reader reader;
    EXPECT_EQ(reader.read("ip route 10.0.0.0/8 192.0.2.1"), "");
    EXPECT_EQ(reader.read("no ip route 10.0.0.0/8 192.0.2.1 vrf RED"), "");
    EXPECT_EQ(reader.print(), "ip route 10.0.0.0/8 192.0.2.1\n");
}

TEST(StaticCommands, WarnOfALinkLocalGatewayWithoutInterface) {
    Reader reader;
    EXPECT_EQ(reader.read("ipv6 route 2001:db8::/32 fe80::1"), "");
    ASSERT_EQ(reader.warnings().size(), 1U);
    EXPECT_NE(reader.warnings()[0].find("fe80::1"), std::string::npos);
    EXPECT_EQ(reader.print(), "ipv6 route 2001:db8::/32 fe80::1\n");
}

TEST(StaticCommands, WarnOfADistanceOutOfRangeThatReadsAsAnInterface) {
    Reader reader;
    EXPECT_EQ(reader.read("ip route 10.0.0.0/8 192.0.2.1 256"), "");
    EXPECT_EQ(reader.warnings().size(), 1U);
    EXPECT_EQ(reader.config().routes().begin()->second.hops.at(0).interface, "256");
}

TEST(StaticCommands, TakeARouteBackWhateverItsDistanceAndTag) {
    Reader reader;
    EXPECT_EQ(reader.read("ip route 10.0.0.0/8 192.0.2.1 200 tag 3"), "");
    EXPECT_EQ(reader.read("no ip route 10.0.0.0/8 192.0.2.1"), "");
    EXPECT_EQ(reader.print(), "");
    EXPECT_TRUE(reader.warnings().empty());
}

TEST(StaticCommands, OnlyWarnWhenThereIsNothingToTakeBack) {
    Reader reader;
    EXPECT_EQ(reader.read("ip route 10.0.0.0/8 192.0.2.1"), "");
    EXPECT_EQ(reader.read("no ip route 10.0.0.0/8 192.0.2.2"), "");
    EXPECT_EQ(reader.warnings().size(), 1U);
    EXPECT_EQ(reader.print(), "ip route 10.0.0.0/8 192.0.2.1\n");
}

TEST(StaticConfig, MovesANextHopToItsNewDistance) {
    Reader reader;
    EXPECT_EQ(reader.read("ip route 10.0.0.0/8 192.0.2.1\nip route 10.0.0.0/8 192.0.2.1 200"), "");
    EXPECT_EQ(reader.print(), "ip route 10.0.0.0/8 192.0.2.1 200\n");
}

TEST(StaticConfig, HasOneTagForARouteTheOneEnteredLast) {
    Reader reader;
    EXPECT_EQ(reader.read("ip route 10.0.0.0/8 192.0.2.1 tag 5\nip route 10.0.0.0/8 192.0.2.2 tag 6"), "");
    EXPECT_EQ(reader.print(), "ip route 10.0.0.0/8 192.0.2.1 tag 6\nip route 10.0.0.0/8 192.0.2.2 tag 6\n");
    EXPECT_EQ(reader.read("ip route 10.0.0.0/8 192.0.2.2"), "");
    EXPECT_EQ(reader.print(), "ip route 10.0.0.0/8 192.0.2.1\nip route 10.0.0.0/8 192.0.2.2\n");
}

TEST(StaticConfig, RefusesToDropAndForwardAtOneDistance) {
    Reader reader;
    EXPECT_EQ(reader.read("ip route 10.0.0.0/8 192.0.2.1\nip route 10.0.0.0/8 blackhole 200"), "");
    EXPECT_NE(reader.read("ip route 10.0.0.0/8 blackhole"), "");
    EXPECT_NE(reader.read("ip route 10.0.0.0/8 192.0.2.1 200"), "");
    EXPECT_EQ(reader.print(), "ip route 10.0.0.0/8 192.0.2.1\nip route 10.0.0.0/8 blackhole 200\n")
        << "a line that is refused changes nothing";
}

TEST(StaticConfig, TakesAllWaysToDropForOneNextHop) {
    Reader reader;
    EXPECT_EQ(reader.read("ip route 10.0.0.0/8 blackhole\nip route 10.0.0.0/8 reject"), "");
    EXPECT_EQ(reader.print(), "ip route 10.0.0.0/8 reject\n");
    EXPECT_EQ(reader.read("no ip route 10.0.0.0/8 Null0"), "");
    EXPECT_EQ(reader.print(), "");
}

TEST(StaticConfig, SwitchesOnlinkOnTheSameNextHop) {
    Reader reader;
    EXPECT_EQ(reader.read("ip route 10.0.0.0/8 192.0.2.1 eth0\nip route 10.0.0.0/8 192.0.2.1 eth0 onlink"),
              "");
    EXPECT_EQ(reader.print(), "ip route 10.0.0.0/8 192.0.2.1 eth0 onlink\n");
}

TEST(StaticConfig, IsTheSameInWhateverOrderTheLinesCome) {
    std::vector<std::string> lines{"ip route 10.0.0.0/8 192.0.2.9", "ip route 10.0.0.0/8 192.0.2.1",
                                   "ip route 10.0.0.0/8 eth1",      "ip route 10.0.0.0/8 192.0.2.1 eth0",
                                   "ip route 10.0.0.0/16 eth1 3",   "ip route 9.0.0.0/8 eth1"};
    std::ranges::sort(lines);
    do {
        Reader reader;
        for (const auto& line : lines)
            EXPECT_EQ(reader.read(line), "");
        ASSERT_EQ(reader.print(),
                  "ip route 9.0.0.0/8 eth1\nip route 10.0.0.0/8 eth1\nip route 10.0.0.0/8 192.0.2.1\n"
                  "ip route 10.0.0.0/8 192.0.2.9\nip route 10.0.0.0/8 192.0.2.1 eth0\n"
                  "ip route 10.0.0.0/16 eth1 3\n");
    } while (std::ranges::next_permutation(lines).found);
}

TEST(StaticConfig, IsACopyOnceItIsShared) {
    Reader reader;
    EXPECT_EQ(reader.read("ip route 10.0.0.0/8 192.0.2.1"), "");
    const auto before = reader.shared();
    Reader edited(before);
    EXPECT_EQ(edited.read("ip route 11.0.0.0/8 192.0.2.1"), "");
    EXPECT_EQ(before->routes().size(), 1U);
    EXPECT_EQ(edited.config().routes().size(), 2U);
}

}  // namespace
}  // namespace peerscape::static_routes

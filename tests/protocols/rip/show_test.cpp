/// The layouts of FRR 8.4 to the letter; the expected texts have the shape of that version's own reference
/// outputs.
#include "protocols/rip/show.hpp"

#include <gtest/gtest.h>

#include "tests/protocols/rip/harness.hpp"

namespace peerscape::rip {
namespace {

using namespace test;

ShowContext contextOf(const TestRouter& router) {
    ShowContext context;
    context.hostname = router.name();
    context.now = router.now;
    context.interfaces = router.interfaces;
    context.process = router.process.get();
    return context;
}

RouteChange staticRoute(std::string_view prefix, NextHop hop, std::uint32_t tag = 0) {
    return {.prefix = net(prefix),
            .protocol = ProtocolId(2),
            .withdrawn = false,
            .slot = 0,
            .distance = 1,
            .metric = 0,
            .tag = tag,
            .nextHops = {hop}};
}

TEST(RipShow, RoutesAsFrrPrintsThem) {
    TestRouter router;
    router.addInterface("eth0", {"10.1.0.1/30"});
    router.config->networks = {net("10.1.0.0/30")};
    router.config->originatesDefault = true;
    router.config->redistributions = {
        {.name = "static", .protocol = ProtocolId(2), .metric = {}, .routeMap = ""},
        {.name = "bgp", .protocol = ProtocolId(6), .metric = {}, .routeMap = ""}};
    router.start();
    router.runUntil(at(20));
    router.handle(RoutesChanged{{staticRoute("198.51.101.0/24", NextHop::blackhole(), 9),
                                 staticRoute("198.51.102.0/24", NextHop::via(ip("10.1.0.9")))}});
    RouteChange bgp = staticRoute("198.51.103.0/24", NextHop::via(ip("10.1.0.9")));
    bgp.protocol = ProtocolId(6);
    bgp.metric = 20;
    router.handle(RoutesChanged{{bgp}});
    router.hear(InterfaceId(0), "10.1.0.2", {entry("192.0.2.0/24", 8, "", 55), entry("192.0.3.0/24", 1)});
    router.runUntil(router.now + Duration::seconds(10));
    router.hear(InterfaceId(0), "10.1.0.2", {entry("192.0.3.0/24", 16)});
    EXPECT_EQ(showRoutes(contextOf(router), Family::IPv4),
              "Codes: R - RIP, C - connected, S - Static, O - OSPF, B - BGP\n"
              "Sub-codes:\n"
              "      (n) - normal, (s) - static, (d) - default, (r) - redistribute,\n"
              "      (i) - interface\n"
              "\n"
              "     Network            Next Hop         Metric From            Tag Time\n"
              "R(d) 0.0.0.0/0          0.0.0.0               1 self              0\n"
              "C(i) 10.1.0.0/30        0.0.0.0               1 self              0\n"
              "R(n) 192.0.2.0/24       10.1.0.2              9 10.1.0.2         55 02:50\n"
              "R(n) 192.0.3.0/24       10.1.0.2             16 10.1.0.2          0 02:00\n"
              "S(r) 198.51.101.0/24    blackhole             1 self              9\n"
              "S(r) 198.51.102.0/24    10.1.0.9              1 self              0\n"
              "B(r) 198.51.103.0/24    10.1.0.9              1 self (bgp:20)     0\n");
}

TEST(RipShow, StatusAsFrrPrintsIt) {
    TestRouter router;
    router.addInterface("r1-eth1", {"193.1.1.1/26"});
    router.addInterface("r1-eth2", {"192.168.99.1/24"});
    router.addInterface("r1-eth3", {"192.168.98.1/24"});
    router.config->networks = {net("193.1.1.0/26")};
    router.config->networkInterfaces = {"r1-eth2", "r1-eth3"};
    router.config->passiveExceptions = {"r1-eth3"};
    router.config->versions = Versions{.v1 = false, .v2 = true};
    router.config->timers = {Duration::seconds(5), Duration::seconds(180), Duration::seconds(5)};
    router.config->distributeLists = {{false, "L1", Direction::In, ""},
                                      {true, "P1", Direction::In, ""},
                                      {true, "P2", Direction::Out, "r1-eth1"}};
    router.start();
    router.runUntil(at(2));
    router.hear(InterfaceId(0), "193.1.1.2", {});
    router.runUntil(at(3));
    const auto due = (router.process->nextUpdate() - router.now) / Duration::seconds(1);
    EXPECT_EQ(showStatus(contextOf(router), Family::IPv4),
              "Routing Protocol is \"rip\"\n"
              "  Sending updates every 5 seconds with +/-50%, next due in " +
                  std::to_string(due) +
                  " seconds\n"
                  "  Timeout after 180 seconds, garbage collect after 5 seconds\n"
                  "  Outgoing update filter list for all interface is not set\n"
                  "    r1-eth1 filtered by (prefix-list) P2\n"
                  "  Incoming update filter list for all interface is L1, (prefix-list) P1\n"
                  "    r1-eth1 filtered by nothing\n"
                  "  Default redistribution metric is 1\n"
                  "  Redistributing:\n"
                  "  Default version control: send version 2, receive version 2 \n"
                  "    Interface        Send  Recv   Key-chain\n"
                  "    r1-eth1          2     2      \n"
                  "    r1-eth2          2     2      \n"
                  "    r1-eth3          2     2      \n"
                  "  Routing for Networks:\n"
                  "    193.1.1.0/26\n"
                  "    r1-eth2\n"
                  "    r1-eth3\n"
                  "  Passive Interface(s):\n"
                  "    r1-eth3\n"
                  "  Routing Information Sources:\n"
                  "    Gateway          BadPackets BadRoutes  Distance Last Update\n"
                  "    193.1.1.2                0         0       120   00:00:01\n"
                  "  Distance: (default is 120)\n");
}

TEST(RipShow, RipngRoutesAndStatusAsFrrPrintsThem) {
    TestRouter router("R2", Family::IPv6);
    router.addInterface("r2-eth0", {"fc00:5::2/64"}, "fe80::2:1");
    router.config->networks = {net("fc00:5::/64")};
    router.config->aggregates = {net("fc00:99::/32")};
    router.start();
    router.runUntil(at(60));
    router.hear(InterfaceId(0), "fe80::1:1",
                {entry("fc00:98:0:1::/64", 1), entry("fc00:99:0:1::/64", 1, "", 7)});
    router.runUntil(at(61));
    EXPECT_EQ(showRoutes(contextOf(router), Family::IPv6),
              "Codes: R - RIPng, C - connected, S - Static, O - OSPF, B - BGP\n"
              "Sub-codes:\n"
              "      (n) - normal, (s) - static, (d) - default, (r) - redistribute,\n"
              "      (i) - interface, (a/S) - aggregated/Suppressed\n"
              "\n"
              "   Network      Next Hop                      Via     Metric Tag Time\n"
              "C(i) fc00:5::/64 \n"
              "                  ::                          self       1    0  \n"
              "R(n) fc00:98:0:1::/64 \n"
              "                  fe80::1:1                   r2-eth0    2    0  02:59\n"
              "R(a) fc00:99::/32 \n"
              "                                              self       1    0\n"
              "R(Sn) fc00:99:0:1::/64 \n"
              "                  fe80::1:1                   r2-eth0    2    7  02:59\n");
    const std::string status = showStatus(contextOf(router), Family::IPv6);
    EXPECT_NE(status.find("  Default version control: send version 1, receive version 1 \n"
                          "    Interface        Send  Recv\n"
                          "    r2-eth0          1     1  \n"
                          "  Routing for Networks:\n"
                          "    fc00:5::/64\n"
                          "  Routing Information Sources:\n"
                          "    Gateway          BadPackets BadRoutes  Distance Last Update\n"
                          "    fe80::1:1 \n"
                          "                        0          0        120      00:00:01\n"),
              std::string::npos)
        << status;
}

TEST(RipShow, SaysWhenThereIsNoProcess) {
    EXPECT_EQ(showRoutes(ShowContext{}, Family::IPv4), "% RIP instance not found\n");
    EXPECT_EQ(showStatus(ShowContext{}, Family::IPv6), "% RIPng instance not found\n");
}

TEST(RipShow, NeighboursAreForgottenAfterThreeMinutes) {
    TestRouter router;
    router.addInterface("eth0", {"10.1.0.1/30"});
    router.config->networkInterfaces = {"eth0"};
    router.start();
    router.runUntil(at(2));
    router.hear(InterfaceId(0), "10.1.0.2", {});
    EXPECT_NE(showStatus(contextOf(router), Family::IPv4).find("10.1.0.2"), std::string::npos);
    router.runUntil(at(182));
    EXPECT_EQ(showStatus(contextOf(router), Family::IPv4).find("10.1.0.2"), std::string::npos);
}

}  // namespace
}  // namespace peerscape::rip

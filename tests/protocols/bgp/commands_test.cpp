/// What lines say and which are refused; the sentences are those of FRR 8.4.4.
#include "protocols/bgp/commands.hpp"

#include <gtest/gtest.h>

#include "tests/protocols/bgp/config_reader.hpp"

namespace peerscape::bgp {
namespace {

using test::Reader;

struct RefusedLine {
    const char* before;  ///< lines of `router bgp 65001`
    const char* line;
    const char* why;
};

constexpr const char* kOneKind = "Peer-group members must be all internal or all external.";
constexpr const char* kRange = "Range specified cannot be deleted because it is not part of current config.";
constexpr const char* kTogether = "ebgp-multihop and ttl-security cannot be configured together";
constexpr const char* kNotNow = "The Graceful Restart command used is not valid at this moment.";

constexpr RefusedLine kRefused[] = {
    {"", "neighbor 10.0.0.1 description x", "Specify remote-as or peer-group commands first"},
    {"", "neighbor G activate", "Specify remote-as or peer-group commands first"},
    {"", "neighbor eth9 remote-as 65002", "Create the peer-group or interface first"},
    {"", "neighbor 10.0.0.1 peer-group G", "Configure the peer-group first"},
    {"", "no neighbor G peer-group", "Create the peer-group first"},
    {"", "no neighbor foo", "Create the peer-group first"},
    {"", "no neighbor foo remote-as 5", "Create the peer-group or interface first"},
    {"", "no neighbor foo interface", "Create the bgp interface first"},
    {"neighbor G peer-group", "neighbor foo peer-group G", "Malformed address or name: foo"},
    {"neighbor G peer-group", "no neighbor foo peer-group G", "Malformed address or name: foo"},
    {"neighbor G peer-group", "neighbor G interface", "Name conflict with peer-group"},
    {"neighbor eth0 interface", "neighbor eth0 peer-group", "Name conflict with interface: eth0"},
    {"neighbor G peer-group", "no neighbor 10.0.0.7 peer-group G",
     "Specify remote-as or peer-group commands first"},
    {"neighbor G peer-group\nneighbor G remote-as 65002\nneighbor 10.0.0.1 peer-group G",
     "neighbor 10.0.0.1 remote-as 65003", "Peer-group member cannot override remote-as of peer-group."},
    {"neighbor G peer-group\nneighbor H peer-group\nneighbor 10.0.0.1 peer-group G",
     "neighbor 10.0.0.1 peer-group H", "Cannot change the peer-group. Deconfigure first"},
    {"neighbor G peer-group\nneighbor 10.0.0.1 remote-as 65002\nneighbor 10.0.0.1 peer-group G\n"
     "neighbor 10.0.0.2 remote-as 65001",
     "neighbor 10.0.0.2 peer-group G", kOneKind},
    {"neighbor G peer-group\nneighbor 10.0.0.1 remote-as 65002\nneighbor 10.0.0.1 peer-group G\n"
     "neighbor 10.0.0.2 peer-group G",
     "neighbor 10.0.0.2 remote-as internal", kOneKind},
    {"neighbor 10.0.0.1 remote-as 65002", "neighbor 10.0.0.1 local-as 65001",
     "Cannot have local-as same as BGP AS number"},
    {"neighbor 10.0.0.1 remote-as 65002", "neighbor 10.0.0.1 local-as 65002",
     "AS specified for local as is the same as the remote as and this is not allowed."},
    {"neighbor 10.0.0.1 remote-as 65001", "neighbor 10.0.0.1 local-as 65005",
     "Local-AS allowed only for EBGP peers"},
    {"bgp confederation identifier 100\nbgp confederation peers 65002\nneighbor 10.0.0.1 remote-as 65002",
     "neighbor 10.0.0.1 local-as 65005", "Local-AS allowed only for EBGP peers"},
    {"", "bgp confederation peers 65001 65002", "Local member-AS not allowed in confed peer list"},
    {"neighbor 10.0.0.1 remote-as 65002\nneighbor 10.0.0.1 ebgp-multihop 2",
     "neighbor 10.0.0.1 ttl-security hops 2", kTogether},
    {"neighbor 10.0.0.1 remote-as 65002\nneighbor 10.0.0.1 ttl-security hops 2",
     "neighbor 10.0.0.1 ebgp-multihop 2", kTogether},
    {"neighbor 10.0.0.1 remote-as 65002\nneighbor 10.0.0.1 strict-capability-match",
     "neighbor 10.0.0.1 override-capability",
     "Can't set override-capability and strict-capability-match at the same time"},
    {"neighbor 10.0.0.1 remote-as 65002\nneighbor 10.0.0.1 distribute-list A in",
     "neighbor 10.0.0.1 prefix-list A in", "Prefix/distribute list can not co-exist"},
    {"neighbor 10.0.0.1 remote-as 65002", "neighbor 10.0.0.1 route-reflector-client",
     "Invalid command. Not an internal neighbor"},
    {"neighbor 10.0.0.1 remote-as 65002", "neighbor 10.0.0.1 timers 10 2", "Invalid value"},
    {"", "timers bgp 20 2", "hold time value must be either 0 or greater than 3"},
    {"", "update-delay 10 20", "Failed: update-delay less than the establish-wait!"},
    {"neighbor 10.0.0.1 remote-as internal", "neighbor 10.0.0.1 remove-private-AS",
     "remove-private-AS cannot be configured for IBGP peers"},
    {"neighbor 10.0.0.1 remote-as 65001", "neighbor 10.0.0.1 as-override",
     "as-override cannot be configured for IBGP peers"},
    {"neighbor 10.0.0.1 remote-as 65001", "neighbor 10.0.0.1 local-role customer",
     "External roles can be set only on eBGP session"},
    {"", "bgp listen range 10.0.0.0/8 peer-group NONE", "Configure the peer-group first"},
    {"neighbor G peer-group", "bgp listen range 10.0.0.0/8 peer-group G",
     "Specify remote-as or peer-group remote AS first"},
    {"neighbor G peer-group\nneighbor G remote-as 65002\nbgp listen range 10.0.0.0/8 peer-group G",
     "bgp listen range 10.1.0.0/16 peer-group G", "Listen range overlaps with existing listen range"},
    {"neighbor G peer-group\nneighbor G remote-as 65002\nbgp listen range 10.0.0.0/8 peer-group G\n"
     "neighbor H peer-group\nneighbor H remote-as 5",
     "bgp listen range 10.0.0.0/8 peer-group H", "Same listen range is attached to peer-group G"},
    {"", "no bgp listen range 10.0.0.0/8 peer-group H", kRange},
    {"", "no bgp graceful-restart", kNotNow},
    {"neighbor 10.0.0.1 remote-as 65002", "no neighbor 10.0.0.1 graceful-restart", kNotNow},
    {"bgp router-id 1.2.3.4", "no bgp router-id 1.2.3.5", "BGP router-id doesn't match"},
    {"", "no network 10.0.0.0/8", "Can't find static route specified"},
    {"", "no aggregate-address 10.0.0.0/8", "There is no aggregate-address configuration."},
    {"", "aggregate-address 10.0.0.0/8 suppress-map X summary-only",
     "'summary-only' and 'suppress-map' can't be used at the same time"},
    {"", "aggregate-address 10.1.1.1/32",
     "Specified prefix: 10.1.1.1/32 will not result in any useful aggregation, disallowing"},
    {"", "bgp dampening 10 2000 1000 5", "Suppress value cannot be less than reuse value"},
    {"distance 5 10.0.0.0/8", "no distance 6 10.0.0.0/8", "Distance does not match configured"},
    {"", "no distance 5 10.0.0.0/8", "Can't find specified prefix"},
    {"", "network 10.0.0.0 mask 255.0.255.0", "Inconsistent address and mask"},
    {"", "neighbor 10.0.0.1 remote-as 0",
     "'0' is not an AS number; write 1 to 4294967295, or 1.10 for 65546"},
    {"", "bgp confederation peers 65002 x",
     "'x' is not an AS number; write 1 to 4294967295, or 1.10 for 65546"},
    {"", "router bgp 65002", "BGP is already running; AS is 65001"},
    {"", "no router bgp 65002", "Can't find BGP instance"},
};

TEST(BgpCommands, RefuseWhatFrrRefuses) {
    for (const auto& [before, line, why] : kRefused) {
        Reader reader;
        ASSERT_EQ(reader.readInRouter(before), "") << before;
        const BgpConfig unchanged = reader.config();
        EXPECT_EQ(reader.read(line), why) << before << "\n" << line;
        EXPECT_TRUE(reader.config() == unchanged) << before << "\n" << line;
    }
}

struct Said {
    const char* lines;    ///< of `router bgp 65001`
    const char* printed;  ///< between `router bgp 65001` and `exit`
};

constexpr Said kSaid[] = {
    // A member is told its group's number, and the group takes its members and listeners with it.
    {"neighbor G peer-group\nneighbor 10.0.0.1 peer-group G\nneighbor 10.0.0.1 remote-as 65003\n"
     "neighbor G remote-as 65009",
     " neighbor G peer-group\n neighbor G remote-as 65009\n neighbor 10.0.0.1 peer-group G\n"},
    {"neighbor G peer-group\nneighbor G remote-as 65002\nneighbor 10.0.0.1 peer-group G\n"
     "neighbor eth0 interface peer-group G\nbgp listen range 10.0.0.0/8 peer-group G\n"
     "neighbor 10.0.0.8 remote-as 5\nno neighbor G peer-group",
     " neighbor 10.0.0.8 remote-as 5\n"},
    {"neighbor G peer-group\nneighbor G remote-as 65002\nneighbor 10.0.0.1 peer-group G\n"
     "no neighbor G remote-as 65002",
     " neighbor G peer-group\n"},
    {"neighbor G peer-group\nneighbor H peer-group\nneighbor 10.0.0.1 peer-group G\n"
     "no neighbor 10.0.0.1 peer-group H",
     " neighbor G peer-group\n neighbor H peer-group\n"},
    // In a member, `no` means: as the group.
    {"neighbor G peer-group\nneighbor G passive\nneighbor 10.0.0.1 peer-group G\n"
     "neighbor 10.0.0.1 timers 4 12\nneighbor 10.0.0.1 passive\nno neighbor 10.0.0.1 passive\n"
     "no neighbor 10.0.0.1 timers",
     " neighbor G peer-group\n neighbor G passive\n neighbor 10.0.0.1 peer-group G\n"},
    // What does not fit the new kind of peer goes.
    {"neighbor 10.0.0.1 remote-as 65002\nneighbor 10.0.0.1 local-as 65005\nneighbor 10.0.0.1 ebgp-multihop\n"
     "neighbor 10.0.0.1 remote-as 65001",
     " neighbor 10.0.0.1 remote-as 65001\n"},
    {"neighbor 10.0.0.1 remote-as 65001\nneighbor 10.0.0.1 ebgp-multihop 2\n"
     "neighbor 10.0.0.1 route-reflector-client\nneighbor 10.0.0.1 remote-as external",
     " neighbor 10.0.0.1 remote-as external\n"},
    {"neighbor 10.0.0.1 remote-as 65002\nno neighbor 10.0.0.1 remote-as 65099", ""},
    {"no neighbor 10.0.0.7\nno neighbor 10.0.0.7 remote-as 65002", ""},
    {"neighbor 10.0.0.1 remote-as 65002\nneighbor 10.0.0.1 timers 100 30",
     " neighbor 10.0.0.1 remote-as 65002\n neighbor 10.0.0.1 timers 10 30\n"},
    {"neighbor eth0 interface remote-as external\nneighbor eth0 interface v6only remote-as external",
     " neighbor eth0 interface v6only remote-as external\n"},
    // Who is there already keeps what it has when the default changes.
    {"no bgp default ipv4-unicast\nneighbor 10.0.0.1 remote-as 65002\nbgp default ipv4-unicast\n"
     "neighbor 10.0.0.2 remote-as 65002",
     " neighbor 10.0.0.1 remote-as 65002\n neighbor 10.0.0.2 remote-as 65002\n !\n"
     " address-family ipv4 unicast\n  no neighbor 10.0.0.1 activate\n exit-address-family\n"},
    {"neighbor G peer-group\nneighbor 10.0.0.3 peer-group G\nneighbor 10.0.0.3 remote-as 65003\n"
     "no neighbor 10.0.0.3 activate\nneighbor 10.0.0.1 remote-as 5\nno neighbor 10.0.0.1 activate\n"
     "no bgp default ipv4-unicast",
     " no bgp default ipv4-unicast\n neighbor G peer-group\n neighbor 10.0.0.3 remote-as 65003\n"
     " neighbor 10.0.0.3 peer-group G\n neighbor 10.0.0.1 remote-as 5\n !\n address-family ipv4 unicast\n"
     "  neighbor G activate\n  no neighbor 10.0.0.3 activate\n exit-address-family\n"},
    {"neighbor G peer-group\nneighbor 10.0.0.3 peer-group G\nno neighbor 10.0.0.3 activate\n"
     "no neighbor G activate\nneighbor G activate",
     " neighbor G peer-group\n neighbor 10.0.0.3 peer-group G\n"},
    {"bgp default shutdown\nneighbor 10.0.0.1 remote-as 5\nno bgp default shutdown\n"
     "neighbor 10.0.0.2 remote-as 5",
     " neighbor 10.0.0.1 remote-as 5\n neighbor 10.0.0.1 shutdown\n neighbor 10.0.0.2 remote-as 5\n"},
    {"redistribute static metric 5\nredistribute static\nredistribute static route-map X",
     " !\n address-family ipv4 unicast\n  redistribute static metric 5 route-map X\n"
     " exit-address-family\n"},
    {"redistribute static metric 5\nno redistribute static metric 7", ""},
    {"network 10.0.0.0\nnetwork 172.16.5.4\nnetwork 192.0.2.1\nnetwork 10.1.2.3/16\nnetwork 10.1.0.0 mask "
     "255.255.0.0",
     " !\n address-family ipv4 unicast\n  network 10.0.0.0/8\n  network 10.1.0.0/16\n"
     "  network 172.16.0.0/16\n  network 192.0.2.0/24\n exit-address-family\n"},
    {"neighbor 10.0.0.1 remote-as 5\nneighbor 10.0.0.1 addpath-tx-all-paths\n"
     "neighbor 10.0.0.1 addpath-tx-bestpath-per-AS",
     " bgp deterministic-med\n neighbor 10.0.0.1 remote-as 5\n !\n address-family ipv4 unicast\n"
     "  neighbor 10.0.0.1 addpath-tx-bestpath-per-AS\n exit-address-family\n"},
    {"neighbor 10.0.0.1 remote-as 5\nneighbor 10.0.0.1 route-server-client",
     " neighbor 10.0.0.1 remote-as 5\n !\n address-family ipv4 unicast\n"
     "  neighbor 10.0.0.1 route-server-client\n  neighbor 10.0.0.1 attribute-unchanged next-hop\n"
     " exit-address-family\n"},
    {"neighbor 10.0.0.1 remote-as 5\nneighbor 10.0.0.1 route-server-client\n"
     "no neighbor 10.0.0.1 route-server-client",
     " neighbor 10.0.0.1 remote-as 5\n"},
    // Of newer FRR, and of Peerscape.
    {"bgp processing-time 10 1000", " bgp processing-time 10 1000\n"},
    {"bgp processing-time 50", " bgp processing-time 50\n"},
    {"bgp processing-time 50 90\nno bgp processing-time 50", ""},
    {"bgp advertisement-interval 20 0", " bgp advertisement-interval 20 0\n"},
    {"bgp advertisement-interval rfc", " bgp advertisement-interval 30 5\n"},
    {"bgp advertisement-interval rfc\nno bgp advertisement-interval", ""},
    {"bgp graceful-restart preserve-fw-state\nbgp graceful-restart rib-stale-time 60",
     " bgp graceful-restart preserve-fw-state\n bgp graceful-restart rib-stale-time 60\n"},
    {"bgp graceful-restart rib-stale-time 60\nno bgp graceful-restart rib-stale-time", ""},
    {"bgp bestpath aigp\nbgp withdraw-interval\nno bgp timers jitter\nneighbor 10.0.0.1 remote-as 5\n"
     "neighbor 10.0.0.1 aigp",
     " bgp bestpath aigp\n bgp withdraw-interval\n no bgp timers jitter\n neighbor 10.0.0.1 remote-as 5\n !\n"
     " address-family ipv4 unicast\n  neighbor 10.0.0.1 aigp\n exit-address-family\n !\n"
     " address-family ipv6 unicast\n  neighbor 10.0.0.1 aigp\n exit-address-family\n"},
};

TEST(BgpCommands, LeaveWhatFrrLeaves) {
    for (const auto& [lines, printed] : kSaid) {
        Reader reader;
        ASSERT_EQ(reader.readInRouter(lines), "") << lines;
        EXPECT_EQ(reader.print(), "router bgp 65001\n" + std::string(printed) + "exit\n!\n") << lines;
    }
}

TEST(BgpCommands, ReadAsNumbersInEveryNotation) {
    Reader reader;
    ASSERT_EQ(reader.read("router bgp 1.0 as-notation dot+\nbgp confederation identifier 1.10\n"
                          "bgp confederation peers 65547 1.12\nneighbor 10.0.0.1 remote-as 65546\n"
                          "neighbor 10.0.0.1 local-as 0.65002"),
              "");
    EXPECT_EQ(reader.print(),
              "router bgp 1.0 as-notation dot+\n bgp confederation identifier 1.10\n"
              " bgp confederation peers 1.11 1.12\n neighbor 10.0.0.1 remote-as 1.10\n"
              " neighbor 10.0.0.1 local-as 0.65002\nexit\n!\n");
    ASSERT_EQ(reader.read("bgp asnotation dot"), "");
    EXPECT_TRUE(reader.print().contains("router bgp 1.0 as-notation dot\n"));
    EXPECT_TRUE(reader.print().contains("local-as 65002\n"));
    ASSERT_EQ(reader.read("exit\nrouter bgp 65536\nno bgp asnotation"), "");
    EXPECT_TRUE(reader.print().contains("router bgp 65536\n"));
}

TEST(BgpCommands, OpenTheRouterThatIsThere) {
    Reader reader;
    EXPECT_EQ(reader.read("router bgp"), "No BGP process is configured");
    EXPECT_EQ(reader.read("no router bgp"), "No BGP process is configured");
    EXPECT_EQ(reader.read("router bgp 5\nexit\nrouter bgp\nbgp router-id 1.1.1.1\nexit\nno router bgp"), "");
    EXPECT_EQ(reader.print(), "");
}

TEST(BgpCommands, RefuseTheRoutersOwnAddress) {
    Reader reader;
    reader.session.interface("eth0").addresses.push_back(
        {.address = *IpAddress::parse("10.0.12.1"), .length = 24});
    EXPECT_EQ(reader.readInRouter("neighbor 10.0.12.1 remote-as 4"),
              "Can not configure the local system as neighbor");
}

TEST(BgpCommands, WarnWhatIsNotModelled) {
    Reader reader;
    ASSERT_EQ(reader.readInRouter("redistribute ospf 3 metric 4\nnetwork 10.0.0.0/8 label-index 4\n"
                                  "bgp reject-as-sets\naggregate-address 10.0.0.0/8 as-set"),
              "");
    EXPECT_EQ(reader.warnings,
              (std::vector<std::string>{"no router of this lab runs ospf: there is nothing to redistribute",
                                        "'label-index' is understood but not modelled",
                                        "Ignoring as-set because `bgp reject-as-sets` is enabled."}));
}

TEST(BgpCommands, HoldAtTheTopToo) {
    Reader reader;
    ASSERT_EQ(reader.read("bgp route-map delay-timer 7\nbgp graceful-shutdown\nrouter bgp 65001"), "");
    EXPECT_EQ(reader.print(),
              "bgp route-map delay-timer 7\n!\nrouter bgp 65001\n bgp graceful-shutdown\nexit\n!\n");
}

}  // namespace
}  // namespace peerscape::bgp

#include "scenarios/format/intents.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/format/lab_reader.hpp"
#include "scenarios/format/lab_writer.hpp"

namespace peerscape {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

LabFile expanded(const std::string& text) {
    const LabOutcome outcome = readLab("peerscape: 1\n" + text, "lab.yaml");
    for (const Diagnostic& diagnostic : outcome.diagnostics)
        ADD_FAILURE() << toString(diagnostic);
    if (!outcome.lab) return {};
    LabOutcome full = expandLab(*outcome.lab);
    for (const Diagnostic& diagnostic : full.diagnostics)
        ADD_FAILURE() << toString(diagnostic);
    return full.lab.value_or(LabFile());
}

std::string configOf(const LabFile& lab, const std::string& name) {
    const RouterEntry* router = lab.router(name);
    if (router != nullptr) return router->config.empty() ? "" : router->config[0].text;
    const HostEntry* host = lab.host(name);
    return host == nullptr || host->config.empty() ? "" : host->config[0].text;
}

/// "A:eth0 172.20.0.1/30, B:eth0 172.20.0.2/30"
std::string ends(const LinkEntry& link) {
    std::string text;
    for (const EndEntry& end : link.ends) {
        if (!text.empty()) text += ", ";
        text += end.node.name + ":" + end.interface;
        for (const PlacedAddress& address : end.addresses)
            text += " " + toString(address.value);
    }
    return text;
}

TEST(Addressing, GivesInterfacesAndAddressesToShortForms) {
    const LabFile lab = expanded(
        "routers: {A: , B: , C: }\nlinks: [{ends: [A, B]}, {ends: [B, C]}, {ends: [A, 'C:wan']}]\nlans: "
        "[{ends: [A, B, C]}]\n");
    EXPECT_EQ(ends(lab.links[0]), "A:eth0 172.20.0.1/30, B:eth0 172.20.0.2/30");
    EXPECT_EQ(ends(lab.links[1]), "B:eth1 172.20.0.5/30, C:eth0 172.20.0.6/30");
    EXPECT_EQ(ends(lab.links[2]), "A:eth1 172.20.0.9/30, C:wan 172.20.0.10/30");
    EXPECT_EQ(ends(lab.lans[0]), "A:eth2 172.24.0.1/24, B:eth2 172.24.0.2/24, C:eth1 172.24.0.3/24");
}

TEST(Addressing, ManyLinksGoOnInASecondPool) {
    const LabFile lab = expanded(
        "routers: {A: {networks: [172.20.0.0/14]}, B: "
        "}\nlinks: [{ends: [A, B]}, {ends: [A, B]}]\n");
    EXPECT_EQ(ends(lab.links[0]), "A:eth0 100.64.0.1/30, B:eth0 100.64.0.2/30");
    EXPECT_EQ(ends(lab.links[1]), "A:eth1 100.64.0.5/30, B:eth1 100.64.0.6/30");
}

TEST(Addressing, NamesInterfacesAroundThoseThatAreTaken) {
    const LabFile lab =
        expanded("routers: {A: , B: }\nlinks: [{ends: [A, B]}, {ends: ['A:eth0', 'B:eth1']}]\n");
    EXPECT_EQ(lab.links[0].ends[0].interface, "eth1");
    EXPECT_EQ(lab.links[0].ends[1].interface, "eth0");
}

TEST(Addressing, FillsTheNetworkThatALinkHas) {
    const LabFile lab = expanded(
        "routers: {A: , B: }\nlinks: [{ends: {A: [10.0.0.1/29], B: }}]\nlans: [{ends: {A: , B: "
        "10.0.1.1/24}}]\n");
    EXPECT_EQ(ends(lab.links[0]), "A:eth0 10.0.0.1/29, B:eth0 10.0.0.2/29");
    EXPECT_EQ(ends(lab.lans[0]), "A:eth1 10.0.1.2/24, B:eth1 10.0.1.1/24");
}

TEST(Addressing, LeavesOutWhatTheLabUses) {
    const LabFile lab = expanded(
        "routers: {A: {loopback: [172.20.0.1/32]}, B: {config: \"ip route 172.20.0.4/30 "
        "blackhole\\n\"}}\nlinks: [{ends: [A, B]}]\n");
    EXPECT_EQ(ends(lab.links[0]), "A:eth0 172.20.0.9/30, B:eth0 172.20.0.10/30");
}

TEST(Addressing, LeavesLinksAloneThatConfigurationsAddress) {
    const std::string config = "{config: \"interface eth0\\n ip address 10.0.0.1/30\\n\"}";
    EXPECT_EQ(ends(expanded("routers: {A: " + config + ", B: }\nlinks: [{ends: [A, B]}]\n").links[0]),
              "A:eth0, B:eth0");
    EXPECT_EQ(ends(expanded("routers: {A: {config: \"x\\n\"}, B: {config: \"x\\n\"}}\nlinks: [{ends: "
                            "['A:eth0', 'B:eth0']}]\n")
                       .links[0]),
              "A:eth0, B:eth0");
}

TEST(Addressing, GivesIpv6OnlyWhereItIsAskedFor) {
    const LabFile both = expanded("routers: {A: {protocols: [rip, ripng]}, B: }\nlinks: [{ends: [A, B]}]\n");
    EXPECT_EQ(ends(both.links[0]),
              "A:eth0 172.20.0.1/30 2001:db8:f000::1/64, B:eth0 172.20.0.2/30 2001:db8:f000::2/64");
    const LabFile only6 = expanded("routers: {A: {protocols: [ripng]}, B: }\nlinks: [{ends: [A, B]}]\n");
    EXPECT_EQ(ends(only6.links[0]), "A:eth0 2001:db8:f000::1/64, B:eth0 2001:db8:f000::2/64");
}

TEST(Addressing, MakesStubsOfNetworks) {
    const LabFile lab = expanded("routers: {A: {networks: [10.1.0.0/16, '2001:db8:1::/48', 10.9.9.9/32]}}\n");
    ASSERT_EQ(lab.lans.size(), 3U);
    EXPECT_EQ(ends(lab.lans[0]), "A:stub0 10.1.0.1/16");
    EXPECT_EQ(ends(lab.lans[1]), "A:stub1 2001:db8:1::1/48");
    EXPECT_EQ(ends(lab.lans[2]), "A:stub2 10.9.9.9/32");
    EXPECT_EQ(lab.lans[0].name, "A-stub0");
}

TEST(Addressing, AddressesLinksThatStepsAdd) {
    const LabFile lab = expanded(
        "routers: {A: , B: }\nlinks: [{ends: [A, B]}]\nsteps: [{do: [{add_link: {ends: [A, B]}}]}]\n");
    const auto& add = std::get<lab_action::AddLink>(lab.steps[1].actions[0].what);
    EXPECT_EQ(add.link.name, "A-B-2");
    EXPECT_EQ(ends(add.link), "A:eth1 172.20.0.5/30, B:eth1 172.20.0.6/30");
}

TEST(Addressing, SaysWhenANetworkIsFull) {
    const LabOutcome outcome = readLab(
        "peerscape: 1\nrouters: {A: , B: , C: }\nlans: [{ends: {A: 10.0.0.1/30, B: , C: }}]\n", "lab.yaml");
    const LabOutcome full = expandLab(outcome.lab.value());
    EXPECT_FALSE(full.lab.has_value());
    ASSERT_EQ(full.diagnostics.size(), 1U);
    EXPECT_EQ(toString(full.diagnostics[0]),
              "lab.yaml:3:37: the network 10.0.0.0/30 of 'A-B-C' has no free address left");
}

TEST(Hosts, GetALinkAndADefaultRoute) {
    const LabFile lab = expanded("routers: {A: }\nhosts: {pc: {gateway: A}}\nprobes: [{from: A, to: pc}]\n");
    EXPECT_EQ(ends(lab.links.at(0)), "pc:eth0 172.20.0.1/30, A:eth0 172.20.0.2/30");
    EXPECT_EQ(configOf(lab, "pc"),
              "frr defaults traditional\nhostname pc\n!\nip route 0.0.0.0/0 172.20.0.2\n");
    EXPECT_EQ(toString(lab.probes[0].to.address.value()), "172.20.0.1");
}

TEST(Hosts, JoinTheNetworkOfTheirAddress) {
    const LabFile lab = expanded(
        "routers: {A: {networks: [10.1.0.0/16]}}\nhosts: {pc: {gateway: A, address: 10.1.0.77/16}, far: "
        "{gateway: A, address: 10.9.0.7/24}}\n");
    EXPECT_EQ(ends(lab.lans.at(0)), "A:stub0 10.1.0.1/16, pc:eth0 10.1.0.77/16");
    EXPECT_EQ(ends(lab.links.at(0)), "far:eth0 10.9.0.7/24, A:eth0 10.9.0.1/24");
    EXPECT_THAT(configOf(lab, "pc"), HasSubstr("ip route 0.0.0.0/0 10.1.0.1\n"));
}

TEST(Intents, WriteRipForALine) {
    const LabFile lab = expanded(
        "routers:\n  A: {networks: [10.1.0.0/16], protocols: [rip], loopback: [10.0.0.1/32]}\n  B: "
        "{protocols: [rip]}\n  C: \n"
        "links: [{ends: [A, B]}, {ends: [A, C]}]\n");
    EXPECT_EQ(configOf(lab, "A"),
              "frr defaults traditional\nhostname A\n!\nrouter rip\n network 172.20.0.0/30\n network "
              "172.20.0.4/30\n network 10.1.0.0/16\n"
              " network 10.0.0.1/32\n passive-interface eth1\n passive-interface stub0\n!\n");
    EXPECT_EQ(configOf(lab, "C"), "");
}

TEST(Intents, WriteRipngByInterface) {
    const LabFile lab = expanded(
        "routers:\n  A: {networks: ['2001:db8:1::/48'], protocols: [ripng]}\n  B: {protocols: "
        "[ripng]}\nlinks: [{ends: [A, B]}]\n");
    EXPECT_EQ(configOf(lab, "A"),
              "frr defaults traditional\nhostname A\n!\nrouter ripng\n network eth0\n network stub0\n "
              "passive-interface stub0\n!\n");
}

TEST(Intents, WriteStaticRoutesByTheFewestHops) {
    const LabFile lab = expanded(
        "routers:\n  A: {networks: [10.1.0.0/16], protocols: [static]}\n  B: {networks: [10.2.0.0/16], "
        "protocols: [static]}\n"
        "  C: {networks: [10.3.0.0/16], protocols: [static]}\n  D: {networks: [10.4.0.0/16], protocols: "
        "[static]}\n"
        "links: [{ends: [A, B]}, {ends: [B, C]}, {ends: [C, D]}, {ends: [A, D]}]\nsteps: [{do: [{add_link: "
        "{ends: [A, C]}}]}]\n");
    // To C both ways are equally long: by the earlier link. The link that a step adds counts for nothing.
    EXPECT_EQ(
        configOf(lab, "A"),
        "frr defaults traditional\nhostname A\n!\n"
        "ip route 10.2.0.0/16 172.20.0.2\nip route 10.3.0.0/16 172.20.0.2\nip route 10.4.0.0/16 172.20.0.14\n"
        "ip route 172.20.0.4/30 172.20.0.2\nip route 172.20.0.8/30 172.20.0.14\n!\n");
}

TEST(Intents, WriteEigrpWithTheAsnWhereItFits) {
    const std::string text = "protocols: [eigrp]}\n  B: {protocols: [eigrp]}\nlinks: [{ends: [A, B]}]\n";
    EXPECT_THAT(configOf(expanded("routers:\n  A: {asn: 7, " + text), "A"),
                HasSubstr("router eigrp 7\n network 172.20.0.0/30\n"));
    EXPECT_THAT(configOf(expanded("routers:\n  A: {asn: 70000, " + text), "A"),
                HasSubstr("router eigrp 1\n"));
}

TEST(Intents, TellEigrpOfTheLinksThatTheLabDescribes) {
    const LabFile lab = expanded(
        "routers:\n  A: {networks: [10.1.0.0/16], protocols: [eigrp]}\n  B: {protocols: [eigrp]}\n"
        "links: [{ends: [A, B], bandwidth: 512kbit, delay: 2ms}, {ends: [A, B], delay: 14us}, {ends: [A, B], "
        "bandwidth: unlimited}, {ends: [A, B], bandwidth: 100Gbit, delay: 0ms}, {ends: [A, B], bandwidth: "
        "300bit, "
        "delay: 1h}]\n");
    EXPECT_EQ(configOf(lab, "A"),
              "frr defaults traditional\nhostname A\n!\n"
              "interface eth0\n eigrp bandwidth 512\n delay 200\n!\ninterface eth1\n delay 1\n!\n"
              "interface eth3\n eigrp bandwidth 10000000\n delay 1\n!\n"
              "interface eth4\n eigrp bandwidth 1\n delay 16777215\n!\n"
              "router eigrp 1\n network 172.20.0.0/30\n network 172.20.0.4/30\n network 172.20.0.8/30\n"
              " network 172.20.0.12/30\n network 172.20.0.16/30\n network 10.1.0.0/16\n passive-interface "
              "stub0\n!\n");
}

TEST(Intents, WriteEigrpForBothFamilies) {
    const std::string links = "links: [{ends: [A, B]}]\n";
    EXPECT_EQ(
        configOf(expanded("routers:\n  A: {asn: 7, networks: [10.1.0.0/16, \"2001:db8:1::/64\"], loopback: "
                          "[\"2001:db8::1/128\"], protocols: [eigrp]}\n  B: {protocols: [eigrp]}\n" +
                          links),
                 "A"),
        "frr defaults traditional\nhostname A\n!\n"
        "interface eth0\n ipv6 eigrp 7\n!\ninterface stub1\n ipv6 eigrp 7\n!\ninterface lo\n ipv6 eigrp "
        "7\n!\nrouter eigrp 7\n network 172.20.0.0/30\n network 10.1.0.0/16\n passive-interface stub0\n!\n"
        "ipv6 router eigrp 7\n passive-interface stub1\n!\n");
    EXPECT_EQ(configOf(expanded("routers:\n  A: {networks: [\"2001:db8:1::/64\"], protocols: [eigrp]}\n  B: "
                                "{protocols: [eigrp]}\n" +
                                links),
                       "A"),
              "frr defaults traditional\nhostname A\n!\n"
              "interface eth0\n ipv6 eigrp 1\n!\ninterface stub0\n ipv6 eigrp 1\n!\n"
              "ipv6 router eigrp 1\n eigrp router-id 0.0.0.1\n passive-interface stub0\n!\n")
        << "IPv6 alone";
}

const std::string kThreeAses =
    "routers:\n  A: {asn: 65001, networks: [10.1.0.0/16], protocols: [bgp]}\n  B1: {asn: 65002, networks: "
    "[10.2.0.0/16], protocols: [rip, bgp]}\n"
    "  B2: {asn: 65002, protocols: [rip, bgp]}\n  C: {asn: 65003, networks: [10.3.0.0/16], protocols: "
    "[bgp]}\n"
    "links: [{ends: [A, B1], relation: customer-provider}, {ends: [B1, B2]}, {ends: [B2, C], relation: "
    "peer}]\n";

TEST(Intents, WriteBgpForAnAsWithOneRouter) {
    EXPECT_EQ(configOf(expanded(kThreeAses), "A"),
              "frr defaults traditional\nhostname A\n!\n"
              "router bgp 65001\n bgp router-id 0.0.253.233\n bgp bestpath compare-routerid\n no bgp default "
              "ipv4-unicast\n"
              " neighbor 172.20.0.2 remote-as 65002\n neighbor 172.20.0.2 description B1\n !\n"
              " address-family ipv4 unicast\n  network 10.1.0.0/16\n  neighbor 172.20.0.2 activate\n"
              "  neighbor 172.20.0.2 route-map from-provider in\n  neighbor 172.20.0.2 route-map to-provider "
              "out\n exit-address-family\n!\n"
              "bgp community-list standard not-for-all permit 65000:2\nbgp community-list standard "
              "not-for-all permit 65000:3\n!\n"
              "route-map from-provider permit 10\n set community 65000:3\n set local-preference 50\n!\n"
              "route-map to-provider deny 10\n match community not-for-all\n!\nroute-map to-provider permit "
              "20\n!\n");
}

TEST(Intents, MeshTheRoutersOfOneAsOverLoopbacks) {
    const LabFile lab = expanded(kThreeAses);
    EXPECT_EQ(toString(lab.router("B1")->loopback.at(0).value), "172.28.0.1/32");
    const std::string config = configOf(lab, "B1");
    EXPECT_THAT(config, AllOf(HasSubstr(" bgp router-id 172.28.0.1\n"),
                              HasSubstr(" neighbor 172.28.0.2 remote-as 65002\n"),
                              HasSubstr(" neighbor 172.28.0.2 update-source lo\n"),
                              HasSubstr("  neighbor 172.28.0.2 next-hop-self\n")));
    // The customer's link belongs to no interior protocol; the loopback does.
    EXPECT_THAT(config, AllOf(Not(HasSubstr(" network 172.20.0.0/30\n")),
                              HasSubstr(" network 172.20.0.4/30\n"), HasSubstr(" network 172.28.0.1/32\n")));
    EXPECT_THAT(
        config,
        AllOf(HasSubstr(
                  "route-map from-customer permit 10\n set community 65000:1\n set local-preference 200\n"),
              HasSubstr("route-map to-customer permit 10\n!\n"), Not(HasSubstr("to-customer deny"))));
    EXPECT_THAT(configOf(lab, "B2"), HasSubstr("set local-preference 150\n"));
}

/// Two reflectors and two clients in a square.
const std::string kReflected =
    "routers:\n"
    "  R1: {asn: 7, protocols: [rip, bgp], route-reflector: true}\n"
    "  R2: {asn: 7, protocols: [rip, bgp], route-reflector: true}\n"
    "  C1: {asn: 7, protocols: [rip, bgp], networks: [10.1.0.0/16]}\n"
    "  C2: {asn: 7, protocols: [rip, bgp], networks: [10.2.0.0/16]}\n"
    "links: [{ends: [R1, C1]}, {ends: [R1, C2]}, {ends: [R2, C1]}, {ends: [R2, C2]}]\n";

TEST(Intents, MeshReflectorsAndGiveThemTheOthersAsClients) {
    const LabFile lab = expanded(kReflected);
    const auto addressOf = [&](const char* router) {
        return toString(lab.router(router)->loopback.at(0).value.address);
    };
    const auto sessionWith = [&](const char* router) {
        return "neighbor " + addressOf(router) + " remote-as 7\n";
    };
    const auto clientIs = [&](const char* router) {
        return "neighbor " + addressOf(router) + " route-reflector-client\n";
    };
    EXPECT_THAT(configOf(lab, "R1"), AllOf(HasSubstr(sessionWith("R2")), Not(HasSubstr(clientIs("R2"))),
                                           HasSubstr(clientIs("C1")), HasSubstr(clientIs("C2"))));
    EXPECT_THAT(configOf(lab, "C1"),
                AllOf(HasSubstr(sessionWith("R1")), HasSubstr(sessionWith("R2")),
                      Not(HasSubstr(sessionWith("C2"))), Not(HasSubstr("route-reflector-client"))));
    EXPECT_FALSE(lab.router("R1")->reflectsRoutes) << "from here on the configuration says it";
}

TEST(Intents, ReflectorsSpeakBgp) {
    const LabOutcome read =
        readLab("peerscape: 1\nrouters:\n  A: {protocols: [rip], route-reflector: true}\n", "lab.yaml");
    ASSERT_FALSE(read.diagnostics.empty());
    EXPECT_EQ(toString(read.diagnostics.front()),
              "lab.yaml:3:25: router 'A' reflects routes, so 'bgp' must stand among its 'protocols'");
}

TEST(Intents, ReachLoopbacksByStaticRoutesWhereNothingElseDoes) {
    const LabFile lab = expanded(
        "routers: {A: {asn: 7, protocols: [bgp]}, B: {asn: 7, protocols: [bgp]}}\nlinks: [{ends: [A, B]}]\n");
    EXPECT_THAT(configOf(lab, "A"), HasSubstr("ip route 172.28.0.2/32 172.20.0.2\n"));
}

TEST(Intents, TurnOffTheNeedForAPolicyWithoutRelations) {
    const LabFile lab = expanded(
        "routers: {A: {asn: 7, protocols: [bgp]}, B: {asn: 8, protocols: [bgp]}}\nlinks: [{ends: [A, B]}]\n");
    EXPECT_THAT(configOf(lab, "A"),
                AllOf(HasSubstr(" no bgp ebgp-requires-policy\n"), Not(HasSubstr("route-map"))));
    EXPECT_THAT(configOf(expanded(kThreeAses), "A"), Not(HasSubstr("requires-policy")));
}

TEST(ExpandLab, BeginsWithTheStart) {
    EXPECT_EQ(expanded("").steps.at(0).name, "start");
    EXPECT_EQ(expanded("steps: [{name: go, do: [{wait: 1s}]}]\n").steps.size(), 2U);
    EXPECT_EQ(expanded("steps: [{name: go}]\n").steps.size(), 1U);
}

TEST(ExpandLab, GivesALabThatReadsBackAndExpandsToItself) {
    for (const std::string& text :
         {kThreeAses, std::string("routers: {A: {networks: ['2001:db8:1::/64', 10.1.0.0/16], protocols: "
                                  "[static, ripng]}, B: {protocols: [static, rip]}}\n"
                                  "hosts: {pc: {gateway: A}, pc2: {gateway: A, address: "
                                  "10.1.0.9/16}}\nlinks: [{ends: [A, B]}, {ends: [A, B]}]\n"
                                  "steps: [{do: [{add_lan: {ends: [A, B]}}]}]\n")}) {
        const LabFile full = expanded(text);
        const LabOutcome again = readLab(writeLab(full), "lab.yaml");
        ASSERT_TRUE(again.lab.has_value());
        EXPECT_THAT(again.diagnostics, IsEmpty());
        EXPECT_TRUE(*again.lab == full);
        const LabOutcome twice = expandLab(*again.lab);
        ASSERT_TRUE(twice.lab.has_value());
        EXPECT_TRUE(*twice.lab == full) << writeLab(*twice.lab);
    }
}

TEST(ExpandLab, SaysWhichDestinationHasNoAddress) {
    const LabOutcome outcome =
        readLab("peerscape: 1\nrouters: {A: , B: }\nprobes: [{from: A, to: B}]\n", "lab.yaml");
    const LabOutcome full = expandLab(outcome.lab.value());
    EXPECT_FALSE(full.lab.has_value());
    EXPECT_EQ(toString(full.diagnostics.at(0)),
              "lab.yaml:3:24: 'B' has no address in the lab file; write the address itself");
}

}  // namespace
}  // namespace peerscape

#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/sim/sim_bench.hpp"

namespace peerscape {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

/// H1 - R1 - R2 - H2, one millisecond per link.
class Line : public testing::Test, public SimBench {
  protected:
    void SetUp() override {
        h1 = host("H1");
        r1 = router("R1");
        r2 = router("R2");
        h2 = host("H2");
        link("a", {"H1:eth0 10.0.1.10/24 2001:db8:1::10/64", "R1:eth0 10.0.1.1/24 2001:db8:1::1/64"});
        link("b", {"R1:eth1 10.0.12.1/24 2001:db8:12::1/64", "R2:eth0 10.0.12.2/24 2001:db8:12::2/64"});
        link("c", {"R2:eth1 10.0.2.1/24 2001:db8:2::1/64", "H2:eth0 10.0.2.10/24 2001:db8:2::10/64"});
        route(h1, "0.0.0.0/0", {"10.0.1.1"});
        route(h1, "::/0", {"2001:db8:1::1"});
        route(h2, "0.0.0.0/0", {"10.0.2.1"});
        route(h2, "::/0", {"2001:db8:2::1"});
        route(r1, "10.0.2.0/24", {"10.0.12.2"});
        route(r1, "2001:db8:2::/64", {"2001:db8:12::2"});
        route(r2, "10.0.1.0/24", {"10.0.12.1"});
        route(r2, "2001:db8:1::/64", {"2001:db8:12::1"});
    }
    std::vector<std::pair<IcmpKind, IpAddress>> sendAndListen(Packet packet) {
        send(h1, std::move(packet));
        runTo(sim->now() + Duration::seconds(10));
        return icmpAt(h1);
    }
    NodeId h1, r1, r2, h2;
};

TEST_F(Line, EchoIsAnsweredOverRoutersInBothFamilies) {
    start();
    EXPECT_THAT(sendAndListen(echo("10.0.1.10", "10.0.2.10")),
                ElementsAre(Pair(IcmpKind::EchoReply, ip("10.0.2.10"))));
    EXPECT_THAT(sendAndListen(echo("2001:db8:1::10", "2001:db8:2::10")).back(),
                Pair(IcmpKind::EchoReply, ip("2001:db8:2::10")));
    EXPECT_THAT(drops(), IsEmpty());
    const auto delivered = records<record::PacketDelivered>();
    EXPECT_EQ(delivered.back().second.packet->ttl, 62) << "two routers on the way";
    EXPECT_EQ(delivered.back().first.time, SimTime::after(Duration::seconds(10) + ms(6)));
}

TEST_F(Line, EveryRouterTakesOneFromTheTtl) {
    start();
    send(h1, echo("10.0.1.10", "10.0.2.10"));
    runTo(atMs(100));
    std::vector<int> ttls;
    for (const auto& [r, sent] : records<record::PacketSent>()) {
        if (sent.packet->destination == ip("10.0.2.10")) ttls.push_back(sent.packet->ttl);
    }
    EXPECT_THAT(ttls, ElementsAre(64, 63, 62));
}

TEST_F(Line, TimeExceededComesFromTheInterfaceThePacketCameInBy) {
    start();
    Packet packet = echo("10.0.1.10", "10.0.2.10");
    packet.ttl = 1;
    EXPECT_THAT(sendAndListen(packet), ElementsAre(Pair(IcmpKind::TimeExceeded, ip("10.0.1.1"))));
    packet.ttl = 2;
    EXPECT_EQ(sendAndListen(packet).back(), std::pair(IcmpKind::TimeExceeded, ip("10.0.12.2")));
    packet.ttl = 3;
    EXPECT_EQ(sendAndListen(packet).back().first, IcmpKind::EchoReply);
    EXPECT_THAT(drops(), ElementsAre(DropReason::TtlExpired, DropReason::TtlExpired));
    Packet six = echo("2001:db8:1::10", "2001:db8:2::10");
    six.ttl = 2;
    EXPECT_EQ(sendAndListen(six).back(), std::pair(IcmpKind::TimeExceeded, ip("2001:db8:12::2")));
}

TEST_F(Line, NoRouteIsNetworkUnreachableWhateverTheTtl) {
    start();
    for (const std::uint8_t ttl : std::initializer_list<std::uint8_t>{1, 64}) {
        Packet packet = echo("10.0.1.10", "203.0.113.1");
        packet.ttl = ttl;
        EXPECT_EQ(sendAndListen(packet).back(), std::pair(IcmpKind::NetworkUnreachable, ip("10.0.1.1")))
            << "as Linux looks for the way first";
    }
    EXPECT_THAT(drops(), ElementsAre(DropReason::NoRoute, DropReason::NoRoute));
}

TEST_F(Line, BlackholeIsSilentAndRejectIsHostUnreachable) {
    route(r1, "203.0.113.0/25", {"null0"});
    route(r1, "203.0.113.128/25", {"reject"});
    start();
    EXPECT_THAT(sendAndListen(echo("10.0.1.10", "203.0.113.1")), IsEmpty());
    EXPECT_THAT(sendAndListen(echo("10.0.1.10", "203.0.113.129")),
                ElementsAre(Pair(IcmpKind::HostUnreachable, ip("10.0.1.1"))));
    EXPECT_THAT(drops(), ElementsAre(DropReason::Blackhole, DropReason::Reject));
}

TEST_F(Line, NobodyThereIsHostUnreachableAfterThreeSeconds) {
    start();
    send(h1, echo("10.0.1.10", "10.0.2.77"));
    runTo(atMs(3003));
    EXPECT_THAT(icmpAt(h1), IsEmpty());
    runTo(atMs(3004));
    EXPECT_THAT(icmpAt(h1), ElementsAre(Pair(IcmpKind::HostUnreachable, ip("10.0.12.2"))))
        << "two links there, three seconds, two back";
    EXPECT_THAT(drops(), ElementsAre(DropReason::NeighborUnknown));
    // A sender is told by itself.
    send(h1, echo("10.0.1.10", "10.0.1.77"));
    runTo(sim->now() + Duration::seconds(3));
    EXPECT_EQ(icmpAt(h1).back(), std::pair(IcmpKind::HostUnreachable, ip("10.0.1.10")));
}

TEST_F(Line, UdpThatNobodyListensForIsPortUnreachable) {
    start();
    EXPECT_THAT(sendAndListen(udp("", "10.0.2.10", 33434)),
                ElementsAre(Pair(IcmpKind::PortUnreachable, ip("10.0.2.10"))));
    EXPECT_EQ(sendAndListen(udp("", "2001:db8:2::10", 33434)).back(),
              std::pair(IcmpKind::PortUnreachable, ip("2001:db8:2::10")));
    EXPECT_THAT(drops(), ElementsAre(DropReason::NoListener, DropReason::NoListener));
}

TEST_F(Line, ErrorsAboutErrorsAreNeverSent) {
    start();
    // R1 cannot send its error back, since the source is unknown: nothing is said about that either.
    send(h1, echo("198.51.100.1", "203.0.113.1"));
    runTo(atMs(10'000));
    EXPECT_THAT(drops(), ElementsAre(DropReason::NoRoute, DropReason::NoRoute));
    EXPECT_THAT(records<record::PacketDelivered>(), IsEmpty());
}

TEST_F(Line, HostsForwardNothingAndRoutersOnlyWhatTheyAreConfiguredTo) {
    base[r1].forwards4 = false;
    start();
    EXPECT_THAT(sendAndListen(echo("10.0.1.10", "10.0.2.10")), IsEmpty());
    EXPECT_THAT(drops(), ElementsAre(DropReason::NotForwarding));
    EXPECT_THAT(sendAndListen(echo("2001:db8:1::10", "2001:db8:2::10")),
                ElementsAre(Pair(IcmpKind::EchoReply, ip("2001:db8:2::10"))));
    EXPECT_EQ(sendAndListen(echo("10.0.1.10", "10.0.12.1")).back().first, IcmpKind::EchoReply)
        << "its own addresses answer all the same";
    // A host that is sent somebody else's packet.
    send(r2, echo("10.0.2.1", "203.0.113.1"), end("R2:eth1").interface);
    EXPECT_EQ(drops().back(), DropReason::NeighborUnknown);
}

TEST_F(Line, TooBigWithDontFragmentNamesTheMtuOfTheNextLink) {
    topology.segment(*topology.segmentNamed("b")).properties.mtu = 1400;
    start();
    EXPECT_THAT(sendAndListen(echo("10.0.1.10", "10.0.2.10", 1400)),
                ElementsAre(Pair(IcmpKind::TooBig, ip("10.0.1.1"))));
    const auto* icmp = records<record::PacketDelivered>().back().second.packet->payload.as<IcmpMessage>();
    EXPECT_EQ(icmp->mtu(), 1400U);
    EXPECT_EQ(sendAndListen(echo("10.0.1.10", "10.0.2.10", 1372)).back().first, IcmpKind::EchoReply)
        << "exactly the MTU fits";
    EXPECT_EQ(sendAndListen(echo("2001:db8:1::10", "2001:db8:2::10", 1353)).back().first, IcmpKind::TooBig);
    EXPECT_EQ(sendAndListen(echo("2001:db8:1::10", "2001:db8:2::10", 1352)).back().first,
              IcmpKind::EchoReply);
}

TEST_F(Line, LinkLocalPacketsStayOnTheirLink) {
    start();
    const IpAddress r1LinkLocal = *sim->node(r1).interfaces[0].linkLocal;
    Packet packet = udp("", "2001:db8:2::10", 9999);
    packet.source = *sim->node(h1).interfaces[0].linkLocal;
    send(h1, packet);
    runTo(atMs(100));
    EXPECT_THAT(drops(), ElementsAre(DropReason::NotForwarding));
    Packet near = echo("2001:db8:1::10", toString(r1LinkLocal));
    near = IcmpMessage::packet(IcmpMessage::echo(IcmpKind::EchoRequest, 1, 1, 8), packet.source, r1LinkLocal);
    send(h1, near, end("H1:eth0").interface);
    runTo(atMs(200));
    EXPECT_THAT(icmpAt(h1), ElementsAre(Pair(IcmpKind::EchoReply, r1LinkLocal)));
    // An error comes back over the link, too.
    Packet port = udp("", toString(r1LinkLocal), 9999);
    port.source = packet.source;
    send(h1, port, end("H1:eth0").interface);
    runTo(atMs(300));
    EXPECT_EQ(icmpAt(h1).back(), std::pair(IcmpKind::PortUnreachable, r1LinkLocal));
}

TEST_F(Line, ANodeReachesItself) {
    start();
    send(h1, echo("10.0.1.10", "10.0.1.10"));
    EXPECT_THAT(icmpAt(h1), IsEmpty()) << "nothing is handled before the sender has finished";
    runTo(atMs(0));
    EXPECT_THAT(icmpAt(h1), ElementsAre(Pair(IcmpKind::EchoRequest, ip("10.0.1.10")),
                                        Pair(IcmpKind::EchoReply, ip("10.0.1.10"))));
    EXPECT_THAT(records<record::PacketSent>(), IsEmpty());
}

TEST_F(Line, SourceIsTheAddressOfTheWayOut) {
    start();
    EXPECT_EQ(sim->sourceFor(r1, ip("10.0.2.10")), ip("10.0.12.1"));
    EXPECT_EQ(sim->sourceFor(r1, ip("2001:db8:1::10")), ip("2001:db8:1::1"));
    EXPECT_EQ(sim->sourceFor(r1, ip("10.0.1.1")), ip("10.0.1.1"));
    EXPECT_EQ(sim->sourceFor(r1, ip("203.0.113.1")), std::nullopt);
}

/// Three nodes on a LAN; the routers listen to RIP's port and group, and R1 has another network behind it.
class Lan : public testing::Test, public SimBench {
  protected:
    void SetUp() override {
        r1 = router("R1");
        r2 = router("R2");
        r3 = router("R3");
        lan("lan", {"R1:eth0 10.0.0.1/24 2001:db8::1/64", "R2:eth0 10.0.0.2/24 2001:db8::2/64",
                    "R3:eth0 10.0.0.3/24 2001:db8::3/64"});
        lan("stub", {"R1:eth1 10.0.9.1/24"});
        ToySettings listener;
        listener.udp = {{Family::IPv4, 520, {ip("224.0.0.9")}}, {Family::IPv6, 521, {ip("ff02::9")}}};
        listener.raw = {{Family::IPv4, 88, {ip("224.0.0.10")}}};
        toy(r2, listener);
        ToySettings other;
        other.udp = {{Family::IPv4, 520, {}}};
        toy(r3, other);
        start();
    }
    std::size_t heard(NodeId node) const { return toyOf(node).datagrams.size(); }
    NodeId r1, r2, r3;
};

TEST_F(Lan, MulticastReachesThoseWhoJoinedAndNobodyComplains) {
    send(r1, udp("", "224.0.0.9", 520), end("R1:eth0").interface);
    runTo(atMs(10));
    EXPECT_EQ(heard(r2), 1U);
    EXPECT_EQ(heard(r3), 0U) << "it bound the port, but not the group";
    EXPECT_EQ(toyOf(r2).datagrams[0].source, ip("10.0.0.1"));
    send(r1, udp("", "ff02::9", 521), end("R1:eth0").interface);
    runTo(atMs(20));
    ASSERT_EQ(heard(r2), 2U);
    EXPECT_EQ(toyOf(r2).datagrams[1].source, *sim->node(r1).interfaces[0].linkLocal)
        << "link scope speaks from link-local";
    EXPECT_THAT(drops(), IsEmpty());
}

TEST_F(Lan, RawIpIsDeliveredByNumber) {
    Packet packet = udp("", "224.0.0.10", 0);
    packet.protocol = 88;
    packet.sourcePort = packet.destinationPort = 0;
    send(r1, packet, end("R1:eth0").interface);
    runTo(atMs(10));
    EXPECT_EQ(heard(r2), 1U);
    EXPECT_EQ(heard(r3), 0U);
}

TEST_F(Lan, BroadcastsReachEverybodyAndAreNeverForwardedOrAnswered) {
    send(r1, udp("", "10.0.0.255", 520));
    send(r1, udp("", "255.255.255.255", 520), end("R1:eth0").interface);
    send(r1, udp("", "10.0.0.255", 999));
    send(r1, echo("10.0.0.1", "10.0.0.255"));
    send(r2, udp("10.0.0.2", "10.0.9.255", 520));
    runTo(atMs(5000));
    EXPECT_EQ(heard(r2), 2U);
    EXPECT_EQ(heard(r3), 2U);
    EXPECT_THAT(drops(), ElementsAre(DropReason::NoRoute)) << "R2 has no route to the stub network";
    EXPECT_THAT(icmpAt(r1), IsEmpty());
}

TEST_F(Lan, ADirectedBroadcastEndsAtTheRouter) {
    send(r2, udp("10.0.0.2", "10.0.9.255", 999), end("R2:eth0").interface);
    EXPECT_EQ(drops().back(), DropReason::NeighborUnknown);
    Packet packet = udp("10.0.0.2", "10.0.9.255", 999);
    // By way of R1, as a route would send it.
    routes[r2].offers.clear();
    route(r2, "10.0.9.0/24", {"10.0.0.1"});
    apply(configure(r2));
    send(r2, packet);
    const auto before = records<record::PacketSent>().size();
    runTo(atMs(10));
    EXPECT_EQ(records<record::PacketSent>().size(), before) << "not sent on into the stub network (RFC 2644)";
}

TEST_F(Lan, MulticastEchoIsAnsweredInIpv6Only) {
    send(r1,
         IcmpMessage::packet(IcmpMessage::echo(IcmpKind::EchoRequest, 1, 1, 8), ip("2001:db8::1"),
                             ip("ff02::1")),
         end("R1:eth0").interface);
    send(r1,
         IcmpMessage::packet(IcmpMessage::echo(IcmpKind::EchoRequest, 1, 1, 8), ip("10.0.0.1"),
                             ip("224.0.0.1")),
         end("R1:eth0").interface);
    runTo(atMs(10));
    EXPECT_THAT(icmpAt(r1), ElementsAre(Pair(IcmpKind::EchoReply, ip("2001:db8::2")),
                                        Pair(IcmpKind::EchoReply, ip("2001:db8::3"))));
    for (const auto& [r, delivered] : records<record::PacketDelivered>()) {
        if (r.node != r1) continue;
        const Bytes bytes = delivered.packet->encode();
        EXPECT_EQ(upperLayerChecksum(delivered.packet->source, delivered.packet->destination,
                                     kIpProtocolIcmp6, ByteView(bytes).subspan(40)),
                  0)
            << "the checksum covers the source that was chosen";
    }
}

/// A - (R1 to R4 in parallel) - B.
class Fan : public testing::Test, public SimBench {
  protected:
    void SetUp() override {
        a = router("A");
        b = router("B");
        std::vector<std::string> ways;
        std::vector<std::string> back;
        for (int n = 1; n <= 4; ++n) {
            const std::string r = "R" + std::to_string(n);
            const NodeId middle = router(r);
            const std::string near = "10.1." + std::to_string(n) + ".";
            const std::string far = "10.2." + std::to_string(n) + ".";
            link("near" + r,
                 {"A:eth" + std::to_string(n) + " " + near + "1/24", r + ":eth0 " + near + "2/24"});
            link("far" + r, {r + ":eth1 " + far + "1/24", "B:eth" + std::to_string(n) + " " + far + "2/24"});
            route(middle, "10.9.9.9/32", {far + "2"});
            ways.push_back(near + "2");
        }
        loopback(a, "10.8.8.8/32");
        loopback(b, "10.9.9.9/32");
        route(a, "10.9.9.9/32", ways);
        route(b, "0.0.0.0/0", {"null0"});
        start();
    }
    NodeId a, b;
};

TEST_F(Fan, EqualCostWaysShareTheFlowsAndEachFlowKeepsItsWay) {
    std::map<std::uint16_t, std::set<InterfaceId>> waysOfFlow;
    std::map<InterfaceId, int> flowsOnWay;
    for (int repeat = 0; repeat < 3; ++repeat) {
        for (std::uint16_t port = 1000; port < 1200; ++port) {
            Packet packet = udp("10.8.8.8", "10.9.9.9", 9);
            packet.sourcePort = port;
            send(a, packet);
            const auto sent = records<record::PacketSent>().back().second;
            waysOfFlow[port].insert(sent.interface);
            if (repeat == 0) ++flowsOnWay[sent.interface];
        }
        runTo(sim->now() + ms(10));
        forget();
    }
    for (const auto& [port, ways] : waysOfFlow)
        EXPECT_EQ(ways.size(), 1U) << "flow " << port << " changed its way";
    ASSERT_EQ(flowsOnWay.size(), 4U);
    for (const auto& [way, flows] : flowsOnWay) {
        EXPECT_GT(flows, 25) << "way " << way.value();
        EXPECT_LT(flows, 75) << "way " << way.value();
    }
}

TEST_F(Fan, WaysOfDifferentWeightGetTheirSharesOfTheFlows) {
    const std::vector<std::uint8_t> weights{5, 3, 1, 1};
    for (std::size_t i = 0; i < weights.size(); ++i)
        routes[a].offers.back().nextHops[i].weight = weights[i];
    apply(configure(a));
    std::map<InterfaceId, int> flowsOnWay;
    for (std::uint16_t port = 1000; port < 2000; ++port) {
        Packet packet = udp("10.8.8.8", "10.9.9.9", 9);
        packet.sourcePort = port;
        send(a, packet);
        ++flowsOnWay[records<record::PacketSent>().back().second.interface];
    }
    const auto hops = sim->node(a).rib.lookUp(ip("10.9.9.9"));
    ASSERT_EQ(hops.size(), weights.size());
    for (std::size_t i = 0; i < weights.size(); ++i)
        EXPECT_NEAR(flowsOnWay[hops[i].interface], 100 * weights[i], 50) << "weight " << int{weights[i]};
}

TEST_F(Fan, EqualWeightsChooseAsNoWeightsDo) {
    const auto choices = [&] {
        std::vector<InterfaceId> taken;
        for (std::uint16_t port = 1000; port < 1100; ++port) {
            Packet packet = udp("10.8.8.8", "10.9.9.9", 9);
            packet.sourcePort = port;
            send(a, packet);
            taken.push_back(records<record::PacketSent>().back().second.interface);
        }
        return taken;
    };
    const auto before = choices();
    for (NextHop& hop : routes[a].offers.back().nextHops)
        hop.weight = 80;
    apply(configure(a));
    EXPECT_EQ(choices(), before);
}

TEST_F(Fan, ALostWayMovesItsFlowsToTheOthers) {
    act(action::SetSegment{*topology.segmentNamed("nearR2"), false});
    for (std::uint16_t port = 1000; port < 1050; ++port) {
        Packet packet = udp("10.8.8.8", "10.9.9.9", 9);
        packet.sourcePort = port;
        send(a, packet);
    }
    runTo(atMs(100));
    std::size_t arrived = 0;
    for (const auto& [r, delivered] : records<record::PacketDelivered>())
        arrived += r.node == b ? 1 : 0;
    EXPECT_EQ(arrived, 50U);
}

}  // namespace
}  // namespace peerscape

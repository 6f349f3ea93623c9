// TCP through the simulated network: a line R1 - R2 - R3, and toys that talk.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sim/tcp_message.hpp"
#include "tests/engine/sim/sim_bench.hpp"

namespace peerscape {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::uint16_t kPort = 179;

class Streams : public SimBench, public ::testing::Test {
  protected:
    Streams() {
        // Nodes are configured in this order: who opens comes last, when the others have their addresses.
        r3 = router("R3");
        r2 = router("R2");
        r1 = router("R1");
    }

    /// R1 opens, R3 listens.
    void draw(const LinkProperties& left = cableOf(ms(1)), const LinkProperties& right = cableOf(ms(1))) {
        first =
            link("first",
                 {"R1:eth0 10.0.12.1/24 2001:db8:12::1/64", "R2:eth0 10.0.12.2/24 2001:db8:12::2/64"}, left);
        second =
            link("second",
                 {"R2:eth1 10.0.23.2/24 2001:db8:23::2/64", "R3:eth0 10.0.23.3/24 2001:db8:23::3/64"}, right);
        route(r1, "10.0.23.0/24", {"10.0.12.2"});
        route(r3, "10.0.12.0/24", {"10.0.23.2"});
        route(r1, "2001:db8:23::/64", {"2001:db8:12::2"});
        route(r3, "2001:db8:12::/64", {"2001:db8:23::2"});
    }
    static OpenStream opening(std::string_view remote, std::uint8_t ttl = 64) {
        OpenStream open;
        open.stream = StreamId(1);
        open.remoteAddress = ip(remote);
        open.remotePort = kPort;
        open.ttl = ttl;
        return open;
    }
    static ToySettings openingOnly(const OpenStream& open) {
        ToySettings settings;
        settings.opens = {open};
        return settings;
    }
    void talk(ToySettings client, ToySettings server, std::string_view remote = "10.0.23.3",
              std::uint8_t ttl = 64) {
        client.opens = {opening(remote, ttl)};
        server.listens = ListenStream{ip(remote).family(), kPort};
        toy(r1, std::move(client));
        toy(r3, std::move(server));
    }
    std::vector<TcpSegment> segmentsSentBy(NodeId node) const {
        std::vector<TcpSegment> found;
        for (const auto& [r, fact] : records<record::PacketSent>()) {
            if (r.node == node && fact.packet->protocol == kIpProtocolTcp)
                found.push_back(TcpMessage::segmentOf(*fact.packet).value());
        }
        return found;
    }
    static Bytes counting(std::size_t n) {
        Bytes bytes(n);
        for (std::size_t i = 0; i < n; ++i)
            bytes[i] = static_cast<std::uint8_t>(i);
        return bytes;
    }

    NodeId r1, r2, r3;
    SegmentId first, second;
};

TEST_F(Streams, AConnectionComesUpAndCarriesBytesBothWays) {
    draw();
    ToySettings client, server;
    client.says = 5'000;
    server.says = 3'000;
    talk(client, server);
    start();
    runTo(atMs(100));
    EXPECT_THAT(toyOf(r1).heard, Contains("0.004000 s opened 1 from 10.0.12.1"));
    EXPECT_THAT(toyOf(r3).heard, Contains(HasSubstr("accepted from 10.0.12.1 at 179 ttl 63")));
    EXPECT_EQ(toyOf(r3).received, counting(5'000));
    EXPECT_EQ(toyOf(r1).received, counting(3'000));
    EXPECT_THAT(sim->unsettled(atMs(0)), ::testing::Eq(std::nullopt));
}

TEST_F(Streams, ItIsTheSameWithIpv6AndWithBytesOnEveryHop) {
    for (const bool bytes : {false, true}) {
        SimBench bench;
        const NodeId b = bench.router("B");
        const NodeId a = bench.router("A");
        (void)bench.link("ab", {"A:eth0 2001:db8::1/64", "B:eth0 2001:db8::2/64"}, cableOf(ms(1)));
        ToySettings client, server;
        client.opens = {opening("2001:db8::2")};
        client.says = 2'000;
        server.listens = ListenStream{Family::IPv6, kPort};
        bench.toy(a, client);
        bench.toy(b, server);
        SimulationOptions options;
        options.bytesOnEveryHop = bytes;
        bench.start(options);
        bench.runTo(atMs(100));
        EXPECT_EQ(bench.toyOf(b).received, counting(2'000)) << bytes;
    }
}

TEST_F(Streams, SegmentsFitTheLinkAndAreTrueOnTheWire) {
    draw(cableWithMtu(1'400));
    ToySettings client;
    client.says = 4'000;
    talk(client, {});
    start();
    runTo(atMs(100));
    const auto sent = segmentsSentBy(r1);
    ASSERT_FALSE(sent.empty());
    EXPECT_EQ(sent.front().maximumSegmentSize, 1'360);
    std::size_t most = 0;
    for (const TcpSegment& segment : sent)
        most = std::max(most, segment.payload.size());
    EXPECT_EQ(most, 1'360U);
    for (const auto& [r, fact] : records<record::PacketSent>()) {
        const Bytes wire = fact.packet->encodeBehindHeader();
        EXPECT_EQ(upperLayerChecksum(fact.packet->source, fact.packet->destination, kIpProtocolTcp, wire), 0);
    }
}

TEST_F(Streams, ANarrowPathIsFoundOutByWhatItsRouterSays) {
    // Neither end sees the narrow link in the middle.
    SimBench bench;
    const NodeId server = bench.router("Server");
    const NodeId right = bench.router("Right");
    const NodeId left = bench.router("Left");
    const NodeId client = bench.router("Client");
    LinkProperties narrow = cableOf(ms(1));
    narrow.mtu = 600;
    (void)bench.link("wide1", {"Client:eth0 10.0.1.1/24", "Left:eth0 10.0.1.2/24"}, cableOf(ms(1)));
    (void)bench.link("narrow", {"Left:eth1 10.0.2.1/24", "Right:eth1 10.0.2.2/24"}, narrow);
    (void)bench.link("wide2", {"Right:eth0 10.0.3.1/24", "Server:eth0 10.0.3.2/24"}, cableOf(ms(1)));
    bench.route(client, "10.0.0.0/16", {"10.0.1.2"});
    bench.route(left, "10.0.3.0/24", {"10.0.2.2"});
    bench.route(right, "10.0.1.0/24", {"10.0.2.1"});
    bench.route(server, "10.0.0.0/16", {"10.0.3.1"});
    ToySettings talker = openingOnly(opening("10.0.3.2"));
    talker.says = 4'000;
    bench.toy(client, talker);
    ToySettings listener;
    listener.listens = ListenStream{Family::IPv4, kPort};
    bench.toy(server, listener);
    bench.start();
    bench.runTo(atMs(150));
    EXPECT_THAT(bench.drops(), Contains(DropReason::TooBig));
    EXPECT_EQ(bench.toyOf(server).received, counting(4'000)) << "before any retransmission timer runs out";
}

TEST_F(Streams, LossIsRepaired) {
    draw(cableOf(ms(1), {}, percent(20)));
    ToySettings client, server;
    client.says = server.says = 20'000;
    talk(client, server);
    start();
    runTo(atMs(600'000));
    EXPECT_EQ(toyOf(r3).received, counting(20'000));
    EXPECT_EQ(toyOf(r1).received, counting(20'000));
}

TEST_F(Streams, NobodyListening) {
    draw();
    toy(r1, openingOnly(opening("10.0.23.3")));
    start();
    runTo(atMs(100));
    EXPECT_THAT(toyOf(r1).ends, ElementsAre(StreamEnd::Refused));
    EXPECT_THAT(drops(), ElementsAre(DropReason::NoListener));
    EXPECT_EQ(sim->node(r1).streams.size(), 0U);
}

TEST_F(Streams, NoRouteIsToldInTheSameInstantButNotAtOnce) {
    draw();
    toy(r1, openingOnly(opening("192.0.2.1")));
    start();
    runTo(atMs(0));
    EXPECT_THAT(toyOf(r1).ends, ElementsAre(StreamEnd::NoRoute));
    EXPECT_EQ(sim->node(r1).streams.size(), 0U);
}

TEST_F(Streams, AnAddressOfSomebodyElseIsNotSpokenFrom) {
    draw();
    OpenStream open = opening("10.0.23.3");
    open.localAddress = ip("10.0.12.2");
    toy(r1, openingOnly(open));
    start();
    runTo(atMs(100));
    EXPECT_THAT(toyOf(r1).ends, ElementsAre(StreamEnd::LocalAddressGone));
}

TEST_F(Streams, ATtlOfOneDoesNotReachTheSecondRouter) {
    draw();
    talk({}, {}, "10.0.23.3", 1);
    start();
    runTo(atMs(100));
    EXPECT_THAT(toyOf(r1).heard, Contains(HasSubstr("TTL 1 ran out at R2 (10.0.12.2)")));
    EXPECT_THAT(toyOf(r1).ends, ElementsAre(StreamEnd::Unreachable));
}

TEST_F(Streams, BothSidesHangUpAndTheTablesBecomeEmpty) {
    draw();
    ToySettings client, server;
    client.says = 100;
    client.hangsUp = true;
    talk(client, server);
    start();
    runTo(atMs(1'000));
    EXPECT_EQ(toyOf(r3).received, counting(100));
    EXPECT_THAT(toyOf(r3).ends, ElementsAre(StreamEnd::ClosedByPeer));
    EXPECT_EQ(sim->node(r3).streams.size(), 0U);
    EXPECT_EQ(sim->node(r1).streams.size(), 1U) << "TIME-WAIT";
    runTo(atMs(61'000));
    EXPECT_EQ(sim->node(r1).streams.size(), 0U);
}

TEST_F(Streams, AResetEndsBothAtOnceAndNothingFollowsIt) {
    draw();
    ToySettings client, server;
    client.says = 10'000;
    server.slams = true;
    talk(client, server);
    start();
    runTo(atMs(10'000));
    EXPECT_THAT(toyOf(r1).ends, ElementsAre(StreamEnd::ResetByPeer));
    EXPECT_LT(toyOf(r3).received.size(), 10'000U);
    EXPECT_EQ(sim->node(r1).streams.size(), 0U);
    EXPECT_EQ(sim->node(r3).streams.size(), 0U);
}

TEST_F(Streams, ALinkThatFailsLongEnoughEndsTheConnectionAndOneThatReturnsDoesNot) {
    draw();
    ToySettings client;
    client.every = Duration::seconds(100);
    talk(client, {});
    start();
    runTo(atMs(100));
    act(silence(second));
    send(r1, udp("", "10.0.23.3", 9));
    EXPECT_THAT(sim->unsettled(atMs(0)), ::testing::Eq(std::nullopt)) << "nothing was sent on the stream";
    runTo(atMs(5'000'000));
    EXPECT_THAT(toyOf(r1).ends, IsEmpty())
        << "an idle connection notices nothing (RFC 9293 has no keepalive by default)";
}

TEST_F(Streams, BytesThatNobodyAcknowledgesEndInATimeOut) {
    draw();
    ToySettings client, server;
    server.says = 100;
    talk(client, server);
    start();
    runTo(SimTime::after(Duration::microseconds(6'500)));
    act(silence(second));
    runTo(atMs(10'000));
    EXPECT_TRUE(sim->unsettled(atMs(0)).has_value());
    runTo(atMs(3'600'000));
    EXPECT_THAT(toyOf(r3).ends, ElementsAre(StreamEnd::TimedOut));
    EXPECT_THAT(sim->unsettled(atMs(0)), ::testing::Eq(std::nullopt));
}

TEST_F(Streams, AProcessThatEndsClosesAndItsPeerHears) {
    draw();
    ToySettings client, server;
    talk(client, server);
    start();
    runTo(atMs(100));
    act(action::SetProcess{r1, kToy, false});
    runTo(atMs(200));
    EXPECT_THAT(toyOf(r3).ends, ElementsAre(StreamEnd::ClosedByPeer));
    act(action::SetProcess{r1, kToy, true});
    runTo(atMs(300));
    EXPECT_THAT(toyOf(r1).heard, Contains(HasSubstr("opened 1"))) << "the number is free again";
    act(action::SetProcess{r3, kToy, false});
    runTo(atMs(400));
    EXPECT_THAT(toyOf(r1).ends, ElementsAre(StreamEnd::ClosedByPeer));
}

TEST_F(Streams, EveryStepHasACauseThatLeadsToTheStart) {
    draw(cableOf(ms(1), {}, percent(10)));
    ToySettings client;
    client.says = 3'000;
    talk(client, {});
    start();
    runTo(atMs(60'000));
    for (const auto& [r, fact] : records<record::PacketSent>())
        EXPECT_TRUE(r.cause.isSome());
}

TEST_F(Streams, ACopyOfTheSimulationGoesOnTheSameWay) {
    draw(cableOf(ms(1), {}, percent(10)));
    ToySettings client, server;
    client.says = server.says = 30'000;
    talk(client, server);
    start();
    runTo(atMs(50));
    Simulation copy = *sim;
    EXPECT_EQ(copy.stateHash(), sim->stateHash());
    RecordLog other;
    copy.runUntil(atMs(60'000), other);
    EXPECT_NE(copy.stateHash(), sim->stateHash());
    runTo(atMs(60'000));
    EXPECT_EQ(copy.stateHash(), sim->stateHash());
}

/// Both links of the line have the same link-local addresses at their far ends.
class LinkLocalStreams : public Streams {
  protected:
    void open(NodeId from, NodeId to, InterfaceId interface, std::string_view remote) {
        draw();
        ToySettings server;
        server.listens = ListenStream{Family::IPv6, kPort};
        server.says = 5;
        toy(to, server);
        OpenStream opened = opening(remote);
        opened.interface = interface;
        toy(from, openingOnly(opened));
        base[r1].interfaces["eth0"].addresses = {*InterfaceAddress::parse("fe80::1/64")};
        base[r3].interfaces["eth0"].addresses = {*InterfaceAddress::parse("fe80::1/64")};
        base[r2].interfaces["eth0"].addresses = {*InterfaceAddress::parse("fe80::2/64")};
        base[r2].interfaces["eth1"].addresses = {*InterfaceAddress::parse("fe80::2/64")};
        start();
        runTo(atMs(5000));
    }
};

TEST_F(LinkLocalStreams, GoThroughTheInterfaceThatTheyName) {
    // Configured last, so that the interfaces have their addresses when the stream is opened.
    open(r1, r2, InterfaceId(0), "fe80::2");
    EXPECT_THAT(toyOf(r1).heard, Contains(HasSubstr("opened 1 from fe80::1")));
    EXPECT_THAT(toyOf(r2).heard, Contains(HasSubstr("accepted from fe80::1")));
    EXPECT_EQ(toyOf(r1).received.size(), 5U);
    const Stream* accepted = nullptr;
    sim->node(r2).streams.forEach([&](const Stream& stream) { accepted = &stream; });
    ASSERT_NE(accepted, nullptr);
    EXPECT_EQ(accepted->ends.interface, InterfaceId(0));
}

TEST_F(LinkLocalStreams, OneAddressOnTwoLinksIsTwoRouters) {
    open(r2, r3, InterfaceId(1), "fe80::1");
    EXPECT_THAT(toyOf(r2).heard, Contains(HasSubstr("opened 1 from fe80::2")));
    EXPECT_THAT(toyOf(r3).heard, Contains(HasSubstr("accepted from fe80::2")));
    EXPECT_THAT(drops(), IsEmpty());
}

TEST_F(LinkLocalStreams, AnInterfaceThatIsDownLeadsNowhere) {
    draw();
    OpenStream opened = opening("fe80::2");
    opened.interface = InterfaceId(0);
    toy(r1, openingOnly(opened));
    start();
    act(action::SetSegment{first, false});
    act(action::SetProcess{r1, kToy, false});
    act(action::SetProcess{r1, kToy, true});
    runTo(atMs(10));
    EXPECT_THAT(toyOf(r1).ends, ElementsAre(StreamEnd::NoRoute));
}

}  // namespace
}  // namespace peerscape

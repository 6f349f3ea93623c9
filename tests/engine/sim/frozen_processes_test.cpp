// Processes that hang, and go on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sim/tcp_message.hpp"
#include "tests/engine/sim/sim_bench.hpp"

namespace peerscape {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::uint16_t kBgpPort = 179;
constexpr std::size_t kWindow = 65535;

class FrozenProcesses : public testing::Test, public SimBench {
  protected:
    void SetUp() override {
        b = router("B");
        a = router("A");
        ab = link("ab", {"A:eth0 10.0.0.1/24", "B:eth0 10.0.0.2/24"});
    }
    /// A opens a connection to B, and both say something when it is up.
    void talk(std::size_t saysA, std::size_t saysB) {
        ToySettings client;
        OpenStream open;
        open.stream = StreamId(1);
        open.remoteAddress = ip("10.0.0.2");
        open.remotePort = kBgpPort;
        client.opens = {open};
        client.says = saysA;
        toy(a, client);
        ToySettings server;
        server.listens = ListenStream{Family::IPv4, kBgpPort};
        server.says = saysB;
        toy(b, server);
    }
    void freeze(NodeId node, bool frozen = true) { act(action::SetFrozen{node, kToy, frozen}); }
    /// Its only one.
    const Stream& streamOf(NodeId node) const {
        const Stream* found = nullptr;
        sim->node(node).streams.forEach([&](const Stream& stream) { found = &stream; });
        if (found == nullptr) throw std::runtime_error("there is no stream");
        return *found;
    }
    std::uint16_t lastWindowOf(NodeId node) const {
        std::uint16_t window = 0;
        for (const auto& [r, fact] : records<record::PacketSent>()) {
            if (r.node == node && fact.packet->protocol == kIpProtocolTcp)
                window = TcpMessage::segmentOf(*fact.packet)->window;
        }
        return window;
    }

    NodeId a, b;
    SegmentId ab;
};

TEST_F(FrozenProcesses, HandleNothingUntilTheyGoOn) {
    ToySettings ticking;
    ticking.every = ms(1000);
    ticking.udp = {{Family::IPv4, 7, {}}};
    toy(a, ticking);
    start();
    freeze(a);
    const auto before = toyOf(a).heard;
    send(b, udp("", "10.0.0.1", 7));
    act(action::Command{a, kToy, {"obey"}});
    act(action::SetSegment{ab, false});
    runTo(atMs(10'000));
    EXPECT_EQ(toyOf(a).heard, before);
    freeze(a, false);
    const auto& heard = toyOf(a).heard;
    const std::vector<std::string> missed(heard.begin() + static_cast<std::ptrdiff_t>(before.size()),
                                          heard.end());
    // In the order in which it happened; the packet was still on the link when that was cut.
    EXPECT_THAT(missed, ElementsAre("10.000000 s Commanded obey", "10.000000 s eth0 down"));
    runTo(atMs(10'000));
    EXPECT_EQ(toyOf(a).heard.back(), "10.000000 s Woken") << "one deadline has passed, however often";
    runTo(atMs(20'000));
    EXPECT_GT(records<record::ProcessWoken>().size(), 8U);
}

TEST_F(FrozenProcesses, DatagramsWaitAsLongAsThereIsRoom) {
    ToySettings listening;
    listening.udp = {{Family::IPv4, 7, {}}};
    toy(a, listening);
    start();
    freeze(a);
    constexpr std::size_t kBytes = 992;  // a thousand with the header of UDP
    for (int i = 0; i < 300; ++i)
        send(b, udp("", "10.0.0.1", 7, kBytes));
    runTo(atMs(1000));
    EXPECT_EQ(drops().size(), 300U - 212U);
    EXPECT_EQ(drops().front(), DropReason::QueueFull);
    freeze(a, false);
    EXPECT_EQ(toyOf(a).datagrams.size(), 212U);
    send(b, udp("", "10.0.0.1", 7));
    runTo(atMs(2000));
    EXPECT_EQ(toyOf(a).datagrams.size(), 213U);
}

TEST_F(FrozenProcesses, TheirTcpTakesAWindowFullAndNoMore) {
    talk(100'000, 0);
    start();
    freeze(b);
    runTo(atMs(60'000));
    EXPECT_EQ(toyOf(b).received.size(), 0U);
    EXPECT_THAT(toyOf(b).heard, Not(Contains(HasSubstr("accepted")))) << "only its kernel knows";
    EXPECT_EQ(streamOf(a).tcp.acknowledgedBytes(), kWindow);
    EXPECT_TRUE(streamOf(a).tcp.isDelivering());
    EXPECT_EQ(lastWindowOf(b), 0);
    freeze(b, false);
    EXPECT_EQ(toyOf(b).received.size(), kWindow);
    EXPECT_EQ(lastWindowOf(b), kWindow);
    runTo(atMs(130'000));
    EXPECT_EQ(toyOf(b).received.size(), 100'000U);
    EXPECT_FALSE(streamOf(a).tcp.isSending());
}

TEST_F(FrozenProcesses, MessagesThatWouldTravelWholeFillTheirWindowToo) {
    talk(0, 100'000);
    SimulationOptions options;
    options.streams = StreamModel::Messages;
    start(options);
    freeze(a);
    runTo(atMs(60'000));
    EXPECT_EQ(streamOf(b).tcp.acknowledgedBytes(), kWindow);
    freeze(a, false);
    EXPECT_EQ(toyOf(a).received.size(), kWindow);
    runTo(atMs(130'000));
    EXPECT_EQ(toyOf(a).received.size(), 100'000U);
}

TEST_F(FrozenProcesses, WhatThePeerDidMeanwhileIsHeardInOrder) {
    talk(10, 0);
    start();
    runTo(atMs(100));
    freeze(b);
    act(action::SetProcess{a, kToy, false});
    runTo(atMs(1000));
    EXPECT_THAT(toyOf(b).ends, IsEmpty());
    freeze(b, false);
    EXPECT_THAT(toyOf(b).ends, ElementsAre(StreamEnd::ClosedByPeer));
    runTo(atMs(100'000));
    EXPECT_EQ(sim->node(b).streams.size(), 0U);
}

TEST_F(FrozenProcesses, AKilledOneResetsWhatItHasNotRead) {
    talk(10, 0);
    start();
    freeze(b);
    runTo(atMs(100));
    act(action::SetProcess{b, kToy, false});
    runTo(atMs(200));
    EXPECT_THAT(toyOf(a).ends, ElementsAre(StreamEnd::ResetByPeer));
    act(action::SetProcess{b, kToy, true});
    EXPECT_THAT(toyOf(b).heard, ElementsAre("0.200000 s Started")) << "a new process does not hang";
}

TEST_F(FrozenProcesses, NewsOfRoutesWaitAndComeOnce) {
    ToySettings tracking;
    tracking.tracks = {ip("192.0.2.1")};
    toy(a, tracking);
    start();
    runTo(atMs(1));
    freeze(a);
    const std::size_t before = toyOf(a).nextHops.size();
    route(a, "192.0.2.0/24", {"10.0.0.2"});
    apply(configure(a));
    runTo(atMs(10));
    EXPECT_EQ(toyOf(a).nextHops.size(), before);
    freeze(a, false);
    runTo(atMs(20));
    ASSERT_EQ(toyOf(a).nextHops.size(), before + 1);
    EXPECT_TRUE(toyOf(a).nextHops.back().isReachable);
}

TEST_F(FrozenProcesses, ALabWithOneComesToRest) {
    ToySettings restless;
    RouteOffer offer;
    offer.prefix = net("192.0.2.0/24");
    offer.nextHops = {NextHop::blackhole()};
    restless.flaps = offer;
    toy(a, restless);
    start();
    EXPECT_TRUE(sim->unsettled(sim->now()).has_value());
    const std::uint64_t awake = sim->stateHash();
    freeze(a);
    EXPECT_FALSE(sim->unsettled(sim->now()).has_value());
    EXPECT_NE(sim->stateHash(), awake);
}

TEST_F(FrozenProcesses, OnlyWhatRunsCanBeFrozen) {
    toy(a, {});
    start();
    const auto done = sim->check({"test", action::SetFrozen{a, ProtocolId(99), true}});
    ASSERT_FALSE(done.has_value());
    EXPECT_EQ(done.error().message, "A has no process of this protocol");
    // All of a router that runs nothing: nothing is to do.
    EXPECT_TRUE(sim->check({"test", action::SetFrozen{b, ProtocolId::none(), true}}).has_value());
}

TEST_F(FrozenProcesses, ACheckpointGoesOnAsTheOriginal) {
    talk(100'000, 10);
    start();
    freeze(b);
    runTo(atMs(5'000));
    Simulation copy = *sim;
    RecordLog other = log;
    for (auto [world, its] : {std::pair{&*sim, &log}, std::pair{&copy, &other}}) {
        ASSERT_TRUE(world->apply({"thaw", action::SetFrozen{b, kToy, false}}, *its).has_value());
        world->runUntil(atMs(100'000), *its);
    }
    EXPECT_EQ(log.fingerprint(), other.fingerprint());
    EXPECT_EQ(sim->stateHash(), copy.stateHash());
}

}  // namespace
}  // namespace peerscape

// Messages of TCP connections that travel whole: a line R1 - R2 - R3, and toys that talk.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/sim/sim_bench.hpp"

namespace peerscape {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;

constexpr std::uint16_t kTalkPort = 179;
constexpr std::size_t kMessage = 50;

Bytes counting(std::size_t n) {
    Bytes bytes(n);
    for (std::size_t i = 0; i < n; ++i)
        bytes[i] = static_cast<std::uint8_t>(i);
    return bytes;
}

SimulationOptions whole(std::uint64_t seed = 1) {
    SimulationOptions options;
    options.seed = seed;
    options.streams = StreamModel::Messages;
    return options;
}
ToySettings talker() {
    ToySettings settings;
    // Between two of these all that was said before is acknowledged, and a lane can be found.
    settings.every = ms(24);
    settings.messagesOnWake = 3;
    settings.saysOnWake = kMessage;
    return settings;
}

/// R1 opens to R2, which is beside it, or to R3, which is not. Both say something now and then.
class Conversation : public SimBench {
  public:
    explicit Conversation(std::string_view remote = "10.0.12.2", const SimulationOptions& options = whole(),
                          ToySettings client = talker(), ToySettings server = talker()) {
        r3 = router("R3");
        r2 = router("R2");
        r1 = router("R1");
        first = link("first", {"R1:eth0 10.0.12.1/24", "R2:eth0 10.0.12.2/24"}, cableOf(ms(5)));
        second = link("second", {"R2:eth1 10.0.23.2/24", "R3:eth0 10.0.23.3/24"}, cableOf(ms(5)));
        route(r1, "10.0.23.0/24", {"10.0.12.2"});
        route(r3, "10.0.12.0/24", {"10.0.23.2"});
        server.listens = ListenStream{Family::IPv4, kTalkPort};
        OpenStream open;
        open.stream = StreamId(1);
        open.remoteAddress = ip(remote);
        open.remotePort = kTalkPort;
        client.opens = {open};
        peer = remote == "10.0.12.2" ? r2 : r3;
        toy(r1, std::move(client));
        toy(peer, std::move(server));
        start(options);
    }
    std::size_t packets() const { return records<record::PacketSent>().size(); }
    /// What either side has said, the other has: all of it, once, in order.
    void expectAllHeard(const std::string& where) const {
        EXPECT_EQ(toyOf(peer).received, counting(toyOf(r1).said)) << where;
        EXPECT_EQ(toyOf(r1).received, counting(toyOf(peer).said)) << where;
    }
    /// Nobody says anything any more.
    void hush() {
        for (const NodeId node : {r1, peer}) {
            ToySettings quiet = toys.at({node, kToy});
            quiet.every.reset();
            quiet.messagesOnWake = 0;
            toy(node, quiet);
            apply(configure(node));
        }
    }

    NodeId r1, r2, r3, peer;
    SegmentId first, second;
};

TEST(MessageLanes, AnOpenConnectionCarriesThemInOneEventEach) {
    Conversation talk;
    talk.runTo(atMs(80));
    const std::size_t packets = talk.packets();
    const std::size_t messages = talk.toyOf(talk.r1).messages + talk.toyOf(talk.peer).messages;
    talk.runTo(atMs(1'000));
    EXPECT_EQ(talk.packets(), packets) << "no segments and no acknowledgements";
    EXPECT_GT(talk.toyOf(talk.r1).messages + talk.toyOf(talk.peer).messages, messages + 200);
    talk.runTo(atMs(1'020));
    talk.hush();
    talk.runTo(atMs(1'100));
    talk.expectAllHeard("in the end");
    EXPECT_THAT(talk.sim->unsettled(atMs(0)), Eq(std::nullopt));
}

TEST(MessageLanes, WithSegmentsThereAreNone) {
    Conversation talk("10.0.12.2", SimulationOptions{});
    talk.runTo(atMs(1'000));
    EXPECT_EQ(talk.toyOf(talk.peer).messages, 0U);
    EXPECT_GT(talk.toyOf(talk.peer).received.size(), 1'000U);
}

TEST(MessageLanes, OverTwoHopsThereAreSegments) {
    Conversation talk("10.0.23.3");
    talk.runTo(atMs(1'000));
    EXPECT_EQ(talk.toyOf(talk.peer).messages, 0U);
    talk.hush();
    talk.runTo(atMs(1'500));
    talk.expectAllHeard("over two hops");
}

TEST(MessageLanes, WhatIsUnderWayKeepsTheLabFromBeingQuiet) {
    ToySettings silent;
    Conversation talk("10.0.12.2", whole(), talker(), silent);
    talk.runTo(atMs(100));
    bool wasUnsettled = false;
    for (int i = 0; i < 100; ++i) {
        talk.sim->step(talk.log);
        wasUnsettled = wasUnsettled || talk.sim->unsettled(atMs(0)).has_value();
    }
    EXPECT_TRUE(wasUnsettled);
}

TEST(MessageLanes, ALinkThatFailsTurnsThemIntoSegmentsThatAreRepeated) {
    Conversation talk;
    talk.runTo(atMs(100));
    const std::size_t packets = talk.packets();
    talk.act(action::SetSegment{talk.first, false});
    talk.runTo(atMs(150));
    const std::size_t heard = talk.toyOf(talk.peer).received.size();
    talk.runTo(atMs(300));
    EXPECT_EQ(talk.toyOf(talk.peer).received.size(), heard) << "what was under way is lost";
    talk.act(action::SetSegment{talk.first, true});
    talk.runTo(atMs(5'000));
    EXPECT_GT(talk.packets(), packets);
    const std::size_t afterwards = talk.packets();
    talk.runTo(atMs(6'000));
    EXPECT_EQ(talk.packets(), afterwards) << "all has been acknowledged: they travel whole again";
    talk.hush();
    talk.runTo(atMs(6'100));
    talk.expectAllHeard("after the failure");
}

TEST(MessageLanes, AWayRoundIsNoLane) {
    Conversation talk;
    talk.runTo(atMs(100));
    const std::size_t messages = talk.toyOf(talk.peer).messages;
    // Whoever sends packets for the neighbour elsewhere does not reach it over the link.
    talk.route(talk.r1, "10.0.12.2/32", {"null0"});
    talk.apply(talk.configure(talk.r1));
    talk.runTo(atMs(110));
    const std::size_t lately = talk.toyOf(talk.peer).messages;
    talk.runTo(atMs(500));
    EXPECT_LE(lately - messages, 5U) << "only what was under way";
    EXPECT_EQ(talk.toyOf(talk.peer).messages, lately);
}

TEST(MessageLanes, TheEndComesBehindThem) {
    for (const bool slams : {false, true}) {
        Conversation talk;
        while (talk.toyOf(talk.r1).messages < 10 || talk.sim->unsettled(atMs(0)) == std::nullopt)
            talk.sim->step(talk.log);
        const std::size_t said = talk.toyOf(talk.r1).said;
        talk.act(action::SetProcess{talk.r1, SimBench::kToy, false});
        talk.runTo(atMs(200));
        EXPECT_EQ(talk.toyOf(talk.peer).received, counting(said)) << slams;
        EXPECT_THAT(talk.toyOf(talk.peer).ends, ElementsAre(StreamEnd::ClosedByPeer)) << slams;
    }
}

TEST(MessageLanes, OnlyTheFirstOneFitsBeforeAHangUp) {
    ToySettings client = talker();
    ToySettings server;
    server.hangsUp = true;
    Conversation talk("10.0.12.2", whole(), client, server);
    talk.runTo(atMs(500));
    EXPECT_THAT(talk.toyOf(talk.r1).ends, ElementsAre(StreamEnd::ClosedByPeer));
    talk.runTo(atMs(70'000));
    EXPECT_EQ(talk.sim->node(talk.r1).streams.size(), 0U);
    EXPECT_EQ(talk.sim->node(talk.r2).streams.size(), 0U);
}

TEST(MessageLanes, ACheckpointHasThemToo) {
    Conversation talk;
    talk.runTo(atMs(103));
    Simulation copy = *talk.sim;
    EXPECT_EQ(copy.stateHash(), talk.sim->stateHash());
    RecordLog log = talk.log;
    copy.runUntil(atMs(500), log);
    talk.runTo(atMs(500));
    EXPECT_EQ(copy.stateHash(), talk.sim->stateHash());
}

/// Something happens to the link, or is over.
template <typename Draw>
void makeTrouble(Conversation& talk, Draw draw) {
    switch (draw(6)) {
        case 0:
            return talk.act(action::SetSegment{talk.first, false});
        case 1:
            return talk.act(
                silence(talk.first, true, draw(2) == 0 ? talk.end("R1:eth0") : talk.end("R2:eth0")));
        case 2:
            return talk.act(changeLoss(talk.first, Probability::partsPerMillion(draw(300'000))));
        case 3:
            return talk.act(changeDelay(talk.first, ms(static_cast<std::int64_t>(1 + draw(20)))));
        default:
            talk.act(changeLoss(talk.first, {}));
            return talk.act(action::SetSegment{talk.first, true});
    }
}

TEST(MessageLanes, WhateverHappensEverythingArrivesOnceAndInOrder) {
    std::size_t messages = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        Conversation talk("10.0.12.2", whole(seed));
        RandomStream random(seed, "lanes", "trouble");
        const auto draw = [&](std::uint32_t most) { return static_cast<std::uint32_t>(random.below(most)); };
        talk.runTo(atMs(30));
        for (int i = 0; i < 20; ++i) {
            talk.runTo(talk.sim->now() + Duration::microseconds(static_cast<std::int64_t>(draw(200'000))));
            makeTrouble(talk, draw);
        }
        talk.act(changeLoss(talk.first, {}));
        talk.act(action::SetSegment{talk.first, true});
        talk.hush();
        talk.runTo(talk.sim->now() + Duration::seconds(300));
        talk.expectAllHeard("seed " + std::to_string(seed));
        EXPECT_THAT(talk.toyOf(talk.r1).ends, IsEmpty());
        EXPECT_THAT(talk.sim->unsettled(atMs(0)), Eq(std::nullopt));
        messages += talk.toyOf(talk.r1).messages;
    }
    EXPECT_GT(messages, 3'000U) << "the others went as segments";
}

}  // namespace
}  // namespace peerscape

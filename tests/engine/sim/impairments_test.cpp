/// Links that lose, duplicate, reorder and corrupt.
#include <algorithm>
#include <bit>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/sim/sim_bench.hpp"

namespace peerscape {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

/// A and B on one link; B hears UDP port 7.
class Cable : public SimBench {
  public:
    void lay(const LinkProperties& properties, SimulationOptions options = {}) {
        a = router("A");
        b = router("B");
        cable = link("cable", {"A:eth0 10.0.0.1/24 2001:db8::1/64", "B:eth0 10.0.0.2/24 2001:db8::2/64"},
                     properties);
        ToySettings listener;
        listener.udp = {{Family::IPv4, 7, {}}, {Family::IPv6, 7, {}}};
        toy(b, listener);
        start(options);
        forget();
    }
    static LinkProperties with(Probability LinkProperties::* share, Probability value) {
        LinkProperties properties;
        properties.*share = value;
        return properties;
    }
    /// Packets 1 ms apart.
    void sendUdp(int packets, std::string_view to = "10.0.0.2") {
        for (int i = 0; i < packets; ++i) {
            runTo(sim->now() + ms(1));
            send(a, udp("", to, 7));
        }
    }
    void finish() { runTo(sim->now() + Duration::seconds(1)); }
    std::vector<SimTime> arrivals() const {
        std::vector<SimTime> times;
        for (const auto& [r, fact] : records<record::PacketReceived>())
            times.push_back(r.time);
        return times;
    }
    std::size_t heard() const { return toyOf(b).datagrams.size(); }

    NodeId a, b;
    SegmentId cable;
};

class Impaired : public testing::Test, public Cable {};

TEST_F(Impaired, DuplicatedPacketsArriveTwiceAndAtOnce) {
    lay(with(&LinkProperties::duplicate, percent(100)));
    sendUdp(1);
    finish();
    EXPECT_THAT(arrivals(), ElementsAre(atMs(2), atMs(2)));
    EXPECT_THAT(drops(), IsEmpty());
}

TEST_F(Impaired, DuplicationHitsItsShare) {
    lay(with(&LinkProperties::duplicate, percent(25)));
    sendUdp(4000);
    finish();
    EXPECT_GT(arrivals().size(), 4900U);
    EXPECT_LT(arrivals().size(), 5100U);
}

TEST_F(Impaired, WhatIsLostAndDuplicatedArrivesOnce) {
    LinkProperties both = with(&LinkProperties::duplicate, percent(100));
    both.loss = percent(100);
    lay(both);
    sendUdp(10);
    finish();
    EXPECT_EQ(arrivals().size(), 10U);
    EXPECT_THAT(drops(), IsEmpty());
}

TEST_F(Impaired, ReorderedPacketsComeLaterByUpToTenDelaysAndAtLeastTenMilliseconds) {
    for (const int delay : {0, 4}) {
        LinkProperties late = with(&LinkProperties::reorder, percent(100));
        late.delay = ms(delay);
        Cable lab;
        lab.lay(late);
        Duration most;
        for (int i = 0; i < 1000; ++i) {
            lab.forget();
            const SimTime sent = lab.sim->now();
            lab.send(lab.a, udp("", "10.0.0.2", 7));
            lab.finish();
            const Duration took = lab.arrivals().front() - sent;
            EXPECT_GT(took, ms(delay));
            EXPECT_LE(took, ms(delay) + late.longestHold());
            most = std::max(most, took);
        }
        EXPECT_EQ(late.longestHold(), ms(delay == 0 ? 10 : 40));
        EXPECT_GT(most, ms(delay) + late.longestHold() * 9 / 10);
    }
}

TEST_F(Impaired, OnlyTheShareThatIsReorderedIsOvertaken) {
    lay(with(&LinkProperties::reorder, percent(20)));
    action::StartFlow flow;
    flow.from = a;
    flow.to = ip("10.0.0.2");
    flow.interval = ms(1);
    flow.lasting = Duration::seconds(4);
    act(flow);
    finish();
    runTo(atMs(6000));
    const FlowCounters& counters = sim->flows()[0].counters;
    EXPECT_EQ(counters.received, 4000U);
    EXPECT_GT(counters.late, 500U);
    EXPECT_LT(counters.late, 800U) << "of 800 some are held back for less than the next packet takes";
}

TEST_F(Impaired, NoFlippedBitOfAnIpv4PacketIsMissed) {
    lay(with(&LinkProperties::corrupt, percent(100)));
    sendUdp(2000);
    finish();
    const auto reasons = drops();
    EXPECT_EQ(heard(), 0U);
    const auto headers = std::count(reasons.begin(), reasons.end(), DropReason::HeaderCorrupted);
    const auto contents = std::count(reasons.begin(), reasons.end(), DropReason::ChecksumWrong);
    EXPECT_EQ(headers + contents, 2000);
    EXPECT_NEAR(static_cast<double>(headers), 2000.0 * 20 / 38, 150) << "20 of 38 bytes are header";
}

TEST_F(Impaired, PingsAndAnswersAreCheckedToo) {
    lay(with(&LinkProperties::corrupt, percent(100)));
    for (int i = 0; i < 100; ++i) {
        send(a, echo("10.0.0.1", "10.0.0.2"));
        send(a, echo("2001:db8::1", "2001:db8::2"));
    }
    finish();
    for (const auto& [kind, from] : icmpAt(a))
        EXPECT_NE(kind, IcmpKind::EchoReply);
    EXPECT_GT(drops().size(), 190U) << "of IPv6, flow label, class and hop limit do no harm";
}

TEST_F(Impaired, WhatIsDroppedAndWhatIsReceivedShowTheFlippedBit) {
    lay(with(&LinkProperties::corrupt, percent(100)));
    sendUdp(50);
    finish();
    const auto sent = records<record::PacketSent>();
    std::size_t compared = 0;
    for (const auto& [r, dropped] : records<record::PacketDropped>()) {
        const Bytes was = udp("10.0.0.1", "10.0.0.2", 7).encode();
        const Bytes is = dropped.packet->encode();
        ASSERT_EQ(is.size(), was.size());
        int flipped = 0;
        for (std::size_t i = 0; i < is.size(); ++i) {
            // The identification counts up, and with it the checksum.
            if (i == 4 || i == 5 || i == 10 || i == 11) continue;
            flipped += std::popcount(static_cast<unsigned>(is[i] ^ was[i]));
        }
        EXPECT_LE(flipped, 1);
        compared += static_cast<std::size_t>(flipped);
    }
    EXPECT_EQ(sent.size(), 50U);
    EXPECT_GT(compared, 40U);
}

TEST_F(Impaired, TheSameSeedDrawsTheSame) {
    LinkProperties all = with(&LinkProperties::loss, percent(30));
    all.duplicate = all.reorder = all.corrupt = percent(30);
    lay(all);
    sendUdp(300);
    finish();
    const auto first = log.fingerprint();
    log = RecordLog();
    start();
    sendUdp(300);
    finish();
    EXPECT_EQ(log.fingerprint(), first);
    log = RecordLog();
    start({.seed = 2});
    sendUdp(300);
    finish();
    EXPECT_NE(log.fingerprint(), first);
}

TEST_F(Impaired, EncodedOrNotTheSameBitsAreFlipped) {
    LinkProperties all = with(&LinkProperties::corrupt, percent(50));
    lay(all);
    sendUdp(300);
    finish();
    const auto first = log.fingerprint();
    log = RecordLog();
    start({.bytesOnEveryHop = true});
    sendUdp(300);
    finish();
    EXPECT_EQ(log.fingerprint(), first);
}

TEST_F(Impaired, AllSharesCanBeChangedLater) {
    lay({});
    action::ChangeLink change;
    change.segment = cable;
    change.duplicate = change.reorder = change.corrupt = percent(100);
    const std::uint64_t before = sim->stateHash();
    act(change);
    const LinkProperties& now = sim->segment(cable).properties;
    EXPECT_EQ(now.duplicate, percent(100));
    EXPECT_EQ(now.reorder, percent(100));
    EXPECT_EQ(now.corrupt, percent(100));
    EXPECT_NE(sim->stateHash(), before);
    EXPECT_EQ(sim->longestHop(), ms(11)) << "held back";
    sendUdp(1);
    finish();
    EXPECT_EQ(drops().size(), 2U);
}

TEST_F(Impaired, AFlowCountsEachPacketOnce) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Cable lab;
        LinkProperties bad;
        bad.loss = bad.duplicate = bad.reorder = bad.corrupt = percent(30);
        lab.lay(bad, {.seed = seed});
        action::StartFlow flow;
        flow.from = lab.a;
        flow.to = ip("10.0.0.2");
        flow.interval = ms(10);
        flow.payloadBytes = seed % 2 == 0 ? 56 : 3000;
        flow.lasting = Duration::seconds(2);
        lab.act(flow);
        lab.runTo(SimTime::after(Duration::seconds(120)));
        const FlowState& state = lab.sim->flows()[0];
        EXPECT_EQ(state.counters.sent, 200U);
        EXPECT_EQ(state.counters.received + state.counters.lost(), 200U) << "seed " << seed;
        EXPECT_TRUE(state.doubled.empty()) << "seed " << seed;
        EXPECT_TRUE(state.lostInPieces.empty()) << "seed " << seed;
        EXPECT_TRUE(state.counters.duplicates > 0 || seed % 2 == 1);
    }
}

TEST_F(Impaired, TcpBringsEverythingAcrossAllOfIt) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        Cable lab;
        LinkProperties bad;
        bad.loss = bad.duplicate = bad.reorder = bad.corrupt = percent(10);
        // Who opens is configured last, when the other has its address.
        lab.b = lab.router("B");
        lab.a = lab.router("A");
        lab.cable = lab.link("cable", {"A:eth0 10.0.0.1/24", "B:eth0 10.0.0.2/24"}, bad);
        ToySettings listener;
        listener.listens = ListenStream{Family::IPv4, 179};
        lab.toy(lab.b, listener);
        ToySettings caller;
        caller.opens = {{StreamId(1), std::nullopt, ip("10.0.0.2"), 179, 64}};
        caller.says = 20'000;
        lab.toy(lab.a, caller);
        lab.start({.seed = seed});
        lab.runTo(SimTime::after(Duration::seconds(600)));
        ASSERT_EQ(lab.toyOf(lab.b).received.size(), 20'000U) << "seed " << seed;
        for (std::size_t i = 0; i < 20'000; ++i)
            ASSERT_EQ(lab.toyOf(lab.b).received[i], static_cast<std::uint8_t>(i));
    }
}

}  // namespace
}  // namespace peerscape

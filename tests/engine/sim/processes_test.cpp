#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/sim/sim_bench.hpp"

namespace peerscape {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

SendDatagram datagramTo(std::string_view address, std::uint16_t port, InterfaceId interface = {}) {
    SendDatagram send;
    send.destination = ip(address);
    send.sourcePort = port;
    send.destinationPort = port;
    send.interface = interface;
    send.payload = Payload(Bytes{1, 2, 3});
    return send;
}

ToySettings listening(std::uint16_t port) {
    ToySettings settings;
    settings.udp = {{Family::IPv4, port, {}}};
    return settings;
}

class Processes : public testing::Test, public SimBench {
  protected:
    void SetUp() override {
        a = router("A");
        b = router("B");
        link("ab", {"A:eth0 10.0.0.1/24", "B:eth0 10.0.0.2/24"});
    }
    NodeId a, b;
};

TEST_F(Processes, DatagramsGoThereAndBack) {
    ToySettings talker = listening(7);
    toy(a, talker);
    ToySettings echoing = listening(7);
    echoing.echoes = true;
    toy(b, echoing);
    start();
    send(a, udp("", "10.0.0.2", 7));
    Packet toPort = udp("", "10.0.0.2", 7);
    toPort.sourcePort = 7;
    send(a, toPort);
    runTo(atMs(10));
    EXPECT_EQ(toyOf(b).datagrams.size(), 2U);
    ASSERT_EQ(toyOf(a).datagrams.size(), 1U) << "the other answer went to port 5000";
    EXPECT_EQ(toyOf(a).datagrams[0].source, ip("10.0.0.2"));
    EXPECT_EQ(toyOf(a).datagrams[0].interface, InterfaceId(0));
}

TEST_F(Processes, PacketsOfAProcessCarryItsNumberTtlAndTrafficClass) {
    ToySettings settings;
    SendDatagram hello = datagramTo("10.0.0.2", 520);
    hello.ttl = 1;
    hello.trafficClass = 0xc0;
    settings.sends = {hello};
    start();
    toy(a, settings);
    apply(configure(a));
    const auto sent = records<record::PacketSent>();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].second.packet->owner, kToy);
    EXPECT_EQ(sent[0].second.packet->ttl, 1);
    EXPECT_EQ(sent[0].second.packet->trafficClass, 0xc0);
    EXPECT_EQ(sent[0].second.packet->source, ip("10.0.0.1"));
    EXPECT_EQ(sent[0].first.cause, records<record::ProcessStarted>().back().first.id);
}

TEST_F(Processes, WakeUpAtTheirDeadlinesWithTheirOwnChance) {
    ToySettings ticking;
    ticking.every = ms(1000);
    toy(a, ticking);
    toy(b, ticking);
    start();
    runTo(atMs(100'000));
    const auto& heard = toyOf(a).heard;
    EXPECT_GT(heard.size(), 120U);
    EXPECT_LT(heard.size(), 150U) << "every 500 to 1000 milliseconds";
    EXPECT_NE(heard, toyOf(b).heard) << "each process has its own stream";
    EXPECT_EQ(records<record::ProcessWoken>().size(), toyOf(a).heard.size() + toyOf(b).heard.size() - 2);

    const std::vector<std::string> first = heard;
    start();
    runTo(atMs(100'000));
    EXPECT_EQ(toyOf(a).heard, first);
    start({.seed = 2});
    runTo(atMs(100'000));
    EXPECT_NE(toyOf(a).heard, first);
}

TEST_F(Processes, AProcessThatTalksToItselfIsNotEnteredAgain) {
    ToySettings settings = listening(7);
    settings.sends = {datagramTo("10.0.0.1", 7)};
    RouteOffer offer;
    offer.prefix = net("203.0.113.0/24");
    offer.nextHops = {NextHop::blackhole()};
    settings.offers = {offer};
    toy(a, settings);
    start();
    EXPECT_THAT(toyOf(a).heard, ElementsAre("0.000000 s Started"));
    runTo(atMs(0));
    EXPECT_THAT(toyOf(a).heard,
                ElementsAre("0.000000 s Started", "0.000000 s 3 bytes from 10.0.0.1 to 10.0.0.1 ttl 64"));
}

TEST_F(Processes, BindingAPortAgainReplacesItsGroups) {
    ToySettings settings;
    settings.udp = {{Family::IPv4, 520, {ip("224.0.0.9")}}, {Family::IPv4, 520, {}}};
    toy(b, settings);
    start();
    EXPECT_EQ(sim->node(b).slotOf(kToy)->udp.size(), 1U);
    send(a, udp("", "224.0.0.9", 520), InterfaceId(0));
    runTo(atMs(10));
    EXPECT_THAT(toyOf(b).datagrams, IsEmpty());
}

TEST_F(Processes, RunInTheOrderOfTheirNumbers) {
    toy(a, {}, ProtocolId(9));
    toy(a, {}, ProtocolId(3));
    toy(a, {}, ProtocolId(5));
    start();
    std::vector<int> order;
    for (const ProcessSlot& slot : sim->node(a).processes)
        order.push_back(slot.protocol.value());
    EXPECT_THAT(order, ElementsAre(3, 5, 9));
}

TEST_F(Processes, BytesOnEveryHopChangeNothing) {
    ToySettings settings = listening(7);
    settings.every = ms(100);
    settings.sendsOnWake = datagramTo("10.0.0.2", 7);
    toy(a, settings);
    ToySettings echoing = listening(7);
    echoing.echoes = true;
    toy(b, echoing);
    start();
    runTo(atMs(5000));
    const std::uint64_t fingerprint = log.fingerprint();
    EXPECT_GT(toyOf(a).datagrams.size(), 20U);
    log = RecordLog();
    start({.bytesOnEveryHop = true});
    runTo(atMs(5000));
    EXPECT_EQ(log.fingerprint(), fingerprint);
}

TEST_F(Processes, AProcessThatIsEndedLeavesItsWakeBehindUnheard) {
    ToySettings ticking;
    ticking.every = ms(1000);
    toy(a, ticking);
    start();
    act(action::SetProcess{a, kToy, false});
    runTo(atMs(10'000));
    EXPECT_THAT(records<record::ProcessWoken>(), IsEmpty());
    act(action::SetProcess{a, kToy, true});
    runTo(atMs(20'000));
    EXPECT_GT(records<record::ProcessWoken>().size(), 5U);
}

}  // namespace
}  // namespace peerscape

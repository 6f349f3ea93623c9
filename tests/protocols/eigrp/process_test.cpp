/// Where EIGRP runs, whom it believes, and when it ends: inputs in, effects out.
#include "protocols/eigrp/process.hpp"

#include <gmock/gmock.h>

#include "tests/protocols/eigrp/process_harness.hpp"

namespace peerscape::eigrp {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::IsEmpty;

/// 10.0.12.2 on eth0 and 10.0.13.3 on eth1 are its neighbours.
class EigrpProcessTest : public testing::Test, public ProcessBench {};

TEST_F(EigrpProcessTest, SaysHelloEveryFiveSecondsWhereItRuns) {
    PlayedNeighbor& r2 = neighbor(0, "10.0.12.2");
    PlayedNeighbor& host = neighbor(2, "192.168.1.9");
    config.networks = {net("10.0.0.0/8")};
    start();
    run(Duration::seconds(12));
    EXPECT_EQ(r2.heard.size(), 3U) << "at 0, 5 and 10 s";
    EXPECT_THAT(r2.heardAt, testing::Each(ip("224.0.0.10")));
    EXPECT_THAT(host.heard, IsEmpty());
}

TEST_F(EigrpProcessTest, ANeighborComesUpAndIsToldTheTableWithItsEnd) {
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    EXPECT_TRUE(isUp(r2));
    EXPECT_TRUE(r2.knows("10.0.13.0/24"));
    EXPECT_TRUE(r2.knows("192.168.1.0/24"));
    EXPECT_TRUE(r2.heardOf(Opcode::Update).back().has(PacketFlag::kEndOfTable));
    EXPECT_TRUE(wasNoted("neighbor 10.0.12.2 (eth0) is up"));
}

TEST_F(EigrpProcessTest, LearnsARouteAndTellsTheOthers) {
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    PlayedNeighbor& r3 = upNeighbor(1, "10.0.13.3");
    r2.say(Opcode::Update, {routeOf("172.16.0.0/16", 10)});
    const RouteOffer& offer = rib.at(net("172.16.0.0/16"));
    EXPECT_EQ(offer.distance, 90);
    EXPECT_EQ(offer.metric, 256U * (100 + 20));
    EXPECT_THAT(hopsTo("172.16.0.0/16"), ElementsAre("10.0.12.2"));
    EXPECT_EQ(metricOf(*r3.lastTold("172.16.0.0/16")), 256U * (100 + 20));
    EXPECT_EQ(r3.lastTold("172.16.0.0/16")->vector().hopCount, 2);
    EXPECT_FALSE(r2.knows("172.16.0.0/16")) << "split horizon";
    r2.say(Opcode::Update, {unreachable("172.16.0.0/16")});
    EXPECT_TRUE(r3.wasAsked("172.16.0.0/16"));
    EXPECT_FALSE(rib.contains(net("172.16.0.0/16"))) << "nothing is used while neighbours are asked";
    r3.say(Opcode::Reply, {routeOf("172.16.0.0/16", 300)});
    EXPECT_EQ(process->topology().activeCount(), 1U) << "R2 was asked as well";
    r2.say(Opcode::Reply, {unreachable("172.16.0.0/16")});
    EXPECT_THAT(hopsTo("172.16.0.0/16"), ElementsAre("10.0.13.3"));
}

TEST_F(EigrpProcessTest, OtherKValuesAreRefusedAndItSaysWhich) {
    start();
    PlayedNeighbor& r2 = neighbor(0, "10.0.12.2");
    EigrpPacket hello = r2.hello();
    std::get<Parameter>(hello.tlvs.edit()[0]).kValues.k2 = 1;
    r2.comeUp(hello);
    EXPECT_FALSE(isUp(r2));
    EXPECT_TRUE(
        wasNoted("no neighbor 10.0.12.2 (eth0): K-value mismatch, 1 0 1 0 0 0 here, 1 1 1 0 0 0 there"));
    EXPECT_THAT(r2.heardOf(Opcode::Update), IsEmpty());
}

TEST_F(EigrpProcessTest, KValuesThatChangeEndTheAdjacency) {
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    r2.say(Opcode::Update, {routeOf("172.16.0.0/16")});
    EigrpPacket hello = r2.hello();
    std::get<Parameter>(hello.tlvs.edit()[0]).kValues.k3 = 0;
    r2.send(hello, true);
    EXPECT_FALSE(isUp(r2));
    EXPECT_TRUE(wasNoted("is down: K-value mismatch"));
    EXPECT_FALSE(rib.contains(net("172.16.0.0/16")));
}

TEST_F(EigrpProcessTest, AnotherAutonomousSystemIsIgnored) {
    start();
    PlayedNeighbor& r2 = neighbor(0, "10.0.12.2");
    r2.autonomousSystem = 2;
    r2.comeUp();
    EXPECT_FALSE(isUp(r2));
    EXPECT_TRUE(wasNoted("ignored: it is of autonomous system 2, and this is 1"));
}

TEST_F(EigrpProcessTest, ANeighborIsOnACommonNetwork) {
    start();
    PlayedNeighbor& stranger = neighbor(0, "10.0.99.2");
    stranger.comeUp();
    EXPECT_FALSE(isUp(stranger));
    EXPECT_TRUE(wasNoted("EIGRP packet from 10.0.99.2 on eth0 refused: not on a common network"));
}

TEST_F(EigrpProcessTest, PassiveInterfacesAreAnnouncedAndSilent) {
    config.passiveExceptions = {"lan0"};
    start();
    PlayedNeighbor& onLan = neighbor(2, "192.168.1.2");
    onLan.comeUp();
    run(Duration::seconds(11));
    EXPECT_THAT(onLan.heard, IsEmpty());
    EXPECT_FALSE(isUp(onLan));
    EXPECT_TRUE(upNeighbor(0, "10.0.12.2").knows("192.168.1.0/24"));
}

TEST_F(EigrpProcessTest, TheHoldTimeIsThatOfTheNeighborsHello) {
    start();
    PlayedNeighbor& r2 = neighbor(0, "10.0.12.2");
    EigrpPacket hello = r2.hello();
    std::get<Parameter>(hello.tlvs.edit()[0]).holdTime = 7;
    r2.comeUp(hello);
    run(Duration::milliseconds(6999));
    EXPECT_TRUE(isUp(r2));
    run(Duration::milliseconds(2));
    EXPECT_FALSE(isUp(r2));
    EXPECT_TRUE(wasNoted("is down: hold time expired"));
}

TEST_F(EigrpProcessTest, OwnHellosSayTheConfiguredHoldTimeAndInterval) {
    config.interfaces["eth0"].helloInterval = Duration::seconds(2);
    instance("eth0").holdTime = Duration::seconds(40);
    start();
    PlayedNeighbor& r2 = neighbor(0, "10.0.12.2");
    run(Duration::seconds(5));
    ASSERT_EQ(r2.heard.size(), 2U) << "at 2 and 4 s; it was not there at the first one";
    EXPECT_EQ(r2.heard[0].find<Parameter>()->holdTime, 40);
}

TEST_F(EigrpProcessTest, AGoodbyeEndsTheAdjacencyAtOnce) {
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    r2.say(Opcode::Update, {routeOf("172.16.0.0/16")});
    EigrpPacket goodbye = r2.hello();
    std::get<Parameter>(goodbye.tlvs.edit()[0]).kValues = KValues::goodbye();
    r2.send(goodbye, true);
    EXPECT_FALSE(isUp(r2));
    EXPECT_FALSE(wasNoted("mismatch"));
    EXPECT_FALSE(rib.contains(net("172.16.0.0/16")));
}

TEST_F(EigrpProcessTest, ItSaysGoodbyeWhereItStopsRunning) {
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    config.networks = {net("192.168.0.0/16")};
    reconfigure();
    EXPECT_TRUE(std::ranges::any_of(r2.heard, [](const EigrpPacket& p) { return p.isGoodbye(); }));
    EXPECT_FALSE(isUp(r2));
}

TEST_F(EigrpProcessTest, AnInterfaceThatGoesDownTakesItsRoutesWithIt) {
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    PlayedNeighbor& r3 = upNeighbor(1, "10.0.13.3");
    r2.say(Opcode::Update, {routeOf("172.16.0.0/16")});
    r3.heard.clear();
    setCarrier(0, false);
    EXPECT_TRUE(r3.wasAsked("172.16.0.0/16"));
    EXPECT_TRUE(r3.wasAsked("10.0.12.0/24")) << "the link's own network is gone as well";
    r3.say(Opcode::Reply, {unreachable("172.16.0.0/16"), unreachable("10.0.12.0/24")});
    EXPECT_FALSE(rib.contains(net("172.16.0.0/16")));
    EXPECT_EQ(process->topology().find(net("10.0.12.0/24")), nullptr);
}

TEST_F(EigrpProcessTest, ItIsSettledWhenEverybodyWasHeardAndAllIsAcknowledged) {
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    EXPECT_FALSE(process->settled(now, SimTime::start())) << "somebody else may be there";
    run(Duration::seconds(7), {&r2});
    EXPECT_TRUE(process->settled(now, SimTime::start()));
    const SimTime disturbed = now;
    EXPECT_FALSE(process->settled(now, disturbed));
    r2.isAcknowledging = false;
    PlayedNeighbor& r3 = upNeighbor(1, "10.0.13.3");
    r3.say(Opcode::Update, {routeOf("172.16.0.0/16")});
    run(Duration::seconds(7), {&r2, &r3});
    EXPECT_FALSE(process->settled(now, disturbed)) << "R2 has not acknowledged the news";
}

TEST_F(EigrpProcessTest, ItIsNotSettledWhileAQueryIsOpen) {
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    PlayedNeighbor& r3 = upNeighbor(1, "10.0.13.3");
    r2.say(Opcode::Update, {routeOf("172.16.0.0/16")});
    r2.say(Opcode::Update, {unreachable("172.16.0.0/16")});
    run(Duration::seconds(8), {&r2, &r3});
    EXPECT_EQ(process->topology().activeCount(), 1U);
    EXPECT_FALSE(process->settled(now, SimTime::start()));
    r2.say(Opcode::Reply, {unreachable("172.16.0.0/16")});
    r3.say(Opcode::Reply, {unreachable("172.16.0.0/16")});
    EXPECT_TRUE(process->settled(now, SimTime::start()));
}

TEST_F(EigrpProcessTest, WhoDoesNotReplyIsThrownOutAfterTheActiveTime) {
    config.activeTime = Duration::seconds(20);
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    PlayedNeighbor& r3 = upNeighbor(1, "10.0.13.3");
    r2.say(Opcode::Update, {routeOf("172.16.0.0/16")});
    r2.say(Opcode::Update, {unreachable("172.16.0.0/16")});
    run(Duration::milliseconds(9'900), {&r2, &r3});
    EXPECT_THAT(r3.heardOf(Opcode::SiaQuery), IsEmpty());
    run(Duration::milliseconds(10'300), {&r2, &r3});
    EXPECT_FALSE(r3.heardOf(Opcode::SiaQuery).empty()) << "asked again after half the active time";
    EXPECT_TRUE(wasNoted("neighbor 10.0.13.3 is stuck in active"));
    EXPECT_FALSE(rib.contains(net("172.16.0.0/16")));
}

TEST_F(EigrpProcessTest, WhoSaysThatItIsStillAskingIsWaitedForLonger) {
    config.activeTime = Duration::seconds(20);
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    PlayedNeighbor& r3 = upNeighbor(1, "10.0.13.3");
    r2.say(Opcode::Update, {routeOf("172.16.0.0/16")});
    r2.say(Opcode::Update, {unreachable("172.16.0.0/16")});
    r2.say(Opcode::Reply, {unreachable("172.16.0.0/16")});
    run(Duration::milliseconds(10'100), {&r2, &r3});
    r3.say(Opcode::SiaReply, {unreachable("172.16.0.0/16")});
    run(Duration::milliseconds(10'000), {&r2, &r3});
    EXPECT_FALSE(wasNoted("stuck in active"));
    EXPECT_TRUE(isUp(r3));
}

// Authentication (RFC 7868, 6.7.2).

class EigrpProcessKeys : public EigrpProcessTest {
  protected:
    EigrpProcessKeys() { policy.keyChains["KEYS"] = {{1, "secret"}, {2, "other"}}; }
    void demand(AuthenticationMode mode) {
        instance("eth0").authentication = mode;
        instance("eth0").keyChain = "KEYS";
    }
    static EigrpPacket signedHello(const PlayedNeighbor& from, std::uint16_t type, std::uint32_t key,
                                   std::string_view secret) {
        EigrpPacket hello = from.hello();
        std::vector<Tlv>& tlvs = hello.tlvs.edit();
        tlvs.insert(tlvs.begin(), blankAuthentication(type, key));
        return withDigest(hello, secret, from.address());
    }
    bool isKnown(const PlayedNeighbor& neighbor) const {
        return process->links().at(neighbor.interface()).transport.neighbors().contains(neighbor.address());
    }
};

TEST_F(EigrpProcessKeys, IsSignedByTheFirstKeyAndCheckedByTheNamedOne) {
    for (const auto& [mode, type] : {std::pair(AuthenticationMode::Md5, Authentication::kMd5),
                                     std::pair(AuthenticationMode::HmacSha256, Authentication::kSha256)}) {
        demand(mode);
        start();
        PlayedNeighbor& r2 = neighbor(0, type == Authentication::kMd5 ? "10.0.12.2" : "10.0.12.3");
        r2.send(signedHello(r2, type, type == Authentication::kMd5 ? 2 : 0,
                            type == Authentication::kMd5 ? "other" : "secret"),
                true);
        EXPECT_TRUE(isKnown(r2));
        ASSERT_FALSE(r2.heard.empty());
        EXPECT_TRUE(hasValidDigest(encoded(r2.heard.back()), "secret", ip("10.0.12.1")));
    }
}

TEST_F(EigrpProcessKeys, EveryRefusalSaysWhy) {
    demand(AuthenticationMode::Md5);
    start();
    PlayedNeighbor& r2 = neighbor(0, "10.0.12.2");
    r2.send(r2.hello(), true);
    EXPECT_TRUE(wasNoted("refused: it is not authenticated"));
    r2.send(signedHello(r2, Authentication::kSha256, 0, "secret"), true);
    EXPECT_TRUE(wasNoted("refused: it is authenticated by another method"));
    r2.send(signedHello(r2, Authentication::kMd5, 3, "secret"), true);
    EXPECT_TRUE(wasNoted("refused: there is no key 3"));
    r2.send(signedHello(r2, Authentication::kMd5, 1, "wrong"), true);
    EXPECT_TRUE(wasNoted("refused: its digest is wrong"));
    EXPECT_FALSE(isKnown(r2));
    EXPECT_THAT(r2.heardOf(Opcode::Update), IsEmpty());
}

TEST_F(EigrpProcessKeys, ASignedPacketIsRefusedWhereNoneIsAsked) {
    start();
    PlayedNeighbor& r2 = neighbor(0, "10.0.12.2");
    r2.send(signedHello(r2, Authentication::kMd5, 1, "secret"), true);
    EXPECT_TRUE(wasNoted("refused: it is authenticated, and no authentication is configured here"));
    EXPECT_FALSE(isKnown(r2));
}

TEST_F(EigrpProcessKeys, WithoutAKeyNothingIsSentAndNothingBelieved) {
    demand(AuthenticationMode::Md5);
    policy.keyChains.clear();
    start();
    PlayedNeighbor& r2 = neighbor(0, "10.0.12.2");
    r2.send(signedHello(r2, Authentication::kMd5, 1, "secret"), true);
    run(Duration::seconds(11));
    EXPECT_TRUE(wasNoted("refused: key chain 'KEYS' has no key"));
    EXPECT_THAT(r2.heard, IsEmpty());
}

TEST_F(EigrpProcessKeys, AByteThatChangedUnderWayIsNoticed) {
    start();
    PlayedNeighbor& r2 = neighbor(0, "10.0.12.2");
    const Bytes hello = encoded(r2.hello());
    for (std::size_t bit = 0; bit < hello.size() * 8; ++bit) {
        Bytes damaged = hello;
        damaged[bit / 8] ^= static_cast<std::uint8_t>(0x80U >> bit % 8);
        r2.sendBytes(damaged, true);
        ASSERT_FALSE(isKnown(r2)) << bit;
    }
    EXPECT_EQ(
        std::ranges::count_if(notes, [](const auto& n) { return n.find("refused") != std::string::npos; }),
        static_cast<std::ptrdiff_t>(hello.size() * 8));
}

// `neighbor A.B.C.D [IFNAME]`.

class EigrpStaticNeighbors : public EigrpProcessTest {
  protected:
    EigrpStaticNeighbors() { config.neighbors = {{ip("10.0.12.2"), "eth0"}, {ip("10.0.12.3"), ""}}; }
};

TEST_F(EigrpStaticNeighbors, AreSpokenToByUnicastOnly) {
    PlayedNeighbor& r2 = neighbor(0, "10.0.12.2");
    PlayedNeighbor& r3 = neighbor(0, "10.0.12.3");
    PlayedNeighbor& other = neighbor(0, "10.0.12.4");
    PlayedNeighbor& elsewhere = neighbor(1, "10.0.13.3");
    start();
    run(Duration::seconds(6));
    EXPECT_THAT(r2.heardAt, ElementsAre(ip("10.0.12.2"), ip("10.0.12.2")));
    EXPECT_THAT(r3.heardAt, ElementsAre(ip("10.0.12.3"), ip("10.0.12.3")));
    EXPECT_THAT(other.heard, IsEmpty());
    EXPECT_THAT(elsewhere.heardAt, ElementsAre(ip("224.0.0.10"), ip("224.0.0.10")));
}

TEST_F(EigrpStaticNeighbors, ComeUpByUnicastAndHearEverything) {
    start();
    PlayedNeighbor& r2 = neighbor(0, "10.0.12.2");
    PlayedNeighbor& r3 = neighbor(0, "10.0.12.3");
    for (PlayedNeighbor* one : {&r2, &r3}) {
        one->send(one->hello());
        EigrpPacket init;
        init.opcode = Opcode::Update;
        init.flags = PacketFlag::kInit;
        init.sequence = 500;
        init.acknowledgment = one->heardOf(Opcode::Update).back().sequence;
        one->send(init);
        EXPECT_TRUE(isUp(*one));
    }
    PlayedNeighbor& far = upNeighbor(1, "10.0.13.3");
    far.say(Opcode::Update, {routeOf("172.16.0.0/16")});
    EXPECT_TRUE(r2.knows("172.16.0.0/16"));
    EXPECT_TRUE(r3.knows("172.16.0.0/16"));
    EXPECT_THAT(r2.heardAt, testing::Each(ip("10.0.12.2")));
}

TEST_F(EigrpStaticNeighbors, NobodyElseIsBelievedThereAndNoMulticast) {
    start();
    PlayedNeighbor& stranger = neighbor(0, "10.0.12.4");
    stranger.send(stranger.hello());
    EXPECT_TRUE(wasNoted("refused: it is none of the neighbors configured on the interface"));
    PlayedNeighbor& r2 = neighbor(0, "10.0.12.2");
    r2.send(r2.hello(), true);
    EXPECT_TRUE(wasNoted("refused: it is multicast, and neighbors are configured on the interface"));
    EXPECT_THAT(process->links().at(InterfaceId(0)).transport.neighbors(), IsEmpty());
}

TEST_F(EigrpStaticNeighbors, WithoutThemTheInterfaceMulticastsAgain) {
    start();
    config.neighbors.clear();
    reconfigure();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    EXPECT_TRUE(isUp(r2));
    run(Duration::seconds(6));
    EXPECT_EQ(r2.heardAt.back(), ip("224.0.0.10"));
}

}  // namespace
}  // namespace peerscape::eigrp

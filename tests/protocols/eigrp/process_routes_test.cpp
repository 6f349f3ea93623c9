/// What a router announces, to whom, and what it believes: stubs, summaries, lists, redistribution.
#include <gmock/gmock.h>

#include "protocols/static_routes/config.hpp"
#include "tests/protocols/eigrp/process_harness.hpp"

namespace peerscape::eigrp {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr SeedMetric kSeed{10'000, 100, 255, 1, 1500};

class EigrpRoutes : public testing::Test, public ProcessBench {
  protected:
    void redistributeStatic(std::optional<SeedMetric> metric = std::nullopt, std::string routeMap = "") {
        config.redistributions.push_back({"static", static_routes::kStatic, metric, std::move(routeMap)});
    }
    static policy::AccessList permitting(std::string_view prefix) {
        policy::AccessList list;
        list.entries.put(5, {policy::Action::Permit, policy::NetworkFilter{net(prefix), false}});
        return list;
    }
    static policy::PrefixList permittingPrefix(std::string_view prefix) {
        policy::PrefixList list;
        policy::PrefixListEntry entry;
        entry.prefix = net(prefix);
        list.entries.put(5, entry);
        return list;
    }
};

// Stubs (RFC 7868, 5.4.3 and 6.7.6).

class EigrpStubKinds : public EigrpRoutes {
  protected:
    /// What a neighbour of a stub of this kind is told.
    std::vector<std::string> told(const StubSettings& stub) {
        config.stub = stub;
        instance("eth0").summaries = {net("192.168.0.0/16")};
        redistributeStatic(kSeed);
        config.redistributions.push_back({"rip", ProtocolId(3), kSeed, ""});
        start();
        PlayedNeighbor& r3 = upNeighbor(1, "10.0.13.3");
        r3.say(Opcode::Update, {routeOf("172.16.0.0/16")});
        tellRoutes(static_routes::kStatic, "10.20.0.0/16");
        tellRoutes(ProtocolId(3), "10.30.0.0/16");
        r2 = &upNeighbor(0, "10.0.12.2");
        std::vector<std::string> known;
        for (const char* prefix :
             {"10.0.13.0/24", "192.168.0.0/16", "10.20.0.0/16", "10.30.0.0/16", "172.16.0.0/16"}) {
            if (r2->knows(prefix)) known.emplace_back(prefix);
        }
        return known;
    }
    PlayedNeighbor* r2 = nullptr;
};

TEST_F(EigrpStubKinds, Connected) {
    EXPECT_THAT(told({.announcesConnected = true}), ElementsAre("10.0.13.0/24"));
}
TEST_F(EigrpStubKinds, Summary) {
    EXPECT_THAT(told({.announcesSummaries = true}), ElementsAre("192.168.0.0/16"));
}
TEST_F(EigrpStubKinds, Static) { EXPECT_THAT(told({.announcesStatic = true}), ElementsAre("10.20.0.0/16")); }
TEST_F(EigrpStubKinds, Redistributed) {
    EXPECT_THAT(told({.announcesRedistributed = true}), ElementsAre("10.20.0.0/16", "10.30.0.0/16"));
}
TEST_F(EigrpStubKinds, ReceiveOnly) { EXPECT_THAT(told({.isReceiveOnly = true}), IsEmpty()); }
TEST_F(EigrpStubKinds, LeakMapLetsLearnedRoutesThrough) {
    policy.accessLists4["LEAK"] = permitting("172.16.0.0/16");
    policy.routeMaps["LEAK"][10].matches = {policy::MatchList{.list = "LEAK"}};
    EXPECT_THAT(told({.announcesConnected = true, .leakMap = "LEAK"}),
                ElementsAre("10.0.13.0/24", "172.16.0.0/16"));
}

TEST_F(EigrpStubKinds, ItSaysInItsHellosWhatKindItIs) {
    told({.announcesConnected = true, .announcesSummaries = true});
    run(Duration::seconds(6));
    const auto hellos = r2->heardOf(Opcode::Hello);
    ASSERT_NE(hellos.back().find<PeerInformation>(), nullptr);
    EXPECT_EQ(hellos.back().find<PeerInformation>()->stubFlags,
              PeerInformation::kConnected | PeerInformation::kSummary);
}

TEST_F(EigrpRoutes, AStubIsNeverAskedButTold) {
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    PlayedNeighbor& stub = neighbor(1, "10.0.13.3");
    EigrpPacket hello = stub.hello();
    hello.tlvs.push_back(PeerInformation{PeerInformation::kConnected});
    stub.comeUp(hello);
    r2.say(Opcode::Update, {routeOf("172.16.0.0/16")});
    EXPECT_TRUE(stub.knows("172.16.0.0/16"));
    r2.say(Opcode::Update, {unreachable("172.16.0.0/16")});
    EXPECT_THAT(stub.heardOf(Opcode::Query), IsEmpty());
    r2.say(Opcode::Reply, {unreachable("172.16.0.0/16")});
    EXPECT_EQ(process->topology().activeCount(), 0U);
    EXPECT_FALSE(stub.knows("172.16.0.0/16"));
}

// Summaries (RFC 7868, 5.4.6).

class EigrpSummaries : public EigrpRoutes {
  protected:
    EigrpSummaries() { instance("eth0").summaries = {net("172.16.0.0/12")}; }
};

TEST_F(EigrpSummaries, ComesAndGoesWithWhatIsInside) {
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    PlayedNeighbor& r3 = upNeighbor(1, "10.0.13.3");
    EXPECT_FALSE(r2.knows("172.16.0.0/12"));
    r3.say(Opcode::Update, {routeOf("172.16.0.0/16", 50), routeOf("172.17.0.0/16", 20)});
    EXPECT_TRUE(r2.knows("172.16.0.0/12"));
    EXPECT_FALSE(r2.knows("172.16.0.0/16"));
    EXPECT_FALSE(r2.knows("172.17.0.0/16"));
    EXPECT_EQ(metricOf(*r2.lastTold("172.16.0.0/12")), 256U * (100 + 30)) << "that of the best inside";
    EXPECT_THAT(hopsTo("172.16.0.0/12"), ElementsAre("Null0"));
    EXPECT_EQ(rib.at(net("172.16.0.0/12")).distance, 5);
    r3.say(Opcode::Update, {unreachable("172.17.0.0/16")});
    EXPECT_EQ(metricOf(*r2.lastTold("172.16.0.0/12")), 256U * (100 + 60));
    r3.say(Opcode::Update, {unreachable("172.16.0.0/16")});
    EXPECT_FALSE(r2.knows("172.16.0.0/12"));
    EXPECT_FALSE(rib.contains(net("172.16.0.0/12")));
}

TEST_F(EigrpSummaries, OtherInterfacesAreToldTheParts) {
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    PlayedNeighbor& r3 = upNeighbor(1, "10.0.13.3");
    PlayedNeighbor& onLan = upNeighbor(2, "192.168.1.2");
    r3.say(Opcode::Update, {routeOf("172.16.0.0/16")});
    EXPECT_TRUE(onLan.knows("172.16.0.0/16"));
    EXPECT_FALSE(onLan.knows("172.16.0.0/12"));
    EXPECT_TRUE(r2.knows("172.16.0.0/12"));
}

// What makes a summary the cure of "stuck in active": a query about a part ends at once.
TEST_F(EigrpSummaries, AQueryAboutAPartIsAnsweredByWhoOnlyKnowsTheSummary) {
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    r2.say(Opcode::Query, {unreachable("172.16.5.0/24")});
    ASSERT_EQ(r2.heardOf(Opcode::Reply).size(), 1U);
    EXPECT_FALSE(r2.knows("172.16.5.0/24"));
    EXPECT_EQ(process->topology().activeCount(), 0U);
}

TEST_F(EigrpSummaries, AConfiguredMetricIsNotThatOfTheParts) {
    config.summaryMetrics = {{net("172.16.0.0/12"), kSeed}};
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    upNeighbor(1, "10.0.13.3").say(Opcode::Update, {routeOf("172.16.0.0/16")});
    EXPECT_EQ(metricOf(*r2.lastTold("172.16.0.0/12")), 256U * (1000 + 100));
}

// External routes (RFC 7868, 5.4.7 and 6.2).

TEST_F(EigrpRoutes, WhatItBroughtInItselfDoesNotComeBack) {
    config.routerId = ip("1.1.1.1");
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    r2.say(Opcode::Update,
           {externalOf("172.16.0.0/16", "1.1.1.1"), externalOf("172.17.0.0/16", "2.2.2.2", 42)});
    EXPECT_FALSE(rib.contains(net("172.16.0.0/16")));
    EXPECT_EQ(rib.at(net("172.17.0.0/16")).distance, 170);
    EXPECT_EQ(rib.at(net("172.17.0.0/16")).tag, 42U);
}

// Routers that only have IPv6 have no address to make an id of; all of them say 0.
TEST(EigrpRoutes6, ARouterWithoutIdBelievesOthersWithoutId) {
    ProcessBench bench(Family::IPv6);
    bench.start();
    PlayedNeighbor& r2 = bench.upNeighbor(0, "fe80::12:2");
    Route route = externalOf("2001:db8:f::/64", "0.0.0.0");
    r2.say(Opcode::Update, {route});
    EXPECT_EQ(bench.process->routerId(bench.interfaces), 0U);
    EXPECT_TRUE(bench.rib.contains(net("2001:db8:f::/64")));
}

TEST(EigrpRoutes6, NeighborsAndNextHopsAreLinkLocal) {
    ProcessBench bench(Family::IPv6);
    bench.start();
    PlayedNeighbor& global = bench.neighbor(0, "2001:db8:12::2");
    global.comeUp();
    EXPECT_FALSE(bench.isUp(global));
    EXPECT_TRUE(bench.wasNoted("refused: not on a common network"));
    PlayedNeighbor& r2 = bench.upNeighbor(0, "fe80::12:2");
    r2.say(Opcode::Update, {routeOf("2001:db8:f::/64")});
    EXPECT_THAT(bench.hopsTo("2001:db8:f::/64"), ElementsAre("fe80::12:2"));
    EXPECT_TRUE(r2.knows("2001:db8:13::/64"));
}

TEST_F(EigrpRoutes, RedistributedRoutesAreExternalAndSayWhereTheyAreFrom) {
    config.routerId = ip("1.1.1.1");
    redistributeStatic(kSeed);
    start();
    ASSERT_EQ(subscriptions.size(), 1U);
    EXPECT_EQ(subscriptions[0].protocol, static_routes::kStatic);
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    tellRoutes(static_routes::kStatic, "172.16.0.0/16", 9);
    const Route told = r2.lastTold("172.16.0.0/16").value();
    EXPECT_EQ(metricOf(told), 256U * (1000 + 100));
    ASSERT_TRUE(told.exterior);
    EXPECT_EQ(told.exterior->protocol, ExternalProtocol::Static);
    EXPECT_EQ(told.exterior->administrativeTag, 9U);
    EXPECT_EQ(told.exterior->metric, 7U);
    EXPECT_EQ(told.exterior->routerId, ip("1.1.1.1").v4Number());
    EXPECT_FALSE(rib.contains(net("172.16.0.0/16"))) << "it has the route already";
    tellRoutes(static_routes::kStatic, "172.16.0.0/16", 9, true);
    EXPECT_FALSE(r2.knows("172.16.0.0/16"));
}

TEST_F(EigrpRoutes, ARouteOfRipNeedsAMetric) {
    config.redistributions = {{"rip", ProtocolId(3), std::nullopt, ""}};
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    tellRoutes(ProtocolId(3), "172.16.0.0/16");
    EXPECT_FALSE(r2.knows("172.16.0.0/16"));
    config.defaultMetric = kSeed;
    reconfigure();
    PlayedNeighbor& again = upNeighbor(0, "10.0.12.3");
    tellRoutes(ProtocolId(3), "172.16.0.0/16");
    EXPECT_EQ(metricOf(again.lastTold("172.16.0.0/16").value()), 256U * (1000 + 100));
}

TEST_F(EigrpRoutes, ARouteMapChoosesWhatIsRedistributedAndItsTag) {
    redistributeStatic(kSeed, "MAP");
    policy.accessLists4["SOME"] = permitting("172.16.0.0/16");
    policy.routeMaps["MAP"][10].matches = {policy::MatchList{.list = "SOME"}};
    policy.routeMaps["MAP"][10].sets = {policy::SetTag{77}};
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    tellRoutes(static_routes::kStatic, "172.16.0.0/16");
    tellRoutes(static_routes::kStatic, "172.17.0.0/16");
    EXPECT_EQ(r2.lastTold("172.16.0.0/16")->exterior->administrativeTag, 77U);
    EXPECT_FALSE(r2.knows("172.17.0.0/16"));
}

// Lists.

TEST_F(EigrpRoutes, MoreThanTheMaximumOfHopsIsUnreachable) {
    config.maximumHops = 5;
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    r2.say(Opcode::Update, {routeOf("172.16.0.0/16", 10, 4), routeOf("172.17.0.0/16", 10, 5)});
    EXPECT_TRUE(rib.contains(net("172.16.0.0/16")));
    EXPECT_FALSE(rib.contains(net("172.17.0.0/16")));
}

TEST_F(EigrpRoutes, DistributeListsInKeepRoutesOut) {
    policy.prefixLists4["ONE"] = permittingPrefix("172.16.0.0/16");
    config.distributeLists = {{true, "ONE", Direction::In, "eth0"}};
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    PlayedNeighbor& r3 = upNeighbor(1, "10.0.13.3");
    r2.say(Opcode::Update, {routeOf("172.16.0.0/16"), routeOf("172.17.0.0/16")});
    r3.say(Opcode::Update, {routeOf("172.18.0.0/16")});
    EXPECT_TRUE(rib.contains(net("172.16.0.0/16")));
    EXPECT_FALSE(rib.contains(net("172.17.0.0/16")));
    EXPECT_TRUE(rib.contains(net("172.18.0.0/16"))) << "the list is eth0's";
}

TEST_F(EigrpRoutes, DistributeListsOutHideRoutes) {
    policy.accessLists4["ONE"] = permitting("10.0.0.0/8");
    config.distributeLists = {{false, "ONE", Direction::Out, ""}};
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    EXPECT_TRUE(r2.knows("10.0.13.0/24"));
    EXPECT_FALSE(r2.knows("192.168.1.0/24"));
}

TEST_F(EigrpRoutes, AListThatIsChangedCountsAtOnce) {
    policy.prefixLists4["ONE"] = permittingPrefix("172.16.0.0/16");
    config.distributeLists = {{true, "ONE", Direction::In, ""}};
    start();
    upNeighbor(0, "10.0.12.2").say(Opcode::Update, {routeOf("172.16.0.0/16"), routeOf("172.17.0.0/16")});
    policy.prefixLists4["ONE"] = permittingPrefix("172.17.0.0/16");
    reconfigure();
    PlayedNeighbor& r2 = neighbor(0, "10.0.12.3");
    r2.comeUp();
    r2.say(Opcode::Update, {routeOf("172.16.0.0/16"), routeOf("172.17.0.0/16")});
    EXPECT_FALSE(rib.contains(net("172.16.0.0/16")));
    EXPECT_TRUE(rib.contains(net("172.17.0.0/16")));
}

TEST_F(EigrpRoutes, AListThatNobodyUsesDisturbsNobody) {
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    policy.prefixLists4["ONE"] = permittingPrefix("172.16.0.0/16");
    reconfigure();
    EXPECT_TRUE(isUp(r2));
}

TEST_F(EigrpRoutes, ARouteMapThatIsChangedCountsAtOnceAndKeepsTheNeighbors) {
    redistributeStatic(kSeed, "MAP");
    policy.routeMaps["MAP"][10].action = policy::Action::Deny;
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    tellRoutes(static_routes::kStatic, "172.16.0.0/16");
    EXPECT_FALSE(r2.knows("172.16.0.0/16"));
    subscriptions.clear();
    policy.routeMaps["MAP"][10].action = policy::Action::Permit;
    reconfigure();
    EXPECT_TRUE(isUp(r2));
    ASSERT_EQ(subscriptions.size(), 2U) << "asks for all routes once more";
    EXPECT_FALSE(subscriptions[0].wanted);
    EXPECT_TRUE(subscriptions[1].wanted);
}

TEST_F(EigrpRoutes, OffsetListsMakeRoutesWorse) {
    policy.accessLists4["SOME"] = permitting("172.16.0.0/16");
    config.offsetLists = {{"SOME", Direction::In, 2560, "eth0"}, {"SOME", Direction::Out, 5120, ""}};
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    PlayedNeighbor& r3 = upNeighbor(1, "10.0.13.3");
    r2.say(Opcode::Update, {routeOf("172.16.0.0/16"), routeOf("172.17.0.0/16")});
    EXPECT_EQ(rib.at(net("172.16.0.0/16")).metric, 256U * (100 + 20) + 2560);
    EXPECT_EQ(rib.at(net("172.17.0.0/16")).metric, 256U * (100 + 20));
    EXPECT_EQ(metricOf(*r3.lastTold("172.16.0.0/16")), 256U * (100 + 20) + 2560 + 5120);
    EXPECT_EQ(metricOf(*r3.lastTold("172.17.0.0/16")), 256U * (100 + 20));
}

// Several ways.

TEST_F(EigrpRoutes, VarianceUsesFeasibleWaysThatAreNotTooBad) {
    config.variance = 2;
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    PlayedNeighbor& r3 = upNeighbor(1, "10.0.13.3");
    r2.say(Opcode::Update, {routeOf("172.16.0.0/16", 100), routeOf("172.17.0.0/16", 100)});
    // FD of both is that over 110; RD of the first is below, of the second it is not.
    r3.say(Opcode::Update, {routeOf("172.16.0.0/16", 109), routeOf("172.17.0.0/16", 110)});
    EXPECT_THAT(hopsTo("172.16.0.0/16"), ElementsAre("10.0.12.2", "10.0.13.3"));
    EXPECT_THAT(hopsTo("172.17.0.0/16"), ElementsAre("10.0.12.2"));
}

TEST_F(EigrpRoutes, NoMoreNextHopsThanMaximumPaths) {
    config.maximumPaths = 2;
    start();
    for (const char* address : {"10.0.12.2", "10.0.12.3", "10.0.12.4"})
        upNeighbor(0, address).say(Opcode::Update, {routeOf("172.16.0.0/16")});
    EXPECT_EQ(hopsTo("172.16.0.0/16").size(), 2U);
}

TEST_F(EigrpRoutes, AnotherDelayIsJustAnotherDistance) {
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    r2.say(Opcode::Update, {routeOf("172.16.0.0/16")});
    config.interfaces["eth0"].delay = Delay::tensOfMicroseconds(5);
    reconfigure();
    EXPECT_TRUE(isUp(r2)) << "no reason to begin anew";
    EXPECT_EQ(rib.at(net("172.16.0.0/16")).metric, 256U * (100 + 15));
}

TEST_F(EigrpRoutes, AnotherVarianceKeepsTheNeighbors) {
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    config.variance = 3;
    config.maximumPaths = 2;
    config.trafficShare = TrafficShare::MinimumMetric;
    reconfigure();
    EXPECT_TRUE(isUp(r2));
}

TEST_F(EigrpRoutes, AnotherLimitOfHopsBeginsAnewWithAllNeighbors) {
    start();
    PlayedNeighbor& r2 = upNeighbor(0, "10.0.12.2");
    config.maximumHops = 50;
    reconfigure();
    EXPECT_FALSE(isUp(r2));
    EXPECT_TRUE(std::ranges::any_of(r2.heard, [](const EigrpPacket& p) { return p.isGoodbye(); }));
}

// Packets fit (RFC 7868 leaves fragments to nobody: the routers set DF).
TEST_F(EigrpRoutes, PacketsAreNoLargerThanTheMtuLets) {
    for (const std::uint32_t mtu : {1500U, 576U, 160U, 100U}) {
        ProcessBench bench;
        bench.interfaces[0].mtu = mtu;
        bench.start();
        PlayedNeighbor& r3 = bench.upNeighbor(1, "10.0.13.3");
        for (std::uint32_t i = 0; i < 200; ++i)
            r3.say(Opcode::Update, {routeOf("172.16." + std::to_string(i) + ".0/24")});
        PlayedNeighbor& r2 = bench.upNeighbor(0, "10.0.12.2");
        std::size_t largest = 0;
        for (const EigrpPacket& packet : r2.heard)
            largest = std::max(largest, encoded(packet).size() + 20);
        EXPECT_LE(largest, mtu);
        for (std::uint32_t i = 0; i < 200; ++i)
            EXPECT_TRUE(r2.knows("172.16." + std::to_string(i) + ".0/24"));
    }
}

// Both TLV families (RFC 7868, 6.9).

TEST_F(EigrpRoutes, WideMetricsAreSpokenWithThoseWhoReadThem) {
    config.hasWideMetrics = true;
    start();
    PlayedNeighbor& classic = upNeighbor(0, "10.0.12.2");
    PlayedNeighbor& wide = neighbor(1, "10.0.13.3");
    EigrpPacket hello = wide.hello();
    std::get<SoftwareVersion>(hello.tlvs.edit()[1]).tlvMajor = 2;
    wide.comeUp(hello);
    EXPECT_FALSE(classic.lastTold("192.168.1.0/24")->isWide());
    EXPECT_TRUE(wide.lastTold("192.168.1.0/24")->isWide());
    classic.say(Opcode::Update, {routeOf("172.16.0.0/16")});
    const Route told = wide.lastTold("172.16.0.0/16").value();
    ASSERT_TRUE(told.isWide());
    EXPECT_EQ(told.vector().delay, Delay::tensOfMicroseconds(20));
    EXPECT_EQ(rib.at(net("172.16.0.0/16")).metric,
              wideComposite(told.vector(), {}).number() / kDefaultRibScale);
}

}  // namespace
}  // namespace peerscape::eigrp

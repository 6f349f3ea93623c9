/// Lists and route-maps in RIP's hands.
#include <gtest/gtest.h>

#include "protocols/policy/policy_set.hpp"
#include "tests/protocols/rip/process_fixture.hpp"

namespace peerscape::rip {
namespace {

using namespace test;
using policy::AccessListEntry;
using policy::Action;
using policy::NetworkFilter;
using policy::PolicySet;
using policy::PrefixListEntry;
using policy::RouteMapEntry;

constexpr ProtocolId kStaticForTest{2};

/// Access-list and prefix-list "BIG" permit 172.16.0.0/16 (and what is inside), nothing else.
class RipFiltersTest : public RipProcessTest {
  protected:
    RipFiltersTest() {
        policySet.accessLists4["BIG"].entries.put(
            5, AccessListEntry{Action::Permit, NetworkFilter{net("172.16.0.0/16")}});
        policySet.prefixLists4["BIG"].entries.put(
            5, PrefixListEntry{.prefix = net("172.16.0.0/16"), .ge = {}, .le = {}});
    }
    /// Starts with the policy as it stands.
    void begin() {
        router.config->policy = std::make_shared<PolicySet>(policySet);
        RipProcessTest::begin();
    }
    void hearBoth() { router.hear(eth0, r2, {entry("172.16.0.0/16", 3, "", 5), entry("172.17.0.0/16", 3)}); }
    std::vector<Effect> nextUpdate() {
        run(10);
        return router.runUntil(router.process->nextUpdate());
    }
    /// A route-map of one entry.
    RouteMapEntry& map(const std::string& name, Action action) {
        auto& mapEntry = policySet.routeMaps[name][10];
        mapEntry.action = action;
        return mapEntry;
    }

    PolicySet policySet;
};

TEST_F(RipFiltersTest, AnInboundOffsetListTakesThePlaceOfTheCostOfTheLink) {
    router.config->offsetLists = {{"BIG", Direction::In, 4, ""}};
    begin();
    hearBoth();
    EXPECT_EQ(router.metric("172.16.0.0/16"), 7);
    EXPECT_EQ(router.metric("172.17.0.0/16"), 4);
}

TEST_F(RipFiltersTest, AnOffsetOfZeroCostsNothing) {
    router.config->offsetLists = {{"BIG", Direction::In, 0, ""}};
    begin();
    hearBoth();
    EXPECT_EQ(router.metric("172.16.0.0/16"), 3);
}

TEST_F(RipFiltersTest, TheOffsetListOfTheInterfaceGoesBeforeTheGeneralOne) {
    router.config->offsetLists = {{"BIG", Direction::In, 4, ""}, {"NONE", Direction::In, 9, "eth0"}};
    begin();
    hearBoth();
    EXPECT_EQ(router.metric("172.16.0.0/16"), 4) << "its list does not exist, so it matches nothing";
}

TEST_F(RipFiltersTest, AnOffsetThatReachesInfinityKeepsTheRouteOut) {
    router.config->offsetLists = {{"BIG", Direction::In, 13, ""}};
    begin();
    hearBoth();
    EXPECT_EQ(router.route("172.16.0.0/16"), nullptr);
}

TEST_F(RipFiltersTest, AnOutboundOffsetListIsAddedToTheMetricSent) {
    router.config->offsetLists = {{"BIG", Direction::Out, 4, "eth1"}};
    begin();
    hearBoth();
    const auto effects = nextUpdate();
    EXPECT_EQ(sentMetric(effects, eth1, "172.16.0.0/16"), 8);
    EXPECT_EQ(sentMetric(effects, eth1, "172.17.0.0/16"), 4);
    EXPECT_EQ(router.metric("172.16.0.0/16"), 4);
}

TEST_F(RipFiltersTest, DistributeListsFilterWhatComesIn) {
    for (const bool isPrefixList : {false, true}) {
        router.config->distributeLists = {{isPrefixList, "BIG", Direction::In, "eth0"}};
        begin();
        hearBoth();
        EXPECT_NE(router.route("172.16.0.0/16"), nullptr);
        EXPECT_EQ(router.route("172.17.0.0/16"), nullptr);
        router.hear(eth1, r3, {entry("172.17.0.0/16", 3)});
        EXPECT_NE(router.route("172.17.0.0/16"), nullptr) << "another interface";
    }
}

TEST_F(RipFiltersTest, DistributeListsFilterWhatGoesOut) {
    router.config->distributeLists = {{false, "BIG", Direction::Out, ""}};
    begin();
    hearBoth();
    const auto effects = nextUpdate();
    EXPECT_EQ(sentMetric(effects, eth1, "172.16.0.0/16"), 4);
    EXPECT_EQ(sentMetric(effects, eth1, "172.17.0.0/16"), 0);
    EXPECT_EQ(sentMetric(effects, eth1, "192.168.1.0/24"), 0);
}

TEST_F(RipFiltersTest, TheListOfTheInterfaceAndTheGeneralOneMustBothPermit) {
    policySet.accessLists4["SMALL"].entries.put(
        5, AccessListEntry{Action::Permit, NetworkFilter{net("172.17.0.0/16")}});
    router.config->distributeLists = {{false, "BIG", Direction::In, ""},
                                      {false, "SMALL", Direction::In, "eth0"}};
    begin();
    hearBoth();
    EXPECT_TRUE(router.rib.empty());
}

TEST_F(RipFiltersTest, AListThatDoesNotExistFiltersNothing) {
    router.config->distributeLists = {{false, "NONE", Direction::In, ""}, {true, "NONE", Direction::In, ""}};
    begin();
    hearBoth();
    EXPECT_EQ(router.rib.size(), 2U);
}

TEST_F(RipFiltersTest, ARedistributionMapFiltersWhenSendingAndSetsMetricAndTag) {
    RouteMapEntry& permit = map("S2R", Action::Permit);
    permit.matches.emplace_back(
        policy::MatchList{.family = Family::IPv4, .isPrefixList = true, .list = "BIG"});
    permit.sets.emplace_back(policy::SetMetric{.amount = 7});
    permit.sets.emplace_back(policy::SetTag{55});
    router.config->redistributions = {
        {.name = "static", .protocol = kStaticForTest, .metric = 3, .routeMap = "S2R"}};
    begin();
    RouteChange change;
    change.protocol = kStaticForTest;
    change.nextHops = {NextHop::blackhole()};
    RoutesChanged changes;
    for (const char* prefix : {"172.16.0.0/16", "172.17.0.0/16"}) {
        change.prefix = net(prefix);
        changes.changes.push_back(change);
    }
    router.handle(changes);
    EXPECT_EQ(router.metric("172.17.0.0/16"), 1) << "the own table shows what is denied";
    const auto effects = nextUpdate();
    EXPECT_EQ(sentMetric(effects, eth0, "172.16.0.0/16"), 7);
    EXPECT_EQ(sentMetric(effects, eth0, "172.17.0.0/16"), 0);
    for (const Sent& s : sent(effects)) {
        for (const RipEntry& e : s.content.entries) {
            EXPECT_TRUE(e.prefix != net("172.16.0.0/16") || e.tag == 55);
        }
    }
}

TEST_F(RipFiltersTest, ARedistributionMapThatDoesNotExistDeniesEverything) {
    router.config->redistributions = {
        {.name = "static", .protocol = kStaticForTest, .metric = {}, .routeMap = "NONE"}};
    begin();
    RouteChange change;
    change.prefix = net("172.16.0.0/16");
    change.protocol = kStaticForTest;
    router.handle(RoutesChanged{{change}});
    EXPECT_EQ(sentMetric(nextUpdate(), eth0, "172.16.0.0/16"), 0);
}

TEST_F(RipFiltersTest, TheMapOfConnectedRoutesSparesRipsOwnNetworks) {
    map("NO", Action::Deny);
    router.config->redistributions = {
        {.name = "connected", .protocol = kConnected, .metric = 2, .routeMap = "NO"}};
    begin();
    EXPECT_EQ(sentMetric(nextUpdate(), eth0, "192.168.1.0/24"), 2) << "but its metric counts";
}

TEST_F(RipFiltersTest, ARouteMapOfAnInterfaceChangesWhatIsLearned) {
    RouteMapEntry& permit = map("IN", Action::Permit);
    permit.matches.emplace_back(policy::MatchTag{5});
    permit.sets.emplace_back(policy::SetMetric{.change = policy::SetMetric::Change::Add, .amount = 2});
    permit.sets.emplace_back(policy::SetNextHop{.address = ip("10.0.12.9")});
    router.config->routeMaps = {{"IN", Direction::In, "eth0"}};
    begin();
    hearBoth();
    EXPECT_EQ(router.metric("172.16.0.0/16"), 6);
    EXPECT_EQ(router.gateway("172.16.0.0/16"), "10.0.12.9");
    EXPECT_EQ(router.route("172.16.0.0/16")->tag, 5);
    EXPECT_EQ(router.route("172.17.0.0/16"), nullptr) << "not permitted";
}

TEST_F(RipFiltersTest, ARouteMapOfAnInterfaceChangesWhatIsSent) {
    RouteMapEntry& permit = map("OUT", Action::Permit);
    permit.matches.emplace_back(policy::MatchList{.family = Family::IPv4, .list = "BIG"});
    permit.sets.emplace_back(policy::SetMetric{.amount = 9});
    router.config->routeMaps = {{"OUT", Direction::Out, "eth1"}, {"NONE", Direction::Out, "eth0"}};
    begin();
    hearBoth();
    const auto effects = nextUpdate();
    EXPECT_EQ(sentMetric(effects, eth1, "172.16.0.0/16"), 9);
    EXPECT_EQ(sentMetric(effects, eth1, "172.17.0.0/16"), 0);
    EXPECT_EQ(sentMetric(effects, eth0, "192.168.1.0/24"), 1)
        << "a map that does not exist is not applied here";
}

TEST_F(RipFiltersTest, ADistanceMayHoldForSomeRoutesOnly) {
    router.config->sourceDistances = {{.source = net("10.0.12.0/24"), .distance = 90, .accessList = "BIG"}};
    begin();
    hearBoth();
    EXPECT_EQ(router.rib.at(net("172.16.0.0/16")).distance, 90);
    EXPECT_EQ(router.rib.at(net("172.17.0.0/16")).distance, 120);
}

}  // namespace
}  // namespace peerscape::rip

/// What a route-map says of a route, and which entry says it.
#include "protocols/policy/route_map.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "tests/protocols/policy/reader.hpp"

namespace peerscape::policy {
namespace {

using test::ip;
using test::kRip;
using test::kStatic;
using test::net;
using test::Reader;

/// 10.1.0.0/16 of RIP, metric 3, tag 7, by 192.0.2.1 on eth0.
RouteFacts sampleRoute() {
    RouteFacts facts;
    facts.prefix = net("10.1.0.0/16");
    facts.protocol = kRip;
    facts.metric = 3;
    facts.tag = 7;
    static const std::string kInterface = "eth0";
    facts.interface = &kInterface;
    facts.nextHop = ip("192.0.2.1");
    return facts;
}

RouteFacts sampleRoute6() {
    RouteFacts facts = sampleRoute();
    facts.prefix = net("2001:db8:1::/48");
    facts.nextHop = ip("2001:db8::9");
    return facts;
}

constexpr const char* kLists =
    "access-list A permit 10.0.0.0/8\naccess-list B permit 11.0.0.0/8\naccess-list HOP permit 192.0.2.0/24\n"
    "ip prefix-list P permit 10.0.0.0/8 le 16\nip prefix-list Q permit 11.0.0.0/8\n"
    "ip prefix-list HOP permit 192.0.2.0/24 le 32\nip prefix-list EMPTY description nothing\n"
    "ipv6 access-list A permit 2001:db8::/32\nipv6 access-list B permit 2001:db9::/32\n"
    "ipv6 prefix-list P permit 2001:db8::/32 le 48\nipv6 prefix-list Q permit 2001:db8::/32\n";

class RouteMaps : public ::testing::Test {
  protected:
    RouteMaps() { read(kLists); }
    void read(std::string_view lines) { EXPECT_EQ(reader.read(lines), "") << lines; }
    RouteMapVerdict run(const RouteFacts& facts, RouteSettings settings = {}) {
        return evaluate(reader.policy(), "RM", facts, std::move(settings));
    }
    /// "permit 10", "deny 20", "nothing", "no map", "circle".
    std::string verdict(const RouteFacts& facts = sampleRoute()) {
        const RouteMapVerdict v = run(facts);
        switch (v.reason) {
            case RouteMapVerdict::Reason::Entry:
                return (v.isPermitted ? "permit " : "deny ") + (v.map == "RM" ? "" : v.map + " ") +
                       std::to_string(v.sequence);
            case RouteMapVerdict::Reason::NoEntry:
                return v.isPermitted ? "pass" : "nothing";
            case RouteMapVerdict::Reason::NoSuchMap:
                return "no map";
            case RouteMapVerdict::Reason::TooDeep:
                return "circle";
        }
        return "?";
    }

    Reader reader;
};

TEST_F(RouteMaps, MatchOnEveryProperty) {
    const std::pair<const char*, bool> clauses[] = {
        {"ip address A", true},
        {"ip address B", false},
        {"ip address MISSING", false},
        {"ip address prefix-list P", true},
        {"ip address prefix-list Q", false},
        {"ip address prefix-list MISSING", false},
        {"ip address prefix-list EMPTY", true},
        {"ip address prefix-len 16", true},
        {"ip address prefix-len 17", false},
        {"ip next-hop HOP", true},
        {"ip next-hop A", false},
        {"ip next-hop prefix-list HOP", true},
        {"ip next-hop prefix-list P", false},
        {"ip next-hop prefix-len 32", true},
        {"ip next-hop prefix-len 24", false},
        {"ip next-hop address 192.0.2.1", true},
        {"ip next-hop address 192.0.2.2", false},
        {"ip next-hop type blackhole", false},
        {"ipv6 address A", false},
        {"ipv6 address prefix-list P", false},
        {"ipv6 address prefix-len 16", false},
        {"interface eth0", true},
        {"interface eth1", false},
        {"metric 3", true},
        {"metric 4", false},
        {"tag 7", true},
        {"tag 8", false},
        {"source-protocol rip", true},
        {"source-protocol static", false},
    };
    for (const auto& [clause, isMatch] : clauses) {
        read("route-map RM permit 10\n match " + std::string(clause) + "\nexit");
        EXPECT_EQ(verdict(), isMatch ? "permit 10" : "nothing") << clause;
        read("no route-map RM");
    }
}

TEST_F(RouteMaps, MatchOnEveryPropertyOfIPv6) {
    const std::pair<const char*, bool> clauses[] = {
        {"ipv6 address A", true},
        {"ipv6 address B", false},
        {"ipv6 address MISSING", false},
        {"ipv6 address prefix-list P", true},
        {"ipv6 address prefix-list Q", false},
        {"ipv6 address prefix-len 48", true},
        {"ipv6 address prefix-len 49", false},
        {"ipv6 next-hop A", true},
        {"ipv6 next-hop B", false},
        {"ipv6 next-hop address 2001:db8::9", true},
        {"ipv6 next-hop address 2001:db8::8", false},
        {"ip address A", false},
        {"ip address prefix-list EMPTY", false},
        {"ip next-hop HOP", false},
    };
    for (const auto& [clause, isMatch] : clauses) {
        read("route-map RM permit 10\n match " + std::string(clause) + "\nexit");
        EXPECT_EQ(verdict(sampleRoute6()), isMatch ? "permit 10" : "nothing") << clause;
        read("no route-map RM");
    }
}

TEST_F(RouteMaps, MatchTheInterfaceOfTheRouteOrOfTheMessage) {
    read("route-map RM permit 10\n match interface eth5");
    RouteFacts facts = sampleRoute();
    EXPECT_EQ(verdict(facts), "nothing");
    const std::string other = "eth5";
    facts.messageInterface = &other;
    EXPECT_EQ(verdict(facts), "permit 10");
}

TEST_F(RouteMaps, MatchRoutesThatDropPackets) {
    read("route-map RM permit 10\n match ip next-hop type blackhole");
    RouteFacts facts = sampleRoute();
    facts.isBlackhole = true;
    facts.nextHop.reset();
    EXPECT_EQ(verdict(facts), "permit 10");
    read("no route-map RM\nroute-map RM permit 10\n match ip next-hop prefix-list EMPTY");
    EXPECT_EQ(verdict(facts), "nothing") << "there is no next hop to ask about";
}

TEST_F(RouteMaps, SetEveryProperty) {
    RouteSettings before;
    before.metric = 10;
    const auto after = [&](const std::string& clause) {
        read("no route-map RM\nroute-map RM permit 10\n set " + clause + "\nexit");
        const auto v = run(sampleRoute(), before);
        EXPECT_TRUE(v.isPermitted);
        return v.settings;
    };
    read("route-map RM permit 10");
    EXPECT_EQ(run(sampleRoute(), before).settings, before) << "nothing is set, nothing changes";
    EXPECT_EQ(after("metric 5").metric, 5U);
    EXPECT_TRUE(after("metric 5").isMetricSet);
    EXPECT_EQ(after("metric +5").metric, 15U);
    EXPECT_EQ(after("metric -4").metric, 6U);
    EXPECT_EQ(after("metric -40").metric, 0U);
    EXPECT_EQ(after("metric +4294967295").metric, UINT32_MAX);
    EXPECT_EQ(after("tag 99").tag, 99U);
    EXPECT_EQ(after("distance 77").distance, Distance{77});
    EXPECT_EQ(after("ip next-hop 192.0.2.9").nextHop, ip("192.0.2.9"));
    EXPECT_EQ(after("ipv6 next-hop global 2001:db8::1").nextHop, ip("2001:db8::1"));
    EXPECT_EQ(after("ipv6 next-hop local fe80::1").linkLocalNextHop, ip("fe80::1"));
    before.leastMetric = 1;
    before.mostMetric = 16;
    EXPECT_EQ(after("metric 0").metric, 1U);
    EXPECT_EQ(after("metric -10").metric, 1U);
    EXPECT_EQ(after("metric 400").metric, 16U);
}

TEST_F(RouteMaps, WantAllClausesOfAnEntry) {
    read(
        "route-map RM permit 10\n match tag 7\n match metric 4\nroute-map RM permit 20\n match tag 7\n match "
        "metric 3");
    EXPECT_EQ(verdict(), "permit 20");
}

TEST_F(RouteMaps, LetTheLowestEntryThatMatchesDecide) {
    read("route-map RM permit 30\nroute-map RM deny 10\n match tag 8\nroute-map RM deny 20\n match tag 7");
    EXPECT_EQ(verdict(), "deny 20");
    read("no route-map RM deny 20");
    EXPECT_EQ(verdict(), "permit 30");
    EXPECT_EQ(run(sampleRoute()).text(), "route-map RM permit 30");
}

TEST_F(RouteMaps, DenyWhatNoEntryMatchesAndWhenThereIsNoMap) {
    EXPECT_EQ(verdict(), "no map");
    EXPECT_FALSE(run(sampleRoute()).isPermitted);
    EXPECT_EQ(run(sampleRoute()).text(), "route-map RM does not exist");
    read("route-map RM permit 10\n match tag 8");
    EXPECT_EQ(verdict(), "nothing");
    EXPECT_EQ(run(sampleRoute()).text(), "route-map RM: no entry matches");
}

TEST_F(RouteMaps, ADenyingEntrySetsNothing) {
    read("route-map RM deny 10\n set metric 5");
    EXPECT_EQ(run(sampleRoute()).settings, RouteSettings{});
}

TEST_F(RouteMaps, OnMatchNextGoesOnAndKeepsWhatWasSet) {
    read("route-map RM permit 10\n set metric 5\n on-match next\nroute-map RM permit 20\n set tag 9");
    const auto v = run(sampleRoute());
    EXPECT_EQ(verdict(), "permit 20");
    EXPECT_EQ(v.settings.metric, 5U);
    EXPECT_EQ(v.settings.tag, 9U);
}

TEST_F(RouteMaps, OnMatchNextAtTheEndPermits) {
    read("route-map RM permit 10\n on-match next");
    EXPECT_EQ(verdict(), "permit 10");
}

TEST_F(RouteMaps, AnEntryBehindOnMatchNextThatDoesNotMatchTakesThePermitBack) {
    read("route-map RM permit 10\n on-match next\nroute-map RM permit 20\n match tag 8");
    EXPECT_EQ(verdict(), "nothing");
}

TEST_F(RouteMaps, GotoSkipsEntries) {
    read(
        "route-map RM permit 10\n set metric 5\n on-match goto 25\nroute-map RM deny 20\n"
        "route-map RM permit 30\n set tag 9");
    EXPECT_EQ(verdict(), "permit 30") << "the first entry of that number or above";
    EXPECT_EQ(run(sampleRoute()).settings.tag, 9U);
    read("no route-map RM permit 30");
    EXPECT_EQ(verdict(), "permit 10") << "behind the last entry it is over";
}

TEST_F(RouteMaps, ContinueIsAnotherWordForBoth) {
    read("route-map RM permit 10\n continue 30\nroute-map RM deny 20\nroute-map RM permit 30");
    EXPECT_EQ(verdict(), "permit 30");
    read("route-map RM permit 10\n no continue");
    EXPECT_EQ(verdict(), "permit 10");
    read("route-map RM permit 10\n continue");
    EXPECT_EQ(verdict(), "deny 20");
}

TEST_F(RouteMaps, ACalledMapAddsItsSettingsAndMayDeny) {
    read(
        "route-map RM permit 10\n set metric 5\n call SUB\nroute-map SUB permit 7\n match tag 7\n set tag 9");
    EXPECT_EQ(verdict(), "permit 10");
    EXPECT_EQ(run(sampleRoute()).settings.tag, 9U);
    EXPECT_EQ(run(sampleRoute()).settings.metric, 5U);
    read("route-map SUB deny 3");
    EXPECT_EQ(verdict(), "deny SUB 3") << "the verdict names who decided";
    EXPECT_EQ(run(sampleRoute()).text(), "route-map SUB deny 3");
}

TEST_F(RouteMaps, ACalledMapThatMatchesNothingDeniesAndEndsTheCaller) {
    read(
        "route-map RM permit 10\n call SUB\n on-match next\nroute-map RM permit 20\nroute-map SUB permit 7\n "
        "match tag 8");
    EXPECT_EQ(verdict(), "nothing");
    EXPECT_EQ(run(sampleRoute()).map, "SUB");
}

TEST_F(RouteMaps, CallingAMapThatDoesNotExistChangesNothing) {
    read("route-map RM permit 10\n call MISSING");
    EXPECT_EQ(verdict(), "permit 10");
}

TEST_F(RouteMaps, CallsInACircleDeny) {
    read("route-map RM permit 10\n call SUB\nroute-map SUB permit 10\n call RM");
    EXPECT_EQ(verdict(), "circle");
    EXPECT_FALSE(run(sampleRoute()).isPermitted);
}

/// A protocol's attributes with one that it knows and one that it cannot answer for this route.
class SomeAttributes final : public RouteAttributes {
  public:
    MatchResult matches(const AttributeMatch& clause, const PolicySet&) const override {
        const auto* preference = std::get_if<MatchLocalPreference>(&clause);
        if (preference == nullptr) return MatchResult::NoOperation;
        return preference->preference == 100 ? MatchResult::Match : MatchResult::NoMatch;
    }
    void set(const AttributeSet& clause, const PolicySet&) override { done += textOf(clause) + ";"; }
    std::string done;
};

TEST_F(RouteMaps, LeaveAttributesToTheProtocolThatHasThem) {
    read(
        "route-map RM permit 10\n match local-preference 200\nroute-map RM permit 20\n match "
        "local-preference 100\n"
        " set as-path prepend 65001 65001\n set weight 5");
    SomeAttributes attributes;
    RouteFacts facts = sampleRoute();
    facts.attributes = &attributes;
    EXPECT_EQ(verdict(facts), "permit 20");
    EXPECT_EQ(attributes.done, "as-path prepend 65001 65001;weight 5;");
    EXPECT_EQ(verdict(), "permit 10") << "a protocol without attributes overlooks the clauses";
}

TEST_F(RouteMaps, AnEntryThatCannotBeAskedNeitherPermitsNorDenies) {
    read("route-map RM permit 10\n match rpki valid\nroute-map RM deny 20\n match tag 8");
    SomeAttributes attributes;
    RouteFacts facts = sampleRoute();
    facts.attributes = &attributes;
    EXPECT_EQ(verdict(facts), "nothing");
    read("no route-map RM deny 20");
    EXPECT_EQ(verdict(facts), "pass");
    read("route-map RM permit 10\n match tag 7");
    EXPECT_EQ(verdict(facts), "permit 10") << "together with a clause that matches it does";
}

TEST_F(RouteMaps, WhatHangsOnAttributesOnlyIsKnown) {
    const auto hangsWith = [&](const std::string& clause) {
        Reader fresh;
        EXPECT_EQ(fresh.read("route-map RM deny 5\n match community C\nroute-map RM permit 10\n " + clause),
                  "")
            << clause;
        return hangsOnAttributesOnly(*fresh.policy().routeMap("RM"));
    };
    for (const char* clause : {"description the same for all",
                               "match as-path P",
                               "match community C",
                               "match large-community L",
                               "match extcommunity E",
                               "match local-preference 100",
                               "match origin igp",
                               "match metric 5",
                               "set metric 5",
                               "set metric +5",
                               "set as-path prepend 65001",
                               "set as-path prepend last-as 2",
                               "set as-path exclude 65001",
                               "set community 65001:1 additive",
                               "set community none",
                               "set large-community 65001:1:2",
                               "set comm-list C delete",
                               "set local-preference +10",
                               "set origin egp",
                               "set atomic-aggregate",
                               "set aigp-metric 7",
                               "on-match next"}) {
        EXPECT_TRUE(hangsWith(clause)) << clause;
    }
    for (const char* clause :
         {"match ip address prefix-list P", "match ip address A", "match ip next-hop prefix-list P",
          "match ip address prefix-len 24", "match interface eth0", "match tag 5",
          "match source-protocol rip", "match peer 192.0.2.1", "match ip route-source A", "match rpki valid",
          "set tag 5", "set weight 5", "set distance 5", "set ip next-hop 192.0.2.9",
          "set ip next-hop peer-address", "set as-path replace any", "set aigp-metric igp-metric",
          "set extcommunity bandwidth 100", "call OTHER"}) {
        EXPECT_FALSE(hangsWith(clause)) << clause;
    }
}

}  // namespace
}  // namespace peerscape::policy

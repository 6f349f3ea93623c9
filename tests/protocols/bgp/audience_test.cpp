#include "protocols/bgp/audience.hpp"

#include <functional>

#include <gtest/gtest.h>

#include "protocols/policy/policy_set.hpp"
#include "tests/protocols/bgp/helpers.hpp"

namespace peerscape::bgp {
namespace {

policy::PolicySet with(const policy::RouteMapEntry& entry) {
    policy::PolicySet set;
    set.routeMaps["RM"] = {{10, entry}};
    return set;
}

TEST(BgpAudience, ARouteMapThatLooksAtTheRouteOnlyTreatsAllAlike) {
    policy::RouteMapEntry entry;
    entry.matches = {policy::MatchList{policy::Subject::Address, Family::IPv4, true, "PL"},
                     policy::AttributeMatch(policy::MatchCommunity{"C"}), policy::MatchTag{1}};
    entry.sets = {policy::SetMetric{}, policy::AttributeSet(policy::SetLocalPreference{})};
    const policy::PolicySet set = with(entry);
    EXPECT_FALSE(dependsOnNeighbor(&set, "RM"));
    EXPECT_FALSE(dependsOnNeighbor(&set, "MISSING")) << "it refuses all";
    EXPECT_FALSE(dependsOnNeighbor(nullptr, "RM"));
}

TEST(BgpAudience, OneThatLooksAtTheNeighborOrTheNextHopDoesNot) {
    const policy::MatchClause matches[] = {
        policy::AttributeMatch(policy::MatchPeer{}),
        policy::MatchList{policy::Subject::NextHop, Family::IPv4, true, "PL"},
        policy::MatchPrefixLength{policy::Subject::NextHop, Family::IPv4, 32},
        policy::MatchNextHopAddress{test::ip("10.0.0.1")},
        policy::MatchInterface{"eth0"},
    };
    for (const auto& match : matches) {
        policy::RouteMapEntry entry;
        entry.matches = {match};
        const policy::PolicySet set = with(entry);
        EXPECT_TRUE(dependsOnNeighbor(&set, "RM")) << match.index();
    }
    const policy::SetClause sets[] = {policy::SetNextHop{test::ip("10.0.0.1")},
                                      policy::AttributeSet(policy::SetNextHopRule{})};
    for (const auto& one : sets) {
        policy::RouteMapEntry entry;
        entry.sets = {one};
        const policy::PolicySet set = with(entry);
        EXPECT_TRUE(dependsOnNeighbor(&set, "RM")) << one.index();
    }
    policy::RouteMapEntry caller;
    caller.call = "OTHER";
    const policy::PolicySet set = with(caller);
    EXPECT_TRUE(dependsOnNeighbor(&set, "RM"));
}

Peer neighbor(std::uint32_t number, const std::function<void(Peer&)>& change = {}) {
    Peer peer(PeerId(number), {IpAddress::v4(0x0a000000U + number), {}},
              Session(std::make_shared<const SessionSettings>(), RandomStream(1, "a", "b")));
    peer.facts.sort = PeerSort::External;
    peer.facts.remoteAs = Asn::number(65000 + number);
    peer.localAs = Asn::number(65000);
    if (change) change(peer);
    return peer;
}

TEST(BgpAudience, NeighborsWithEqualSettingsShareOne) {
    Audiences audiences;
    const auto of = [&](const Peer& peer) { return audiences.of(peer, Family::IPv4, nullptr); };
    const AudienceId first = of(neighbor(1));
    ASSERT_TRUE(first.has_value());
    EXPECT_EQ(of(neighbor(2)), first);
    const std::function<void(Peer&)> others[] = {
        [](Peer& p) { p.config.families.ipv4.edit().routeMap.out = "RM"; },
        [](Peer& p) { p.config.families.ipv4.edit().sendCommunity = SendCommunity{false, false, false}; },
        [](Peer& p) { p.localAs = Asn::number(1); },
        [](Peer& p) { p.config.settings.localAs = LocalAs{Asn::number(7)}; },
        [](Peer& p) { p.config.settings.localRole = Role::Peer; },
    };
    for (const auto& change : others) {
        const AudienceId other = of(neighbor(3, change));
        ASSERT_TRUE(other.has_value());
        EXPECT_NE(other, first);
        EXPECT_EQ(of(neighbor(4, change)), other);
    }
}

TEST(BgpAudience, WhoIsToldByItsNumberOrByAConditionIsAlone) {
    Audiences audiences;
    const std::function<void(Peer&)> alone[] = {
        [](Peer& p) { p.facts.sort = PeerSort::Internal; },
        [](Peer& p) { p.config.families.ipv4.edit().removePrivateAs = RemovePrivateAs{}; },
        [](Peer& p) { p.config.families.ipv4.edit().overridesAs = true; },
        [](Peer& p) { p.config.families.ipv4.edit().conditionalAdvertisement = ConditionalAdvertisement{}; },
        [](Peer& p) { p.config.families.ipv4.edit().unsuppressMap = "RM"; },
        [](Peer& p) { p.config.families.ipv4.edit().defaultOriginate = DefaultOriginate{}; },
        [](Peer& p) { p.wire.sendsPathIds.ipv4 = true; },
    };
    for (const auto& change : alone)
        EXPECT_EQ(audiences.of(neighbor(1, change), Family::IPv4, nullptr), std::nullopt);
}

}  // namespace
}  // namespace peerscape::bgp

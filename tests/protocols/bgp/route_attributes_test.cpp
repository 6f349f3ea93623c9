/// What route-maps ask and change of BGP's routes.
#include "protocols/bgp/route_attributes.hpp"

#include <gtest/gtest.h>

#include "tests/protocols/bgp/config_reader.hpp"

namespace peerscape::bgp {
namespace {

using test::Reader;

constexpr const char* kLists = R"(bgp as-path access-list AP permit ^65002_
bgp as-path access-list EMPTY permit ^$
bgp community-list standard CS permit 65002:1
bgp community-list standard BOTH permit 65002:1 65002:2
bgp community-list expanded CE permit :2$
bgp large-community-list standard LS permit 65002:1:1
bgp extcommunity-list standard ES permit rt 65002:1
access-list NEAR permit 10.0.0.0/24
ip prefix-list HOSTS permit 10.0.0.0/24 ge 32
)";

PathAttributes sample() {
    PathAttributes attributes;
    attributes.origin = Origin::Egp;
    attributes.localPreference = 150;
    const std::uint32_t path[] = {65002, 65003};
    attributes.asPath = AsPath::sequence(path);
    attributes.communities = CommunityValues{0xfdea0001, 0xfdea0002};
    RareAttributes rare;
    rare.largeCommunities = {{65002, 1, 1}, {65002, 1, 2}};
    rare.extendedCommunities = {0x0002fdea00000001};
    attributes.rare = rare;
    return attributes;
}

RouteCircumstances around() {
    RouteCircumstances circumstances;
    circumstances.localNumber = Asn::number(65001);
    circumstances.peer = *IpAddress::parse("10.0.0.2");
    circumstances.source = circumstances.peer;
    circumstances.peerInterface = "eth0";
    circumstances.rpki = policy::RpkiState::Invalid;
    circumstances.igpMetric = 30;
    return circumstances;
}

/// Runs an entry with these lines over the route.
class BgpRouteAttributesTest : public testing::Test {
  protected:
    policy::RouteMapVerdict run(BgpRouteAttributes& attributes, std::string_view lines) {
        Reader reader;
        EXPECT_EQ(reader.read(kLists + std::string("route-map RM permit 10\n") + std::string(lines)), "");
        policy::RouteFacts facts;
        facts.prefix = *Prefix::parse("192.0.2.0/24");
        facts.attributes = &attributes;
        return policy::evaluate(reader.session.policy<policy::PolicySet>(), "RM", facts, {});
    }
    bool matches(std::string_view lines, PathAttributes route = sample(),
                 RouteCircumstances circumstances = around()) {
        BgpRouteAttributes attributes(std::move(route), circumstances);
        return run(attributes, lines).isPermitted;
    }
    BgpRouteAttributes after(std::string_view lines, PathAttributes route = sample(),
                             RouteCircumstances circumstances = around()) {
        BgpRouteAttributes attributes(std::move(route), circumstances);
        EXPECT_TRUE(run(attributes, lines).isPermitted);
        return attributes;
    }
};

TEST_F(BgpRouteAttributesTest, MatchOnEveryAttribute) {
    struct Case {
        const char* lines;
        bool isMatch;
    };
    constexpr Case kCases[] = {
        {"match as-path AP", true},
        {"match as-path EMPTY", false},
        {"match as-path MISSING", false},
        {"match community CS", true},
        {"match community CS exact-match", false},
        {"match community BOTH exact-match", true},
        {"match community CE", true},
        {"match community MISSING", false},
        {"match large-community LS", true},
        {"match large-community LS exact-match", false},
        {"match large-community MISSING", false},
        {"match extcommunity ES", true},
        {"match extcommunity MISSING", false},
        {"match local-preference 150", true},
        {"match local-preference 100", false},
        {"match origin egp", true},
        {"match origin igp", false},
        {"match peer 10.0.0.2", true},
        {"match peer 10.0.0.3", false},
        {"match peer eth0", true},
        {"match peer eth1", false},
        {"match peer local", false},
        {"match ip route-source NEAR", true},
        {"match ip route-source MISSING", false},
        {"match ip route-source prefix-list HOSTS", true},
        {"match ip route-source prefix-list MISSING", false},
        {"match rpki invalid", true},
        {"match rpki valid", false},
        {"match as-path AP\nmatch community CS\nmatch origin egp", true},
        {"match as-path AP\nmatch community CS\nmatch origin igp", false},
        {"match probability 0", true},  // kept only
    };
    for (const auto& [lines, isMatch] : kCases)
        EXPECT_EQ(matches(lines), isMatch) << lines;
}

TEST_F(BgpRouteAttributesTest, MatchOnWhatARouteLacks) {
    RouteCircumstances own;
    own.isLocal = true;
    EXPECT_TRUE(matches("match as-path EMPTY", {}, own));
    EXPECT_TRUE(matches("match peer local", {}, own));
    // FRR 8.4.4 says so of routes that come by eBGP, and of those of `network`.
    EXPECT_TRUE(matches("match local-preference 0", {}));
    EXPECT_FALSE(matches("match local-preference 100", {}));
    EXPECT_TRUE(matches("match local-preference 100", {}, own));
    EXPECT_FALSE(matches("match local-preference 0", {}, own));
    EXPECT_EQ(after("set local-preference +10", {}, own).attributes().localPreference, 110U);
    own.defaultLocalPreference = 7;
    EXPECT_TRUE(matches("match local-preference 7", {}, own));
    EXPECT_FALSE(matches("match community CS", {}, own));
    EXPECT_FALSE(matches("match community CS exact-match", {}, own));
    EXPECT_FALSE(matches("match ip route-source NEAR", {}, own));
    EXPECT_FALSE(matches("match peer 10.0.0.2", {}, own));
    EXPECT_FALSE(matches("match rpki notfound", {}, own));
    own.source = *IpAddress::parse("2001:db8::1");
    EXPECT_FALSE(matches("match ip route-source NEAR", {}, own));
}

TEST_F(BgpRouteAttributesTest, SetThePath) {
    struct Case {
        const char* lines;
        const char* path;
    };
    constexpr Case kCases[] = {
        {"set as-path prepend 65009 65008", "65009 65008 65002 65003"},
        {"set as-path prepend last-as 3", "65002 65002 65002 65002 65003"},
        {"set as-path exclude 65002 65009", "65003"},
        {"set as-path exclude 65002 65003", ""},
        {"set as-path replace 65003", "65002 65001"},
        {"set as-path replace any", "65001 65001"},
        {"set as-path exclude 65002\nset as-path prepend last-as 1", "65003 65003"},
    };
    for (const auto& [lines, path] : kCases)
        EXPECT_EQ(after(lines).attributes().asPath->text(), path) << lines;
    EXPECT_EQ(after("set as-path prepend last-as 3", {}).attributes().asPath->text(), "");
}

TEST_F(BgpRouteAttributesTest, AskThePathAsEarlierEntriesHaveLeftIt) {
    Reader reader;
    ASSERT_EQ(reader.read("bgp as-path access-list LONG permit ^65009_65002_\n"
                          "route-map RM permit 10\nmatch as-path LONG\nset weight 1\nroute-map RM permit 20\n"
                          "set as-path prepend 65009\non-match next\nroute-map RM permit 30\n"
                          "match as-path LONG\nset weight 3"),
              "");
    BgpRouteAttributes attributes(sample(), around());
    policy::RouteFacts facts;
    facts.attributes = &attributes;
    EXPECT_TRUE(policy::evaluate(reader.session.policy<policy::PolicySet>(), "RM", facts, {}).isPermitted);
    EXPECT_EQ(attributes.weight(), 3U);
}

TEST_F(BgpRouteAttributesTest, SetCommunities) {
    struct Case {
        const char* lines;
        const char* communities;
        const char* large;
        const char* extended;
    };
    constexpr const char* kSame = "65002:1 65002:2";
    constexpr const char* kSameLarge = "65002:1:1 65002:1:2";
    constexpr const char* kSameExtended = "RT:65002:1";
    constexpr Case kCases[] = {
        {"set community no-export 1:1", "1:1 no-export", kSameLarge, kSameExtended},
        {"set community 65002:2 1:1 additive", "1:1 65002:1 65002:2", kSameLarge, kSameExtended},
        {"set community none", "", kSameLarge, kSameExtended},
        {"set comm-list CE delete", "65002:1", kSameLarge, kSameExtended},
        {"set comm-list MISSING delete", kSame, kSameLarge, kSameExtended},
        {"set large-community 1:1:1", kSame, "1:1:1", kSameExtended},
        {"set large-community 65002:1:9 additive", kSame, "65002:1:1 65002:1:2 65002:1:9", kSameExtended},
        {"set large-community none", kSame, "", kSameExtended},
        {"set large-comm-list LS delete", kSame, "65002:1:2", kSameExtended},
        {"set extcommunity rt 1:1 65002:1", kSame, kSameLarge, "RT:1:1 RT:65002:1"},
        {"set extcommunity soo 10.0.0.1:1", kSame, kSameLarge, "RT:65002:1 SoO:10.0.0.1:1"},
        {"set extcommunity none", kSame, kSameLarge, ""},
        {"set extcommunity bandwidth 100", kSame, kSameLarge, "RT:65002:1 LB:65001:12500000 (100.000 Mbps)"},
        {"set extcommunity bandwidth num-multipaths", kSame, kSameLarge,
         "RT:65002:1 LB:65001:125000 (1000.000 Kbps)"},
        {"set extcommunity bandwidth cumulative", kSame, kSameLarge, kSameExtended},
    };
    for (const auto& [lines, communities, large, extended] : kCases) {
        const PathAttributes changed = after(lines).attributes();
        EXPECT_EQ(policy::textOf(std::span<const Community>(*changed.communities)), communities) << lines;
        EXPECT_EQ(policy::textOf(std::span<const LargeCommunity>(changed.rare->largeCommunities)), large)
            << lines;
        EXPECT_EQ(policy::textOf(std::span<const ExtendedCommunity>(changed.rare->extendedCommunities)),
                  extended)
            << lines;
    }
}

TEST_F(BgpRouteAttributesTest, ABandwidthReplacesTheOneThatIsThere) {
    const PathAttributes first = after("set extcommunity bandwidth 100 non-transitive").attributes();
    const PathAttributes second = after("set extcommunity bandwidth 8", first).attributes();
    EXPECT_EQ(policy::textOf(std::span<const ExtendedCommunity>(second.rare->extendedCommunities)),
              "RT:65002:1 LB:65001:1000000 (8.000 Mbps)");
}

TEST_F(BgpRouteAttributesTest, SetPlainAttributes) {
    struct Preference {
        const char* line;
        std::uint32_t preference;
        std::uint32_t withoutOne;
    };
    constexpr Preference kPreferences[] = {
        {"set local-preference 200", 200, 200},
        {"set local-preference +10", 160, 10},
        {"set local-preference -10", 140, 0},
        {"set local-preference -151", 0, 0},
        {"set local-preference +4294967295", 4294967295, 4294967295},
    };
    for (const auto& [line, preference, withoutOne] : kPreferences) {
        EXPECT_EQ(after(line).attributes().localPreference, preference) << line;
        EXPECT_EQ(after(line, {}).attributes().localPreference, withoutOne) << line;
    }
    EXPECT_EQ(after("set weight 7").weight(), 7U);
    EXPECT_FALSE(after("set origin igp").weight().has_value());
    EXPECT_EQ(after("set origin incomplete").attributes().origin, Origin::Incomplete);
    EXPECT_TRUE(after("set atomic-aggregate").attributes().hasAtomicAggregate);
    EXPECT_EQ(after("set aggregator as 1.0 10.0.0.9").attributes().rare->aggregator,
              (Aggregator{Asn::number(65536), RouterId(0x0a000009)}));
    EXPECT_EQ(after("set originator-id 1.2.3.4").attributes().rare->originatorId, RouterId(0x01020304));
    EXPECT_EQ(after("set aigp-metric 77").attributes().rare->aigp, 77U);
    EXPECT_EQ(after("set aigp-metric igp-metric").attributes().rare->aigp, 30U);
}

TEST_F(BgpRouteAttributesTest, SetWishesForTheNextHop) {
    EXPECT_EQ(after("set ip next-hop unchanged").nextHop(), (NextHopWishes{.isUnchanged = true}));
    EXPECT_EQ(after("set ip next-hop peer-address").nextHop(), (NextHopWishes{.isPeerAddress = true}));
    EXPECT_EQ(after("set ipv6 next-hop peer-address\nset ipv6 next-hop prefer-global").nextHop(),
              (NextHopWishes{.isPeerAddress = true, .prefersGlobal = true}));
    EXPECT_EQ(after("set weight 1").nextHop(), NextHopWishes{});
}

TEST_F(BgpRouteAttributesTest, TheOriginalStaysAsItIs) {
    const PathAttributes original = sample();
    const PathAttributes copy = original;
    after("set as-path prepend 5\nset community none\nset large-community none\nset extcommunity none",
          original);
    EXPECT_TRUE(original == copy);
    EXPECT_TRUE(original == sample());
}

}  // namespace
}  // namespace peerscape::bgp

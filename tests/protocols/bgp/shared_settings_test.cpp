#include "protocols/bgp/shared_settings.hpp"

#include <gtest/gtest.h>

#include "tests/protocols/bytes.hpp"

namespace peerscape::bgp {
namespace {

using test::ip;

SharedValue<NeighborFamilySettings> saying(const std::string& routeMap) {
    NeighborFamilySettings settings;
    settings.routeMap.in = routeMap;
    return settings;
}

TEST(SharedSettings, EqualOnesBecomeOneWhicheverRouterHasThem) {
    BgpConfig first;
    first.neighbors[ip("10.0.0.1")].families.ipv4 = saying("from-customer");
    BgpConfig second;
    second.neighbors[ip("10.0.0.2")].families.ipv4 = saying("from-customer");
    second.interfaceNeighbors["eth0"].families.ipv6 = saying("from-customer");
    second.groups["G"].families.ipv4 = saying("from-peer");
    const BgpConfig before = second;

    SharedSettings shared;
    shared.share(first);
    shared.share(second);

    EXPECT_EQ(second, before) << "nothing else is said";
    const auto* one = &*first.neighbors[ip("10.0.0.1")].families.ipv4;
    EXPECT_EQ(&*second.neighbors[ip("10.0.0.2")].families.ipv4, one);
    EXPECT_EQ(&*second.interfaceNeighbors["eth0"].families.ipv6, one);
    EXPECT_NE(&*second.groups["G"].families.ipv4, one);
}

TEST(SharedSettings, AChangeOfOneIsNoneOfTheOther) {
    SharedSettings shared;
    auto one = shared.same(saying("A"));
    auto other = shared.same(saying("A"));
    ASSERT_EQ(&*one, &*other);
    one.edit().routeMap.in = "B";
    EXPECT_EQ(other->routeMap.in, "A");
    EXPECT_EQ(shared.same(saying("A"))->routeMap.in, "A");
}

TEST(SharedSettings, WhatSaysNothingTakesNoMemory) {
    SharedValue<NeighborFamilySettings> emptied = saying("A");
    emptied.edit().routeMap.in.reset();
    EXPECT_EQ(&*SharedSettings().same(emptied), &*SharedValue<NeighborFamilySettings>());
}

TEST(SharedSettings, ManyDifferentOnesAreForgottenAndStayRight) {
    SharedSettings shared;
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 100; ++i)
            EXPECT_EQ(shared.same(saying(std::to_string(i)))->routeMap.in, std::to_string(i));
    }
    EXPECT_EQ(&*shared.same(saying("99")), &*shared.same(saying("99"))) << "the latest are remembered";
}

TEST(SharedSettings, MembersThatSayNothingThemselvesHaveWhatTheirGroupHas) {
    BgpConfig config;
    config.groups["G"].families.ipv4 = saying("of-group");
    NeighborConfig& member = config.neighbors[ip("10.0.0.1")];
    member.group = "G";
    EXPECT_EQ(&*config.effective(member).families.ipv4, &*config.groups["G"].families.ipv4);
    member.families.ipv4.edit().weight = 7;
    EXPECT_EQ(config.effective(member).families.ipv4->routeMap.in, "of-group");
    EXPECT_EQ(config.effective(member).families.ipv4->weight, 7);
}

}  // namespace
}  // namespace peerscape::bgp

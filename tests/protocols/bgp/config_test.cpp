#include "protocols/bgp/config.hpp"

#include <gtest/gtest.h>

#include "tests/protocols/bgp/config_reader.hpp"

namespace peerscape::bgp {
namespace {

using test::Reader;

NeighborConfig effectiveOf(Reader& reader, const char* address) {
    return reader.config().effective(*reader.config().find(address));
}

TEST(BgpConfig, MembersInheritWhatTheyDoNotSay) {
    Reader reader;
    ASSERT_EQ(reader.readInRouter(R"(neighbor G peer-group
neighbor G remote-as 65002
neighbor G description of the group
neighbor G timers 5 15
neighbor G passive
neighbor G ebgp-multihop 3
neighbor G route-map A in
neighbor G route-map B out
neighbor G next-hop-self force
no neighbor G send-community extended
neighbor 10.0.0.1 peer-group G
neighbor 10.0.0.1 timers 4 12
neighbor 10.0.0.1 route-map C in
no neighbor 10.0.0.1 send-community
)"),
              "");
    const NeighborConfig whole = effectiveOf(reader, "10.0.0.1");
    EXPECT_EQ(whole.settings.remoteAs->number, Asn::number(65002));
    EXPECT_FALSE(whole.settings.description.has_value()) << "a description is not handed down";
    EXPECT_EQ(whole.settings.timers, (SessionTimers{4, 12}));
    EXPECT_EQ(whole.settings.isPassive, true);
    EXPECT_EQ(whole.settings.ebgpMultihop, 3);
    EXPECT_EQ(whole.families.ipv4->routeMap.in, "C");
    EXPECT_EQ(whole.families.ipv4->routeMap.out, "B");
    EXPECT_EQ(whole.families.ipv4->nextHopSelfForced, true);
    EXPECT_EQ(whole.families.ipv4->sendCommunity,
              (SendCommunity{.standard = false, .extended = false, .large = true}));
    EXPECT_FALSE(whole.families.ipv6->routeMap.in.has_value());
}

TEST(BgpConfig, AModeOfGracefulRestartHidesTheGroups) {
    Reader reader;
    ASSERT_EQ(reader.readInRouter("neighbor G peer-group\nneighbor G graceful-restart-disable\n"
                                  "neighbor 10.0.0.1 peer-group G\nneighbor 10.0.0.1 graceful-restart\n"
                                  "neighbor 10.0.0.2 peer-group G"),
              "");
    EXPECT_EQ(effectiveOf(reader, "10.0.0.1").settings.gracefulRestart, true);
    EXPECT_FALSE(effectiveOf(reader, "10.0.0.1").settings.gracefulRestartDisabled.has_value());
    EXPECT_EQ(effectiveOf(reader, "10.0.0.2").settings.gracefulRestartDisabled, true);
}

TEST(BgpConfig, ActivationComesFromTheNeighbourThenItsGroupThenTheDefault) {
    Reader reader;
    ASSERT_EQ(reader.readInRouter("neighbor G peer-group\nneighbor 10.0.0.1 peer-group G\n"
                                  "neighbor 10.0.0.2 peer-group G\nneighbor 10.0.0.3 remote-as 5\n"
                                  "no neighbor 10.0.0.2 activate\naddress-family ipv6\nneighbor G activate"),
              "");
    const BgpConfig& config = reader.config();
    struct Case {
        const char* name;
        bool ipv4;
        bool ipv6;
    };
    constexpr Case kCases[] = {
        {"G", true, true}, {"10.0.0.1", true, true}, {"10.0.0.2", false, true}, {"10.0.0.3", true, false}};
    for (const auto& [name, ipv4, ipv6] : kCases) {
        EXPECT_EQ(config.isActivated(*config.find(name), Family::IPv4), ipv4) << name;
        EXPECT_EQ(config.isActivated(*config.find(name), Family::IPv6), ipv6) << name;
    }
    EXPECT_EQ(config.find("10.0.0.9"), nullptr);
    EXPECT_EQ(config.find("H"), nullptr);
}

TEST(BgpConfig, AGroupTakesItsListenersWithIt) {
    Reader reader;
    ASSERT_EQ(reader.readInRouter("neighbor G peer-group\nneighbor G remote-as 5\nneighbor H peer-group\n"
                                  "neighbor H remote-as 6\nbgp listen range 10.0.0.0/8 peer-group G\n"
                                  "bgp listen range 11.0.0.0/8 peer-group H\nno neighbor G peer-group"),
              "");
    EXPECT_EQ(reader.config().listenRanges,
              (std::map<Prefix, std::string>{{*Prefix::parse("11.0.0.0/8"), "H"}}));
}

TEST(BgpConfig, CarriesThePolicy) {
    const auto policy = std::make_shared<const policy::PolicySet>();
    BgpProcessConfig config;
    config.value.number = Asn::number(7);
    const auto with = config.withPolicy(policy);
    const auto& ours = dynamic_cast<const BgpProcessConfig&>(*with);
    EXPECT_EQ(ours.policy, policy);
    EXPECT_TRUE(ours.value == config.value);
    EXPECT_EQ(config.policy, nullptr);
}

}  // namespace
}  // namespace peerscape::bgp

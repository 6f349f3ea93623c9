// Routers share what they have in common, and each can still be given something else.
#include "scenarios/world/shared_configs.hpp"

#include "protocols/bgp/process_config.hpp"
#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

/// P sells transit to A, B and C; C has a peer as well.
const std::string kTwinsLab =
    "peerscape: 1\n"
    "routers:\n"
    "  P: {asn: 65001, protocols: [bgp], networks: [10.1.0.0/16]}\n"
    "  A: {asn: 65002, protocols: [bgp], networks: [10.2.0.0/16]}\n"
    "  B: {asn: 65003, protocols: [bgp], networks: [10.3.0.0/16]}\n"
    "  C: {asn: 65004, protocols: [bgp], networks: [10.4.0.0/16]}\n"
    "  D: {asn: 65005, protocols: [bgp], networks: [10.5.0.0/16]}\n"
    "links:\n"
    "  - {ends: [A, P], relation: customer-provider}\n"
    "  - {ends: [B, P], relation: customer-provider}\n"
    "  - {ends: [C, P], relation: customer-provider}\n"
    "  - {ends: [C, D], relation: peer}\n";

const RouterConfig& configOf(const LabWorld& world, std::string_view router) {
    return *world.simulation().node(*world.nodeNamed(router)).config;
}

const SharedPolicy* policyOfBgp(const LabWorld& world, std::string_view router) {
    const auto& process = configOf(world, router).processes.at(bgp::kBgp);
    return dynamic_cast<const bgp::BgpProcessConfig&>(*process).policy.get();
}

TEST(SharedConfigs, PoliciesThatReadTheSameAreOne) {
    const auto world = settledWorld(kTwinsLab);
    ASSERT_NE(configOf(*world, "A").policy, nullptr);
    EXPECT_EQ(configOf(*world, "A").policy, configOf(*world, "B").policy);
    EXPECT_NE(configOf(*world, "A").policy, configOf(*world, "C").policy) << "C has a peer";
    EXPECT_NE(configOf(*world, "A").policy, configOf(*world, "P").policy);
    for (const char* router : {"A", "B", "C", "P"})
        EXPECT_EQ(policyOfBgp(*world, router), configOf(*world, router).policy.get()) << router;
}

const bgp::BgpConfig& bgpOf(const LabWorld& world, std::string_view router) {
    const auto& process = configOf(world, router).processes.at(bgp::kBgp);
    return dynamic_cast<const bgp::BgpProcessConfig&>(*process).value;
}

/// Where the settings of the router's only neighbour for IPv4 lie.
const bgp::NeighborFamilySettings* settingsAt(const LabWorld& world, std::string_view router) {
    EXPECT_EQ(bgpOf(world, router).neighbors.size(), 1U);
    return &*bgpOf(world, router).neighbors.begin()->second.families.ipv4;
}

TEST(SharedConfigs, NeighborsOfTheSameSettingsShareThem) {
    const auto world = settledWorld(kTwinsLab);
    const auto* settings = settingsAt(*world, "A");
    EXPECT_EQ(settings->routeMap.in, "from-provider");
    EXPECT_EQ(settingsAt(*world, "B"), settings);
    EXPECT_NE(settingsAt(*world, "D"), settings) << "C is its peer";
    const auto* ofCustomers = &*bgpOf(*world, "P").neighbors.begin()->second.families.ipv4;
    EXPECT_EQ(ofCustomers->routeMap.in, "from-customer");
    for (const auto& [address, neighbor] : bgpOf(*world, "P").neighbors)
        EXPECT_EQ(&*neighbor.families.ipv4, ofCustomers) << toString(address);
}

TEST(SharedConfigs, AChangeOfOneNeighborIsNoneOfTheOther) {
    const auto world = settledWorld(kTwinsLab);
    std::vector<std::string> warnings;
    const std::string neighbor = toString(bgpOf(*world, "A").neighbors.begin()->first);
    ASSERT_TRUE(world->configure(
        *world->nodeNamed("A"),
        {"router bgp 65002", "address-family ipv4 unicast", "neighbor " + neighbor + " weight 77"},
        warnings));
    EXPECT_EQ(settingsAt(*world, "A")->weight, 77);
    EXPECT_EQ(settingsAt(*world, "B")->weight, std::nullopt);
}

TEST(SharedConfigs, AChangeOfOnePolicyIsNoneOfTheOther) {
    const auto world = settledWorld(kTwinsLab);
    const auto before = configOf(*world, "B").policy;
    std::vector<std::string> warnings;
    ASSERT_TRUE(world->configure(*world->nodeNamed("A"),
                                 {"route-map from-provider permit 10", "set local-preference 77"}, warnings));
    world->lab().runUntilConverged(Duration::seconds(60));
    EXPECT_EQ(configOf(*world, "B").policy, before);
    const auto preferenceAt = [&](std::string_view router) {
        return world->command(*world->nodeNamed(router), "show ip bgp 10.1.0.0/16").value();
    };
    EXPECT_NE(preferenceAt("A").find("localpref 77"), std::string::npos) << preferenceAt("A");
    EXPECT_EQ(preferenceAt("B").find("localpref 77"), std::string::npos) << preferenceAt("B");
}

}  // namespace
}  // namespace peerscape

// Labs that only say `protocols: [eigrp]`.
#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

/// A triangle whose direct cable A - C is slow.
const std::string kTriangle =
    "peerscape: 1\n"
    "title: Triangle\n"
    "routers:\n"
    "  A: {loopback: [10.0.0.1/32, \"2001:db8::1/128\"], protocols: [eigrp]}\n"
    "  B: {loopback: [10.0.0.2/32, \"2001:db8::2/128\"], protocols: [eigrp]}\n"
    "  C: {loopback: [10.0.0.3/32, \"2001:db8::3/128\"], protocols: [eigrp]}\n"
    "links:\n"
    "  - {ends: [\"A:eth0\", \"B:eth0\"]}\n"
    "  - {ends: [\"B:eth1\", \"C:eth0\"]}\n";

/// The interfaces by which A sends to an address.
std::vector<std::string> waysOfA(const LabWorld& world, std::string_view address) {
    const NodeState& a = world.simulation().node(*world.nodeNamed("A"));
    std::vector<std::string> names;
    for (const NextHop& hop : a.rib.lookUp(IpAddress::parse(address).value()))
        names.push_back(a.interfaces[hop.interface.value()].name);
    return names;
}

TEST(EigrpIntents, PacketsGoRoundASlowLinkInBothFamilies) {
    for (const std::string slow : {"bandwidth: 512kbit", "delay: 20ms"}) {
        const auto world = settledWorld(kTriangle + "  - {ends: [\"A:eth1\", \"C:eth1\"], " + slow + "}\n");
        EXPECT_EQ(waysOfA(*world, "10.0.0.3"), std::vector<std::string>{"eth0"}) << slow;
        EXPECT_EQ(waysOfA(*world, "2001:db8::3"), std::vector<std::string>{"eth0"}) << slow;
    }
}

TEST(EigrpIntents, LinksOfWhichNothingIsSaidAreAllAlike) {
    const auto world = settledWorld(kTriangle + "  - {ends: [\"A:eth1\", \"C:eth1\"]}\n");
    EXPECT_EQ(waysOfA(*world, "10.0.0.3"), std::vector<std::string>{"eth1"});
    EXPECT_EQ(waysOfA(*world, "2001:db8::3"), std::vector<std::string>{"eth1"});
}

}  // namespace
}  // namespace peerscape

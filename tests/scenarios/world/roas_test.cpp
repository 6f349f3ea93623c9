// The lab file's ROAs on their way to the routers.
#include <gmock/gmock.h>

#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A tells B of two networks. B refuses what is invalid, and A's AS may originate the first one only.
const std::string kLab =
    "peerscape: 1\n"
    "routers:\n"
    "  A:\n"
    "    config: |\n"
    "      ip route 192.0.2.0/24 Null0\n"
    "      ip route 198.51.100.0/24 Null0\n"
    "      router bgp 65001\n"
    "       no bgp ebgp-requires-policy\n"
    "       neighbor 10.0.0.2 remote-as 65002\n"
    "       network 192.0.2.0/24\n"
    "       network 198.51.100.0/24\n"
    "  B:\n"
    "    config: |\n"
    "      router bgp 65002\n"
    "       neighbor 10.0.0.1 remote-as 65001\n"
    "       neighbor 10.0.0.1 route-map JUDGE in\n"
    "      route-map JUDGE deny 10\n"
    "       match rpki invalid\n"
    "      route-map JUDGE permit 20\n"
    "links:\n"
    "  - {ends: {\"A:eth0\": [10.0.0.1/30], \"B:eth0\": [10.0.0.2/30]}}\n";

bool reaches(const LabWorld& world, std::string_view address) {
    const NodeState& b = world.simulation().node(*world.nodeNamed("B"));
    return !b.rib.lookUp(IpAddress::parse(address).value()).empty();
}

TEST(Roas, DecideWhatRouteMapsCallInvalid) {
    const auto without = settledWorld(kLab);
    EXPECT_TRUE(reaches(*without, "192.0.2.1"));
    EXPECT_TRUE(reaches(*without, "198.51.100.1"));
    const auto with = settledWorld(kLab +
                                   "roas:\n"
                                   "  - {prefix: 198.51.100.0/24, origin: 65009}\n"
                                   "  - {prefix: 192.0.2.0/23, max_length: 24, origin: 65001}\n");
    EXPECT_TRUE(reaches(*with, "192.0.2.1"));
    EXPECT_FALSE(reaches(*with, "198.51.100.1"));
}

std::string askRouterA(LabWorld& world, std::string_view line) {
    return world.command(*world.nodeNamed("A"), line).value();
}

TEST(Roas, SayInTablesWhatTheyThinkOfEachRoute) {
    const auto with = settledWorld(kLab +
                                   "roas:\n"
                                   "  - {prefix: 198.51.100.0/24, origin: 65009}\n"
                                   "  - {prefix: 192.0.2.0/23, max_length: 24, origin: 65001}\n");
    const std::string table = askRouterA(*with, "show bgp ipv4");
    EXPECT_THAT(table, HasSubstr("\nV*> 192.0.2.0/24 "));
    EXPECT_THAT(table, HasSubstr("\nI*> 198.51.100.0/24 "));
    EXPECT_THAT(askRouterA(*with, "show bgp ipv4 192.0.2.0/24"),
                HasSubstr(", rpki validation-state: valid\n"));
    EXPECT_THAT(askRouterA(*with, "show bgp ipv4 198.51.100.0/24 json"),
                HasSubstr("\"rpkiValidationState\":\"invalid\""));
    EXPECT_THAT(askRouterA(*with, "show bgp ipv4 rpki valid"), Not(HasSubstr("198.51.100.0/24")));
    EXPECT_THAT(askRouterA(*with, "show bgp ipv4 rpki invalid"), HasSubstr("198.51.100.0/24"));
    EXPECT_THAT(askRouterA(*with, "show bgp ipv4 rpki notfound"), Not(HasSubstr("/24")));
    const auto without = settledWorld(kLab);
    EXPECT_THAT(askRouterA(*without, "show bgp ipv4"), HasSubstr("\n*> 192.0.2.0/24 "));
    EXPECT_THAT(askRouterA(*without, "show bgp ipv4 rpki notfound"), Not(HasSubstr("/24")));
}

}  // namespace
}  // namespace peerscape

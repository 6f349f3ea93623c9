// The console's `origins`.
#include <gmock/gmock.h>

#include "scenarios/runner/console.hpp"
#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

const std::string kPair =
    "peerscape: 1\n"
    "routers:\n"
    "  V: {asn: 65001, networks: [192.0.2.0/24], protocols: [bgp]}\n"
    "  W: {asn: 65002, protocols: [bgp]}\n"
    "links: [{ends: [V, W]}]\n";
const std::string kWatched = kPair + "watch: [{prefix: 192.0.2.0/24, origins: [65001]}]\n";

TEST(ConsoleOrigins, TakesAPrefixOrWhatIsWatched) {
    const auto plain = settledWorld(kPair);
    Console console(*plain);
    EXPECT_THAT(console.handle("origins 192.0.2.0/24").text, testing::HasSubstr("V       AS 65001  its own"));
    EXPECT_THAT(console.handle("origins nonsense").text, testing::StartsWith("%"));
    EXPECT_THAT(console.handle("origins").text, testing::HasSubstr("% the lab file watches no prefix"));
    const auto watched = settledWorld(kWatched);
    Console other(*watched);
    EXPECT_EQ(other.handle("origins").text, other.handle("origins 192.0.2.0/24").text);
}

}  // namespace
}  // namespace peerscape

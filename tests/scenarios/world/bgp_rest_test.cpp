// When a lab with BGP is at rest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/world/bgp_labs.hpp"

namespace peerscape {
namespace {

/// A chain of routers over slow links, whose keepalives are under way nearly always.
std::string slowChain(int routers) {
    std::string text = "peerscape: 1\ntitle: Slow chain\nrouters:\n";
    for (int i = 1; i <= routers; ++i) {
        text += fmt::format(
            "  R{0}:\n    config: |\n      router bgp {1}\n       bgp router-id 1.1.1.{0}\n"
            "       no bgp ebgp-requires-policy\n       timers bgp 3 9\n",
            i, 65000 + i);
        if (i > 1) text += neighbor(fmt::format("10.0.{}.1", i - 1), 65000 + i - 1);
        if (i < routers) text += neighbor(fmt::format("10.0.{}.2", i), 65000 + i + 1);
        text += fmt::format("       address-family ipv4 unicast\n        network 192.0.{}.0/24\n", i);
    }
    text += "links:\n";
    for (int i = 1; i < routers; ++i)
        text += fmt::format(
            "  - {{name: l{0}, ends: {{\"R{0}:eth0\": [10.0.{0}.1/30], \"R{1}:eth1\": [10.0.{0}.2/30]}}, "
            "delay: 400ms}}\n",
            i, i + 1);
    text += "lans:\n";
    for (int i = 1; i <= routers; ++i)
        text += fmt::format("  - {{name: n{0}, ends: {{\"R{0}:lan0\": [192.0.{0}.1/24]}}}}\n", i);
    return text;
}

TEST(BgpConvergence, KeepalivesUnderWayDoNotKeepALabFromRest) {
    for (const std::string tcp : {"", "tcp: messages\n"}) {
        const auto world = makeWorld(slowChain(8) + tcp);
        const Convergence end = world->lab().runUntilConverged(Duration::minutes(2));
        EXPECT_TRUE(end.isConverged) << tcp;
        EXPECT_LT(end.knownAt, end.lastChange + Duration::seconds(10)) << tcp;
        EXPECT_TRUE(hasRoute(*world, "R1", "192.0.8.1")) << tcp;
        EXPECT_TRUE(hasRoute(*world, "R8", "192.0.1.1")) << tcp;
    }
}

TEST(BgpConvergence, NewsThatIsLostAndRepeatedIsWaitedFor) {
    // A third of all packets on the last link are lost, so what R1 withdraws may need many seconds to get
    // there.
    std::string lab = slowChain(3);
    const auto last = lab.rfind("delay: 400ms}");
    lab.replace(last, 13, "delay: 10ms, loss: 30%}");
    for (auto at = lab.find("timers bgp 3 9"); at != std::string::npos; at = lab.find("timers bgp 3 9"))
        lab.replace(at, 14, "timers bgp 30 180");
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        SCOPED_TRACE(seed);
        WorldOptions options;
        options.seed = seed;
        const auto world = makeWorld(lab + "seed: 1\n", options);
        ASSERT_TRUE(world->lab().runUntilConverged(Duration::minutes(60)).isConverged);
        ASSERT_TRUE(hasRoute(*world, "R3", "192.0.1.1"));
        const auto lan = world->simulation().topology().segmentNamed("n1");
        ASSERT_TRUE(world->lab().apply({"cut", action::SetSegment{*lan, false}}).has_value());
        ASSERT_TRUE(world->lab().runUntilConverged(Duration::minutes(60)).isConverged);
        EXPECT_FALSE(hasRoute(*world, "R3", "192.0.1.1"));
    }
}

}  // namespace
}  // namespace peerscape

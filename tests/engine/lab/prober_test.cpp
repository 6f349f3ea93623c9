#include "engine/lab/prober.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/lab/lab_bench.hpp"

namespace peerscape {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// H - R1 - R2 - D, five milliseconds per link.
class Prober : public testing::Test, public SimBench {
  protected:
    void SetUp() override {
        h = host("H");
        r1 = router("R1");
        r2 = router("R2");
        d = host("D");
        link("a", {"H:eth0 10.0.1.10/24 2001:db8:1::10/64", "R1:eth0 10.0.1.1/24 2001:db8:1::1/64"},
             cableOf(ms(5)));
        middle =
            link("b", {"R1:eth1 10.0.12.1/24 2001:db8:12::1/64", "R2:eth0 10.0.12.2/24 2001:db8:12::2/64"},
                 cableOf(ms(5)));
        link("c", {"R2:eth1 10.0.2.1/24 2001:db8:2::1/64", "D:eth0 10.0.2.10/24 2001:db8:2::10/64"},
             cableOf(ms(5)));
        for (const auto& [node, prefix, way] : {std::tuple{h, "0.0.0.0/0", "10.0.1.1"},
                                                {h, "::/0", "2001:db8:1::1"},
                                                {d, "0.0.0.0/0", "10.0.2.1"},
                                                {d, "::/0", "2001:db8:2::1"},
                                                {r1, "10.0.2.0/24", "10.0.12.2"},
                                                {r1, "2001:db8:2::/64", "2001:db8:12::2"},
                                                {r2, "10.0.1.0/24", "10.0.12.1"},
                                                {r2, "2001:db8:1::/64", "2001:db8:12::1"}}) {
            route(node, prefix, {way});
        }
    }
    PingResult pingOne(std::string_view to, std::uint32_t count = 1) const {
        return pingWith([&](PingRequest& r) {
            r.to = ip(to);
            r.count = count;
        });
    }
    template <typename Adjust>
    PingResult pingWith(Adjust adjust) const {
        PingRequest request;
        request.from = h;
        request.to = ip("10.0.2.10");
        adjust(request);
        return ping(*sim, std::span(&request, 1)).front();
    }
    TracerouteResult trace(std::string_view to) const {
        TracerouteRequest request;
        request.from = h;
        request.to = ip(to);
        return traceroute(*sim, std::span(&request, 1)).front();
    }
    std::vector<std::string> hopsOf(const TracerouteResult& result) const {
        std::vector<std::string> names;
        for (const TracerouteHop& hop : result.hops)
            names.push_back(hop.node ? topology.node(*hop.node).name : "*");
        return names;
    }
    NodeId h, r1, r2, d;
    SegmentId middle;
};

TEST_F(Prober, PingTellsTheRoundTripAndTheTtl) {
    start();
    for (const char* to : {"10.0.2.10", "2001:db8:2::10"}) {
        const PingResult result = pingOne(to, 3);
        EXPECT_TRUE(result.isOk());
        EXPECT_EQ(result.sent, 3U);
        ASSERT_EQ(result.answers.size(), 3U);
        EXPECT_EQ(result.answers[2].sequence, 3U);
        EXPECT_EQ(result.answers[0].roundTrip, ms(30));
        EXPECT_EQ(result.answers[0].ttl, 62);
        EXPECT_EQ(result.answers[0].from, ip(to));
        EXPECT_EQ(result.answers[0].node, d);
    }
}

TEST_F(Prober, PingTellsWhoRefused) {
    route(r2, "203.0.113.0/24", {"reject"});
    route(r1, "203.0.113.0/24", {"10.0.12.2"});
    start();
    const auto answer = [&](std::string_view to) {
        return pingWith([&](PingRequest& r) {
                   r.to = ip(to);
                   r.timeout = Duration::seconds(5);
               })
            .answers.at(0);
    };
    EXPECT_EQ(answer("203.0.113.1").kind, IcmpKind::HostUnreachable);
    EXPECT_EQ(answer("203.0.113.1").node, r2);
    EXPECT_EQ(answer("198.51.100.1").kind, IcmpKind::NetworkUnreachable);
    EXPECT_EQ(answer("198.51.100.1").node, r1);
    EXPECT_EQ(answer("10.0.2.77").kind, IcmpKind::HostUnreachable);
    EXPECT_EQ(pingWith([](PingRequest& r) { r.ttl = 1; }).answers.at(0).kind, IcmpKind::TimeExceeded);
    EXPECT_FALSE(pingOne("198.51.100.1").isOk());
    EXPECT_THAT(pingOne("10.0.2.77").answers, IsEmpty()) << "it takes three seconds to know";
}

TEST_F(Prober, PingThatCannotStartSaysWhy) {
    route(r1, "203.0.113.0/24", {"null0"});
    start();
    const auto failure = [&](NodeId from, std::string_view to, std::optional<IpAddress> source = {}) {
        return pingWith([&](PingRequest& r) {
                   r.from = from;
                   r.to = ip(to);
                   r.source = source;
               })
            .localFailure;
    };
    EXPECT_EQ(failure(r1, "198.51.100.1"), LocalFailure::NoRoute);
    EXPECT_EQ(failure(r1, "203.0.113.1"), LocalFailure::Discarded);
    EXPECT_EQ(failure(r1, "10.0.2.10", ip("10.0.2.10")), LocalFailure::NoSource);
    EXPECT_EQ(failure(r1, "10.0.12.1"), LocalFailure::None);
    EXPECT_EQ(pingOne("10.0.1.10").answers.at(0).roundTrip, Duration()) << "itself";
}

TEST_F(Prober, PingFromAnotherSourceComesBackThere) {
    start();
    const PingResult result = pingWith([&](PingRequest& r) {
        r.from = r1;
        r.source = ip("10.0.1.1");
    });
    EXPECT_TRUE(result.isOk()) << "R2 knows the way to 10.0.1.0/24";
}

TEST_F(Prober, LargePingsAreFragmentedWhenAsked) {
    topology.segment(middle).properties.mtu = 1000;
    start();
    const auto large = [&](bool dontFragment) {
        return pingWith([&](PingRequest& r) {
            r.dataBytes = 3000;
            r.dontFragment = dontFragment;
        });
    };
    EXPECT_TRUE(large(false).isOk());
    const PingResult refused = large(true);
    ASSERT_EQ(refused.answers.size(), 1U);
    EXPECT_EQ(refused.answers[0].kind, IcmpKind::TooBig);
    // The error quotes a fragment only, and is understood all the same.
    act(action::SetSegment{topology.segmentNamed("c").value(), false});
    EXPECT_EQ(large(false).answers.at(0).kind, IcmpKind::NetworkUnreachable);
    EXPECT_EQ(large(false).answers.size(), 1U);
}

TEST_F(Prober, SeveralPingsRunAtOnceAndAreKeptApart) {
    start();
    std::vector<PingRequest> requests(3);
    requests[0].from = requests[1].from = h;
    requests[2].from = d;
    requests[0].to = ip("10.0.2.10");
    requests[1].to = ip("198.51.100.1");
    requests[2].to = ip("10.0.1.10");
    requests[2].count = 2;
    const auto results = ping(*sim, requests);
    EXPECT_TRUE(results[0].isOk());
    EXPECT_FALSE(results[1].isOk());
    EXPECT_EQ(results[2].received(), 2U);
}

TEST_F(Prober, TracerouteNamesEveryHop) {
    start();
    const TracerouteResult result = trace("10.0.2.10");
    EXPECT_THAT(hopsOf(result), ElementsAre("R1", "R2", "D"));
    EXPECT_TRUE(result.isReached);
    EXPECT_FALSE(result.isLoop);
    EXPECT_EQ(result.hops[1].from, ip("10.0.12.2")) << "the way in";
    EXPECT_EQ(result.hops[1].roundTrip, ms(20));
    EXPECT_THAT(hopsOf(trace("2001:db8:2::10")), ElementsAre("R1", "R2", "D"));
}

TEST_F(Prober, TracerouteEndsWhereARouterHasNoWay) {
    start();
    const TracerouteResult result = trace("198.51.100.1");
    EXPECT_THAT(hopsOf(result), ElementsAre("R1"));
    EXPECT_EQ(result.hops[0].kind, IcmpKind::NetworkUnreachable);
    EXPECT_FALSE(result.isReached);
}

TEST_F(Prober, TracerouteShowsSilenceAndLoops) {
    route(r1, "203.0.113.0/24", {"10.0.12.2"});
    route(r2, "203.0.113.0/24", {"10.0.12.1"});
    start();
    EXPECT_TRUE(trace("203.0.113.1").isLoop);
    EXPECT_EQ(trace("203.0.113.1").hops.size(), 30U);
    act(silence(middle));
    const TracerouteResult silent = trace("10.0.2.10");
    EXPECT_EQ(silent.hops.size(), 30U);
    EXPECT_TRUE(silent.hops[0].from.has_value());
    EXPECT_FALSE(silent.hops[1].from.has_value());
    EXPECT_FALSE(silent.isLoop);
}

// The same address on Z behind R1 and on A, the earlier node, behind R2.
TEST_F(Prober, OfSeveralNodesWithOneAddressTheOneThatAnswersIsNamed) {
    const NodeId atR2 = host("A");
    const NodeId atR1 = host("Z");
    link("ra", {"R1:eth2 10.0.3.1/24", "Z:eth0 10.0.3.10/24"});
    link("rb", {"R2:eth2 10.0.4.1/24", "A:eth0 10.0.4.10/24"});
    for (const NodeId site : {atR2, atR1})
        loopback(site, "10.9.9.9/32");
    route(atR2, "0.0.0.0/0", {"10.0.4.1"});
    route(atR1, "0.0.0.0/0", {"10.0.3.1"});
    route(r1, "10.9.9.9/32", {"10.0.3.10"});
    route(r2, "10.9.9.9/32", {"10.0.4.10"});
    start();
    EXPECT_EQ(pingOne("10.9.9.9").answers.at(0).node, atR1);
    EXPECT_THAT(hopsOf(trace("10.9.9.9")), ElementsAre("R1", "Z"));
    PingRequest fromD{.from = d, .to = ip("10.9.9.9"), .source = std::nullopt};
    EXPECT_EQ(ping(*sim, std::span(&fromD, 1)).front().answers.at(0).node, atR2);
}

TEST_F(Prober, OwnersAreFoundByAnyAddress) {
    start();
    EXPECT_EQ(ownerOf(*sim, ip("10.0.12.2")), r2);
    EXPECT_EQ(ownerOf(*sim, *sim->node(d).interfaces[0].linkLocal), d);
    EXPECT_EQ(ownerOf(*sim, ip("198.51.100.1")), std::nullopt);
}

TEST(ProberInALab, LookingChangesNothing) {
    const RingPlan plan;
    Lab looked = plan.lab();
    Lab untouched = plan.lab();
    for (int n = 1; n <= 20; ++n) {
        looked.runUntil(atMs(100 * n));
        untouched.runUntil(atMs(100 * n));
        const std::uint64_t state = looked.simulation().stateHash();
        PingRequest request;
        request.from = plan.nodes[0];
        request.to = ip("10.0.2.1");
        request.count = 5;
        TracerouteRequest tracing;
        tracing.from = plan.nodes[1];
        tracing.to = ip("10.0.3.1");
        EXPECT_EQ(ping(looked.simulation(), std::span(&request, 1)).size(), 1U);
        EXPECT_EQ(traceroute(looked.simulation(), std::span(&tracing, 1)).size(), 1U);
        EXPECT_EQ(looked.simulation().stateHash(), state);
        EXPECT_EQ(looked.now(), atMs(100 * n));
    }
    EXPECT_EQ(looked.fingerprint(), untouched.fingerprint());
    EXPECT_EQ(looked.simulation().stateHash(), untouched.simulation().stateHash());
}

}  // namespace
}  // namespace peerscape

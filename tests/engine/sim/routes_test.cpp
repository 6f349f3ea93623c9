#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/sim/sim_bench.hpp"

namespace peerscape {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Routes : public testing::Test, public SimBench {
  protected:
    void SetUp() override {
        a = router("A");
        b = router("B");
        cable = link("ab", {"A:eth0 10.0.0.1/24", "B:eth0 10.0.0.2/24"});
    }
    void setRoute(std::string_view prefix, const std::vector<std::string>& hops, std::uint32_t metric = 0) {
        routes[a].offers.clear();
        if (!prefix.empty()) {
            route(a, prefix, hops);
            routes[a].offers.back().metric = metric;
        }
        apply(configure(a));
    }
    NodeId a, b;
    SegmentId cable;
};

TEST_F(Routes, SubscribersAreToldWhatIsThereAndThenEveryChange) {
    route(a, "203.0.113.0/24", {"10.0.0.2"});
    ToySettings reader;
    reader.subscribes = {{kRoutes, Family::IPv4}, {kConnected, Family::IPv4}};
    toy(a, reader);
    start();
    EXPECT_THAT(toyOf(a).routes, IsEmpty()) << "told by an event of its own";
    runTo(atMs(1));
    EXPECT_THAT(toyOf(a).heard, ElementsAre("0.000000 s Started", "0.000000 s got 203.0.113.0/24 metric 0",
                                            "0.000000 s got 10.0.0.0/24 metric 0"));
    setRoute("203.0.113.0/24", {"10.0.0.2"}, 5);
    runTo(atMs(2));
    EXPECT_EQ(toyOf(a).heard.back(), "0.001000 s got 203.0.113.0/24 metric 5");
    setRoute("", {});
    runTo(atMs(3));
    EXPECT_EQ(toyOf(a).heard.back(), "0.002000 s lost 203.0.113.0/24 metric 5");
    act(action::SetSegment{cable, false});
    runTo(atMs(4));
    EXPECT_EQ(toyOf(a).heard.back(), "0.003000 s lost 10.0.0.0/24 metric 0");
}

TEST_F(Routes, OneProtocolTakingOverIsALossAndAGainToThoseConcerned) {
    route(a, "203.0.113.0/24", {"10.0.0.2"});
    ToySettings better;
    RouteOffer offer;
    offer.prefix = net("203.0.113.0/24");
    offer.distance = 0;
    offer.nextHops = {NextHop::blackhole()};
    better.offers = {offer};
    constexpr ProtocolId kBetter{6};
    ToySettings reader;
    reader.subscribes = {{kRoutes, Family::IPv4}};
    toy(a, reader);
    start();
    runTo(atMs(1));
    toy(a, better, kBetter);
    apply(configure(a));
    runTo(atMs(2));
    ASSERT_EQ(toyOf(a).routes.size(), 2U);
    EXPECT_TRUE(toyOf(a).routes[1].withdrawn);
    EXPECT_EQ(toyOf(a).routes[1].protocol, kRoutes);
    act(action::SetProcess{a, kBetter, false});
    runTo(atMs(3));
    ASSERT_EQ(toyOf(a).routes.size(), 3U);
    EXPECT_FALSE(toyOf(a).routes[2].withdrawn);
}

TEST_F(Routes, WhoTracksAPrefixHearsOfExactlyThatOneWhateverItsProtocol) {
    ToySettings tracker;
    tracker.tracksPrefixes = {net("203.0.113.0/24"), net("10.0.0.0/24")};
    toy(a, tracker);
    start();
    runTo(atMs(1));
    EXPECT_THAT(toyOf(a).heard, ElementsAre("0.000000 s Started", "0.000000 s 203.0.113.0/24 absent",
                                            "0.000000 s 10.0.0.0/24 present"));
    setRoute("203.0.113.0/25", {"10.0.0.2"}, 3);
    setRoute("203.0.113.0/24", {"10.0.0.2"}, 3);
    runTo(atMs(2));
    EXPECT_THAT(toyOf(a).heard, Not(Contains(HasSubstr("/25")))) << "the longer prefix is another one";
    EXPECT_EQ(toyOf(a).heard.back(), "0.001000 s 203.0.113.0/24 present");
}

TEST_F(Routes, TrackersAreToldOnceAtOnceAndThenWhenTheWayChanges) {
    ToySettings tracker;
    tracker.tracks = {ip("203.0.113.9"), ip("10.0.0.2")};
    toy(a, tracker);
    start();
    runTo(atMs(1));
    EXPECT_THAT(toyOf(a).heard, ElementsAre("0.000000 s Started", "0.000000 s 203.0.113.9 unreachable",
                                            "0.000000 s 10.0.0.2 reachable"));
    setRoute("203.0.113.0/24", {"10.0.0.2"}, 3);
    runTo(atMs(2));
    EXPECT_EQ(toyOf(a).heard.back(), "0.001000 s 203.0.113.9 reachable");
    EXPECT_EQ(toyOf(a).nextHops.back().metric, 3U);
    setRoute("203.0.113.0/24", {"10.0.0.2"}, 3);
    setRoute("203.0.113.0/25", {"10.0.0.2"}, 4);
    runTo(atMs(3));
    EXPECT_EQ(toyOf(a).nextHops.back().metric, 4U);
    EXPECT_EQ(toyOf(a).nextHops.size(), 4U) << "nothing is said of what did not change";
    act(action::SetSegment{cable, false});
    runTo(atMs(4));
    EXPECT_EQ(toyOf(a).nextHops.size(), 6U);
    EXPECT_FALSE(toyOf(a).nextHops.back().isReachable);
}

TEST_F(Routes, ResolvingByTheDefaultRouteIsNewsToTrackers) {
    route(a, "0.0.0.0/0", {"10.0.0.2"});
    ToySettings tracker;
    tracker.tracks = {ip("203.0.113.9")};
    toy(a, tracker);
    start();
    runTo(atMs(1));
    EXPECT_FALSE(toyOf(a).nextHops.back().isReachable);
    base[a].resolvesViaDefault4 = true;
    apply(configure(a));
    runTo(atMs(2));
    EXPECT_TRUE(toyOf(a).nextHops.back().isReachable);
    base[a].resolvesViaDefault4 = false;
    apply(configure(a));
    runTo(atMs(3));
    EXPECT_FALSE(toyOf(a).nextHops.back().isReachable);
}

TEST_F(Routes, NewsNameTheChangeThatCausedThem) {
    ToySettings reader;
    reader.subscribes = {{kRoutes, Family::IPv4}};
    toy(a, reader);
    start();
    forget();
    setRoute("203.0.113.0/24", {"10.0.0.2"});
    const RecordId change = records<record::RouteChanged>().back().first.id;
    // A change it did not ask about follows before it is told.
    act(action::SetAdmin{end("B:eth0"), false});
    runTo(atMs(1));
    ASSERT_EQ(records<record::ProcessNotified>().size(), 1U);
    EXPECT_EQ(records<record::ProcessNotified>()[0].first.cause, change);
}

TEST_F(Routes, UnwantedNewsAreNotRecorded) {
    toy(a, {});
    start();
    setRoute("203.0.113.0/24", {"10.0.0.2"});
    runTo(atMs(10));
    EXPECT_THAT(records<record::ProcessNotified>(), IsEmpty());
}

}  // namespace
}  // namespace peerscape

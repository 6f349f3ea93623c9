#include "scenarios/world/path_match.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

using testing::ElementsAre;
using Names = std::vector<std::string>;

bool matches(const Names& pattern, const Names& way) { return matchesPath(pattern, way); }

TEST(PathMatch, NamesStandForThemselves) {
    EXPECT_TRUE(matches({"A", "B"}, {"A", "B"}));
    EXPECT_FALSE(matches({"A", "B"}, {"A", "C"}));
    EXPECT_FALSE(matches({"A", "B"}, {"A", "B", "C"}));
    EXPECT_FALSE(matches({"A", "B", "C"}, {"A", "B"}));
    EXPECT_TRUE(matches({}, {}));
    EXPECT_FALSE(matches({}, {"A"}));
    EXPECT_FALSE(matches({"A"}, {}));
}

TEST(PathMatch, AQuestionMarkIsExactlyOneNode) {
    EXPECT_TRUE(matches({"A", "?", "C"}, {"A", "B", "C"}));
    EXPECT_FALSE(matches({"A", "?", "C"}, {"A", "C"}));
    EXPECT_FALSE(matches({"A", "?", "C"}, {"A", "B", "B", "C"}));
    EXPECT_FALSE(matches({"?"}, {}));
}

TEST(PathMatch, AStarIsAnyNumberOfNodes) {
    EXPECT_TRUE(matches({"*"}, {}));
    EXPECT_TRUE(matches({"A", "*", "D"}, {"A", "D"}));
    EXPECT_TRUE(matches({"A", "*", "D"}, {"A", "B", "C", "D"}));
    EXPECT_FALSE(matches({"A", "*", "D"}, {"A", "B", "C"}));
    EXPECT_TRUE(matches({"*", "C", "*"}, {"A", "C", "D"}));
    EXPECT_FALSE(matches({"*", "C", "*"}, {"A", "B", "D"}));
    EXPECT_TRUE(matches({"*", "?", "*"}, {"A"}));
    EXPECT_FALSE(matches({"*", "?", "?"}, {"A"}));
}

TEST(PathMatch, AStarTriesEveryPlace) {
    EXPECT_TRUE(matches({"*", "B", "C"}, {"A", "B", "A", "B", "C"}));
    EXPECT_TRUE(matches({"*", "B", "*", "B", "D"}, {"B", "A", "B", "C", "B", "D"}));
    EXPECT_FALSE(matches({"*", "B", "*", "B"}, {"A", "B", "C"}));
}

TEST(PathMatch, ManyStarsTakeNoLongerThanOne) {
    // Trying every split of the way would take longer than anybody waits.
    Names pattern;
    for (int i = 0; i < 30; ++i) {
        pattern.push_back("*");
        pattern.push_back("A");
    }
    pattern.push_back("B");
    EXPECT_FALSE(matches(pattern, Names(64, "A")));
    pattern.pop_back();
    EXPECT_TRUE(matches(pattern, Names(64, "A")));
}

struct Journey {
    PingResult answer;
    TracerouteResult trace;
};
Journey travel(const LabWorld& world, std::string_view from, std::string_view to) {
    const PingRequest echo{
        .from = world.nodeNamed(from).value(), .to = IpAddress::parse(to).value(), .source = {}};
    const TracerouteRequest hops{.from = echo.from, .to = echo.to, .source = {}};
    return {ping(world.simulation(), std::span(&echo, 1)).front(),
            traceroute(world.simulation(), std::span(&hops, 1)).front()};
}

Names way(const LabWorld& world, std::string_view from, std::string_view to) {
    return wayOf(world.simulation(), world.nodeNamed(from).value(), travel(world, from, to).trace);
}

Disposition disposition(const LabWorld& world, std::string_view from, std::string_view to) {
    const Journey journey = travel(world, from, to);
    return dispositionOf(journey.answer, journey.trace);
}

TEST(Way, BeginsWithTheSenderAndNamesEveryNode) {
    const auto world = settledWorld(kStaticLine);
    EXPECT_THAT(way(*world, "A", "10.3.0.1"), ElementsAre("A", "B", "C"));
    EXPECT_THAT(way(*world, "B", "10.3.0.1"), ElementsAre("B", "C"));
}

TEST(Way, ToAnOwnAddressGoesNowhere) {
    const auto world = settledWorld(kStaticLine);
    EXPECT_THAT(way(*world, "A", "10.1.0.1"), ElementsAre("A"));
}

TEST(Way, EndsWhereNobodyAnswersAnyMore) {
    const auto world = settledWorld(kStaticLine);
    ASSERT_TRUE(world->setTarget("bc", false).has_value());
    // B says that it has no way on, so the way ends there; silence behind it is not listed.
    world->lab().runFor(Duration::seconds(1));
    EXPECT_THAT(way(*world, "A", "10.3.0.1"), ElementsAre("A", "B"));
    LabAction silence{lab_action::FailSilently{{{"ab", {}}}, {}, {}}, {}};
    ASSERT_TRUE(world->perform(silence, {}).has_value());
    EXPECT_THAT(way(*world, "A", "10.3.0.1"), ElementsAre("A"));
}

TEST(DispositionOf, TellsHowPacketsEnd) {
    const auto world = settledWorld(kStaticLine);
    const auto configure = [&](std::string_view router, const std::string& line) {
        std::vector<std::string> warnings;
        const auto done = world->configure(world->nodeNamed(router).value(), {line}, warnings);
        EXPECT_TRUE(done.has_value()) << done.error().message;
        world->lab().runFor(Duration::seconds(1));
    };
    EXPECT_EQ(disposition(*world, "A", "10.99.0.1"), Disposition::NoRoute);
    configure("A", "ip route 10.99.0.0/16 1.1.1.2");
    EXPECT_EQ(disposition(*world, "A", "10.99.0.1"), Disposition::Unreachable);
    configure("B", "ip route 10.99.0.0/16 Null0");
    EXPECT_EQ(disposition(*world, "A", "10.99.0.1"), Disposition::NoReply);
    configure("A", "ip route 10.98.0.0/16 Null0");
    EXPECT_EQ(disposition(*world, "A", "10.98.0.1"), Disposition::DiscardedLocally);
    configure("A", "ip route 10.97.0.0/16 1.1.1.2");
    configure("B", "ip route 10.97.0.0/16 1.1.1.1");
    EXPECT_EQ(disposition(*world, "A", "10.97.0.1"), Disposition::Loop);
}

TEST(DispositionOf, APacketWhoseLifeEndsWithoutALoopHasExceededItsTtl) {
    const auto world = settledWorld(kStaticLine);
    PingRequest echo{
        .from = world->nodeNamed("A").value(), .to = IpAddress::parse("10.3.0.1").value(), .source = {}};
    echo.ttl = 1;
    const PingResult answer = ping(world->simulation(), std::span(&echo, 1)).front();
    EXPECT_EQ(dispositionOf(answer, {}), Disposition::TtlExceeded);
    TracerouteResult circling;
    circling.isLoop = true;
    EXPECT_EQ(dispositionOf(answer, circling), Disposition::Loop);
}

}  // namespace
}  // namespace peerscape

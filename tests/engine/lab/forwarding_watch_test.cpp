#include "engine/lab/forwarding_watch.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/lab/forwarding_check.hpp"
#include "tests/engine/lab/lab_bench.hpp"

namespace peerscape {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A triangle of routers, A - B - C - A. C has the network 10.3.0.0/24 besides. Routes are the test's.
class ForwardingWatchTest : public testing::Test, public SimBench {
  protected:
    void SetUp() override {
        a = router("A");
        b = router("B");
        c = router("C");
        ab = link("ab", {"A:b 10.0.12.1/24", "B:a 10.0.12.2/24"});
        bc = link("bc", {"B:c 10.0.23.2/24", "C:b 10.0.23.3/24"});
        ca = link("ca", {"C:a 10.0.31.3/24", "A:c 10.0.31.1/24"});
        stub = lan("stub", {"C:stub 10.3.0.1/24"});
    }

    void watchFromNow() {
        watch.emplace(*sim);
        read_ = log.count();
    }
    void begin() {
        start();
        watchFromNow();
    }
    void look() {
        std::vector<Record> records;
        for (std::size_t i = log.positionOf(RecordId(read_)); i < log.kept().size(); ++i)
            records.push_back(log.kept()[i]);
        read_ = log.count();
        watch->instantOver(*sim, records);
    }
    void passTo(SimTime time) {
        while (sim->nextEventTime() <= time) {
            sim->step(log);
            if (sim->nextEventTime() > sim->now()) look();
        }
        sim->advanceTo(time);
    }
    /// Gives the router these routes in place of those it has.
    void reroute(NodeId node, const std::vector<std::pair<std::string, std::vector<std::string>>>& ways) {
        routes[node].offers.clear();
        for (const auto& [prefix, hops] : ways)
            route(node, prefix, hops);
        if (!sim) return;
        apply(configure(node));
        look();
    }
    template <typename What>
    void happen(What what) {
        act(std::move(what));
        look();
    }

    std::string name(NodeId node) const { return topology.node(node).name; }
    static std::string span(SimTime begin, SimTime end) {
        const auto text = [](SimTime t) {
            return t.isNever() ? std::string("…") : std::to_string(t.count() / 1'000'000);
        };
        return text(begin) + "-" + text(end);
    }
    /// "10.9.0.0/24 A B 100-200": milliseconds.
    std::vector<std::string> loops() const {
        std::vector<std::string> result;
        for (const LoopEpisode& loop : watch->loops()) {
            std::string routers;
            for (const NodeId router : loop.routers)
                routers += " " + name(router);
            result.push_back(toString(loop.destination) + routers + " " + span(loop.begin, loop.end));
        }
        return result;
    }
    std::vector<std::string> holes() const {
        std::vector<std::string> result;
        for (const BlackHoleEpisode& hole : watch->blackHoles()) {
            result.push_back(fmt::format("{} {} {} {}", toString(hole.destination), name(hole.at),
                                         toString(hole.reason), span(hole.begin, hole.end)));
        }
        return result;
    }
    /// "100: 9 of 12".
    std::vector<std::string> pairs() const {
        std::vector<std::string> result;
        for (const ReachablePairs& point : watch->reachablePairs())
            result.push_back(
                fmt::format("{}: {} of {}", point.time.count() / 1'000'000, point.reachable, point.all));
        return result;
    }
    /// "RouteChanged at A".
    std::string told(RecordId id) const {
        const Record* record = log.find(id);
        if (record == nullptr) return "nothing";
        const std::string where = record->node.isSome() ? " at " + name(record->node) : "";
        if (std::holds_alternative<record::RouteChanged>(record->what)) return "RouteChanged" + where;
        if (std::holds_alternative<record::InterfaceChanged>(record->what)) return "InterfaceChanged" + where;
        if (std::holds_alternative<record::ActionTaken>(record->what)) return "ActionTaken" + where;
        return "something else" + where;
    }

    const std::vector<std::pair<std::string, std::vector<std::string>>> noRoutes;
    NodeId a, b, c;
    SegmentId ab, bc, ca, stub;
    std::optional<ForwardingWatch> watch;

  private:
    std::uint64_t read_ = 0;
};

TEST_F(ForwardingWatchTest, KnowsALoopThatIsThereFromTheBeginning) {
    route(a, "10.9.0.0/24", {"10.0.12.2"});
    route(b, "10.9.0.0/24", {"10.0.12.1"});
    begin();
    EXPECT_THAT(loops(), ElementsAre("10.9.0.0/24 A B 0-…"));
    EXPECT_FALSE(watch->loops().at(0).cause.isSome());
    EXPECT_THAT(holes(), IsEmpty());
}

TEST_F(ForwardingWatchTest, FollowsALoopOfTwoFromBeginToEnd) {
    reroute(a, {{"10.9.0.0/24", {"10.0.12.2"}}});
    begin();
    passTo(atMs(100));
    reroute(b, {{"10.9.0.0/24", {"10.0.12.1"}}});
    EXPECT_THAT(loops(), ElementsAre("10.9.0.0/24 A B 100-…"));
    passTo(atMs(250));
    reroute(a, {{"10.9.0.0/24", {"null0"}}});
    EXPECT_THAT(loops(), ElementsAre("10.9.0.0/24 A B 100-250"));
    EXPECT_EQ(told(watch->loops().at(0).cause), "RouteChanged at B");
    EXPECT_EQ(told(watch->loops().at(0).endCause), "RouteChanged at A");
}

TEST_F(ForwardingWatchTest, EndsALoopWithItsDestination) {
    reroute(a, {{"10.9.0.0/24", {"10.0.12.2"}}});
    reroute(b, {{"10.9.0.0/24", {"10.0.12.1"}}});
    begin();
    passTo(atMs(10));
    happen(action::SetSegment{ab, false});
    EXPECT_THAT(loops(), ElementsAre("10.9.0.0/24 A B 0-10"));
    EXPECT_EQ(told(watch->loops().at(0).endCause), "RouteChanged at B") << "the last router that had a route";
}

TEST_F(ForwardingWatchTest, FindsALoopOfThreeInTheOrderPacketsGo) {
    route(a, "10.9.0.0/24", {"10.0.31.3"});
    route(c, "10.9.0.0/24", {"10.0.23.2"});
    begin();
    passTo(atMs(5));
    reroute(b, {{"10.9.0.0/24", {"10.0.12.1"}}});
    EXPECT_THAT(loops(), ElementsAre("10.9.0.0/24 A C B 5-…"));
}

TEST_F(ForwardingWatchTest, FindsALoopInOneOfTwoEqualWays) {
    route(a, "10.3.0.0/24", {"10.0.31.3", "10.0.12.2"});
    route(b, "10.3.0.0/24", {"10.0.23.3"});
    begin();
    EXPECT_THAT(loops(), IsEmpty());
    // The other networks are connected at both ends; the third router has no route to them.
    EXPECT_THAT(pairs(), ElementsAre("0: 8 of 11"));
    passTo(atMs(5));
    reroute(b, {{"10.3.0.0/24", {"10.0.12.1"}}});
    EXPECT_THAT(loops(), ElementsAre("10.3.0.0/24 A B 5-…"));
    EXPECT_THAT(pairs(), ElementsAre("0: 8 of 11", "5: 6 of 11"));
    passTo(atMs(6));
    reroute(a, {{"10.3.0.0/24", {"10.0.31.3"}}});
    EXPECT_THAT(loops(), ElementsAre("10.3.0.0/24 A B 5-6"));
    EXPECT_THAT(pairs(), ElementsAre("0: 8 of 11", "5: 6 of 11", "6: 8 of 11"));
}

TEST_F(ForwardingWatchTest, KnowsTheLoopThatIsLeftOfTwoThatShareARouter) {
    route(a, "10.9.0.0/24", {"10.0.12.2", "10.0.31.3"});
    route(b, "10.9.0.0/24", {"10.0.12.1"});
    route(c, "10.9.0.0/24", {"10.0.31.1"});
    begin();
    EXPECT_THAT(loops(), ElementsAre("10.9.0.0/24 A B 0-…", "10.9.0.0/24 A C 0-…"));
    passTo(atMs(5));
    reroute(c, noRoutes);
    EXPECT_THAT(loops(), ElementsAre("10.9.0.0/24 A B 0-…", "10.9.0.0/24 A C 0-5"));
}

TEST_F(ForwardingWatchTest, FindsABlackHoleWhereARouteIsMissing) {
    begin();
    EXPECT_THAT(holes(), IsEmpty()) << "B and A are merely unconnected";
    passTo(atMs(5));
    reroute(a, {{"10.3.0.0/24", {"10.0.12.2"}}});
    EXPECT_THAT(holes(), ElementsAre("10.3.0.0/24 B no route 5-…"));
    EXPECT_EQ(told(watch->blackHoles().at(0).cause), "RouteChanged at A") << "who sends to it made it one";
    passTo(atMs(6));
    reroute(b, {{"10.3.0.0/24", {"10.0.23.3"}}});
    EXPECT_THAT(holes(), ElementsAre("10.3.0.0/24 B no route 5-6"));
    EXPECT_EQ(told(watch->blackHoles().at(0).endCause), "RouteChanged at B");
    passTo(atMs(7));
    reroute(b, noRoutes);
    passTo(atMs(8));
    reroute(a, noRoutes);
    EXPECT_THAT(holes(), ElementsAre("10.3.0.0/24 B no route 5-6", "10.3.0.0/24 B no route 7-8"));
    EXPECT_EQ(told(watch->blackHoles().at(1).endCause), "RouteChanged at A") << "nobody sends to it any more";
}

TEST_F(ForwardingWatchTest, RoutesThatDropOnPurposeAreNoBlackHoles) {
    route(a, "10.3.0.0/24", {"10.0.12.2"});
    route(b, "10.3.0.0/24", {"null0"});
    begin();
    EXPECT_THAT(holes(), IsEmpty());
    EXPECT_THAT(pairs(), ElementsAre("0: 6 of 11"));
}

TEST_F(ForwardingWatchTest, FindsABlackHoleBeforeANeighborWhoseInterfaceIsDown) {
    route(a, "10.3.0.0/24", {"10.0.31.3"});
    begin();
    EXPECT_THAT(pairs(), ElementsAre("0: 7 of 11"));
    passTo(atMs(5));
    happen(action::SetAdmin{end("C:a"), false});
    EXPECT_THAT(holes(), ElementsAre("10.3.0.0/24 A interface down 5-…"));
    EXPECT_EQ(told(watch->blackHoles().at(0).cause), "InterfaceChanged at C");
    // C is no longer in the link's network, which now is A's alone.
    EXPECT_THAT(pairs(), ElementsAre("0: 7 of 11", "5: 4 of 10"));
    passTo(atMs(6));
    happen(action::SetAdmin{end("C:a"), true});
    EXPECT_THAT(holes(), ElementsAre("10.3.0.0/24 A interface down 5-6"));
    EXPECT_EQ(told(watch->blackHoles().at(0).endCause), "InterfaceChanged at C");
}

TEST_F(ForwardingWatchTest, AHoleForAnotherReasonIsAnotherHole) {
    route(a, "10.3.0.0/24", {"10.0.31.3"});
    route(b, "10.3.0.0/24", {"10.0.12.1"});
    begin();
    passTo(atMs(5));
    happen(action::SetAdmin{end("C:a"), false});
    passTo(atMs(6));
    reroute(a, noRoutes);
    EXPECT_THAT(holes(), ElementsAre("10.3.0.0/24 A interface down 5-6", "10.3.0.0/24 A no route 6-…"));
}

TEST_F(ForwardingWatchTest, AMoreSpecificPrefixIsAClassOfItsOwn) {
    route(a, "10.0.0.0/8", {"10.0.12.2"});
    route(b, "10.0.0.0/8", {"10.0.12.1"});
    route(a, "10.3.0.0/24", {"10.0.31.3"});
    route(b, "10.3.0.0/24", {"10.0.23.3"});
    begin();
    EXPECT_THAT(loops(), ElementsAre("10.0.0.0/8 A B 0-…"));
    passTo(atMs(5));
    reroute(a, {{"10.0.0.0/8", {"10.0.12.2"}}});
    passTo(atMs(6));
    reroute(b, {{"10.0.0.0/8", {"10.0.12.1"}}});
    EXPECT_EQ(loops().back(), "10.3.0.0/24 A B 6-…");
    EXPECT_EQ(told(watch->loops().back().cause), "RouteChanged at B");
    passTo(atMs(7));
    reroute(a, {{"10.0.0.0/8", {"10.0.12.2"}}, {"10.3.0.0/24", {"10.0.31.3"}}});
    EXPECT_EQ(loops().back(), "10.3.0.0/24 A B 6-7");
    EXPECT_EQ(loops().front(), "10.0.0.0/8 A B 0-…");
}

TEST_F(ForwardingWatchTest, APrefixWithoutAnAddressOfItsOwnHasNoLoops) {
    route(a, "10.8.0.0/15", {"10.0.12.2"});
    route(b, "10.8.0.0/15", {"10.0.12.1"});
    route(c, "10.8.0.0/16", {"null0"});
    begin();
    EXPECT_THAT(loops(), ElementsAre("10.8.0.0/15 A B 0-…", "10.8.0.0/16 A B 0-…"));
    passTo(atMs(5));
    reroute(c, {{"10.8.0.0/16", {"null0"}}, {"10.9.0.0/16", {"null0"}}});
    EXPECT_THAT(loops(), ElementsAre("10.8.0.0/15 A B 0-5", "10.8.0.0/16 A B 0-…", "10.9.0.0/16 A B 5-…"));
    passTo(atMs(6));
    reroute(c, {{"10.8.0.0/16", {"null0"}}});
    EXPECT_THAT(loops(), ElementsAre("10.8.0.0/15 A B 0-5", "10.8.0.0/16 A B 0-…", "10.9.0.0/16 A B 5-6",
                                     "10.8.0.0/15 A B 6-…"));
}

TEST_F(ForwardingWatchTest, FindsALoopOfDefaultRoutes) {
    route(a, "0.0.0.0/0", {"10.0.12.2"});
    begin();
    passTo(atMs(5));
    reroute(b, {{"0.0.0.0/0", {"10.0.12.1"}}});
    // Unknown destinations, and C's network, which neither of them has a route for.
    EXPECT_THAT(loops(), ElementsAre("0.0.0.0/0 A B 5-…", "10.3.0.0/24 A B 5-…"));
    EXPECT_EQ(told(watch->loops().at(1).cause), "RouteChanged at B");
    // Each of the two reaches the other's link to C.
    EXPECT_THAT(pairs(), ElementsAre("0: 7 of 11", "5: 8 of 11"));
}

TEST_F(ForwardingWatchTest, CountsReachablePairs) {
    // Three link networks with two routers of three each, and C's own network, which is elsewhere for A and
    // B.
    begin();
    EXPECT_THAT(pairs(), ElementsAre("0: 6 of 11"));
    passTo(atMs(5));
    reroute(a, {{"10.3.0.0/24", {"10.0.31.3"}}, {"10.0.23.0/24", {"10.0.12.2"}}});
    passTo(atMs(6));
    reroute(b, {{"10.3.0.0/24", {"10.0.12.1"}}});
    passTo(atMs(7));
    happen(action::SetSegment{stub, false});
    EXPECT_THAT(pairs(), ElementsAre("0: 6 of 11", "5: 8 of 11", "6: 9 of 11", "7: 7 of 9"));
}

TEST_F(ForwardingWatchTest, WhatLastsNoTimeIsNotReported) {
    route(a, "10.9.0.0/24", {"10.0.12.2"});
    begin();
    passTo(atMs(5));
    reroute(b, {{"10.9.0.0/24", {"10.0.12.1"}}, {"10.3.0.0/24", {"10.0.12.1"}}});
    EXPECT_THAT(loops(), ElementsAre("10.9.0.0/24 A B 5-…"));
    EXPECT_THAT(holes(), ElementsAre("10.3.0.0/24 A no route 5-…"));
    reroute(b, noRoutes);
    EXPECT_THAT(loops(), IsEmpty());
    EXPECT_THAT(holes(), IsEmpty());
    EXPECT_THAT(pairs(), ElementsAre("0: 6 of 11"));
}

TEST_F(ForwardingWatchTest, WhatIsInterruptedForNoTimeGoesOn) {
    route(a, "10.9.0.0/24", {"10.0.12.2"});
    route(b, "10.9.0.0/24", {"10.0.12.1"});
    begin();
    passTo(atMs(5));
    reroute(b, noRoutes);
    EXPECT_THAT(loops(), ElementsAre("10.9.0.0/24 A B 0-5"));
    reroute(b, {{"10.9.0.0/24", {"10.0.12.1"}}});
    EXPECT_THAT(loops(), ElementsAre("10.9.0.0/24 A B 0-…"));
    EXPECT_FALSE(watch->loops().at(0).endCause.isSome());
}

TEST_F(ForwardingWatchTest, EpisodesOfOneInstantAreOrderedByDestination) {
    route(a, "10.8.0.0/24", {"10.0.12.2"});
    route(a, "10.9.0.0/24", {"10.0.12.2"});
    begin();
    passTo(atMs(5));
    reroute(b, {{"10.9.0.0/24", {"10.0.12.1"}}});
    reroute(b, {{"10.9.0.0/24", {"10.0.12.1"}}, {"10.8.0.0/24", {"10.0.12.1"}}});
    EXPECT_THAT(loops(), ElementsAre("10.8.0.0/24 A B 5-…", "10.9.0.0/24 A B 5-…"));
    reroute(b, {{"10.9.0.0/24", {"10.0.12.1"}}});
    passTo(atMs(6));
    reroute(b, noRoutes);
    EXPECT_THAT(loops(), ElementsAre("10.9.0.0/24 A B 5-6"));
}

TEST_F(ForwardingWatchTest, OfSeveralCausesTheLastClosesALoopAndTheFirstOpensIt) {
    begin();
    passTo(atMs(5));
    const auto both = [&](const std::string& hopOfA, const std::string& hopOfB) {
        routes[a].offers.clear();
        routes[b].offers.clear();
        route(a, "10.9.0.0/24", {hopOfA});
        route(b, "10.9.0.0/24", {hopOfB});
        apply(configure(b));
        apply(configure(a));
        look();
    };
    both("10.0.12.2", "10.0.12.1");
    passTo(atMs(6));
    both("null0", "null0");
    EXPECT_THAT(loops(), ElementsAre("10.9.0.0/24 A B 5-6"));
    EXPECT_EQ(told(watch->loops().at(0).cause), "RouteChanged at A");
    EXPECT_EQ(told(watch->loops().at(0).endCause), "RouteChanged at B");
}

TEST_F(ForwardingWatchTest, CountsWhatIsLostInTheInstantThatAHoleBegins) {
    begin();
    passTo(atMs(5));
    send(b, udp("10.0.12.2", "10.3.0.1", 7));  // B is not a hole yet
    route(a, "10.3.0.0/24", {"10.0.12.2"});
    apply(configure(a));
    send(b, udp("10.0.12.2", "10.3.0.1", 7));
    look();
    EXPECT_THAT(holes(), ElementsAre("10.3.0.0/24 B no route 5-…"));
    EXPECT_EQ(watch->blackHoles().at(0).packetsLost, 1U);
}

TEST_F(ForwardingWatchTest, CountsPacketsThatDieInALoop) {
    route(a, "10.9.0.0/24", {"10.0.12.2"});
    route(a, "10.9.7.0/24", {"10.0.12.2"});
    route(b, "10.9.7.0/24", {"10.0.12.1"});
    begin();
    send(a, udp("", "10.9.0.1", 7));  // ends at B, for want of a route
    passTo(atMs(500));
    reroute(b, {{"10.9.0.0/24", {"10.0.12.1"}}, {"10.9.7.0/24", {"10.0.12.1"}}});
    send(a, udp("", "10.9.0.1", 7));
    send(b, udp("", "10.9.0.200", 7));
    send(a, udp("", "10.9.7.1", 7));  // another class
    passTo(atMs(1500));
    reroute(b, noRoutes);
    send(a, udp("", "10.9.0.1", 7));
    passTo(atMs(2500));
    EXPECT_THAT(loops(), ElementsAre("10.9.7.0/24 A B 0-1500", "10.9.0.0/24 A B 500-1500"));
    EXPECT_EQ(watch->loops().at(0).packetsLost, 1U);
    EXPECT_EQ(watch->loops().at(1).packetsLost, 2U);
}

TEST_F(ForwardingWatchTest, CountsPacketsThatDieInABlackHole) {
    route(a, "10.3.0.0/24", {"10.0.12.2"});
    begin();
    send(a, udp("", "10.3.0.1", 7));
    send(a, udp("", "10.3.0.77", 7));
    send(b, udp("10.0.12.2", "10.4.0.1", 7));  // no class at all
    passTo(atMs(500));
    reroute(b, {{"10.3.0.0/24", {"10.0.23.3"}}});
    send(a, udp("", "10.3.0.1", 7));
    passTo(atMs(1000));
    EXPECT_THAT(holes(), ElementsAre("10.3.0.0/24 B no route 0-500"));
    EXPECT_EQ(watch->blackHoles().at(0).packetsLost, 2U);
}

TEST_F(ForwardingWatchTest, SeesAnAddressGoWithAnInterfaceThatWasDownAlready) {
    const SegmentId dead = lan("dead", {"A:dead 10.5.0.1/24"});
    route(a, "10.5.0.1/32", {"10.0.12.2"});
    route(b, "10.5.0.1/32", {"10.0.12.1"});
    start();
    act(action::SetSegment{dead, false});
    watchFromNow();
    EXPECT_THAT(loops(), IsEmpty()) << "A still answers for it";
    passTo(atMs(5));
    happen(action::SetAdmin{end("A:dead"), false});
    EXPECT_THAT(loops(), ElementsAre("10.5.0.1/32 A B 5-…"));
    EXPECT_EQ(told(watch->loops().at(0).cause), "ActionTaken");
}

TEST_F(ForwardingWatchTest, SeesALinkThatIsAdded) {
    (void)topology.addInterface(a, "new", false, {InterfaceAddress::parse("10.5.0.1/24").value()}).value();
    route(a, "10.3.0.0/24", {"10.5.0.3"});
    begin();
    EXPECT_THAT(holes(), ElementsAre("10.3.0.0/24 A nobody on the link has the next hop's address 0-…"));
    passTo(atMs(5));
    action::AddSegment add;
    add.name = "new";
    add.ends = {{a, "new", {}}, {c, "new", {InterfaceAddress::parse("10.5.0.3/24").value()}}};
    happen(add);
    EXPECT_THAT(holes(), ElementsAre("10.3.0.0/24 A nobody on the link has the next hop's address 0-5"));
    // A has 10.5.0.0/24 for itself at first, so it is elsewhere for B and C only.
    EXPECT_THAT(pairs(), ElementsAre("0: 6 of 13", "5: 9 of 14"));
}

TEST_F(ForwardingWatchTest, WatchesFromTheFirstConfigurationOn) {
    route(a, "10.9.0.0/24", {"10.0.12.2"});
    route(b, "10.9.0.0/24", {"10.0.12.1"});
    sim.emplace(topology, SimulationOptions{});
    watchFromNow();
    EXPECT_THAT(pairs(), ElementsAre("0: 0 of 0"));
    for (const NodeId node : {a, b, c}) {
        apply(configure(node));
        look();
    }
    EXPECT_THAT(loops(), ElementsAre("10.9.0.0/24 A B 0-…"));
    EXPECT_THAT(pairs(), ElementsAre("0: 6 of 11"));
    EXPECT_EQ(findLoops(*sim).size(), 1U);
}

}  // namespace
}  // namespace peerscape

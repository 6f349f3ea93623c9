#include "protocols/eigrp/dual.hpp"

#include <gtest/gtest.h>

#include "tests/protocols/eigrp/dual_router.hpp"

namespace peerscape::eigrp::dual {
namespace {

TEST(DualDistance, PutsEveryExternalPathBehindEveryInternalOne) {
    EXPECT_LT(CompositeDistance(1'000'000), CompositeDistance::external(1));
    EXPECT_LT(CompositeDistance::external(1), CompositeDistance::external(2));
    EXPECT_LT(CompositeDistance::external(2), CompositeDistance::infinity());
    EXPECT_EQ(CompositeDistance::external(7).metric(), 7U);
    EXPECT_FALSE(CompositeDistance::infinity().isExternal());
}

TEST(DualPaths, KeepOnePathPerSourceInOrderAndCopiesApart) {
    const auto path = [](std::uint16_t source, std::uint64_t distance) {
        return Path{CompositeDistance(distance), CompositeDistance(1), AttributesId(7), NeighborId(source)};
    };
    PathList list;
    EXPECT_TRUE(list.all().empty());
    list.set(path(5, 50));
    list.set(path(2, 20));
    list.set(path(9, 90));
    const PathList copy = list;
    list.set(path(5, 55));
    list.erase(NeighborId(2));
    list.erase(NeighborId(3));
    EXPECT_EQ(std::vector<Path>(list.all().begin(), list.all().end()),
              (std::vector<Path>{path(5, 55), path(9, 90)}));
    EXPECT_EQ(std::vector<Path>(copy.all().begin(), copy.all().end()),
              (std::vector<Path>{path(2, 20), path(5, 50), path(9, 90)}));
    list.erase(NeighborId(5));
    list.erase(NeighborId(9));
    EXPECT_TRUE(list.all().empty());
    EXPECT_NE(copy.find(NeighborId(9)), nullptr);
}

TEST(Dual, TellsItsFirstPathToTheOthersAndPoisonOnlyToWhoWasTold) {
    DualRouter router(3);
    EXPECT_EQ(router.play("update 1 10 20"), "IE2 P>P; route; update 2 20; update 3 20");
    EXPECT_EQ(router.play("update 2 8 18"), "IE2 P>P; route; update 1 18; update 2 inf; update 3 18");
    EXPECT_EQ(router.text(), "Passive FD 18 told 18 by 2");
}

TEST(Dual, FeasibleSuccessorTakesOverWithoutAnyQuery) {
    DualRouter router(3);
    router.play("update 1 10 20; update 2 15 30");
    EXPECT_EQ(router.play("lose 1"), "IE2 P>P; route; update 2 inf; update 3 30");
    EXPECT_EQ(router.text(), "Passive FD 20 told 30 by 2") << "FD does not rise without a computation";
}

TEST(Dual, WithoutFeasibleSuccessorAsksAndTakesTheBestReply) {
    DualRouter router(3);
    router.play("update 1 10 20; update 2 25 35");
    EXPECT_EQ(router.play("lose 1"), "IE4 P>1; route; query 2 inf; query 3 inf; start");
    EXPECT_EQ(router.awaited(), "2 3");
    EXPECT_EQ(router.text(), "Active 1 FD inf told inf by");
    EXPECT_EQ(router.play("reply 2 25 35"), "IE8 1>1");
    EXPECT_EQ(router.play("reply 3 21 31"), "stop; IE15 1>P; route; update 2 31");
    EXPECT_EQ(router.text(), "Passive FD 31 told 31 by 3");
}

TEST(Dual, GoesActiveWhenTheLeastPathIsNotFeasibleAlthoughAnotherOneIs) {
    DualRouter router(3);
    router.play("update 1 10 20; update 2 19 60; update 3 20 30");
    EXPECT_EQ(router.play("lose 1"), "IE4 P>1; route; query 2 inf; query 3 inf; start");
    EXPECT_EQ(router.play("reply 2 19 60; reply 3 20 30"), "stop; IE15 1>P; route; update 2 30");
}

TEST(Dual, TellsTheFrozenDistanceToWhoAsksAndKeepsTheSuccessorWhileActive) {
    DualRouter router(3);
    router.play("update 1 10 20; update 2 25 35; update 1 30 40");
    EXPECT_EQ(router.play("query 2 inf inf"), "IE6 1>1; reply 2 40");
    EXPECT_EQ(router.play("update 3 1 2"), "IE7 1>1");
    EXPECT_EQ(router.text(), "Active 1 FD 40 told 40 by 1") << "a better path has to wait";
}

TEST(Dual, AnswersTheSuccessorThatAsksWhileActiveOnlyInTheEnd) {
    DualRouter router(3);
    router.play("update 1 10 20; update 2 25 35; update 1 30 40");
    EXPECT_EQ(router.play("query 1 inf inf"), "IE5 1>2; route");
    EXPECT_EQ(router.text(), "Active 2 FD 40 told 40 by")
        << "its path is gone, though it is still waited for";
    router.play("reply 1 inf inf; reply 3 inf inf");
    EXPECT_EQ(router.play("reply 2 25 35"), "stop; IE16 2>P; route; reply 1 35; update 2 inf; update 3 35");
}

TEST(Dual, AsksAgainWhenFeasibilityFailsAfterChangesInTheMeantime) {
    DualRouter router(2);
    router.play("update 1 10 20; update 1 30 40; update 1 50 60; reply 2 45 55");
    EXPECT_EQ(router.text(), "Active 0 FD 40 told 40 by 1");
    EXPECT_EQ(router.play("reply 1 50 60"), "stop; IE11 0>1; query 1 inf; query 2 60; start");
    EXPECT_EQ(router.play("reply 1 50 60; reply 2 45 55"),
              "stop; IE15 1>P; route; update 1 55; update 2 inf");
    EXPECT_EQ(router.text(), "Passive FD 55 told 55 by 2");
}

TEST(Dual, CountsALostNeighbourAsReplyOfInfinity) {
    DualRouter router(3);
    router.play("update 1 10 20; update 2 25 35; lose 1; reply 2 25 35");
    EXPECT_EQ(router.awaited(), "3");
    EXPECT_EQ(router.play("lose 3"), "stop; IE15 1>P; route");
    EXPECT_EQ(router.text(), "Passive FD 35 told 35 by 2");
}

TEST(Dual, OwesNothingToASuccessorThatIsLostWhileItWaits) {
    DualRouter router(3);
    router.play("update 1 10 20; query 1 inf inf");
    EXPECT_EQ(router.play("lose 1"), "IE10 3>2; IE7 2>2");
    router.play("reply 2 inf inf");
    EXPECT_EQ(router.play("reply 3 30 40"), "stop; IE16 2>P; route; update 2 40");
}

TEST(Dual, ForgetsADestinationThatNobodyHas) {
    DualRouter router(2);
    router.play("update 1 10 20; lose 1");
    EXPECT_EQ(router.play("reply 2 inf inf"), "stop; IE15 1>P; route");
    EXPECT_EQ(router.text(), "unknown");
    EXPECT_TRUE(router.table().entries().empty());
    EXPECT_EQ(router.table().activeCount(), 0U);
}

TEST(Dual, EndsAtOnceWhenThereIsNobodyToAsk) {
    DualRouter router(1);
    router.play("update 1 10 20");
    EXPECT_EQ(router.play("query 1 inf inf"), "IE3 P>3; route; IE13 3>P; route; reply 1 inf");
    EXPECT_EQ(router.text(), "unknown");
}

TEST(Dual, AnswersAQueryAboutTheUnknownWithInfinity) {
    DualRouter router(2);
    EXPECT_EQ(router.play("query 1 inf inf"), "reply 1 inf");
    EXPECT_EQ(router.text(), "unknown");
    EXPECT_EQ(router.play("reply 2 inf inf"), "");
    EXPECT_EQ(router.play("query 1 10 20"), "IE1 P>P; route; reply 1 inf; update 2 20")
        << "what the query tells is a path";
}

TEST(Dual, UsesAllPathsOfLeastDistanceAndListsTheOtherFeasibleOnes) {
    DualRouter router(4);
    router.play("update 3 10 20; update 1 12 20; update 2 15 30; update 4 20 25");
    EXPECT_EQ(router.text(), "Passive FD 20 told 20 by 3 1") << "the first that came stays the successor";
    std::vector<int> feasible;
    for (const Path& path : TopologyTable::feasiblePaths(*router.table().find(kNetwork)))
        feasible.push_back(path.source.value());
    EXPECT_EQ(feasible, (std::vector{1, 2, 3}));
    EXPECT_EQ(router.play("lose 3"), "IE2 P>P; route; update 1 inf");
    EXPECT_EQ(router.text(), "Passive FD 20 told 20 by 1");
}

TEST(Dual, AsksNoStubButTellsItWhatCameOfIt) {
    DualRouter router(2);
    router.add(3, {.interface = InterfaceId(3), .isStub = true});
    router.play("update 1 10 20");
    EXPECT_EQ(router.play("update 1 30 40"), "IE4 P>1; route; query 1 inf; query 2 40; start");
    EXPECT_EQ(router.play("reply 2 inf inf; reply 1 30 40"), "stop; IE15 1>P; route; update 3 40");
}

// Otherwise a stale distance of neighbour 2, or of ours at neighbour 2, could be used after the computation:
// on LANs that lose packets there were loops, and routers that waited for each other.
TEST(Dual, AsksAllButTheSuccessorThatAsksOnItsInterfaceAsWell) {
    DualRouter router(1);
    router.add(2, {.interface = InterfaceId(1)});
    router.add(3, {.interface = InterfaceId(3)});
    router.play("update 1 10 20");
    EXPECT_EQ(router.play("query 1 inf inf"), "IE3 P>3; route; query 2 inf; query 3 inf; start");
}

TEST(Dual, WithoutSplitHorizonAsksAndTellsAllButWhoAsks) {
    DualRouter router(0);
    router.add(1, {.interface = InterfaceId(1), .splitHorizon = false});
    router.add(2, {.interface = InterfaceId(1), .splitHorizon = false});
    EXPECT_EQ(router.play("update 1 10 20"), "IE2 P>P; route; update 1 20; update 2 20");
    EXPECT_EQ(router.play("query 1 30 40"), "IE3 P>3; route; query 2 40; start");
}

TEST(Dual, PrefersItsOwnPathAndAsksWhenThatIsGone) {
    DualRouter router(2);
    EXPECT_EQ(router.play("connected 5"), "IE2 P>P; route; update 1 5; update 2 5");
    router.play("update 1 10 20");
    EXPECT_EQ(router.text(), "Passive FD 5 told 5 by connected");
    EXPECT_EQ(router.play("connected 8"), "IE2 P>P; route; update 1 8; update 2 8");
    EXPECT_EQ(router.play("connected inf"), "IE4 P>1; route; query 1 inf; query 2 inf; start");
    EXPECT_EQ(router.play("connected 7"), "IE7 1>1; route");
    EXPECT_EQ(router.play("reply 1 inf inf; reply 2 inf inf"),
              "stop; IE15 1>P; route; update 1 7; update 2 7");
}

TEST(Dual, TellsAgainWhenOnlyTheAttributesOfTheSuccessorChange) {
    DualRouter router(2);
    router.play("update 1 10 20");
    Effects effects;
    const Offer offer{CompositeDistance(10), CompositeDistance(20), AttributesId(2)};
    router.table().receive(kNetwork, DualRouter::id(1), Message::Update, offer, effects);
    EXPECT_EQ(textOf(effects), "IE2 P>P; route; update 2 20");
    EXPECT_EQ(std::get<Send>(effects.back().effect).attributes, AttributesId(2));
    effects.clear();
    router.table().receive(kNetwork, DualRouter::id(1), Message::Update, offer, effects);
    EXPECT_EQ(textOf(effects), "IE2 P>P");
}

TEST(Dual, SendsTheFrozenAttributesWhileActive) {
    DualRouter router(3);
    router.play("update 1 10 20; update 1 30 40");
    Effects effects;
    const Offer offer{CompositeDistance(31), CompositeDistance(39), AttributesId(5)};
    router.table().receive(kNetwork, DualRouter::id(1), Message::Update, offer, effects);
    const Send told = router.table().tellOf(kNetwork, DualRouter::id(2), Message::Reply);
    EXPECT_EQ(told.reported, CompositeDistance(40));
    EXPECT_EQ(told.attributes, AttributesId(1));
}

TEST(Dual, LosesANeighbourOfManyDestinationsInTheirOrder) {
    DualRouter router(2);
    const Prefix second = *Prefix::parse("10.2.0.0/16");
    const Offer offer{CompositeDistance(10), CompositeDistance(20), AttributesId(1)};
    Effects effects;
    router.table().receive(kNetwork, DualRouter::id(1), Message::Update, offer, effects);
    router.table().receive(second, DualRouter::id(1), Message::Update, offer, effects);
    const TopologyTable before = router.table();
    effects.clear();
    router.table().loseNeighbor(DualRouter::id(1), effects);
    EXPECT_EQ(textOf(effects), "IE4 P>1; route; query 2 inf; start; IE4 P>1; route; query 2 inf; start");
    EXPECT_EQ(effects.front().prefix, second);
    EXPECT_EQ(effects.back().prefix, kNetwork);
    EXPECT_EQ(router.table().activeCount(), 2U);
    EXPECT_EQ(before.activeCount(), 0U) << "a copy is a checkpoint";
    EXPECT_EQ(TopologyTable::route(*before.find(second)).size(), 1U);
}

/// Stuck in active: RFC 7868, 4.4.1.1.
TEST(DualSia, AsksForASignOfLifeThreeTimesAndGivesUp) {
    DualRouter router(3);
    router.play("update 1 10 20; lose 1; reply 2 25 35");
    for (int i = 0; i < kMostSiaQueries; ++i) {
        EXPECT_EQ(router.play("half"), "sia-query 3 inf");
        EXPECT_EQ(router.play("sia-reply 3 inf inf"), "IE7 1>1");
    }
    EXPECT_EQ(router.play("half"), "stuck 3");
    EXPECT_EQ(router.play("lose 3"), "stop; IE15 1>P; route");
    EXPECT_EQ(router.play("half"), "");
}

TEST(DualSia, GivesUpAtOnceWhereNoSiaReplyComes) {
    DualRouter router(3);
    router.play("update 1 10 20; lose 1");
    EXPECT_EQ(router.play("half"), "sia-query 2 inf; sia-query 3 inf");
    router.play("sia-reply 2 inf inf");
    EXPECT_EQ(router.play("half"), "sia-query 2 inf; stuck 3");
}

TEST(DualSia, StillActiveAnswersTheSuccessorWithSiaReply) {
    DualRouter router(3);
    router.play("update 1 10 20; query 1 30 40");
    EXPECT_EQ(router.play("sia-query 1 30 40"), "IE7 3>3; sia-reply 1 inf");
    EXPECT_EQ(router.play("sia-query 2 60 70"), "IE6 3>3; reply 2 40") << "we owe this one nothing";
}

TEST(DualSia, PassiveAnswersWithReply) {
    DualRouter router(2);
    router.play("update 1 10 20");
    EXPECT_EQ(router.play("sia-query 2 inf inf"), "IE1 P>P; reply 2 20");
    EXPECT_EQ(router.play("sia-query 1 inf inf"), "IE3 P>3; route; query 2 inf; start; sia-reply 1 inf");
}

}  // namespace
}  // namespace peerscape::eigrp::dual

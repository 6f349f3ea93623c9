#include "protocols/eigrp/pending_routes.hpp"

#include <map>
#include <set>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace peerscape::eigrp {
namespace {

using dual::Message;
using dual::NeighborId;

constexpr std::optional<NeighborId> kToAll = std::nullopt;
constexpr std::optional<NeighborId> kToA = NeighborId(0);
constexpr std::optional<NeighborId> kToB = NeighborId(1);

Prefix network(std::uint32_t number) { return {IpAddress::v4(0x0a000000U + number * 256), 24}; }

PendingRoute route(std::uint32_t number, std::optional<NeighborId> to, Message message,
                   std::uint64_t distance = 100) {
    return {network(number), to, message, dual::CompositeDistance(distance), dual::AttributesId(0)};
}

/// One packet of at most `most` routes: "query to 1: 3/100 4/100", or "nothing".
std::string take(PendingRoutes& pending, std::set<std::optional<NeighborId>> ready = {kToAll, kToA, kToB},
                 std::size_t most = 10) {
    std::string text;
    std::size_t count = 0;
    pending.takePacket([&](std::optional<NeighborId> to) { return ready.contains(to); },
                       [&](const PendingRoute& r) {
                           if (count == most) return false;
                           if (count++ == 0)
                               text = fmt::format("{} to {}:", name(r.message),
                                                  r.to ? std::to_string(r.to->value()) : "all");
                           const auto number = (r.prefix.address().v4Number() - 0x0a000000U) / 256;
                           text += fmt::format(" {}/{}", number, r.reported.metric());
                           return true;
                       });
    return count == 0 ? "nothing" : text;
}

TEST(EigrpPendingRoutes, WaitTogetherForOnePacket) {
    PendingRoutes pending;
    EXPECT_TRUE(pending.isEmpty());
    pending.add(route(1, kToA, Message::Update));
    pending.add(route(2, kToA, Message::Update));
    EXPECT_EQ(take(pending), "update to 0: 1/100 2/100");
    EXPECT_TRUE(pending.isEmpty());
    EXPECT_EQ(take(pending), "nothing");
}

TEST(EigrpPendingRoutes, WhatDoesNotFitFollowsInTheNextPacket) {
    PendingRoutes pending;
    for (std::uint32_t i = 1; i <= 5; ++i)
        pending.add(route(i, kToA, Message::Update));
    EXPECT_EQ(take(pending, {kToA}, 3), "update to 0: 1/100 2/100 3/100");
    EXPECT_EQ(take(pending, {kToA}, 3), "update to 0: 4/100 5/100");
}

TEST(EigrpPendingRoutes, OfSeveralUpdatesOnlyTheLastIsTold) {
    PendingRoutes pending;
    pending.add(route(1, kToA, Message::Update, 300));
    pending.add(route(2, kToA, Message::Update));
    pending.add(route(1, kToA, Message::Update, 200));
    EXPECT_EQ(take(pending), "update to 0: 2/100 1/200");
}

TEST(EigrpPendingRoutes, AQueryStandsForTheUpdateBeforeIt) {
    PendingRoutes pending;
    pending.add(route(1, kToA, Message::Update, 300));
    pending.add(route(1, kToA, Message::Query, 400));
    EXPECT_EQ(take(pending), "query to 0: 1/400");
    EXPECT_TRUE(pending.isEmpty());
}

TEST(EigrpPendingRoutes, QueriesAndRepliesAreAllToldInTheirOrder) {
    PendingRoutes pending;
    pending.add(route(1, kToA, Message::Reply, 300));
    pending.add(route(1, kToA, Message::Query, 400));
    pending.add(route(1, kToA, Message::Update, 500));
    pending.add(route(1, kToA, Message::Update, 600));
    EXPECT_EQ(take(pending), "reply to 0: 1/300");
    EXPECT_EQ(take(pending), "query to 0: 1/400");
    EXPECT_EQ(take(pending), "update to 0: 1/600");
}

TEST(EigrpPendingRoutes, QueriesAndRepliesGoBeforeUpdates) {
    PendingRoutes pending;
    pending.add(route(1, kToA, Message::Update));
    pending.add(route(2, kToA, Message::Query));
    pending.add(route(3, kToA, Message::Reply));
    pending.add(route(4, kToA, Message::Query));
    EXPECT_EQ(take(pending), "query to 0: 2/100 4/100");
    EXPECT_EQ(take(pending), "reply to 0: 3/100");
    EXPECT_EQ(take(pending), "update to 0: 1/100");
}

TEST(EigrpPendingRoutes, OtherNetworksMayOvertakeAndTheSameMayNot) {
    PendingRoutes pending;
    pending.add(route(1, kToB, Message::Update));
    pending.add(route(2, kToA, Message::Query));
    pending.add(route(2, kToB, Message::Update));
    pending.add(route(3, kToB, Message::Update));
    EXPECT_EQ(take(pending, {kToB}), "update to 1: 1/100 3/100");
    EXPECT_EQ(take(pending, {kToB}), "nothing");
    EXPECT_EQ(take(pending), "query to 0: 2/100");
    EXPECT_EQ(take(pending), "update to 1: 2/100");
}

TEST(EigrpPendingRoutes, OfUpdatesTheNearNetworksGoFirst) {
    PendingRoutes pending;
    pending.add({network(1), kToA, Message::Update, {}, {}});
    pending.add(route(2, kToA, Message::Update, 3'000'000));
    pending.add(route(3, kToA, Message::Update, 2000));
    pending.add(route(4, kToA, Message::Update, 4000));
    pending.add(route(5, kToA, Message::Update, 0));
    const auto infinity = std::to_string(UINT64_MAX);
    EXPECT_EQ(take(pending, {kToA}, 3), "update to 0: 5/0 3/2000 4/4000");
    EXPECT_EQ(take(pending, {kToA}, 3), "update to 0: 2/3000000 1/" + infinity);
}

TEST(EigrpPendingRoutes, OfNetworksAboutAsNearTheOldestGoesFirst) {
    PendingRoutes pending;
    pending.add(route(1, kToA, Message::Update, 1030));
    pending.add(route(2, kToA, Message::Update, 1025));
    EXPECT_EQ(take(pending), "update to 0: 1/1030 2/1025");
}

TEST(EigrpPendingRoutes, AnUpdateTakesItsNewTurnWhenTheDistanceChanges) {
    PendingRoutes pending;
    for (std::uint32_t i = 1; i <= 20; ++i)
        pending.add(route(i, kToA, Message::Update, 5000));
    pending.add(route(15, kToA, Message::Update, 1000));
    pending.add(route(1, kToA, Message::Update, 90000));
    pending.add(route(2, kToA, Message::Update, 90000));
    pending.add(route(2, kToA, Message::Update, 5001));
    EXPECT_EQ(take(pending, {kToA}, 3), "update to 0: 15/1000 2/5001 3/5000");
    std::size_t more = 0;
    std::string last;
    for (std::string packet; (packet = take(pending, {kToA}, 1)) != "nothing"; ++more)
        last = packet;
    EXPECT_EQ(more, 17U);
    EXPECT_EQ(last, "update to 0: 1/90000");
}

TEST(EigrpPendingRoutes, ANeighborThatIsNotReadyDoesNotHoldUpOthers) {
    PendingRoutes pending;
    pending.add(route(1, kToA, Message::Update));
    pending.add(route(1, kToB, Message::Update));
    pending.add(route(2, kToB, Message::Update));
    // About network 1 the order is kept, even between different neighbours: one of them may be "all".
    EXPECT_EQ(take(pending, {kToB}), "update to 1: 2/100");
    EXPECT_EQ(take(pending, {}), "nothing");
    EXPECT_EQ(take(pending), "update to 0: 1/100");
    EXPECT_EQ(take(pending), "update to 1: 1/100");
}

TEST(EigrpPendingRoutes, TheOrderAboutANetworkIsKeptHoweverManyComeAndGo) {
    PendingRoutes pending;
    for (std::uint32_t i = 100; i < 130; ++i)
        pending.add(route(i, kToB, Message::Query));
    pending.add(route(1, kToA, Message::Query));
    take(pending, {kToB}, 100);
    pending.add(route(1, kToB, Message::Query));
    for (std::uint32_t i = 200; i < 300; ++i)
        pending.add(route(i, kToA, Message::Reply));
    pending.add(route(1, kToAll, Message::Query));
    EXPECT_EQ(take(pending, {kToAll, kToB}), "nothing");
    EXPECT_EQ(take(pending, {kToA}), "query to 0: 1/100");
    EXPECT_EQ(take(pending, {kToAll}), "nothing");
    EXPECT_EQ(take(pending, {kToB}), "query to 1: 1/100");
    EXPECT_EQ(take(pending, {kToAll}), "query to all: 1/100");
}

TEST(EigrpPendingRoutes, WhatALostNeighborWasToBeToldIsForgotten) {
    PendingRoutes pending;
    pending.add(route(1, kToA, Message::Query));
    pending.add(route(2, kToB, Message::Query));
    pending.add(route(3, kToAll, Message::Query));
    pending.forget(*kToA);
    EXPECT_EQ(take(pending), "query to 1: 2/100");
    EXPECT_EQ(take(pending), "query to all: 3/100");
    EXPECT_TRUE(pending.isEmpty());
}

TEST(EigrpPendingRoutes, KnowWhenEverythingUpToAPointIsTold) {
    PendingRoutes pending;
    EXPECT_TRUE(pending.areToldBefore(pending.mark()));
    pending.add(route(1, kToA, Message::Update, 500));
    const std::uint32_t mark = pending.mark();
    pending.add(route(2, kToA, Message::Query));
    pending.add(route(3, kToA, Message::Update, 5));
    const std::uint32_t later = pending.mark();
    EXPECT_EQ(take(pending), "query to 0: 2/100");
    EXPECT_EQ(take(pending, {kToA}, 1), "update to 0: 3/5");
    EXPECT_FALSE(pending.areToldBefore(mark));
    EXPECT_EQ(take(pending), "update to 0: 1/500");
    EXPECT_TRUE(pending.areToldBefore(mark));
    EXPECT_TRUE(pending.areToldBefore(later));
}

TEST(EigrpPendingRoutes, WhatAQueryStandsForOrALostNeighborNeedsNotIsWaitedForNoMore) {
    PendingRoutes pending;
    pending.add(route(1, kToA, Message::Update));
    pending.add(route(2, kToB, Message::Update));
    const std::uint32_t mark = pending.mark();
    pending.add(route(1, kToA, Message::Query));
    EXPECT_FALSE(pending.areToldBefore(mark));
    pending.forget(*kToB);
    EXPECT_TRUE(pending.areToldBefore(mark));
    EXPECT_EQ(take(pending), "query to 0: 1/100");
}

TEST(EigrpPendingRoutes, ThousandsOfUpdatesAreToldOnceEachAsTheyAreLast) {
    PendingRoutes pending;
    std::map<std::uint32_t, std::uint64_t> waiting;
    std::uint64_t state = 1;
    for (std::uint32_t i = 0; i < 20000; ++i) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        const auto network = static_cast<std::uint32_t>(state >> 33) % 500;
        const std::uint64_t distance = (state >> 20) % 1'000'000;
        pending.add(route(network, kToA, Message::Update, distance));
        waiting[network] = distance;
        ASSERT_EQ(pending.size(), waiting.size());
        if (i % 9 != 0 && i != 19999) continue;
        pending.takePacket([](auto) { return true; },
                           [&, taken = 0U](const PendingRoute& r) mutable {
                               if (++taken > 7 && i != 19999) return false;
                               const auto number = (r.prefix.address().v4Number() - 0x0a000000U) / 256;
                               EXPECT_EQ(waiting[number], r.reported.metric());
                               waiting.erase(number);
                               return true;
                           });
    }
    EXPECT_TRUE(waiting.empty());
    EXPECT_TRUE(pending.isEmpty());
}

/// A few and many in turns, as between quiet times and a failure; each network's news comes twice.
TEST(EigrpPendingRoutes, HavingBeenEmptyTheyAreAsNew) {
    PendingRoutes pending;
    for (const std::uint32_t count : {20U, 3U, 12U, 5U, 40U, 2U, 9U}) {
        std::string wanted = "update to 0:";
        for (std::uint32_t i = 1; i <= count; ++i) {
            pending.add(route(i, kToA, Message::Update, 5000));
            pending.add(route(i, kToA, Message::Update, 100));
            wanted += fmt::format(" {}/100", i);
        }
        EXPECT_EQ(pending.size(), count);
        EXPECT_EQ(take(pending, {kToA}, count), wanted);
        EXPECT_TRUE(pending.isEmpty());
        EXPECT_EQ(take(pending), "nothing");
    }
}

TEST(EigrpPendingRoutes, ThousandsPassThroughInOrder) {
    PendingRoutes pending;
    std::string told;
    std::string expected;
    for (std::uint32_t i = 0; i < 3000; ++i) {
        pending.add(route(i % 1000, kToA, i % 3 == 0 ? Message::Query : Message::Reply, i));
        expected += fmt::format(" {}/{}", i % 1000, i);
        if (i % 7 != 0) continue;
        const std::string packet = take(pending, {kToA}, 1);
        told += packet.substr(packet.find(':') + 1);
    }
    while (!pending.isEmpty()) {
        const std::string packet = take(pending, {kToA}, 1);
        told += packet.substr(packet.find(':') + 1);
    }
    EXPECT_EQ(told, expected);
}

}  // namespace
}  // namespace peerscape::eigrp

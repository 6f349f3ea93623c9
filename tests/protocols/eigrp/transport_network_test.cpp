#include "tests/protocols/eigrp/transport_network.hpp"

#include <gtest/gtest.h>

namespace peerscape::eigrp {
namespace {

using namespace test;

constexpr Duration kLongHold = Duration::seconds(600);
constexpr Weather kFair{};
constexpr Weather kStorm{.lost = 30,
                         .copied = 20,
                         .corrupted = 5,
                         .least = Duration::milliseconds(1),
                         .most = Duration::milliseconds(300)};

/// Weather between fair and storm.
Weather weatherOf(RandomStream& random) {
    Weather weather;
    weather.lost = static_cast<int>(random.below(31));
    weather.copied = static_cast<int>(random.below(31));
    weather.corrupted = static_cast<int>(random.below(6));
    weather.most = random.between(Duration::milliseconds(1), Duration::milliseconds(400));
    return weather;
}

/// For about this time somebody tells all, or one, every so often.
void talk(TransportNetwork& network, Duration time) {
    RandomStream& random = network.random();
    for (const SimTime end = network.now() + time; network.now() < end;) {
        const std::size_t from = random.below(network.size());
        const std::size_t to = random.below(network.size());
        const bool toAll = to == from || random.below(2) == 0;
        network.handOver(from, toAll ? std::nullopt : std::optional(to));
        network.run(random.between(Duration{}, Duration::milliseconds(random.below(4) == 0 ? 4000 : 300)));
    }
}

void allSeeds(std::size_t routers, int seeds) {
    for (int seed = 0; seed < seeds; ++seed) {
        SCOPED_TRACE(testing::Message() << routers << " routers, seed " << seed);
        RandomStream random(static_cast<std::uint64_t>(seed), "transport", "weather");
        TransportNetwork network(routers, static_cast<std::uint64_t>(seed), weatherOf(random), kLongHold);
        talk(network, Duration::seconds(60));
        network.setWeather(kFair);
        ASSERT_TRUE(network.settlesWithin(Duration::seconds(60)));
        network.expectEverythingDelivered();
        ASSERT_EQ(network.downs(), 0);
        if (testing::Test::HasFailure()) return;
    }
}

TEST(EigrpTransportNetwork, EverythingArrivesOnceAndInOrderOnALink) { allSeeds(2, 150); }
TEST(EigrpTransportNetwork, EverythingArrivesOnceAndInOrderOnALan) {
    allSeeds(3, 100);
    allSeeds(6, 30);
}

TEST(EigrpTransportNetwork, NeighborsComeUpThroughAnyWeather) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        TransportNetwork network(4, seed, kStorm, kLongHold);
        EXPECT_TRUE(network.settlesWithin(Duration::seconds(120))) << "seed " << seed;
        EXPECT_EQ(network.downs(), 0);
    }
}

TEST(EigrpTransportNetwork, InFairWeatherNeighborsAreUpWithinMilliseconds) {
    TransportNetwork network(5, 1, kFair, Duration::seconds(15));
    network.run(Duration::seconds(5));  // the last one has started by then
    EXPECT_TRUE(network.settlesWithin(Duration::milliseconds(100)));
    network.expectEverythingDelivered();
    network.run(Duration::minutes(10));
    EXPECT_TRUE(network.isIdle());
    EXPECT_EQ(network.downs(), 0);
}

TEST(EigrpTransportNetwork, AdjacenciesThatComeAndGoDeliverEverythingOfTheLastSession) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        TransportNetwork network(4, seed, kStorm, Duration::seconds(15));
        for (int i = 0; i < 5; ++i) {
            talk(network, Duration::seconds(15));
            const std::size_t one = network.random().below(4);
            network.reset(one, (one + 1 + network.random().below(3)) % 4);
            talk(network, Duration::seconds(15));
            network.restart(network.random().below(4));
        }
        network.setWeather(kFair);
        talk(network, Duration::seconds(120));
        ASSERT_TRUE(network.settlesWithin(Duration::seconds(60)));
        network.expectEverythingDelivered();
        EXPECT_GT(network.downs(), 0);
        if (testing::Test::HasFailure()) return;
    }
}

TEST(EigrpTransportNetwork, ACopyGoesTheSameWay) {
    TransportNetwork network(4, 3, kStorm, kLongHold);
    talk(network, Duration::seconds(30));
    TransportNetwork copy = network;
    for (TransportNetwork* one : {&network, &copy}) {
        talk(*one, Duration::seconds(30));
        one->setWeather(kFair);
        ASSERT_TRUE(one->settlesWithin(Duration::seconds(60)));
        one->expectEverythingDelivered();
    }
    EXPECT_EQ(network.now(), copy.now());
    EXPECT_EQ(network.random(), copy.random());
}

}  // namespace
}  // namespace peerscape::eigrp

#include "engine/sim/load_meter.hpp"

#include <gtest/gtest.h>

#include "engine/base/random.hpp"

namespace peerscape {
namespace {

constexpr WireState kFastWire{};
SimTime atSecond(std::int64_t seconds) { return SimTime::after(Duration::seconds(seconds)); }

/// 1000 bytes ten times a second: 80 kbit/s.
void sendSteadily(LoadMeter& meter, std::int64_t from, std::int64_t to) {
    for (std::int64_t tick = from * 10; tick < to * 10; ++tick)
        meter.send(1000, SimTime::after(Duration::milliseconds(tick * 100)), kFastWire);
}
std::uint64_t rateAt(const LoadMeter& meter, std::int64_t seconds) {
    return meter.traffic(atSecond(seconds), kFastWire).outputRate;
}

TEST(LoadMeter, TheAverageGoesAThirdOfTheWayLessThanOneInEveryInterval) {
    for (const std::int64_t interval : {30, 300, 600}) {
        LoadMeter meter(Duration::seconds(interval), atSecond(0));
        sendSteadily(meter, 0, 5 * interval);
        LoadMeter early(Duration::seconds(interval), atSecond(0));
        sendSteadily(early, 0, interval);
        EXPECT_NEAR(static_cast<double>(rateAt(early, interval)), 80'000 * (1 - 0.367879), 1) << interval;
        EXPECT_NEAR(static_cast<double>(rateAt(meter, 5 * interval)), 80'000 * (1 - 0.006738), 1) << interval;
    }
}

TEST(LoadMeter, NothingIsKnownBeforeTheFirstSample) {
    LoadMeter meter(Duration::seconds(30), atSecond(0));
    sendSteadily(meter, 0, 5);
    EXPECT_EQ(meter.traffic(SimTime::after(Duration::milliseconds(4999)), kFastWire).outputRate, 0U);
    EXPECT_GT(rateAt(meter, 5), 0U);
}

TEST(LoadMeter, SilenceIsForgottenInTheEndHoweverLateSomebodyAsks) {
    LoadMeter meter(Duration::seconds(30), atSecond(0));
    sendSteadily(meter, 0, 300);
    EXPECT_NEAR(static_cast<double>(rateAt(meter, 330)), 80'000 * 0.367879, 5);
    EXPECT_EQ(rateAt(meter, 3'600), 0U);
    EXPECT_EQ(rateAt(meter, 1'000'000'000), 0U);
}

TEST(LoadMeter, WhoeverAsksChangesNothing) {
    LoadMeter asked(Duration::seconds(30), atSecond(0));
    LoadMeter left(Duration::seconds(30), atSecond(0));
    RandomStream random(1, "meter", "test");
    std::int64_t now = 0;
    for (int i = 0; i < 500; ++i) {
        now += static_cast<std::int64_t>(random.below(4));
        const std::uint64_t bytes = random.below(100'000);
        asked.send(bytes, atSecond(now), kFastWire);
        left.send(bytes, atSecond(now), kFastWire);
        (void)asked.traffic(atSecond(now + 7), kFastWire);
        asked.hear(random.below(4) != 0, atSecond(now), kFastWire);
    }
    EXPECT_EQ(rateAt(asked, now + 60), rateAt(left, now + 60))
        << "samples are taken late, but as of their time";
    EXPECT_LT(asked.traffic(atSecond(now), kFastWire).reliability, 255);
}

TEST(LoadMeter, AQueueCountsWhenItLeavesAndNeverAsMoreThanTheWireCarries) {
    const Bandwidth megabit = Bandwidth::bitsPerSecond(1'000'000);
    LoadMeter meter(Duration::seconds(30), atSecond(0));
    meter.send(2'500'000, atSecond(0), {atSecond(0), megabit});
    const WireState busy{atSecond(20), megabit};
    const double share = 1 - 0.846482;  // e^(-5/30) stays of what was
    double expected = 0;
    for (std::int64_t second = 5; second <= 40; second += 5) {
        expected += ((second <= 20 ? 1'000'000 : 0) - expected) * share;
        EXPECT_NEAR(static_cast<double>(meter.traffic(atSecond(second), busy).outputRate), expected, 10)
            << second;
    }
}

TEST(LoadMeter, AnotherIntervalKeepsTheAverageAndChangesItsPace) {
    LoadMeter meter(Duration::seconds(600), atSecond(0));
    sendSteadily(meter, 0, 600);
    const auto before = rateAt(meter, 600);
    meter.setInterval(Duration::seconds(30), atSecond(600), kFastWire);
    EXPECT_EQ(rateAt(meter, 600), before);
    EXPECT_NEAR(static_cast<double>(rateAt(meter, 630)), static_cast<double>(before) * 0.367879, 5);
}

TEST(LoadMeter, ReliabilityIsTheShareOfFramesThatAreWhole) {
    LoadMeter meter(Duration::seconds(30), atSecond(0));
    EXPECT_EQ(meter.traffic(atSecond(100), kFastWire).reliability, 255);
    for (std::int64_t second = 0; second < 600; ++second) {
        for (int frame = 0; frame < 4; ++frame)
            meter.hear(frame != 0, atSecond(second), kFastWire);
    }
    EXPECT_EQ(meter.traffic(atSecond(600), kFastWire).reliability, 191) << "three of four";
    EXPECT_EQ(meter.traffic(atSecond(6'000), kFastWire).reliability, 191) << "silence says nothing of damage";
}

TEST(InterfaceTraffic, LoadIsTheShareOfTheBandwidthAndNeverNone) {
    InterfaceTraffic traffic;
    EXPECT_EQ(traffic.load(1'000'000), 1);
    traffic.outputRate = 500'000;
    EXPECT_EQ(traffic.load(1'000'000), 127);
    EXPECT_EQ(traffic.load(500'000), 255);
    EXPECT_EQ(traffic.load(1), 255);
}

}  // namespace
}  // namespace peerscape

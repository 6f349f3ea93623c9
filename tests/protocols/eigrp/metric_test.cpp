/// The arithmetic of RFC 7868, 5.6, against numbers that Cisco's documents and routers show.
#include "protocols/eigrp/metric.hpp"

#include <gtest/gtest.h>

#include "protocols/eigrp/tlv.hpp"
#include "tests/protocols/eigrp/helpers.hpp"

namespace peerscape::eigrp {
namespace {

VectorMetric path(std::uint64_t kilobits, std::uint64_t picoseconds) {
    VectorMetric metric;
    metric.bandwidth = PathBandwidth::kilobitsPerSecond(kilobits);
    metric.delay = Delay::picoseconds(picoseconds);
    metric.mtu = 1500;
    return metric;
}

constexpr std::uint64_t microseconds(std::uint64_t count) { return count * 1'000'000; }

struct Known {
    const char* what;
    std::uint64_t kilobits;
    std::uint64_t picoseconds;
    std::uint64_t composite;
};

// Interfaces as RFC 7868, 5.6.1.2 lists them; the numbers are what `show ip eigrp topology` prints for them.
// The last four are the examples of "EIGRP Wide Metrics" in Cisco's IP Routing: EIGRP Configuration Guide,
// which show where classic metrics end.
TEST(EigrpMetric, ClassicCompositesAreThoseThatRoutersShow) {
    constexpr Known kAll[] = {
        {"FastEthernet", 100'000, microseconds(100), 28160},
        {"two of them", 100'000, microseconds(200), 30720},
        {"T1", 1544, microseconds(20000), 2169856},
        {"Ethernet", 10'000, microseconds(1000), 281600},
        {"loopback", 8'000'000, microseconds(5000), 128256},
        {"loopback behind FastEthernet", 100'000, microseconds(5100), 156160},
        {"loopback behind GigabitEthernet", 1'000'000, microseconds(5010), 130816},
        {"T1 to an Ethernet", 1544, microseconds(21000), 2195456},
        {"GigabitEthernet", 1'000'000, microseconds(10), 2816},
        {"10 Gbit/s", 10'000'000, microseconds(10), 512},
        {"11 Gbit/s", 11'000'000, microseconds(10), 256},
        {"20 Gbit/s", 20'000'000, microseconds(10), 256},
    };
    for (const Known& known : kAll) {
        const auto composite = classicComposite(path(known.kilobits, known.picoseconds), {});
        EXPECT_EQ(composite.number(), known.composite) << known.what;
        EXPECT_EQ(composite.ribMetric(1), known.composite) << known.what;
    }
}

// What routing tables of IOS in named mode show: 103040 for a loopback behind 100 Mbit/s ("EIGRP Wide
// Metric", scribd.com/document/420663221), 16000 for one behind two GigabitEthernets (interfacett.com,
// "Understanding EIGRP named mode wide metric computation"). The rest are rows of RFC 7868, 5.6.1.2, by hand.
TEST(EigrpMetric, WideCompositesAreThoseThatRoutersShow) {
    struct KnownWide {
        Known known;
        std::uint32_t inRib;
    };
    constexpr KnownWide kAll[] = {
        {{"loopback behind FastEthernet", 100'000, 101'250'000, 13189120}, 103040},
        {{"FastEthernet", 100'000, microseconds(100), 13107200}, 102400},
        {{"GigabitEthernet", 1'000'000, microseconds(10), 1310720}, 10240},
        {{"loopback", 8'000'000, 1'250'000, 163840}, 1280},
        {{"loopback behind two GigabitEthernets", 1'000'000, 21'250'000, 2048000}, 16000},
        {{"10 Gbit/s", 10'000'000, 1'000'000, 131072}, 1024},
        {{"100 Gbit/s", 100'000'000, 100'000, 13106}, 102},
    };
    for (const auto& [known, inRib] : kAll) {
        const auto composite = wideComposite(path(known.kilobits, known.picoseconds), {});
        EXPECT_EQ(composite.number(), known.composite) << known.what;
        EXPECT_EQ(composite.ribMetric(kDefaultRibScale), inRib) << known.what;
    }
}

// RFC 7868, 5.6.1.1: {K1*BW + K2*BW/(256-load) + K3*delay} * K5/(reliability+K4), by hand.
TEST(EigrpMetric, EveryCoefficientCounts) {
    VectorMetric metric = path(100'000, microseconds(100));
    metric.load = 6;
    metric.reliability = 200;
    EXPECT_EQ(classicComposite(metric, {2, 0, 0, 0, 0, 0}).number(), 51200U);
    EXPECT_EQ(classicComposite(metric, {0, 10, 0, 0, 0, 0}).number(), 1024U) << "25600 * 10 / 250";
    EXPECT_EQ(classicComposite(metric, {0, 0, 3, 0, 0, 0}).number(), 7680U);
    EXPECT_EQ(classicComposite(metric, {1, 10, 1, 0, 0, 0}).number(), 29184U);
    EXPECT_EQ(classicComposite(metric, {1, 0, 1, 7, 0, 0}).number(), 28160U) << "K4 alone does nothing";
    EXPECT_EQ(classicComposite(metric, {1, 0, 1, 56, 2, 0}).number(), 220U) << "28160 * 2 / 256";
    EXPECT_EQ(classicComposite(metric, {1, 0, 1, 0, 1, 9}).number(), 140U) << "28160 / 200; K6 is for wide";
    EXPECT_EQ(wideComposite(metric, {0, 10, 0, 0, 0, 0}).number(), 262144U) << "6553600 * 10 / 250";
    EXPECT_EQ(wideComposite(metric, {1, 0, 1, 56, 2, 0}).number(), 102400U) << "13107200 * 2 / 256";
}

TEST(EigrpMetric, FractionsAreCutWhereTheRfcCutsThem) {
    EXPECT_EQ(PathBandwidth::kilobitsPerSecond(1544).scaled(), 1657856U)
        << "6476.68 is cut before it is scaled";
    EXPECT_EQ(PathBandwidth::fromScaled(1657856).count(), 1544U) << "scaled before it is divided";
    VectorMetric metric = path(1544, 0);
    metric.load = 255;
    EXPECT_EQ(classicComposite(metric, {0, 1, 0, 0, 0, 0}).number(), 1657856U) << "full load divides by one";
    EXPECT_EQ(wideComposite(path(1544, 0), {1, 0, 0, 0, 0, 0}).number(), 424455958U);
    EXPECT_EQ(wideComposite(path(1, 7), {0, 0, 1, 0, 0, 0}).number(), 0U) << "0.46 of latency";
}

TEST(EigrpMetric, ExtendedMetricsCountWithK6) {
    VectorMetric metric = path(1'000'000, microseconds(10));
    metric.extendedAttributes = test::hex(
        "02 02 0000 1267"                  // a tag does not count
        "04 03 0000 0000 0064"             // jitter 100 us
        "05 02 0000 0007 06 02 0000 0003"  // quiescent energy 7, energy 3
        "00 00");
    EXPECT_EQ(wideComposite(metric, {}).number(), 1310720U);
    EXPECT_EQ(wideComposite(metric, {1, 0, 1, 0, 0, 2}).number(), 1310720U + 220U);
    metric.extendedAttributes = test::hex("04 ff 0064");
    EXPECT_EQ(wideComposite(metric, {1, 0, 1, 0, 0, 1}).number(), 1310720U + 100U) << "what is left of it";
}

TEST(EigrpMetric, APathIsAsGoodAsItsWorstLinkAndAsLongAsAllOfThem) {
    VectorMetric first = path(100'000, microseconds(100));
    first.reliability = 250;
    first.load = 3;
    first.hopCount = 2;
    first.extendedAttributes = Bytes{0, 0};
    VectorMetric link = path(10'000, microseconds(1000));
    link.load = 9;
    link.mtu = 1400;
    link.hopCount = 77;
    const VectorMetric both = first.through(link);
    EXPECT_EQ(both.bandwidth.count(), 10'000U);
    EXPECT_EQ(both.delay.count(), microseconds(1100));
    EXPECT_EQ(both.reliability, 250);
    EXPECT_EQ(both.load, 9);
    EXPECT_EQ(both.mtu, 1400U);
    EXPECT_EQ(both.hopCount, 3);
    EXPECT_EQ(both.extendedAttributes, first.extendedAttributes);
    first.hopCount = 255;
    EXPECT_EQ(first.through(link).hopCount, 255);
}

TEST(EigrpMetric, UnreachableStaysSo) {
    const VectorMetric link = path(100'000, microseconds(100));
    const VectorMetric lost = VectorMetric::unreachable().through(link);
    EXPECT_TRUE(lost.isUnreachable());
    EXPECT_TRUE(link.through(VectorMetric::unreachable()).isUnreachable());
    EXPECT_TRUE(classicComposite(lost, {}).isInfinite());
    EXPECT_TRUE(wideComposite(lost, {}).isInfinite());
    EXPECT_EQ(classicComposite(lost, {}).ribMetric(1), 0xffffffffU);
    EXPECT_EQ(ClassicMetric::from(lost).scaledDelay, 0xffffffffU);
    EXPECT_EQ(WideMetric::from(lost).delay, 0xffffffffffffU);
    EXPECT_TRUE(path(0, 1).isUnreachable()) << "nothing gets through no bandwidth";
    EXPECT_EQ(ClassicMetric::from(path(0, 1)).scaledDelay, 0xffffffffU);
}

TEST(EigrpMetric, SumsThatDoNotFitAreUnreachable) {
    const Delay most = Delay::picoseconds(Delay::kWideUnreachable - 1);
    EXPECT_FALSE(most.isUnreachable());
    EXPECT_TRUE(most.plus(Delay::picoseconds(1)).isUnreachable());
    EXPECT_TRUE(Delay::tensOfMicroseconds(UINT64_MAX).isUnreachable());
    EXPECT_EQ(most.scaled(), 0xffffffffU) << "too long for 32 bits";
    EXPECT_TRUE(classicComposite(path(1, Delay::kWideUnreachable - 1), {}).isInfinite());
    EXPECT_TRUE(classicComposite(path(1, microseconds(100)), {255, 0, 255, 0, 0, 0}).isInfinite());
    EXPECT_TRUE(classicComposite(path(1, 1), {1, 0, 1, 0, 0, 0}) < CompositeMetric::infinity());
    EXPECT_EQ(wideComposite(path(1, 1), {}).ribMetric(1), 0xffffffffU);
}

TEST(EigrpMetric, NoReliabilityAtAllIsInfinite) {
    VectorMetric metric = path(100'000, microseconds(100));
    metric.reliability = 0;
    EXPECT_TRUE(classicComposite(metric, {1, 0, 1, 0, 1, 0}).isInfinite());
    EXPECT_TRUE(wideComposite(metric, {1, 0, 1, 0, 1, 0}).isInfinite());
    EXPECT_FALSE(classicComposite(metric, {1, 0, 1, 1, 1, 0}).isInfinite());
    EXPECT_FALSE(classicComposite(metric, {}).isInfinite());
}

TEST(EigrpMetric, ClassicNumbersPassThroughWideRoutersUnchanged) {
    for (const std::uint32_t scaled :
         {0U, 1U, 3U, 255U, 256U, 2560U, 25601U, 0x7fffffffU, 0xfffffffeU, 0xffffffffU})
        EXPECT_EQ(Delay::fromScaled(scaled).scaled(), scaled);
    for (std::uint64_t kilobits = 1; kilobits <= 10'000'000; kilobits = kilobits * 3 + 1) {
        const std::uint32_t scaled = PathBandwidth::kilobitsPerSecond(kilobits).scaled();
        EXPECT_EQ(PathBandwidth::fromScaled(scaled).scaled(), scaled) << kilobits;
    }
    EXPECT_EQ(PathBandwidth::fromScaled(0).scaled(), 0U);
    EXPECT_EQ(PathBandwidth::fromScaled(0xffffffff).scaled(), 0xffffffffU);
}

TEST(EigrpMetric, ClassicDelaysAddUpExactlyEvenInPicoseconds) {
    Delay sum;
    for (int i = 0; i < 1000; ++i)
        sum = sum.plus(Delay::fromScaled(1));
    EXPECT_EQ(sum.scaled(), 1000U);
}

TEST(EigrpMetric, AShortWideDelayIsNotNothingToAClassicNeighbour) {
    EXPECT_EQ(Delay::picoseconds(1).scaled(), 1U);
    EXPECT_EQ(Delay::picoseconds(1'000'000).scaled(), 25U) << "a tenth of ten microseconds";
    EXPECT_EQ(Delay().scaled(), 0U);
}

TEST(EigrpMetric, WideMetricsGoThroughTheirPacketUnchanged) {
    VectorMetric metric = path(100'000'000, 100'000);
    metric.hopCount = 3;
    metric.reliability = 254;
    metric.load = 2;
    metric.extendedAttributes = Bytes{2, 2, 0, 0, 0, 7};
    EXPECT_EQ(WideMetric::from(metric).vector(), metric);
    metric.extendedAttributes = {};
    EXPECT_EQ(ClassicMetric::from(path(1544, microseconds(20000))).vector(), path(1544, microseconds(20000)));
    EXPECT_EQ(WideMetric::from(path(0, 5)).bandwidth, 0xffffffffffffU);
    EXPECT_TRUE(WideMetric::from(path(0, 5)).vector().isUnreachable());
}

TEST(EigrpMetric, GoodbyeIsToldByFiveCoefficients) {
    EXPECT_TRUE(KValues::goodbye().areGoodbye());
    EXPECT_TRUE((KValues{255, 255, 255, 255, 255, 0}).areGoodbye()) << "K6 does not count";
    EXPECT_FALSE((KValues{255, 255, 255, 255, 0, 255}).areGoodbye());
    EXPECT_FALSE(KValues{}.areGoodbye());
}

}  // namespace
}  // namespace peerscape::eigrp

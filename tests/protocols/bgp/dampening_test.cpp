#include "protocols/bgp/flap_table.hpp"
#include "tests/protocols/bgp/speakers.hpp"

namespace peerscape::bgp::test {
namespace {

const FlapKey kKey{net("192.0.2.0/24"), PeerId(0), 0};
SimTime atSecond(std::int64_t seconds) { return SimTime::start() + Duration::seconds(seconds); }

TEST(FlapTable, HalvesTheFigureOfMeritInAHalfLife) {
    const Dampening settings;  // 15 minutes, 750, 2000, 60 minutes
    FlapTable table;
    table.withdraw(settings, atSecond(0), kKey);
    const FlapRecord& record = table.records().at(kKey);
    EXPECT_EQ(record.penalty, 1000U);
    EXPECT_EQ(FlapTable::penaltyAt(settings, record, atSecond(4)), 1000U) << "steps of five seconds";
    EXPECT_EQ(FlapTable::penaltyAt(settings, record, atSecond(900)), 500U);
    EXPECT_EQ(FlapTable::penaltyAt(settings, record, atSecond(1800)), 250U);
    EXPECT_EQ(FlapTable::penaltyAt(settings, record, atSecond(3600)), 0U) << "the maximum time is over";
}

TEST(FlapTable, SuppressesAtTheLimitAndNamesTheTimeOfReuse) {
    const Dampening settings;
    FlapTable table;
    table.withdraw(settings, atSecond(0), kKey);
    EXPECT_FALSE(table.announce(settings, atSecond(1), kKey));
    EXPECT_TRUE(table.nextRelease().isNever());
    table.withdraw(settings, atSecond(2), kKey);
    EXPECT_TRUE(table.announce(settings, atSecond(3), kKey));
    // 2000 has to fall below 750: 15 minutes times log2(2000 / 750), the next step of five seconds.
    EXPECT_EQ(table.nextRelease(), atSecond(2 + 1275));
    EXPECT_TRUE(table.isWaiting());
    EXPECT_TRUE(table.release(settings, atSecond(1276)).empty());
    EXPECT_EQ(table.release(settings, atSecond(1277)), std::vector{kKey});
    EXPECT_FALSE(table.isWaiting());
}

TEST(FlapTable, GrowsNoHigherThanTheMaximumTimeAllows) {
    const Dampening settings;
    FlapTable table;
    for (int i = 0; i < 50; ++i)
        table.withdraw(settings, atSecond(i), kKey);
    EXPECT_EQ(FlapTable::ceiling(settings), 12000U);
    EXPECT_EQ(table.records().at(kKey).penalty, 12000U);
    EXPECT_LE(table.nextRelease(), atSecond(49 + 3600));
}

TEST(FlapTable, ForgetsWhatIsGoodAgain) {
    const Dampening settings;
    FlapTable table;
    table.change(settings, atSecond(0), kKey);
    EXPECT_EQ(table.records().at(kKey).penalty, 500U);
    EXPECT_FALSE(table.announce(settings, atSecond(0), kKey));
    EXPECT_EQ(table.records().size(), 1U);
    // 500 is half of the reuse limit, 375, after six minutes and a bit.
    EXPECT_FALSE(table.announce(settings, atSecond(400), kKey));
    EXPECT_TRUE(table.records().empty());
}

const std::string kDamping =
    router(65001, {{2, 65002}}, " address-family ipv4 unicast\n  bgp dampening 1 750 2000 4\n");
std::string flapper(bool hasNetwork, const std::string& more = "") {
    return router(65002, {{1, 65001}}, hasNetwork ? " network 192.0.2.0/24\n" + more : more);
}

/// Takes the network away and gives it back.
void flap(Speakers& speakers) {
    speakers.reconfigure(2, flapper(false));
    speakers.run(Duration::seconds(1));
    speakers.reconfigure(2, flapper(true));
    speakers.run(Duration::seconds(1));
}

TEST(Dampening, KeepsAFlappingRouteOutUntilItsPenaltyHasDecayed) {
    Speakers speakers({kDamping, flapper(true)});
    speakers.start();
    speakers.run(Duration::seconds(10));
    ASSERT_TRUE(speakers.hasRoute(1, "192.0.2.0/24"));
    flap(speakers);
    EXPECT_TRUE(speakers.hasRoute(1, "192.0.2.0/24")) << "one flap is forgiven";
    flap(speakers);
    ASSERT_NE(speakers.path(1, "192.0.2.0/24", 2), nullptr) << "a damped path stays in the table";
    flap(speakers);
    ASSERT_NE(speakers.path(1, "192.0.2.0/24", 2), nullptr);
    EXPECT_TRUE(speakers.path(1, "192.0.2.0/24", 2)->isDamped);
    EXPECT_FALSE(speakers.hasRoute(1, "192.0.2.0/24"));
    EXPECT_FALSE(speakers.process(1).settled(speakers.now(), SimTime::start()));
    speakers.run(Duration::minutes(4));
    EXPECT_FALSE(speakers.path(1, "192.0.2.0/24", 2)->isDamped);
    EXPECT_TRUE(speakers.hasRoute(1, "192.0.2.0/24"));
    EXPECT_TRUE(speakers.process(1).settled(speakers.now(), SimTime::start()));
}

TEST(Dampening, CountsAChangeOfAttributesHalf) {
    Speakers speakers({kDamping, flapper(true)});
    speakers.start();
    speakers.run(Duration::seconds(10));
    const std::string map = " neighbor 10.0.0.1 route-map M out\nroute-map M permit 10\n set metric ";
    speakers.reconfigure(2, flapper(true, map + "7\n"));
    speakers.run(Duration::seconds(10));
    ASSERT_EQ(speakers.path(1, "192.0.2.0/24", 2)->attributes->med, 7U);
    const auto& records = speakers.process(1).flaps(Family::IPv4).records();
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records.begin()->second.penalty, FlapTable::kChangePenalty);
}

TEST(Dampening, IsForExternalRoutesOnlyAndEndsWithItsConfiguration) {
    Speakers internal({router(65001, {{2, 65001}}, " address-family ipv4 unicast\n  bgp dampening\n"),
                       router(65001, {{1, 65001}}, " network 192.0.2.0/24\n")});
    internal.start();
    internal.run(Duration::seconds(10));
    internal.reconfigure(2, router(65001, {{1, 65001}}));
    internal.run(Duration::seconds(1));
    EXPECT_TRUE(internal.process(1).flaps(Family::IPv4).records().empty());

    Speakers speakers({kDamping, flapper(true)});
    speakers.start();
    speakers.run(Duration::seconds(10));
    for (int i = 0; i < 3; ++i)
        flap(speakers);
    ASSERT_FALSE(speakers.hasRoute(1, "192.0.2.0/24"));
    speakers.reconfigure(1, router(65001, {{2, 65002}}));
    speakers.run(Duration::seconds(1));
    EXPECT_TRUE(speakers.hasRoute(1, "192.0.2.0/24"));
}

TEST(Dampening, LosingTheSessionIsNoFlap) {
    Speakers speakers({kDamping, flapper(true)});
    speakers.start();
    speakers.run(Duration::seconds(10));
    speakers.breakStreams(2);
    speakers.run(Duration::seconds(30));
    ASSERT_TRUE(speakers.isEstablished(1, 2));
    EXPECT_TRUE(speakers.process(1).flaps(Family::IPv4).records().empty());
}

}  // namespace
}  // namespace peerscape::bgp::test

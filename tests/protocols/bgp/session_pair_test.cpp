// Two sessions joined by connections that are slow, break, and end silently, under random schedules: whatever
// happened, once nothing happens any more both are established, on the same connection.
#include "tests/protocols/bgp/session_pair.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/seed_count.hpp"

namespace peerscape::bgp {
namespace {

SessionSettings anySettings(SessionSettings settings, RandomStream& random) {
    settings.holdTime = static_cast<std::uint16_t>(3 + random.below(40));
    settings.keepalive = static_cast<std::uint16_t>(random.below(20));
    settings.connectRetry = static_cast<std::uint16_t>(1 + random.below(120));
    settings.delayOpen = static_cast<std::uint16_t>(random.below(4) == 0 ? random.below(8) : 0);
    settings.jittersTimers = random.below(4) != 0;
    settings.waitsInActive = random.below(2) == 0;
    settings.acceptsInIdleHold = random.below(2) == 0;
    settings.detectsCollisionWhenEstablished = random.below(4) == 0;
    if (random.below(2) == 0) settings.capabilities.gracefulRestart = graceful(random.below(2) == 0);
    return settings;
}

SessionPair anyPair(RandomStream& random, std::uint64_t seed) {
    SessionSettings first = anySettings(plainSettings(), random);
    SessionSettings second = anySettings(peerSettings(), random);
    if (random.below(4) == 0) first.identifier = second.identifier;
    if (random.below(2) == 0) std::swap(first.identifier, second.identifier);
    if (random.below(4) == 0) (random.below(2) == 0 ? first : second).isPassive = true;
    return {first, second, seed};
}

void disturb(SessionPair& pair, RandomStream& random) {
    const int side = static_cast<int>(random.below(2));
    const auto aWhile = [&] { pair.runFor(random.between(Duration{}, Duration::seconds(150))); };
    switch (random.below(8)) {
        case 0:
            pair.resetAll();
            break;
        case 1:
            pair.restart(side);
            break;
        case 2:
            pair.setCable(false);
            aWhile();
            pair.setCable(true);
            break;
        case 3:
            pair.setReading(side, false);
            aWhile();
            pair.setReading(side, true);
            break;
        case 4:
            pair.setListening(side, false);
            aWhile();
            pair.setListening(side, true);
            break;
        case 5:
            pair.stopped_[side] = true;
            pair.handle(side, input::ManualStop{"for a while"});
            aWhile();
            pair.stopped_[side] = false;
            pair.handle(side, input::ManualStart{});
            break;
        case 6:
            pair.handle(
                side, input::AutomaticStop{{ErrorCode::Cease, subcode::kAdministrativeReset, {}}, {}, false});
            break;
        default:
            pair.handle(side, input::Reachability{false, {}, random.below(2) == 0});
            aWhile();
            pair.handle(side, input::Reachability{true, {}, false});
            break;
    }
}

TEST(BgpSessionPair, EndsEstablishedAfterAnything) {
    std::uint64_t collisions = 0;
    std::uint64_t establishments = 0;
    const std::uint64_t seeds = seedCount(1000, 50);
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        RandomStream random(seed, "pair", "schedule");
        SessionPair pair = anyPair(random, seed);
        const std::uint64_t disturbances = random.below(12);
        for (std::uint64_t count = 0; count < disturbances && !HasFailure(); ++count) {
            // Often in the middle of the handshake, sometimes much later.
            const Duration longest =
                random.below(3) == 0 ? Duration::seconds(100) : Duration::milliseconds(300);
            pair.runFor(random.between(Duration{}, longest));
            disturb(pair, random);
        }
        pair.runFor(Duration::minutes(20));
        ASSERT_FALSE(HasFailure()) << "seed " << seed;
        ASSERT_TRUE(pair.areEstablished()) << "seed " << seed << ": " << pair.session(0).reason(pair.now())
                                           << " / " << pair.session(1).reason(pair.now());
        const int before = pair.establishments;
        pair.runFor(Duration::minutes(20));
        ASSERT_TRUE(pair.areEstablished()) << "seed " << seed;
        ASSERT_EQ(pair.establishments, before) << "seed " << seed << ": it did not last";
        collisions += static_cast<std::uint64_t>(pair.collisions);
        establishments += static_cast<std::uint64_t>(pair.establishments);
    }
    // The schedules are worth something only if much goes wrong in them.
    EXPECT_GT(collisions, seeds / 2);
    EXPECT_GT(establishments, 4 * seeds);
}

TEST(BgpSessionPair, SimultaneousOpensLeaveOneConnection) {
    SessionPair pair(plainSettings(), peerSettings(), 1);
    pair.runFor(Duration::seconds(2));
    EXPECT_TRUE(pair.areEstablished());
    EXPECT_GT(pair.collisions, 0);
    // 2.2.2.2 is the higher one: its connection is kept.
    EXPECT_TRUE(pair.session(0).isStreamAccepted());
    EXPECT_FALSE(pair.session(1).isStreamAccepted());
    EXPECT_EQ(pair.establishments, 2);
}

TEST(BgpSessionPair, SilenceEndsTheSessionAfterTheHoldTime) {
    SessionSettings first = plainSettings();
    first.holdTime = 9;
    SessionPair pair(first, peerSettings(), 1);
    pair.runFor(Duration::seconds(20));
    ASSERT_TRUE(pair.areEstablished());
    const SimTime cut = pair.now();
    pair.setCable(false);
    pair.runFor(Duration::seconds(6));
    EXPECT_TRUE(pair.session(0).isEstablished());
    pair.runFor(Duration::seconds(3));
    for (const int side : {0, 1}) {
        EXPECT_FALSE(pair.session(side).isEstablished());
        EXPECT_LE(*pair.session(side).lastEstablished(), cut + Duration::seconds(9));
        EXPECT_TRUE(
            pair.session(side).reason(pair.now()).starts_with("hold time expired: nothing heard for 9 s"));
    }
    pair.setCable(true);
    pair.runFor(Duration::minutes(10));
    EXPECT_TRUE(pair.areEstablished());
}

TEST(BgpSessionPair, APeerThatStopsReadingLosesTheSession) {
    SessionSettings first = plainSettings();
    first.holdTime = 30;
    SessionPair pair(first, peerSettings(), 1);
    pair.runFor(Duration::seconds(20));
    ASSERT_TRUE(pair.areEstablished());
    pair.setReading(1, false);
    pair.runFor(Duration::seconds(40));
    EXPECT_FALSE(pair.session(1).isEstablished());
    EXPECT_EQ(pair.session(1).lastReset()->notification->code, ErrorCode::HoldTimerExpired);
    EXPECT_FALSE(pair.session(0).isEstablished());
    EXPECT_EQ(pair.session(0).lastReset()->text(), "the peer's hold time expired: it heard nothing from us");
}

}  // namespace
}  // namespace peerscape::bgp

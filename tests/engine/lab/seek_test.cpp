#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/lab/lab_bench.hpp"

namespace peerscape {
namespace {

/// What a lab is at an instant, as far as anybody can tell.
struct Picture {
    std::uint64_t state = 0;
    std::uint64_t fingerprint = 0;
    std::uint64_t records = 0;
    std::uint64_t events = 0;
    SimTime disturbed;

    friend bool operator==(const Picture&, const Picture&) = default;
};

Picture pictureOf(const Lab& lab) {
    return {lab.simulation().stateHash(), lab.fingerprint(), lab.log().count(),
            lab.simulation().eventsHandled(), lab.lastDisturbance()};
}

std::string describe(const RecordLog& log) {
    std::string text;
    for (const Record& r : log.kept()) {
        text += fmt::format("{} {} {} {} {}\n", r.id.value(), r.cause.value(), toString(r.time),
                            r.node.value(), r.what.index());
    }
    return text;
}

LabOptions seekable(std::uint64_t seed, std::uint64_t eventsPerCheckpoint) {
    LabOptions options;
    options.simulation.seed = seed;
    options.canSeek = true;
    options.eventsPerCheckpoint = eventsPerCheckpoint;
    return options;
}

TEST(Seek, NeedsCheckpointsToGoBackOnly) {
    const RingPlan plan;
    Lab lab = plan.lab();
    ASSERT_TRUE(lab.seek(atMs(1000)).has_value());
    EXPECT_EQ(lab.now(), atMs(1000));
    EXPECT_FALSE(lab.seek(atMs(500)).has_value());
    EXPECT_EQ(lab.now(), atMs(1000));
}

TEST(Seek, GoesToTheEndOfTheInstant) {
    const RingPlan plan;
    Lab lab = plan.lab(seekable(1, 10));
    lab.runUntil(atMs(500));
    ASSERT_TRUE(lab.apply({"cut", action::SetSegment{plan.links[0], false}}).has_value());
    const Picture afterCut = pictureOf(lab);
    lab.runUntil(atMs(2000));
    ASSERT_TRUE(lab.seek(atMs(500)).has_value());
    EXPECT_EQ(pictureOf(lab), afterCut) << "with what was done at that instant";
    ASSERT_TRUE(lab.seek(SimTime()).has_value());
    EXPECT_EQ(lab.now(), SimTime());
    EXPECT_NE(lab.simulation().node(plan.nodes[0]).slotOf(NetworkPlan::kToy), nullptr);
}

TEST(SeekProperty, EveryInstantIsAsItWasInTheFirstPass) {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        const RingPlan plan;
        RandomStream random(seed, "seek", "property");
        Lab lab = plan.lab(seekable(seed, 1 + random.below(60)));
        // First pass: single steps and runs, with actions between them, also several at one place and between
        // events of one instant.
        std::map<SimTime, Picture> pictures;
        const auto takePicture = [&] {
            // Only the end of an instant is a place to seek to.
            if (lab.simulation().nextEventTime() == lab.now()) {
                pictures.erase(lab.now());
            } else {
                pictures[lab.now()] = pictureOf(lab);
            }
        };
        takePicture();
        while (lab.now() < atMs(2500)) {
            if (random.below(12) == 0) (void)lab.apply(plan.randomAction(random));
            if (random.below(40) == 0)
                lab.schedule(lab.now() + ms(static_cast<std::int64_t>(random.below(800))),
                             plan.randomAction(random));
            takePicture();
            if (random.below(20) == 0) {
                lab.runFor(ms(static_cast<std::int64_t>(random.below(50))));
            } else {
                lab.step();
            }
            takePicture();
        }
        lab.runUntil(lab.now() + ms(1));
        takePicture();
        const SimTime end = lab.now();
        const std::string records = describe(lab.log());

        std::vector<SimTime> instants;
        for (const auto& [time, picture] : pictures)
            instants.push_back(time);
        for (int jump = 0; jump < 30; ++jump) {
            const SimTime to = instants[random.below(instants.size())];
            ASSERT_TRUE(lab.seek(to).has_value());
            ASSERT_EQ(lab.now(), to);
            ASSERT_EQ(pictureOf(lab), pictures[to]) << "seed " << seed << " at " << toString(to);
            // Running on from there repeats what was done then.
            if (random.below(3) != 0) continue;
            const SimTime later = instants[random.below(instants.size())];
            if (later < to) continue;
            if (random.below(2) == 0) {
                while (lab.simulation().nextEventTime() <= later)
                    lab.step();
            }
            lab.runUntil(later);
            ASSERT_EQ(pictureOf(lab), pictures[later]) << "seed " << seed << " at " << toString(later);
        }
        ASSERT_TRUE(lab.seek(end).has_value());
        ASSERT_EQ(describe(lab.log()), records) << "seed " << seed;
    }
}

TEST(Seek, AnActionInThePastCutsTheTimeline) {
    const RingPlan plan;
    Lab lab = plan.lab(seekable(3, 20));
    lab.runUntil(atMs(1000));
    ASSERT_TRUE(lab.apply({"cut 0", action::SetSegment{plan.links[0], false}}).has_value());
    lab.runUntil(atMs(1500));
    const Picture before = pictureOf(lab);
    lab.runUntil(atMs(2000));
    ASSERT_TRUE(lab.apply({"cut 1", action::SetSegment{plan.links[1], false}}).has_value());
    lab.schedule(atMs(2600), {"cut 2", action::SetSegment{plan.links[2], false}});
    lab.runUntil(atMs(3000));

    ASSERT_TRUE(lab.seek(atMs(1500)).has_value());
    ASSERT_TRUE(lab.apply({"cut 3", action::SetSegment{plan.links[3], false}}).has_value());
    lab.runUntil(atMs(2500));
    const Picture halfway = pictureOf(lab);
    lab.runUntil(atMs(3000));
    const auto isUp = [&](std::size_t n) { return lab.simulation().segment(plan.links[n]).isUp; };
    EXPECT_FALSE(isUp(0));
    EXPECT_TRUE(isUp(1)) << "what lay behind is gone";
    EXPECT_TRUE(isUp(2));
    EXPECT_FALSE(isUp(3));
    const Picture fresh = pictureOf(lab);
    ASSERT_TRUE(lab.seek(atMs(1499)).has_value());
    ASSERT_TRUE(lab.seek(atMs(3000)).has_value());
    EXPECT_EQ(pictureOf(lab), fresh) << "the new timeline can be sought in as well";
    ASSERT_TRUE(lab.seek(atMs(2500)).has_value());
    EXPECT_EQ(pictureOf(lab), halfway) << "no checkpoint of the old timeline is left";
    EXPECT_NE(fresh.fingerprint, before.fingerprint);
}

TEST(Seek, GoingForwardAfterGoingBackRepeatsTheActions) {
    const RingPlan plan;
    Lab lab = plan.lab(seekable(5, 20));
    lab.runUntil(atMs(1000));
    ASSERT_TRUE(lab.apply({"cut", action::SetSegment{plan.links[0], false}}).has_value());
    lab.runUntil(atMs(2000));
    const Picture first = pictureOf(lab);
    ASSERT_TRUE(lab.seek(atMs(500)).has_value());
    lab.runFor(ms(1500));
    EXPECT_EQ(pictureOf(lab), first);
    ASSERT_TRUE(lab.seek(atMs(500)).has_value());
    while (lab.now() < atMs(1990))
        lab.step();
    lab.runUntil(atMs(2000));
    EXPECT_EQ(pictureOf(lab), first);
}

TEST(Seek, ManyCheckpointsAreThinnedOutAndStillLeadEverywhere) {
    const RingPlan plan;
    Lab lab = plan.lab(seekable(7, 1));
    std::map<SimTime, Picture> pictures;
    for (int n = 1; n <= 20; ++n) {
        lab.runUntil(atMs(100 * n));
        pictures[lab.now()] = pictureOf(lab);
    }
    EXPECT_GT(lab.simulation().eventsHandled(), 300U);
    for (auto at = pictures.rbegin(); at != pictures.rend(); ++at) {
        ASSERT_TRUE(lab.seek(at->first).has_value());
        EXPECT_EQ(pictureOf(lab), at->second);
    }
}

}  // namespace
}  // namespace peerscape

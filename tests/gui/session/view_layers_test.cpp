#include "gui/session/view_layers.hpp"

#include <gmock/gmock.h>

#include "gui/session/lab_run.hpp"
#include "tests/gui/gui_fixture.hpp"

namespace peerscape::gui {
namespace {

using Kind = HopArrow::Kind;

std::unique_ptr<LabRun> converged(const std::string& text) {
    LabRun::Loaded loaded = LabRun::load(labOf(text));
    EXPECT_TRUE(loaded.run);
    EXPECT_TRUE(loaded.run->converge());
    return std::move(loaded.run);
}

const Telling* tellingBetween(const std::vector<Telling>& tellings, const std::string& from,
                              const std::string& to) {
    const auto found = std::ranges::find_if(
        tellings, [&](const Telling& telling) { return telling.from == from && telling.to == to; });
    return found == tellings.end() ? nullptr : &*found;
}

TEST(DataPlane, FindsALoopAndWhatLeadsIntoIt) {
    std::vector<HopArrow> arrows{{"A", "B", "ab", Kind::Forward},
                                 {"B", "C", "bc", Kind::Forward},
                                 {"C", "B", "bc", Kind::Forward},
                                 {"D", "E", "de", Kind::Forward},
                                 {"E", "", "", Kind::Local}};
    markWaysForNothing(arrows);
    EXPECT_FALSE(arrows[0].isInLoop);
    EXPECT_TRUE(arrows[0].isForNothing);
    EXPECT_TRUE(arrows[1].isInLoop && arrows[1].isForNothing);
    EXPECT_TRUE(arrows[2].isInLoop && arrows[2].isForNothing);
    EXPECT_FALSE(arrows[3].isInLoop || arrows[3].isForNothing);
}

TEST(DataPlane, FindsWhatLeadsToABlackHoleButNotThoseWhoArrive) {
    std::vector<HopArrow> arrows{{"A", "B", "ab", Kind::Forward}, {"B", "", "", Kind::Discard},
                                 {"C", "D", "cd", Kind::Forward}, {"D", "", "", Kind::Local},
                                 {"E", "B", "eb", Kind::Forward}, {"E", "D", "ed", Kind::Forward}};
    markWaysForNothing(arrows);
    EXPECT_TRUE(arrows[0].isForNothing);
    EXPECT_FALSE(arrows[2].isForNothing);
    EXPECT_TRUE(arrows[4].isForNothing);
    EXPECT_FALSE(arrows[5].isForNothing);
}

TEST(ControlPlane, SaysWhoToldWhomByRip) {
    const auto run = converged(kSquare);
    EXPECT_TRUE(run->snapshot({"", "10.4.0.0/16"})->tellings.empty());
    Watch watch{"", "10.4.0.0/16"};
    watch.tellings = true;
    const auto tellings = run->snapshot(watch)->tellings;
    const Telling* told = tellingBetween(tellings, "D", "B");
    ASSERT_NE(told, nullptr);
    EXPECT_EQ(*told, (Telling{"D", "B", "bd", "rip", true}));
    EXPECT_EQ(tellingBetween(tellings, "B", "D"), nullptr);
    ASSERT_NE(tellingBetween(tellings, "D", "D"), nullptr);
    EXPECT_EQ(tellingBetween(tellings, "D", "D")->protocol, "connected");
}

TEST(ControlPlane, OfEigrpShowsWhatIsNotUsedAsWell) {
    const auto run = converged(
        "peerscape: 1\n"
        "routers:\n"
        "  A: {protocols: [eigrp]}\n"
        "  B: {protocols: [eigrp]}\n"
        "  C: {protocols: [eigrp], networks: [10.9.0.0/16]}\n"
        "links:\n"
        "  - {name: ab, ends: [A, B]}\n"
        "  - {name: bc, ends: [B, C]}\n"
        "  - {name: ac, ends: [A, C]}\n");
    Watch watch{"", "10.9.0.0/16"};
    watch.tellings = true;
    const auto tellings = run->snapshot(watch)->tellings;
    const Telling* used = tellingBetween(tellings, "C", "A");
    const Telling* aside = tellingBetween(tellings, "B", "A");
    ASSERT_TRUE(used != nullptr && aside != nullptr);
    EXPECT_EQ(*used, (Telling{"C", "A", "ac", "eigrp", true}));
    EXPECT_EQ(*aside, (Telling{"B", "A", "ab", "eigrp", false}));
}

TEST(ControlPlane, OfBgpKnowsTheBestOfSeveralAndNeighborsFarAway) {
    // X announces to two routers of one AS, which tell each other over a third that speaks no BGP to X.
    const auto run = converged(
        "peerscape: 1\n"
        "routers:\n"
        "  A: {asn: 65001, protocols: [bgp]}\n"
        "  B: {asn: 65001, protocols: [bgp]}\n"
        "  X: {asn: 65002, protocols: [bgp], networks: [10.9.0.0/16]}\n"
        "links:\n"
        "  - {name: ab, ends: [A, B]}\n"
        "  - {name: xa, ends: [X, A]}\n"
        "  - {name: xb, ends: [X, B]}\n");
    Watch watch{"", "10.9.0.0/16"};
    watch.tellings = true;
    const auto tellings = run->snapshot(watch)->tellings;
    const Telling* external = tellingBetween(tellings, "X", "A");
    const Telling* internal = tellingBetween(tellings, "B", "A");
    ASSERT_NE(external, nullptr);
    EXPECT_EQ(*external, (Telling{"X", "A", "xa", "bgp", true}));
    ASSERT_NE(internal, nullptr);
    EXPECT_FALSE(internal->isUsed);
    EXPECT_EQ(tellingBetween(tellings, "A", "X"), nullptr);
}

TEST(Traffic, CountsWhatALinkHasCarriedLatelyInTheBusierDirection) {
    const std::string lab =
        "peerscape: 1\n"
        "routers:\n"
        "  A: {protocols: [rip]}\n"
        "  B: {protocols: [rip]}\n"
        "  C: {}\n"
        "links:\n"
        "  - {name: ab, ends: [A, B], bandwidth: 64kbit}\n"
        "  - {name: bc, ends: [B, C]}\n";
    LabRun::Loaded loaded = LabRun::load(labOf(lab));
    ASSERT_TRUE(loaded.run);
    Watch watch;
    watch.loads = true;
    EXPECT_TRUE(loaded.run->snapshot({})->loads.empty());
    ASSERT_TRUE(loaded.run->seek(SimTime::start() + Duration::seconds(5)).has_value());
    const auto busy = loaded.run->snapshot(watch)->loads;
    const auto ab = std::ranges::find(busy, "ab", &LinkLoad::link);
    ASSERT_NE(ab, busy.end());
    EXPECT_GT(ab->bitsPerSecond, 0);
    EXPECT_NEAR(ab->share, ab->bitsPerSecond / 64000, 1e-9);
    // RIP speaks every half minute: a little later the last ten seconds were silent.
    ASSERT_TRUE(loaded.run->seek(SimTime::start() + Duration::seconds(22)).has_value());
    EXPECT_TRUE(loaded.run->snapshot(watch)->loads.empty());
}

}  // namespace
}  // namespace peerscape::gui

#include "gui/canvas/overlays.hpp"

#include "tests/gui/gui_fixture.hpp"

namespace peerscape::gui {
namespace {

using Look = LayerArrow::Look;

TEST(Overlays, OfTheDataPlaneTellLoopsAndBlackHolesFromWaysThatArrive) {
    Snapshot shot;
    shot.arrows = {{"A", "B", "ab", HopArrow::Kind::Forward, true, true},
                   {"C", "D", "cd", HopArrow::Kind::Forward},
                   {"D", "", "", HopArrow::Kind::Local},
                   {"E", "", "", HopArrow::Kind::None},
                   {"F", "", "", HopArrow::Kind::Discard}};
    const Overlay overlay = dataPlaneOf(shot);
    ASSERT_EQ(overlay.arrows.size(), 2U);
    EXPECT_EQ(overlay.arrows[0].look, Look::Nowhere);
    EXPECT_EQ(overlay.arrows[1].look, Look::Way);
    EXPECT_EQ(overlay.marks.at("A"), NodeMark::Loops);
    EXPECT_EQ(overlay.marks.at("D"), NodeMark::Arrives);
    EXPECT_EQ(overlay.marks.at("E"), NodeMark::Lost);
    EXPECT_EQ(overlay.marks.at("F"), NodeMark::Lost);
    EXPECT_FALSE(overlay.marks.contains("C"));
}

TEST(Overlays, OfTheControlPlaneTellWhatIsUsedFromWhatIsNot) {
    Snapshot shot;
    shot.tellings = {
        {"A", "A", "", "connected", true}, {"A", "B", "ab", "eigrp", true}, {"C", "B", "cb", "eigrp", false}};
    const Overlay overlay = controlPlaneOf(shot);
    ASSERT_EQ(overlay.arrows.size(), 2U);
    EXPECT_EQ(overlay.arrows[0], (LayerArrow{"A", "B", "ab", Look::Told, "eigrp"}));
    EXPECT_EQ(overlay.arrows[1], (LayerArrow{"C", "B", "cb", Look::ToldAside, "eigrp"}));
    EXPECT_EQ(overlay.marks.at("A"), NodeMark::Begins);
}

TEST(Overlays, OfTrafficAreWiderTheMoreAndSayHowFull) {
    const Theme& theme = Theme::light();
    Snapshot shot;
    for (const char* name : {"idle", "slow", "busy", "full"}) {
        LinkView view;
        view.name = name;
        shot.links.push_back(view);
    }
    shot.loads = {{"slow", 100, 0}, {"busy", 40'000, 0.6}, {"full", 950'000, 0.95}};
    const Overlay overlay = trafficOf(shot, theme);
    EXPECT_TRUE(overlay.tints.at("idle").isMuted);
    EXPECT_EQ(overlay.tints.at("slow").colour, theme.accent);
    EXPECT_EQ(overlay.tints.at("busy").colour, theme.waiting);
    EXPECT_EQ(overlay.tints.at("full").colour, theme.bad);
    EXPECT_LT(overlay.tints.at("slow").width, overlay.tints.at("busy").width);
    EXPECT_LT(overlay.tints.at("busy").width, overlay.tints.at("full").width);
    EXPECT_EQ(overlay.tints.at("busy").text, rateText(40'000) + " (60 %)");
}

TEST(Overlays, OfSeveralCablesShowTheSumAndTheWorst) {
    const Theme& theme = Theme::light();
    Snapshot shot;
    for (const auto& [name, rate, share] :
         {std::tuple{"ab", 60'000.0, 0.6}, std::tuple{"cd", 40'000.0, 0.04}}) {
        LinkLoad load;
        load.link = name;
        load.bitsPerSecond = rate;
        load.share = share;
        shot.loads.push_back(load);
        LinkView link;
        link.name = name;
        shot.links.push_back(link);
    }
    LinkView idle;
    idle.name = "ef";
    shot.links.push_back(idle);
    const Overlay overlay = trafficOf(shot, theme);
    const CableTint ab = overlay.tints.at("ab");
    const CableTint cd = overlay.tints.at("cd");
    const CableTint ef = overlay.tints.at("ef");
    const CableTint all = tintOfAll({cd, ef, ab}, theme);
    EXPECT_TRUE(all.text.startsWith("Σ 100")) << all.text.toStdString();
    EXPECT_TRUE(all.text.contains("60")) << "the fullest one: " << all.text.toStdString();
    EXPECT_EQ(all.colour, theme.waiting);
    EXPECT_GT(all.width, ab.width);
    EXPECT_EQ(tintOfAll({ef, cd}, theme), cd) << "one that carries something is itself";
    EXPECT_EQ(tintOfAll({ef, ef}, theme), ef);
}

TEST(Overlays, OfRelationsKeepWhatHasNoneInTheBackground) {
    const LabFile lab = labOf(
        "peerscape: 1\n"
        "routers: {A: {asn: 1}, B: {asn: 2}, C: {asn: 3}}\n"
        "links:\n"
        "  - {name: ab, ends: [A, B], relation: customer-provider}\n"
        "  - {name: bc, ends: [B, C], relation: peer}\n"
        "  - {name: ac, ends: [A, C]}\n");
    const Overlay overlay = relationsOf(lab, Theme::dark());
    EXPECT_NE(overlay.tints.at("ab").colour, overlay.tints.at("bc").colour);
    EXPECT_FALSE(overlay.tints.at("ab").isMuted);
    EXPECT_TRUE(overlay.tints.at("ac").isMuted);
}

TEST(Overlays, WriteRatesInUnitsPeopleRead) {
    EXPECT_EQ(rateText(52), "52 bit/s");
    EXPECT_EQ(rateText(40'000), "40 kbit/s");
    EXPECT_TRUE(rateText(1'500'000).endsWith("5 Mbit/s"));
}

}  // namespace
}  // namespace peerscape::gui

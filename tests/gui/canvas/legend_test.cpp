#include "gui/canvas/legend.hpp"

#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

/// From the bottom left of the drawing to its top right.
const std::string kSlope =
    "peerscape: 1\n"
    "title: Slope\n"
    "routers:\n"
    "  A: {at: [0, 400], protocols: [rip]}\n"
    "  B: {at: [700, 0], protocols: [rip]}\n"
    "links:\n"
    "  - {name: ab, ends: {\"A:eth0\": [1.1.1.1/30], \"B:eth0\": [1.1.1.2/30]}}\n";

using LegendWindow = WindowTest;

TEST_F(LegendWindow, StandsWhereItHidesTheLeast) {
    open(kSlope);
    window_.resize(1400, 900);
    window_.show();
    settle();
    window_.view().fit();
    act("relations");
    const auto* legend = window_.view().findChild<Legend*>();
    ASSERT_NE(legend, nullptr);
    ASSERT_TRUE(legend->isVisible());
    EXPECT_LT(legend->y(), 20) << "at the top";
    EXPECT_LT(legend->x(), 20) << "on the left";
    EXPECT_FALSE(legend->geometry().contains(onScreen(placeOf("A"))));
    EXPECT_FALSE(legend->geometry().contains(onScreen(placeOf("B"))));
}

TEST_F(LegendWindow, SaysWhatTheSignsOfALayerMeanAndNothingOfCables) {
    open(kSlope);
    const auto* legend = window_.view().findChild<Legend*>();
    for (const char* layer : {"dataPlane", "sessions", "controlPlane", "relations", "traffic"}) {
        act(layer);
        EXPECT_GE(legend->texts().size(), 2) << layer;
    }
    act("physical");
    EXPECT_TRUE(legend->texts().isEmpty());
}

}  // namespace
}  // namespace peerscape::gui

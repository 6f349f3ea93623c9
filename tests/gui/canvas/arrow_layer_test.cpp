#include "gui/canvas/arrow_layer.hpp"

#include "gui/canvas/legend.hpp"
#include "gui/canvas/message_layer.hpp"
#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

class ArrowLayerTest : public WindowTest {
  protected:
    void SetUp() override {
        open(kSquare);
        act("converge");
    }
    const ArrowLayer& arrows() { return window_.scene().arrows(); }
    bool hasArrow(const char* from, const char* to) {
        return std::ranges::any_of(
            arrows().arrows(), [&](const LayerArrow& arrow) { return arrow.from == from && arrow.to == to; });
    }
    void choose(const char* prefix) {
        window_.choosePrefix(prefix);
        settle();
    }
    QColor colourAt(QPointF at) {
        const QImage seen = window_.view().viewport()->grab().toImage();
        return seen.pixelColor(onScreen(at));
    }
};

TEST_F(ArrowLayerTest, FollowsTheTablesOfTheChosenPrefix) {
    choose("10.4.0.0/16");
    EXPECT_TRUE(hasArrow("A", "B") || hasArrow("A", "C"));
    EXPECT_TRUE(hasArrow("B", "D"));
    EXPECT_TRUE(hasArrow("C", "D"));
    EXPECT_FALSE(hasArrow("D", "B"));
    const auto place = window_.scene().placeOnLink("bd", "B", 0.3);
    ASSERT_TRUE(place);
    EXPECT_EQ(colourAt(*place), window_.scene().theme().accent);
    EXPECT_EQ(arrows().moving(), 0U);
    act("physical");
    EXPECT_TRUE(arrows().arrows().empty());
    EXPECT_NE(colourAt(*place), window_.scene().theme().accent);
}

TEST_F(ArrowLayerTest, SwingsWhereTheTablesChangeAndStandsStillElsewhere) {
    choose("10.4.0.0/16");
    selectLink("bd");
    act("fail");
    // The interface is gone at once, and with it the route; RIP needs time to find the other way.
    EXPECT_GT(arrows().moving(), 0U);
    for (int i = 0; i < 12 && !hasArrow("B", "A"); ++i)
        act("nextChange");
    EXPECT_TRUE(hasArrow("B", "A"));
    // Another prefix is another picture.
    choose("4.4.4.0/30");
    choose("10.4.0.0/16");
    EXPECT_EQ(arrows().moving(), 0U);
}

TEST_F(ArrowLayerTest, DoesNotMoveWhereMotionIsReduced) {
    choose("10.4.0.0/16");
    act("still");
    selectLink("bd");
    act("fail");
    EXPECT_EQ(arrows().moving(), 0U);
    act("nextChange");
    EXPECT_EQ(arrows().moving(), 0U);
    EXPECT_EQ(window_.scene().messages().flying(), 0U);
    act("still");
    EXPECT_FALSE(window_.action("still")->isChecked());
}

TEST_F(ArrowLayerTest, OfTheControlPlanePointToWhoWasTold) {
    choose("10.4.0.0/16");
    act("controlPlane");
    EXPECT_EQ(window_.scene().layer(), LabScene::Layer::ControlPlane);
    EXPECT_TRUE(hasArrow("D", "B"));
    EXPECT_FALSE(hasArrow("B", "D"));
    EXPECT_EQ(window_.scene().nodeNamed("D")->mark(), NodeMark::Begins);
    choose("1.1.1.0/30");
    EXPECT_EQ(window_.scene().layer(), LabScene::Layer::ControlPlane);
    EXPECT_EQ(window_.scene().nodeNamed("A")->mark(), NodeMark::Begins);
}

TEST_F(ArrowLayerTest, APictureIsAsLargeAsTheDrawingAndHasItsArrows) {
    choose("10.4.0.0/16");
    const QString file = QString::fromStdString((file_.parent_path() / "drawing.png").string());
    ASSERT_TRUE(window_.writePicture(file).has_value());
    const QImage picture(file);
    EXPECT_GT(picture.width(), 2 * 400);
    EXPECT_LT(picture.width(), 2 * 800);
    const QRgb accent = window_.scene().theme().accent.rgb();
    int seen = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x)
            seen += picture.pixel(x, y) == accent ? 1 : 0;
    }
    EXPECT_GT(seen, 500);
}

TEST_F(ArrowLayerTest, OtherLayersColourTheCables) {
    act("relations");
    EXPECT_TRUE(window_.scene().linkNamed("ab")->tint()->isMuted);
    act("traffic");
    ASSERT_TRUE(window_.scene().linkNamed("ab")->tint());
    act("physical");
    EXPECT_FALSE(window_.scene().linkNamed("ab")->tint());
}

TEST_F(ArrowLayerTest, TheLegendSaysWhatTheSignsOfTheLayerMean) {
    const Legend& legend = window_.legend();
    EXPECT_FALSE(legend.isVisible());
    std::set<QStringList> seen;
    for (const char* layer : {"dataPlane", "sessions", "controlPlane", "relations", "traffic"}) {
        act(layer);
        EXPECT_TRUE(legend.isVisible()) << layer;
        EXPECT_GE(legend.texts().size(), 2) << layer;
        EXPECT_TRUE(window_.view().rect().contains(legend.geometry())) << layer;
        seen.insert(legend.texts());
    }
    EXPECT_EQ(seen.size(), 5U);
    act("legend");
    EXPECT_FALSE(legend.isVisible());
    act("legend");
    EXPECT_TRUE(legend.isVisible());
}

}  // namespace
}  // namespace peerscape::gui

#include "gui/canvas/link_item.hpp"

#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

class LinkItemTest : public WindowTest {
  protected:
    double middleOf(const char* link) { return window_.scene().linkNamed(link)->middle(); }
};

TEST_F(LinkItemTest, NamesOfCablesThatCrossStandBesideEachOther) {
    open(kSquare);
    for (const char* link : {"ab", "bd", "ac", "cd"})
        EXPECT_EQ(middleOf(link), 0.5) << link;
    std::string crossed = kSquare;
    crossed.insert(crossed.find("lans:"),
                   "  - {name: ad, ends: {\"A:eth2\": [5.5.5.1/30], \"D:eth2\": [5.5.5.2/30]}}\n"
                   "  - {name: bc, ends: {\"B:eth2\": [6.6.6.1/30], \"C:eth2\": [6.6.6.2/30]}}\n");
    open(crossed);
    const LinkItem& ad = *window_.scene().linkNamed("ad");
    const LinkItem& bc = *window_.scene().linkNamed("bc");
    EXPECT_LT(QLineF(ad.along(0.5), bc.along(0.5)).length(), 1);
    EXPECT_GT(QLineF(ad.along(ad.middle()), bc.along(bc.middle())).length(), 20);
    EXPECT_EQ(window_.scene().middleOfLink("ad"), ad.along(ad.middle())) << "counts of messages stand there";
    EXPECT_FALSE(bc.passesNear(ad.along(ad.middle()), 10)) << "it would be struck through";
    EXPECT_FALSE(ad.passesNear(bc.along(bc.middle()), 10));
}

}  // namespace
}  // namespace peerscape::gui

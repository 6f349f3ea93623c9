#include "gui/panels/why_panel.hpp"

#include <set>

#include "gui/panels/tables_panel.hpp"
#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

TEST_F(WindowTest, TheChainOfCausesLeadsFromTheFaultOverTheDrawing) {
    open(kSquare);
    act("converge");
    selectLink("bd");
    act("fail");
    act("converge");
    Q_EMIT window_.tables().whyAsked("B", "10.4.0.0/16");
    settle();
    QTreeWidget& steps = window_.why().steps();
    ASSERT_GE(steps.topLevelItemCount(), 3);
    EXPECT_EQ(steps.topLevelItem(steps.topLevelItemCount() - 1)->text(1), "B") << "the row itself";
    EXPECT_TRUE(window_.story().contains("bd")) << "and the fault";
    std::set<std::string> nodes;
    std::set<std::string> links;
    for (int i = 0; i < steps.topLevelItemCount(); ++i) {
        steps.setCurrentItem(steps.topLevelItem(i));
        settle();
        const Selection shown = window_.scene().selection();
        nodes.insert(shown.nodes.begin(), shown.nodes.end());
        links.insert(shown.links.begin(), shown.links.end());
    }
    EXPECT_TRUE(nodes.contains("B"));
    EXPECT_TRUE(links.contains("ab")) << "A told B over it";
    const SimTime before = shot().now;
    Q_EMIT steps.itemActivated(steps.topLevelItem(0), 0);
    settle();
    EXPECT_LT(shot().now, before);
    EXPECT_EQ(toString(shot().now), steps.topLevelItem(0)->text(0).toStdString());
}

}  // namespace
}  // namespace peerscape::gui

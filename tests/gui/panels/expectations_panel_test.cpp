#include "gui/panels/expectations_panel.hpp"

#include <algorithm>

#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

/// Evil announces half of what belongs to Victim.
const std::string kHijack =
    "peerscape: 1\n"
    "title: Hijack\n"
    "groups:\n"
    "  v: {kind: as, asn: 65001}\n"
    "  m: {kind: as, asn: 65002}\n"
    "  e: {kind: as, asn: 65003}\n"
    "watch:\n"
    "  - {prefix: 198.51.100.0/24, origins: [65001]}\n"
    "routers:\n"
    "  Victim: {group: v, at: [0, 0], networks: [198.51.100.0/24], protocols: [bgp]}\n"
    "  Middle: {group: m, at: [200, 0], protocols: [bgp]}\n"
    "  Evil: {group: e, at: [400, 0], networks: [198.51.100.0/25], protocols: [bgp]}\n"
    "links:\n"
    "  - {name: vm, ends: {\"Victim:eth0\": [192.0.2.1/30], \"Middle:eth0\": [192.0.2.2/30]}}\n"
    "  - {name: me, ends: {\"Middle:eth1\": [192.0.2.5/30], \"Evil:eth0\": [192.0.2.6/30]}}\n";

class ExpectationsWindow : public WindowTest {
  protected:
    QTreeWidget& tree() { return window_.expectations().tree(); }
    static bool isWarned(const Snapshot& shot, const std::string& name) {
        const auto node = std::ranges::find(shot.nodes, name, &NodeView::name);
        return node != shot.nodes.end() && !node->alarms.empty();
    }
};

TEST_F(ExpectationsWindow, SaysWhoBelievesAnOriginThatIsNotAllowed) {
    open(kHijack);
    EXPECT_TRUE(shot().alarms.empty()) << "nobody has heard of it yet";
    act("converge");
    ASSERT_EQ(shot().alarms.size(), 1U);
    EXPECT_EQ(shot().alarms[0].announcement, "198.51.100.0/25 from AS 65003");
    EXPECT_TRUE(isWarned(shot(), "Middle"));
    EXPECT_TRUE(ExpectationsPanel::badge(shot()).startsWith("▲ 1 "));
    ASSERT_EQ(tree().topLevelItemCount(), 1);
    const QTreeWidgetItem* alarm = tree().topLevelItem(0)->child(0);
    EXPECT_EQ(alarm->text(0), "▲  198.51.100.0/25 from AS 65003");
    EXPECT_TRUE(alarm->text(1).contains("Middle")) << alarm->text(1).toStdString();

    act("toStart");
    ASSERT_EQ(shot().alarms.size(), 1U);
    EXPECT_EQ(shot().alarms[0].believers, std::vector<std::string>{"Evil"}) << "it alone, at first";
    EXPECT_FALSE(isWarned(shot(), "Middle"));
}

TEST_F(ExpectationsWindow, CountsWhatIsMet) {
    open(kSquare);
    while (!shot().nextStep.empty())
        act("step");
    EXPECT_EQ(ExpectationsPanel::badge(shot()), "✕ 1 of 3 not met");
    EXPECT_EQ(tree().topLevelItemCount(), 2) << "an item for each step";
}

}  // namespace
}  // namespace peerscape::gui

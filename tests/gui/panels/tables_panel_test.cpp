#include "gui/panels/tables_panel.hpp"

#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

class TablesWindow : public WindowTest {
  protected:
    void openShipped(const char* lab) {
        const auto path = std::filesystem::path(PEERSCAPE_SOURCE_DIR) / "scenarios/labs" / lab;
        ASSERT_TRUE(window_.openFile(QString::fromStdString(path.string())));
        settle();
    }
    void look(const char* node) {
        window_.scene().select({{node}, {}, {}});
        settle();
    }
    /// Where the row of that prefix stands; -1: nowhere.
    static int rowOf(const StateTable& table, const QString& prefix, int column) {
        for (int row = 0; row < table.rowCount(); ++row) {
            if (table.text(row, column) == prefix) return row;
        }
        return -1;
    }
    TablesPanel& tables() { return window_.tables(); }
};

TEST_F(TablesWindow, MarksTheCellsThatTheCutChanged) {
    open(kSquare);
    act("converge");
    look("B");
    const int row = rowOf(tables().routes(), "10.4.0.0/16", 1);
    ASSERT_GE(row, 0);
    EXPECT_FALSE(tables().routes().isChanged(row, 5));
    selectLink("bd");
    act("fail");
    act("converge");
    const int after = rowOf(tables().routes(), "10.4.0.0/16", 1);
    ASSERT_GE(after, 0);
    EXPECT_TRUE(tables().routes().text(after, 5).contains("1.1.1.1"));
    EXPECT_TRUE(tables().routes().isChanged(after, 5));
    EXPECT_FALSE(tables().routes().isChanged(rowOf(tables().routes(), "1.1.1.0/30", 1), 1));
}

TEST_F(TablesWindow, ShowsTheProtocolsThatTheRouterRuns) {
    openShipped("bgp-local-preference");
    look("A");
    EXPECT_TRUE(tables().tabs().isTabVisible(tables().tabs().indexOf(&tables().bgp())));
    EXPECT_FALSE(tables().tabs().isTabVisible(tables().tabs().indexOf(&tables().rip())));
    EXPECT_FALSE(tables().tabs().isTabVisible(tables().tabs().indexOf(&tables().eigrp())));
}

TEST_F(TablesWindow, APathShowsTheStepThatDecided) {
    openShipped("bgp-local-preference");
    look("A");
    act("step");
    StateTable& paths = tables().bgp().paths();
    for (int row = 0; row < paths.rowCount(); ++row) {
        if (paths.text(row, 1) == "198.51.100.192/26" && paths.text(row, 2) == "B") paths.selectRow(row);
    }
    EXPECT_EQ(tables().bgp().verdict(),
              "198.51.100.192/26: the path from B lost against that from D: its AS path is longer.");
    const StateTable& ladder = tables().bgp().ladder();
    QStringList lost;
    for (int row = 0; row < ladder.rowCount(); ++row) {
        if (ladder.text(row, 2).startsWith("✕")) lost << ladder.text(row, 0) + ": " + ladder.text(row, 2);
    }
    EXPECT_EQ(lost, QStringList{"AS path length (lowest): ✕ 3"});
    EXPECT_GE(ladder.rowCount(), 4) << "weight, local preference, originated here, AS path";
}

TEST_F(TablesWindow, ANeighborShowsItsStateMachineAndBothEnds) {
    openShipped("bgp-local-preference");
    look("A");
    act("step");
    NeighborPage& page = tables().neighbors();
    ASSERT_EQ(page.table().rowCount(), 2);
    EXPECT_FALSE(page.machine().isHidden());
    EXPECT_EQ(page.machine().accessibleDescription(), "A: Established; B: Established");
    EXPECT_TRUE(page.reason().startsWith("A of B: ")) << page.reason().toStdString();
    selectLink("ab");
    act("fail");
    look("A");
    EXPECT_TRUE(page.machine().accessibleDescription().contains("A: Idle"))
        << page.machine().accessibleDescription().toStdString();
}

TEST_F(TablesWindow, EnterOnARowAsksWhyItIsThere) {
    open(kSquare);
    act("converge");
    look("A");
    QString asked;
    QObject::connect(&tables(), &TablesPanel::whyAsked,
                     [&](const QString& node, const QString& prefix) { asked = node + " " + prefix; });
    StateTable& rip = tables().rip();
    tables().tabs().setCurrentWidget(&rip);
    rip.selectRow(rowOf(rip, "10.4.0.0/16", 0));
    QTest::keyClick(&rip, Qt::Key_Return);
    settle();
    EXPECT_EQ(asked, "A 10.4.0.0/16");
    EXPECT_TRUE(window_.story().contains("Why has A this route to 10.4.0.0/16?"));
}

}  // namespace
}  // namespace peerscape::gui

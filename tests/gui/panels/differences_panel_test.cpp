#include "gui/panels/differences_panel.hpp"

#include <algorithm>

#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

class DifferencesWindow : public WindowTest {
  protected:
    /// "B: − then …" for every row.
    QStringList rows() {
        QStringList all;
        QTreeWidget& tree = window_.differences().tree();
        for (int i = 0; i < tree.topLevelItemCount(); ++i) {
            const QTreeWidgetItem* router = tree.topLevelItem(i);
            for (int k = 0; k < router->childCount(); ++k)
                all << router->text(0) + ": " + router->child(k)->text(0) + " " + router->child(k)->text(1);
        }
        return all;
    }
    bool has(const QString& start, const QString& words) {
        return std::ranges::any_of(
            rows(), [&](const QString& row) { return row.startsWith(start) && row.contains(words); });
    }
};

TEST_F(DifferencesWindow, TellsWhatHasChangedSinceTheInstantKeptInMind) {
    open(kSquare);
    act("converge");
    window_.differences().keepThisInstant();
    settle();
    EXPECT_TRUE(rows().isEmpty());
    EXPECT_TRUE(window_.differences().summary().contains("the same tables"));
    selectLink("bd");
    act("fail");
    EXPECT_TRUE(has("B: − then", "10.4.0.0/16 [120/2]")) << "the cut came after it, at the same instant";
    act("converge");
    EXPECT_TRUE(has("B: − then", "10.4.0.0/16 [120/2]")) << rows().join("\n").toStdString();
    EXPECT_TRUE(has("B: + now", "10.4.0.0/16 [120/4]"));
    EXPECT_FALSE(has("C: + now", "10.4.0.0/16"));
}

TEST_F(DifferencesWindow, KeepsTheSameInstantAnewAfterAnActionAtIt) {
    open(kSquare);
    act("converge");
    window_.differences().keepThisInstant();
    settle();
    selectLink("bd");
    act("fail");
    EXPECT_FALSE(rows().isEmpty());
    window_.differences().keepThisInstant();
    settle();
    EXPECT_TRUE(rows().isEmpty()) << rows().join("\n").toStdString();
}

TEST_F(DifferencesWindow, ComparesTwoTimelines) {
    open(kSquare);
    act("converge");
    window_.session().seek(shot().now + Duration::seconds(20));
    settle();
    window_.session().seek(shot().now - Duration::seconds(20));
    settle();
    selectLink("bd");
    act("fail");
    ASSERT_EQ(shot().timelines.size(), 2U);
    window_.session().seek(shot().now + Duration::seconds(10));
    settle();
    window_.differences().compareWith("main");
    settle();
    EXPECT_TRUE(has("B: − then", "10.4.0.0/16 [120/2]")) << rows().join("\n").toStdString();
    window_.differences().compareWith("");
    settle();
    EXPECT_TRUE(rows().isEmpty());
}

}  // namespace
}  // namespace peerscape::gui

#include "gui/app/link_dialog.hpp"

#include <algorithm>

#include <QStatusBar>
#include <QTimer>

#include "gui/app/run_until_dialog.hpp"
#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

class LinkDialogTest : public WindowTest {
  protected:
    /// What is done to the dialog that the next action opens; it is taken afterwards where that is possible.
    template <typename Dialog>
    void whenAsked(const std::function<void(Dialog&)>& fill) {
        QTimer::singleShot(0, &window_, [fill] {
            auto* dialog = qobject_cast<Dialog*>(QApplication::activeModalWidget());
            ASSERT_NE(dialog, nullptr);
            fill(*dialog);
            dialog->accept();
        });
    }
    const LinkView& link(const std::string& name) {
        return *std::ranges::find(shot().links, name, &LinkView::name);
    }
    static std::vector<LinkView> twoLinks() {
        LinkView first;
        first.name = "ab";
        first.delay = "2ms";
        first.loss = "0%";
        LinkView second = first;
        second.name = "bd";
        second.delay = "3ms";
        return {first, second};
    }
};

TEST_F(LinkDialogTest, ChangesAreActionsAtThisInstantAndTheLabStays) {
    open(kSquare);
    act("converge");
    const std::string before = text();
    const SimTime now = shot().now;
    selectLink("ab");
    whenAsked<LinkDialog>([](LinkDialog& dialog) {
        EXPECT_EQ(dialog.delay().text(), "2ms") << "the field begins with what there is";
        dialog.delay().setText("70ms");
        dialog.loss().setText("12.5%");
    });
    act("linkProperties");
    EXPECT_EQ(link("ab").delay, "70ms");
    EXPECT_EQ(link("ab").loss, "12.5%");
    EXPECT_EQ(link("ab").bandwidth, "");
    EXPECT_EQ(link("bd").delay, "2ms");
    EXPECT_EQ(text(), before);
    EXPECT_EQ(shot().marks.back().time, now);
    EXPECT_EQ(shot().marks.back().kind, TimeMark::Kind::Action);
    act("previousChange");
    EXPECT_EQ(link("ab").delay, "2ms") << "before, it was as it was";
}

TEST_F(LinkDialogTest, SaysWhatIsWrongAsOneTypesAndTakesNothingMeanwhile) {
    LinkDialog dialog(twoLinks());
    EXPECT_FALSE(dialog.canBeTaken()) << "nothing is changed yet";
    dialog.delay().setText("fast");
    EXPECT_TRUE(dialog.delay().problem().contains("'fast'"));
    EXPECT_FALSE(dialog.canBeTaken());
    dialog.delay().setText("-2ms");
    EXPECT_FALSE(dialog.delay().isRight());
    dialog.delay().setText("10ms");
    EXPECT_TRUE(dialog.canBeTaken());
    dialog.loss().setText("101%");
    EXPECT_FALSE(dialog.canBeTaken());
    dialog.loss().setText("100%");
    dialog.bandwidth().setText("0Mbit");
    EXPECT_FALSE(dialog.canBeTaken());
    dialog.bandwidth().setText("");
    EXPECT_TRUE(dialog.canBeTaken());
}

TEST_F(LinkDialogTest, OfSeveralLinksWhatIsLeftEmptyStays) {
    LinkDialog dialog(twoLinks());
    EXPECT_EQ(dialog.delay().text(), "") << "they differ";
    EXPECT_EQ(dialog.loss().text(), "0%");
    dialog.bandwidth().setText("10Mbit");
    const std::vector<lab_action::Change> changes = dialog.changes();
    ASSERT_EQ(changes.size(), 2U);
    for (const lab_action::Change& change : changes) {
        EXPECT_EQ(change.bandwidth, Bandwidth::bitsPerSecond(10'000'000));
        EXPECT_FALSE(change.delay || change.loss);
    }
    dialog.bandwidth().setText("");
    dialog.delay().setText("3ms");
    ASSERT_EQ(dialog.changes().size(), 1U) << "bd has it already";
    EXPECT_EQ(dialog.changes().front().link.name, "ab");
}

TEST_F(LinkDialogTest, ACaptureSaysHowManyFramesItHas) {
    open(kSquare);
    act("converge");
    selectLink("ab");
    const QString path = QString::fromStdString((folder_.path() / "ab.pcapng").string());
    window_.captureTo(path);
    settle();
    const QString said = window_.statusBar()->currentMessage();
    EXPECT_TRUE(said.endsWith("frames are written: " + path)) << said.toStdString();
    EXPECT_GT(said.section(' ', 0, 0).toInt(), 3);
    EXPECT_GT(QFileInfo(path).size(), 500);
}

TEST_F(LinkDialogTest, TheMenuOfALinkHasAllThatCanBreakIt) {
    open(kSquare);
    selectLink("ab");
    for (const char* id :
         {"fail", "restore", "failSilently", "failOneWay", "flap", "lossy", "linkProperties", "capture"})
        EXPECT_TRUE(window_.action(id)->isEnabled()) << id;
    window_.scene().select({{}, {"ab", "cd"}, {}});
    EXPECT_TRUE(window_.action("linkProperties")->isEnabled());
    EXPECT_TRUE(window_.action("capture")->isEnabled());
    window_.scene().select({{"A"}, {"ab"}, {}});
    EXPECT_FALSE(window_.action("capture")->isEnabled());
}

TEST_F(LinkDialogTest, ARunGoesOnToTheEventThatIsAskedFor) {
    open(kSquare);
    whenAsked<RunUntilDialog>([](RunUntilDialog& dialog) {
        dialog.longest().setText("soon");
        EXPECT_FALSE(dialog.canBeTaken());
        dialog.longest().setText("2min");
        EXPECT_TRUE(dialog.canBeTaken());
        dialog.setWords("10.4.0.0/16");
    });
    act("runUntil");
    EXPECT_GT(shot().now, SimTime::start());
    const QString said = window_.statusBar()->currentMessage();
    EXPECT_TRUE(said.contains("10.4.0.0/16")) << said.toStdString();
    EXPECT_TRUE(said.startsWith(QString::fromStdString(toString(shot().now)))) << said.toStdString();
    const SimTime there = shot().now;
    whenAsked<RunUntilDialog>([](RunUntilDialog& dialog) {
        EXPECT_EQ(dialog.filter().words, "10.4.0.0/16") << "the dialog remembers";
        EXPECT_EQ(dialog.limit(), Duration::minutes(2));
        dialog.setWords("no event says this");
    });
    act("runUntil");
    EXPECT_GT(shot().now, there);
    EXPECT_TRUE(window_.statusBar()->currentMessage().contains("within 120 s"))
        << window_.statusBar()->currentMessage().toStdString();
}

}  // namespace
}  // namespace peerscape::gui

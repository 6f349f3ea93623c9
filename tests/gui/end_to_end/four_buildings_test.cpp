// The story that the program is for, in a real window, with a real mouse and keyboard: four buildings are
// drawn and given RIP, a cable breaks, the routes heal, and time goes back to before it broke.
#include <algorithm>
#include <functional>

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QTableWidget>
#include <QTest>
#include <QTimer>

#include "gui/app/main_window.hpp"
#include "gui/canvas/link_item.hpp"
#include "gui/canvas/node_item.hpp"
#include "gui/panels/inspector.hpp"
#include "gui/panels/tables_panel.hpp"
#include "gui/panels/time_bar.hpp"
#include "gui/panels/time_strip.hpp"
#include "tests/gui/end_to_end/hand.hpp"
#include "tests/gui/gui_fixture.hpp"

namespace peerscape::gui {
namespace {

class FourBuildings : public testing::Test {
  protected:
    FourBuildings() {
        window_.setGeometry(0, 0, 1400, 900);
        window_.show();
    }
    ~FourBuildings() override {
        dialogs_.stop();
        window_.session().finish();
    }

    /// Until it is so, and all requests are done; what never comes true is a failure.
    void expectSoon(const std::function<bool()>& isSo, const char* what) {
        const bool came = QTest::qWaitFor([&] { return isSo() && !window_.session().isBusy(); }, 20'000);
        ASSERT_TRUE(came) << what;
        ASSERT_FALSE(hand_.hasFailed()) << "xdotool could not do it";
        QApplication::sendPostedEvents();
    }
    /// What the screen shows now; kept where PEERSCAPE_PICTURES says.
    void takePicture(const QString& name) {
        QApplication::processEvents();
        const QString folder = qEnvironmentVariable("PEERSCAPE_PICTURES");
        if (folder.isEmpty()) return;
        const QImage seen = window_.grab().toImage().convertToFormat(QImage::Format_RGB888);
        EXPECT_TRUE(seen.save(folder + "/" + name, "PNG", 0));
    }
    /// The next file dialog is answered by typing a path.
    void answerFileDialog(const QString& path) {
        dialogs_.disconnect();
        dialogs_.setInterval(50);
        QObject::connect(&dialogs_, &QTimer::timeout, &dialogs_, [this, path] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            if (dialog == nullptr || !dialog->isVisible()) return;
            dialogs_.stop();
            hand_.focus(*dialog);
            hand_.press("ctrl+a");
            hand_.type(path);
            hand_.press("Return");
        });
        dialogs_.start();
    }

    const LabFile& lab() { return window_.editor().lab(); }
    QPoint onScreen(QPointF scene) {
        return window_.view().viewport()->mapToGlobal(window_.view().mapFromScene(scene));
    }
    QPoint node(const QString& name) { return onScreen(window_.scene().nodeNamed(name)->pos()); }
    QPoint middleOf(const QString& link) { return onScreen(window_.scene().linkNamed(link)->pointAt(0.5)); }
    void typeInto(const char* field, const QString& text) {
        auto* line = qobject_cast<QLineEdit*>(window_.inspector().field(field));
        ASSERT_NE(line, nullptr) << field;
        window_.inspector().ensureWidgetVisible(line);
        hand_.click(*line);
        hand_.press("ctrl+a");
        hand_.type(text);
        hand_.press("Return");
    }
    /// By which address the table on the screen says that the prefix is reached; empty: there is no such row.
    QString wayTo(const QString& prefix) {
        const StateTable& routes = window_.tables().routes();
        for (int row = 0; row < routes.rowCount(); ++row) {
            if (routes.text(row, 1) == prefix && !routes.text(row, 0).isEmpty()) return routes.text(row, 5);
        }
        return {};
    }
    bool isUp(const char* link) {
        const auto& links = window_.session().snapshot()->links;
        const auto found = std::ranges::find(links, link, &LinkView::name);
        return found != links.end() && found->isUp;
    }

    void drawRouters();
    void drawCables();
    void giveBuildingAndRip(const QString& router, const QString& title, const QString& network);
    void runAndBreak();
    void goBack();
    void saveAndReopen();

    Hand hand_;
    TemporaryFolder folder_;
    MainWindow window_;
    QTimer dialogs_;
    QString healthy_;  ///< R1's way to the network behind R4
    QString healed_;
};

void FourBuildings::drawRouters() {
    hand_.press("r");
    expectSoon([&] { return window_.scene().tool() != nullptr; }, "the router tool is in the hand");
    const QRect seen = window_.view().viewport()->rect();
    const QPoint middle = window_.view().viewport()->mapToGlobal(seen.center());
    for (const QPoint by : {QPoint(-260, 0), QPoint(0, -130), QPoint(0, 120), QPoint(260, 0)}) {
        const std::size_t before = lab().routers.size();
        hand_.click(middle + by);
        expectSoon([&] { return lab().routers.size() == before + 1; },
                   "a router stands where it was clicked");
    }
}

void FourBuildings::drawCables() {
    hand_.press("l");
    for (const auto& [from, to] :
         {std::pair("R1", "R2"), std::pair("R2", "R4"), std::pair("R1", "R3"), std::pair("R3", "R4")}) {
        const std::size_t before = lab().links.size();
        hand_.drag(node(from), node(to));
        expectSoon([&] { return lab().links.size() == before + 1; }, "a cable is drawn");
    }
    hand_.press("Escape");
    expectSoon([&] { return window_.scene().tool() == nullptr; }, "the tool is put down");
}

void FourBuildings::giveBuildingAndRip(const QString& router, const QString& title, const QString& network) {
    const std::string name = router.toStdString();
    hand_.click(node(router));
    expectSoon([&] { return window_.scene().selection().nodes.contains(name); }, "the router is selected");
    auto* rip = qobject_cast<QCheckBox*>(window_.inspector().field("rip"));
    ASSERT_NE(rip, nullptr);
    hand_.click(rip->mapToGlobal(QPoint(8, rip->height() / 2)));
    expectSoon([&] { return !lab().router(name)->protocols.empty(); }, "the router speaks RIP");
    typeInto("networks", network);
    expectSoon([&] { return !lab().router(name)->networks.empty(); }, "a network lies behind the router");
    hand_.click(node(router));
    hand_.press("ctrl+g");
    expectSoon([&] { return lab().router(name)->group.has_value(); }, "a building stands around it");
    typeInto("title", title);
    expectSoon([&] { return lab().groups.back().title == title.toStdString(); }, "the building has its name");
}

void FourBuildings::runAndBreak() {
    hand_.click(node("R1"));
    expectSoon([&] { return window_.session().snapshot()->tables.node == "R1"; }, "the tables are R1's");
    hand_.press("c");
    expectSoon([&] { return !wayTo("10.4.0.0/16").isEmpty(); }, "R1 has heard of the network behind R4");
    healthy_ = wayTo("10.4.0.0/16");
    // R1 chose one of two ways of the same length. That one breaks.
    const bool isByR2 = healthy_.contains("eth0");
    const QString cable = isByR2 ? "R1-R2" : "R1-R3";
    hand_.click(middleOf(cable));
    expectSoon([&] { return window_.scene().selection().links.contains(cable.toStdString()); },
               "the cable is selected");
    hand_.press("f");
    expectSoon([&] { return !isUp(cable.toUtf8().constData()); }, "the cable has failed");
    hand_.press("c");
    expectSoon([&] { return !wayTo("10.4.0.0/16").isEmpty() && wayTo("10.4.0.0/16") != healthy_; },
               "the table shows the healed path");
    healed_ = wayTo("10.4.0.0/16");
    window_.choosePrefix("10.4.0.0/16");
    expectSoon(
        [&] {
            const auto& arrows = window_.session().snapshot()->arrows;
            return std::ranges::any_of(arrows, [&](const HopArrow& arrow) {
                return arrow.from == "R1" && arrow.link == (isByR2 ? "R1-R3" : "R1-R2");
            });
        },
        "the drawing shows the healed path");
    takePicture("gui-healed.png");
}

void FourBuildings::goBack() {
    const auto& marks = window_.session().snapshot()->marks;
    const auto fault = std::ranges::find(marks, TimeMark::Kind::Action, &TimeMark::kind);
    ASSERT_NE(fault, marks.end());
    const SimTime failed = fault->time;
    auto* strip = window_.timeBar().findChild<TimeStrip*>();
    ASSERT_NE(strip, nullptr);
    const int x = static_cast<int>(strip->xOf(failed)) - 6;
    hand_.click(strip->mapToGlobal(QPoint(x, strip->height() / 2)));
    expectSoon([&] { return window_.session().snapshot()->now < failed; }, "it is before the failure");
    expectSoon([&] { return wayTo("10.4.0.0/16") == healthy_; }, "the table is as it was");
    EXPECT_TRUE(isUp("R1-R2") && isUp("R1-R3"));
    takePicture("gui-before.png");
}

void FourBuildings::saveAndReopen() {
    const std::string drawn = writeLab(lab());
    const QString path = QString::fromStdString((folder_.path() / "drawn.yaml").string());
    hand_.focus(window_);
    answerFileDialog(path);
    hand_.press("ctrl+s");
    expectSoon([&] { return QFile::exists(path) && !window_.isWindowModified(); }, "the lab is saved");
    hand_.focus(window_);
    answerFileDialog(path);
    hand_.press("ctrl+o");
    expectSoon([&] { return !window_.editor().document().canUndo() && lab().routers.size() == 4; },
               "the lab is open again");
    EXPECT_EQ(writeLab(lab()), drawn);
}

TEST_F(FourBuildings, AreDrawnBreakHealAndGoBackInTime) {
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&window_));
    hand_.focus(window_);
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window_));
    drawRouters();
    drawCables();
    for (int i = 1; i <= 4; ++i)
        giveBuildingAndRip(QString("R%1").arg(i), QString("Building %1").arg(QChar('A' + i - 1)),
                           QString("10.%1.0.0/16").arg(i));
    ASSERT_FALSE(HasFailure());
    runAndBreak();
    ASSERT_FALSE(HasFailure());
    goBack();
    saveAndReopen();
}

}  // namespace
}  // namespace peerscape::gui

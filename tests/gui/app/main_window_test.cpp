#include "gui/app/main_window.hpp"

#include <chrono>
#include <filesystem>

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimer>

#include "gui/panels/console_panel.hpp"
#include "gui/panels/event_list.hpp"
#include "gui/panels/expectations_panel.hpp"
#include "gui/panels/inspector.hpp"
#include "gui/panels/tables_panel.hpp"
#include "gui/panels/time_bar.hpp"
#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

/// The cell of the routes' table for the prefix: 5 is the way.
QString routeCell(TablesPanel& tables, const QString& prefix, int column) {
    for (int row = 0; row < tables.routes().rowCount(); ++row) {
        if (tables.routes().text(row, 1) == prefix && !tables.routes().text(row, 0).isEmpty())
            return tables.routes().text(row, column);
    }
    return "none";
}

TEST_F(WindowTest, OpensALabAndSwitchesItOn) {
    open(kSquare);
    EXPECT_TRUE(window_.windowTitle().startsWith("Square"));
    ASSERT_NE(window_.session().snapshot(), nullptr);
    EXPECT_EQ(shot().now, SimTime::start());
    EXPECT_EQ(placeOf("D"), QPointF(400, 0));
    EXPECT_EQ(window_.banner(), "");
    EXPECT_FALSE(window_.isWindowModified());
}

TEST_F(WindowTest, ADragIsOneGestureAndUndoGivesTheIdenticalFile) {
    open(kSquare);
    const std::string before = text();
    window_.scene().clearSelection();
    drag(placeOf("C"), placeOf("C") + QPointF(60, 50));
    EXPECT_EQ(lab().router("C")->at, (CanvasPoint{260, 150}));
    EXPECT_EQ(window_.editor().document().undoText(), "Move C");
    EXPECT_TRUE(window_.isWindowModified());
    const std::string after = text();
    act("undo");
    EXPECT_EQ(text(), before);
    EXPECT_EQ(placeOf("C"), QPointF(200, 100));
    EXPECT_FALSE(window_.editor().document().canUndo());
    act("redo");
    EXPECT_EQ(text(), after);
    EXPECT_EQ(shot().now, SimTime::start()) << "undo is not time";
}

TEST_F(WindowTest, EveryGestureUndoneAndRedoneGivesTheIdenticalFile) {
    open(kSquare);
    std::vector<std::string> texts{text()};
    const auto note = [&] {
        ASSERT_NE(text(), texts.back());
        texts.push_back(text());
    };
    act("router");
    click({100, 200});
    note();
    act("host");
    click({300, 240});
    note();
    act("link");
    drag(placeOf("R1"), placeOf("C"));
    note();
    click(placeOf("pc1"));
    click(placeOf("R1"));
    note();
    act("lan");
    click(placeOf("R1"));
    note();
    act("select");
    window_.scene().select({{"R1", "pc1"}, {}, {}});
    act("group");
    note();
    window_.scene().select({{"R1", "pc1"}, {}, {}});
    act("duplicate");
    note();
    window_.scene().select({{"A"}, {"bd"}, {"b"}});
    act("delete");
    note();
    act("layout");
    note();
    for (std::size_t i = texts.size() - 1; i > 0; --i) {
        act("undo");
        EXPECT_EQ(text(), texts[i - 1]);
    }
    EXPECT_FALSE(window_.editor().document().canUndo());
    for (std::size_t i = 1; i < texts.size(); ++i) {
        act("redo");
        EXPECT_EQ(text(), texts[i]);
    }
    EXPECT_EQ(labOf(texts.back()), lab()) << "what is drawn can be saved and read";
}

TEST_F(WindowTest, TheLinkToolLinksByDraggingAndByClickingAndNeverToItself) {
    open(kSquare);
    act("link");
    const std::size_t before = lab().links.size();
    drag(placeOf("A"), placeOf("D"));
    EXPECT_EQ(lab().links.size(), before + 1);
    EXPECT_EQ(lab().links.back().name, "A-D");
    EXPECT_EQ(lab().links.back().ends[0].interface, "eth2");
    click(placeOf("B"));
    click(placeOf("C"));
    EXPECT_EQ(lab().links.back().name, "B-C");
    click(placeOf("B"));
    click(placeOf("B"));
    drag(placeOf("C"), QPointF(600, 300));
    EXPECT_EQ(lab().links.size(), before + 2);
    window_.scene().cancel();
    window_.scene().cancel();
    EXPECT_EQ(window_.scene().tool(), nullptr);
}

TEST_F(WindowTest, AFailedLinkIsSeenHealsInTheTableAndTimeGoesBackBeforeIt) {
    open(kSquare);
    click(placeOf("B"));
    EXPECT_EQ(shot().tables.node, "B");
    act("converge");
    EXPECT_TRUE(routeCell(window_.tables(), "10.4.0.0/16", 5).contains("2.2.2.2"));
    const SimTime before = shot().now;
    selectLink("bd");
    act("fail");
    const auto bd = std::ranges::find(shot().links, "bd", &LinkView::name);
    EXPECT_FALSE(bd->isUp);
    EXPECT_EQ(bd->ends[0].light, EndView::Light::Down);
    act("converge");
    EXPECT_TRUE(routeCell(window_.tables(), "10.4.0.0/16", 5).contains("1.1.1.1"))
        << routeCell(window_.tables(), "10.4.0.0/16", 5).toStdString();
    EXPECT_GE(shot().marks.size(), 2U);
    window_.session().seek(before - Duration::nanoseconds(1));
    settle();
    EXPECT_TRUE(routeCell(window_.tables(), "10.4.0.0/16", 5).contains("2.2.2.2"));
    EXPECT_TRUE(std::ranges::find(shot().links, "bd", &LinkView::name)->isUp);
    EXPECT_EQ(window_.editor().document().canUndo(), false) << "a fault is no gesture on the drawing";
}

TEST_F(WindowTest, RestoreUndoesEveryKindOfFailure) {
    open(kSquare);
    for (const char* fault : {"fail", "failSilently", "failOneWay", "flap"}) {
        selectLink("ab");
        act(fault);
        act("nextEvent");
        act("restore");
        const auto ab = std::ranges::find(shot().links, "ab", &LinkView::name);
        EXPECT_TRUE(ab->isUp && !ab->isSilent) << fault;
    }
    window_.scene().select({{"A"}, {}, {}});
    settle();
    act("stop");
    EXPECT_TRUE(std::ranges::find(shot().nodes, "A", &NodeView::name)->protocols.empty());
    act("start");
    EXPECT_EQ(std::ranges::find(shot().nodes, "A", &NodeView::name)->protocols.size(), 1U);
}

TEST_F(WindowTest, ALinkDrawnWhileTheLabRunsIsPluggedInNow) {
    open(kSquare);
    act("converge");
    act("link");
    drag(placeOf("A"), placeOf("D"));
    EXPECT_EQ(lab().links.size(), 4U) << "the lab file stays as it is";
    ASSERT_NE(window_.scene().linkNamed("A-D"), nullptr);
    EXPECT_TRUE(std::ranges::find(shot().links, "A-D", &LinkView::name)->isAdded);
    act("toStart");
    EXPECT_EQ(window_.scene().linkNamed("A-D"), nullptr) << "it is not there yet";
}

TEST_F(WindowTest, ADrawingThatChangesUnderARunSaysSo) {
    open(kSquare);
    act("converge");
    window_.scene().select({{}, {"ab"}, {}});
    act("delete");
    EXPECT_NE(window_.banner(), "");
    EXPECT_GT(shot().now, SimTime::start());
    act("restart");
    EXPECT_EQ(window_.banner(), "");
    EXPECT_EQ(shot().now, SimTime::start());
    EXPECT_EQ(shot().links.size(), 4U);
}

TEST_F(WindowTest, TheInspectorTakesWhatIsRightAndSaysWhatIsExpected) {
    open(kSquare);
    selectLink("ab");
    auto* delay = qobject_cast<QLineEdit*>(window_.inspector().field("delay"));
    ASSERT_NE(delay, nullptr);
    const auto type = [](QLineEdit* line, const char* text) {
        line->selectAll();
        QTest::keyClicks(line, text);
        QTest::keyClick(line, Qt::Key_Return);
    };
    type(delay, "30ms");
    EXPECT_EQ(lab().links[0].delay, Duration::milliseconds(30));
    type(delay, "soon");
    EXPECT_EQ(lab().links[0].delay, Duration::milliseconds(30));
    window_.scene().select({{}, {}, {"b"}});
    auto* asn = qobject_cast<QLineEdit*>(window_.inspector().field("asn"));
    ASSERT_NE(asn, nullptr);
    type(asn, "64999");
    EXPECT_EQ(lab().group("b")->asn, Asn::number(64999));
    window_.scene().select({{"A"}, {}, {}});
    auto* config = qobject_cast<QPlainTextEdit*>(window_.inspector().field("config"));
    config->setPlainText("router rip\n network 1.0.0.0/8");
    qobject_cast<QPushButton*>(window_.inspector().field("useConfig"))->click();
    settle();
    EXPECT_EQ(lab().router("A")->config[0].text, "router rip\n network 1.0.0.0/8\n");
    act("undo");
    act("undo");
    act("undo");
    EXPECT_EQ(text(), writeLab(labOf(kSquare)));
}

TEST_F(WindowTest, WhatProtocolsMeanIsShownAndCanBeWrittenOut) {
    open(
        "peerscape: 1\nrouters:\n  A: {asn: 1, protocols: [bgp]}\n  B: {asn: 1, protocols: [bgp]}\n"
        "links: [{ends: [A, B]}]\n");
    const std::string before = text();
    window_.scene().select({{"A"}, {}, {}});
    const auto intended = [&] {
        const auto* shown = qobject_cast<QPlainTextEdit*>(window_.inspector().field("intendedConfig"));
        return shown == nullptr ? QString() : shown->toPlainText();
    };
    EXPECT_TRUE(intended().contains("router bgp 1\n"));
    EXPECT_FALSE(intended().contains("route-reflector-client"));
    auto* asn = qobject_cast<QLineEdit*>(window_.inspector().field("asn"));
    asn->selectAll();
    QTest::keyClicks(asn, "7");
    QTest::keyClick(asn, Qt::Key_Return);
    EXPECT_TRUE(intended().contains("router bgp 7\n")) << intended().toStdString();
    act("undo");
    auto* reflects = qobject_cast<QCheckBox*>(window_.inspector().field("routeReflector"));
    ASSERT_NE(reflects, nullptr);
    reflects->click();
    EXPECT_TRUE(lab().router("A")->reflectsRoutes);
    EXPECT_TRUE(intended().contains("route-reflector-client"));
    qobject_cast<QCheckBox*>(window_.inspector().field("bgp"))->click();
    EXPECT_FALSE(lab().router("A")->reflectsRoutes) << "who speaks no BGP reflects nothing";
    EXPECT_EQ(window_.inspector().field("routeReflector"), nullptr);
    act("undo");
    const QString wanted = intended();
    qobject_cast<QPushButton*>(window_.inspector().field("writeOut"))->click();
    auto* config = qobject_cast<QPlainTextEdit*>(window_.inspector().field("config"));
    ASSERT_NE(config, nullptr);
    EXPECT_EQ(config->toPlainText(), wanted);
    EXPECT_TRUE(lab().router("B")->protocols.empty());
    act("undo");
    act("undo");
    EXPECT_EQ(text(), before);
    act("writeOut");
    EXPECT_TRUE(lab().router("A")->protocols.empty());
}

TEST_F(WindowTest, RoutersDrawnByHandGetProtocolsAndReachEachOther) {
    act("router");
    const auto middle = window_.view().mapToScene(window_.view().viewport()->rect().center());
    click(middle);
    click(middle + QPointF(150, 0));
    act("link");
    drag(placeOf("R1"), placeOf("R2"));
    act("select");
    for (const char* node : {"R1", "R2"}) {
        window_.scene().select({{node}, {}, {}});
        auto* rip = qobject_cast<QCheckBox*>(window_.inspector().field("rip"));
        ASSERT_NE(rip, nullptr);
        rip->click();
        auto* networks = qobject_cast<QLineEdit*>(window_.inspector().field("networks"));
        QTest::keyClicks(networks, node == std::string("R1") ? "10.1.0.0/16" : "10.2.0.0/16");
        QTest::keyClick(networks, Qt::Key_Return);
    }
    settle();
    act("converge");
    EXPECT_NE(routeCell(window_.tables(), "10.1.0.0/16", 5), "none") << "R2 has learned it";
}

TEST_F(WindowTest, ExpectationsAreJudgedAndABadgeSaysSo) {
    open(kSquare);
    act("step");
    act("step");
    EXPECT_EQ(ExpectationsPanel::badge(shot()), "✕ 1 of 3 not met");
    EXPECT_FALSE(window_.action("step")->isEnabled());
    EXPECT_EQ(window_.expectations().tree().topLevelItemCount(), 2);
    const std::uint64_t fingerprint = shot().fingerprint;
    EXPECT_EQ(fingerprint, runLab(kSquare).result.fingerprint);
}

TEST_F(WindowTest, SelectingAnEventMovesTheTimeThere) {
    open(kSquare);
    act("converge");
    EventModel& events = window_.events().model();
    ASSERT_GT(events.rowCount(), 10);
    const QModelIndex row = events.index(events.rowCount() / 2, 0);
    const qlonglong time = row.data(EventModel::TimeRole).toLongLong();
    Q_EMIT window_.events().table().clicked(row);
    settle();
    EXPECT_EQ(shot().now.count(), time);
    const int all = events.rowCount();
    events.setFilter("10.4.0.0/16");
    EXPECT_LT(events.rowCount(), all);
    EXPECT_GT(events.rowCount(), 0);
    events.setFilter("");
    events.hideSuch(events.presentRow());
    EXPECT_LT(events.rowCount(), all);
    events.showAll();
    EXPECT_EQ(events.rowCount(), all);
}

TEST_F(WindowTest, ConsoleAndWhyAnswerAtThisInstant) {
    open(kSquare);
    act("converge");
    click(placeOf("A"));
    window_.console().type("show ip route");
    settle();
    EXPECT_TRUE(window_.console().text().contains("10.4.0.0/16"));
    window_.console().type("configure");
    window_.console().type("router rip");
    window_.console().type("passive-interface eth0");
    window_.console().type("end");
    settle();
    window_.console().type("show running-config");
    settle();
    EXPECT_TRUE(window_.console().text().contains("passive-interface eth0"));
    Q_EMIT window_.tables().whyAsked("A", "10.4.0.0/16");
    settle();
    EXPECT_TRUE(window_.story().contains("D told")) << window_.story().toStdString();
}

TEST_F(WindowTest, WhatTakesLongShowsABarAndCanBeGivenUp) {
    open(kSquare);
    TimeBar& bar = window_.timeBar();
    EXPECT_TRUE(bar.progress().isHidden());
    window_.session().seek(SimTime::start() + Duration::hours(100'000));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !bar.progress().isHidden(); }, 10'000));
    EXPECT_FALSE(bar.stop().isHidden());
    bar.stop().click();
    settle();
    EXPECT_TRUE(bar.progress().isHidden());
    EXPECT_LT(shot().now, SimTime::start() + Duration::hours(100'000));
}

TEST_F(WindowTest, AFileThatAnotherProgramHasWrittenIsReadAgain) {
    open(kSquare);
    std::string changed = kSquare;
    changed.replace(changed.find("title: Square"), 13, "title: Circle");
    folder_.write("lab.yaml", changed);
    std::filesystem::last_write_time(file_,
                                     std::filesystem::last_write_time(file_) + std::chrono::seconds(2));
    int questions = 0;
    QTimer answers;
    QObject::connect(&answers, &QTimer::timeout, [&] {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (box == nullptr) return;
        ++questions;
        box->button(questions == 1 ? QMessageBox::No : QMessageBox::Yes)->click();
    });
    answers.start(5);
    // As if another program had been in front.
    const auto comeBack = [&] {
        QApplication::setActiveWindow(nullptr);
        QApplication::setActiveWindow(&window_);
        QEvent event(QEvent::ActivationChange);
        QApplication::sendEvent(&window_, &event);
    };
    comeBack();
    EXPECT_EQ(questions, 1);
    EXPECT_EQ(lab().title, "Square");
    comeBack();
    EXPECT_EQ(questions, 1) << "one asks once";
    std::filesystem::last_write_time(file_,
                                     std::filesystem::last_write_time(file_) + std::chrono::seconds(2));
    ASSERT_TRUE(window_.openFile(QString::fromStdString(file_.string())));
    EXPECT_EQ(lab().title, "Circle");
    folder_.write("lab.yaml", kSquare);
    std::filesystem::last_write_time(file_,
                                     std::filesystem::last_write_time(file_) + std::chrono::seconds(9));
    comeBack();
    EXPECT_EQ(questions, 2);
    EXPECT_EQ(lab().title, "Square");
    settle();
}

TEST_F(WindowTest, SpacePlaysButPressesTheButtonThatHasTheKeyboard) {
    open(kSquare);
    window_.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window_));
    QTest::keyClick(window_.view().viewport(), Qt::Key_Space);
    EXPECT_TRUE(window_.session().isPlaying());
    window_.session().pause();
    auto* box = window_.events().findChild<QCheckBox*>();
    ASSERT_NE(box, nullptr);
    QTest::keyClick(box, Qt::Key_Space);
    EXPECT_TRUE(box->isChecked());
    EXPECT_FALSE(window_.session().isPlaying());
}

TEST_F(WindowTest, ARightClickMeansWhatLiesUnderTheMouse) {
    open(kSquare);
    act("converge");
    QTest::mousePress(window_.view().viewport(), Qt::RightButton, {}, onScreen(placeOf("B")));
    EXPECT_EQ(window_.scene().selection(), (Selection{{"B"}, {}, {}}));
    EXPECT_TRUE(window_.action("stop")->isEnabled());
    QTest::mouseRelease(window_.view().viewport(), Qt::RightButton, {}, onScreen(placeOf("B")));
}

TEST_F(WindowTest, AChoiceOfTheInspectorIsTakenWhileItsPageIsMadeAnew) {
    open(kSquare);
    window_.scene().select({{"A"}, {}, {}});
    auto* group = qobject_cast<QComboBox*>(window_.inspector().field("group"));
    ASSERT_NE(group, nullptr);
    ASSERT_EQ(group->currentText(), "Building A");
    QTest::keyClick(group, Qt::Key_Down);
    ASSERT_TRUE(lab().router("A")->group.has_value());
    EXPECT_EQ(lab().router("A")->group->name, "b");
    EXPECT_EQ(qobject_cast<QComboBox*>(window_.inspector().field("group"))->currentText(), "Building B");
}

TEST_F(WindowTest, TheDrawingCanBeLocked) {
    open(kSquare);
    act("lock");
    const std::string before = text();
    drag(placeOf("C"), placeOf("C") + QPointF(60, 50));
    act("router");
    click({100, 200});
    EXPECT_EQ(text(), before);
    act("lock");
    click({100, 240});
    EXPECT_NE(text(), before);
}

TEST_F(WindowTest, WritesPicturesInBothThemes) {
    open(kSquare);
    for (const bool isDark : {false, true}) {
        window_.setDark(isDark);
        for (const char* name : {"/lab.svg", "/lab.png"}) {
            const QString path = QString::fromStdString(folder_.path().string()) + name;
            EXPECT_TRUE(window_.writePicture(path).has_value());
            EXPECT_GT(QFileInfo(path).size(), 2000);
        }
    }
    EXPECT_FALSE(window_.writePicture("/no/such/folder/lab.svg").has_value());
}

TEST_F(WindowTest, EveryActionHasItsPlaceAndNoKeyHasTwo) {
    std::map<QString, QString> keys;
    for (const ActionEntry& entry : actionTable()) {
        const QAction* action = window_.action(entry.id);
        ASSERT_NE(action, nullptr) << entry.id;
        EXPECT_FALSE(action->text().isEmpty());
        EXPECT_FALSE(action->statusTip().isEmpty()) << entry.id;
        if (action->shortcut().isEmpty()) continue;
        const QString key = action->shortcut().toString();
        EXPECT_FALSE(keys.contains(key)) << entry.id << " and " << keys[key].toStdString();
        keys[key] = entry.id;
    }
}

}  // namespace
}  // namespace peerscape::gui

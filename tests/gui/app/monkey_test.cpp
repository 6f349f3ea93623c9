// A monkey at the window: random gestures from a seed, with hands on everything, and what must hold after
// each of them.
#include <algorithm>
#include <cstdlib>

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSettings>
#include <QTimer>
#include <fmt/format.h>

#include "engine/base/random.hpp"
#include "gui/canvas/lan_item.hpp"
#include "gui/canvas/note_item.hpp"
#include "gui/model/document.hpp"
#include "gui/panels/console_panel.hpp"
#include "gui/panels/event_list.hpp"
#include "gui/panels/inspector.hpp"
#include "gui/panels/note_editor.hpp"
#include "gui/panels/tables_panel.hpp"
#include "tests/gui/app/window_fixture.hpp"
#include "tests/seed_count.hpp"

namespace peerscape::gui {
namespace {

constexpr std::uint64_t kGestures = 60;  // of one seed

/// PEERSCAPE_GESTURES asks for so many gestures in all.
std::uint64_t roundCount() {
    if (const char* gestures = std::getenv("PEERSCAPE_GESTURES"))
        return std::stoull(gestures) / kGestures + 1;
    return seedCount(6);
}

/// Whatever asks for an answer is closed again, which means no.
class Refuser {
  public:
    Refuser() {
        timer_.setInterval(1);
        QObject::connect(&timer_, &QTimer::timeout, &timer_, [] {
            for (QWidget* asking : {QApplication::activePopupWidget(), QApplication::activeModalWidget()}) {
                if (asking != nullptr) asking->close();
            }
        });
        timer_.start();
    }

  private:
    QTimer timer_;
};

class Monkey : public WindowTest {
  protected:
    void play(std::uint64_t seed);

  private:
    using Act = void (Monkey::*)();
    /// A kind of gesture, and how often it comes.
    struct Kind {
        const char* name;
        Act act;
        std::uint64_t weight;
    };
    static const std::vector<Kind>& kinds();

    std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }
    template <typename List>
    const auto& oneOf(const List& list) {
        return *std::next(std::begin(list), static_cast<std::ptrdiff_t>(below(std::size(list))));
    }
    /// Somewhere on the part of the drawing that is in sight; mostly where a node is.
    QPointF somewhere();
    void settleAll();

    void triggerAny();
    void undoOrRedo();
    void placeSomething();
    void drawLink();
    void dragSomething();
    void selectSomething();
    void breakSomething();
    void pressKey();
    void turnWheel();
    void letTimePass();
    void goElsewhereInTime();
    void typeIntoInspector();
    void useInspector();
    void askThings();
    void saveAndReopen();

    void expectSceneShowsLab();
    void expectUndoGives(const std::string& before);
    void expectStateAsRecorded();
    std::string state();

    RandomStream random_{0, "monkey", "gestures"};
    std::string first_;
    bool wasReplaced_ = false;
    bool wasUndone_ = false;
    bool wasSought_ = false;
    std::map<std::string, std::string> states_;  ///< what was seen of a run at an instant
    std::shared_ptr<const LabFile> run_;         ///< that `states_` are of
};

const std::vector<Monkey::Kind>& Monkey::kinds() {
    static const std::vector<Kind> kinds{
        {"an action", &Monkey::triggerAny, 10},
        {"undo or redo", &Monkey::undoOrRedo, 8},
        {"place", &Monkey::placeSomething, 8},
        {"link", &Monkey::drawLink, 8},
        {"drag", &Monkey::dragSomething, 10},
        {"select", &Monkey::selectSomething, 10},
        {"break", &Monkey::breakSomething, 8},
        {"key", &Monkey::pressKey, 6},
        {"wheel", &Monkey::turnWheel, 3},
        {"time", &Monkey::letTimePass, 10},
        {"seek", &Monkey::goElsewhereInTime, 8},
        {"inspector text", &Monkey::typeIntoInspector, 8},
        {"inspector", &Monkey::useInspector, 5},
        {"ask", &Monkey::askThings, 4},
        {"save, reopen", &Monkey::saveAndReopen, 3},
    };
    return kinds;
}

QPointF Monkey::somewhere() {
    if (below(3) > 0 && !lab().routers.empty()) {
        if (const NodeItem* node =
                window_.scene().nodeNamed(QString::fromStdString(oneOf(lab().routers).name)))
            return node->pos();
    }
    if (below(4) == 0 && !window_.scene().notes().empty())
        return oneOf(window_.scene().notes())->sceneBoundingRect().center();
    const QRect seen = window_.view().viewport()->rect();
    return window_.view().mapToScene(static_cast<int>(below(static_cast<std::uint64_t>(seen.width()))),
                                     static_cast<int>(below(static_cast<std::uint64_t>(seen.height()))));
}

void Monkey::settleAll() {
    settle();
    QApplication::processEvents();
    settle();
    QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void Monkey::triggerAny() {
    const ActionEntry& entry = oneOf(actionTable());
    QAction* action = window_.action(entry.id);
    // Nothing would be left to play with.
    if (std::string_view(entry.id) == "quit" || !action->isEnabled()) return;
    wasUndone_ = std::string_view(entry.id) == "undo" || std::string_view(entry.id) == "redo";
    action->trigger();
}

void Monkey::undoOrRedo() {
    QAction* action = window_.action(below(2) == 0 ? "undo" : "redo");
    wasUndone_ = true;
    if (action->isEnabled()) action->trigger();
}

void Monkey::placeSomething() {
    window_.action(oneOf(std::array{"router", "host", "lan", "note"}))->trigger();
    click(somewhere());
    if (below(2) == 0) window_.action("select")->trigger();
}

void Monkey::drawLink() {
    window_.action("link")->trigger();
    const QPointF from = somewhere();
    const QPointF to = somewhere();
    if (below(2) == 0) {
        drag(from, to);
    } else {
        click(from);
        click(to);
    }
    if (below(3) > 0) window_.action("select")->trigger();
}

void Monkey::dragSomething() {
    window_.action("select")->trigger();
    drag(somewhere(), somewhere());
}

void Monkey::selectSomething() {
    Selection wished;
    for (const RouterEntry& router : lab().routers) {
        if (below(3) == 0) wished.nodes.insert(router.name);
    }
    for (const auto* list : {&lab().links, &lab().lans}) {
        for (const LinkEntry& link : *list) {
            if (below(5) == 0) wished.links.insert(link.name);
        }
    }
    for (const GroupEntry& group : lab().groups) {
        if (below(5) == 0) wished.groups.insert(group.name);
    }
    for (std::size_t i = 0; i < lab().notes.size(); ++i) {
        if (below(3) == 0) wished.notes.insert(i);
    }
    window_.scene().select(wished);
}

void Monkey::breakSomething() {
    selectSomething();
    for (int i = 0; i < 3; ++i) {
        QAction* action = window_.action(oneOf(
            std::array{"fail", "restore", "failSilently", "failOneWay", "flap", "lossy", "stop", "start"}));
        if (action->isEnabled()) action->trigger();
        settle();
    }
}

void Monkey::pressKey() {
    static constexpr std::array kKeys{Qt::Key_Escape, Qt::Key_Left,  Qt::Key_Right, Qt::Key_Up,  Qt::Key_Down,
                                      Qt::Key_Delete, Qt::Key_Space, Qt::Key_Tab,   Qt::Key_Menu};
    const Qt::KeyboardModifiers with = below(4) == 0 ? Qt::ShiftModifier : Qt::NoModifier;
    QTest::keyClick(window_.view().viewport(), oneOf(kKeys), with);
    window_.session().pause();
}

void Monkey::turnWheel() {
    QWidget* viewport = window_.view().viewport();
    const QPoint at = viewport->rect().center();
    QWheelEvent event(at, viewport->mapToGlobal(at), {}, {0, below(2) == 0 ? 240 : -240}, Qt::NoButton,
                      below(4) == 0 ? Qt::ShiftModifier : Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(viewport, &event);
}

void Monkey::letTimePass() {
    QAction* action = window_.action(oneOf(std::array{"nextEvent", "nextChange", "converge", "step", "play",
                                                      "previousEvent", "previousChange", "toStart"}));
    if (!action->isEnabled()) return;
    action->trigger();
    QApplication::processEvents();
    window_.session().pause();
}

void Monkey::goElsewhereInTime() {
    const SnapshotPtr& shot = window_.session().snapshot();
    if (!shot || shot->furthest == SimTime::start()) return;
    // Few instants, so that some are gone to again.
    constexpr std::int64_t kParts = 4;
    const Duration whole = shot->furthest - SimTime::start();
    window_.session().seek(
        SimTime::start() +
        Duration::nanoseconds(whole.count() / kParts * static_cast<std::int64_t>(below(kParts))));
    wasSought_ = true;
}

void Monkey::typeIntoInspector() {
    static const std::vector<QString> kTexts{
        "",  "10.7.0.0/16",     "3ms",           "1Gbit", "5%",    "65010", "nonsense", "0",
        "A", "\"quoted: yes\"", "2001:db8::/32", "é ü",   "1 2 3", "#"};
    QWidget* page = window_.inspector().widget();
    auto* words = page == nullptr ? nullptr : page->findChild<NoteEditor*>();
    if (words != nullptr && words->isEnabled()) {
        words->setPlainText(oneOf(kTexts) + "\n" + oneOf(kTexts));
        QTest::keyClick(words, Qt::Key_Return, Qt::ControlModifier);
        return;
    }
    const auto lines = page == nullptr ? QList<QLineEdit*>() : page->findChildren<QLineEdit*>();
    if (lines.isEmpty()) return;
    QLineEdit* line = oneOf(lines);
    if (!line->isEnabled() || line->isReadOnly()) return;
    line->selectAll();
    QTest::keyClick(line, Qt::Key_Backspace);
    line->insert(oneOf(kTexts));
    QTest::keyClick(line, Qt::Key_Return);
}

void Monkey::useInspector() {
    QWidget* page = window_.inspector().widget();
    if (page == nullptr) return;
    if (const auto boxes = page->findChildren<QComboBox*>(); !boxes.isEmpty() && below(2) == 0) {
        QComboBox* box = oneOf(boxes);
        if (box->isEnabled()) QTest::keyClick(box, below(2) == 0 ? Qt::Key_Down : Qt::Key_Up);
        return;
    }
    if (const auto buttons = page->findChildren<QAbstractButton*>(); !buttons.isEmpty()) {
        QAbstractButton* button = oneOf(buttons);
        if (button->isEnabled()) button->click();
    }
}

void Monkey::askThings() {
    if (lab().routers.empty()) return;
    const QString node = QString::fromStdString(oneOf(lab().routers).name);
    window_.choosePrefix(oneOf(std::array<QString, 3>{"10.4.0.0/16", "1.1.1.0/30", "nonsense"}));
    Q_EMIT window_.tables().whyAsked(node, "10.4.0.0/16");
    window_.console().type(
        oneOf(std::array<QString, 4>{"show ip route", "show running-config", "what", "ping 1.1.1.2"}));
    if (const int rows = window_.events().model().rowCount(); rows > 0) {
        const int row = static_cast<int>(below(static_cast<std::uint64_t>(rows)));
        Q_EMIT window_.events().table().clicked(window_.events().model().index(row, 0));
    }
}

void Monkey::saveAndReopen() {
    const auto file = folder_.path() / "monkey.yaml";
    const auto saved = window_.editor().saveAs(file);
    ASSERT_TRUE(saved.has_value()) << saved.error().message;
    EXPECT_FALSE(window_.isWindowModified());
    const Document::Opened opened = Document::open(file);
    ASSERT_TRUE(opened.document.has_value()) << opened.diagnostics.front().message;
    EXPECT_EQ(*opened.document->lab(), lab());
    EXPECT_EQ(writeLab(*opened.document->lab()), text());
    if (below(3) > 0) return;
    ASSERT_TRUE(window_.openFile(QString::fromStdString(file.string())));
}

void Monkey::expectSceneShowsLab() {
    const auto places = placesOf(lab());
    for (const auto& [name, at] : places) {
        const NodeItem* item = window_.scene().nodeNamed(QString::fromStdString(name));
        ASSERT_NE(item, nullptr) << name;
        EXPECT_EQ(item->pos(), QPointF(at[0], at[1])) << name;
    }
    const auto items = window_.scene().items();
    EXPECT_EQ(std::ranges::count_if(items, [](auto* item) { return item->type() == NodeItem::Type; }),
              std::ssize(places));
    EXPECT_EQ(std::ranges::count_if(items, [](auto* item) { return item->type() == LanItem::Type; }),
              std::ssize(lab().lans));
    ASSERT_EQ(window_.scene().notes().size(), lab().notes.size());
    for (std::size_t i = 0; i < lab().notes.size(); ++i)
        EXPECT_EQ(window_.scene().notes()[i]->pos(), QPointF(lab().notes[i].at[0], lab().notes[i].at[1]));
    for (const LinkEntry& link : lab().links)
        EXPECT_NE(window_.scene().linkNamed(QString::fromStdString(link.name)), nullptr) << link.name;
}

/// One gesture is one step of undo, and there and back is the identical file.
void Monkey::expectUndoGives(const std::string& before) {
    const std::string after = text();
    if (after == before) return;
    EXPECT_FALSE(window_.editor().isLocked()) << "a locked drawing has changed";
    ASSERT_TRUE(window_.editor().document().canUndo());
    window_.editor().undo();
    EXPECT_EQ(text(), before);
    window_.editor().redo();
    EXPECT_EQ(text(), after);
    settleAll();
}

std::string Monkey::state() {
    const Snapshot& seen = shot();
    std::string text = fmt::format("{} {}\n", seen.fingerprint, seen.eventsHandled);
    for (const NodeView& node : seen.nodes) {
        text += fmt::format("{} {} {}:", node.name, node.isCutOff, node.isUnsettled);
        for (const InterfaceView& interface : node.interfaces)
            text +=
                fmt::format(" {} {} {}", interface.name, interface.isUp, fmt::join(interface.addresses, ","));
    }
    for (const LinkView& link : seen.links)
        text += fmt::format("\n{} {} {} {}", link.name, link.isUp, link.isSilent, link.properties);
    for (const SessionView& session : seen.sessions)
        text += fmt::format("\n{} {} {}", session.node, session.neighbor, session.state);
    for (const RouteRow& route : seen.tables.routes)
        text += fmt::format("\n{} {} {} {}", route.prefix, route.protocol, route.preference, route.via);
    for (const TextTable& table : seen.tables.texts)
        text += "\n" + table.text;
    return text;
}

/// What lies before the furthest instant of a timeline is past: whenever one goes there, all is as it was.
void Monkey::expectStateAsRecorded() {
    const SnapshotPtr& shot = window_.session().snapshot();
    if (run_ != window_.session().loaded()) {
        states_.clear();
        run_ = window_.session().loaded();
    }
    if (!wasSought_ || !shot || shot->now >= shot->furthest) return;
    const std::string key = fmt::format("{} {} of {}", shot->timeline, shot->now.count(), shot->tables.node);
    const auto [known, isNew] = states_.emplace(key, state());
    EXPECT_EQ(known->second, state()) << key << (isNew ? " now" : " before");
}

void Monkey::play(std::uint64_t seed) {
    random_ = RandomStream(seed, "monkey", "gestures");
    const auto replaced =
        QObject::connect(&window_.editor(), &Editor::replaced, &window_, [this] { wasReplaced_ = true; });
    open(kSquare);
    first_ = text();
    std::uint64_t total = 0;
    for (const Kind& kind : kinds())
        total += kind.weight;
    for (std::uint64_t i = 0; i < kGestures && !HasFailure(); ++i) {
        std::uint64_t left = below(total);
        const auto kind = std::ranges::find_if(kinds(), [&](const Kind& each) {
            if (left < each.weight) return true;
            left -= each.weight;
            return false;
        });
        SCOPED_TRACE(fmt::format("seed {}, gesture {}: {}", seed, i, kind->name));
        wasReplaced_ = wasUndone_ = wasSought_ = false;
        const std::string before = text();
        (this->*kind->act)();
        settleAll();
        if (wasReplaced_) first_ = text();
        if (!wasReplaced_ && !wasUndone_) expectUndoGives(before);
        expectSceneShowsLab();
        expectStateAsRecorded();
    }
    if (window_.editor().isLocked()) window_.editor().setLocked(false);
    while (window_.editor().document().canRedo())
        window_.editor().redo();
    const std::string furthest = text();
    while (window_.editor().document().canUndo())
        window_.editor().undo();
    EXPECT_EQ(text(), first_) << "seed " << seed;
    while (window_.editor().document().canRedo())
        window_.editor().redo();
    EXPECT_EQ(text(), furthest) << "seed " << seed;
    settleAll();
    QObject::disconnect(replaced);
}

TEST(MonkeyTest, FindsNothing) {
    class Round final : public Monkey {
      public:
        void TestBody() override {}
        using Monkey::play;
    };
    for (std::uint64_t seed = 1; seed <= roundCount() && !testing::Test::HasFailure(); ++seed) {
        const Refuser refuser;
        Round().play(seed);
        // What the monkey has set for ever, the beginner's profile for one, is no other test's business.
        QSettings().clear();
    }
}

}  // namespace
}  // namespace peerscape::gui

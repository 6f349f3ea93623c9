// Pictures of the window, made by the window: what it is told on the command line it does, word by word,
// without a screen.
//
//   gui_pictures open=LAB act=converge link=ab act=fail prefix=10.4.0.0/16 grab=OUT.png
//
// language=CODE (comes first) · open=LAB, exercise=LAB · check= (its goals) · tour=STOP · act=ID (of
// gui/app/action_table.cpp), dialog=ID>OUT.png (what it asks) · link=NAME, node=NAME, group=NAME, none=
// (select) · click=PLACE, drag=PLACE>PLACE (the mouse; a place is a node or X,Y of the drawing) · tick=FIELD,
// type=FIELD:TEXT (of the properties) · prefix=P (its data plane) · size=WxH · dark= · panel=ID (raises it) ·
// table=TITLE (in English) · row=N (of that table) · until=WORDS (event by event) · seek=SECONDS ·
// examine=WORDS (the last event that says so) · why=NODE,PREFIX · ask=COMMAND (at the router's console) ·
// wait=MS (lets messages fly) · report=FILE, grab=FILE, drawing=FILE (write a picture)
#include <cstdio>
#include <map>
#include <optional>

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QFile>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPixmap>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QTimer>

#include "gui/app/main_window.hpp"
#include "gui/app/tour.hpp"
#include "gui/canvas/node_item.hpp"
#include "gui/panels/console_panel.hpp"
#include "gui/panels/inspector.hpp"
#include "gui/panels/tables_panel.hpp"
#include "gui/translations/language.hpp"
#include "tests/gui/pictures/few_colours.hpp"

namespace peerscape::gui {
namespace {

/// Until everything asked for has been done and shown, and at least so long.
void settle(MainWindow& window, int milliseconds = 0) {
    QElapsedTimer since;
    since.start();
    do {
        window.session().finish();
        QApplication::processEvents(QEventLoop::AllEvents, 10);
    } while (since.elapsed() < milliseconds);
    QApplication::sendPostedEvents();
}

/// What one does to a window; each returns false where it is not possible.
class Hand {
  public:
    explicit Hand(MainWindow& window) : window_(window) {}

    bool perform(const QString& what, const QString& with) {
        const auto found = kWords.find(what);
        return found != kWords.end() && (this->*found->second)(with);
    }

  private:
    using Word = bool (Hand::*)(const QString& with);
    static const std::map<QString, Word> kWords;

    bool open(const QString& lab) { return window_.openFile(lab); }
    bool act(const QString& id) {
        QAction* action = window_.action(id);
        if (action == nullptr || !action->isEnabled()) return false;
        action->trigger();
        return true;
    }
    /// What the action asks is seen, and not answered.
    bool dialog(const QString& idAndFile) {
        bool isSaved = false;
        QTimer::singleShot(200, &window_, [&isSaved, file = idAndFile.section('>', 1)] {
            QWidget* asking = QApplication::activeModalWidget();
            if (asking == nullptr) return;
            isSaved = asking->grab().save(file);
            asking->close();
        });
        return act(idAndFile.section('>', 0, 0)) && isSaved;
    }
    bool select(const Selection& selection) {
        window_.scene().select(selection);
        return window_.scene().selection() == selection;
    }
    bool link(const QString& name) { return select({{}, {name.toStdString()}, {}}); }
    bool node(const QString& name) { return select({{name.toStdString()}, {}, {}}); }
    bool group(const QString& name) { return select({{}, {}, {name.toStdString()}}); }
    bool none(const QString&) { return select({}); }

    /// A node's, or "X,Y".
    QPoint place(const QString& text) const {
        const NodeItem* node = window_.scene().nodeNamed(text);
        const QPointF at =
            node != nullptr ? node->pos()
                            : QPointF(text.section(',', 0, 0).toDouble(), text.section(',', 1, 1).toDouble());
        return window_.view().mapFromScene(at);
    }
    void moveTo(QPoint at) {
        QMouseEvent event(QEvent::MouseMove, at, window_.view().viewport()->mapToGlobal(at), Qt::NoButton,
                          Qt::LeftButton, {});
        QApplication::sendEvent(window_.view().viewport(), &event);
    }
    bool click(const QString& where) {
        QTest::mouseClick(window_.view().viewport(), Qt::LeftButton, {}, place(where));
        return true;
    }
    bool drag(const QString& fromTo) {
        const QPoint from = place(fromTo.section('>', 0, 0));
        const QPoint to = place(fromTo.section('>', 1, 1));
        QTest::mousePress(window_.view().viewport(), Qt::LeftButton, {}, from);
        moveTo((from + to) / 2);
        moveTo(to);
        QTest::mouseRelease(window_.view().viewport(), Qt::LeftButton, {}, to);
        return true;
    }
    bool tick(const QString& field) {
        auto* box = qobject_cast<QCheckBox*>(window_.inspector().field(field));
        if (box == nullptr || !box->isEnabled()) return false;
        box->click();
        return true;
    }
    bool type(const QString& what) {
        auto* line = qobject_cast<QLineEdit*>(window_.inspector().field(what.section(':', 0, 0)));
        if (line == nullptr) return false;
        line->setFocus();
        line->selectAll();
        // QTest types ASCII alone.
        for (const QChar letter : what.section(':', 1)) {
            QKeyEvent key(QEvent::KeyPress, Qt::Key_unknown, Qt::NoModifier, QString(letter));
            QApplication::sendEvent(line, &key);
        }
        QTest::keyClick(line, Qt::Key_Return);
        return true;
    }
    bool exercise(const QString& lab) { return window_.openExercise(lab); }
    bool check(const QString&) {
        window_.checkTask();
        return true;
    }
    bool tour(const QString& stop) {
        window_.startTour();
        window_.findChild<Tour*>()->goTo(stop.toInt());
        return true;
    }
    bool prefix(const QString& prefix) {
        window_.choosePrefix(prefix);
        return true;
    }
    bool size(const QString& size) {
        window_.resize(size.section('x', 0, 0).toInt(), size.section('x', 1, 1).toInt());
        return true;
    }
    bool dark(const QString&) {
        window_.setDark(true);
        return true;
    }
    bool panel(const QString& id) {
        auto* panel = window_.findChild<QDockWidget*>(id);
        if (panel == nullptr) return false;
        panel->show();
        panel->raise();
        return true;
    }
    bool table(const QString& english) {
        const QByteArray title = english.toUtf8();
        for (const char* context : {"TextTable", "peerscape::gui::TablesPanel"}) {
            const QString said = QCoreApplication::translate(context, title.constData());
            for (auto* tabs : window_.tables().findChildren<QTabWidget*>()) {
                for (int i = 0; i < tabs->count(); ++i) {
                    if (tabs->tabText(i) != said) continue;
                    tabs->setCurrentIndex(i);
                    return true;
                }
            }
        }
        return false;
    }
    bool row(const QString& number) {
        QWidget* page = window_.tables().tabs().currentWidget();
        auto* table = qobject_cast<QTableView*>(page);
        if (table == nullptr) table = page->findChild<QTableView*>();
        if (table == nullptr) return false;
        table->selectRow(number.toInt());
        return true;
    }
    /// The row of the last event that says so; none: a row that is not there.
    std::optional<std::size_t> eventThatSays(const QString& words, std::size_t from = 0) const {
        const SnapshotPtr& shot = window_.session().snapshot();
        if (!shot) return std::nullopt;
        for (std::size_t i = shot->events.countUpTo(shot->now); i-- > from;) {
            if (QString::fromStdString(shot->events[i].text).contains(words)) return i;
        }
        return std::nullopt;
    }
    bool until(const QString& words) {
        constexpr int kMost = 20'000;
        for (int i = 0; i < kMost; ++i) {
            const std::size_t before =
                window_.session().snapshot()->events.countUpTo(window_.session().snapshot()->now);
            window_.session().nextEvent();
            settle(window_);
            if (eventThatSays(words, before)) return true;
        }
        return false;
    }
    bool seek(const QString& seconds) {
        window_.session().seek(
            SimTime::atNanoseconds(static_cast<std::int64_t>(seconds.toDouble() * 1'000'000'000.0)));
        return true;
    }
    bool examine(const QString& words) {
        const auto row = eventThatSays(words);
        if (!row) return false;
        window_.session().examine(window_.session().snapshot()->events[*row].id);
        return panel("message");
    }
    bool why(const QString& nodeAndPrefix) {
        window_.session().askWhy(nodeAndPrefix.section(',', 0, 0), nodeAndPrefix.section(',', 1, 1));
        return true;
    }
    bool ask(const QString& command) {
        window_.console().type(command);
        return panel("console");
    }
    bool wait(const QString& milliseconds) {
        settle(window_, milliseconds.toInt());
        return true;
    }
    bool report(const QString& file) {
        window_.writeReportTo(file);
        settle(window_);
        return QFile::exists(file);
    }
    bool drawing(const QString& file) { return window_.writePicture(file).has_value(); }
    bool grab(const QString& file) {
        constexpr int kSmallest = 0;  // of PNG: as small as it gets, and nothing is lost
        return withFewColours(window_.grab().toImage()).save(file, "PNG", kSmallest);
    }

    MainWindow& window_;
};

const std::map<QString, Hand::Word> Hand::kWords{
    {"exercise", &Hand::exercise}, {"report", &Hand::report},   {"check", &Hand::check},
    {"tour", &Hand::tour},         {"open", &Hand::open},       {"act", &Hand::act},
    {"dialog", &Hand::dialog},     {"link", &Hand::link},       {"node", &Hand::node},
    {"group", &Hand::group},       {"none", &Hand::none},       {"click", &Hand::click},
    {"drag", &Hand::drag},         {"tick", &Hand::tick},       {"type", &Hand::type},
    {"size", &Hand::size},         {"dark", &Hand::dark},       {"prefix", &Hand::prefix},
    {"panel", &Hand::panel},       {"table", &Hand::table},     {"until", &Hand::until},
    {"seek", &Hand::seek},         {"examine", &Hand::examine}, {"why", &Hand::why},
    {"ask", &Hand::ask},           {"row", &Hand::row},         {"wait", &Hand::wait},
    {"drawing", &Hand::drawing},   {"grab", &Hand::grab},
};

int makePictures(QStringList words) {
    const QString language = "language=";
    speak(words.value(0).startsWith(language) ? words.takeFirst().mid(language.size()) : QString("en"));
    MainWindow window;
    window.resize(1400, 900);
    window.show();
    settle(window);
    Hand hand(window);
    for (const QString& word : words) {
        if (!hand.perform(word.section('=', 0, 0), word.section('=', 1))) {
            std::fprintf(stderr, "gui_pictures: '%s' is not possible here\n", qPrintable(word));
            return 1;
        }
        settle(window);
    }
    return 0;
}

}  // namespace
}  // namespace peerscape::gui

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QApplication::setApplicationName("Peerscape pictures");
    QApplication::setOrganizationName("Peerscape tests");
    QApplication::setStyle("Fusion");
    return peerscape::gui::makePictures(QApplication::arguments().mid(1));
}

// How one begins: pictures of labs, exercises and their goals, the tour, the profile for beginners, imports.
#include <filesystem>
#include <fstream>
#include <set>
#include <vector>

#include <QDir>
#include <QDockWidget>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QStatusBar>
#include <QTreeWidgetItemIterator>

#include "gui/app/beginner_profile.hpp"
#include "gui/app/lab_shelf.hpp"
#include "gui/app/start_page.hpp"
#include "gui/app/thumbnails.hpp"
#include "gui/app/tour.hpp"
#include "gui/panels/tables_panel.hpp"
#include "gui/panels/task_panel.hpp"
#include "gui/translations/language.hpp"
#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

class LearnTest : public WindowTest {
  protected:
    LearnTest() { QSettings().clear(); }
    ~LearnTest() override { QSettings().clear(); }

    void openExercise(const QString& path) {
        ASSERT_TRUE(window_.openExercise(path)) << path.toStdString();
        settle();
    }
    void check() {
        window_.checkTask();
        settle();
    }
    bool isThere(const char* panel) { return !window_.findChild<QDockWidget*>(panel)->isHidden(); }
};

int coloursOf(const QPixmap& picture) {
    const QImage image = picture.toImage().convertToFormat(QImage::Format_RGB32);
    std::set<QRgb> colours;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            colours.insert(image.pixel(x, y));
    }
    return static_cast<int>(colours.size());
}

TEST_F(LearnTest, TheStartPageHasEveryShippedLabOnceAndTheStoryFirst) {
    std::vector<LabTopic> topics = shippedTopics();
    std::multiset<QString> folders;
    for (const LabTopic& topic : topics) {
        EXPECT_FALSE(topic.labs.empty()) << topic.title.toStdString();
        for (const LabCard& lab : topic.labs) {
            folders.insert(lab.path.section('/', -2, -2));
            EXPECT_FALSE(lab.title.isEmpty()) << lab.path.toStdString();
            EXPECT_TRUE(lab.lead.endsWith('.') || lab.lead.endsWith('!') || lab.lead.endsWith('?'))
                << lab.path.toStdString() << ": " << lab.lead.toStdString();
        }
    }
    const QStringList shipped = QDir(shippedLabs()).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    EXPECT_EQ(folders, std::multiset<QString>(shipped.begin(), shipped.end()));
    EXPECT_EQ(topics.front().labs.front().title, "Four buildings, static routes");
}

TEST_F(LearnTest, EveryLabOnTheStartPageGetsAPicture) {
    QTreeWidget& tree = window_.startPage().tree();
    const auto areDrawn = [&] {
        for (QTreeWidgetItemIterator at(&tree); *at != nullptr; ++at) {
            const bool isLab = (*at)->data(0, Qt::UserRole).isValid();
            if (isLab && !(*at)->data(0, Qt::UserRole + 4).isValid()) return false;
        }
        return tree.topLevelItemCount() > 3;
    };
    ASSERT_TRUE(QTest::qWaitFor(areDrawn, 20'000));
    for (QTreeWidgetItemIterator at(&tree); *at != nullptr; ++at) {
        if (!(*at)->data(0, Qt::UserRole).isValid()) continue;
        EXPECT_GT(coloursOf((*at)->data(0, Qt::UserRole + 4).value<QPixmap>()), 20)
            << (*at)->text(0).toStdString();
    }
}

TEST_F(LearnTest, PicturesLeaveUnsavedWorkAlone) {
    const auto lab = folder_.write("lab.yaml", kSquare);
    const auto recovery = Document::recoveryFileOf(lab);
    std::ofstream(recovery) << kSquare;
    Thumbnails thumbnails;
    const QPixmap picture =
        thumbnails.of(QString::fromStdString(lab.string()), QSize(144, 90), Theme::dark());
    EXPECT_EQ(picture.deviceIndependentSize(), QSizeF(144, 90));
    thumbnails.editor().keepRecovery();
    thumbnails.editor().keepRecovery();
    EXPECT_TRUE(std::filesystem::exists(recovery));
}

TEST_F(LearnTest, ExercisesAreUnsolvedAndSolvable) {
    const std::vector<LabCard> exercises = exercisesIn(shippedExercises());
    ASSERT_GE(exercises.size(), 3U);
    for (const LabCard& exercise : exercises) {
        const QString folder = exercise.path.section('/', 0, -2);
        openExercise(exercise.path);
        check();
        EXPECT_LT(window_.task().met(), window_.task().all()) << folder.toStdString();
        EXPECT_EQ(rememberedGoals(exercise.path),
                  QString("%1/%2").arg(window_.task().met()).arg(window_.task().all()));
        const int goals = window_.task().all();
        openExercise(folder + "/solution.yaml");
        EXPECT_EQ(window_.task().met(), 0) << "nothing is judged before it has run";
        check();
        EXPECT_EQ(window_.task().met(), goals) << folder.toStdString();
    }
}

TEST_F(LearnTest, AnExerciseIsSolvedByItsConfiguration) {
    openExercise(shippedExercises() + "/1-a-missing-route/lab.yaml");
    EXPECT_TRUE(isThere("task"));
    check();
    EXPECT_EQ(window_.task().met(), 1);
    QTest::mouseClick(window_.task().findChildren<QPushButton*>().at(1), Qt::LeftButton);
    EXPECT_TRUE(window_.task().hint().contains("ip route")) << window_.task().hint().toStdString();
    LabFile better = lab();
    for (RouterEntry& router : better.routers) {
        if (router.name == "A") router.config.front().text += "ip route 10.4.0.0/16 3.3.3.2\n";
    }
    window_.editor().apply("Configure A", better);
    settle();
    EXPECT_EQ(window_.task().met(), 0) << "another drawing has not been looked at";
    check();
    EXPECT_EQ(window_.task().met(), 2);
    EXPECT_EQ(rememberedGoals(QString::fromStdString(window_.editor().document().path().string())), "2/3");
}

/// Speaks another language, and English again in the end.
class Speaking {
  public:
    explicit Speaking(const QString& language) { speak(language); }
    ~Speaking() { speak("en"); }
    Speaking(const Speaking&) = delete;
    Speaking& operator=(const Speaking&) = delete;
};

TEST_F(LearnTest, AFrenchStartPageHasFrenchTitles) {
    const Speaking french("fr");
    const LabCard exercise = exercisesIn(shippedExercises()).front();
    EXPECT_EQ(exercise.title, "1. Une route qui manque");
    EXPECT_TRUE(exercise.path.endsWith("/1-a-missing-route/lab.yaml")) << "there is one network only";
    const LabCard lab = cardOf(shippedLabs() + "/rip-ignores-bandwidth/lab.yaml");
    EXPECT_EQ(lab.title, "RIP ignore le débit");
    EXPECT_EQ(lab.ownTitle, "RIP ignores bandwidth");
    EXPECT_TRUE(lab.lead.startsWith("De A à D, il y a deux chemins")) << lab.lead.toStdString();

    const auto found = [&](const char* words) {
        QStringList titles;
        StartPage page;
        page.findChild<QLineEdit*>()->setText(words);
        for (QTreeWidgetItemIterator at(&page.tree()); *at != nullptr; ++at)
            titles << (*at)->text(0);
        return titles;
    };
    EXPECT_TRUE(found("ignore le débit").contains("RIP ignore le débit"));
    EXPECT_TRUE(found("ignores bandwidth").contains("RIP ignore le débit")) << "by its own title, too";
    EXPECT_TRUE(found("deux chemins : un cable").contains("RIP ignore le débit"));
    EXPECT_TRUE(found("L'INFINI").contains("Compter jusqu’à l’infini")) << "as keyboards have it";
    EXPECT_FALSE(found("quelque chose d’autre").contains("RIP ignore le débit"));
}

TEST_F(LearnTest, ALabIsTheSameInFrench) {
    const auto run = [&] {
        openExercise(shippedLabs() + "/four-buildings-rip/lab.yaml");
        check();
        EXPECT_EQ(window_.task().met(), window_.task().all());
        return shot().fingerprint;
    };
    const std::uint64_t english = run();
    EXPECT_EQ(lab().title, "Four buildings under RIP");
    const Speaking french("fr");
    EXPECT_EQ(run(), english);
    EXPECT_EQ(lab().title, "Quatre bâtiments sous RIP");
    EXPECT_EQ(lab().groups.front().title, "Bâtiment A");
    EXPECT_EQ(shot().expectations.front().step, "départ");
}

TEST_F(LearnTest, AFrenchWindowSavesALabInItsOwnWords) {
    const Speaking french("fr");
    folder_.write("lab.fr.yaml",
                  "language: fr\ntexts: {Square: Carré, Building A: Bâtiment A, nonsense: rien}\n");
    open(kSquare);
    EXPECT_TRUE(window_.statusBar()->currentMessage().contains("lab.fr.yaml:2:48"))
        << "the mistake is told: " << window_.statusBar()->currentMessage().toStdString();
    EXPECT_EQ(lab().groups.front().title, "Bâtiment A");
    EXPECT_TRUE(window_.windowTitle().contains("Carré"));
    drag(placeOf("C"), placeOf("C") + QPointF(40, 40));
    act("save");
    const LabFile saved = labOf(readFile(file_));
    EXPECT_EQ(saved.title, "Square");
    EXPECT_EQ(saved.groups.front().title, "Building A");
    EXPECT_NE(saved, labOf(kSquare)) << "C stands elsewhere";
}

TEST_F(LearnTest, TextsOfALabAreNoExercise) {
    folder_.write("one.yaml", kSquare);
    folder_.write("one.fr.yaml", "language: fr\ntexts: {Square: Carré}\n");
    folder_.write("two.v2.yaml", kSquare);
    const auto exercises = exercisesIn(QString::fromStdString(folder_.path().string()));
    ASSERT_EQ(exercises.size(), 2U);
    EXPECT_TRUE(exercises[0].path.endsWith("/one.yaml"));
    const Speaking french("fr");
    EXPECT_EQ(exercisesIn(QString::fromStdString(folder_.path().string()))[0].title, "Carré");
}

TEST_F(LearnTest, TheTourPointsAtThingsThatAreThereAndEnds) {
    window_.startTour();
    settle();
    EXPECT_FALSE(lab().routers.empty()) << "there is something to look at";
    QPointer<Tour> tour = window_.findChild<Tour*>();
    ASSERT_FALSE(tour.isNull());
    for (int i = 0; i < tour->length(); ++i) {
        EXPECT_EQ(tour->place(), i);
        EXPECT_FALSE(tour->lit().isEmpty()) << i;
        if (i == 1) {
            QTest::keyClick(tour, Qt::Key_Left);
            EXPECT_EQ(tour->place(), 0);
            QTest::keyClick(tour, Qt::Key_Right);
        }
        if (i + 1 < tour->length()) QTest::keyClick(tour, Qt::Key_Right);
    }
    QTest::keyClick(tour, Qt::Key_Right);
    QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_TRUE(tour.isNull());
    window_.startTour();
    tour = window_.findChild<Tour*>();
    QTest::keyClick(tour, Qt::Key_Escape);
    QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_TRUE(tour.isNull());
}

TEST_F(LearnTest, TheBeginnerProfileHidesAndIsRemembered) {
    for (const QString& id : hiddenFromBeginners())
        ASSERT_NE(window_.action(id), nullptr) << id.toStdString();
    act("beginner");
    EXPECT_FALSE(window_.action("failSilently")->isVisible());
    EXPECT_FALSE(isThere("charts"));
    for (const char* id : {"router", "link", "fail", "restore", "converge", "undo", "save", "beginner"})
        EXPECT_TRUE(window_.action(id)->isVisible()) << id;
    EXPECT_TRUE(isThere("tables") && isThere("events") && isThere("expectations"));
    {
        MainWindow another;
        EXPECT_TRUE(another.isBeginner());
        EXPECT_FALSE(another.action("failSilently")->isVisible());
    }
    act("beginner");
    EXPECT_TRUE(window_.action("failSilently")->isVisible());
    EXPECT_TRUE(isThere("charts") && isThere("console"));
    EXPECT_FALSE(MainWindow().isBeginner());
}

TEST_F(LearnTest, DrawingsAndAsRelationshipsAreImported) {
    const auto graph =
        folder_.write("net.graphml",
                      "<graphml><graph edgedefault='undirected'><node id='0'/><node id='1'/><node id='2'/>"
                      "<edge source='0' target='1'/><edge source='1' target='2'/></graph></graphml>");
    ASSERT_TRUE(window_.importFrom(QString::fromStdString(graph.string())));
    settle();
    EXPECT_EQ(lab().routers.size(), 3U);
    EXPECT_EQ(lab().links.size(), 2U);
    EXPECT_TRUE(window_.editor().document().path().empty()) << "it is a new lab";
    const auto relations = folder_.write("as-rel.txt", "# two\n65001|65002|-1\n65001|65003|-1\n");
    ASSERT_TRUE(window_.importFrom(QString::fromStdString(relations.string())));
    settle();
    EXPECT_EQ(lab().routers.size(), 3U);
    EXPECT_EQ(lab().links.front().relation, Relation::CustomerProvider);
    const auto nonsense = folder_.write("as-rel.txt", "what is this\n");
    EXPECT_FALSE(window_.importFrom(QString::fromStdString(nonsense.string())));
    EXPECT_EQ(lab().routers.size(), 3U) << "the drawing stays";
}

}  // namespace
}  // namespace peerscape::gui

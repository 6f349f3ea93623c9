#pragma once

#include <map>
#include <optional>

#include <QComboBox>
#include <QLabel>
#include <QMainWindow>

#include "gui/app/action_table.hpp"
#include "gui/canvas/canvas_view.hpp"
#include "gui/canvas/lab_scene.hpp"
#include "gui/model/editor.hpp"
#include "gui/model/layouts.hpp"
#include "gui/session/session.hpp"

class QPushButton;
class QStackedWidget;

namespace peerscape::gui {

class ChartsPanel;
class ConsolePanel;
class DifferencesPanel;
class EventList;
class ExpectationsPanel;
class Inspector;
class Legend;
class MatrixPanel;
class MessagePanel;
class Minimap;
class StartPage;
class TablesPanel;
class TaskPanel;
class TimeBar;
class WhyPanel;

/// The window: the drawing in the middle, the palette left, what is selected right, time and events below.
/// What it can do stands in actionTable(); here is how.
class MainWindow final : public QMainWindow {
    Q_OBJECT

  public:
    /// What the program's event loop ends with when another window is to take the place of this one, with the
    /// same lab: it speaks another language.
    static constexpr int kOpenAgain = 100;

    explicit MainWindow(QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Opens a lab file, or the lab.yaml of a folder. False: it has errors, which are shown.
    bool openFile(const QString& path);
    QAction* action(const QString& id) const;
    Editor& editor() { return editor_; }
    Session& session() { return session_; }
    LabScene& scene() { return *scene_; }
    CanvasView& view() { return *view_; }
    Inspector& inspector() { return *inspector_; }
    TimeBar& timeBar() { return *timeBar_; }
    EventList& events() { return *events_; }
    TablesPanel& tables() { return *tables_; }
    ConsolePanel& console() { return *console_; }
    ExpectationsPanel& expectations() { return *expectations_; }
    MessagePanel& message() { return *message_; }
    ChartsPanel& charts() { return *charts_; }
    MatrixPanel& matrix() { return *matrix_; }
    Minimap& minimap() { return *minimap_; }
    TaskPanel& task() { return *task_; }
    StartPage& startPage() { return *start_; }
    DifferencesPanel& differences() { return *differences_; }
    WhyPanel& why() { return *why_; }
    Legend& legend() { return *legend_; }
    /// The story of the last "why?".
    QString story() const;
    /// What the line over the drawing says; empty: it is not there.
    QString banner() const;
    void setDark(bool dark);
    /// Writes the drawing to an .svg or .png file.
    Result<void> writePicture(const QString& path) const;
    /// Has the report of the present timeline written to a file, once the timeline has been run again; see
    /// writeReport(). The status bar says how it went.
    void writeReportTo(const QString& path);
    /// The prefix whose data plane is shown.
    void choosePrefix(const QString& prefix);

    // What the actions do. main_window_file.cpp
    void newLab();
    void openLab();
    void saveLab();
    void saveLabAs();
    void savePicture();
    void saveReport();
    void quit();
    // main_window_edit.cpp
    void undo();
    void redo();
    void copy();
    void paste();
    void duplicate();
    void removeSelected();
    void selectAll();
    void find();
    void toggleLock();
    void takeNoTool();
    void takeRouterTool();
    void takeHostTool();
    void takeLinkTool();
    void takeLanTool();
    void takeNoteTool();
    void groupSelected();
    void foldSelected();
    void writeOutIntents();
    void layOutAgain();
    void layOutByForce();
    void layOutInLayers();
    void layOutOnGrid();
    void layOutOnCircle();
    // main_window_run.cpp
    void toStart();
    void previousChange();
    void previousEvent();
    void playOrPause();
    void nextEvent();
    void nextChange();
    void converge();
    void nextStep();
    void previousConvergence();
    void nextConvergence();
    void goToTime();
    /// The same with what was typed; says what is wrong with it.
    void goTo(const QString& text);
    /// The same with what was chosen.
    void runUntil(const EventFilter& filter, Duration limit);
    void runUntilEvent();
    void stepsUntilFailure();
    void traceRoute();
    void alignRow();
    void alignColumn();
    void restart();
    void giveUp();
    void fail();
    void restore();
    void failSilently();
    void failOneWay();
    void flap();
    void loseSome();
    /// Other delay, bandwidth or loss from this instant on.
    void changeLinks();
    void configureNode();
    void captureLinks();
    /// What has crossed the selected links, into a pcapng file; the status bar says how it went.
    void captureTo(const QString& path);
    void stopNode();
    void startNode();
    // main_window_view.cpp
    void fitView();
    void zoomIn();
    void zoomOut();
    void resetZoom();
    void showPhysical();
    void showDataPlane();
    void showSessions();
    void showControlPlane();
    void showRelations();
    void showTraffic();
    void toggleLegend();
    void toggleStill();
    void toggleMinimap();
    void toggleDark();
    void chooseLanguage();
    void showShortcuts();
    // main_window_learn.cpp
    void showStartPage();
    void importFile();
    void openExercises();
    void startTour();
    void toggleBeginner();
    /// Begins a new lab with a file of another kind; see importLab(). False: it could not, and says why.
    bool importFrom(const QString& path);
    /// The folder whose labs the start page offers as exercises, from now on.
    void setExercises(const QString& folder);
    /// Opens a lab with its task beside it.
    bool openExercise(const QString& path);
    /// Switches the lab on anew and takes all its steps, so that its goals are judged.
    void checkTask();
    void setBeginner(bool beginner);
    bool isBeginner() const { return isBeginner_; }

  protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    /// Of the whole program: Space presses the button that has the keyboard, and plays only elsewhere.
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void makeActions();
    void makePanels();
    void makeToolBars();
    void makeConnections();
    void applyTheme();
    void refreshActions();
    void refreshTitle();
    void showBanner(const QString& text, bool offersRestart);
    void showDiagnostics(const std::vector<Diagnostic>& problems);
    void showRun();
    void inspectSelection();
    void labChanged();
    void openMenu(const QPoint& screen);
    void setLayer(LabScene::Layer layer);
    void showLayerOfPrefix(LabScene::Layer layer);
    bool mayLeave();
    void takeTool(const char* id, std::unique_ptr<Tool> tool);
    void layOutAs(LayoutKind kind, const std::set<std::string>& pinned);
    QImage picture(double scale) const;
    void finishReport(const ReviewPtr& review);
    void offerRecovered();
    void noteGoals(int met, int all);
    void noteCapture(const QString& path, const Captured& outcome);
    void noteEvent(const EventRow& event);
    void showTask();
    /// Asks once when another program has written the file.
    void offerChanged();
    void say(const QString& sentence);
    /// The links and nodes that are selected, as targets of an action.
    std::vector<NameRef> targets() const;
    std::optional<NameRef> onlyLink() const;
    void breakNow(LabAction::What what);

    Editor editor_;
    Session session_;
    bool isDark_ = false;
    bool isBeginner_ = false;
    bool wasShown_ = false;
    bool wasAskedOfFile_ = false;  ///< whether to read what another program has written
    LabScene* scene_;
    CanvasView* view_;
    QStackedWidget* middle_ = nullptr;
    StartPage* start_ = nullptr;
    Inspector* inspector_ = nullptr;
    TimeBar* timeBar_ = nullptr;
    EventList* events_ = nullptr;
    TablesPanel* tables_ = nullptr;
    ConsolePanel* console_ = nullptr;
    ExpectationsPanel* expectations_ = nullptr;
    MessagePanel* message_ = nullptr;
    ChartsPanel* charts_ = nullptr;
    MatrixPanel* matrix_ = nullptr;
    Minimap* minimap_ = nullptr;
    TaskPanel* task_ = nullptr;
    DifferencesPanel* differences_ = nullptr;
    WhyPanel* why_ = nullptr;
    Legend* legend_ = nullptr;
    QWidget* banner_ = nullptr;
    QLabel* bannerText_ = nullptr;
    QPushButton* bannerButton_ = nullptr;
    QComboBox* prefix_ = nullptr;
    QPushButton* badge_ = nullptr;
    QLabel* hint_ = nullptr;
    std::map<QString, QAction*> actions_;
    QString reportPath_;   ///< where the review that was asked for is to be written; empty: nowhere
    EventFilter awaited_;  ///< what a run was last to go on to
    Duration awaitedFor_ = Duration::minutes(10);
    LabFile clipboard_;
    Selection copied_;
    int pastes_ = 0;  ///< of the present clipboard: each stands a little further away
};

}  // namespace peerscape::gui

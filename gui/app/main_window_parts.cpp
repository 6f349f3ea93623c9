// What the window is made of.
#include <QAbstractButton>
#include <QAction>
#include <QBoxLayout>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>

#include "gui/app/main_window.hpp"
#include "gui/app/palette_drag.hpp"
#include "gui/app/shortcuts.hpp"
#include "gui/app/start_page.hpp"
#include "gui/canvas/legend.hpp"
#include "gui/canvas/minimap.hpp"
#include "gui/panels/charts_panel.hpp"
#include "gui/panels/console_panel.hpp"
#include "gui/panels/differences_panel.hpp"
#include "gui/panels/event_list.hpp"
#include "gui/panels/expectations_panel.hpp"
#include "gui/panels/inspector.hpp"
#include "gui/panels/matrix_panel.hpp"
#include "gui/panels/message_panel.hpp"
#include "gui/panels/tables_panel.hpp"
#include "gui/panels/task_panel.hpp"
#include "gui/panels/time_bar.hpp"
#include "gui/panels/why_panel.hpp"
#include "gui/style/icons.hpp"

namespace peerscape::gui {

namespace {

QDockWidget* dock(MainWindow& window, const QString& title, const char* name, QWidget* content,
                  Qt::DockWidgetArea area) {
    auto* dock = new QDockWidget(title, &window);
    dock->setObjectName(name);
    dock->setWidget(content);
    window.addDockWidget(area, dock);
    return dock;
}

/// Brings the dock of a panel to the front.
void bringUp(QWidget* panel) {
    auto* dock = qobject_cast<QDockWidget*>(panel->parentWidget());
    if (dock == nullptr) return;
    dock->show();
    dock->raise();
}

}  // namespace

void MainWindow::makeActions() {
    QString menuTitle;
    QMenu* menu = nullptr;
    for (const ActionEntry& entry : actionTable()) {
        const bool hasLine = entry.menu[0] == '-';
        const QString title = translated(hasLine ? entry.menu + 1 : entry.menu);
        // A line's menu has the same title without it.
        const QString plain = title.startsWith('-') ? title.mid(1) : title;
        if (plain != menuTitle) {
            menuTitle = plain;
            menu = menuBar()->addMenu(plain);
        } else if (hasLine) {
            menu->addSeparator();
        }
        auto* action = new QAction(translated(entry.text), this);
        action->setObjectName(entry.id);
        // From the beginning, for whoever measures buttons: a text in place of an icon is wide.
        if (entry.icon[0] != '\0') action->setIcon(iconNamed(entry.icon, scene_->theme()));
        action->setStatusTip(translated(entry.tip));
        giveKeys(*action, entry, chosenKeys(entry));
        connect(action, &QAction::triggered, this, entry.act);
        menu->addAction(action);
        actions_[entry.id] = action;
    }
    for (const char* id :
         {"lock", "dark", "minimap", "legend", "still", "beginner", "controlPlane", "relations", "traffic",
          "select", "router", "host", "link", "lan", "note", "physical", "dataPlane", "sessions"})
        actions_.at(id)->setCheckable(true);
    actions_.at("physical")->setChecked(true);
    actions_.at("select")->setChecked(true);
}

void MainWindow::makePanels() {
    setDockNestingEnabled(true);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    start_ = new StartPage;
    banner_ = new QWidget;
    bannerText_ = new QLabel;
    bannerText_->setWordWrap(true);
    bannerButton_ = new QPushButton(tr("Begin anew"));
    auto* bannerRow = new QHBoxLayout(banner_);
    bannerRow->setContentsMargins(12, 5, 12, 5);
    bannerRow->addWidget(bannerText_, 1);
    bannerRow->addWidget(bannerButton_);
    banner_->setAutoFillBackground(true);
    banner_->hide();
    const auto at = [this](const char* id) { return actions_.at(id); };
    timeBar_ =
        new TimeBar(session_, {at("toStart"), at("previousChange"), at("previousEvent"), at("play"),
                               at("nextEvent"), at("nextChange"), nullptr, at("converge"), at("step")});
    auto* drawing = new QWidget;
    auto* column = new QVBoxLayout(drawing);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(banner_);
    column->addWidget(view_, 1);
    column->addWidget(timeBar_);
    middle_ = new QStackedWidget;
    middle_->addWidget(start_);
    middle_->addWidget(drawing);
    setCentralWidget(middle_);

    inspector_ = new Inspector(editor_);
    tables_ = new TablesPanel(session_);
    events_ = new EventList(session_);
    expectations_ = new ExpectationsPanel(session_);
    console_ = new ConsolePanel(session_);
    message_ = new MessagePanel(session_);
    charts_ = new ChartsPanel(session_);
    matrix_ = new MatrixPanel(session_);
    minimap_ = new Minimap(*scene_, *view_);
    minimap_->hide();
    task_ = new TaskPanel(editor_, session_);
    differences_ = new DifferencesPanel(session_);
    why_ = new WhyPanel(session_);
    legend_ = new Legend(*scene_, *view_);
    const bool isStill = QSettings().value("still", false).toBool();
    scene_->setStill(isStill);
    actions_.at("still")->setChecked(isStill);
    actions_.at("legend")->setChecked(true);
    auto* inspectorDock = dock(*this, tr("Properties"), "properties", inspector_, Qt::RightDockWidgetArea);
    auto* tablesDock = dock(*this, tr("Tables"), "tables", tables_, Qt::RightDockWidgetArea);
    auto* taskDock = dock(*this, tr("Task"), "task", task_, Qt::RightDockWidgetArea);
    splitDockWidget(inspectorDock, tablesDock, Qt::Vertical);
    taskDock->hide();
    connect(taskDock->toggleViewAction(), &QAction::triggered, this, [this](bool isOn) {
        if (isOn) showTask();
    });
    auto* eventsDock = dock(*this, tr("Events"), "events", events_, Qt::BottomDockWidgetArea);
    auto* expectationsDock =
        dock(*this, tr("Expectations"), "expectations", expectations_, Qt::BottomDockWidgetArea);
    auto* consoleDock = dock(*this, tr("Console"), "console", console_, Qt::BottomDockWidgetArea);
    auto* messageDock = dock(*this, tr("Message"), "message", message_, Qt::BottomDockWidgetArea);
    auto* chartsDock = dock(*this, tr("Charts"), "charts", charts_, Qt::BottomDockWidgetArea);
    auto* matrixDock = dock(*this, tr("Matrix"), "matrix", matrix_, Qt::BottomDockWidgetArea);
    auto* differencesDock =
        dock(*this, tr("Differences"), "differences", differences_, Qt::BottomDockWidgetArea);
    auto* storyDock = dock(*this, tr("Why?"), "why", why_, Qt::BottomDockWidgetArea);
    // A dock behind others counts as visible for Qt; only its signal knows better.
    connect(chartsDock, &QDockWidget::visibilityChanged, charts_, &ChartsPanel::setSeen);
    connect(matrixDock, &QDockWidget::visibilityChanged, matrix_, &MatrixPanel::setSeen);
    tabifyDockWidget(eventsDock, expectationsDock);
    tabifyDockWidget(expectationsDock, consoleDock);
    tabifyDockWidget(consoleDock, messageDock);
    tabifyDockWidget(messageDock, storyDock);
    tabifyDockWidget(storyDock, differencesDock);
    tabifyDockWidget(differencesDock, chartsDock);
    tabifyDockWidget(chartsDock, matrixDock);
    eventsDock->raise();
    resizeDocks({inspectorDock, tablesDock}, {470, 470}, Qt::Horizontal);
    resizeDocks({inspectorDock, tablesDock}, {390, 420}, Qt::Vertical);
    resizeDocks({eventsDock}, {230}, Qt::Vertical);
    QMenu* view = nullptr;
    for (QAction* top : menuBar()->actions()) {
        if (top->menu() != nullptr && top->menu()->actions().contains(action("fit"))) view = top->menu();
    }
    view->addSeparator();
    for (QDockWidget* panel : {inspectorDock, taskDock, tablesDock, eventsDock, expectationsDock, consoleDock,
                               messageDock, storyDock, differencesDock, chartsDock, matrixDock})
        view->addAction(panel->toggleViewAction());
}

void MainWindow::makeToolBars() {
    auto* palette = new QToolBar(tr("Palette"));
    palette->setObjectName("palette");
    palette->setIconSize({28, 28});
    palette->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    for (const char* id : {"select", "router", "host", "link", "lan", "note"})
        palette->addAction(actions_.at(id));
    for (const char* id : {"router", "host", "lan", "note"}) {
        auto* button = qobject_cast<QAbstractButton*>(palette->widgetForAction(actions_.at(id)));
        if (button != nullptr) new PaletteDrag(*button, *actions_.at(id), *actions_.at("select"), *view_);
    }
    palette->addSeparator();
    palette->addAction(actions_.at("group"));
    action("group")->setIconText(tr("Group"));
    action("select")->setIconText(tr("Select"));
    action("physical")->setIconText(tr("Cables"));
    action("dataPlane")->setIconText(tr("Data plane"));
    action("sessions")->setIconText(tr("Sessions"));
    action("controlPlane")->setIconText(tr("Who told whom"));
    action("relations")->setIconText(tr("Relations"));
    action("traffic")->setIconText(tr("Traffic"));
    addToolBar(Qt::LeftToolBarArea, palette);

    auto* main = new QToolBar(tr("Main"));
    main->setObjectName("main");
    main->setIconSize({22, 22});
    for (const char* id : {"open", "save", "undo", "redo"})
        main->addAction(actions_.at(id));
    main->addSeparator();
    for (const char* id : {"fail", "restore"})
        main->addAction(actions_.at(id));
    main->addSeparator();
    main->addAction(actions_.at("fit"));
    main->addSeparator();
    for (const char* id : {"physical", "dataPlane", "sessions", "controlPlane", "relations", "traffic"})
        main->addAction(actions_.at(id));
    prefix_ = new QComboBox;
    prefix_->setEditable(true);
    prefix_->setMinimumWidth(190);
    prefix_->setInsertPolicy(QComboBox::NoInsert);
    prefix_->setAccessibleName(tr("Prefix"));
    prefix_->lineEdit()->setPlaceholderText(tr("a prefix"));
    main->addWidget(prefix_);
    addToolBar(Qt::TopToolBarArea, main);

    badge_ = new QPushButton;
    badge_->setFlat(true);
    badge_->setAccessibleName(tr("Expectations"));
    badge_->hide();
    hint_ = new QLabel;
    statusBar()->addWidget(hint_, 1);
    statusBar()->addPermanentWidget(badge_);
}

void MainWindow::makeConnections() {
    connect(&editor_, &Editor::changed, this, &MainWindow::labChanged);
    connect(&editor_, &Editor::saved, this, &MainWindow::refreshTitle);
    connect(&editor_, &Editor::refused, this, &MainWindow::say);
    connect(&session_, &Session::refused, this, &MainWindow::say);
    connect(&session_, &Session::snapshotChanged, this, &MainWindow::showRun);
    connect(&session_, &Session::playingChanged, this, &MainWindow::refreshActions);
    connect(&session_, &Session::diagnosed, this, &MainWindow::showDiagnostics);
    connect(&session_, &Session::explained, this, [this](const StoryPtr& story) {
        why_->show(story);
        bringUp(why_);
    });
    connect(why_, &WhyPanel::stepChosen, this, [this](const QString& node, const QString& link) {
        Selection place;
        if (!node.isEmpty()) place.nodes.insert(node.toStdString());
        if (!link.isEmpty()) place.links.insert(link.toStdString());
        scene_->select(place);
    });
    connect(&session_, &Session::reviewed, this, &MainWindow::finishReport);
    connect(&session_, &Session::captured, this, &MainWindow::noteCapture);
    connect(&session_, &Session::eventReached, this, &MainWindow::noteEvent);
    connect(matrix_, &MatrixPanel::pathChosen, this,
            [this](const QStringList& nodes, const QStringList& links) {
                Selection path;
                for (const QString& name : nodes)
                    path.nodes.insert(name.toStdString());
                for (const QString& name : links) {
                    if (!name.isEmpty()) path.links.insert(name.toStdString());
                }
                scene_->select(path);
            });
    connect(events_, &EventList::detailsAsked, this, [this] { bringUp(message_); });
    connect(scene_, &QGraphicsScene::selectionChanged, this, &MainWindow::inspectSelection);
    connect(scene_, &LabScene::toolChanged, this, &MainWindow::refreshActions);
    connect(scene_, &LabScene::menuRequested, this, &MainWindow::openMenu);
    connect(scene_, &LabScene::propertiesAsked, this, [this] {
        bringUp(inspector_);
        for (QWidget* field : inspector_->findChildren<QWidget*>()) {
            const bool takesKeys = (field->focusPolicy() & Qt::TabFocus) != 0 && field->isVisible();
            if (!takesKeys) continue;
            field->setFocus(Qt::TabFocusReason);
            return;
        }
    });
    connect(tables_, &TablesPanel::whyAsked, &session_, &Session::askWhy);
    connect(start_, &StartPage::chosen, this, [this](const QString& path) {
        if (mayLeave()) openFile(path);
    });
    connect(start_, &StartPage::exerciseChosen, this, &MainWindow::openExercise);
    connect(start_, &StartPage::importAsked, this, &MainWindow::importFile);
    connect(start_, &StartPage::exercisesAsked, this, &MainWindow::openExercises);
    connect(start_, &StartPage::tourAsked, this, &MainWindow::startTour);
    connect(task_, &TaskPanel::checkAsked, this, &MainWindow::checkTask);
    connect(task_, &TaskPanel::judged, this, &MainWindow::noteGoals);
    connect(start_, &StartPage::newAsked, this, &MainWindow::newLab);
    connect(start_, &StartPage::openAsked, this, &MainWindow::openLab);
    connect(bannerButton_, &QPushButton::clicked, this, &MainWindow::restart);
    connect(prefix_, &QComboBox::activated, this, [this] { choosePrefix(prefix_->currentText()); });
    connect(badge_, &QPushButton::clicked, this, [this] { bringUp(expectations_); });
}

}  // namespace peerscape::gui

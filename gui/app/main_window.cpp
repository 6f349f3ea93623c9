#include "gui/app/main_window.hpp"

#include <algorithm>
#include <utility>

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QDialog>
#include <QDockWidget>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTableWidget>
#include <QTextBrowser>
#include <QToolBar>

#include "gui/app/start_page.hpp"
#include "gui/canvas/node_item.hpp"
#include "gui/panels/console_panel.hpp"
#include "gui/panels/event_list.hpp"
#include "gui/panels/expectations_panel.hpp"
#include "gui/panels/inspector.hpp"
#include "gui/panels/tables_panel.hpp"
#include "gui/panels/time_bar.hpp"
#include "gui/style/icons.hpp"

namespace peerscape::gui {

namespace {

QString translated(const char* text) { return QCoreApplication::translate("ActionTable", text); }

QDockWidget* dock(MainWindow& window, const QString& title, const char* name, QWidget* content,
                  Qt::DockWidgetArea area) {
    auto* dock = new QDockWidget(title, &window);
    dock->setObjectName(name);
    dock->setWidget(content);
    window.addDockWidget(area, dock);
    return dock;
}

}  // namespace

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent),
      scene_(new LabScene(editor_, session_, Theme::light(), this)),
      view_(new CanvasView(scene_)) {
    setObjectName("MainWindow");
    resize(1400, 900);
    qApp->installEventFilter(this);
    makeActions();
    makePanels();
    makeToolBars();
    makeConnections();
    applyTheme();
    labChanged();
    refreshActions();
    refreshTitle();
}

MainWindow::~MainWindow() {
    // Panels and items look at the session until the last moment; it must not tell them anything any more.
    session_.disconnect();
    editor_.disconnect();
}

QAction* MainWindow::action(const QString& id) const {
    const auto found = actions_.find(id);
    return found == actions_.end() ? nullptr : found->second;
}

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
        action->setShortcut(QKeySequence(QString(entry.shortcut)));
        action->setStatusTip(translated(entry.tip));
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        action->setToolTip(translated(entry.tip) + (keys.isEmpty() ? QString() : " (" + keys + ")"));
        connect(action, &QAction::triggered, this, entry.act);
        menu->addAction(action);
        actions_[entry.id] = action;
    }
    for (const char* id :
         {"lock", "dark", "select", "router", "host", "link", "lan", "physical", "dataPlane", "sessions"})
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
    story_ = new QTextBrowser;
    story_->setPlaceholderText(tr("Double click a route, and here stands why it is there."));
    auto* inspectorDock = dock(*this, tr("Properties"), "properties", inspector_, Qt::RightDockWidgetArea);
    auto* tablesDock = dock(*this, tr("Tables"), "tables", tables_, Qt::RightDockWidgetArea);
    splitDockWidget(inspectorDock, tablesDock, Qt::Vertical);
    auto* eventsDock = dock(*this, tr("Events"), "events", events_, Qt::BottomDockWidgetArea);
    auto* expectationsDock =
        dock(*this, tr("Expectations"), "expectations", expectations_, Qt::BottomDockWidgetArea);
    auto* consoleDock = dock(*this, tr("Console"), "console", console_, Qt::BottomDockWidgetArea);
    auto* storyDock = dock(*this, tr("Why?"), "why", story_, Qt::BottomDockWidgetArea);
    tabifyDockWidget(eventsDock, expectationsDock);
    tabifyDockWidget(expectationsDock, consoleDock);
    tabifyDockWidget(consoleDock, storyDock);
    eventsDock->raise();
    resizeDocks({inspectorDock, tablesDock}, {380, 380}, Qt::Horizontal);
    resizeDocks({inspectorDock, tablesDock}, {390, 420}, Qt::Vertical);
    resizeDocks({eventsDock}, {230}, Qt::Vertical);
    QMenu* view = nullptr;
    for (QAction* top : menuBar()->actions()) {
        if (top->menu() != nullptr && top->menu()->actions().contains(action("fit"))) view = top->menu();
    }
    view->addSeparator();
    for (QDockWidget* panel :
         {inspectorDock, tablesDock, eventsDock, expectationsDock, consoleDock, storyDock})
        view->addAction(panel->toggleViewAction());
}

void MainWindow::makeToolBars() {
    auto* palette = new QToolBar(tr("Palette"));
    palette->setObjectName("palette");
    palette->setIconSize({28, 28});
    palette->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    for (const char* id : {"select", "router", "host", "link", "lan"})
        palette->addAction(actions_.at(id));
    palette->addSeparator();
    palette->addAction(actions_.at("group"));
    action("group")->setIconText(tr("Group"));
    action("select")->setIconText(tr("Select"));
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
    for (const char* id : {"physical", "dataPlane", "sessions"})
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
    connect(&session_, &Session::explained, this,
            [this](const QString& node, const QString& prefix, const QString& story) {
                story_->setHtml(QString("<h3>%1</h3><pre style='white-space:pre-wrap'>%2</pre>")
                                    .arg(tr("Why has %1 this route to %2?").arg(node, prefix).toHtmlEscaped(),
                                         story.toHtmlEscaped()));
                if (auto* panel = qobject_cast<QDockWidget*>(story_->parentWidget())) {
                    panel->show();
                    panel->raise();
                }
            });
    connect(scene_, &QGraphicsScene::selectionChanged, this, &MainWindow::inspectSelection);
    connect(scene_, &LabScene::toolChanged, this, &MainWindow::refreshActions);
    connect(scene_, &LabScene::menuRequested, this, &MainWindow::openMenu);
    connect(tables_, &TablesPanel::whyAsked, &session_, &Session::askWhy);
    connect(start_, &StartPage::chosen, this, [this](const QString& path) { openFile(path); });
    connect(start_, &StartPage::newAsked, this, &MainWindow::newLab);
    connect(start_, &StartPage::openAsked, this, &MainWindow::openLab);
    connect(bannerButton_, &QPushButton::clicked, this, &MainWindow::restart);
    connect(prefix_, &QComboBox::activated, this, [this] { choosePrefix(prefix_->currentText()); });
    connect(badge_, &QPushButton::clicked, this, [this] {
        if (auto* panel = qobject_cast<QDockWidget*>(expectations_->parentWidget())) {
            panel->show();
            panel->raise();
        }
    });
}

void MainWindow::setDark(bool dark) {
    isDark_ = dark;
    applyTheme();
}

void MainWindow::applyTheme() {
    const Theme& theme = isDark_ ? Theme::dark() : Theme::light();
    QApplication::setPalette(theme.palette());
    scene_->setTheme(theme);
    for (const ActionEntry& entry : actionTable()) {
        if (entry.icon[0] != '\0') actions_.at(entry.id)->setIcon(iconNamed(entry.icon, theme));
    }
    actions_.at("dark")->setChecked(isDark_);
    refreshActions();
}

void MainWindow::refreshActions() {
    const Selection selected = scene_->selection();
    const bool runs = session_.snapshot() != nullptr;
    const std::size_t links = selected.links.size();
    const std::size_t nodes = selected.nodes.size();
    const auto isPossible = [&](Needs needs) {
        switch (needs) {
            case Needs::Nothing:
                return true;
            case Needs::Run:
                return runs;
            case Needs::Link:
                return runs && links == 1 && nodes == 0;
            case Needs::Node:
                return runs && nodes == 1 && links == 0;
            case Needs::NodeOrLink:
                return runs && nodes + links > 0;
            case Needs::Selection:
                return !selected.isEmpty();
            case Needs::Nodes:
                return nodes > 0;
            case Needs::Undo:
                return editor_.document().canUndo();
            case Needs::Redo:
                return editor_.document().canRedo();
            case Needs::Clipboard:
                return !copied_.empty();
        }
        return false;
    };
    for (const ActionEntry& entry : actionTable())
        actions_.at(entry.id)->setEnabled(isPossible(entry.needs));
    const Theme& theme = scene_->theme();
    action("play")->setIcon(iconNamed(session_.isPlaying() ? "pause" : "play", theme));
    action("play")->setText(session_.isPlaying() ? tr("Pause") : tr("Play"));
    const Document& document = editor_.document();
    action("undo")->setText(
        document.canUndo() ? tr("&Undo: %1").arg(QString::fromStdString(document.undoText())) : tr("&Undo"));
    action("redo")->setText(
        document.canRedo() ? tr("&Redo: %1").arg(QString::fromStdString(document.redoText())) : tr("&Redo"));
    const SnapshotPtr& shot = session_.snapshot();
    if (shot && !shot->nextStep.empty()) {
        action("step")->setText(tr("Next s&tep: %1").arg(QString::fromStdString(shot->nextStep)));
    } else {
        action("step")->setEnabled(false);
    }
    hint_->setText(scene_->tool() != nullptr ? scene_->tool()->hint() : QString());
    if (scene_->tool() == nullptr) {
        for (const char* id : {"router", "host", "link", "lan"})
            actions_.at(id)->setChecked(false);
    }
    actions_.at("select")->setChecked(scene_->tool() == nullptr);
}

void MainWindow::refreshTitle() {
    const Document& document = editor_.document();
    const QString title = QString::fromStdString(editor_.lab().title);
    const QString file = QString::fromStdString(document.path().string());
    setWindowTitle(
        QString("%1[*]%2 — Peerscape")
            .arg(title.isEmpty() ? tr("Untitled") : title, file.isEmpty() ? QString() : " (" + file + ")"));
    setWindowModified(document.isModified());
}

void MainWindow::labChanged() {
    const bool isEmpty = editor_.lab().routers.empty() && editor_.lab().hosts.empty();
    if (!isEmpty) middle_->setCurrentIndex(1);
    const auto& loaded = session_.loaded();
    const bool isSame = loaded != nullptr && isSameNetwork(*loaded, editor_.lab());
    if (isEmpty) {
        if (loaded != nullptr) session_.unload();
    } else if (!isSame && !scene_->isRunning()) {
        session_.load(editor_.document().lab());
    }
    const bool isStale = !isEmpty && !isSame && scene_->isRunning();
    if (isStale) {
        showBanner(tr("The drawing has changed since this run began."), true);
    } else if (isSame) {
        showBanner({}, false);
    }
    actions_.at("lock")->setChecked(editor_.isLocked());
    refreshTitle();
    refreshActions();
}

void MainWindow::showDiagnostics(const std::vector<Diagnostic>& problems) {
    const auto error = std::ranges::find(problems, Severity::Error, &Diagnostic::severity);
    const auto shown = error != problems.end() ? error : problems.begin();
    if (shown == problems.end()) {
        showBanner({}, false);
        return;
    }
    const QString text = QString::fromStdString(shown->message);
    showBanner(
        error != problems.end() ? tr("This lab cannot run yet: %1").arg(text) : tr("Note: %1").arg(text),
        false);
}

void MainWindow::showBanner(const QString& text, bool offersRestart) {
    banner_->setVisible(!text.isEmpty());
    bannerText_->setText(text);
    bannerButton_->setVisible(offersRestart);
    QPalette colours = banner_->palette();
    QColor paper = scene_->theme().waiting;
    paper.setAlpha(60);
    colours.setColor(QPalette::Window, paper);
    banner_->setPalette(colours);
}

QString MainWindow::banner() const { return banner_->isHidden() ? QString() : bannerText_->text(); }

QString MainWindow::story() const { return story_->toPlainText(); }

void MainWindow::showRun() {
    const SnapshotPtr& shot = session_.snapshot();
    refreshActions();
    const QString badge = shot ? ExpectationsPanel::badge(*shot) : QString();
    badge_->setText(badge);
    badge_->setVisible(!badge.isEmpty());
    QPalette colours = palette();
    colours.setColor(QPalette::ButtonText,
                     badge.startsWith("✓") ? scene_->theme().good : scene_->theme().bad);
    badge_->setPalette(colours);
    QStringList prefixes;
    if (shot) {
        for (const std::string& prefix : shot->prefixes)
            prefixes << QString::fromStdString(prefix);
    }
    QStringList present;
    for (int i = 0; i < prefix_->count(); ++i)
        present << prefix_->itemText(i);
    if (prefixes != present) {
        prefix_->clear();
        prefix_->addItems(prefixes);
        prefix_->setEditText(QString::fromStdString(session_.watch().prefix));
    }
}

void MainWindow::choosePrefix(const QString& prefix) {
    Watch watch = session_.watch();
    watch.prefix = prefix.toStdString();
    session_.setWatch(watch);
    prefix_->setEditText(prefix);
    setLayer(LabScene::Layer::DataPlane);
}

void MainWindow::inspectSelection() {
    const Selection selected = scene_->selection();
    inspector_->inspect(selected);
    Watch watch = session_.watch();
    if (selected.nodes.size() == 1) watch.node = *selected.nodes.begin();
    session_.setWatch(watch);
    refreshActions();
}

void MainWindow::openMenu(const QPoint& screen) {
    const Selection selected = scene_->selection();
    QMenu menu;
    QString group;
    for (const ActionEntry& entry : actionTable()) {
        const bool isAbout = entry.needs == Needs::Link || entry.needs == Needs::Node ||
                             entry.needs == Needs::NodeOrLink || entry.needs == Needs::Selection ||
                             entry.needs == Needs::Nodes || entry.needs == Needs::Clipboard;
        if (!isAbout || !actions_.at(entry.id)->isEnabled()) continue;
        const QString title = QString(entry.menu).remove('-');
        if (!group.isEmpty() && group != title) menu.addSeparator();
        group = title;
        menu.addAction(actions_.at(entry.id));
    }
    if (selected.isEmpty()) {
        menu.addSeparator();
        for (const char* id : {"router", "host", "link", "layout", "fit"})
            menu.addAction(actions_.at(id));
    }
    menu.exec(screen);
}

void MainWindow::say(const QString& sentence) {
    hint_->setText(sentence);
    statusBar()->showMessage(sentence, 6000);
}

void MainWindow::setLayer(LabScene::Layer layer) {
    scene_->setLayer(layer);
    actions_.at("physical")->setChecked(layer == LabScene::Layer::Physical);
    actions_.at("dataPlane")->setChecked(layer == LabScene::Layer::DataPlane);
    actions_.at("sessions")->setChecked(layer == LabScene::Layer::Sessions);
}

void MainWindow::showPhysical() { setLayer(LabScene::Layer::Physical); }
void MainWindow::showDataPlane() {
    if (prefix_->currentText().isEmpty() && prefix_->count() > 0) prefix_->setCurrentIndex(0);
    choosePrefix(prefix_->currentText());
}
void MainWindow::showSessions() { setLayer(LabScene::Layer::Sessions); }
void MainWindow::fitView() { view_->fitAndBack(); }
void MainWindow::zoomIn() { view_->zoomBy(1.25); }
void MainWindow::zoomOut() { view_->zoomBy(0.8); }
void MainWindow::resetZoom() { view_->resetZoom(); }
void MainWindow::toggleDark() { setDark(!isDark_); }

void MainWindow::showShortcuts() {
    QDialog dialog(this);
    dialog.setWindowTitle(tr("What the window can do, and its keys"));
    dialog.resize(640, 620);
    auto* table = new QTableWidget(0, 3);
    table->setHorizontalHeaderLabels({tr("Action"), tr("Keys"), tr("What it does")});
    table->horizontalHeader()->setStretchLastSection(true);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->verticalHeader()->hide();
    for (const ActionEntry& entry : actionTable()) {
        const int row = table->rowCount();
        table->insertRow(row);
        const QAction* action = actions_.at(entry.id);
        table->setItem(row, 0, new QTableWidgetItem(translated(entry.text).remove('&')));
        table->setItem(row, 1, new QTableWidgetItem(action->shortcut().toString(QKeySequence::NativeText)));
        table->setItem(row, 2, new QTableWidgetItem(translated(entry.tip)));
    }
    table->resizeColumnsToContents();
    auto* column = new QVBoxLayout(&dialog);
    column->addWidget(table);
    dialog.exec();
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    const bool isSpace =
        event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space;
    if (isSpace && qobject_cast<QAbstractButton*>(watched) != nullptr) {
        event->accept();
        return true;
    }
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    if (!std::exchange(wasShown_, true)) view_->fit();
}

}  // namespace peerscape::gui

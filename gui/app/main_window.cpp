#include "gui/app/main_window.hpp"

#include <algorithm>
#include <utility>

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>

#include "gui/panels/expectations_panel.hpp"
#include "gui/panels/inspector.hpp"
#include "gui/panels/why_panel.hpp"
#include "gui/style/icons.hpp"

namespace peerscape::gui {

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
    if (QSettings().value("beginner").toBool()) setBeginner(true);
}

MainWindow::~MainWindow() {
    // Panels and items look at the session until the last moment; it must not tell them anything any more.
    session_.disconnect();
    editor_.disconnect();
    // Nor do docks, which come and go to the front while they are taken down.
    for (QDockWidget* dock : findChildren<QDockWidget*>())
        dock->disconnect();
}

QAction* MainWindow::action(const QString& id) const {
    const auto found = actions_.find(id);
    return found == actions_.end() ? nullptr : found->second;
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
            case Needs::Links:
                return runs && links > 0 && nodes == 0;
            case Needs::Node:
                return runs && nodes == 1 && links == 0;
            case Needs::NodeOrLink:
                return runs && nodes + links > 0;
            case Needs::Selection:
                return !selected.isEmpty();
            case Needs::Nodes:
                return nodes > 0;
            case Needs::Copyable:
                return nodes > 0 || !selected.notes.empty();
            case Needs::Groups:
                return !selected.groups.empty();
            case Needs::Undo:
                return editor_.document().canUndo();
            case Needs::Redo:
                return editor_.document().canRedo();
            case Needs::Clipboard:
                return !copied_.isEmpty();
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
        for (const char* id : {"router", "host", "link", "lan", "note"})
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
QString MainWindow::story() const { return why_->text(); }

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
        const bool isAbout = entry.needs == Needs::Link || entry.needs == Needs::Links ||
                             entry.needs == Needs::Node || entry.needs == Needs::NodeOrLink ||
                             entry.needs == Needs::Selection || entry.needs == Needs::Nodes ||
                             entry.needs == Needs::Copyable || entry.needs == Needs::Groups ||
                             entry.needs == Needs::Clipboard;
        if (!isAbout || !actions_.at(entry.id)->isEnabled()) continue;
        const QString title = QString(entry.menu).remove('-');
        if (!group.isEmpty() && group != title) menu.addSeparator();
        group = title;
        menu.addAction(actions_.at(entry.id));
    }
    if (selected.isEmpty()) {
        menu.addSeparator();
        for (const char* id : {"router", "host", "link", "note", "layout", "fit"})
            menu.addAction(actions_.at(id));
    }
    menu.exec(screen);
}

void MainWindow::say(const QString& sentence) {
    hint_->setText(sentence);
    statusBar()->showMessage(sentence, 6000);
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

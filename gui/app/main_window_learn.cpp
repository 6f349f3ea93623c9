// How one begins: the start page, exercises, the guided tour, and the profile for beginners.
#include <QAction>
#include <QCoreApplication>
#include <QDockWidget>
#include <QFileDialog>
#include <QMenuBar>
#include <QSettings>
#include <QStackedWidget>
#include <QTableView>
#include <QToolBar>

#include "gui/app/beginner_profile.hpp"
#include "gui/app/lab_shelf.hpp"
#include "gui/app/main_window.hpp"
#include "gui/app/start_page.hpp"
#include "gui/app/tour.hpp"
#include "gui/model/import_lab.hpp"
#include "gui/panels/tables_panel.hpp"
#include "gui/panels/task_panel.hpp"
#include "gui/panels/time_bar.hpp"

namespace peerscape::gui {

namespace {

/// Columns that say more than a first lesson needs, by their titles.
void showColumn(QTableView& table, const QString& title, bool isShown) {
    for (int column = 0; column < table.model()->columnCount(); ++column) {
        if (table.model()->headerData(column, Qt::Horizontal).toString() == title)
            table.setColumnHidden(column, !isShown);
    }
}

}  // namespace

void MainWindow::showStartPage() {
    session_.pause();
    start_->refresh();
    middle_->setCurrentIndex(0);
}

void MainWindow::importFile() {
    if (!mayLeave()) return;
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Import"), QString(), tr("Networks (*.graphml *.as-rel *.txt);;All files (*)"));
    if (!path.isEmpty()) importFrom(path);
}

bool MainWindow::importFrom(const QString& path) {
    auto imported = importLab(path);
    if (!imported) {
        say(QString::fromStdString(toString(imported.error())));
        return false;
    }
    session_.unload();
    session_.setWatch({});
    scene_->setTool(nullptr);
    editor_.replace(Document());
    const std::size_t notes = imported->notes.size();
    editor_.apply(tr("Import"), std::move(imported->lab));
    middle_->setCurrentIndex(1);
    view_->fit();
    if (notes > 0)
        say(tr("Imported, with %n notes: see `peerscape import`.", nullptr, static_cast<int>(notes)));
    return true;
}

void MainWindow::openExercises() {
    const QString folder =
        QFileDialog::getExistingDirectory(this, tr("A folder of exercises"), shippedExercises());
    if (!folder.isEmpty()) setExercises(folder);
}

void MainWindow::setExercises(const QString& folder) {
    QSettings().setValue("exercises", folder);
    showStartPage();
}

bool MainWindow::openExercise(const QString& path) {
    if (!mayLeave() || !openFile(path)) return false;
    showTask();
    return true;
}

void MainWindow::showTask() {
    auto* properties = findChild<QDockWidget*>("properties");
    auto* task = findChild<QDockWidget*>("task");
    // Behind the properties only now: a row of tabs with a single one would stand there for nothing.
    if (!tabifiedDockWidgets(properties).contains(task)) tabifyDockWidget(properties, task);
    task->show();
    task->raise();
}

void MainWindow::checkTask() {
    session_.pause();
    session_.load(editor_.document().lab());
    showBanner({}, false);
    for (std::size_t i = 0; i < editor_.lab().steps.size(); ++i)
        session_.nextStep();
}

void MainWindow::noteGoals(int met, int all) {
    // Other labs expect things, too; they are no exercises.
    if (findChild<QDockWidget*>("task")->isHidden()) return;
    const QString path = QString::fromStdString(editor_.document().path().string());
    if (!path.isEmpty()) rememberGoals(path, met, all);
    if (met == all) say(tr("Well done: all goals are met."));
}

void MainWindow::startTour() {
    if (editor_.lab().routers.empty() && !shippedLabs().isEmpty())
        openFile(shippedLabs() + "/four-buildings-rip");
    middle_->setCurrentIndex(1);
    const auto named = [this](const char* name) { return findChild<QWidget*>(name); };
    new Tour(*this,
             {{named("palette"), tr("The palette"),
               tr("Take a router, a host, or a link, and click on the drawing. Esc puts the tool down.")},
              {view_, tr("The drawing"),
               tr("Routers, cables, and the buildings around them. Click one thing to see all about it; "
                  "everything "
                  "can be moved, and every gesture undone.")},
              {named("properties"), tr("Properties"),
               tr("What is selected: its name, its networks, which protocols it speaks, its configuration.")},
              {timeBar_, tr("Time"),
               tr("Space plays and pauses, C runs until nothing changes any more. The strip is the whole "
                  "run: click "
                  "anywhere on it, and everything is as it was then.")},
              {named("tables"), tr("Tables"),
               tr("What the selected router knows at this instant. Double click a route to be told why it is "
                  "there.")},
              {named("events"), tr("Events"),
               tr("Everything that happened, in order. A click on an event goes to its instant.")},
              {named("main"), tr("Break and watch"),
               tr("Select a cable and press F: it fails. Choose a prefix in the box, and arrows show where "
                  "packets to "
                  "it go.")}});
}

void MainWindow::toggleBeginner() { setBeginner(!isBeginner_); }

void MainWindow::setBeginner(bool beginner) {
    isBeginner_ = beginner;
    QSettings().setValue("beginner", beginner);
    actions_.at("beginner")->setChecked(beginner);
    for (const auto& [id, action] : actions_)
        action->setVisible(!beginner || isForBeginners(id));
    for (auto* panel : findChildren<QDockWidget*>(Qt::FindDirectChildrenOnly)) {
        if (isPanelForBeginners(panel->objectName())) continue;
        panel->setVisible(!beginner);
        panel->toggleViewAction()->setVisible(!beginner);
    }
    findChild<QDockWidget*>("events")->raise();
    showColumn(tables_->routes(), QCoreApplication::translate("peerscape::gui::TablesPanel", "Since"),
               !beginner);
}

}  // namespace peerscape::gui

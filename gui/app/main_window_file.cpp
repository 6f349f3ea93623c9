// Labs from and to files.
#include <QAction>
#include <QCloseEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QSettings>
#include <QStackedWidget>

#include "gui/app/lab_shelf.hpp"
#include "gui/app/main_window.hpp"
#include "gui/translations/language.hpp"

namespace peerscape::gui {

namespace {

constexpr int kMostRecent = 10;

QString textOf(const std::vector<Diagnostic>& diagnostics) {
    QStringList lines;
    for (const Diagnostic& d : diagnostics)
        lines << QString::fromStdString(toString(d));
    return lines.join("\n");
}

void remember(const QString& path) {
    QSettings settings;
    QStringList recent = settings.value("recent").toStringList();
    const QString absolute = QFileInfo(path).absoluteFilePath();
    recent.removeAll(absolute);
    recent.prepend(absolute);
    settings.setValue("recent", recent.mid(0, kMostRecent));
}

}  // namespace

bool MainWindow::openFile(const QString& path) {
    Document::Opened opened = Document::open(path.toStdString(), spokenLanguage().toStdString());
    if (!opened.document) {
        QMessageBox box(QMessageBox::Warning, tr("This lab has errors"), tr("%1 cannot be opened.").arg(path),
                        QMessageBox::Ok, this);
        box.setDetailedText(textOf(opened.diagnostics));
        box.setInformativeText(textOf(opened.diagnostics).section('\n', 0, 2));
        box.exec();
        return false;
    }
    session_.unload();
    session_.setWatch({});
    scene_->setTool(nullptr);
    editor_.replace(std::move(*opened.document));
    wasAskedOfFile_ = false;
    remember(QString::fromStdString(editor_.document().path().string()));
    middle_->setCurrentIndex(1);
    offerRecovered();
    view_->fit();
    if (!opened.ofTexts.empty()) say(QString::fromStdString(toString(opened.ofTexts.front())));
    return true;
}

void MainWindow::offerRecovered() {
    auto recovered = editor_.document().recovered();
    if (!recovered) return;
    const auto answer = QMessageBox::question(this, tr("Unsaved work"),
                                              tr("There is unsaved work on this lab from before. Use it?"));
    if (answer == QMessageBox::Yes) {
        editor_.apply(tr("Recover unsaved work"), std::move(*recovered));
    } else {
        editor_.document().dropRecovery();
    }
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && isActiveWindow()) offerChanged();
}

void MainWindow::offerChanged() {
    const bool hasChanged = editor_.document().hasChangedOnDisk();
    if (!hasChanged || wasAskedOfFile_) {
        wasAskedOfFile_ = hasChanged;
        return;
    }
    wasAskedOfFile_ = true;
    const QString question = editor_.document().isModified()
                                 ? tr("Another program has changed this file. Open it again, and lose the "
                                      "changes made here?")
                                 : tr("Another program has changed this file. Open it again?");
    if (QMessageBox::question(this, tr("Changed on disk"), question) != QMessageBox::Yes) return;
    editor_.document().dropRecovery();
    openFile(QString::fromStdString(editor_.document().path().string()));
}

bool MainWindow::mayLeave() {
    if (!editor_.document().isModified()) return true;
    const auto answer =
        QMessageBox::question(this, tr("Unsaved changes"), tr("Save the changes to this lab?"),
                              QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
    if (answer == QMessageBox::Save) {
        saveLab();
        return !editor_.document().isModified();
    }
    if (answer == QMessageBox::Discard) editor_.document().dropRecovery();
    return answer == QMessageBox::Discard;
}

void MainWindow::newLab() {
    if (!mayLeave()) return;
    session_.unload();
    editor_.replace(Document());
    middle_->setCurrentIndex(1);
    takeRouterTool();
}

void MainWindow::openLab() {
    if (!mayLeave()) return;
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open a lab"), shippedLabs(), tr("Labs (*.yaml *.yml)"));
    if (!path.isEmpty()) openFile(path);
}

void MainWindow::saveLab() {
    if (editor_.document().path().empty()) {
        saveLabAs();
        return;
    }
    if (editor_.document().hasChangedOnDisk()) {
        const auto answer = QMessageBox::question(
            this, tr("Changed on disk"), tr("Another program has changed this file. Write over it?"));
        if (answer != QMessageBox::Yes) return;
    }
    if (auto done = editor_.save(); !done) say(QString::fromStdString(done.error().message));
}

void MainWindow::saveLabAs() {
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Save the lab"), "lab.yaml", tr("Labs (*.yaml *.yml)"));
    if (path.isEmpty()) return;
    if (auto done = editor_.saveAs(path.toStdString()); !done) {
        say(QString::fromStdString(done.error().message));
        return;
    }
    remember(path);
    refreshTitle();
}

void MainWindow::quit() { close(); }

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!mayLeave()) {
        event->ignore();
        return;
    }
    session_.pause();
    event->accept();
}

}  // namespace peerscape::gui

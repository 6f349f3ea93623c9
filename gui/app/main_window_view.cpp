// How the drawing is looked at.
#include <algorithm>

#include <QAction>
#include <QApplication>
#include <QInputDialog>
#include <QLineEdit>
#include <QSettings>

#include "gui/app/main_window.hpp"
#include "gui/app/shortcut_dialog.hpp"
#include "gui/canvas/minimap.hpp"
#include "gui/style/icons.hpp"
#include "gui/translations/language.hpp"

namespace peerscape::gui {

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

void MainWindow::choosePrefix(const QString& prefix) {
    Watch watch = session_.watch();
    watch.prefix = prefix.toStdString();
    session_.setWatch(watch);
    prefix_->setEditText(prefix);
    setLayer(LabScene::Layer::DataPlane);
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
void MainWindow::toggleMinimap() {
    minimap_->setVisible(minimap_->isHidden());
    actions_.at("minimap")->setChecked(!minimap_->isHidden());
}

void MainWindow::toggleDark() { setDark(!isDark_); }

void MainWindow::chooseLanguage() {
    QStringList names;
    int present = 0;
    const std::vector<Language> known = languages();
    for (const Language& language : known) {
        if (language.code == spokenLanguage()) present = static_cast<int>(names.size());
        names << language.name;
    }
    bool isChosen = false;
    const QString name = QInputDialog::getItem(this, tr("Language"), tr("The window speaks"), names, present,
                                               false, &isChosen);
    const auto chosen = std::ranges::find(known, name, &Language::name);
    if (!isChosen || chosen == known.end() || chosen->code == spokenLanguage() || !mayLeave()) return;
    QSettings().setValue("language", chosen->code);
    session_.pause();
    QApplication::exit(kOpenAgain);
}

void MainWindow::showShortcuts() {
    ShortcutDialog dialog(actions_, this);
    dialog.exec();
}

}  // namespace peerscape::gui

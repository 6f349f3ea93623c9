// How the drawing is looked at.
#include <algorithm>
#include <utility>

#include <QAction>
#include <QApplication>
#include <QInputDialog>
#include <QLineEdit>
#include <QSettings>

#include "gui/app/main_window.hpp"
#include "gui/app/shortcut_dialog.hpp"
#include "gui/canvas/legend.hpp"
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
    // The prefix is that of whichever layer is about one.
    const bool isControl = scene_->layer() == LabScene::Layer::ControlPlane;
    setLayer(isControl ? LabScene::Layer::ControlPlane : LabScene::Layer::DataPlane);
}

void MainWindow::setLayer(LabScene::Layer layer) {
    scene_->setLayer(layer);
    using Layer = LabScene::Layer;
    for (const auto& [id, shown] :
         {std::pair("physical", Layer::Physical), std::pair("dataPlane", Layer::DataPlane),
          std::pair("sessions", Layer::Sessions), std::pair("controlPlane", Layer::ControlPlane),
          std::pair("relations", Layer::Relations), std::pair("traffic", Layer::Traffic)})
        actions_.at(id)->setChecked(layer == shown);
    Watch watch = session_.watch();
    watch.tellings = layer == Layer::ControlPlane;
    watch.loads = layer == Layer::Traffic;
    session_.setWatch(watch);
}

void MainWindow::showPhysical() { setLayer(LabScene::Layer::Physical); }

void MainWindow::showDataPlane() { showLayerOfPrefix(LabScene::Layer::DataPlane); }

void MainWindow::showControlPlane() { showLayerOfPrefix(LabScene::Layer::ControlPlane); }

void MainWindow::showLayerOfPrefix(LabScene::Layer layer) {
    setLayer(layer);
    if (prefix_->currentText().isEmpty() && prefix_->count() > 0) prefix_->setCurrentIndex(0);
    choosePrefix(prefix_->currentText());
}

void MainWindow::showSessions() { setLayer(LabScene::Layer::Sessions); }
void MainWindow::showRelations() { setLayer(LabScene::Layer::Relations); }
void MainWindow::showTraffic() { setLayer(LabScene::Layer::Traffic); }
void MainWindow::fitView() { view_->fitAndBack(); }
void MainWindow::zoomIn() { view_->zoomBy(1.25); }
void MainWindow::zoomOut() { view_->zoomBy(0.8); }
void MainWindow::resetZoom() { view_->resetZoom(); }
void MainWindow::toggleMinimap() {
    minimap_->setVisible(minimap_->isHidden());
    actions_.at("minimap")->setChecked(!minimap_->isHidden());
}

void MainWindow::toggleLegend() {
    legend_->setWanted(!legend_->isWanted());
    actions_.at("legend")->setChecked(legend_->isWanted());
}

void MainWindow::toggleStill() {
    const bool isStill = !QSettings().value("still", false).toBool();
    QSettings().setValue("still", isStill);
    scene_->setStill(isStill);
    actions_.at("still")->setChecked(isStill);
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

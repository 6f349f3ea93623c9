// Time, and what one breaks.
#include <algorithm>
#include <utility>

#include <QAction>
#include <QDockWidget>
#include <QFileDialog>
#include <QInputDialog>

#include "gui/app/configure_dialog.hpp"
#include "gui/app/link_dialog.hpp"
#include "gui/app/main_window.hpp"
#include "gui/app/run_until_dialog.hpp"
#include "gui/panels/console_panel.hpp"
#include "gui/panels/time_bar.hpp"

namespace peerscape::gui {

void MainWindow::toStart() {
    session_.pause();
    session_.seek(SimTime::start());
}

void MainWindow::previousChange() {
    session_.pause();
    session_.previousChange();
}

void MainWindow::previousEvent() {
    session_.pause();
    session_.previousEvent();
}

void MainWindow::playOrPause() {
    if (session_.isPlaying()) {
        session_.pause();
    } else {
        timeBar_->play();
    }
}

void MainWindow::nextEvent() {
    session_.pause();
    session_.nextEvent();
}

void MainWindow::nextChange() {
    session_.pause();
    session_.nextChange();
}

void MainWindow::converge() {
    session_.pause();
    session_.converge();
}

void MainWindow::previousConvergence() {
    session_.pause();
    session_.previousConvergence();
}

void MainWindow::nextConvergence() {
    session_.pause();
    session_.nextConvergence();
}

void MainWindow::goToTime() {
    const SnapshotPtr& shot = session_.snapshot();
    if (!shot) return;
    bool isChosen = false;
    const QString text =
        QInputDialog::getText(this, tr("Go to a time"), tr("A time of the lab, such as 90s or 2min:"),
                              QLineEdit::Normal, QString::fromStdString(toString(shot->now)), &isChosen);
    if (isChosen) goTo(text);
}

void MainWindow::goTo(const QString& text) {
    const auto time = Duration::parse(text.simplified().remove(' ').toStdString());
    if (!time) return say(QString::fromStdString(time.error().message));
    session_.pause();
    session_.seek(SimTime::start() + *time);
}

void MainWindow::runUntilEvent() {
    const SnapshotPtr shot = session_.snapshot();
    if (!shot) return;
    RunUntilDialog dialog(*shot, awaited_, awaitedFor_, this);
    if (dialog.exec() == QDialog::Accepted) runUntil(dialog.filter(), dialog.limit());
}

void MainWindow::runUntil(const EventFilter& filter, Duration limit) {
    awaited_ = filter;
    awaitedFor_ = limit;
    session_.pause();
    session_.runUntilEvent(filter, limit);
}

void MainWindow::stepsUntilFailure() {
    session_.pause();
    session_.stepsUntilFailure();
}

void MainWindow::traceRoute() {
    const auto& nodes = scene_->selection().nodes;
    if (nodes.size() != 1) return;
    bool isChosen = false;
    const QString address =
        QInputDialog::getText(this, tr("Trace from %1").arg(QString::fromStdString(*nodes.begin())),
                              tr("The address to which real packets are sent in a copy of the lab:"),
                              QLineEdit::Normal, {}, &isChosen);
    if (!isChosen || address.trimmed().isEmpty()) return;
    if (auto* dock = findChild<QDockWidget*>("console")) {
        dock->show();
        dock->raise();
    }
    console_->type("traceroute " + address.trimmed());
}

void MainWindow::nextStep() {
    session_.pause();
    session_.nextStep();
}

void MainWindow::giveUp() { session_.pause(); }

void MainWindow::restart() {
    session_.load(editor_.document().lab());
    showBanner({}, false);
}

std::vector<NameRef> MainWindow::targets() const {
    std::vector<NameRef> names;
    const Selection selected = scene_->selection();
    for (const auto* some : {&selected.nodes, &selected.links}) {
        for (const std::string& name : *some)
            names.push_back({name, {}});
    }
    return names;
}

std::optional<NameRef> MainWindow::onlyLink() const {
    const Selection selected = scene_->selection();
    if (selected.links.size() != 1) return std::nullopt;
    return NameRef{*selected.links.begin(), {}};
}

void MainWindow::breakNow(LabAction::What what) { session_.perform({std::move(what), {}}); }

void MainWindow::fail() { breakNow(lab_action::Fail{targets(), std::nullopt}); }

void MainWindow::restore() { breakNow(lab_action::Restore{targets()}); }

void MainWindow::failSilently() { breakNow(lab_action::FailSilently{targets(), std::nullopt, std::nullopt}); }

void MainWindow::failOneWay() {
    const auto link = onlyLink();
    const SnapshotPtr& shot = session_.snapshot();
    if (!link || !shot) return;
    const auto view = std::ranges::find(shot->links, link->name, &LinkView::name);
    if (view == shot->links.end() || view->ends.empty()) return;
    breakNow(lab_action::FailOneWay{*link, NameRef{view->ends.front().node, {}}, std::nullopt});
}

void MainWindow::flap() {
    constexpr std::uint32_t kTimes = 5;
    if (const auto link = onlyLink())
        breakNow(lab_action::Flap{*link, Duration::seconds(1), Duration::seconds(5), kTimes});
}

void MainWindow::loseSome() {
    constexpr std::uint32_t kTenth = Probability::kMillion / 10;
    const auto link = onlyLink();
    if (!link) return;
    lab_action::Change change;
    change.link = *link;
    change.loss = Probability::partsPerMillion(kTenth);
    breakNow(std::move(change));
}

void MainWindow::changeLinks() {
    const SnapshotPtr shot = session_.snapshot();
    if (!shot) return;
    std::vector<LinkView> links;
    for (const LinkView& link : shot->links) {
        if (scene_->selection().links.contains(link.name)) links.push_back(link);
    }
    if (links.empty()) return;
    LinkDialog dialog(std::move(links), this);
    if (dialog.exec() != QDialog::Accepted) return;
    for (lab_action::Change& change : dialog.changes())
        breakNow(std::move(change));
}

void MainWindow::configureNode() {
    const auto& nodes = scene_->selection().nodes;
    if (nodes.size() != 1) return;
    const QString node = QString::fromStdString(*nodes.begin());
    ConfigureDialog dialog(node, this);
    if (dialog.exec() == QDialog::Accepted && dialog.canBeTaken()) session_.configure(node, dialog.lines());
}

void MainWindow::captureLinks() {
    const std::set<std::string> links = scene_->selection().links;
    if (links.empty()) return;
    const QString name = links.size() == 1 ? QString::fromStdString(*links.begin()) : tr("capture");
    const QString path = QFileDialog::getSaveFileName(this, tr("Write what has crossed the link"),
                                                      QString(name).replace('/', '_') + ".pcapng",
                                                      tr("Captures for Wireshark (*.pcapng)"));
    if (!path.isEmpty()) captureTo(path);
}

void MainWindow::captureTo(const QString& path) {
    session_.pause();
    session_.capture(path, scene_->selection().links);
}

void MainWindow::noteCapture(const QString& path, const Captured& outcome) {
    if (outcome.isGivenUp) return say(tr("The capture was given up."));
    say(tr("%n frames are written: %1", nullptr, static_cast<int>(outcome.frames)).arg(path));
}

void MainWindow::noteEvent(const EventRow& event) {
    const QString what = QString::fromStdString(event.text);
    say(tr("%1: %2").arg(QString::fromStdString(toString(event.time)), what));
    session_.examine(event.id);
}

void MainWindow::stopNode() {
    for (const std::string& name : scene_->selection().nodes)
        breakNow(lab_action::Stop{NameRef{name, {}}, ""});
}

void MainWindow::startNode() {
    for (const std::string& name : scene_->selection().nodes)
        breakNow(lab_action::Start{NameRef{name, {}}, ""});
}

}  // namespace peerscape::gui

// Gestures on the drawing.
#include <memory>
#include <string_view>
#include <utility>

#include <QAction>
#include <QInputDialog>
#include <QStackedWidget>

#include "gui/app/main_window.hpp"
#include "gui/canvas/lan_tool.hpp"
#include "gui/canvas/link_item.hpp"
#include "gui/canvas/link_tool.hpp"
#include "gui/canvas/node_item.hpp"
#include "gui/canvas/note_tool.hpp"
#include "gui/canvas/place_tool.hpp"

namespace peerscape::gui {

void MainWindow::undo() { editor_.undo(); }

void MainWindow::redo() { editor_.redo(); }

void MainWindow::copy() {
    clipboard_ = editor_.lab();
    // What one copies is what one sees: nodes without a place of their own get the one they are seen at.
    clipboard_ = withPositions(std::move(clipboard_), placesOf(editor_.lab()));
    copied_ = scene_->selection();
    pastes_ = 0;
    refreshActions();
}

void MainWindow::paste() {
    constexpr double kStep = 60;
    ++pastes_;
    Pasted pasted = withCopies(editor_.lab(), clipboard_, copied_, {kStep * pastes_, kStep * pastes_});
    const QString gesture = copied_.nodes.empty()
                                ? tr("Paste %n notes", nullptr, static_cast<int>(copied_.notes.size()))
                                : tr("Paste %n nodes", nullptr, static_cast<int>(copied_.nodes.size()));
    editor_.apply(gesture, std::move(pasted.lab));
    scene_->select(pasted.selection);
}

void MainWindow::duplicate() {
    copy();
    paste();
}

void MainWindow::removeSelected() {
    const Selection selected = scene_->selection();
    scene_->clearSelection();
    editor_.apply(tr("Delete"), without(editor_.lab(), selected));
}

void MainWindow::selectAll() {
    Selection all;
    for (const RouterEntry& router : editor_.lab().routers)
        all.nodes.insert(router.name);
    for (const HostEntry& host : editor_.lab().hosts)
        all.nodes.insert(host.name);
    for (std::size_t i = 0; i < editor_.lab().notes.size(); ++i)
        all.notes.insert(i);
    scene_->select(all);
}

void MainWindow::find() {
    QStringList names;
    for (const RouterEntry& router : editor_.lab().routers)
        names << QString::fromStdString(router.name);
    for (const HostEntry& host : editor_.lab().hosts)
        names << QString::fromStdString(host.name);
    for (const LinkEntry& link : editor_.lab().links)
        names << QString::fromStdString(link.name);
    bool isChosen = false;
    const QString name =
        QInputDialog::getItem(this, tr("Find"), tr("Node or link"), names, 0, true, &isChosen);
    if (!isChosen) return;
    // What lies in a closed group is found as well.
    for (const GroupEntry& group : editor_.lab().groups) {
        if (membersOf(editor_.lab(), group.name).contains(name.toStdString()))
            scene_->setFolded(QString::fromStdString(group.name), false);
    }
    if (const NodeItem* node = scene_->nodeNamed(name)) {
        view_->centreOn(node->pos());
        scene_->select({{name.toStdString()}, {}, {}});
    } else if (const LinkItem* link = scene_->linkNamed(name)) {
        view_->centreOn(link->pointAt(0.5));
        scene_->select({{}, {name.toStdString()}, {}});
    } else {
        say(tr("There is no node or link '%1'.").arg(name));
    }
}

void MainWindow::toggleLock() { editor_.setLocked(!editor_.isLocked()); }

void MainWindow::takeNoTool() { scene_->setTool(nullptr); }

void MainWindow::takeTool(const char* id, std::unique_ptr<Tool> tool) {
    middle_->setCurrentIndex(1);
    scene_->setTool(std::move(tool));
    for (const char* each : {"router", "host", "link", "lan", "note"})
        action(each)->setChecked(std::string_view(each) == id);
}

void MainWindow::takeRouterTool() {
    takeTool("router", std::make_unique<PlaceTool>(PlaceTool::Kind::Router));
}

void MainWindow::takeHostTool() { takeTool("host", std::make_unique<PlaceTool>(PlaceTool::Kind::Host)); }

void MainWindow::takeLinkTool() { takeTool("link", std::make_unique<LinkTool>()); }

void MainWindow::takeLanTool() { takeTool("lan", std::make_unique<LanTool>()); }

void MainWindow::takeNoteTool() { takeTool("note", std::make_unique<NoteTool>()); }

void MainWindow::groupSelected() {
    auto made = withGroup(editor_.lab(), scene_->selection().nodes, "building");
    const std::string name = made ? made->name : std::string();
    editor_.apply(tr("Group %n nodes", nullptr, static_cast<int>(scene_->selection().nodes.size())),
                  labOf(std::move(made)));
    if (!name.empty()) scene_->select({{}, {}, {name}});
}

void MainWindow::foldSelected() { scene_->toggleFolded(scene_->selection().groups); }

void MainWindow::writeOutIntents() {
    editor_.apply(tr("Write out configurations"), withIntentsWrittenOut(editor_.lab()));
}

void MainWindow::layOutAgain() {
    editor_.apply(tr("Lay out"), withPositions(editor_.lab(), freshPlacesOf(editor_.lab())));
    view_->fit();
}

void MainWindow::layOutAs(LayoutKind kind, const std::set<std::string>& pinned) {
    editor_.apply(tr("Lay out"), withPositions(editor_.lab(), layOut(editor_.lab(), kind, pinned)));
    view_->fit();
}

void MainWindow::layOutByForce() { layOutAs(LayoutKind::Force, scene_->selection().nodes); }
void MainWindow::layOutInLayers() { layOutAs(LayoutKind::Layers, {}); }
void MainWindow::layOutOnGrid() { layOutAs(LayoutKind::Grid, {}); }
void MainWindow::layOutOnCircle() { layOutAs(LayoutKind::Circle, {}); }

void MainWindow::alignRow() {
    editor_.apply(tr("Align in a row"),
                  withPositions(editor_.lab(), inLine(editor_.lab(), scene_->selection().nodes, true)));
}

void MainWindow::alignColumn() {
    editor_.apply(tr("Align in a column"),
                  withPositions(editor_.lab(), inLine(editor_.lab(), scene_->selection().nodes, false)));
}

}  // namespace peerscape::gui

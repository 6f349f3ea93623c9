#include "gui/canvas/lab_scene.hpp"

#include <cmath>
#include <utility>

#include "gui/canvas/group_item.hpp"
#include "gui/canvas/lan_item.hpp"
#include "gui/canvas/link_item.hpp"
#include "gui/canvas/message_layer.hpp"
#include "gui/canvas/node_item.hpp"

namespace peerscape::gui {

namespace {

constexpr double kGrid = 10;
constexpr double kRoom = 4000;  ///< around the drawing, to scroll and to draw in

QString q(const std::string& text) { return QString::fromStdString(text); }

}  // namespace

LabScene::LabScene(Editor& editor, Session& session, const Theme& theme, QObject* parent)
    : QGraphicsScene(parent), editor_(editor), session_(session), theme_(&theme) {
    setItemIndexMethod(NoIndex);  // items move all the time, and an index would be built anew each time
    messages_ = new MessageLayer(*this);
    addItem(messages_);
    connect(&editor_, &Editor::changed, this, &LabScene::showLab);
    connect(&session_, &Session::snapshotChanged, this, &LabScene::showRun);
    showLab();
}

LabScene::~LabScene() {
    // Items that go with it are no change of the selection that anybody should hear of.
    blockSignals(true);
}

void LabScene::setTheme(const Theme& theme) {
    theme_ = &theme;
    rebuild();
}

void LabScene::rebuild() {
    const Selection selected = selection();
    groups_.clear();
    nodes_.clear();
    links_.clear();
    lans_.clear();
    clear();
    messages_ = new MessageLayer(*this);
    addItem(messages_);
    showLab();
    select(selected);
}

bool LabScene::isRunning() const {
    return session_.snapshot() != nullptr && session_.snapshot()->now > SimTime::start();
}

QPointF LabScene::snapped(QPointF at) {
    return {std::round(at.x() / kGrid) * kGrid, std::round(at.y() / kGrid) * kGrid};
}

void LabScene::showLab() {
    const LabFile& lab = editor_.lab();
    showNodes(lab);
    showCables(lab);
    showGroups(lab);
    arrange();
    QRectF bounds;
    for (const auto& [name, item] : nodes_)
        bounds |= item->sceneBoundingRect();
    setSceneRect(bounds.adjusted(-kRoom, -kRoom, kRoom, kRoom));
    showRun();
}

void LabScene::showRun() {
    const SnapshotPtr& shot = session_.snapshot();
    if (!shot) {
        for (const auto& [name, item] : nodes_)
            item->showNoRun();
        for (const auto& [name, item] : links_)
            item->showNoRun();
        for (const auto& [name, item] : lans_)
            item->showNoRun();
        messages_->show(nullptr);
        return;
    }
    for (const NodeView& view : shot->nodes) {
        if (const auto found = nodes_.find(q(view.name)); found != nodes_.end()) found->second->showRun(view);
    }
    showAddedLinks(*shot);
    for (const LinkView& view : shot->links) {
        if (const auto link = links_.find(q(view.name)); link != links_.end()) link->second->showRun(view);
        if (const auto lan = lans_.find(q(view.name)); lan != lans_.end()) lan->second->showRun(view);
    }
    showLayer();
    messages_->show(shot);
}

Selection LabScene::selection() const {
    Selection selection;
    for (const QGraphicsItem* item : selectedItems()) {
        if (const auto* node = qgraphicsitem_cast<const NodeItem*>(item))
            selection.nodes.insert(node->name().toStdString());
        if (const auto* link = qgraphicsitem_cast<const LinkItem*>(item))
            selection.links.insert(link->name().toStdString());
        if (const auto* lan = qgraphicsitem_cast<const LanItem*>(item))
            selection.links.insert(lan->name().toStdString());
        if (const auto* group = qgraphicsitem_cast<const GroupItem*>(item))
            selection.groups.insert(group->name().toStdString());
    }
    return selection;
}

void LabScene::select(const Selection& selection) {
    if (selection == this->selection()) return;
    {
        // One piece of news, not one for each item.
        const QSignalBlocker silence(this);
        for (const auto& [name, item] : nodes_)
            item->setSelected(selection.nodes.contains(name.toStdString()));
        for (const auto& [name, item] : links_)
            item->setSelected(selection.links.contains(name.toStdString()));
        for (const auto& [name, item] : lans_)
            item->setSelected(selection.links.contains(name.toStdString()));
        for (const auto& [name, item] : groups_)
            item->setSelected(selection.groups.contains(name.toStdString()));
    }
    Q_EMIT selectionChanged();
}

const NodeItem* LabScene::nodeNamed(const QString& name) const {
    const auto found = nodes_.find(name);
    return found == nodes_.end() ? nullptr : found->second;
}

const LinkItem* LabScene::linkNamed(const QString& name) const {
    const auto found = links_.find(name);
    return found == links_.end() ? nullptr : found->second;
}

const NodeItem* LabScene::nodeAt(QPointF at) const {
    for (const QGraphicsItem* item : items(at)) {
        if (const auto* node = qgraphicsitem_cast<const NodeItem*>(item)) return node;
    }
    return nullptr;
}

const LanItem* LabScene::lanAt(QPointF at) const {
    for (const QGraphicsItem* item : items(at)) {
        if (const auto* lan = qgraphicsitem_cast<const LanItem*>(item)) return lan;
    }
    return nullptr;
}

}  // namespace peerscape::gui

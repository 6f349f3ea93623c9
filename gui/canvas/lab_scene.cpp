#include "gui/canvas/lab_scene.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "gui/canvas/arrow_layer.hpp"
#include "gui/canvas/bundle_item.hpp"
#include "gui/canvas/group_item.hpp"
#include "gui/canvas/lan_item.hpp"
#include "gui/canvas/link_item.hpp"
#include "gui/canvas/message_layer.hpp"
#include "gui/canvas/node_item.hpp"
#include "gui/canvas/note_item.hpp"
#include "gui/canvas/overlays.hpp"
#include "gui/model/text.hpp"

namespace peerscape::gui {

namespace {

constexpr double kGrid = 10;
constexpr double kRoom = 4000;  ///< around the drawing, to scroll and to draw in

}  // namespace

LabScene::LabScene(Editor& editor, Session& session, const Theme& theme, QObject* parent)
    : QGraphicsScene(parent), editor_(editor), session_(session), theme_(&theme) {
    setItemIndexMethod(NoIndex);  // items move all the time, and an index would be built anew each time
    addLayers();
    connect(&editor_, &Editor::changed, this, &LabScene::showLab);
    connect(&editor_, &Editor::replaced, this, [this] { folding_ = Folding(); });
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
    notes_.clear();
    bundles_.clear();
    bundleOf_.clear();
    drag_.reset();
    clear();
    addLayers();
    showLab();
    select(selected);
    Q_EMIT layerChanged();
}

void LabScene::addLayers() {
    messages_ = new MessageLayer(*this);
    addItem(messages_);
    arrows_ = new ArrowLayer(*this);
    addItem(arrows_);
    setStill(isStill_);
}

bool LabScene::isRunning() const {
    return session_.snapshot() != nullptr && session_.snapshot()->now > SimTime::start();
}

QPointF LabScene::snapped(QPointF at) {
    return {std::round(at.x() / kGrid) * kGrid, std::round(at.y() / kGrid) * kGrid};
}

void LabScene::showLab() {
    const LabFile& lab = editor_.lab();
    forgetOrder();
    showNodes(lab);
    showCables(lab);
    showGroups(lab);
    showNotes(lab);
    showFolding();
    arrange();
    QRectF bounds;
    for (const auto& [name, item] : nodes_)
        bounds |= item->sceneBoundingRect();
    for (const NoteItem* note : notes_)
        bounds |= note->sceneBoundingRect();
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
        layerIsPlain_ = false;
        showLayer();
        return;
    }
    showAddedLinks(*shot);
    // Looking thousands of names up for every picture of a lab that plays is more work than painting it.
    if (!isInOrder(*shot)) orderItems(*shot);
    for (std::size_t i = 0; i < shot->nodes.size(); ++i) {
        if (nodeOrder_[i].item != nullptr) nodeOrder_[i].item->showRun(shot->nodes[i]);
    }
    for (std::size_t i = 0; i < shot->links.size(); ++i) {
        if (cableOrder_[i].link != nullptr) cableOrder_[i].link->showRun(shot->links[i]);
        if (cableOrder_[i].lan != nullptr) cableOrder_[i].lan->showRun(shot->links[i]);
    }
    showRunOfFolded(*shot);
    showLayer();
    messages_->show(shot);
}

bool LabScene::isInOrder(const Snapshot& shot) const {
    return std::ranges::equal(shot.nodes, nodeOrder_, {}, &NodeView::name, &OrderedNode::name) &&
           std::ranges::equal(shot.links, cableOrder_, {}, &LinkView::name, &OrderedCable::name);
}

void LabScene::orderItems(const Snapshot& shot) {
    const auto itemOf = [](const auto& items, const std::string& name) {
        const auto found = items.find(q(name));
        return found == items.end() ? nullptr : found->second;
    };
    nodeOrder_.clear();
    for (const NodeView& view : shot.nodes)
        nodeOrder_.push_back({view.name, itemOf(nodes_, view.name)});
    cableOrder_.clear();
    for (const LinkView& view : shot.links)
        cableOrder_.push_back({view.name, itemOf(links_, view.name), itemOf(lans_, view.name)});
}

void LabScene::forgetOrder() {
    nodeOrder_.clear();
    cableOrder_.clear();
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
        if (const auto* note = qgraphicsitem_cast<const NoteItem*>(item))
            selection.notes.insert(note->index());
        if (const auto* bundle = qgraphicsitem_cast<const BundleItem*>(item)) {
            for (const QString& link : bundle->links())
                selection.links.insert(link.toStdString());
        }
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
        for (const auto& [ends, item] : bundles_)
            item->setSelected(std::ranges::all_of(item->links(), [&](const QString& link) {
                return selection.links.contains(link.toStdString());
            }));
        for (const auto& [name, item] : groups_)
            item->setSelected(selection.groups.contains(name.toStdString()));
        for (NoteItem* note : notes_)
            note->setSelected(selection.notes.contains(note->index()));
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

const GroupItem* LabScene::groupNamed(const QString& name) const {
    const auto found = groups_.find(name);
    return found == groups_.end() ? nullptr : found->second;
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

#include "gui/canvas/lab_scene.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <QGraphicsSceneContextMenuEvent>
#include <QGraphicsSceneMouseEvent>
#include <QKeyEvent>
#include <QPainter>

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

template <typename Item>
void LabScene::dropStale(std::map<QString, Item*>& items, const std::map<QString, bool>& present) {
    for (auto it = items.begin(); it != items.end();) {
        if (present.contains(it->first)) {
            ++it;
        } else {
            delete it->second;
            it = items.erase(it);
        }
    }
}

void LabScene::showLab() {
    const LabFile& lab = editor_.lab();
    showNodes(lab);
    showCables(lab);
    showGroups(lab);
    placeCables();
    placeLans();
    placeGroups();
    QRectF bounds;
    for (const auto& [name, item] : nodes_)
        bounds |= item->sceneBoundingRect();
    setSceneRect(bounds.adjusted(-kRoom, -kRoom, kRoom, kRoom));
    showRun();
}

void LabScene::showNodes(const LabFile& lab) {
    std::map<QString, bool> present;
    for (const RouterEntry& router : lab.routers)
        present[q(router.name)] = false;
    for (const HostEntry& host : lab.hosts)
        present[q(host.name)] = true;
    std::erase_if(nodes_, [&](const auto& entry) {
        const auto found = present.find(entry.first);
        const bool stays = found != present.end() && found->second == entry.second->isHost();
        if (!stays) delete entry.second;
        return !stays;
    });
    const auto places = placesOf(lab);
    for (const auto& [name, isHost] : present) {
        NodeItem*& item = nodes_[name];
        if (item == nullptr) {
            item = new NodeItem(name, isHost, *theme_);
            addItem(item);
        }
        const CanvasPoint& at = places.at(name.toStdString());
        item->setPos(at[0], at[1]);
        item->setFlag(QGraphicsItem::ItemIsMovable, !editor_.isLocked());
    }
    for (const RouterEntry& router : lab.routers) {
        QStringList protocols;
        for (const IntentProtocol protocol : router.protocols)
            protocols << QString::fromUtf8(toString(protocol).data(),
                                           static_cast<qsizetype>(toString(protocol).size()));
        nodes_.at(q(router.name))->setProtocols(protocols);
    }
}

void LabScene::showCables(const LabFile& lab) {
    std::map<QString, bool> links;
    for (const LinkEntry& link : lab.links)
        links[q(link.name)] = true;
    dropStale(links_, links);
    std::erase_if(ends_, [&](const auto& entry) { return !links.contains(entry.first); });
    for (const LinkEntry& link : lab.links) {
        LinkItem*& item = links_[q(link.name)];
        if (item == nullptr) {
            item = new LinkItem(q(link.name), *theme_);
            addItem(item);
        }
        item->showEntry(link);
        ends_[q(link.name)] = {q(link.ends[0].node.name), q(link.ends[1].node.name)};
    }
    std::map<QString, bool> lans;
    for (const LinkEntry& lan : lab.lans)
        lans[q(lan.name)] = true;
    dropStale(lans_, lans);
    lanNodes_.clear();
    for (const LinkEntry& lan : lab.lans) {
        LanItem*& item = lans_[q(lan.name)];
        if (item == nullptr) {
            item = new LanItem(q(lan.name), *theme_);
            addItem(item);
        }
        item->showEntry(lan);
        for (const EndEntry& end : lan.ends)
            lanNodes_[q(lan.name)].push_back(q(end.node.name));
    }
}

void LabScene::showGroups(const LabFile& lab) {
    std::map<QString, bool> present;
    for (const GroupEntry& group : lab.groups)
        present[q(group.name)] = true;
    dropStale(groups_, present);
    int index = 0;
    for (const GroupEntry& group : lab.groups) {
        int depth = 0;
        for (const GroupEntry* around = &group; around->parent && depth < 20; ++depth) {
            const GroupEntry* next = lab.group(around->parent->name);
            if (next == nullptr) break;
            around = next;
        }
        GroupItem*& item = groups_[q(group.name)];
        if (item == nullptr) {
            item = new GroupItem(q(group.name), depth, index, *theme_);
            addItem(item);
        }
        ++index;
        item->showEntry(group);
    }
}

/// Cables between the same two nodes part: 0, 1, -1, 2 … steps beside the straight line.
void LabScene::placeCables() {
    constexpr double kApart = 26;
    std::map<std::pair<QString, QString>, int> seen;
    for (const auto& [name, ends] : ends_) {
        const auto link = links_.find(name);
        const auto from = nodes_.find(ends.first);
        const auto to = nodes_.find(ends.second);
        if (link == links_.end() || from == nodes_.end() || to == nodes_.end()) continue;
        const auto pair = std::minmax(ends.first, ends.second);
        const int number = seen[{pair.first, pair.second}]++;
        const int steps = (number + 1) / 2 * (number % 2 == 1 ? 1 : -1);
        // Both directions count the bend from the same side.
        const double side = ends.first == pair.first ? 1 : -1;
        link->second->place(from->second->pos(), to->second->pos(), steps * side * kApart);
    }
}

/// A LAN of several nodes stands in their middle; that of one node on the side away from its cables.
void LabScene::placeLans() {
    constexpr double kAway = 88;
    std::map<QString, QPointF> pulls;
    for (const auto& [name, ends] : ends_) {
        const auto from = nodes_.find(ends.first);
        const auto to = nodes_.find(ends.second);
        if (from == nodes_.end() || to == nodes_.end()) continue;
        const QPointF along = to->second->pos() - from->second->pos();
        const double length = std::max(1.0, std::hypot(along.x(), along.y()));
        pulls[ends.first] += along / length;
        pulls[ends.second] -= along / length;
    }
    std::map<QString, int> stubs;
    for (const auto& [name, item] : lans_) {
        std::vector<QPointF> spots;
        QPointF sum;
        for (const QString& node : lanNodes_[name]) {
            const auto found = nodes_.find(node);
            if (found == nodes_.end()) continue;
            spots.push_back(found->second->pos());
            sum += found->second->pos();
        }
        if (spots.empty()) continue;
        QPointF centre = sum / static_cast<double>(spots.size());
        if (spots.size() == 1) {
            const QString& node = lanNodes_[name].front();
            const QPointF pull = pulls[node];
            double angle =
                std::hypot(pull.x(), pull.y()) < 0.05 ? -1.5707963 : std::atan2(-pull.y(), -pull.x());
            // Straight below stands the name.
            if (angle > 0.9 && angle < 2.24) angle = angle < 1.5707963 ? 0.7 : 2.44;
            const int number = stubs[node]++;
            angle += 0.7 * ((number + 1) / 2) * (number % 2 == 1 ? 1 : -1);
            centre += QPointF(std::cos(angle), std::sin(angle)) * kAway;
        }
        item->place(centre, spots);
    }
}

void LabScene::placeGroups() {
    constexpr double kPad = 34;
    std::map<QString, QPolygonF> corners;
    const LabFile& lab = editor_.lab();
    const auto cover = [&](const std::optional<NameRef>& home, const QRectF& box) {
        QString name = home ? q(home->name) : QString();
        double pad = 0;
        for (int depth = 0; !name.isEmpty() && depth < 20; ++depth) {
            const QRectF padded = box.adjusted(-pad, -pad, pad, pad);
            corners[name] << padded.topLeft() << padded.topRight() << padded.bottomRight()
                          << padded.bottomLeft();
            const GroupEntry* group = lab.group(name.toStdString());
            name = group != nullptr && group->parent ? q(group->parent->name) : QString();
            pad += 22;
        }
    };
    const auto boxOf = [&](const std::string& node) {
        const QPointF at = nodes_.at(q(node))->pos();
        return QRectF(at.x() - kPad, at.y() - kPad, 2 * kPad, 2 * kPad + 18);
    };
    for (const RouterEntry& router : lab.routers)
        cover(router.group, boxOf(router.name));
    for (const HostEntry& host : lab.hosts)
        cover(host.group, boxOf(host.name));
    for (const auto& [name, nodes] : lanNodes_) {
        if (nodes.size() != 1) continue;
        const RouterEntry* router = lab.router(nodes.front().toStdString());
        if (router == nullptr) continue;
        const QPointF at = lans_.at(name)->centre();
        cover(router->group, QRectF(at.x() - 30, at.y() - 10, 60, 28));
    }
    for (const auto& [name, item] : groups_)
        item->place(corners[name]);
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

/// Cables that the lab file does not have come and go with time.
void LabScene::showAddedLinks(const Snapshot& shot) {
    std::map<QString, bool> wanted;
    for (const LinkEntry& link : editor_.lab().links)
        wanted[q(link.name)] = true;
    bool isNew = false;
    for (const LinkView& view : shot.links) {
        if (!view.isAdded || view.isLan || view.ends.size() != 2) continue;
        const QString name = q(view.name);
        wanted[name] = true;
        if (links_.contains(name)) continue;
        links_[name] = new LinkItem(name, *theme_);
        addItem(links_[name]);
        ends_[name] = {q(view.ends[0].node), q(view.ends[1].node)};
        isNew = true;
    }
    const auto before = links_.size();
    dropStale(links_, wanted);
    std::erase_if(ends_, [&](const auto& entry) { return !wanted.contains(entry.first); });
    if (isNew || links_.size() != before) placeCables();
}

void LabScene::setLayer(Layer layer) {
    layer_ = layer;
    showLayer();
}

void LabScene::showLayer() {
    const SnapshotPtr& shot = session_.snapshot();
    std::map<QString, std::pair<bool, bool>> arrows;
    std::map<QString, NodeItem::Fate> fates;
    if (shot && layer_ == Layer::DataPlane) {
        for (const HopArrow& arrow : shot->arrows) {
            if (arrow.kind == HopArrow::Kind::Local) fates[q(arrow.from)] = NodeItem::Fate::Arrives;
            if (arrow.kind == HopArrow::Kind::None || arrow.kind == HopArrow::Kind::Discard)
                fates[q(arrow.from)] = NodeItem::Fate::Lost;
            const auto link = links_.find(q(arrow.link));
            if (link == links_.end()) continue;
            auto& [forward, backward] = arrows[link->first];
            (link->second->firstNode() == q(arrow.from) ? forward : backward) = true;
        }
    }
    const bool isPlain = arrows.empty() && fates.empty() && (!shot || layer_ != Layer::Sessions);
    if (isPlain && std::exchange(layerIsPlain_, isPlain)) return;
    layerIsPlain_ = isPlain;
    std::map<std::pair<QString, QString>, QString> sessions;
    if (shot && layer_ == Layer::Sessions) {
        for (const SessionView& view : shot->sessions)
            sessions[{q(view.node), q(view.neighbor)}] = q(view.state);
    }
    const auto stateAt = [&](const QString& node, const QString& neighbor) {
        const auto found = sessions.find({node, neighbor});
        return found == sessions.end() ? QString() : found->second;
    };
    for (const auto& [name, item] : nodes_)
        item->setFate(fates.contains(name) ? fates[name] : NodeItem::Fate::None);
    for (const auto& [name, item] : links_) {
        item->setArrows(arrows[name].first, arrows[name].second);
        const auto& [first, second] = ends_[name];
        item->setSessions(stateAt(first, second), stateAt(second, first));
    }
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

// Dragging nodes and groups: into groups, and out of them.
#include <algorithm>
#include <utility>

#include <QGraphicsSceneMouseEvent>

#include "gui/canvas/group_item.hpp"
#include "gui/canvas/lab_scene.hpp"
#include "gui/canvas/node_item.hpp"
#include "gui/canvas/note_item.hpp"
#include "gui/model/text.hpp"

namespace peerscape::gui {

namespace {

/// Whether the group lies in the other one, or is it.
bool liesIn(const LabFile& lab, const std::string& group, const std::string& other) {
    const GroupEntry* around = lab.group(group);
    for (std::size_t depth = 0; around != nullptr && depth <= lab.groups.size(); ++depth) {
        if (around->name == other) return true;
        around = around->parent ? lab.group(around->parent->name) : nullptr;
    }
    return false;
}

}  // namespace

void LabScene::beginDrag(QPointF at) {
    drag_.reset();
    QGraphicsItem* taken = mouseGrabberItem();
    if (taken == nullptr || editor_.isLocked()) return;
    Drag begun;
    begun.from = at;
    if (const auto* group = qgraphicsitem_cast<const GroupItem*>(taken)) {
        begun.group = group->name();
        for (const std::string& member : membersOf(editor_.lab(), group->name().toStdString()))
            begun.begin[q(member)] = nodes_.at(q(member))->pos();
    } else if (taken->type() == NodeItem::Type || taken->type() == NoteItem::Type) {
        for (const auto& [name, item] : nodes_) {
            if (item->isSelected()) begun.begin[name] = item->pos();
        }
        begun.hasNotes = std::ranges::any_of(notes_, &NoteItem::isSelected);
    } else {
        return;
    }
    for (const GroupEntry& group : editor_.lab().groups) {
        const std::set<std::string> members = membersOf(editor_.lab(), group.name);
        const auto isDragged = [&](const std::string& member) { return begun.begin.contains(q(member)); };
        if (std::ranges::any_of(members, isDragged) && !std::ranges::all_of(members, isDragged))
            begun.torn.insert(q(group.name));
    }
    drag_ = std::move(begun);
}

/// What lies where is part of the network: it is not changed while time passes, nor with Shift held, when a
/// group stretches to wherever its nodes go.
bool LabScene::canRehouse(const QGraphicsSceneMouseEvent& event) const {
    return !isRunning() && (event.modifiers() & Qt::ShiftModifier) == 0;
}

void LabScene::drag(QGraphicsSceneMouseEvent& event) {
    if (!drag_->group.isEmpty()) {
        const QPointF by = event.scenePos() - drag_->from;
        for (const auto& [name, begin] : drag_->begin)
            nodes_.at(name)->setPos(begin + by);
    }
    if (drag_->begin.empty()) return;
    if (canRehouse(event)) {
        arrange();
        markTarget(groupUnder(event.scenePos()));
        return;
    }
    const std::set<QString> torn = std::exchange(drag_->torn, {});
    arrange();
    drag_->torn = torn;
    markTarget({});
}

void LabScene::markTarget(const QString& group) {
    for (const auto& [name, item] : groups_)
        item->setTarget(name == group);
}

/// The innermost group there, as groups were drawn when the drag began; not one that is dragged itself.
QString LabScene::groupUnder(QPointF at) const {
    const GroupItem* innermost = nullptr;
    for (const auto& [name, item] : groups_) {
        const bool isCandidate = item->isVisible() && item->covers(at);
        const bool isDragged =
            drag_ && !drag_->torn.contains(name) &&
            std::ranges::any_of(membersOf(editor_.lab(), name.toStdString()),
                                [&](const std::string& member) { return drag_->begin.contains(q(member)); });
        if (!isCandidate || isDragged) continue;
        if (innermost == nullptr || item->depth() > innermost->depth()) innermost = item;
    }
    return innermost == nullptr ? QString() : innermost->name();
}

QString LabScene::homeOf(const QString& node) const {
    const RouterEntry* router = editor_.lab().router(node.toStdString());
    const HostEntry* host = editor_.lab().host(node.toStdString());
    const std::optional<NameRef>* home = router != nullptr ? &router->group
                                         : host != nullptr ? &host->group
                                                           : nullptr;
    return home != nullptr && *home ? q((*home)->name) : QString();
}

/// A node lies where it is dropped. Whoever takes all that is in a group along takes the group along.
std::map<std::string, std::string> LabScene::newHomes() const {
    std::map<std::string, std::string> homes;
    for (const auto& [node, begin] : drag_->begin) {
        const QPointF at = nodes_.at(node)->pos();
        const QString home = homeOf(node);
        const bool isTakenAlong = !home.isEmpty() && !drag_->torn.contains(home);
        if (at == begin || isTakenAlong) continue;
        const QString target = groupUnder(at);
        if (target != home) homes[node.toStdString()] = target.toStdString();
    }
    return homes;
}

void LabScene::endDrag(const QGraphicsSceneMouseEvent& event) {
    markTarget({});
    const bool isMoved = (drag_->hasNotes && !movedNotes().empty()) ||
                         std::ranges::any_of(drag_->begin, [&](const auto& node) {
                             return nodes_.at(node.first)->pos() != node.second;
                         });
    const bool rehouses = isMoved && canRehouse(event);
    const std::string group = drag_->group.toStdString();
    const QString target = rehouses ? groupUnder(event.scenePos()) : QString();
    const auto homes = rehouses && group.empty() ? newHomes() : std::map<std::string, std::string>();
    drag_.reset();
    if (!isMoved) return;
    const GroupEntry* entry = editor_.lab().group(group);
    const std::string parent = entry != nullptr && entry->parent ? entry->parent->name : std::string();
    const bool nests = rehouses && entry != nullptr && target.toStdString() != parent &&
                       !liesIn(editor_.lab(), target.toStdString(), group);
    takeMoves(homes, nests ? std::optional(std::pair(group, target.toStdString())) : std::nullopt);
}

std::map<std::size_t, CanvasPoint> LabScene::movedNotes() const {
    std::map<std::size_t, CanvasPoint> moved;
    const std::vector<NoteEntry>& entries = editor_.lab().notes;
    for (std::size_t i = 0; i < std::min(notes_.size(), entries.size()); ++i) {
        if (notes_[i]->pos() == QPointF(entries[i].at[0], entries[i].at[1])) continue;
        const QPointF at = snapped(notes_[i]->pos());
        moved[i] = {at.x(), at.y()};
    }
    return moved;
}

/// Nodes that stand elsewhere than the lab says have been dragged: one gesture, however many they are.
void LabScene::takeMoves(const std::map<std::string, std::string>& homes,
                         const std::optional<std::pair<std::string, std::string>>& nesting) {
    const LabPtr before = editor_.document().lab();
    std::map<std::string, CanvasPoint> all = placesOf(*before);
    std::string lastMoved;
    int moved = 0;
    for (const auto& [name, item] : nodes_) {
        const auto place = all.find(name.toStdString());
        if (place == all.end() || item->pos() == QPointF(place->second[0], place->second[1])) continue;
        // Whoever had no place yet gets the one it is seen at: otherwise the others' moves would move it,
        // too.
        const QPointF after = snapped(item->pos());
        place->second = {after.x(), after.y()};
        lastMoved = place->first;
        ++moved;
    }
    const auto notes = movedNotes();
    if (moved == 0 && notes.empty()) return;
    const QString gesture = moved == 0   ? tr("Move %n notes", nullptr, static_cast<int>(notes.size()))
                            : moved == 1 ? tr("Move %1").arg(q(lastMoved))
                                         : tr("Move %n nodes", nullptr, moved);
    LabFile next = homes.empty() ? *before : withHomes(*before, homes);
    if (moved > 0) next = withPositions(std::move(next), all);
    next = withNotePlaces(std::move(next), notes);
    if (nesting) {
        editor_.apply(gesture, withParent(std::move(next), nesting->first, nesting->second));
    } else {
        editor_.apply(gesture, std::move(next));
    }
    // What came to nothing stands again where it was.
    if (editor_.document().lab() == before) showLab();
}

}  // namespace peerscape::gui

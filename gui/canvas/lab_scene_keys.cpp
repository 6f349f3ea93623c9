// The canvas by keyboard: Tab walks, arrows move, Enter opens or does what the tool in the hand does.
#include <algorithm>
#include <utility>

#include <QCollator>
#include <QGraphicsView>
#include <QKeyEvent>

#include "gui/canvas/bundle_item.hpp"
#include "gui/canvas/canvas_accessible.hpp"
#include "gui/canvas/group_item.hpp"
#include "gui/canvas/lab_scene.hpp"
#include "gui/canvas/lan_item.hpp"
#include "gui/canvas/link_item.hpp"
#include "gui/canvas/node_item.hpp"
#include "gui/canvas/note_item.hpp"

namespace peerscape::gui {

namespace {

/// Nodes first, then LANs, links, groups and notes.
int rankOf(int type) {
    switch (type) {
        case NodeItem::Type:
            return 0;
        case LanItem::Type:
            return 1;
        case LinkItem::Type:
            return 2;
        case BundleItem::Type:
            return 3;
        case NoteItem::Type:
            return 5;
        default:
            return 4;
    }
}

QPointF middleOf(const QGraphicsItem& item) {
    if (const auto* link = qgraphicsitem_cast<const LinkItem*>(&item)) return link->pointAt(0.5);
    if (const auto* bundle = qgraphicsitem_cast<const BundleItem*>(&item)) return bundle->pointAt(0.5);
    if (const auto* lan = qgraphicsitem_cast<const LanItem*>(&item)) return lan->centre();
    if (qgraphicsitem_cast<const NoteItem*>(&item) != nullptr) return item.sceneBoundingRect().center();
    const auto* group = qgraphicsitem_cast<const GroupItem*>(&item);
    if (group != nullptr && !group->isFolded()) return item.sceneBoundingRect().center();
    return item.pos();
}

}  // namespace

std::optional<std::pair<int, QString>> LabScene::keyOf(const QGraphicsItem& item) {
    if (const auto* node = qgraphicsitem_cast<const NodeItem*>(&item))
        return std::pair(item.type(), node->name());
    if (const auto* link = qgraphicsitem_cast<const LinkItem*>(&item))
        return std::pair(item.type(), link->name());
    if (const auto* lan = qgraphicsitem_cast<const LanItem*>(&item))
        return std::pair(item.type(), lan->name());
    if (const auto* group = qgraphicsitem_cast<const GroupItem*>(&item))
        return std::pair(item.type(), group->name());
    if (const auto* bundle = qgraphicsitem_cast<const BundleItem*>(&item))
        return std::pair(item.type(), bundle->links().join("\n"));
    if (const auto* note = qgraphicsitem_cast<const NoteItem*>(&item))
        return std::pair(item.type(), QString::number(note->index()));
    return std::nullopt;
}

QGraphicsItem* LabScene::itemNamed(int type, const QString& name) const {
    const auto in = [&](const auto& items) -> QGraphicsItem* {
        const auto found = items.find(name);
        return found == items.end() ? nullptr : found->second;
    };
    switch (type) {
        case NodeItem::Type:
            return in(nodes_);
        case LanItem::Type:
            return in(lans_);
        case LinkItem::Type:
            return in(links_);
        case GroupItem::Type:
            return in(groups_);
        case NoteItem::Type:
            return name.toULongLong() < notes_.size() ? notes_[name.toULongLong()] : nullptr;
        default:
            break;
    }
    const auto found = std::ranges::find_if(
        bundles_, [&](const auto& entry) { return entry.second->links().join("\n") == name; });
    return found == bundles_.end() ? nullptr : found->second;
}

std::vector<QGraphicsItem*> LabScene::walkOrder() const {
    struct Step {
        int rank = 0;
        QString name;
        QGraphicsItem* item = nullptr;
    };
    std::vector<Step> steps;
    for (QGraphicsItem* item : items()) {
        const auto key = keyOf(*item);
        if (key && item->isVisible()) steps.push_back({rankOf(key->first), key->second, item});
    }
    QCollator collator;
    collator.setNumericMode(true);  // R2 before R10
    std::ranges::sort(steps, [&](const Step& a, const Step& b) {
        if (a.rank != b.rank) return a.rank < b.rank;
        const int order = collator.compare(a.name, b.name);
        return order != 0 ? order < 0 : a.name < b.name;
    });
    std::vector<QGraphicsItem*> order;
    for (const Step& step : steps)
        order.push_back(step.item);
    return order;
}

bool LabScene::walk(bool forward) {
    const std::vector<QGraphicsItem*> order = walkOrder();
    const auto at = std::ranges::find(order, focusItem());
    if (order.empty()) return false;
    QGraphicsItem* next = nullptr;
    if (at == order.end()) {
        next = forward ? order.front() : order.back();
    } else if (forward && std::next(at) != order.end()) {
        next = *std::next(at);
    } else if (!forward && at != order.begin()) {
        next = *std::prev(at);
    }
    if (next == nullptr) {
        // Beyond the last one the keyboard goes to what stands beside the drawing.
        setFocusItem(nullptr);
        return false;
    }
    walkTo(*next);
    return true;
}

void LabScene::walkTo(QGraphicsItem& item) {
    if (!item.isVisible()) return;
    item.setFocus(Qt::TabFocusReason);
    if (const auto key = keyOf(item)) {
        const std::string name = key->second.toStdString();
        Selection selection;
        if (key->first == NodeItem::Type) {
            selection.nodes.insert(name);
        } else if (key->first == GroupItem::Type) {
            selection.groups.insert(name);
        } else if (const auto* bundle = qgraphicsitem_cast<const BundleItem*>(&item)) {
            for (const QString& link : bundle->links())
                selection.links.insert(link.toStdString());
        } else if (const auto* note = qgraphicsitem_cast<const NoteItem*>(&item)) {
            selection.notes.insert(note->index());
        } else {
            selection.links.insert(name);
        }
        select(selection);
    }
    if (tool_) {
        tool_->move(*this, middleOf(item));
        update();
    }
    for (QGraphicsView* view : views())
        view->ensureVisible(QRectF(middleOf(item), QSizeF()), 80, 80);
    CanvasAccessible::announceFocus(*this);
}

void LabScene::pressByKey() {
    const QGraphicsItem* item = focusItem();
    if (!tool_) {
        if (item != nullptr) Q_EMIT propertiesAsked();
        return;
    }
    // Without anything to press on: in the middle of what is in sight.
    QPointF at = item != nullptr ? middleOf(*item) : QPointF();
    if (item == nullptr && !views().isEmpty()) {
        const QGraphicsView* view = views().front();
        at = view->mapToScene(view->viewport()->rect().center());
    }
    tool_->press(*this, at);
    if (tool_) tool_->release(*this, at);
    Q_EMIT toolChanged();
    update();
}

void LabScene::askMenuByKey() {
    const QGraphicsItem* item = focusItem();
    if (item == nullptr || views().isEmpty()) return;
    const QGraphicsView* view = views().front();
    Q_EMIT menuRequested(view->viewport()->mapToGlobal(view->mapFromScene(middleOf(*item))));
}

void LabScene::nudge(QPointF by) {
    std::map<std::string, CanvasPoint> all = placesOf(editor_.lab());
    const Selection selected = selection();
    std::set<std::string> nodes = selected.nodes;
    for (const std::string& group : selected.groups)
        nodes.merge(membersOf(editor_.lab(), group));
    if (nodes.empty() && selected.notes.empty()) return;
    for (const std::string& name : nodes) {
        CanvasPoint& at = all[name];
        at = {at[0] + by.x(), at[1] + by.y()};
    }
    std::map<std::size_t, CanvasPoint> notes;
    for (const std::size_t index : selected.notes) {
        const CanvasPoint& at = editor_.lab().notes[index].at;
        notes[index] = {at[0] + by.x(), at[1] + by.y()};
    }
    const QString gesture = nodes.empty() ? tr("Move %n notes", nullptr, static_cast<int>(notes.size()))
                                          : tr("Move %n nodes", nullptr, static_cast<int>(nodes.size()));
    const LabFile next = nodes.empty() ? editor_.lab() : withPositions(editor_.lab(), all);
    editor_.apply(gesture, withNotePlaces(next, notes));
}

void LabScene::keyPressEvent(QKeyEvent* event) {
    const double step = (event->modifiers() & Qt::ShiftModifier) != 0 ? 40 : 10;
    switch (event->key()) {
        case Qt::Key_Escape:
            cancel();
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            pressByKey();
            return;
        case Qt::Key_Left:
            nudge({-step, 0});
            return;
        case Qt::Key_Right:
            nudge({step, 0});
            return;
        case Qt::Key_Up:
            nudge({0, -step});
            return;
        case Qt::Key_Down:
            nudge({0, step});
            return;
        default:
            QGraphicsScene::keyPressEvent(event);
    }
}

}  // namespace peerscape::gui

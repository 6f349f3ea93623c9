#include "gui/canvas/canvas_accessible.hpp"

#include <algorithm>
#include <optional>

#include <QAccessibleActionInterface>
#include <QCoreApplication>
#include <QGraphicsView>

#include "gui/canvas/canvas_view.hpp"
#include "gui/canvas/group_item.hpp"
#include "gui/canvas/lab_scene.hpp"

namespace peerscape::gui {

namespace {

using ItemKey = std::pair<int, QString>;

/// The lines of its tool tip: the first is its name.
QStringList wordsOf(const QGraphicsItem& item) {
    QStringList lines = item.toolTip().split('\n', Qt::SkipEmptyParts);
    const auto* group = qgraphicsitem_cast<const GroupItem*>(&item);
    if (group != nullptr && !lines.isEmpty())
        lines.front() = QCoreApplication::translate("CanvasAccessible", "Group %1").arg(lines.front());
    return lines;
}

/// One item. It looks its item up each time it is asked: the item may have gone meanwhile.
class ItemAccessible final : public QAccessibleInterface, public QAccessibleActionInterface {
  public:
    ItemAccessible(CanvasView& view, LabScene& scene, ItemKey key)
        : view_(view), scene_(scene), key_(std::move(key)) {}

    bool isValid() const override { return item() != nullptr; }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return view_.window()->windowHandle(); }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(&view_); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::Graphic; }
    void setText(QAccessible::Text, const QString&) override {}

    QString text(QAccessible::Text which) const override {
        const QGraphicsItem* there = item();
        if (there == nullptr) return {};
        const QStringList words = wordsOf(*there);
        if (which == QAccessible::Name) return words.value(0);
        if (which == QAccessible::Description) return words.mid(1).join("; ");
        return {};
    }

    QRect rect() const override {
        const QGraphicsItem* there = item();
        if (there == nullptr) return {};
        const QRect box = view_.mapFromScene(there->sceneBoundingRect()).boundingRect();
        return {view_.viewport()->mapToGlobal(box.topLeft()), box.size()};
    }

    QAccessible::State state() const override {
        QAccessible::State state;
        const QGraphicsItem* there = item();
        state.invalid = there == nullptr;
        state.focusable = state.selectable = true;
        if (there == nullptr) return state;
        state.focused = scene_.focusItem() == there;
        state.selected = there->isSelected();
        state.offscreen = !view_.viewport()->rect().intersects(
            view_.mapFromScene(there->sceneBoundingRect()).boundingRect());
        return state;
    }

    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this)
                                                    : nullptr;
    }
    QStringList actionNames() const override { return {setFocusAction(), pressAction(), showMenuAction()}; }
    void doAction(const QString& name) override {
        QGraphicsItem* there = item();
        if (there == nullptr) return;
        view_.setFocus();
        scene_.walkTo(*there);
        if (name == pressAction()) scene_.pressByKey();
        if (name == showMenuAction()) Q_EMIT scene_.menuRequested(rect().center());
    }
    QStringList keyBindingsForAction(const QString& name) const override {
        if (name == pressAction()) return {"Return"};
        if (name == showMenuAction()) return {"Menu"};
        return {};
    }

  private:
    QGraphicsItem* item() const { return scene_.itemNamed(key_.first, key_.second); }

    CanvasView& view_;
    LabScene& scene_;
    ItemKey key_;
};

}  // namespace

CanvasAccessible::CanvasAccessible(CanvasView& view)
    : QAccessibleWidget(&view, QAccessible::Canvas), view_(view) {}

CanvasAccessible::~CanvasAccessible() {
    for (const auto& [key, id] : items_)
        QAccessible::deleteAccessibleInterface(id);
}

QAccessibleInterface* CanvasAccessible::make(const QString&, QObject* object) {
    auto* view = qobject_cast<CanvasView*>(object);
    const bool shows = view != nullptr && qobject_cast<LabScene*>(view->scene()) != nullptr;
    return shows ? new CanvasAccessible(*view) : nullptr;
}

void CanvasAccessible::announceFocus(LabScene& scene) {
    if (!QAccessible::isActive() || scene.views().isEmpty()) return;
    QAccessibleInterface* canvas = QAccessible::queryAccessibleInterface(scene.views().front());
    QAccessibleInterface* focused = canvas == nullptr ? nullptr : canvas->focusChild();
    if (focused == nullptr) return;
    QAccessibleEvent event(focused, QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

LabScene& CanvasAccessible::scene() const { return *qobject_cast<LabScene*>(view_.scene()); }

int CanvasAccessible::childCount() const { return static_cast<int>(scene().walkOrder().size()); }

QAccessibleInterface* CanvasAccessible::child(int index) const {
    const std::vector<QGraphicsItem*> order = scene().walkOrder();
    const bool isThere = index >= 0 && index < static_cast<int>(order.size());
    return isThere ? interfaceOf(order[static_cast<std::size_t>(index)]) : nullptr;
}

int CanvasAccessible::indexOfChild(const QAccessibleInterface* child) const {
    const std::vector<QGraphicsItem*> order = scene().walkOrder();
    const auto found =
        std::ranges::find_if(order, [&](const QGraphicsItem* item) { return interfaceOf(item) == child; });
    return found == order.end() ? -1 : static_cast<int>(found - order.begin());
}

QAccessibleInterface* CanvasAccessible::childAt(int x, int y) const {
    return interfaceOf(view_.itemAt(view_.viewport()->mapFromGlobal(QPoint(x, y))));
}

QAccessibleInterface* CanvasAccessible::focusChild() const { return interfaceOf(scene().focusItem()); }

QAccessibleInterface* CanvasAccessible::interfaceOf(const QGraphicsItem* item) const {
    const std::optional<ItemKey> key = item == nullptr ? std::nullopt : LabScene::keyOf(*item);
    if (!key) return nullptr;
    const auto known = items_.find(*key);
    if (known != items_.end()) return QAccessible::accessibleInterface(known->second);
    auto* made = new ItemAccessible(view_, scene(), *key);
    items_[*key] = QAccessible::registerAccessibleInterface(made);
    return made;
}

}  // namespace peerscape::gui

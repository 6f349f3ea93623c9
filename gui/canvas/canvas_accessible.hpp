#pragma once

#include <map>
#include <utility>

#include <QAccessible>
#include <QAccessibleWidget>
#include <QString>

class QGraphicsItem;

namespace peerscape::gui {

class CanvasView;
class LabScene;

/// What screen readers know of the drawing: a canvas, and on it routers, hosts, links, LANs and groups by
/// their names, in the order in which Tab goes through them.
class CanvasAccessible final : public QAccessibleWidget {
  public:
    explicit CanvasAccessible(CanvasView& view);
    ~CanvasAccessible() override;

    /// For QAccessible::installFactory().
    static QAccessibleInterface* make(const QString& className, QObject* object);
    /// Tells who listens that an item has the keyboard now.
    static void announceFocus(LabScene& scene);

    int childCount() const override;
    QAccessibleInterface* child(int index) const override;
    int indexOfChild(const QAccessibleInterface* child) const override;
    QAccessibleInterface* childAt(int x, int y) const override;
    QAccessibleInterface* focusChild() const override;

    /// The item's interface; null for items that nobody can select.
    QAccessibleInterface* interfaceOf(const QGraphicsItem* item) const;

  private:
    LabScene& scene() const;

    CanvasView& view_;
    /// Items come and go; what stands for one is known by its kind and name.
    mutable std::map<std::pair<int, QString>, QAccessible::Id> items_;
};

}  // namespace peerscape::gui

#pragma once

#include <QGraphicsItem>
#include <QString>

#include "gui/style/theme.hpp"
#include "scenarios/format/lab_file.hpp"

namespace peerscape::gui {

/// A building, an AS, a site: the hull around what lies in it, with its title and AS number.
class GroupItem final : public QGraphicsItem {
  public:
    enum { Type = UserType + 4 };

    /// `depth`: how many groups it lies in. `index`: its place in the lab, which gives its tint.
    GroupItem(const QString& name, int depth, int index, const Theme& theme);

    int type() const override { return Type; }
    QRectF boundingRect() const override;
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

    const QString& name() const { return name_; }
    void showEntry(const GroupEntry& group);
    /// The corners of what lies in it. Fewer than one: the group is empty and not drawn.
    void place(const QPolygonF& corners);

  private:
    QString titleText() const;
    QRectF titleBox() const;

    QString name_;
    QString title_;
    QString number_;  ///< "AS 65001"; empty: none, or the title says it
    QColor tint_;
    const Theme& theme_;
    QPainterPath hull_;
    QPointF top_;
};

}  // namespace peerscape::gui

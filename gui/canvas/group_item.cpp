#include "gui/canvas/group_item.hpp"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPathStroker>
#include <QStyleOptionGraphicsItem>

#include "gui/canvas/shapes.hpp"

namespace peerscape::gui {

namespace {

QFont titleFont() {
    QFont font;
    font.setPixelSize(13);
    font.setBold(true);
    return font;
}

constexpr double kTitleHeight = 24;

}  // namespace

GroupItem::GroupItem(const QString& name, int depth, int index, const Theme& theme)
    : name_(name), tint_(theme.ofGroup(index)), theme_(theme) {
    setFlags(ItemIsSelectable | ItemIsFocusable);
    setZValue(-100 + depth);
}

QRectF GroupItem::boundingRect() const {
    return hull_.boundingRect().adjusted(-4, -4 - kTitleHeight, 4, 4) |
           QRectF(top_.x() - 120, top_.y() - kTitleHeight, 240, kTitleHeight);
}

/// Only its edge and its title can be taken hold of: inside one wants to select what lies there.
QPainterPath GroupItem::shape() const {
    QPainterPathStroker stroker;
    stroker.setWidth(10);
    QPainterPath path = stroker.createStroke(hull_);
    path.addRect(QRectF(top_.x() - 80, top_.y() - kTitleHeight, 160, kTitleHeight));
    return path;
}

void GroupItem::showEntry(const GroupEntry& group) {
    title_ = QString::fromStdString(group.title.empty() ? group.name : group.title);
    if (group.asn)
        title_ += QCoreApplication::translate("GroupItem", " · AS %1")
                      .arg(QString::fromStdString(toString(*group.asn)));
    setToolTip(title_ + (group.kind.empty() ? QString() : "\n" + QString::fromStdString(group.kind)));
    update();
}

void GroupItem::place(const QPolygonF& corners) {
    prepareGeometryChange();
    hull_ = QPainterPath();
    setVisible(!corners.isEmpty());
    if (corners.isEmpty()) return;
    const QPolygonF hull = convexHull(corners);
    QPainterPath core;
    core.addPolygon(hull);
    core.closeSubpath();
    // Round corners: what a thick round pen along the hull would cover, and the inside.
    QPainterPathStroker stroker;
    stroker.setWidth(36);
    stroker.setJoinStyle(Qt::RoundJoin);
    stroker.setCapStyle(Qt::RoundCap);
    hull_ = stroker.createStroke(core).united(core).simplified();
    top_ = {hull_.boundingRect().center().x(), hull_.boundingRect().top()};
}

void GroupItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    painter->setRenderHint(QPainter::Antialiasing);
    QColor fill = tint_;
    fill.setAlpha(theme_.isDark ? 38 : 30);
    painter->setBrush(fill);
    painter->setPen(QPen(isSelected() ? theme_.accent : tint_, isSelected() ? 2.5 : 1.4));
    painter->drawPath(hull_);
    if (option->levelOfDetailFromTransform(painter->worldTransform()) < 0.25) return;
    painter->setFont(titleFont());
    painter->setPen(theme_.isDark ? tint_.lighter(150) : tint_.darker(150));
    painter->drawText(QRectF(top_.x() - 120, top_.y() - kTitleHeight, 240, kTitleHeight), Qt::AlignCenter,
                      title_);
}

}  // namespace peerscape::gui

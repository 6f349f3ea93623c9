#include "gui/canvas/group_item.hpp"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPathStroker>
#include <QRegularExpression>
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

constexpr double kLineHeight = 18;

/// Whether a title already names the number as a word.
bool says(const QString& title, const QString& number) {
    const QString pattern = "\\b" + QRegularExpression::escape(number) + "\\b";
    return QRegularExpression(pattern).match(title).hasMatch();
}

}  // namespace

GroupItem::GroupItem(const QString& name, int depth, int index, const Theme& theme)
    : name_(name), tint_(theme.ofGroup(index)), theme_(theme) {
    setFlags(ItemIsSelectable | ItemIsFocusable);
    setZValue(-100 + depth);
}

QRectF GroupItem::boundingRect() const { return hull_.boundingRect().adjusted(-4, -4, 4, 4) | titleBox(); }

/// Only its edge and its title can be taken hold of: inside one wants to select what lies there.
QPainterPath GroupItem::shape() const {
    QPainterPathStroker stroker;
    stroker.setWidth(10);
    QPainterPath path = stroker.createStroke(hull_);
    path.addRect(titleBox());
    return path;
}

void GroupItem::showEntry(const GroupEntry& group) {
    prepareGeometryChange();
    title_ = QString::fromStdString(group.title.empty() ? group.name : group.title);
    number_.clear();
    if (group.asn) {
        const QString number = QString::fromStdString(toString(*group.asn));
        if (!says(title_, number)) number_ = QCoreApplication::translate("GroupItem", "AS %1").arg(number);
    }
    QStringList lines{title_};
    if (!number_.isEmpty()) lines << number_;
    if (!group.kind.empty()) lines << QString::fromStdString(group.kind);
    setToolTip(lines.join("\n"));
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
    painter->drawText(titleBox(), Qt::AlignCenter, titleText());
}

/// In one line where that is not wider than what it stands on, else the number below the title.
QString GroupItem::titleText() const {
    if (number_.isEmpty()) return title_;
    const QString line = title_ + " · " + number_;
    const bool fits = QFontMetricsF(titleFont()).horizontalAdvance(line) < hull_.boundingRect().width();
    return fits ? line : title_ + "\n" + number_;
}

QRectF GroupItem::titleBox() const {
    const QString text = titleText();
    const double width = QFontMetricsF(titleFont()).size(0, text).width() + 12;
    const double height = kLineHeight * static_cast<double>(1 + text.count('\n')) + 6;
    return {top_.x() - width / 2, top_.y() - height, width, height};
}

}  // namespace peerscape::gui

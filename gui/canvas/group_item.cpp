#include "gui/canvas/group_item.hpp"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPathStroker>
#include <QRegularExpression>
#include <QStyleOptionGraphicsItem>

#include "gui/canvas/group_icon.hpp"
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

/// "AS 65001" is one word.
QString withWholeNumbers(QString text) {
    static const QRegularExpression number("AS (?=\\d)");
    return text.replace(number, QString("AS") + QChar::Nbsp);
}

/// The words in lines, none wider than that where words can be parted.
QStringList wrapped(const QString& text, double width) {
    const QFontMetricsF metrics(titleFont());
    QStringList lines;
    for (const QString& word : withWholeNumbers(text).split(' ', Qt::SkipEmptyParts)) {
        const QString longer = lines.isEmpty() ? word : lines.back() + " " + word;
        if (lines.isEmpty() || metrics.horizontalAdvance(longer) > width) {
            lines << word;
        } else {
            lines.back() = longer;
        }
    }
    return lines;
}

/// Whether a title already names the number as a word.
bool says(const QString& title, const QString& number) {
    const QString pattern = "\\b" + QRegularExpression::escape(number) + "\\b";
    return QRegularExpression(pattern).match(title).hasMatch();
}

}  // namespace

GroupItem::GroupItem(const QString& name, int depth, int index, const Theme& theme)
    : name_(name), tint_(theme.ofGroup(index)), theme_(theme) {
    setFlags(ItemIsSelectable | ItemIsFocusable);
    setDepth(depth);
}

void GroupItem::setDepth(int depth) {
    depth_ = depth;
    setZValue(isFolded_ ? 9 : -100 + depth);
}

QRectF GroupItem::boundingRect() const { return hull_.boundingRect().adjusted(-4, -4, 4, 4) | titleBox(); }

/// Only its edge and its title can be taken hold of: inside one wants to select what lies there.
QPainterPath GroupItem::shape() const {
    QPainterPathStroker stroker;
    stroker.setWidth(10);
    QPainterPath path = isFolded_ ? hull_ : stroker.createStroke(hull_);
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
    kind_ = QString::fromStdString(group.kind);
    describe();
    update();
}

void GroupItem::describe() {
    QStringList lines{title_};
    if (!number_.isEmpty()) lines << number_;
    if (!kind_.isEmpty()) lines << kind_;
    // A name, since lupdate passes over a text with a cast beside it.
    const auto nodes = static_cast<int>(inside_.nodes);
    if (isFolded_)
        lines << QCoreApplication::translate("GroupItem", "%n nodes in it; a double click opens it", nullptr,
                                             nodes);
    setToolTip(lines.join("\n"));
}

void GroupItem::showHidden(const Hidden& hidden) {
    if (hidden == inside_) return;
    inside_ = hidden;
    describe();
    update();
}

void GroupItem::setTarget(bool isTarget) {
    if (isTarget == isTarget_) return;
    isTarget_ = isTarget;
    update();
}

bool GroupItem::covers(QPointF at) const { return hull_.contains(mapFromScene(at)); }

void GroupItem::placeIcon(QPointF centre) {
    prepareGeometryChange();
    isFolded_ = true;
    setDepth(depth_);
    setPos(centre);
    hull_ = QPainterPath();
    hull_.addRoundedRect(QRectF(-kGroupIconWidth - 8, -kGroupIconHeight - 10, 2 * kGroupIconWidth + 16,
                                2 * kGroupIconHeight + 16),
                         12, 12);
    describe();
}

void GroupItem::place(const QPolygonF& corners) {
    prepareGeometryChange();
    if (isFolded_) {
        isFolded_ = false;
        setPos(0, 0);
        setDepth(depth_);
        describe();
    }
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
}

void GroupItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    painter->setRenderHint(QPainter::Antialiasing);
    if (isFolded_) {
        paintIcon(*painter);
    } else {
        QColor fill = tint_;
        fill.setAlpha((theme_.isDark ? 38 : 30) * (isTarget_ ? 2 : 1));
        const bool isMarked = isSelected() || isTarget_;
        painter->setBrush(fill);
        painter->setPen(QPen(isMarked ? theme_.accent : tint_, isMarked ? 2.5 : 1.4));
        painter->drawPath(hull_);
    }
    if (option->levelOfDetailFromTransform(painter->worldTransform()) < 0.25) return;
    // Cables and other hulls that run below stay away from the words.
    QColor paper = theme_.canvas;
    paper.setAlpha(200);
    painter->setPen(Qt::NoPen);
    painter->setBrush(paper);
    painter->drawRoundedRect(titleBox().adjusted(2, 2, -2, -2), 6, 6);
    painter->setFont(titleFont());
    painter->setPen(theme_.isDark ? tint_.lighter(150) : tint_.darker(150));
    painter->drawText(titleBox(), Qt::AlignCenter, titleText());
}

void GroupItem::paintIcon(QPainter& painter) const {
    if (isSelected() || isTarget_) {
        QColor halo = theme_.accent;
        halo.setAlpha(70);
        painter.setPen(Qt::NoPen);
        painter.setBrush(halo);
        painter.drawPath(hull_);
    }
    const QColor line = inside_.isCutOff ? theme_.bad
                        : isSelected()   ? theme_.accent
                        : theme_.isDark  ? tint_.lighter(150)
                                         : tint_.darker(150);
    QColor fill = theme_.isDark ? tint_.darker(220) : tint_.lighter(165);
    drawGroupIcon(painter, kind_, line, fill);
    if (inside_.isUnsettled) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme_.waiting, 2.5, Qt::DotLine));
        painter.drawPath(hull_);
    }
    const QPointF corner(kGroupIconWidth, -kGroupIconHeight);
    if (inside_.isCutOff) {
        drawCross(painter, corner, theme_.bad, theme_.canvas);
        return;
    }
    // How many nodes there are in it.
    QFont font = titleFont();
    font.setPixelSize(12);
    painter.setFont(font);
    painter.setPen(QPen(theme_.canvas, 1.5));
    painter.setBrush(line);
    painter.drawRoundedRect(QRectF(corner.x() - 13, corner.y() - 10, 26, 19), 9, 9);
    painter.setPen(theme_.canvas);
    painter.drawText(QRectF(corner.x() - 13, corner.y() - 10, 26, 19), Qt::AlignCenter,
                     QString::number(inside_.nodes));
}

/// In one line where that is not wider than what it stands on; else the number below the title, and the title
/// in as many lines as it needs.
QString GroupItem::titleText() const {
    if (isFolded_) return number_.isEmpty() ? title_ : title_ + "\n" + number_;
    constexpr double kOverhang = 16;
    const double room = hull_.boundingRect().width() + kOverhang;
    const QString line = number_.isEmpty() ? title_ : title_ + " · " + number_;
    if (QFontMetricsF(titleFont()).horizontalAdvance(line) <= room) return line;
    QStringList lines = wrapped(title_, room);
    if (!number_.isEmpty()) lines << number_;
    return lines.join('\n');
}

QRectF GroupItem::titleBox(TitleSide side) const {
    const QString text = titleText();
    const double width = QFontMetricsF(titleFont()).size(0, text).width() + 12;
    const double height = kLineHeight * static_cast<double>(1 + text.count('\n')) + 6;
    // Below an icon, where the names of nodes stand as well.
    if (isFolded_) return {-width / 2, kGroupIconHeight + 4, width, height};
    const QRectF hull = hull_.boundingRect();
    const double top = side == TitleSide::Above ? hull.top() - height : hull.bottom();
    return {hull.center().x() - width / 2, top, width, height};
}

void GroupItem::setTitleSide(TitleSide side) {
    if (side == titleSide_) return;
    prepareGeometryChange();
    titleSide_ = side;
    update();
}

}  // namespace peerscape::gui

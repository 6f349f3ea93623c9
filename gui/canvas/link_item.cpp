#include "gui/canvas/link_item.hpp"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPathStroker>
#include <QStyleOptionGraphicsItem>

#include "gui/canvas/node_item.hpp"
#include "gui/canvas/shapes.hpp"
#include "gui/canvas/stamp.hpp"

namespace peerscape::gui {

namespace {

constexpr double kLightDistance = NodeItem::kRadius + 9;
constexpr double kShortest = 90;  ///< of a link whose lights are shown

/// A tenfold bandwidth is a little wider: 64 kbit/s 1.5, 1 Gbit/s about 4.
double widthFor(const std::optional<Bandwidth>& bandwidth) {
    if (!bandwidth || bandwidth->isUnlimited()) return 2.4;
    const double bits = static_cast<double>(bandwidth->count());
    return std::clamp(1.2 + 0.6 * (std::log10(bits) - 4.3), 1.2, 6.0);
}

QString textOf(const EndEntry& end) {
    QStringList words{QString::fromStdString(end.interface)};
    for (const PlacedAddress& address : end.addresses)
        words << QString::fromStdString(toString(address.value));
    return words.join(" ").trimmed();
}

QFont smallFont() {
    QFont font;
    font.setPixelSize(11);
    return font;
}

}  // namespace

LinkItem::LinkItem(const QString& name, const Theme& theme)
    : name_(name), theme_(theme), nameLabel_(smallFont()) {
    nameLabel_.setText(name_);
    setFlags(ItemIsSelectable | ItemIsFocusable);
    setZValue(1);
}

QRectF LinkItem::boundingRect() const { return path_.boundingRect().adjusted(-60, -24, 60, 24); }

QPainterPath LinkItem::shape() const {
    QPainterPathStroker stroker;
    stroker.setWidth(14);
    return stroker.createStroke(path_);
}

void LinkItem::showEntry(const LinkEntry& link) {
    run_.reset();
    for (std::size_t i = 0; i < 2; ++i) {
        nodes_[i] = QString::fromStdString(link.ends[i].node.name);
        endTexts_[i] = textOf(link.ends[i]);
    }
    relation_ = link.relation;
    width_ = widthFor(link.bandwidth);
    QStringList properties;
    if (link.delay) properties << QString::fromStdString(toString(*link.delay));
    if (link.bandwidth) properties << QString::fromStdString(toString(*link.bandwidth));
    if (link.loss && !link.loss->isZero())
        properties << QCoreApplication::translate("LinkItem", "%1 lost")
                          .arg(QString::fromStdString(toString(*link.loss)));
    properties_ = properties.join(", ");
    describe();
    update();
}

void LinkItem::showRun(const LinkView& view) {
    if (run_ == view) return;
    run_ = view;
    runs_ = true;
    isUp_ = view.isUp;
    isSilent_ = view.isSilent;
    isAdded_ = view.isAdded;
    properties_ = QString::fromStdString(view.properties);
    for (std::size_t i = 0; i < std::min<std::size_t>(2, view.ends.size()); ++i) {
        nodes_[i] = QString::fromStdString(view.ends[i].node);
        if (endTexts_[i].isEmpty()) endTexts_[i] = QString::fromStdString(view.ends[i].interface);
        lights_[i] = view.ends[i].light;
    }
    describe();
    update();
}

void LinkItem::showNoRun() {
    run_.reset();
    runs_ = false;
    isUp_ = true;
    isSilent_ = false;
    tint_.reset();
    sessions_ = {};
    describe();
    update();
}

void LinkItem::describe() {
    QStringList lines{
        QCoreApplication::translate("LinkItem", "Link %1: %2 – %3").arg(name_, nodes_[0], nodes_[1])};
    if (!properties_.isEmpty()) lines << properties_;
    for (const QString& text : endTexts_) {
        if (!text.isEmpty()) lines << text;
    }
    if (!isUp_) lines << QCoreApplication::translate("LinkItem", "failed");
    if (isSilent_) lines << QCoreApplication::translate("LinkItem", "swallows packets, and no end sees it");
    if (isAdded_) lines << QCoreApplication::translate("LinkItem", "added while the lab runs");
    for (std::size_t i = 0; i < 2; ++i) {
        if (!sessions_[i].isEmpty())
            lines << QCoreApplication::translate("LinkItem", "BGP at %1: %2").arg(nodes_[i], sessions_[i]);
    }
    setToolTip(lines.join("\n"));
}

void LinkItem::place(QPointF from, QPointF to, double bend) {
    prepareGeometryChange();
    const QPointF along = to - from;
    length_ = lengthOf(along);
    line_ = {from, to};
    path_ = QPainterPath(from);
    isStraight_ = length_ < 1 || bend == 0;
    if (isStraight_) {
        path_.lineTo(to);
        return;
    }
    const QPointF across(-along.y() / length_, along.x() / length_);
    path_.quadTo((from + to) / 2 + across * bend * 2, to);
}

void LinkItem::setMiddle(double part) {
    if (part == middle_) return;
    middle_ = part;
    update();
}

bool LinkItem::passesNear(QPointF at, double distance) const {
    if (!isStraight_ || length_ < 1) return false;
    const QPointF way = (line_.p2() - line_.p1()) / length_;
    const double along = QPointF::dotProduct(at - line_.p1(), way);
    const QPointF nearest = line_.p1() + way * std::clamp(along, 0.0, length_);
    return lengthOf(at - nearest) < distance;
}

void LinkItem::setTint(const std::optional<CableTint>& tint) {
    if (tint == tint_) return;
    tint_ = tint;
    update();
}

void LinkItem::setSessions(const QString& atFirst, const QString& atSecond) {
    const std::array<QString, 2> next{atFirst, atSecond};
    if (next == sessions_) return;
    sessions_ = next;
    describe();
    update();
}

double LinkItem::partAt(double distance) const {
    return length_ < 1 ? 0.5 : std::clamp(distance / length_, 0.0, 1.0);
}

QPointF LinkItem::pointAt(double part) const {
    const double rim = std::min(partAt(NodeItem::kRadius + 8), 0.5);
    return along(rim + part * (1 - 2 * rim));
}

QPointF LinkItem::along(double part) const {
    return isStraight_ ? line_.pointAt(part) : path_.pointAtPercent(part);
}

void LinkItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    const double zoom = option->levelOfDetailFromTransform(painter->worldTransform());
    painter->setRenderHint(QPainter::Antialiasing);
    if (isSelected()) {
        QColor halo = theme_.accent;
        halo.setAlpha(80);
        painter->setPen(QPen(halo, width_ + 9, Qt::SolidLine, Qt::RoundCap));
        painter->setBrush(Qt::NoBrush);
        painter->drawPath(path_);
    }
    paintCable(*painter);
    if (zoom < 0.25) return;
    paintSessions(*painter);
    const bool hasLights = runs_ && length_ > kShortest && !(tint_ && isUp_);
    if (hasLights) paintLights(*painter, zoom);
    paintMiddle(*painter);
    if (zoom > 0.6) paintTexts(*painter, zoom);
}

void LinkItem::paintCable(QPainter& painter) const {
    // Both ends lie under nodes: round ones would be seen by nobody, and take the slow way to the screen.
    QPen pen(theme_.cable, width_, Qt::SolidLine, Qt::FlatCap);
    if (!isUp_) {
        pen.setColor(theme_.bad);
        pen.setStyle(Qt::DashLine);
    } else if (isSilent_) {
        pen.setColor(theme_.waiting);
        pen.setStyle(Qt::DotLine);
    } else if (tint_) {
        pen.setColor(tint_->colour);
        pen.setWidthF(tint_->width);
    } else if (isAdded_) {
        pen.setColor(theme_.good);
    }
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    if (isStraight_) {
        painter.drawLine(line_);
    } else {
        painter.drawPath(path_);
    }
}

void LinkItem::paintLights(QPainter& painter, double zoom) const {
    constexpr double kHalf = 8;
    for (std::size_t i = 0; i < 2; ++i) {
        // From afar only what is not as it should be is a light.
        if (zoom < 0.45 && lights_[i] == EndView::Light::Up) continue;
        const double part = partAt(kLightDistance);
        const QString key =
            QString("light %1 %2").arg(static_cast<int>(lights_[i])).arg(theme_.isDark ? 1 : 0);
        drawStamped(painter, along(i == 0 ? part : 1 - part), kHalf, key,
                    [&](QPainter& stamp) { paintLight(stamp, {}, lights_[i]); });
    }
}

/// A triangle: up. A cross: no carrier. A square: switched off by its administrator. A diamond: packets
/// vanish.
void LinkItem::paintLight(QPainter& painter, QPointF at, EndView::Light light) const {
    constexpr double r = 5;
    painter.setPen(QPen(theme_.canvas, 1.5));
    switch (light) {
        case EndView::Light::Up:
            painter.setBrush(theme_.good);
            painter.drawPolygon(QPolygonF{at + QPointF(0, -r), at + QPointF(r, r), at + QPointF(-r, r)});
            return;
        case EndView::Light::Down:
            painter.setPen(QPen(theme_.canvas, 5, Qt::SolidLine, Qt::RoundCap));
            for (int pass = 0; pass < 2; ++pass) {
                painter.drawLine(at + QPointF(-r, -r), at + QPointF(r, r));
                painter.drawLine(at + QPointF(-r, r), at + QPointF(r, -r));
                painter.setPen(QPen(theme_.bad, 2.6, Qt::SolidLine, Qt::RoundCap));
            }
            return;
        case EndView::Light::AdminDown:
            painter.setBrush(theme_.muted);
            painter.drawRect(QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r));
            return;
        case EndView::Light::Silent:
            painter.setBrush(theme_.waiting);
            painter.drawPolygon(QPolygonF{at + QPointF(0, -r - 1), at + QPointF(r + 1, 0),
                                          at + QPointF(0, r + 1), at + QPointF(-r - 1, 0)});
            return;
    }
}

void LinkItem::paintMiddle(QPainter& painter) const {
    const QPointF middle = along(middle_);
    if (!isUp_) {
        drawCross(painter, middle, theme_.bad, theme_.canvas);
        return;
    }
    if (relation_ == Relation::None) return;
    // Who pays whom: "$" on an arrow to the provider, "=" between peers, "≡" between siblings.
    constexpr double r = 10;
    const QColor colour = relation_ == Relation::CustomerProvider ? theme_.bad : theme_.accent;
    painter.setPen(QPen(theme_.canvas, 2));
    painter.setBrush(colour);
    if (relation_ == Relation::CustomerProvider)
        drawHead(painter, along(middle_ - 0.1), along(std::min(1.0, middle_ + partAt(24))), 18);
    painter.drawEllipse(middle, r, r);
    QFont font = smallFont();
    font.setBold(true);
    font.setPixelSize(13);
    painter.setFont(font);
    painter.setPen(theme_.canvas);
    const QString mark = relation_ == Relation::CustomerProvider ? "$"
                         : relation_ == Relation::Peer           ? "="
                                                                 : "≡";
    painter.drawText(QRectF(middle.x() - r, middle.y() - r, 2 * r, 2 * r), Qt::AlignCenter, mark);
}

/// Each end paints its own state up to the middle: solid when established, dotted while it tries.
void LinkItem::paintSessions(QPainter& painter) const {
    for (std::size_t i = 0; i < 2; ++i) {
        if (sessions_[i].isEmpty()) continue;
        const bool isUp = sessions_[i] == "Established";
        QColor colour = isUp ? theme_.ofProtocol("bgp") : theme_.waiting;
        colour.setAlpha(isUp ? 150 : 220);
        painter.setPen(QPen(colour, width_ + 4, isUp ? Qt::SolidLine : Qt::DotLine, Qt::FlatCap));
        painter.drawLine(along(i == 0 ? 0.0 : 1.0), along(0.5));
    }
}

void LinkItem::write(QPainter& painter, QPointF at, const QString& text, const QColor& colour) const {
    if (text.isEmpty()) return;
    const double width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 8;
    const QRectF box(at.x() - width / 2, at.y() - 8, width, 16);
    painter.setPen(Qt::NoPen);
    painter.setBrush(paper());
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(colour);
    painter.drawText(box, Qt::AlignCenter, text);
}

QColor LinkItem::paper() const {
    QColor paper = theme_.canvas;
    paper.setAlpha(215);
    return paper;
}

void LinkItem::paintTexts(QPainter& painter, double zoom) const {
    if (tint_ && !tint_->text.isEmpty()) {
        QFont font = smallFont();
        font.setPixelSize(13);
        font.setBold(true);
        painter.setFont(font);
        // Below the middle, where messages are counted.
        write(painter, along(middle_) + QPointF(0, 20), tint_->text, tint_->colour);
        return;
    }
    const bool isOpen = isSelected() || zoom > 1.6;
    // A long name that only says which two nodes it joins says nothing new, and covers what lies below.
    const bool repeatsEnds = name_.size() > 6 && name_.contains(nodes_[0], Qt::CaseInsensitive) &&
                             name_.contains(nodes_[1], Qt::CaseInsensitive);
    const bool isTight = length_ < 150 || repeatsEnds;
    const QPointF below(0, isUp_ && relation_ == Relation::None ? 0 : 19);
    if (!isTight || isOpen)
        nameLabel_.paint(painter, along(middle_) + below - QPointF(0, 8),
                         isUp_ ? theme_.faintText : theme_.bad, paper());
    if (!isOpen) return;
    painter.setFont(smallFont());
    if (!properties_.isEmpty())
        write(painter, along(middle_) + below + QPointF(0, 17), properties_, theme_.faintText);
    write(painter, along(std::min(0.3, partAt(kLightDistance + 38))), endTexts_[0], theme_.text);
    write(painter, along(std::max(0.7, 1 - partAt(kLightDistance + 38))), endTexts_[1], theme_.text);
}

}  // namespace peerscape::gui

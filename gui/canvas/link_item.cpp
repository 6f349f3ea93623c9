#include "gui/canvas/link_item.hpp"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPathStroker>
#include <QStyleOptionGraphicsItem>

#include "gui/canvas/node_item.hpp"
#include "gui/canvas/shapes.hpp"

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

LinkItem::LinkItem(const QString& name, const Theme& theme) : name_(name), theme_(theme) {
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
    goesForward_ = goesBackward_ = false;
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
    path_ = QPainterPath(from);
    if (length_ < 1 || bend == 0) {
        path_.lineTo(to);
        return;
    }
    const QPointF across(-along.y() / length_, along.x() / length_);
    path_.quadTo((from + to) / 2 + across * bend * 2, to);
}

void LinkItem::setArrows(bool forward, bool backward) {
    if (forward == goesForward_ && backward == goesBackward_) return;
    goesForward_ = forward;
    goesBackward_ = backward;
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
    return path_.pointAtPercent(rim + part * (1 - 2 * rim));
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
    if (goesForward_) paintArrow(*painter, true);
    if (goesBackward_) paintArrow(*painter, false);
    if (runs_ && length_ > kShortest) paintLights(*painter);
    paintMiddle(*painter);
    if (zoom > 0.6) paintTexts(*painter, zoom);
}

void LinkItem::paintCable(QPainter& painter) const {
    QPen pen(theme_.cable, width_, Qt::SolidLine, Qt::RoundCap);
    if (!isUp_) {
        pen.setColor(theme_.bad);
        pen.setStyle(Qt::DashLine);
    } else if (isSilent_) {
        pen.setColor(theme_.waiting);
        pen.setStyle(Qt::DotLine);
    } else if (isAdded_) {
        pen.setColor(theme_.good);
    }
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path_);
}

void LinkItem::paintLights(QPainter& painter) const {
    paintLight(painter, path_.pointAtPercent(partAt(kLightDistance)), lights_[0]);
    paintLight(painter, path_.pointAtPercent(1 - partAt(kLightDistance)), lights_[1]);
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
    const QPointF middle = path_.pointAtPercent(0.5);
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
        drawHead(painter, path_.pointAtPercent(0.4), path_.pointAtPercent(std::min(1.0, 0.5 + partAt(24))),
                 18);
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

void LinkItem::paintArrow(QPainter& painter, bool forward) const {
    const double from = partAt(NodeItem::kRadius + 20);
    const double to = partAt(length_ * 0.42);
    const QPointF begin = path_.pointAtPercent(forward ? from : 1 - from);
    const QPointF end = path_.pointAtPercent(forward ? std::max(to, from) : 1 - std::max(to, from));
    painter.setPen(QPen(theme_.accent, 5, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(begin, end);
    painter.setPen(QPen(theme_.canvas, 1));
    painter.setBrush(theme_.accent);
    const QPointF along = end - begin;
    const double length = std::max(lengthOf(along), 1.0);
    drawHead(painter, begin, end + along / length * 12, 17);
}

/// Each end paints its own state up to the middle: solid when established, dotted while it tries.
void LinkItem::paintSessions(QPainter& painter) const {
    for (std::size_t i = 0; i < 2; ++i) {
        if (sessions_[i].isEmpty()) continue;
        const bool isUp = sessions_[i] == "Established";
        QColor colour = isUp ? theme_.ofProtocol("bgp") : theme_.waiting;
        colour.setAlpha(isUp ? 150 : 220);
        painter.setPen(QPen(colour, width_ + 4, isUp ? Qt::SolidLine : Qt::DotLine, Qt::FlatCap));
        painter.drawLine(path_.pointAtPercent(i == 0 ? 0.0 : 1.0), path_.pointAtPercent(0.5));
    }
}

void LinkItem::paintTexts(QPainter& painter, double zoom) const {
    painter.setFont(smallFont());
    const QFontMetricsF metrics(smallFont());
    const auto write = [&](QPointF at, const QString& text, const QColor& colour) {
        if (text.isEmpty()) return;
        const double width = metrics.horizontalAdvance(text) + 8;
        const QRectF box(at.x() - width / 2, at.y() - 8, width, 16);
        QColor paper = theme_.canvas;
        paper.setAlpha(215);
        painter.setPen(Qt::NoPen);
        painter.setBrush(paper);
        painter.drawRoundedRect(box, 4, 4);
        painter.setPen(colour);
        painter.drawText(box, Qt::AlignCenter, text);
    };
    const bool isOpen = isSelected() || zoom > 1.6;
    // A long name that only says which two nodes it joins says nothing new, and covers what lies below.
    const bool repeatsEnds = name_.size() > 6 && name_.contains(nodes_[0], Qt::CaseInsensitive) &&
                             name_.contains(nodes_[1], Qt::CaseInsensitive);
    const bool isTight = length_ < 150 || repeatsEnds;
    const QPointF below(0, isUp_ && relation_ == Relation::None ? 0 : 19);
    if (!isTight || isOpen)
        write(path_.pointAtPercent(0.5) + below, name_, isUp_ ? theme_.faintText : theme_.bad);
    if (!isOpen) return;
    if (!properties_.isEmpty())
        write(path_.pointAtPercent(0.5) + below + QPointF(0, 17), properties_, theme_.faintText);
    write(path_.pointAtPercent(std::min(0.3, partAt(kLightDistance + 38))), endTexts_[0], theme_.text);
    write(path_.pointAtPercent(std::max(0.7, 1 - partAt(kLightDistance + 38))), endTexts_[1], theme_.text);
}

}  // namespace peerscape::gui

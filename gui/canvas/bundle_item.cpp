#include "gui/canvas/bundle_item.hpp"

#include <algorithm>

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPathStroker>
#include <QStyleOptionGraphicsItem>

#include "gui/canvas/shapes.hpp"

namespace peerscape::gui {

namespace {

constexpr double kRim = 42;  ///< about where the icon of an end ends

QFont countFont() {
    QFont font;
    font.setPixelSize(13);
    font.setBold(true);
    return font;
}

}  // namespace

BundleItem::BundleItem(const Theme& theme) : theme_(theme) {
    setFlags(ItemIsSelectable | ItemIsFocusable);
    setZValue(1);
}

QRectF BundleItem::boundingRect() const {
    return QRectF(line_.p1(), line_.p2()).normalized().adjusted(-60, -24, 60, 24);
}

QPainterPath BundleItem::shape() const {
    QPainterPath path(line_.p1());
    path.lineTo(line_.p2());
    QPainterPathStroker stroker;
    stroker.setWidth(14);
    return stroker.createStroke(path);
}

void BundleItem::showLinks(const QString& from, const QString& to, const QStringList& sorted) {
    from_ = from;
    to_ = to;
    links_ = sorted;
    describe();
    update();
}

void BundleItem::showFailed(std::size_t failed) {
    if (failed == failed_) return;
    failed_ = failed;
    describe();
    update();
}

void BundleItem::showRelations(const Relations& relations) {
    if (relations == relations_) return;
    relations_ = relations;
    describe();
    update();
}

void BundleItem::setTint(const std::optional<CableTint>& tint) {
    if (tint == tint_) return;
    tint_ = tint;
    update();
}

void BundleItem::setSessions(const Sessions& atFirst, const Sessions& atSecond) {
    const std::array<Sessions, 2> next{atFirst, atSecond};
    if (next == sessions_) return;
    sessions_ = next;
    describe();
    update();
}

void BundleItem::describe() {
    // What says how many must be a name: lupdate passes over a text with a cast beside it.
    const auto all = static_cast<int>(links_.size());
    const auto failed = static_cast<int>(failed_);
    const auto peers = static_cast<int>(relations_.peers);
    const auto siblings = static_cast<int>(relations_.siblings);
    QStringList lines{
        QCoreApplication::translate("BundleItem", "%n links: %1 – %2", nullptr, all).arg(from_, to_)};
    lines << links_.join(", ");
    if (failed_ > 0) lines << QCoreApplication::translate("BundleItem", "%n failed", nullptr, failed);
    const auto provides = [&](std::size_t count, const QString& customer, const QString& provider) {
        const auto links = static_cast<int>(count);
        if (links > 0)
            lines << QCoreApplication::translate("BundleItem", "%1 is customer of %2 (%n links)", nullptr,
                                                 links)
                         .arg(customer, provider);
    };
    provides(relations_.secondProvides, from_, to_);
    provides(relations_.firstProvides, to_, from_);
    if (peers > 0) lines << QCoreApplication::translate("BundleItem", "peers (%n links)", nullptr, peers);
    if (siblings > 0)
        lines << QCoreApplication::translate("BundleItem", "siblings (%n links)", nullptr, siblings);
    for (std::size_t i = 0; i < 2; ++i) {
        if (sessions_[i].all > 0)
            lines << QCoreApplication::translate("BundleItem", "BGP at %1: %2 of %3 established")
                         .arg(i == 0 ? from_ : to_)
                         .arg(sessions_[i].established)
                         .arg(sessions_[i].all);
    }
    setToolTip(lines.join("\n"));
}

void BundleItem::place(QPointF from, QPointF to) {
    prepareGeometryChange();
    line_ = {from, to};
}

QPointF BundleItem::pointAt(double part) const {
    const double length = line_.length();
    const double rim = length < 1 ? 0 : std::min(kRim / length, 0.5);
    return line_.pointAt(rim + part * (1 - 2 * rim));
}

void BundleItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    painter->setRenderHint(QPainter::Antialiasing);
    const auto count = static_cast<std::size_t>(links_.size());
    double width = 2.4 + 1.2 * static_cast<double>(std::min<std::size_t>(count, 4) - 1);
    painter->setBrush(Qt::NoBrush);
    if (isSelected()) {
        QColor halo = theme_.accent;
        halo.setAlpha(80);
        painter->setPen(QPen(halo, width + 9, Qt::SolidLine, Qt::RoundCap));
        painter->drawLine(line_);
    }
    QPen pen(theme_.cable, width, Qt::SolidLine, Qt::RoundCap);
    if (isDown()) {
        pen = QPen(theme_.bad, width, Qt::DashLine, Qt::RoundCap);
    } else if (tint_) {
        pen = QPen(tint_->colour, tint_->width, Qt::SolidLine, Qt::RoundCap);
    }
    painter->setPen(pen);
    painter->drawLine(line_);
    if (option->levelOfDetailFromTransform(painter->worldTransform()) < 0.25) return;
    paintSessions(*painter, width);
    paintProviders(*painter);
    paintMiddle(*painter);
    paintText(*painter);
}

/// Each end paints what it sees up to the middle: solid when all its sessions are established, dotted while
/// one of them tries.
void BundleItem::paintSessions(QPainter& painter, double width) const {
    for (std::size_t i = 0; i < 2; ++i) {
        if (sessions_[i].all == 0) continue;
        const bool isUp = sessions_[i].established == sessions_[i].all;
        QColor colour = isUp ? theme_.ofProtocol("bgp") : theme_.waiting;
        colour.setAlpha(isUp ? 150 : 220);
        painter.setPen(QPen(colour, width + 4, isUp ? Qt::SolidLine : Qt::DotLine, Qt::FlatCap));
        painter.drawLine(i == 0 ? line_.p1() : line_.p2(), line_.pointAt(0.5));
    }
}

/// An arrow to each end that is a provider.
void BundleItem::paintProviders(QPainter& painter) const {
    if (isDown()) return;
    painter.setPen(QPen(theme_.canvas, 2));
    painter.setBrush(theme_.bad);
    if (relations_.secondProvides > 0) drawHead(painter, pointAt(0.5), pointAt(0.78), 18);
    if (relations_.firstProvides > 0) drawHead(painter, pointAt(0.5), pointAt(0.22), 18);
}

QString BundleItem::middleText() const {
    const auto count = static_cast<std::size_t>(links_.size());
    QString text;
    if (count > 1)
        text = failed_ == 0 ? QString("×%1").arg(count) : QString("%1/%2").arg(count - failed_).arg(count);
    QString signs;
    if (relations_.secondProvides + relations_.firstProvides > 0) signs += "$";
    if (relations_.peers > 0) signs += "=";
    if (relations_.siblings > 0) signs += "≡";
    return signs.isEmpty() || text.isEmpty() ? text + signs : text + " " + signs;
}

void BundleItem::paintMiddle(QPainter& painter) const {
    const QPointF middle = pointAt(0.5);
    if (isDown()) drawCross(painter, middle, theme_.bad, theme_.canvas);
    const QString text = middleText();
    const bool saysMore = !isDown() || links_.size() > 1;
    if (text.isEmpty() || !saysMore) return;
    const double width =
        std::max(text.size() > 1 ? 38.0 : 22.0, QFontMetricsF(countFont()).horizontalAdvance(text) + 14);
    const QRectF box(middle.x() - width / 2, middle.y() + (isDown() ? 11 : -10), width, 20);
    painter.setPen(QPen(failed_ == 0 ? theme_.cable : theme_.bad, 1.4));
    painter.setBrush(theme_.surface);
    painter.drawRoundedRect(box, 10, 10);
    painter.setFont(countFont());
    painter.setPen(failed_ == 0 ? theme_.text : theme_.bad);
    painter.drawText(box, Qt::AlignCenter, text);
}

void BundleItem::paintText(QPainter& painter) const {
    if (!tint_ || tint_->text.isEmpty()) return;
    painter.setFont(countFont());
    const double width = QFontMetricsF(countFont()).horizontalAdvance(tint_->text) + 8;
    const QPointF at = pointAt(0.5) + QPointF(0, 22);
    const QRectF box(at.x() - width / 2, at.y() - 9, width, 18);
    QColor paper = theme_.canvas;
    paper.setAlpha(215);
    painter.setPen(Qt::NoPen);
    painter.setBrush(paper);
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(tint_->colour);
    painter.drawText(box, Qt::AlignCenter, tint_->text);
}

}  // namespace peerscape::gui

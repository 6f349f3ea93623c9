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

void BundleItem::describe() {
    QStringList lines{QCoreApplication::translate("BundleItem", "%n links: %1 – %2", nullptr,
                                                  static_cast<int>(links_.size()))
                          .arg(from_, to_)};
    lines << links_.join(", ");
    if (failed_ > 0)
        lines << QCoreApplication::translate("BundleItem", "%n failed", nullptr, static_cast<int>(failed_));
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
    const double width = 2.4 + 1.2 * static_cast<double>(std::min<std::size_t>(count, 4) - 1);
    painter->setBrush(Qt::NoBrush);
    if (isSelected()) {
        QColor halo = theme_.accent;
        halo.setAlpha(80);
        painter->setPen(QPen(halo, width + 9, Qt::SolidLine, Qt::RoundCap));
        painter->drawLine(line_);
    }
    const bool isDown = failed_ == count;
    painter->setPen(
        QPen(isDown ? theme_.bad : theme_.cable, width, isDown ? Qt::DashLine : Qt::SolidLine, Qt::RoundCap));
    painter->drawLine(line_);
    if (option->levelOfDetailFromTransform(painter->worldTransform()) < 0.25) return;
    const QPointF middle = pointAt(0.5);
    if (isDown) {
        drawCross(*painter, middle, theme_.bad, theme_.canvas);
        if (count < 2) return;
    }
    if (count < 2) return;
    // How many there are; where some have failed, how many of them still work.
    const QString text =
        failed_ == 0 ? QString("×%1").arg(count) : QString("%1/%2").arg(count - failed_).arg(count);
    const QRectF box(middle.x() - 19, middle.y() + (isDown ? 11 : -10), 38, 20);
    painter->setPen(QPen(failed_ == 0 ? theme_.cable : theme_.bad, 1.4));
    painter->setBrush(theme_.surface);
    painter->drawRoundedRect(box, 10, 10);
    painter->setFont(countFont());
    painter->setPen(failed_ == 0 ? theme_.text : theme_.bad);
    painter->drawText(box, Qt::AlignCenter, text);
}

}  // namespace peerscape::gui

#include "gui/canvas/lan_item.hpp"

#include <QCoreApplication>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include "gui/canvas/shapes.hpp"

namespace peerscape::gui {

namespace {

QFont lanFont() {
    QFont font;
    font.setPixelSize(11);
    return font;
}

}  // namespace

LanItem::LanItem(const QString& name, const Theme& theme) : name_(name), theme_(theme) {
    setFlags(ItemIsSelectable | ItemIsFocusable);
    setZValue(0.5);
}

QRectF LanItem::bar() const {
    const bool isStub = nodes_.size() < 2;
    const double width = isStub ? 46 : 80;
    return {centre_.x() - width / 2, centre_.y() - 5, width, 10};
}

/// Where its text stands: on the side on which its nodes are not.
QRectF LanItem::label() const {
    double below = 0;
    for (const QPointF& node : nodes_)
        below += node.y() - centre_.y();
    const double top = below > 1 ? -23 : 7;
    return {centre_.x() - 70, centre_.y() + top, 140, 16};
}

QRectF LanItem::boundingRect() const {
    QRectF all = bar().adjusted(-50, -26, 50, 26);
    for (const QPointF& node : nodes_)
        all |= QRectF(node - QPointF(4, 4), QSizeF(8, 8));
    return all;
}

QPainterPath LanItem::shape() const {
    QPainterPath path;
    path.addRoundedRect(bar().adjusted(-4, -4, 4, 4), 5, 5);
    path.addRect(label());
    return path;
}

void LanItem::showEntry(const LinkEntry& lan) {
    network_.clear();
    for (const EndEntry& end : lan.ends) {
        if (end.addresses.empty()) continue;
        network_ = QString::fromStdString(toString(end.addresses.front().value.network()));
        break;
    }
    setToolTip(QCoreApplication::translate("LanItem", "LAN %1 %2").arg(name_, network_).trimmed());
    update();
}

void LanItem::showRun(const LinkView& view) {
    isUp_ = view.isUp;
    update();
}

void LanItem::showNoRun() {
    isUp_ = true;
    update();
}

void LanItem::place(QPointF centre, const std::vector<QPointF>& nodes) {
    prepareGeometryChange();
    centre_ = centre;
    nodes_ = nodes;
}

void LanItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    const double zoom = option->levelOfDetailFromTransform(painter->worldTransform());
    painter->setRenderHint(QPainter::Antialiasing);
    const QColor colour = !isUp_ ? theme_.bad : isSelected() ? theme_.accent : theme_.cable;
    painter->setPen(QPen(colour, 1.8, isUp_ ? Qt::SolidLine : Qt::DashLine));
    for (const QPointF& node : nodes_)
        painter->drawLine(node, centre_);
    painter->setBrush(isSelected() ? theme_.accent : theme_.surface);
    painter->setPen(QPen(colour, 2));
    painter->drawRoundedRect(bar(), 5, 5);
    if (!isUp_) drawCross(*painter, centre_, theme_.bad, theme_.canvas);
    if (zoom < 0.6) return;
    painter->setFont(lanFont());
    const QString text = network_.isEmpty() ? name_ : network_;
    // On paper of its own, since spokes may run below it.
    const double width = QFontMetricsF(lanFont()).horizontalAdvance(text) + 6;
    QColor paper = theme_.canvas;
    paper.setAlpha(170);
    painter->setPen(Qt::NoPen);
    painter->setBrush(paper);
    painter->drawRoundedRect(QRectF(label().center().x() - width / 2, label().top(), width, label().height()),
                             4, 4);
    painter->setPen(theme_.faintText);
    painter->drawText(label(), Qt::AlignCenter, text);
}

}  // namespace peerscape::gui

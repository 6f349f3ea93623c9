#include "gui/canvas/node_item.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <QCoreApplication>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include "gui/canvas/shapes.hpp"
#include "gui/canvas/stamp.hpp"

namespace peerscape::gui {

namespace {

constexpr double kBadgeHeight = 15;

QFont nameFont() {
    QFont font;
    font.setPixelSize(15);
    font.setBold(true);
    return font;
}

QFont badgeFont() {
    QFont font;
    font.setPixelSize(10);
    font.setBold(true);
    return font;
}

/// The arrow of a router's symbol: from `from` to `to`, with a head at `to`.
void drawArrow(QPainter& painter, QPointF from, QPointF to) {
    painter.drawLine(from, to);
    const double angle = std::atan2(to.y() - from.y(), to.x() - from.x());
    constexpr double kHead = 6;
    for (const double turn : {2.5, -2.5})
        painter.drawLine(to, to + QPointF(std::cos(angle + turn), std::sin(angle + turn)) * kHead);
}

}  // namespace

NodeItem::NodeItem(const QString& name, bool isHost, const Theme& theme)
    : name_(name),
      isHost_(isHost),
      theme_(theme),
      nameWidth_(QFontMetricsF(nameFont()).horizontalAdvance(name_) + 8),
      label_(nameFont()) {
    label_.setText(name_);
    setFlags(ItemIsSelectable | ItemIsMovable | ItemSendsGeometryChanges | ItemIsFocusable);
    setZValue(10);
    describe();
}

QRectF NodeItem::boundingRect() const {
    const double width = std::max(120.0, nameWidth_ + 2);
    return {-width / 2, -kRadius - 8, width, 2 * kRadius + 56};
}

QPainterPath NodeItem::shape() const {
    QPainterPath path;
    path.addEllipse(QPointF(0, 0), kRadius + 2, kRadius + 2);
    path.addRect(-40, kRadius, 80, 22);
    return path;
}

void NodeItem::setProtocols(const QStringList& protocols) {
    run_.reset();
    if (protocols == protocols_) return;
    protocols_ = protocols;
    describe();
    update();
}

void NodeItem::showRun(const NodeView& view) {
    if (run_ == view) return;
    run_ = view;
    QStringList protocols;
    for (const std::string& protocol : view.protocols)
        protocols << QString::fromStdString(protocol);
    isCutOff_ = view.isCutOff;
    isUnsettled_ = view.isUnsettled;
    protocols_ = protocols;
    describe();
    update();
}

void NodeItem::showNoRun() {
    run_.reset();
    isCutOff_ = false;
    isUnsettled_ = false;
    mark_ = NodeMark::None;
    describe();
    update();
}

void NodeItem::setMark(NodeMark mark) {
    if (mark == mark_) return;
    mark_ = mark;
    describe();
    update();
}

void NodeItem::describe() {
    const QString kind = isHost_ ? QCoreApplication::translate("NodeItem", "Host %1")
                                 : QCoreApplication::translate("NodeItem", "Router %1");
    QStringList lines{kind.arg(name_)};
    if (!protocols_.isEmpty()) lines << protocols_.join(", ");
    if (isCutOff_) lines << QCoreApplication::translate("NodeItem", "all its cables are pulled");
    if (isUnsettled_) lines << QCoreApplication::translate("NodeItem", "still expects changes");
    for (const std::string& alarm : run_ ? run_->alarms : std::vector<std::string>())
        lines << QCoreApplication::translate("NodeItem", "▲ believes %1").arg(QString::fromStdString(alarm));
    switch (mark_) {
        case NodeMark::None:
            break;
        case NodeMark::Arrives:
            lines << QCoreApplication::translate("NodeItem", "packets to the chosen prefix arrive here");
            break;
        case NodeMark::Lost:
            lines << QCoreApplication::translate("NodeItem", "packets to the chosen prefix are lost here");
            break;
        case NodeMark::Loops:
            lines << QCoreApplication::translate("NodeItem", "packets to the chosen prefix go round here");
            break;
        case NodeMark::Begins:
            lines << QCoreApplication::translate("NodeItem", "the chosen prefix begins here");
            break;
    }
    setToolTip(lines.join("\n"));
}

void NodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    const double zoom = option->levelOfDetailFromTransform(painter->worldTransform());
    painter->setRenderHint(QPainter::Antialiasing);
    drawStamped(*painter, {}, kRadius + 10, stampKey(zoom),
                [&](QPainter& stamp) { paintSymbol(stamp, zoom); });
    if (zoom < 0.35) return;  // letters of a few pixels cost much and say nothing
    paintName(*painter);
    if (zoom > 0.6) paintBadges(*painter);
}

/// Everything that the symbol depends on but its size.
QString NodeItem::stampKey(double zoom) const {
    const int state = (isHost_ ? 1 : 0) | (isSelected() ? 2 : 0) | (isCutOff_ ? 4 : 0) |
                      (isUnsettled_ ? 8 : 0) | (theme_.isDark ? 16 : 0) | (zoom > 0.3 ? 32 : 0) |
                      (run_ && !run_->alarms.empty() ? 64 : 0);
    return QString("node %1 %2").arg(state).arg(static_cast<int>(mark_));
}

void NodeItem::paintSymbol(QPainter& painter, double zoom) const {
    if (isSelected()) {
        QColor halo = theme_.accent;
        halo.setAlpha(70);
        painter.setPen(Qt::NoPen);
        painter.setBrush(halo);
        painter.drawEllipse(QPointF(0, 0), kRadius + 7, kRadius + 7);
    }
    if (isHost_) {
        paintHost(painter);
    } else {
        paintRouter(painter, zoom > 0.3);
    }
}

/// On paper of its own, since cables may run below it.
void NodeItem::paintName(QPainter& painter) const {
    QColor paper = theme_.canvas;
    paper.setAlpha(190);
    label_.paint(painter, {0, kRadius + 3}, theme_.text, paper);
}

void NodeItem::paintRouter(QPainter& painter, bool isDetailed) const {
    const QColor outline = isCutOff_ ? theme_.bad : isSelected() ? theme_.accent : theme_.outline;
    QLinearGradient fill(0, -kRadius, 0, kRadius);
    fill.setColorAt(0, theme_.surface.lighter(theme_.isDark ? 120 : 100));
    fill.setColorAt(1, theme_.surface.darker(theme_.isDark ? 105 : 107));
    painter.setBrush(fill);
    painter.setPen(QPen(outline, 2.2));
    painter.drawEllipse(QPointF(0, 0), kRadius, kRadius);
    if (isDetailed) {
        // The usual symbol: two arrows in, two arrows out.
        painter.setPen(QPen(outline, 2, Qt::SolidLine, Qt::RoundCap));
        const double near = 5;
        const double far = kRadius - 8;
        drawArrow(painter, {-far, 0}, {-near, 0});
        drawArrow(painter, {far, 0}, {near, 0});
        drawArrow(painter, {0, -near}, {0, -far});
        drawArrow(painter, {0, near}, {0, far});
    }
    if (isUnsettled_) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme_.waiting, 2.5, Qt::DotLine));
        painter.drawEllipse(QPointF(0, 0), kRadius + 4, kRadius + 4);
    }
    const QPointF corner(kRadius * std::numbers::sqrt2 / 2, -kRadius * std::numbers::sqrt2 / 2);
    if (isCutOff_) drawCross(painter, corner, theme_.bad, theme_.canvas);
    paintMark(painter, corner);
    if (run_ && !run_->alarms.empty())
        drawWarning(painter, {-corner.x(), corner.y()}, theme_.bad, theme_.canvas);
}

void NodeItem::paintMark(QPainter& painter, QPointF corner) const {
    switch (mark_) {
        case NodeMark::None:
            return;
        case NodeMark::Arrives:
            drawTick(painter, corner, theme_.good, theme_.canvas);
            return;
        case NodeMark::Lost:
            drawCross(painter, corner, theme_.bad, theme_.canvas);
            return;
        case NodeMark::Loops:
            drawTurn(painter, corner, theme_.bad, theme_.canvas);
            return;
        case NodeMark::Begins:
            drawSource(painter, corner, theme_.good, theme_.canvas);
            return;
    }
}

void NodeItem::paintHost(QPainter& painter) const {
    const QColor outline = isCutOff_ ? theme_.bad : isSelected() ? theme_.accent : theme_.outline;
    painter.setBrush(theme_.surface);
    painter.setPen(QPen(outline, 2.2));
    painter.drawRoundedRect(QRectF(-22, -20, 44, 30), 3, 3);
    painter.setPen(QPen(theme_.accent, 1.6));
    painter.drawLine(QPointF(-14, -11), QPointF(-4, -11));
    painter.drawLine(QPointF(-14, -5), QPointF(6, -5));
    painter.setPen(QPen(outline, 2.2, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(0, 10), QPointF(0, 18));
    painter.drawLine(QPointF(-12, 19), QPointF(12, 19));
    paintMark(painter, {20, -20});
}

void NodeItem::paintBadges(QPainter& painter) const {
    if (protocols_.isEmpty()) return;
    constexpr double kMiddle = kRadius + 23 + kBadgeHeight / 2;
    const QString key = QString("badges %1 %2").arg(protocols_.join(",")).arg(theme_.isDark ? 1 : 0);
    drawStamped(painter, {0, kMiddle}, 70, key, [&](QPainter& stamp) {
        stamp.translate(0, -kMiddle);
        drawBadges(stamp);
    });
}

void NodeItem::drawBadges(QPainter& painter) const {
    painter.setFont(badgeFont());
    const QFontMetricsF metrics(badgeFont());
    double width = -4;
    for (const QString& protocol : protocols_)
        width += metrics.horizontalAdvance(protocol.toUpper()) + 14;
    double x = -width / 2;
    for (const QString& protocol : protocols_) {
        const QString text = protocol.toUpper();
        const double w = metrics.horizontalAdvance(text) + 10;
        const QRectF box(x, kRadius + 23, w, kBadgeHeight);
        const QColor colour = theme_.ofProtocol(protocol);
        QColor tint = colour;
        tint.setAlpha(theme_.isDark ? 60 : 36);
        painter.setPen(QPen(colour, 1));
        painter.setBrush(tint);
        painter.drawRoundedRect(box, 4, 4);
        painter.setPen(theme_.isDark ? colour.lighter(125) : colour.darker(135));
        painter.drawText(box, Qt::AlignCenter, text);
        x += w + 4;
    }
}

}  // namespace peerscape::gui

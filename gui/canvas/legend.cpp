#include "gui/canvas/legend.hpp"

#include <algorithm>
#include <utility>

#include <QEvent>
#include <QGraphicsItem>

#include "gui/canvas/canvas_view.hpp"
#include "gui/canvas/lab_scene.hpp"
#include "gui/canvas/overlays.hpp"
#include "gui/canvas/shapes.hpp"

namespace peerscape::gui {

namespace {

constexpr int kLegendMargin = 10;  ///< from the corner of the view
constexpr int kLegendPad = 8;
constexpr int kSign = 36;
constexpr int kLine = 21;

QFont rowFont() {
    QFont font;
    font.setPixelSize(13);
    return font;
}

QFont headFont() {
    QFont font = rowFont();
    font.setBold(true);
    return font;
}

/// An arrow across the box.
void drawArrowSign(QPainter& painter, const QRectF& box, const QColor& colour, double width,
                   Qt::PenStyle style) {
    const QPointF begin(box.left() + 2, box.center().y());
    const QPointF end(box.right() - 12, box.center().y());
    painter.setPen(QPen(colour, width, style, Qt::FlatCap));
    painter.drawLine(begin, end);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    drawHead(painter, begin, end + QPointF(11, 0), 14);
}

}  // namespace

Legend::Legend(LabScene& scene, CanvasView& view) : QWidget(&view), scene_(scene), view_(view) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(tr("Legend"));
    connect(&scene_, &LabScene::layerChanged, this, &Legend::fill);
    view_.installEventFilter(this);
    fill();
}

bool Legend::eventFilter(QObject* watched, QEvent* event) {
    // Not before the view has fitted the drawing into its new size.
    if (watched == &view_ && event->type() == QEvent::Resize)
        QMetaObject::invokeMethod(this, &Legend::place, Qt::QueuedConnection);
    return QWidget::eventFilter(watched, event);
}

void Legend::setWanted(bool wanted) {
    isWanted_ = wanted;
    setVisible(isWanted_ && !rows_.empty());
}

QStringList Legend::texts() const {
    QStringList texts;
    for (const Row& row : rows_)
        texts << row.text;
    return texts;
}

void Legend::add(const QString& text, std::function<void(QPainter&, const QRectF&)> sign) {
    rows_.push_back({std::move(sign), text});
}

void Legend::addLine(const QString& text, const QColor& colour, double width, Qt::PenStyle style) {
    add(text, [colour, width, style](QPainter& painter, const QRectF& box) {
        painter.setPen(QPen(colour, width, style, Qt::FlatCap));
        painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()));
    });
}

void Legend::fill() {
    rows_.clear();
    title_.clear();
    switch (scene_.layer()) {
        case LabScene::Layer::Physical:
            break;
        case LabScene::Layer::DataPlane:
            fillDataPlane();
            break;
        case LabScene::Layer::Sessions:
            fillSessions();
            break;
        case LabScene::Layer::ControlPlane:
            fillControlPlane();
            break;
        case LabScene::Layer::Relations:
            fillRelations();
            break;
        case LabScene::Layer::Traffic:
            fillTraffic();
            break;
    }
    double width = QFontMetricsF(headFont()).horizontalAdvance(title_) + 2 * kLegendPad;
    for (const Row& row : rows_)
        width =
            std::max(width, QFontMetricsF(rowFont()).horizontalAdvance(row.text) + kSign + 3 * kLegendPad);
    resize(static_cast<int>(width) + 2, kLine * (static_cast<int>(rows_.size()) + 1) + kLegendPad);
    setAccessibleDescription(title_ + ": " + texts().join("; "));
    setVisible(isWanted_ && !rows_.empty());
    place();
    update();
}

void Legend::fillDataPlane() {
    const Theme& theme = scene_.theme();
    title_ = tr("Where packets go");
    const auto mark = [&theme](void (*draw)(QPainter&, QPointF, const QColor&, const QColor&),
                               const QColor& colour) {
        return [&theme, draw, colour](QPainter& painter, const QRectF& box) {
            draw(painter, box.center(), colour, theme.surface);
        };
    };
    add(tr("next hop"), [&theme](QPainter& painter, const QRectF& box) {
        drawArrowSign(painter, box, theme.accent, 5, Qt::SolidLine);
    });
    add(tr("leads nowhere, or withdrawn"), [&theme](QPainter& painter, const QRectF& box) {
        drawArrowSign(painter, box, theme.bad, 5, Qt::SolidLine);
    });
    add(tr("arrives"), mark(drawTick, theme.good));
    add(tr("no route: black hole"), mark(drawCross, theme.bad));
    add(tr("loop"), mark(drawTurn, theme.bad));
}

void Legend::fillSessions() {
    const Theme& theme = scene_.theme();
    title_ = tr("BGP sessions, as each end sees them");
    addLine(tr("established"), theme.ofProtocol("bgp"), 6, Qt::SolidLine);
    addLine(tr("not established"), theme.waiting, 6, Qt::DotLine);
}

void Legend::fillControlPlane() {
    const Theme& theme = scene_.theme();
    title_ = tr("Who told whom");
    for (const auto& [protocol, name] :
         {std::pair("rip", "RIP"), std::pair("eigrp", "EIGRP"), std::pair("bgp", "BGP")}) {
        const QColor colour = theme.ofProtocol(protocol);
        add(tr("told by %1, and used").arg(name), [colour](QPainter& painter, const QRectF& box) {
            drawArrowSign(painter, box, colour, 3.4, Qt::SolidLine);
        });
    }
    add(tr("told, and not used"), [&theme](QPainter& painter, const QRectF& box) {
        drawArrowSign(painter, box, theme.faintText, 1.8, Qt::DashLine);
    });
    add(tr("begins here"), [&theme](QPainter& painter, const QRectF& box) {
        drawSource(painter, box.center(), theme.good, theme.surface);
    });
}

void Legend::fillRelations() {
    const Theme& theme = scene_.theme();
    title_ = tr("Who pays whom");
    const auto sign = [&theme](const QColor& colour, const QString& mark, bool isArrow) {
        return [&theme, colour, mark, isArrow](QPainter& painter, const QRectF& box) {
            painter.setPen(QPen(colour, 5, Qt::SolidLine, Qt::FlatCap));
            painter.drawLine(QPointF(box.left(), box.center().y()),
                             QPointF(box.right() - (isArrow ? 10 : 0), box.center().y()));
            painter.setPen(Qt::NoPen);
            painter.setBrush(colour);
            if (isArrow) drawHead(painter, box.center(), QPointF(box.right(), box.center().y()), 16);
            painter.setPen(QPen(theme.surface, 1.5));
            painter.drawEllipse(box.center() - QPointF(4, 0), 9, 9);
            painter.setPen(theme.surface);
            painter.setFont(headFont());
            painter.drawText(box.translated(-4, 0), Qt::AlignCenter, mark);
        };
    };
    add(tr("from the customer to its provider"), sign(theme.bad, "$", true));
    add(tr("peers"), sign(theme.accent, "=", false));
    add(tr("siblings"), sign(theme.accent, "≡", false));
    addLine(tr("no relation"), theme.muted, 1.6, Qt::SolidLine);
}

void Legend::fillTraffic() {
    const Theme& theme = scene_.theme();
    title_ = tr("Carried in the last 10 seconds");
    addLine(tr("less than half full; wider: more"), theme.accent, 5, Qt::SolidLine);
    addLine(tr("half full or more"), theme.waiting, 8, Qt::SolidLine);
    addLine(tr("nine tenths full or more"), theme.bad, 11, Qt::SolidLine);
    addLine(tr("nothing"), theme.muted, 1.6, Qt::SolidLine);
}

/// In the corner where it hides the least of the drawing; bottom right is the minimap's.
void Legend::place() {
    const int right = std::max(kLegendMargin, view_.width() - width() - kLegendMargin);
    const int bottom = std::max(kLegendMargin, view_.height() - height() - kLegendMargin);
    const auto hidden = [this](QPoint corner) {
        const QRect place(corner, size());
        double area = 0;
        for (const QGraphicsItem* item : view_.items(place)) {
            const QRectF there = view_.mapFromScene(item->sceneBoundingRect()).boundingRect() & place;
            area += there.width() * there.height();
        }
        return area;
    };
    move(std::ranges::min(
        {QPoint(kLegendMargin, bottom), QPoint(kLegendMargin, kLegendMargin), QPoint(right, kLegendMargin)},
        {}, hidden));
    raise();
}

void Legend::paintEvent(QPaintEvent*) {
    const Theme& theme = scene_.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor paper = theme.surface;
    paper.setAlpha(235);
    painter.setPen(QPen(theme.muted, 1));
    painter.setBrush(paper);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.setFont(headFont());
    painter.setPen(theme.text);
    painter.drawText(QRectF(kLegendPad, kLegendPad / 2, width(), kLine), Qt::AlignVCenter | Qt::AlignLeft,
                     title_);
    double top = kLegendPad / 2 + kLine;
    for (const Row& row : rows_) {
        row.sign(painter, QRectF(kLegendPad, top, kSign, kLine));
        painter.setFont(rowFont());
        painter.setPen(theme.text);
        painter.drawText(QRectF(2 * kLegendPad + kSign, top, width(), kLine),
                         Qt::AlignVCenter | Qt::AlignLeft, row.text);
        top += kLine;
    }
}

}  // namespace peerscape::gui

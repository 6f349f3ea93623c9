#include "gui/style/icons.hpp"

#include <map>

#include <QPainter>
#include <QPixmap>

namespace peerscape::gui {

namespace {

/// Icons are drawn on a square of 24 by 24.
using Draw = void (*)(QPainter&, const Theme&);

QPen line(const QColor& colour, double width = 2) {
    return {colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin};
}

void triangle(QPainter& p, double x, double width, bool toRight) {
    const double tip = toRight ? x + width : x;
    const double base = toRight ? x : x + width;
    p.drawPolygon(QPolygonF{{base, 5}, {tip, 12}, {base, 19}});
}

void solid(QPainter& p, const QColor& colour) {
    p.setPen(Qt::NoPen);
    p.setBrush(colour);
}

void select(QPainter& p, const Theme& t) {
    p.setPen(line(t.outline, 1.6));
    p.setBrush(t.surface);
    p.drawPolygon(QPolygonF{{6, 3}, {6, 19}, {10, 15}, {13, 21}, {16, 19.6}, {13, 13.8}, {18.5, 13.5}});
}
void router(QPainter& p, const Theme& t) {
    p.setPen(line(t.outline, 1.8));
    p.setBrush(t.surface);
    p.drawEllipse(QPointF(12, 12), 9, 9);
    p.drawLine(QPointF(5.5, 12), QPointF(10, 12));
    p.drawLine(QPointF(14, 12), QPointF(18.5, 12));
    p.drawLine(QPointF(12, 5.5), QPointF(12, 10));
    p.drawLine(QPointF(12, 14), QPointF(12, 18.5));
}
void host(QPainter& p, const Theme& t) {
    p.setPen(line(t.outline, 1.8));
    p.setBrush(t.surface);
    p.drawRoundedRect(QRectF(3, 4, 18, 12), 2, 2);
    p.drawLine(QPointF(12, 16), QPointF(12, 20));
    p.drawLine(QPointF(7, 20), QPointF(17, 20));
}
void link(QPainter& p, const Theme& t) {
    p.setPen(line(t.cable, 2));
    p.drawLine(QPointF(6, 18), QPointF(18, 6));
    p.setPen(line(t.outline, 1.6));
    p.setBrush(t.accent);
    p.drawEllipse(QPointF(5.5, 18.5), 3, 3);
    p.drawEllipse(QPointF(18.5, 5.5), 3, 3);
}
void lan(QPainter& p, const Theme& t) {
    p.setPen(line(t.outline, 1.8));
    p.setBrush(t.surface);
    p.drawLine(QPointF(12, 13), QPointF(12, 5));
    p.drawLine(QPointF(6, 13), QPointF(6, 19));
    p.drawLine(QPointF(18, 13), QPointF(18, 19));
    p.drawRoundedRect(QRectF(2.5, 11, 19, 4), 2, 2);
}
void group(QPainter& p, const Theme& t) {
    p.setPen(QPen(t.accent, 1.6, Qt::DashLine));
    QColor fill = t.accent;
    fill.setAlpha(40);
    p.setBrush(fill);
    p.drawRoundedRect(QRectF(2.5, 4, 19, 16), 5, 5);
    p.setPen(line(t.outline, 1.6));
    p.setBrush(t.surface);
    p.drawEllipse(QPointF(8.5, 12), 2.6, 2.6);
    p.drawEllipse(QPointF(15.5, 12), 2.6, 2.6);
}
void note(QPainter& p, const Theme& t) {
    QColor paper = t.waiting;
    paper.setAlpha(60);
    p.setPen(line(t.outline, 1.6));
    p.setBrush(paper);
    p.drawPolygon(QPolygonF{{4, 3.5}, {15, 3.5}, {20, 8.5}, {20, 20.5}, {4, 20.5}});
    p.drawPolyline(QPolygonF{{15, 3.5}, {15, 8.5}, {20, 8.5}});
    p.drawLine(QPointF(7.5, 12.5), QPointF(16.5, 12.5));
    p.drawLine(QPointF(7.5, 16.5), QPointF(13.5, 16.5));
}
void play(QPainter& p, const Theme& t) {
    solid(p, t.good);
    p.drawPolygon(QPolygonF{{6, 3.5}, {20, 12}, {6, 20.5}});
}
void pause(QPainter& p, const Theme& t) {
    solid(p, t.accent);
    p.drawRoundedRect(QRectF(5, 4, 5, 16), 1, 1);
    p.drawRoundedRect(QRectF(14, 4, 5, 16), 1, 1);
}
void nextEvent(QPainter& p, const Theme& t) {
    solid(p, t.outline);
    triangle(p, 8, 9, true);
}
void previousEvent(QPainter& p, const Theme& t) {
    solid(p, t.outline);
    triangle(p, 7, 9, false);
}
void nextChange(QPainter& p, const Theme& t) {
    solid(p, t.outline);
    triangle(p, 4, 8, true);
    triangle(p, 12, 8, true);
}
void previousChange(QPainter& p, const Theme& t) {
    solid(p, t.outline);
    triangle(p, 4, 8, false);
    triangle(p, 12, 8, false);
}
void toStart(QPainter& p, const Theme& t) {
    solid(p, t.outline);
    p.drawRect(QRectF(5, 5, 3, 14));
    triangle(p, 9, 10, false);
}
void converge(QPainter& p, const Theme& t) {
    p.setPen(line(t.good, 2.6));
    p.drawPolyline(QPolygonF{{4, 13}, {9.5, 18.5}, {20, 6}});
}
void step(QPainter& p, const Theme& t) {
    p.setPen(line(t.outline, 2));
    p.drawLine(QPointF(6, 3), QPointF(6, 21));
    solid(p, t.accent);
    p.drawPolygon(QPolygonF{{7, 4}, {20, 8.5}, {7, 13}});
}
void fail(QPainter& p, const Theme& t) {
    p.setPen(line(t.cable, 2));
    p.drawLine(QPointF(2, 12), QPointF(22, 12));
    p.setPen(line(t.bad, 2.6));
    p.drawLine(QPointF(7, 7), QPointF(17, 17));
    p.drawLine(QPointF(7, 17), QPointF(17, 7));
}
void restore(QPainter& p, const Theme& t) {
    p.setPen(line(t.cable, 2));
    p.drawLine(QPointF(2, 12), QPointF(22, 12));
    solid(p, t.good);
    p.drawPolygon(QPolygonF{{12, 5}, {18, 17}, {6, 17}});
}
void undo(QPainter& p, const Theme& t) {
    p.setPen(line(t.outline, 2.2));
    p.drawArc(QRectF(5, 7, 14, 12), -80 * 16, 220 * 16);
    p.drawPolyline(QPolygonF{{4.5, 4.5}, {6.2, 10}, {12, 9.2}});
}
void redo(QPainter& p, const Theme& t) {
    p.translate(24, 0);
    p.scale(-1, 1);
    undo(p, t);
}
void open(QPainter& p, const Theme& t) {
    p.setPen(line(t.outline, 1.8));
    p.setBrush(t.surface);
    p.drawPolygon(QPolygonF{{3, 19}, {3, 5}, {9, 5}, {11, 8}, {20, 8}, {20, 19}});
    p.drawLine(QPointF(3, 12), QPointF(20, 12));
}
void save(QPainter& p, const Theme& t) {
    p.setPen(line(t.outline, 1.8));
    p.setBrush(t.surface);
    p.drawRoundedRect(QRectF(4, 4, 16, 16), 2, 2);
    p.setBrush(t.accent);
    p.drawRect(QRectF(8, 4, 8, 5));
    p.drawLine(QPointF(8, 15), QPointF(16, 15));
}
void fit(QPainter& p, const Theme& t) {
    p.setPen(line(t.outline, 2));
    p.drawPolyline(QPolygonF{{4, 9}, {4, 4}, {9, 4}});
    p.drawPolyline(QPolygonF{{15, 4}, {20, 4}, {20, 9}});
    p.drawPolyline(QPolygonF{{20, 15}, {20, 20}, {15, 20}});
    p.drawPolyline(QPolygonF{{9, 20}, {4, 20}, {4, 15}});
}

const std::map<QString, Draw>& drawings() {
    static const std::map<QString, Draw> all{
        {"select", select},
        {"router", router},
        {"host", host},
        {"link", link},
        {"lan", lan},
        {"group", group},
        {"play", play},
        {"pause", pause},
        {"nextEvent", nextEvent},
        {"previousEvent", previousEvent},
        {"nextChange", nextChange},
        {"previousChange", previousChange},
        {"toStart", toStart},
        {"note", note},
        {"converge", converge},
        {"step", step},
        {"fail", fail},
        {"restore", restore},
        {"undo", undo},
        {"redo", redo},
        {"open", open},
        {"save", save},
        {"fit", fit},
    };
    return all;
}

}  // namespace

QIcon iconNamed(const QString& name, const Theme& theme) {
    QIcon icon;
    const auto found = drawings().find(name);
    if (found == drawings().end()) return icon;
    for (const int size : {16, 24, 32, 48, 64}) {
        for (const QIcon::Mode mode : {QIcon::Normal, QIcon::Disabled}) {
            QPixmap picture(size, size);
            picture.fill(Qt::transparent);
            QPainter painter(&picture);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setOpacity(mode == QIcon::Normal ? 1 : 0.35);
            painter.scale(size / 24.0, size / 24.0);
            found->second(painter, theme);
            painter.end();
            icon.addPixmap(picture, mode);
        }
    }
    return icon;
}

}  // namespace peerscape::gui

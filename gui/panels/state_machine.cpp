#include "gui/panels/state_machine.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

#include "gui/style/theme.hpp"

namespace peerscape::gui {

namespace {

/// Where a state stands: column and row of a grid whose cells are as large as the widget allows.
struct Place {
    const char* state;
    double column;
    double row;
};
struct Way {
    const char* from;
    const char* to;
    const char* label;  ///< what makes the step; empty: it is said elsewhere
};
struct Machine {
    std::span<const Place> places;
    std::span<const Way> ways;
    double columns;
    double rows;
    const char* remark;
};

constexpr std::array kBgpPlaces{Place{"Idle", 0, 0},        Place{"Connect", 1, 0},
                                Place{"Active", 1, 1},      Place{"OpenSent", 2, 0},
                                Place{"OpenConfirm", 2, 1}, Place{"Established", 2, 2}};
constexpr std::array kBgpWays{
    Way{"Idle", "Connect", QT_TRANSLATE_NOOP("StateMachine", "start")},
    Way{"Idle", "Active", ""},
    Way{"Connect", "Active", ""},
    Way{"Active", "Connect", ""},
    Way{"Connect", "OpenSent", "TCP"},
    Way{"Active", "OpenSent", "TCP"},
    Way{"OpenSent", "OpenConfirm", "OPEN"},
    Way{"OpenConfirm", "Established", "KEEPALIVE"},
};
constexpr std::array kEigrpPlaces{Place{"Down", 0, 0.5}, Place{"Pending", 1, 0.5}, Place{"Up", 2, 0.5}};
constexpr std::array kEigrpWays{Way{"Down", "Pending", "hello"},
                                Way{"Pending", "Up", QT_TRANSLATE_NOOP("StateMachine", "INIT both ways")}};
constexpr Machine kBgp{
    kBgpPlaces, kBgpWays, 4, 2,
    QT_TRANSLATE_NOOP("StateMachine", "From every state an error or a stop leads to Idle.")};
constexpr Machine kEigrp{
    kEigrpPlaces, kEigrpWays, 3, 2,
    QT_TRANSLATE_NOOP("StateMachine", "Without a packet for its hold time a neighbor is lost.")};

const Machine* machineOf(const QString& protocol) {
    if (protocol == "bgp") return &kBgp;
    return protocol == "eigrp" || protocol == "eigrp6" ? &kEigrp : nullptr;
}

class Picture {
  public:
    Picture(QPainter& painter, const Machine& machine, const QRectF& room, const Theme& theme)
        : painter_(painter),
          machine_(machine),
          room_(room),
          theme_(theme),
          cell_(room.width() / machine.columns, room.height() / machine.rows) {}

    void drawWays() {
        for (const Way& way : machine_.ways)
            draw(way);
    }
    void drawState(const Place& place, bool isHere, bool isThere, const QString& tag) {
        const QRectF box = boxOf(place);
        const bool isLast = &place == &machine_.places.back();
        const QColor colour = isLast ? theme_.good : theme_.waiting;
        QColor fill = theme_.surface;
        if (isHere) fill = colour;
        painter_.setBrush(fill);
        painter_.setPen(QPen(isHere || isThere ? colour : theme_.outline, isHere || isThere ? 2.5 : 1));
        painter_.drawRoundedRect(box, 7, 7);
        QFont font = painter_.font();
        font.setPixelSize(12);
        font.setBold(isHere);
        painter_.setFont(font);
        painter_.setPen(isHere ? theme_.surface : theme_.text);
        painter_.drawText(box, Qt::AlignCenter, place.state);
        if (tag.isEmpty()) return;
        font.setPixelSize(11);
        font.setBold(true);
        painter_.setFont(font);
        painter_.setPen(theme_.text);
        painter_.drawText(QRectF(box.left() - 20, box.bottom() + 1, box.width() + 40, 15), Qt::AlignCenter,
                          tag);
    }

  private:
    QRectF boxOf(const Place& place) const {
        const QPointF middle(room_.left() + (place.column + 0.5) * cell_.width(),
                             room_.top() + (place.row + 0.5) * cell_.height() - 5);
        const QSizeF size(std::min(cell_.width() * 0.84, 92.0), 24);
        return {middle.x() - size.width() / 2, middle.y() - size.height() / 2, size.width(), size.height()};
    }
    const Place& placeOf(const char* state) const {
        for (const Place& place : machine_.places) {
            if (QLatin1StringView(place.state) == QLatin1StringView(state)) return place;
        }
        return machine_.places.front();
    }
    void draw(const Way& way) {
        const QRectF from = boxOf(placeOf(way.from));
        const QRectF to = boxOf(placeOf(way.to));
        QLineF line(from.center(), to.center());
        // Ways in both directions stand side by side.
        const bool isUpright = std::abs(line.dx()) < 1;
        const bool isOneOfTwo = isUpright && way.label[0] == '\0';
        if (isOneOfTwo) line.translate(line.dy() > 0 ? -14 : 14, 0);
        line = outside(line, from, to);
        painter_.setPen(QPen(theme_.cable, 1.3));
        painter_.setBrush(theme_.cable);
        painter_.drawLine(line);
        drawHead(line);
        if (way.label[0] == '\0') return;
        QFont font = painter_.font();
        font.setPixelSize(10);
        font.setBold(false);
        painter_.setFont(font);
        painter_.setPen(theme_.faintText);
        // Beside a way that stands upright, above one that lies, below one that leans.
        const bool isLevel = std::abs(line.dy()) < 1;
        const QString label = QCoreApplication::translate("StateMachine", way.label);
        const double width = QFontMetricsF(font).horizontalAdvance(label);
        const QPointF at = line.center() + (isUpright ? QPointF(-width - 5, 4)
                                            : isLevel ? QPointF(-width / 2, -15)
                                                      : QPointF(5, 10));
        painter_.drawText(at, label);
    }
    /// The part of the line that is in neither box.
    static QLineF outside(const QLineF& line, const QRectF& from, const QRectF& to) {
        QLineF part = line;
        for (double at = 0; at < 1; at += 0.01) {
            if (!from.contains(line.pointAt(at))) {
                part.setP1(line.pointAt(at));
                break;
            }
        }
        for (double at = 1; at > 0; at -= 0.01) {
            if (!to.contains(line.pointAt(at))) {
                part.setP2(line.pointAt(at));
                break;
            }
        }
        return part;
    }
    void drawHead(const QLineF& line) {
        const double angle = std::atan2(line.dy(), line.dx());
        QPolygonF head{line.p2()};
        for (const double side : {-0.45, 0.45})
            head << line.p2() - QPointF(std::cos(angle + side), std::sin(angle + side)) * 8;
        painter_.drawPolygon(head);
    }

    QPainter& painter_;
    const Machine& machine_;
    QRectF room_;
    const Theme& theme_;
    QSizeF cell_;
};

}  // namespace

StateMachine::StateMachine(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    hide();
}

void StateMachine::show(const QString& protocol, const QString& here, const QString& there,
                        const QString& nameHere, const QString& nameThere) {
    protocol_ = protocol;
    here_ = here;
    there_ = there;
    nameHere_ = nameHere;
    nameThere_ = nameThere;
    setVisible(machineOf(protocol) != nullptr);
    setAccessibleName(tr("State machine"));
    setAccessibleDescription(there.isEmpty() ? tr("%1: %2").arg(nameHere, here)
                                             : tr("%1: %2; %3: %4").arg(nameHere, here, nameThere, there));
    setToolTip(accessibleDescription());
    update();
}

void StateMachine::paintEvent(QPaintEvent*) {
    const Machine* machine = machineOf(protocol_);
    if (machine == nullptr) return;
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF room = QRectF(rect()).adjusted(2, 2, -2, -18);
    Picture picture(painter, *machine, room, theme);
    picture.drawWays();
    for (const Place& place : machine->places) {
        const bool isHere = here_ == place.state;
        const bool isThere = there_ == place.state;
        QStringList names;
        if (isHere) names << nameHere_;
        if (isThere) names << nameThere_;
        picture.drawState(place, isHere, isThere, names.join(" · "));
    }
    QFont font = painter.font();
    font.setPixelSize(11);
    font.setBold(false);
    painter.setFont(font);
    painter.setPen(theme.faintText);
    painter.drawText(QRectF(rect()).adjusted(4, 0, -4, -2), Qt::AlignBottom | Qt::AlignLeft,
                     QCoreApplication::translate("StateMachine", machine->remark));
}

}  // namespace peerscape::gui

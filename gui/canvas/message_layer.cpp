#include "gui/canvas/message_layer.hpp"

#include <algorithm>

#include <QPainter>

#include "gui/canvas/lab_scene.hpp"

namespace peerscape::gui {

namespace {

constexpr std::size_t kMostFlights = 60;
constexpr double kFlightTime = 650;  ///< ms
constexpr double kSpread = 350;      ///< ms over which the messages of one picture leave
constexpr int kMessageFrame = 16;    ///< ms

}  // namespace

MessageLayer::MessageLayer(LabScene& scene) : scene_(scene) {
    setZValue(50);
    setAcceptedMouseButtons(Qt::NoButton);
    timer_.setInterval(kMessageFrame);
    QObject::connect(&timer_, &QTimer::timeout, &timer_, [this] { advanceFlights(); });
}

QRectF MessageLayer::boundingRect() const { return scene_.sceneRect(); }

std::size_t MessageLayer::counted(const QString& link) const {
    const auto found = counts_.find(link);
    return found == counts_.end() ? 0 : found->second;
}

void MessageLayer::show(const SnapshotPtr& shot) {
    const SimTime before = shownUpTo_;
    const QString timeline = shot ? QString::fromStdString(shot->timeline) : QString();
    const bool goesOn = shot && timeline == timeline_ && shot->now > before;
    const bool isSameInstant = shot && timeline == timeline_ && shot->now == before;
    shownUpTo_ = shot ? shot->now : SimTime();
    timeline_ = timeline;
    if (isSameInstant) return;
    flights_.clear();
    counts_.clear();
    timer_.stop();
    update();
    if (!goesOn) return;
    std::vector<Flight> flights;
    for (std::size_t i = shot->events.countUpTo(before); i < shot->events.countUpTo(shot->now); ++i) {
        const EventRow& row = shot->events[i];
        const bool isShown = row.kind == EventRow::Kind::Message && (showsRoutine_ || !row.isRoutine);
        if (!isShown || row.link.empty()) continue;
        const QString link = QString::fromStdString(row.link);
        ++counts_[link];
        const double part = (row.time - before).inSeconds() / (shot->now - before).inSeconds();
        if (flights.size() <= kMostFlights)
            flights.push_back({link, QString::fromStdString(row.node), QString::fromStdString(row.protocol),
                               part * kSpread});
    }
    if (!isStill_ && flights.size() <= kMostFlights) {
        counts_.clear();
        flights_ = std::move(flights);
    }
    if (flights_.empty() && counts_.empty()) return;
    since_.start();
    timer_.start();
}

void MessageLayer::advanceFlights() {
    const double now = static_cast<double>(since_.elapsed());
    std::erase_if(flights_, [&](const Flight& flight) { return now > flight.delay + kFlightTime; });
    // Counts stay until the next picture.
    if (flights_.empty()) timer_.stop();
    update();
}

void MessageLayer::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    if (flights_.empty() && counts_.empty()) return;
    const Theme& theme = scene_.theme();
    painter->setRenderHint(QPainter::Antialiasing);
    const double now = since_.isValid() ? static_cast<double>(since_.elapsed()) : 0;
    for (const Flight& flight : flights_) {
        const double part = (now - flight.delay) / kFlightTime;
        if (part < 0 || part > 1) continue;
        const auto place = scene_.placeOnLink(flight.link, flight.from, part);
        if (!place) continue;
        const QPointF at = *place;
        // An envelope: its shape says message, its colour which protocol.
        const QRectF box(at.x() - 8, at.y() - 5.5, 16, 11);
        painter->setPen(QPen(theme.canvas, 1.4));
        painter->setBrush(theme.ofProtocol(flight.protocol));
        painter->drawRoundedRect(box, 2, 2);
        painter->drawPolyline(QPolygonF{box.topLeft(), box.center() + QPointF(0, 1), box.topRight()});
    }
    QFont font;
    font.setPixelSize(11);
    font.setBold(true);
    painter->setFont(font);
    for (const auto& [name, count] : counts_) {
        const auto place = scene_.middleOfLink(name);
        if (!place) continue;
        const QPointF at = *place;
        const QRectF box(at.x() - 20, at.y() - 9, 40, 18);
        painter->setPen(QPen(theme.canvas, 1.4));
        painter->setBrush(theme.accent);
        painter->drawRoundedRect(box, 8, 8);
        painter->setPen(theme.canvas);
        painter->drawText(box, Qt::AlignCenter, QString("✉ %1").arg(count));
    }
}

}  // namespace peerscape::gui

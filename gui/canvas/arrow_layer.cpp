#include "gui/canvas/arrow_layer.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include "gui/canvas/lab_scene.hpp"
#include "gui/canvas/shapes.hpp"

namespace peerscape::gui {

namespace {

constexpr std::size_t kMostChanges = 120;  ///< more at once are not followed by any eye
constexpr double kSwingTime = 450;         ///< ms
constexpr double kFadeTime = 1100;         ///< ms; blinking first
constexpr double kBlink = 130;             ///< ms
constexpr int kArrowFrame = 16;            ///< ms

bool isOfDataPlane(const LayerArrow& arrow) {
    return arrow.look == LayerArrow::Look::Way || arrow.look == LayerArrow::Look::Nowhere;
}

/// Slow at both ends.
double eased(double part) { return part * part * (3 - 2 * part); }

QPointF between(QPointF a, QPointF b, double part) { return a + (b - a) * part; }

}  // namespace

ArrowLayer::ArrowLayer(LabScene& scene) : scene_(scene) {
    setZValue(5);
    setAcceptedMouseButtons(Qt::NoButton);
    timer_.setInterval(kArrowFrame);
    QObject::connect(&timer_, &QTimer::timeout, &timer_, [this] { advanceArrows(); });
}

QRectF ArrowLayer::boundingRect() const { return scene_.sceneRect(); }

std::size_t ArrowLayer::moving() const { return swinging_.size() + fading_.size(); }

void ArrowLayer::setStill(bool isStill) {
    isStill_ = isStill;
    if (!isStill) return;
    swinging_.clear();
    fading_.clear();
    hidden_.clear();
    timer_.stop();
    update();
}

std::optional<ArrowLayer::Place> ArrowLayer::placeOf(const LayerArrow& arrow) const {
    // Packets leave: the first half of the link is theirs, since the other end may send back over the same
    // one.
    const double begin = isOfDataPlane(arrow) ? 0.06 : 0.1;
    // Nor up to the middle, where messages are counted.
    const double end = isOfDataPlane(arrow) ? 0.38 : 0.9;
    Place place;
    if (arrow.link.isEmpty() || scene_.linkNamed(arrow.link) == nullptr) {
        const QPointF from = scene_.anchorOf(arrow.from);
        const QPointF to = scene_.anchorOf(arrow.to);
        if (lengthOf(to - from) < 1) return std::nullopt;
        const double rim = std::min(0.4, 36 / lengthOf(to - from));
        place = {between(from, to, rim + begin * (1 - 2 * rim)),
                 between(from, to, rim + end * (1 - 2 * rim))};
    } else {
        const auto first = scene_.placeOnLink(arrow.link, arrow.from, begin);
        const auto second = scene_.placeOnLink(arrow.link, arrow.from, end);
        if (!first || !second) return std::nullopt;
        place = {*first, *second};
    }
    if (isOfDataPlane(arrow)) return place;
    // Who tells whom beside who is told by whom.
    constexpr double kAside = 7;
    const QPointF along = place.end - place.begin;
    const double length = std::max(1.0, lengthOf(along));
    const QPointF aside = QPointF(-along.y(), along.x()) / length * kAside;
    return Place{place.begin + aside, place.end + aside};
}

void ArrowLayer::show(std::vector<LayerArrow> arrows, bool isNews) {
    std::ranges::sort(arrows);
    const auto repeated = std::ranges::unique(arrows);
    arrows.erase(repeated.begin(), repeated.end());
    const bool isSame = arrows == arrows_;
    if (isSame && isNews) return;
    swinging_.clear();
    fading_.clear();
    hidden_.clear();
    if (isNews && !isStill_) compare(arrows);
    arrows_ = std::move(arrows);
    if (swinging_.empty() && fading_.empty()) {
        timer_.stop();
    } else {
        since_.start();
        timer_.start();
    }
    update();
}

/// Of each node: what it has lost swings to what it has got; what has nowhere to swing to was withdrawn.
void ArrowLayer::compare(const std::vector<LayerArrow>& next) {
    std::vector<LayerArrow> gone;
    std::vector<LayerArrow> come;
    std::ranges::set_difference(arrows_, next, std::back_inserter(gone));
    std::ranges::set_difference(next, arrows_, std::back_inserter(come));
    if (gone.size() + come.size() > kMostChanges) return;
    // Told arrows belong to the one who was told, the others to the one who sends.
    const auto ownerOf = [](const LayerArrow& arrow) { return isOfDataPlane(arrow) ? arrow.from : arrow.to; };
    for (const LayerArrow& arrow : gone) {
        const auto place = placeOf(arrow);
        if (!place) continue;
        const auto successor = std::ranges::find_if(
            come, [&](const LayerArrow& other) { return ownerOf(other) == ownerOf(arrow); });
        if (successor == come.end()) {
            fading_.push_back({*place, *place, arrow});
            continue;
        }
        if (const auto target = placeOf(*successor)) {
            swinging_.push_back({*place, *target, *successor});
            hidden_.insert(*successor);
        }
        come.erase(successor);
    }
    // What is new grows out of where it begins.
    for (const LayerArrow& arrow : come) {
        const auto place = placeOf(arrow);
        if (!place) continue;
        swinging_.push_back({{place->begin, place->begin}, *place, arrow});
        hidden_.insert(arrow);
    }
}

void ArrowLayer::advanceArrows() {
    const auto now = static_cast<double>(since_.elapsed());
    if (now > kSwingTime) {
        swinging_.clear();
        hidden_.clear();
    }
    if (now > kFadeTime) fading_.clear();
    if (moving() == 0) timer_.stop();
    update();
}

QColor ArrowLayer::colourOf(const LayerArrow& arrow) const {
    const Theme& theme = scene_.theme();
    switch (arrow.look) {
        case LayerArrow::Look::Way:
            return theme.accent;
        case LayerArrow::Look::Nowhere:
            return theme.bad;
        case LayerArrow::Look::Told:
        case LayerArrow::Look::ToldAside:
            return theme.ofProtocol(arrow.protocol);
    }
    return theme.accent;
}

void ArrowLayer::paintArrow(QPainter& painter, const Place& place, const LayerArrow& arrow,
                            double opacity) const {
    const bool isAside = arrow.look == LayerArrow::Look::ToldAside;
    QColor colour = colourOf(arrow);
    colour.setAlphaF(static_cast<float>(opacity));
    const double width = isOfDataPlane(arrow) ? 5 : isAside ? 1.8 : 3.4;
    painter.setPen(
        QPen(colour, width, isAside ? Qt::DashLine : Qt::SolidLine, isAside ? Qt::FlatCap : Qt::RoundCap));
    painter.drawLine(place.begin, place.end);
    const QPointF along = place.end - place.begin;
    const double length = lengthOf(along);
    if (length < 2) return;
    QColor edge = scene_.theme().canvas;
    edge.setAlphaF(static_cast<float>(opacity));
    painter.setPen(QPen(edge, 1));
    painter.setBrush(colour);
    const double head = isOfDataPlane(arrow) ? 17 : isAside ? 10 : 14;
    drawHead(painter, place.begin, place.end + along / length * head * 0.7, head);
}

void ArrowLayer::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    if (arrows_.empty() && moving() == 0) return;
    // From afar the heads of arrows are dust.
    const double zoom = option->levelOfDetailFromTransform(painter->worldTransform());
    if (zoom < 0.15) return;
    painter->setRenderHint(QPainter::Antialiasing);
    // Where several lie on one bundle, those that lead nowhere, and those that are used, are seen.
    for (const bool isOnTop : {false, true}) {
        for (const LayerArrow& arrow : arrows_) {
            const bool stands =
                arrow.look == LayerArrow::Look::Nowhere || arrow.look == LayerArrow::Look::Told;
            if (stands != isOnTop || hidden_.contains(arrow)) continue;
            if (const auto place = placeOf(arrow)) paintArrow(*painter, *place, arrow, 1);
        }
    }
    if (moving() == 0) return;
    const auto now = static_cast<double>(since_.elapsed());
    const double part = eased(std::min(1.0, now / kSwingTime));
    for (const Swing& swing : swinging_) {
        const Place place{between(swing.from.begin, swing.to.begin, part),
                          between(swing.from.end, swing.to.end, part)};
        paintArrow(*painter, place, swing.arrow, 1);
    }
    // Three times off and on, then away.
    const bool isBlinking = now < 6 * kBlink;
    const bool isOff = isBlinking && static_cast<int>(now / kBlink) % 2 == 1;
    const double faded = isBlinking ? 1 : std::max(0.0, 1 - (now - 6 * kBlink) / (kFadeTime - 6 * kBlink));
    if (isOff) return;
    for (const Swing& swing : fading_) {
        LayerArrow arrow = swing.arrow;
        if (isOfDataPlane(arrow)) arrow.look = LayerArrow::Look::Nowhere;
        paintArrow(*painter, swing.from, arrow, faded);
    }
}

}  // namespace peerscape::gui
